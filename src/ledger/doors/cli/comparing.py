"""Commands that compare: diff, crosswalk, preview."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from ledger.doors.cli.delivering import (
    ListFormat,
    ListFormatOption,
    OutputOption,
    deliver,
    format_of,
    refuse_workbook,
)
from ledger.doors.cli.desk import (
    BelowOption,
    ByOption,
    Desk,
    EditionOption,
    Format,
    FormatOption,
    FormsOption,
    OrganOption,
    PeriodArgument,
    add_forms,
    app,
    desk_of,
    period_from,
    whoami,
)
from ledger.doors.cli.recording import (
    FieldsArgument,
    FileOption,
    IdOption,
    OnOption,
    SourceOption,
    SubjectArgument,
    TypeArgument,
    drafts_of,
)
from ledger.drawing.change_documents import (
    comparison_document,
    crosswalk_document,
    preview_document,
)
from ledger.drawing.changes import preview_sheet
from ledger.drawing.crosswalks import comparison_sheet, crosswalk_sheet
from ledger.drawing.formats import difference_as
from ledger.drawing.sheet import Sheet
from ledger.verbs.crosswalking import compare_editions, crosswalk
from ledger.verbs.differing import NOW, differences
from ledger.verbs.issues import ISSUED
from ledger.verbs.previewing import preview
from ledger.verbs.reporting import Question, edition_for
from ledger.words.problems import Problem, Refusal


@app.command("diff")
def diff_(
    context: typer.Context,
    period: PeriodArgument,
    since: Annotated[
        str | None,
        typer.Option(
            "--from",
            help="起：issued（印发时，默认）、closed（结账时）、位置或时间 · issued, closed, position, time",
        ),
    ] = None,
    until: Annotated[
        str, typer.Option("--to", help="止：now（默认）、位置或时间 · now, a position or a time")
    ] = NOW,
    organ: OrganOption = None,
    below: BelowOption = False,
    edition: EditionOption = None,
    before: Annotated[
        str | None,
        typer.Option("--edition-from", help="并列两种格式：前一种 · side by side: one edition"),
    ] = None,
    after: Annotated[
        str | None, typer.Option("--edition-to", help="并列两种格式：后一种 · and the other")
    ] = None,
    projections: FormsOption = None,
    limit: Annotated[
        int, typer.Option("--limit", min=0, help="最多列出几个事件，0 为全部 · at most; 0 for all")
    ] = 20,
    output: OutputOption = None,
    format_: ListFormatOption = None,
) -> None:
    """哪些数字变了，是哪些事件造成的 · What changed in a period's figures, and through which events."""
    chosen = format_of(ListFormat, format_, output)
    desk = desk_of(context, chosen)
    add_forms(desk, projections)
    as_at = None if until == NOW else until
    question = Question(period_from(period), organ, below, as_at, edition)
    if before is not None or after is not None:
        if since is not None:
            raise Refusal(Problem("editions-or-positions"))
        refuse_workbook(chosen, "--edition-to")
        deliver(desk, _side_by_side(desk, question, before, after), output)
        return
    with desk.journal.reading() as connection:
        told = differences(connection, desk.house.editions, question, since or ISSUED)
    drawn = difference_as(chosen, told, desk.house.definitions, desk.language, limit)
    deliver(desk, drawn, output)


@app.command("crosswalk")
def crosswalk_(
    context: typer.Context,
    before: Annotated[str, typer.Argument(metavar="FROM-EDITION", help="前一种格式 · one edition")],
    after: Annotated[str, typer.Argument(metavar="TO-EDITION", help="后一种格式 · the other")],
    projections: FormsOption = None,
    format_: FormatOption = Format.text,
) -> None:
    """两种格式的数字如何对应 · Which figures of two editions equal each other, and which have no equal."""
    desk = desk_of(context, format_)
    add_forms(desk, projections)
    old, new = (edition_for(desk.house.editions, 0, edition) for edition in (before, after))
    walked = crosswalk(old, new, desk.house.definitions)
    if desk.json:
        desk.give(crosswalk_document(walked))
    else:
        desk.show(crosswalk_sheet(walked, desk.language))


@app.command("preview")
def preview_(
    context: typer.Context,
    type_: TypeArgument = None,
    subject: SubjectArgument = None,
    fields: FieldsArgument = None,
    on: OnOption = None,
    organ: OrganOption = None,
    id_: IdOption = None,
    source: SourceOption = None,
    file: FileOption = None,
    by: ByOption = None,
    format_: FormatOption = Format.text,
) -> None:
    """预览记录后会改变什么，不记录 · What `record` would change, with nothing recorded."""
    desk = desk_of(context, format_)
    drafts = drafts_of(desk, type_, subject, fields, on, organ, id_, source, file)
    house = desk.house
    told = preview(desk.journal, house.definitions, house.editions, drafts, by or whoami())
    if desk.json:
        desk.give(preview_document(told))
    else:
        desk.show(preview_sheet(told, desk.language))


def _side_by_side(
    desk: Desk, question: Question, before: str | None, after: str | None
) -> Sheet | dict[str, Any]:
    house = desk.house
    with desk.journal.reading() as connection:
        told = compare_editions(
            connection, house.editions, house.definitions, question, before, after
        )
    return comparison_document(told) if desk.json else comparison_sheet(told, desk.language)
