"""The command that checks: a period of the ledger, or files of published reports."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from ledger.doors.cli.delivering import OutputOption, format_of
from ledger.doors.cli.desk import (
    AsAtOption,
    BelowOption,
    ByOption,
    Desk,
    EditionOption,
    FormsOption,
    OrganOption,
    add_forms,
    app,
    desk_of,
    office_of,
    period_from,
)
from ledger.drawing.checks import check_sheet
from ledger.drawing.documents import check_document
from ledger.drawing.reports import printed_value
from ledger.drawing.warnings import warning_grids
from ledger.verbs.checking import Finding, check, check_report, read_published
from ledger.verbs.issuing import check_for_issue
from ledger.verbs.reporting import Question, Report
from ledger.verbs.warnings import warnings_of
from ledger.words.events import Event
from ledger.words.problems import Problem, Refusal


class CheckFormat(StrEnum):
    """How a check comes out; xlsx and html are for files of reports."""

    text = "text"
    json = "json"
    xlsx = "xlsx"
    html = "html"


@app.command("check")
def check_(
    context: typer.Context,
    targets: Annotated[
        list[str],
        typer.Argument(
            metavar="PERIOD | FILE…",
            help="年度、季度、月份，或报告文件 · a period, or files of published reports",
        ),
    ],
    organ: OrganOption = None,
    below: BelowOption = False,
    as_at: AsAtOption = None,
    edition: EditionOption = None,
    projections: FormsOption = None,
    published: Annotated[
        Path | None,
        typer.Option(
            "--published",
            help="核对已公布的数字 · check published figures: JSON, address to figure as printed",
        ),
    ] = None,
    record: Annotated[
        bool,
        typer.Option("--record", help="记录核对，固定报告内容 · record it; fixes what is issued"),
    ] = False,
    by: ByOption = None,
    last_year: Annotated[
        list[str] | None,
        typer.Option(
            "--last-year",
            help="上年的报告文件，可多次 · the file of last year's report; may be repeated",
        ),
    ] = None,
    output: OutputOption = None,
    format_: Annotated[
        CheckFormat | None,
        typer.Option(
            "--format", help="输出格式，默认从文件名判断 · else what the file's name says"
        ),
    ] = None,
) -> None:
    """核对台账的年度或公布的报告 · Check a period of the ledger, or published reports."""
    chosen = format_of(CheckFormat, format_, output)
    desk = desk_of(context, chosen)
    add_forms(desk, projections)
    if _are_files(targets):
        of_ledger: dict[str, object] = {"--organ": organ, "--below": below, "--as-at": as_at}
        of_ledger |= {"--edition": edition, "--published": published}
        _without(of_ledger | {"--record": record, "--by": by}, "only-for-periods")
        # Only who checks files should wait for the libraries that read them.
        from ledger.doors.cli.judging import judge_files

        judge_files(desk, targets, last_year or (), output, chosen)
        return
    drawn = chosen in (CheckFormat.xlsx, CheckFormat.html)
    of_files = {"--last-year": last_year, "--output": output, f"--format {chosen}": drawn}
    _without(of_files, "only-for-files")
    question = Question(period_from(targets[0]), organ, below, as_at, edition)
    _check_period(desk, question, published, record, by, targets[0])


def _are_files(targets: Sequence[str]) -> bool:
    """Whether files are to be checked, and not a period; raises Refusal where it is neither."""
    if any(target == "-" or Path(target).is_file() for target in targets):
        return True
    if len(targets) == 1 and not re.search(r"[./\\]", targets[0]):
        return False
    raise Refusal(*(Problem("files-or-period", params={"target": each}) for each in targets))


def _without(options: Mapping[str, object], code: str) -> None:
    """Raises Refusal with this code where one of the options is given."""
    given = ", ".join(name for name, value in options.items() if value)
    if given:
        raise Refusal(Problem(code, params={"options": given}))


def _check_period(
    desk: Desk,
    question: Question,
    published: Path | None,
    record: bool,
    by: str | None,
    period: str,
) -> None:
    event: Event | None = None
    if record:
        if published is not None or question.as_at is not None:
            raise Refusal(Problem("record-what-is-known"))
        checked = check_for_issue(office_of(desk, by), question)
        told, findings, event = checked.report, checked.findings, checked.event
    else:
        with desk.journal.reading() as connection:
            told, findings = check_report(connection, desk.house.editions, question)
    made = told.report
    with desk.journal.reading() as connection:
        warnings = warnings_of(connection, made.setting)
    differences: list[tuple[str, Decimal | None, Decimal]] = []
    compared = 0
    if published is not None:
        values = read_published(published, made.setting.edition)
        findings = list(check(made.setting.edition, values, organ=made.setting.organ))
        ours = {address: made.cells[address].value for address in values}
        known = {address: value for address, value in ours.items() if value is not None}
        compared = len(known)
        differences = [
            (address, values[address], value)
            for address, value in known.items()
            if (values[address] or 0) != value
        ]
    if desk.json:
        asked = differences if published is not None else None
        desk.give(check_document(told, findings, warnings, asked, event))
    else:
        shown = [_shown(made, difference, desk.language) for difference in differences]
        grids = warning_grids(warnings, desk.house.definitions, desk.language)
        desk.show(check_sheet(told, findings, desk.language, compared, shown, grids))
        if event is not None:
            desk.say("check-recorded", id=event.id, period=period, **event.data)
    if differences or any(_is_error(finding) for finding in findings):
        raise typer.Exit(1)


def _is_error(finding: Finding) -> bool:
    return finding.verdict not in ("holds", "waived") and finding.constraint.severity == "error"


def _shown(
    made: Report, difference: tuple[str, Decimal | None, Decimal], language: str
) -> tuple[str, str, str]:
    address, theirs, ours = difference
    figure = made.cells[address].figure
    return (
        address,
        "—" if theirs is None else printed_value(theirs, figure, language),
        printed_value(ours, figure, language),
    )
