"""Workbooks for Excel: exact numbers, texts that are never formulas, the same bytes every time."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any, BinaryIO

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_range_abs, xl_rowcol_to_cell

from ledger.drawing.legible import legible

Worksheet = Any
"""A sheet of XlsxWriter, which ships no types."""

_LONGEST_TEXT = 32_767
_LONGEST_SHEET_NAME = 31
_EXACT_DIGITS = 15
"""More than Excel's numbers hold; a longer figure stands as text, so that no digit is lost."""
_HIGHEST_ROW = 409.0
_MADE = datetime(1980, 1, 1)
"""A workbook must say when it was made; a time of making would make each differ from the last."""


class Book:
    """A workbook while it is written; `into` a file, row by row, it need not fit into memory."""

    def __init__(
        self,
        title: str,
        author: str,
        font: str,
        told: dict[str, str],
        *,
        into: BinaryIO | None = None,
    ) -> None:
        self._file = BytesIO()
        in_order = into is not None
        options = {"constant_memory" if in_order else "in_memory": True}
        self._book = Workbook(self._file if into is None else into, options)
        properties = {"title": legible(title), "author": legible(author), "created": _MADE}
        self._book.set_properties(properties)
        for name, value in told.items():
            self._book.set_custom_property(name, value)
        self._font = font
        self._styles: dict[frozenset[tuple[str, Any]], Any] = {}
        self._names: set[str] = set()

    def sheet(self, caption: str) -> Worksheet:
        """A new sheet, printed on one page's width."""
        name = self._sheet_name(caption)
        sheet = self._book.add_worksheet(name)
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
        sheet.center_horizontally()
        sheet.set_footer("&C— &P —")
        sheet.hide_gridlines(2)
        return sheet

    def style(self, **properties: Any) -> Any:
        """A format, made once for the same properties."""
        key = frozenset(properties.items())
        if key not in self._styles:
            common = {"font_name": self._font, "valign": "vcenter", "text_wrap": True}
            self._styles[key] = self._book.add_format({**common, **properties})
        return self._styles[key]

    def write_text(self, sheet: Worksheet, row: int, column: int, text: str, **style: Any) -> None:
        """Writes a text as a text, even one that begins as a formula does."""
        written = legible(text)
        if written.startswith(("=", "+", "-", "@", "\t")):
            style = {**style, "quote_prefix": True}  # still a text after somebody has edited it
        if len(written) > _LONGEST_TEXT:
            written = f"{written[: _LONGEST_TEXT - 1]}…"
        sheet.write_string(row, column, written, self.style(**style))

    def write_number(
        self,
        sheet: Worksheet,
        row: int,
        column: int,
        value: Decimal,
        *,
        unit: str = "",
        signed: bool = False,
        **style: Any,
    ) -> None:
        """Writes a number that is calculated with, or its digits where Excel would round them."""
        if len(value.normalize().as_tuple().digits) > _EXACT_DIGITS:
            digits = f"{'+' if signed and value > 0 else ''}{value:f}"
            self.write_text(sheet, row, column, f"{digits} {unit}".rstrip(), **style)
        else:
            shown = number_format(value, unit, signed=signed)
            sheet.write_number(row, column, float(value), self.style(num_format=shown, **style))

    def write_day(self, sheet: Worksheet, row: int, column: int, day: date, **style: Any) -> None:
        """Writes a date, or a time, as one."""
        timed = isinstance(day, datetime)
        shown = "yyyy-mm-dd hh:mm:ss" if timed else "yyyy-mm-dd"
        at = day if timed else datetime(day.year, day.month, day.day)
        sheet.write_datetime(row, column, at, self.style(num_format=shown, **style))

    def write_sum(
        self,
        sheet: Worksheet,
        row: int,
        column: int,
        ranges: Sequence[str],
        value: Decimal,
        **style: Any,
    ) -> None:
        """Writes a sum of cells that Excel adds up anew; `value` is what it comes to."""
        shown = number_format(value, "", signed=False)
        style = {**style, "num_format": shown}
        sheet.write_formula(
            row, column, f"=SUM({','.join(ranges)})", self.style(**style), float(value)
        )

    def range(self, sheet: Worksheet, first: tuple[int, int], last: tuple[int, int]) -> str:
        """The cells from one to another, as a formula names them."""
        return f"{_quoted(sheet)}!{xl_range_abs(*first, *last)}"

    def name(self, name: str, sheet: Worksheet, row: int, column: int) -> None:
        """Gives a cell a name."""
        self._book.define_name(
            name, f"={_quoted(sheet)}!{xl_rowcol_to_cell(row, column, True, True)}"
        )

    def content(self) -> bytes:
        """The file, when all is written; empty where it went into another."""
        self._book.close()
        return self._file.getvalue()

    def _sheet_name(self, caption: str) -> str:
        plain = re.sub(r"[\[\]:*?/\\]", " ", legible(caption)).strip(" '") or "1"
        name, number = _shortened(plain, _LONGEST_SHEET_NAME), 1
        while name.casefold() in self._names:
            number += 1
            name = f"{_shortened(plain, _LONGEST_SHEET_NAME - 4)} {number}"
        self._names.add(name.casefold())
        return name


def number_format(value: Decimal, unit: str, *, signed: bool) -> str:
    """How Excel shows a number: with its own decimals, its sign where wanted, and its unit."""
    exponent = value.as_tuple().exponent
    decimals = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    shown = f"0.{'0' * decimals}" if decimals else "0"
    shown += f' "{unit}"' if unit else ""
    return f"+{shown};-{shown};{shown}" if signed else shown


def row_height(lines: int, points: float) -> float:
    """How high a row of so many lines of text is, in points."""
    return min(_HIGHEST_ROW, lines * points * 1.35 + 5)


def _quoted(sheet: Worksheet) -> str:
    name = sheet.get_name().replace("'", "''")
    return f"'{name}'"


def _shortened(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"
