"""Commands that read: report, trace, explain, history, check."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any

import typer

from ledger.doors.cli.desk import (
    AsAtOption,
    BelowOption,
    Desk,
    EditionOption,
    Format,
    FormatOption,
    FormsOption,
    OrganOption,
    PeriodArgument,
    app,
    desk_of,
    period_from,
)
from ledger.drawing.change_documents import whereabouts_document
from ledger.drawing.documents import (
    check_document,
    explanation_document,
    history_document,
    report_document,
    trace_document,
)
from ledger.drawing.reports import check_sheet, printed_value, report_sheet
from ledger.drawing.straddling import straddling_grid
from ledger.drawing.traces import explanation_sheet, history_sheet, trace_sheet
from ledger.drawing.whereabouts import whereabouts_sheet
from ledger.rooms.storage import reading
from ledger.rooms.subjects import facts_of
from ledger.verbs.checking import check, check_report, read_published
from ledger.verbs.excluding import whereabouts
from ledger.verbs.opening import House
from ledger.verbs.reporting import Question, Report, report, setting_of
from ledger.verbs.straddling import straddling
from ledger.verbs.tracing import explain, full_name, trace
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
    format_: FormatOption = Format.text,
) -> None:
    """一个期间的报告表格 · The tables of a year, a quarter or a month, drawn from the events."""
    desk = desk_of(context, format_)
    _add(desk, projections)
    question = Question(period_from(period), organ, below, as_at, edition)
    with desk.journal.reading() as connection:
        made = report(connection, desk.house.editions, question)
    if desk.json:
        desk.give(report_document(made))
    else:
        desk.show(report_sheet(made, desk.language))


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
    _add(desk, projections)
    question = Question(period_from(period), organ, below, as_at, edition)
    with desk.journal.reading() as connection:
        setting = setting_of(connection, desk.house.editions, question)
        traced = trace(connection, setting, address)
    if desk.json:
        desk.give(trace_document(traced, desk.house.definitions))
    else:
        desk.show(trace_sheet(traced, desk.house.definitions, desk.language, limit))


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
    _add(desk, projections)
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
    facts = facts_of(events)
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
    format_: FormatOption = Format.text,
) -> None:
    """核对勾稽关系 · Check the constraints between figures."""
    desk = desk_of(context, format_)
    _add(desk, projections)
    question = Question(period_from(period), organ, below, as_at, edition)
    with desk.journal.reading() as connection:
        made, findings = check_report(connection, desk.house.editions, question)
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
        desk.give(check_document(made, findings, asked, beyond))
    else:
        shown = [_shown(made, difference, desk.language) for difference in differences]
        warnings = [straddling_grid(beyond, desk.house.definitions, desk.language)] * bool(beyond)
        desk.show(check_sheet(made, findings, desk.language, compared, shown, warnings))
    errors = any(
        finding.verdict != "holds" and finding.constraint.severity == "error"
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


def _add(desk: Desk, projections: list[Path] | None) -> None:
    for folder in projections or ():
        if not folder.is_dir():
            params: dict[str, Any] = {"path": str(folder), "detail": "not a folder"}
            raise Refusal(Problem("no-such-file", params=params))
    desk.house = House(projections or ())
