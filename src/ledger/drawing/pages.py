"""The pages of the web application, drawn from templates."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ledger.drawing import page as measures
from ledger.drawing.changes import change_in_words
from ledger.drawing.figure_links import FigureLinks
from ledger.drawing.here import Here
from ledger.drawing.inspecting import finding_view
from ledger.drawing.legible import legible
from ledger.drawing.markup import TEMPLATES
from ledger.drawing.paper import Paper
from ledger.drawing.phrases import LANGUAGES, say
from ledger.drawing.prose import prose_of
from ledger.drawing.reports import footer_lines, printed_value
from ledger.drawing.ruled_html import DrawFigure, rows_html
from ledger.drawing.ruling import Ruled, ruled_tables
from ledger.drawing.sheet import Grid
from ledger.verbs.checking import Finding
from ledger.verbs.differing import Difference
from ledger.verbs.reporting import Setting


def page(template: str, language: str, here: Here, **values: Any) -> str:
    """A page as HTML text."""
    return TEMPLATES.get_template(f"web/{template}.html").render(
        language=language,
        other=next(each for each in LANGUAGES if each != language),
        say=lambda phrase, **named: say(language, phrase, **named),
        to=here.to,
        as_at=here.query.get("as_at", ""),
        is_grid=lambda part: isinstance(part, Grid),
        **values,
    )


def report_view(
    paper: Paper,
    findings: Iterable[Finding],
    told: Difference | None,
    language: str,
    cell: str | None,
    here: Here,
) -> dict[str, Any]:
    """What the page of a report shows: its tables, the marks on its figures, and where one goes on."""
    setting = paper.setting
    figures = list(paper.figures)
    at = figures.index(cell) if cell in figures else None
    changed = {
        each.figure.address: say(
            language,
            "was-before",
            old=printed_value(each.shown(each.old), each.figure, language),
            change=change_in_words(each.shown(each.new - each.old), each.figure, language),
        )
        for each in (told.cells if told else ())
    }
    failing = [each for each in findings if each.verdict != "holds"]
    marks: dict[str, list[str]] = {}
    for finding in failing:
        for ref in (*finding.equation.left, *finding.equation.right):
            if not ref.year:
                marks.setdefault(ref.address, []).append(finding.constraint.message[language])
    figure = FigureLinks(here, language, cell, changed, marks).draw
    return {
        "title": legible(setting.title[language]),
        "title_lines": measures.title_lines(setting, language),
        "organ": setting.organ,
        "position": setting.position,
        "edition": setting.edition,
        "parts": [
            {
                "id": part.section.id,
                "caption": part.section.caption()[language],
                "paragraphs": paragraphs,
                "tables": [_table(table, language, figure) for table in ruled_tables(part)],
            }
            for part, paragraphs in zip(paper.parts, prose_of(paper, language), strict=True)
        ],
        "preface": [legible(line[language]) for line in paper.preface],
        "footer": footer_lines(paper, language),
        "selected": cell,
        "before": figures[at - 1] if at else None,
        "after": figures[at + 1] if at is not None and at + 1 < len(figures) else None,
        "figure": figure,
        "findings": [finding_view(finding, setting.edition, language) for finding in failing],
        "changed": len(changed),
        "since": told.since if told else None,
        "trend_since": _trend_since(setting),
    }


def _trend_since(setting: Setting) -> int | None:
    """From which year the chart of several years runs: five at most, as far as the form goes back."""
    first = max(setting.year - 4, setting.edition.since)
    return first if setting.period.kind == "year" and first < setting.year else None


def _table(table: Ruled, language: str, figure: DrawFigure) -> dict[str, Any]:
    return {
        "head": rows_html(table.rows[: table.head], language, figure),
        "body": rows_html(table.rows[table.head :], language, figure),
        "turned": measures.turned(table, language) > 0,
        "wide": measures.is_wide(table),
    }
