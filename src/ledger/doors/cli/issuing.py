"""Commands of a report's life: draft, waive, approve, issue, issued; and close, of a year's."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

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
    office_of,
    period_from,
)
from ledger.doors.cli.recording import pairs_of
from ledger.doors.cli.signing import KeysOption, NameOption, NoTilesOption, TilesOption, keys_of
from ledger.drawing.documents import event_document
from ledger.drawing.full_reports import full_report_document, full_report_sheet, issue_document
from ledger.drawing.issues import balances_sheet, issues_sheet, sections_sheet
from ledger.verbs import issuing
from ledger.verbs.closing import close_year
from ledger.verbs.full_reports import canonical, drafted_setting, regenerated
from ledger.verbs.issues import life_at
from ledger.verbs.reporting import Question, setting_of
from ledger.verbs.sealing import Seal, issue_sealed
from ledger.words.events import Event
from ledger.words.problems import Problem, Refusal

AtOption = Annotated[
    str | None, typer.Option("--at", help="只对某一行或列 · for one row or column only")
]
DayOption = Annotated[
    str | None, typer.Option("--on", help="印发日期，默认今天 · day of issue, else today")
]


@app.command("draft")
def draft_(
    context: typer.Context,
    period: PeriodArgument,
    sections: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[SECTION=TEXT…]",
            help="部分=文字，或 部分=@文件 · a section's text, or =@file; {table/row/column} is filled in",
        ),
    ] = None,
    organ: OrganOption = None,
    below: BelowOption = False,
    edition: EditionOption = None,
    restates: Annotated[
        str | None,
        typer.Option("--restates", help="更正已印发的报告 · material or editorial"),
    ] = None,
    reason: Annotated[
        str | None, typer.Option("--reason", help="更正的原因 · why it is restated")
    ] = None,
    projections: FormsOption = None,
    by: ByOption = None,
    format_: FormatOption = Format.text,
) -> None:
    """起草报告的文字，数字写作 {表/行/列} · Draft a report's text; its numbers are filled in."""
    desk = desk_of(context, format_)
    add_forms(desk, projections)
    question = Question(period_from(period), organ, below, edition=edition)
    if sections is None and restates is None:
        _show_draft(desk, question)
        return
    told = {name: _text(text) for name, text in pairs_of(sections or []).items()}
    _tell(
        desk,
        issuing.draft(office_of(desk, by), question, told, restates, reason),
        "drafted",
        period,
    )


@app.command("waive")
def waive_(
    context: typer.Context,
    period: PeriodArgument,
    constraint: Annotated[
        str, typer.Argument(metavar="CONSTRAINT", help="勾稽关系 · id of the constraint")
    ],
    at: AtOption = None,
    reason: Annotated[
        str | None, typer.Option("--reason", help="为何不成立，印在报告上 · why; printed")
    ] = None,
    withdraw: Annotated[
        bool, typer.Option("--withdraw", help="撤回说明 · take the waiver back")
    ] = False,
    organ: OrganOption = None,
    below: BelowOption = False,
    projections: FormsOption = None,
    by: ByOption = None,
    format_: FormatOption = Format.text,
) -> None:
    """说明某一勾稽关系为何不成立 · Say why a constraint does not hold; the report prints it."""
    desk = desk_of(context, format_)
    add_forms(desk, projections)
    office, question = office_of(desk, by), Question(period_from(period), organ, below)
    if withdraw:
        event = issuing.withdraw_waiver(office, question, constraint, at)
    elif reason:
        event = issuing.waive(office, question, constraint, at, reason)
    else:
        raise Refusal(Problem("waive-with-reason", params={"constraint": constraint}))
    _tell(desk, event, "waived-now", period)


@app.command("approve")
def approve_(
    context: typer.Context,
    period: PeriodArgument,
    organ: OrganOption = None,
    below: BelowOption = False,
    projections: FormsOption = None,
    by: ByOption = None,
    format_: FormatOption = Format.text,
) -> None:
    """批准已核对的报告，须由起草人以外的人 · Approve what was checked; not by who drafted it."""
    desk = desk_of(context, format_)
    add_forms(desk, projections)
    event = issuing.approve(office_of(desk, by), Question(period_from(period), organ, below))
    _tell(desk, event, "approved", period)


