"""Days and periods.

A day is an integer yyyymmdd (20201231): it sorts, compares and reads as a date on every database.
Periods are half-open, [begin, end); this is the one place that says so.
"""

from __future__ import annotations

from datetime import date, timedelta

import msgspec

FOREVER = 99991231
"""The end of a state that still lasts."""


def day(moment: date) -> int:
    """A date as a day number."""
    return moment.year * 10000 + moment.month * 100 + moment.day


def day_of(text: str) -> int:
    """An ISO date as a day number."""
    return int(text.replace("-", ""))


def date_of(number: int) -> date:
    """A day number as a date."""
    return date(number // 10000, number // 100 % 100, number % 100)


class Period(msgspec.Struct, frozen=True):
    """From `begin` (included) to `end` (excluded), both day numbers."""

    begin: int
    end: int

    @property
    def last(self) -> date:
        """The last day that belongs to the period."""
        return date_of(self.end) - timedelta(days=1)


def year(number: int) -> Period:
    """A calendar year, 1 January to 31 December (《条例》第四十九条)."""
    return Period(number * 10000 + 101, (number + 1) * 10000 + 101)
