"""A report as an Excel workbook: a sheet a section, real numbers, each cell named after its figure."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from ledger.drawing import page
from ledger.drawing.addresses import name_of
from ledger.drawing.excel_books import Book, Worksheet, row_height
from ledger.drawing.paper import Paper, Part, Printed, in_words
from ledger.drawing.reports import footer_lines
from ledger.drawing.ruling import Box, Ruled, ruled_tables

_TEXT_SIZE, _HEADING_SIZE, _FOOT_SIZE = 10.5, 14.0, 8.0
_MM_OF_CHARACTER = 1.9
"""How wide one of Excel's units of width is."""
_STATED_WIDTHS = (96.0, 36.0, 24.0)
"""Of the figures of a section's text: label, number, unit; in mm."""


def report_xlsx(paper: Paper, language: str) -> bytes:
    """The report as the bytes of an .xlsx file; the same report gives the same bytes."""
    setting = paper.setting
    told = {
        "edition": setting.edition.id,
        "organ": setting.organ.code,
        "period": setting.period.code,
        "position": str(setting.position),
        "digest": paper.digest or "",
    }
    font = "Arial" if language == "en" else "宋体"
    book = Book(setting.title[language], setting.organ.name, font, told)
    for part in paper.parts:
        if part.paragraphs or part.blocks or part.notes:
            _write_section(book, paper, part, language)
    return book.content()


def _write_section(book: Book, paper: Paper, part: Part, language: str) -> None:
    tables = ruled_tables(part)
    widest = max(tables, key=lambda table: table.columns, default=None)
    wide = page.widths(widest, language) if widest else _STATED_WIDTHS
    caption = part.section.caption()[language]
    sheet = book.sheet(caption)
    for column, width in enumerate(wide):
        sheet.set_column(column, column, width / _MM_OF_CHARACTER)
    lines = _Lines(book, sheet, wide)
    lines.add(paper.setting.title[language], _HEADING_SIZE, bold=True, align="center")
    for line in paper.preface:
        lines.add(line[language], _TEXT_SIZE, align="center")
    lines.add(caption, _HEADING_SIZE, bold=True)
    for sentence in part.paragraphs:
        lines.add(in_words(sentence, language), _TEXT_SIZE)
    _write_stated(book, sheet, part, lines, language)
    for table in tables:
        lines.row = _write_table(book, sheet, table, lines.row, language) + 1
    for note in part.notes:
        lines.add(note[language], _TEXT_SIZE)
    for told in footer_lines(paper, language):
        lines.add(told, _FOOT_SIZE, font_color="#595959")


class _Lines:
    """Lines of text over the whole width of a sheet, one below the other."""

    def __init__(self, book: Book, sheet: Worksheet, wide: Sequence[float]) -> None:
        self._book, self._sheet, self._wide = book, sheet, wide
        self.row = 0

    def add(self, text: str, points: float, **style: Any) -> None:
        """Adds a line, as high as its text needs."""
        style = {"font_size": points, "align": "left", **style}
        if len(self._wide) > 1:
            last = len(self._wide) - 1
            self._sheet.merge_range(self.row, 0, self.row, last, "", self._book.style(**style))
        self._book.write_text(self._sheet, self.row, 0, text, **style)
        lines = math.ceil(page.length(text, points) / sum(self._wide))
        self._sheet.set_row(self.row, row_height(lines, points))
        self.row += 1


def _write_stated(book: Book, sheet: Worksheet, part: Part, lines: _Lines, language: str) -> None:
    """The figures of the section's text, one a row."""
    style = {"border": 1, "font_size": _TEXT_SIZE}
    stated = [line for block in part.blocks if block.in_prose for line in block.lines]
    for line in stated:
        for cell in line.cells:
            book.write_text(sheet, lines.row, 0, line.row.label[language], **style)
            _write_figure(book, sheet, lines.row, 1, cell, language, "", align="center", **style)
            unit = cell.figure.unit.label[language]
            book.write_text(sheet, lines.row, 2, unit, align="center", **style)
            lines.row += 1
    lines.row += bool(stated)


def _write_table(book: Book, sheet: Worksheet, table: Ruled, top: int, language: str) -> int:
    """Writes a table from a row on, and gives the row below it."""
    points = page.size(table, language)
    turned = page.turned(table, language)
    for row, lines in enumerate(page.lines(table, language)):
        is_turned = turned and row == table.head - 1
        height = turned / page.MM if is_turned else row_height(lines, points)
        sheet.set_row(top + row, height)
    for row, column, box in table.placed():
        style = {"border": 1, "font_size": points, **_set(box, bool(turned))}
        at = top + row
        if box.rows > 1 or box.columns > 1:
            last = (at + box.rows - 1, column + box.columns - 1)
            sheet.merge_range(at, column, *last, "", book.style(**style))
        if isinstance(box.content, Printed):
            unit = box.content.unit(language)
            _write_figure(book, sheet, at, column, box.content, language, unit, **style)
        else:
            book.write_text(sheet, at, column, box.text(language), **style)
    return top + len(table.rows)


def _set(box: Box, turned: bool) -> dict[str, Any]:
    style: dict[str, Any] = {"align": "left" if page.is_to_the_left(box) else "center"}
    if box.kind == "caption":
        style["bold"] = True
    if turned and page.is_leaf(box):
        style["rotation"] = 90
    return style


def _write_figure(
    book: Book,
    sheet: Worksheet,
    row: int,
    column: int,
    printed: Printed,
    language: str,
    unit: str,
    **style: Any,
) -> None:
    if printed.value is None:
        book.write_text(sheet, row, column, printed.number(language), **style)
    else:
        signed = printed.figure.format == "signed"
        style |= {"shrink": True, "text_wrap": False}
        book.write_number(sheet, row, column, printed.value, unit=unit, signed=signed, **style)
    book.name(name_of(printed.address), sheet, row, column)
