"""Days and periods.

A day is an integer yyyymmdd (20201231): it sorts, compares and reads as a date on every database.
Periods are half-open, [begin, end); this is the one place that says so.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Literal

import msgspec

FOREVER = 99991231
"""The end of a state that still lasts."""

Span = Literal["period", "year-to-date"]
"""Over what a figure of a period is counted: the period (本期), or its year so far (本年累计)."""

PeriodKind = Literal["year", "quarter", "month"]


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
    """From `begin` (included) to `end` (excluded), both day numbers, within one year."""

    begin: int
    end: int

    @property
    def first(self) -> date:
        """The first day that belongs to the period."""
        return date_of(self.begin)

    @property
    def last(self) -> date:
        """The last day that belongs to the period."""
        return date_of(self.end) - timedelta(days=1)

    @property
    def year(self) -> int:
        """The calendar year in which it lies."""
        return self.begin // 10000

    @property
    def kind(self) -> PeriodKind:
        """Whether it is a year, a quarter or a month."""
        return _KINDS[_month_of(self.end) - _month_of(self.begin)]

    @property
    def code(self) -> str:
        """As a person writes it: 2020, 2020-Q1, 2020-03."""
        month_ = self.begin // 100 % 100
        return {
            "year": f"{self.year}",
            "quarter": f"{self.year}-Q{month_ // 3 + 1}",
            "month": f"{self.year}-{month_:02}",
        }[self.kind]

    @property
    def before(self) -> Period:
        """The year, quarter or month before it."""
        begin, end = _month_of(self.begin), _month_of(self.end)
        return _months(2 * begin - end, begin)

    def since(self, first: Period) -> tuple[Period, ...]:
        """The periods of its kind from the first until it; none where the first is not one of them."""
        found = [self]
        while found[0].begin > first.begin:
            found.insert(0, found[0].before)
        return tuple(found) if found[0] == first else ()

    def name(self, language: str) -> str:
        """Its name in a language: 2020年第一季度, first quarter of 2020."""
        month_ = self.begin // 100 % 100
        match self.kind, language:
            case "year", "en":
                return f"{self.year}"
            case "year", _:
                return f"{self.year}年"
            case "quarter", "en":
                return f"{_ORDINALS[month_ // 3]} quarter of {self.year}"
            case "quarter", _:
                return f"{self.year}年第{'一二三四'[month_ // 3]}季度"
            case _, "en":
                return f"{_MONTHS[month_ - 1]} {self.year}"
        return f"{self.year}年{month_}月"

    def over(self, span: Span) -> Period:
        """The period itself, or its year from 1 January until the period ends."""
        return self if span == "period" else Period(self.year * 10000 + 101, self.end)


def year(number: int) -> Period:
    """A calendar year, 1 January to 31 December (《条例》第四十九条)."""
    return _months(number * 12, number * 12 + 12)


def quarter(of_year: int, number: int) -> Period:
    """A quarter of a calendar year, 1 to 4."""
    begin = of_year * 12 + 3 * (number - 1)
    return _months(begin, begin + 3)


def month(of_year: int, number: int) -> Period:
    """A month of a calendar year, 1 to 12."""
    begin = of_year * 12 + number - 1
    return _months(begin, begin + 1)


def period_of(text: str) -> Period | None:
    """The period that a person writes as 2020, 2020-Q1 or 2020-03; None where it is none.

    >>> period_of("2020-Q2") == Period(20200401, 20200701)
    True
    """
    found = _WRITTEN.fullmatch(text)
    if found is None or not _EARLIEST <= int(found[1]) <= _LATEST:
        return None
    number = int(found[1])
    if found[2]:
        return quarter(number, int(found[2]))
    return month(number, int(found[3])) if found[3] else year(number)


def _months(begin: int, end: int) -> Period:
    return Period(_first_day(begin), _first_day(end))


def _month_of(first_day: int) -> int:
    """The month that a day begins, counted from the year 0."""
    return first_day // 10000 * 12 + first_day // 100 % 100 - 1


def _first_day(month_: int) -> int:
    return month_ // 12 * 10000 + (month_ % 12 + 1) * 100 + 1


_KINDS: dict[int, PeriodKind] = {12: "year", 3: "quarter", 1: "month"}
_EARLIEST, _LATEST = 1949, 2200
_WRITTEN = re.compile(r"([0-9]{4})(?:-(?:Q([1-4])|(0[1-9]|1[0-2])))?")
_ORDINALS = ("first", "second", "third", "fourth")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
