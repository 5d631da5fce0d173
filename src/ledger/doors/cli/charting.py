"""The command that draws charts, and the charts of a report's annex."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import msgspec
import typer

from ledger.doors.cli.delivering import OutputOption, deliver, format_of
from ledger.doors.cli.desk import (
    AsAtOption,
    BelowOption,
    Desk,
    EditionOption,
    FormsOption,
    OrganOption,
    PeriodArgument,
    add_forms,
    app,
    desk_of,
    period_from,
)
from ledger.drawing.charts import Chart, outcomes_chart, trend_chart
from ledger.rooms.storage.reading import Connection
from ledger.verbs.reporting import Question, Report, report
from ledger.words.problems import Problem, Refusal


class PictureFormat(StrEnum):
    """How a chart comes out."""

    svg = "svg"
    png = "png"


TrendOption = Annotated[
    str | None,
    typer.Option("--from", metavar="PERIOD", help="自某期间起的变化 · the trend since: 2019"),
]


@app.command("chart")
def chart_(
    context: typer.Context,
    period: PeriodArgument,
    since: TrendOption = None,
    organ: OrganOption = None,
    below: BelowOption = False,
    as_at: AsAtOption = None,
    edition: EditionOption = None,
    projections: FormsOption = None,
    output: OutputOption = None,
    format_: Annotated[
        PictureFormat | None,
        typer.Option(
            "--format", help="svg 或 png，默认从文件名判断 · else what the file's name says"
        ),
    ] = None,
) -> None:
    """图表：一个期间的办理结果，或多个期间的变化 · A chart: a period's outcomes, or several periods."""
    from ledger.drawing.pictures import chart_png, chart_svg

    chosen = format_of(PictureFormat, format_, output)
    desk = desk_of(context)
    add_forms(desk, projections)
    question = Question(period_from(period), organ, below, as_at, edition)
    with desk.journal.reading() as connection:
        if since is None:
            chart = outcomes(report(connection, desk.house.editions, question))
        else:
            chart = trend(desk, connection, question, since)
    drawn = chart_svg if chosen is PictureFormat.svg else chart_png
    deliver(desk, drawn(chart, desk.language), output)


def outcomes(made: Report) -> Chart:
    """The chart of a period's outcomes; raises Refusal."""
    return _drawn(outcomes_chart(made), made)


def trend(desk: Desk, connection: Connection, question: Question, since: str) -> Chart:
    """The chart of the periods from one to that of a question; raises Refusal."""
    periods = question.period.since(period_from(since))
    if not periods:
        params = {"first": since, "last": question.period.code}
        raise Refusal(Problem("no-such-trend", params=params))
    asked = (msgspec.structs.replace(question, period=period) for period in periods)
    made = [report(connection, desk.house.editions, each) for each in asked]
    return _drawn(trend_chart(made), made[-1])


def _drawn(chart: Chart | None, made: Report) -> Chart:
    if chart is None:
        raise Refusal(Problem("no-chart", params={"edition": made.setting.edition.id}))
    return chart
