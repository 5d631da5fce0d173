"""Tables, figures and findings as the parts of sheets."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from ledger.drawing.phrases import say
from ledger.drawing.sheet import Grid
from ledger.verbs.reporting import Cell, Report, Setting, Standpoint
from ledger.words.figures import Figure, Table
from ledger.words.years import date_of


def setting_lines(setting: Setting, language: str, known: str = "") -> list[str | Grid]:
    """Under which edition, for which organ and period and at which position figures are given.

    `known` stands in place of the position where the figures are of more than one.
    """
    edition = setting.edition
    lines: list[str | Grid] = [
        f"{say(language, 'edition')}: {edition.label[language]} ({edition.id})",
        *standpoint_lines(setting, language, known),
    ]
    if edition.period != setting.period.kind:
        form = say(language, f"of-{edition.period}")
        lines.append(say(language, "over-another-period", form=form))
    if edition.note:
        lines.append(f"{say(language, 'note')}: {edition.note[language]}")
    return lines


def standpoint_lines(stands: Standpoint, language: str, known: str = "") -> list[str]:
    """For which organ and period, and at which position."""
    organ = f"{stands.organ.name} ({stands.organ.code})"
    if len(stands.members) > 1:
        organ += f"; {say(language, 'with-below')}: {len(stands.members) - 1}"
    begin, end = date_of(stands.period.begin), stands.period.last
    period = say(language, "period-days", name=stands.period_name[language], begin=begin, end=end)
    return [
        f"{say(language, 'organ')}: {organ}",
        f"{say(language, 'period')}: {period}",
        known or f"{say(language, 'position')}: {stands.position}",
    ]


def printed(cell: Cell, language: str) -> str:
    """A figure as the form prints it: 0, +3, 179.8 万元; or that it is not recorded."""
    if cell.value is None:
        return say(language, "not-recorded")
    return printed_value(cell.value, cell.figure, language)


def printed_value(value: Decimal, figure: Figure, language: str) -> str:
    """A value in a figure's own format."""
    text = f"{value:f}"
    if figure.format == "signed" and value > 0:
        text = f"+{text}"
    return f"{text} {figure.unit.label[language]}" if figure.show_unit else text


def path_of(figure: Figure, table: Table, language: str) -> str:
    """Where a figure stands, in words: 三、收到和处理… / 予以公开 / 自然人."""
    steps = [table.label[language], figure.row_label[language], figure.column_label[language]]
    return " / ".join(step for step in steps if step)


def table_grid(report: Report, table: Table, language: str) -> Grid:
    """A table as its form prints it."""
    caption = table.heading[language] if table.heading else ""
    if len(table.rows) == 1 and len(table.columns) > _WIDEST:
        return Grid(("", ""), tuple(_turned(report, table, language)), caption, frozenset({1}))
    corner = table.corner[language] if table.corner else ""
    headings = [column.label[language] for column in table.columns]
    prose = table.kind == "prose"
    return Grid(
        ("", "") if prose else (corner, *headings),
        tuple(_rows(report, table, language)),
        caption,
        frozenset(range(1, len(table.columns) + 1)),
    )


_WIDEST = 7
"""Columns that a terminal has room for; a single row of more is set one below the other."""


def _rows(report: Report, table: Table, language: str) -> Iterator[tuple[str, ...]]:
    """The rows as the form prints them; a header that spans several stands once, above them."""
    above: tuple[str, ...] = ()
    for row, figures in table.lines():
        under = tuple(text[language] for text in row.under)
        yield from _new_headers(above, under, len(figures))
        above = under
        cells = (printed(report.cells[figure.address], language) for figure in figures)
        label = row.caption()[language] + " *" * row.inferred
        yield (_indented(label, len(under)), *cells)


def _turned(report: Report, table: Table, language: str) -> Iterator[tuple[str, ...]]:
    """The cells of a single row, one below the other, under the headers that span them."""
    above: tuple[str, ...] = ()
    for column, figure in zip(table.columns, table.figures, strict=True):
        under = tuple(text[language] for text in column.under)
        yield from _new_headers(above, under, 1)
        above = under
        label = _indented(column.label[language], len(under))
        yield label, printed(report.cells[figure.address], language)


def _new_headers(
    above: tuple[str, ...], under: tuple[str, ...], width: int
) -> Iterator[tuple[str, ...]]:
    for depth, header in enumerate(under):
        if above[: depth + 1] != under[: depth + 1]:
            yield (_indented(header, depth), *[""] * width)


def _indented(text: str, depth: int) -> str:
    return "　" * depth + text
