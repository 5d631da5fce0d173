"""A report as one HTML file that needs no other; every figure is a link to its trace."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup, escape

from ledger.drawing import page
from ledger.drawing.charts import Chart
from ledger.drawing.legible import legible
from ledger.drawing.links import Links
from ledger.drawing.markup import TEMPLATES
from ledger.drawing.paper import Paper, Printed
from ledger.drawing.phrases import say
from ledger.drawing.pictures import chart_svg
from ledger.drawing.prose import prose_of
from ledger.drawing.reports import footer_lines
from ledger.drawing.ruled_html import DrawFigure, rows_html
from ledger.drawing.ruling import Ruled, ruled_tables

IN_THE_PAGE = "#{address}"


def report_html(paper: Paper, language: str, trace_at: str = IN_THE_PAGE) -> str:
    """The report as HTML text.

    `trace_at` is where a figure leads to, a pattern of Links; unless given, a figure in the text
    leads to its cell, and a cell to itself.
    """
    setting = paper.setting
    link = Links(trace_at, setting).to

    def figure(printed: Printed, home: bool) -> Markup:
        address = escape(printed.address)
        id_ = f' id="{address}"' if home else ""
        return Markup(
            f'<a class="figure"{id_} href="{escape(link(printed.address))}" data-address="{address}">'
            f"{escape(printed.number(language))}</a>"
        )

    return TEMPLATES.get_template("report.html").render(
        language=language,
        title=legible(setting.title[language]),
        title_lines=page.title_lines(setting, language),
        parts=[
            {
                "id": part.section.id,
                "caption": part.section.caption()[language],
                "paragraphs": paragraphs,
                "tables": [_fitted(table, language, figure) for table in ruled_tables(part)],
            }
            for part, paragraphs in zip(paper.parts, prose_of(paper, language), strict=True)
        ],
        preface=[legible(line[language]) for line in paper.preface],
        charts=[_picture(chart, language) for chart in paper.charts],
        charts_caption=say(language, "charts"),
        footer=footer_lines(paper, language),
        figure=figure,
    )


def _picture(chart: Chart, language: str) -> dict[str, Any]:
    # The converter has escaped all text in it.
    return {"svg": Markup(chart_svg(chart, language)), "words": chart.in_words(language)}


def _fitted(table: Ruled, language: str, figure: DrawFigure) -> dict[str, Any]:
    return {
        "head": rows_html(table.rows[: table.head], language, figure),
        "body": rows_html(table.rows[table.head :], language, figure),
        "shares": [round(100 * wide / page.WIDTH, 2) for wide in page.widths(table, language)],
        "turned": page.turned(table, language) > 0,
        "wide": page.is_wide(table),
    }
