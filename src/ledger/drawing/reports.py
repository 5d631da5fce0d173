"""Tables, figures and findings as the parts of sheets."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from ledger.drawing.legible import legible
from ledger.drawing.paper import Block, Paper, Printed, in_words
from ledger.drawing.phrases import say
from ledger.drawing.sheet import Grid, Sheet
from ledger.verbs.reporting import Cell, Setting, Standpoint
from ledger.words.figures import Figure, Table
from ledger.words.years import date_of


def report_sheet(paper: Paper, language: str) -> Sheet:
    """A report as its form prints it: sections, their text, and the tables that stand in them."""
    parts: list[str | Grid] = setting_lines(paper.setting, language)
    parts += [line[language] for line in paper.preface]
    parts += _seal(paper, language)
    for part in paper.parts:
        parts += ["", part.section.caption()[language]]
        parts += ["　　" + in_words(told, language) for told in part.paragraphs]
        parts += [_grid(block, language) for block in part.blocks]
        parts += ["　　" + note[language] for note in part.notes]
    return Sheet(paper.setting.title[language], tuple(parts))


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


def footer_lines(paper: Paper, language: str) -> list[str]:
    """The foot of a page: by which form, for whom, of which period, as known when; and the digest."""
    setting = " · ".join(map(str, setting_lines(paper.setting, language)))
    return [legible(line) for line in (setting, *_seal(paper, language))]


def _seal(paper: Paper, language: str) -> list[str]:
    issued, signed = ([line[language]] if line else [] for line in (paper.issued, paper.signed))
    digest = [f"{say(language, 'digest')}: {paper.digest}"] if paper.digest else []
    return issued + digest + signed


def printed(cell: Cell, language: str) -> str:
    """A figure as the form prints it: 0, +3, 179.8 万元."""
    return Printed(cell.figure, cell.value).text(language)


def printed_value(value: Decimal, figure: Figure, language: str) -> str:
    """A value in a figure's own format."""
    return Printed(figure, value).text(language)


def path_of(figure: Figure, table: Table, language: str) -> str:
    """Where a figure stands, in words: 三、收到和处理… / 予以公开 / 自然人."""
    steps = [table.label[language], figure.row_label[language], figure.column_label[language]]
    return " / ".join(step for step in steps if step)


def label_of(figure: Figure, language: str) -> str:
    """A figure by its row and its column: 予以公开 / 自然人."""
    return f"{figure.row_label[language]} / {figure.column_label[language]}"


def _grid(block: Block, language: str) -> Grid:
    table = block.table
    caption = table.heading[language] if table.heading else ""
    if len(block.lines) == 1 and len(table.columns) > _WIDEST:
        return Grid(("", ""), tuple(_turned(block, language)), caption, frozenset({1}))
    corner = table.corner[language] if table.corner else ""
    headings = [column.label[language] for column in table.columns]
    return Grid(
        ("", "") if block.in_prose else (corner, *headings),
        tuple(_rows(block, language)),
        caption,
        frozenset(range(1, len(table.columns) + 1)),
    )


_WIDEST = 7
"""Columns that a terminal has room for; a single row of more is set one below the other."""


def _rows(block: Block, language: str) -> Iterator[tuple[str, ...]]:
    """The rows as the form prints them; a header that spans several stands once, above them."""
    above: tuple[str, ...] = ()
    for line in block.lines:
        under = tuple(text[language] for text in line.row.under)
        yield from _new_headers(above, under, len(line.cells))
        above = under
        cells = (cell.text(language) for cell in line.cells)
        yield (_indented(line.row.marked()[language], len(under)), *cells)


def _turned(block: Block, language: str) -> Iterator[tuple[str, ...]]:
    """The cells of a single row, one below the other, under the headers that span them."""
    above: tuple[str, ...] = ()
    for column, cell in zip(block.table.columns, block.lines[0].cells, strict=True):
        under = tuple(text[language] for text in column.under)
        yield from _new_headers(above, under, 1)
        above = under
        yield _indented(column.label[language], len(under)), cell.text(language)


def _new_headers(
    above: tuple[str, ...], under: tuple[str, ...], width: int
) -> Iterator[tuple[str, ...]]:
    for depth, header in enumerate(under):
        if above[: depth + 1] != under[: depth + 1]:
            yield (_indented(header, depth), *[""] * width)


def _indented(text: str, depth: int) -> str:
    return "　" * depth + text