@app.command("issue")
def issue_(
    context: typer.Context,
    period: PeriodArgument,
    organ: OrganOption = None,
    below: BelowOption = False,
    on: DayOption = None,
    projections: FormsOption = None,
    by: ByOption = None,
    keys: KeysOption = None,
    tiles: TilesOption = None,
    no_tiles: NoTilesOption = False,
    name: NameOption = None,
    format_: FormatOption = Format.text,
) -> None:
    """印发已批准的报告或更正稿，并签署检查点 · Issue what was approved, and sign a checkpoint."""
    desk = desk_of(context, format_)
    add_forms(desk, projections)
    question = Question(period_from(period), organ, below)
    office, day = office_of(desk, by), _day(on)
    folder = None if no_tiles else desk.beside(tiles, ".tiles")
    made = issue_sealed(office, question, Seal(keys_of(desk, keys, name), folder), day)
    assert made.issue is not None
    if desk.json:
        desk.give(full_report_document(made))
        return
    data = made.issue.data
    desk.show(full_report_sheet(made, desk.language))
    desk.say("issued", id=made.issue.id, position=data["position"], digest=data["digest"])


@app.command("issued")
def issued_(
    context: typer.Context,
    period: PeriodArgument,
    organ: OrganOption = None,
    below: BelowOption = False,
    bytes_: Annotated[
        bool,
        typer.Option("--canonical", help="输出规范JSON，其SHA-256即摘要 · the bytes of the digest"),
    ] = False,
    projections: FormsOption = None,
    format_: FormatOption = Format.text,
) -> None:
    """已印发的报告及其历次更正 · What was issued, and each restatement of it."""
    desk = desk_of(context, format_)
    add_forms(desk, projections)
    question = Question(period_from(period), organ, below)
    with desk.journal.reading() as connection:
        setting = setting_of(connection, desk.house.editions, question)
        issues = life_at(connection, setting.organ.code, setting.period, below=below).issues
        if bytes_:
            if not issues:
                params = {"organ": setting.organ.code, "period": setting.period.code}
                raise Refusal(Problem("never-issued", params=params))
            told = regenerated(connection, desk.house.editions, issues[-1])
            sys.stdout.buffer.write(canonical(told))
            return
    if desk.json:
        desk.give({"issues": [issue_document(issue) for issue in issues]})
    else:
        desk.show(issues_sheet(setting, issues, desk.language))


@app.command("close")
def close_(
    context: typer.Context,
    period: PeriodArgument,
    organ: OrganOption = None,
    by: ByOption = None,
    format_: FormatOption = Format.text,
) -> None:
    """年度结账，记下转入下一年度的结余 · Close a year and record the balances that it hands over."""
    desk = desk_of(context, format_)
    event = close_year(office_of(desk, by), Question(period_from(period), organ))
    definitions = desk.house.definitions
    if desk.json:
        desk.give(event_document(event, definitions))
        return
    desk.say("closed", period=period, id=event.id)
    desk.show(balances_sheet(event, definitions, desk.language))


def _show_draft(desk: Desk, question: Question) -> None:
    """The sections of the form with what is drafted of them."""
    with desk.journal.reading() as connection:
        setting, life = drafted_setting(connection, desk.house.editions, question)
    if desk.json:
        desk.give({"sections": life.sections})
    else:
        desk.show(sections_sheet(setting, life.sections, desk.language))


def _tell(desk: Desk, event: Event, phrase: str, period: str) -> None:
    if desk.json:
        desk.give(event_document(event, desk.house.definitions))
    else:
        desk.say(phrase, id=event.id, period=period, **event.data)


def _text(text: str) -> str:
    if not text.startswith("@"):
        return text
    path = Path(text[1:])
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        detail = getattr(error, "strerror", None) or "UTF-8"
        raise Refusal(
            Problem("no-such-file", params={"path": str(path), "detail": detail})
        ) from None


def _day(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Refusal(Problem("not-a-date", "/occurred_on", params={"value": text})) from None
