"""Commands that read: report, trace, explain, history, check."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any

import typer

from ledger.doors.cli.delivering import (
    OutputOption,
    ReportFormat,
    ReportFormatOption,
    deliver,
    format_of,
)
from ledger.doors.cli.desk import (
    AsAtOption,
    BelowOption,
    ByOption,
    Desk,
    EditionOption,
    Format,
    FormatOption,
    FormsOption,
    OrganOption,
    PeriodArgument,
    app,
    desk_of,
    office_of,
    period_from,
)
from ledger.drawing.change_documents import whereabouts_document
from ledger.drawing.checks import check_sheet
from ledger.drawing.documents import (
    check_document,
    explanation_document,
    history_document,
    trace_document,
)
from ledger.drawing.formats import report_as
from ledger.drawing.reports import printed_value
from ledger.drawing.roll_ups import roll_up_document, roll_up_sheet
from ledger.drawing.straddling import straddling_grid
from ledger.drawing.traces import explanation_sheet, history_sheet, trace_sheet
from ledger.drawing.whereabouts import whereabouts_sheet
from ledger.rooms.storage import reading
from ledger.verbs.checking import check, check_report, read_published
from ledger.verbs.excluding import whereabouts
from ledger.verbs.full_reports import full_report
from ledger.verbs.histories import facts_now
from ledger.verbs.issuing import check_for_issue
from ledger.verbs.opening import House
from ledger.verbs.reporting import Question, Report, setting_of
from ledger.verbs.rolling_up import roll_up
from ledger.verbs.straddling import straddling
from ledger.verbs.tracing import explain, full_name, trace
from ledger.words.events import Event
from ledger.words.problems import Problem, Refusal


@app.command("report")
def report_(
    context: typer.Context,
    period: PeriodArgument,
    organ: OrganOption = None,
    below: BelowOption = False,
    as_at: AsAtOption = None,
    edition: EditionOption = None,
    projections: FormsOption = None,
    output: OutputOption = None,
    format_: ReportFormatOption = None,
) -> None:
    """一个期间的报告 · The report of a year, a quarter or a month: shown, or as a document."""
    chosen = format_of(ReportFormat, format_, output)
    desk = desk_of(context, chosen)
    add_forms(desk, projections)
    question = Question(period_from(period), organ, below, as_at, edition)
    with desk.journal.reading() as connection:
        made = full_report(connection, desk.house.editions, question)
    deliver(desk, report_as(chosen, made, desk.language), output)


@app.command("trace")
def trace_(
    context: typer.Context,
    period: PeriodArgument,
    address: Annotated[
        str, typer.Argument(metavar="TABLE/ROW/COLUMN", help="applications/granted/natural-person")
    ],
    organ: OrganOption = None,
    below: BelowOption = False,
    as_at: AsAtOption = None,
    edition: EditionOption = None,
    projections: FormsOption = None,
    limit: Annotated[
        int, typer.Option("--limit", min=0, help="最多列出几条，0 为全部 · at most; 0 for all")
    ] = 20,
    format_: FormatOption = Format.text,
) -> None:
    """一个数字背后的事实和事件 · The facts and events behind a figure."""
    desk = desk_of(context, format_)
    add_forms(desk, projections)
    question = Question(period_from(period), organ, below, as_at, edition)
    with desk.journal.reading() as connection:
        setting = setting_of(connection, desk.house.editions, question)
        traced = trace(connection, setting, address)
    if desk.json:
        desk.give(trace_document(traced, desk.house.definitions))
    else:
        desk.show(trace_sheet(traced, desk.house.definitions, desk.language, limit))


@app.command("breakdown")
def breakdown_(
    context: typer.Context,
    period: PeriodArgument,
    addresses: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[TABLE/ROW/COLUMN…]", help="一个或几个数字，相加 · figures, added together"
        ),
    ] = None,
    organ: OrganOption = None,
    as_at: AsAtOption = None,
    edition: EditionOption = None,
    projections: FormsOption = None,
    format_: FormatOption = Format.text,
) -> None:
    """汇总数由哪些下级机关构成 · What each organ below adds to a figure, and which issued no report."""
    desk = desk_of(context, format_)
    add_forms(desk, projections)
    question = Question(period_from(period), organ, below=True, as_at=as_at, edition=edition)
    with desk.journal.reading() as connection:
        told = roll_up(connection, desk.house.editions, question, addresses or ())
    if desk.json:
        desk.give(roll_up_document(told))
    else:
        desk.show(roll_up_sheet(told, desk.language))


@app.command("explain")
def explain_(
    context: typer.Context,
    event: Annotated[str, typer.Argument(metavar="EVENT", help="编号或位置 · id or position")],
    in_: Annotated[
        tuple[str, str] | None,
        typer.Option(
            "--in",
            metavar="PERIOD ADDRESS",
            help="为什么不在这个数字里 · why it is not in this figure",
        ),
    ] = None,
    organ: OrganOption = None,
    edition: Annotated[
        str | None, typer.Option("--edition", help="--in 所用的报告格式 · the edition of --in")
    ] = None,
    projections: FormsOption = None,
    format_: FormatOption = Format.text,
) -> None:
    """一个事件计入哪些年度的哪些数字 · Which figures of which years an event feeds."""
    desk = desk_of(context, format_)
    add_forms(desk, projections)
    if in_ is not None:
        period, address = in_
        question = Question(period_from(period), organ, edition=edition)
        _whereabouts(desk, event, address, question)
        return
    with desk.journal.reading() as connection:
        told = explain(connection, desk.house.editions, event)
    if desk.json:
        desk.give(explanation_document(told, desk.house.definitions))
    else:
        desk.show(explanation_sheet(told, desk.house.definitions, desk.language))


@app.command()
def history(
    context: typer.Context,
    subject: Annotated[str, typer.Argument(metavar="SUBJECT", help="application:2020-0001")],
    organ: OrganOption = None,
    format_: FormatOption = Format.text,
) -> None:
    """一个对象的全部记录 · All that is recorded of a subject."""
    desk = desk_of(context, format_)
    with desk.journal.reading() as connection:
        name = full_name(connection, subject, organ)
        events = reading.history(connection, name)
        facts = facts_now(connection, events)
    if desk.json:
        desk.give(history_document(name, events, facts, desk.house.definitions))
    else:
        desk.show(history_sheet(name, events, facts, desk.house.definitions, desk.language))


@app.command("check")
def check_(
    context: typer.Context,
    period: PeriodArgument,
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
    format_: FormatOption = Format.text,
) -> None:
    """核对勾稽关系 · Check the constraints between figures."""
    desk = desk_of(context, format_)
    add_forms(desk, projections)
    question = Question(period_from(period), organ, below, as_at, edition)
    event: Event | None = None
    if record:
        if published is not None or as_at is not None:
            raise Refusal(Problem("record-what-is-known"))
        checked = check_for_issue(office_of(desk, by), question)
        told, findings, event = checked.report, checked.findings, checked.event
    else:
        with desk.journal.reading() as connection:
            told, findings = check_report(connection, desk.house.editions, question)
    made = told.report
    with desk.journal.reading() as connection:
        beyond = straddling(connection, made.setting)
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
        desk.give(check_document(told, findings, asked, event, beyond))
    else:
        shown = [_shown(made, difference, desk.language) for difference in differences]
        warnings = [straddling_grid(beyond, desk.house.definitions, desk.language)] * bool(beyond)
        desk.show(check_sheet(told, findings, desk.language, compared, shown, warnings))
        if event is not None:
            desk.say("check-recorded", id=event.id, period=period, **event.data)
    errors = any(
        finding.verdict not in ("holds", "waived") and finding.constraint.severity == "error"
        for finding in findings
    )
    if errors or differences:
        raise typer.Exit(1)


def _whereabouts(desk: Desk, event: str, address: str, question: Question) -> None:
    with desk.journal.reading() as connection:
        told = whereabouts(connection, desk.house.editions, question, address, event)
    if desk.json:
        desk.give(whereabouts_document(told, desk.house.definitions))
    else:
        desk.show(whereabouts_sheet(told, desk.house.definitions, desk.language))


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


def add_forms(desk: Desk, projections: list[Path] | None) -> None:
    """Lets a command use the editions of more folders; raises Refusal."""
    for folder in projections or ():
        if not folder.is_dir():
            params: dict[str, Any] = {"path": str(folder), "detail": "not a folder"}
            raise Refusal(Problem("no-such-file", params=params))
    desk.house = House(projections or ())
