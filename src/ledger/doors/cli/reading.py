"""Commands that read: report, trace, breakdown, explain, history."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from ledger.doors.cli.charting import outcomes, trend
from ledger.doors.cli.delivering import (
    WITH_CHARTS,
    FontsOption,
    ListFormat,
    ListFormatOption,
    OutputOption,
    ReportFormat,
    ReportFormatOption,
    deliver,
    format_of,
    refuse_workbook,
)
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
    add_forms,
    app,
    desk_of,
    period_from,
    require_folders,
)
from ledger.drawing.change_documents import whereabouts_document
from ledger.drawing.formats import explanation_as, history_as, report_as, trace_as
from ledger.drawing.roll_ups import roll_up_document, roll_up_sheet
from ledger.drawing.sheet import Sheet
from ledger.drawing.whereabouts import whereabouts_sheet
from ledger.rooms.storage import reading
from ledger.verbs.excluding import whereabouts
from ledger.verbs.full_reports import full_report
from ledger.verbs.histories import facts_now
from ledger.verbs.reporting import Question, setting_of
from ledger.verbs.rolling_up import roll_up
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
    output: OutputOption = None,
    fonts: FontsOption = None,
    charts: Annotated[
        bool,
        typer.Option(
            "--charts", help="附办理结果图（html、docx、pdf）· with a chart of the outcomes"
        ),
    ] = False,
    trend_since: Annotated[
        str | None,
        typer.Option(
            "--charts-from",
            metavar="PERIOD",
            help="另附自某期间起的变化图 · and of the trend since",
        ),
    ] = None,
    format_: ReportFormatOption = None,
) -> None:
    """一个期间的报告 · The report of a year, a quarter or a month: shown, or as a document."""
    chosen = format_of(ReportFormat, format_, output)
    desk = desk_of(context, chosen)
    add_forms(desk, projections)
    question = Question(period_from(period), organ, below, as_at, edition)
    with desk.journal.reading() as connection:
        made = full_report(connection, desk.house.editions, question)
        annex = [outcomes(made.report)] if charts or trend_since else []
        if trend_since is not None:
            annex.append(trend(desk, connection, question, trend_since))
    if annex and chosen not in WITH_CHARTS:
        raise Refusal(Problem("no-charts-in", params={"format": chosen.value}))
    faces = require_folders(fonts)
    deliver(desk, report_as(chosen, made, desk.language, faces, tuple(annex)), output)


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
    output: OutputOption = None,
    format_: ListFormatOption = None,
) -> None:
    """一个数字背后的事实和事件 · The facts and events behind a figure."""
    chosen = format_of(ListFormat, format_, output)
    desk = desk_of(context, chosen)
    add_forms(desk, projections)
    question = Question(period_from(period), organ, below, as_at, edition)
    with desk.journal.reading() as connection:
        setting = setting_of(connection, desk.house.editions, question)
        traced = trace(connection, setting, address)
    drawn = trace_as(chosen, traced, desk.house.definitions, desk.language, limit)
    deliver(desk, drawn, output)


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
    output: OutputOption = None,
    format_: ListFormatOption = None,
) -> None:
    """一个事件计入哪些年度的哪些数字 · Which figures of which years an event feeds."""
    chosen = format_of(ListFormat, format_, output)
    desk = desk_of(context, chosen)
    add_forms(desk, projections)
    if in_ is not None:
        period, address = in_
        question = Question(period_from(period), organ, edition=edition)
        deliver(desk, _whereabouts(desk, event, address, question, chosen), output)
        return
    with desk.journal.reading() as connection:
        told = explain(connection, desk.house.editions, event)
    deliver(desk, explanation_as(chosen, told, desk.house.definitions, desk.language), output)


@app.command()
def history(
    context: typer.Context,
    subject: Annotated[str, typer.Argument(metavar="SUBJECT", help="application:2020-0001")],
    organ: OrganOption = None,
    output: OutputOption = None,
    format_: ListFormatOption = None,
) -> None:
    """一个对象的全部记录 · All that is recorded of a subject."""
    chosen = format_of(ListFormat, format_, output)
    desk = desk_of(context, chosen)
    with desk.journal.reading() as connection:
        name = full_name(connection, subject, organ)
        events = reading.history(connection, name)
        facts = facts_now(connection, events)
    drawn = history_as(chosen, name, events, facts, desk.house.definitions, desk.language)
    deliver(desk, drawn, output)


def _whereabouts(
    desk: Desk, event: str, address: str, question: Question, format_: ListFormat
) -> Sheet | dict[str, Any]:
    refuse_workbook(format_, "--in")
    with desk.journal.reading() as connection:
        told = whereabouts(connection, desk.house.editions, question, address, event)
    if desk.json:
        return whereabouts_document(told, desk.house.definitions)
    return whereabouts_sheet(told, desk.house.definitions, desk.language)
