"""A date as a clerk writes it: a date of the spreadsheet, 2020年3月5日, 2020.3.5, 20200305."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal

from ledger.rooms.sheets.cells import Cell
from ledger.rooms.sheets.formats import shows_whole_date
from ledger.words.problems import Problem
from ledger.words.spelling import halfwidth

_CLOCK = r"(?:\s*T?\s*\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?"
_WRITTEN = re.compile(
    rf"(\d{{4}})\s*年\s*(\d{{1,2}})\s*月\s*(\d{{1,2}})\s*[日号]{_CLOCK}"
    rf"|(\d{{4}})\s*([./-])\s*(\d{{1,2}})\s*\5\s*(\d{{1,2}})(?:(?=[T\s]){_CLOCK})?"
    r"|(\d{4})(\d{2})(\d{2})",
    re.ASCII,
)
_EARLIEST = 1950
"""Spreadsheets show small numbers as days of the years from 1900."""
_SERIALS = range(18_264, 73_051)
"""The numbers by which spreadsheets keep the days from 1950 to 2099."""


def date_in(cell: Cell) -> str | Problem:
    """The day in a cell, as 2020-03-05; a day of which a part is not to be seen is no day."""
    value = cell.value
    if isinstance(value, datetime):
        if cell.format and not shows_whole_date(cell.format):
            params = {"value": value.date().isoformat()}
            return Problem("date-partly-shown", params=params)
        if value.year < _EARLIEST:
            return Problem("unlikely-day", params={"value": value.date().isoformat()})
        return value.date().isoformat()
    if isinstance(value, Decimal) and int(value) in _SERIALS:
        return Problem("number-for-a-date", params={"value": str(value)})
    text = halfwidth(str(value))
    found = _WRITTEN.fullmatch(text)
    if found is None:
        return _no_date(text)
    year, month, day = (part for part in found.groups() if part and part not in "./-")
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return _no_date(text)


def _no_date(text: str) -> Problem:
    return Problem("not-a-day", params={"value": text[:60]})
