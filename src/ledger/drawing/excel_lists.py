"""Lists as an Excel workbook: real numbers and dates, frozen headings, filters, and sums to check."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from ledger.drawing.excel_books import Book, Worksheet, row_height
from ledger.drawing.listings import Listing, Listings, Row, Value
from ledger.drawing.phrases import say

_MOST_ROWS = 1_000_000
"""Of one sheet, below its headings; Excel has room for a few more."""
_NARROWEST, _WIDEST, _WIDEST_SENTENCE = 8, 80, 44
_FIRST_YEAR = 1900
"""Excel has no day before; an older one stands as text."""
_HEADING = {"bold": True, "bottom": 1, "bg_color": "#E8EEF4"}
_SIZE = 10.5


def listings_xlsx(told: Listings, language: str) -> bytes:
    """The lists as the bytes of an .xlsx file; the same lists give the same bytes."""
    book = Book(told.title, "", "Arial" if language == "en" else "宋体", {}, in_order=True)
    about = book.sheet(say(language, "about"))
    ranges = [list(_write_list(book, listing)) for listing in told.lists]
    _write_about(book, about, told, ranges, language)
    return book.content()


def _write_about(
    book: Book,
    sheet: Worksheet,
    told: Listings,
    ranges: list[list[str]],
    language: str,
) -> None:
    sheet.set_column(0, 0, 22)
    sheet.set_column(1, 1, 90)
    for row, (name, value) in enumerate(told.about):
        book.write_text(sheet, row, 0, name, bold=True, valign="top")
        _write(book, sheet, row, 1, value, align="left")
    row = len(told.about)
    for listing, cells in zip(told.lists, ranges, strict=True):
        if listing.total is not None:
            name = say(language, "sum-of", caption=listing.caption)
            book.write_text(sheet, row, 0, name, bold=True)
            book.write_sum(sheet, row, 1, cells, _sum(listing), align="left")
            row += 1


def _write_list(book: Book, listing: Listing) -> Iterator[str]:
    """Writes a list on as many sheets as it needs; gives the cells of its total on each."""
    for first in range(0, max(1, len(listing.rows)), _MOST_ROWS):
        rows = listing.rows[first : first + _MOST_ROWS]
        sheet = book.sheet(listing.caption)
        widths = [_column_width(listing, column, rows) for column in range(len(listing.headings))]
        for column, heading in enumerate(listing.headings):
            sheet.set_column(column, column, widths[column])
            book.write_text(sheet, 0, column, heading, font_size=_SIZE, **_HEADING)
        for at, row in enumerate(rows, 1):
            if listing.sentences:
                sheet.set_row(at, row_height(_lines(row, widths), _SIZE))
            for column, value in enumerate(row):
                _write(book, sheet, at, column, value, text_wrap=listing.sentences)
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, len(rows), len(listing.headings) - 1)
        sheet.repeat_rows(0)
        sheet.set_landscape()
        if listing.total is not None:
            yield book.range(sheet, (1, listing.total), (max(1, len(rows)), listing.total))


def _column_width(listing: Listing, column: int, rows: Sequence[Row]) -> int:
    """Wide enough for what the first rows hold, within reason."""
    values = (row[column] for row in rows[:1000])
    width = max(_width(listing.headings[column]) + 3, *map(_width, values), _NARROWEST)
    return min(width + 1, _WIDEST_SENTENCE if listing.sentences else _WIDEST)


def _lines(row: Row, widths: Sequence[int]) -> int:
    """About how many lines the longest value of a row is broken into."""
    needed = (1.1 * _width(value) / width for value, width in zip(row, widths, strict=True))
    return max(1, *(math.ceil(lines) for lines in needed))


def _write(book: Book, sheet: Worksheet, row: int, column: int, value: Value, **style: Any) -> None:
    told: dict[str, Any] = {"font_size": _SIZE, "valign": "top", **style}
    match value:
        case None:
            pass
        case str():
            book.write_text(sheet, row, column, value, **told)
        case date() if value.year < _FIRST_YEAR:
            book.write_text(sheet, row, column, value.isoformat(), **told)
        case date():
            book.write_day(sheet, row, column, value, **told)
        case _:
            book.write_number(sheet, row, column, Decimal(value), **told)


def _sum(listing: Listing) -> Decimal:
    assert listing.total is not None
    values = (row[listing.total] for row in listing.rows)
    return sum((Decimal(value) for value in values if isinstance(value, int | Decimal)), Decimal(0))


def _width(value: Value) -> int:
    lines = ("" if value is None else str(value)).split("\n")
    return max(
        sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line) for line in lines
    )
