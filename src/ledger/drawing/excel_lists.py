"""Lists as an Excel workbook: real numbers and dates, frozen headings, filters, and sums to check."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from io import BytesIO
from itertools import chain, islice
from typing import Any, BinaryIO

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
_MEASURED = 1000
"""Rows of a sheet that say how wide its columns are."""


def listings_xlsx(told: Listings, language: str) -> bytes:
    """The lists as the bytes of an .xlsx file; the same lists give the same bytes."""
    file = BytesIO()
    write_listings(told, language, file)
    return file.getvalue()


def write_listings(told: Listings, language: str, into: BinaryIO) -> None:
    """Writes the lists into an .xlsx file row by row: neither they nor it need fit into memory."""
    font = "Arial" if language == "en" else "宋体"
    book = Book(told.title, "", font, {}, into=into)
    about = book.sheet(say(language, "about"))
    written = [_Written(book, listing) for listing in told.lists]
    _write_about(book, about, told, written, language)
    book.content()


def _write_about(
    book: Book,
    sheet: Worksheet,
    told: Listings,
    lists: Sequence[_Written],
    language: str,
) -> None:
    sheet.set_column(0, 0, 22)
    sheet.set_column(1, 1, 90)
    for row, (name, value) in enumerate(told.about):
        book.write_text(sheet, row, 0, name, bold=True, valign="top")
        _write(book, sheet, row, 1, value, align="left")
    row = len(told.about)
    for written in lists:
        if written.totals:
            name = say(language, "sum-of", caption=written.listing.caption)
            book.write_text(sheet, row, 0, name, bold=True)
            book.write_sum(sheet, row, 1, written.totals, written.sum, align="left")
            row += 1


class _Written:
    """A list on as many sheets as it needs: the cells of its total on each, and their sum."""

    def __init__(self, book: Book, listing: Listing) -> None:
        self.listing = listing
        self.totals: list[str] = []
        self.sum = Decimal(0)
        rows = iter(listing.rows)
        first = next(rows, None)
        if first is None:
            self._write_sheet(book, iter(()))
        while first is not None:
            self._write_sheet(book, islice(chain((first,), rows), _MOST_ROWS))
            first = next(rows, None)

    def _write_sheet(self, book: Book, rows: Iterator[Row]) -> None:
        listing = self.listing
        sheet = book.sheet(listing.caption)
        measured = list(islice(rows, _MEASURED))
        widths = [_column_width(listing, at, measured) for at in range(len(listing.headings))]
        for column, heading in enumerate(listing.headings):
            sheet.set_column(column, column, widths[column])
            book.write_text(sheet, 0, column, heading, font_size=_SIZE, **_HEADING)
        last = 0
        for last, row in enumerate(chain(measured, rows), 1):
            if listing.sentences:
                sheet.set_row(last, row_height(_lines(row, widths), _SIZE))
            for column, value in enumerate(row):
                _write(book, sheet, last, column, value, text_wrap=listing.sentences)
            self._add(row)
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, last, len(listing.headings) - 1)
        sheet.repeat_rows(0)
        sheet.set_landscape()
        if listing.total is not None:
            cells = (1, listing.total), (max(1, last), listing.total)
            self.totals.append(book.range(sheet, *cells))

    def _add(self, row: Row) -> None:
        value = None if self.listing.total is None else row[self.listing.total]
        if isinstance(value, int | Decimal):
            self.sum += Decimal(value)


def _column_width(listing: Listing, column: int, rows: Sequence[Row]) -> int:
    """Wide enough for what the first rows hold, within reason."""
    values = (row[column] for row in rows)
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


def _width(value: Value) -> int:
    lines = ("" if value is None else str(value)).split("\n")
    return max(
        sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line) for line in lines
    )
