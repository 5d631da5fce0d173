"""Reporting: the one way out. A report is a function of (events known by a position, year, edition)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import msgspec

from ledger.rooms.storage import figures, reading
from ledger.rooms.storage.figures import Scope
from ledger.rooms.storage.reading import Connection
from ledger.rooms.subjects.organ import Organ, organ_on
from ledger.verbs.compiling import compiled
from ledger.verbs.recording import BEIJING
from ledger.words.figures import Edition, Figure, Text
from ledger.words.problems import Problem, Refusal
from ledger.words.years import Period, year


class Cell(msgspec.Struct, frozen=True):
    """A figure of a report with its value; `quantity` is in 件 or 分, `value` in the unit printed."""

    figure: Figure
    quantity: int

    @property
    def value(self) -> Decimal:
        """The number as it is printed, exact."""
        return in_unit(self.quantity, self.figure)


class Question(msgspec.Struct, frozen=True):
    """What a report is asked for."""

    year: int
    organ: str | None = None
    """None for the only organ of the ledger."""
    below: bool = False
    """With every organ below it, as the tree stood on the last day of the year."""
    as_at: str | None = None
    """A position or a time; None for now."""
    edition: str | None = None
    """None for the one that the year takes."""


class Setting(msgspec.Struct, frozen=True):
    """A question answered as far as the ledger's organs, time and editions go."""

    edition: Edition
    year: int
    organ: Organ
    members: tuple[str, ...]
    position: int
    scope: Scope

    @property
    def period(self) -> Period:
        """The reporting period."""
        return self.scope.period

    @property
    def title(self) -> Text:
        """The title that the form gives."""
        named = {"organ": self.organ.name, "year": self.year}
        form = self.edition.title
        return Text(form.zh.format(**named), form.en.format(**named))


class Report(msgspec.Struct, frozen=True):
    """A year's report: its setting, and every cell by address."""

    setting: Setting
    cells: dict[str, Cell]


def report(connection: Connection, editions: Mapping[str, Edition], question: Question) -> Report:
    """The report that a question asks for; raises Refusal where it cannot be answered."""
    return report_in(connection, setting_of(connection, editions, question))


def report_in(connection: Connection, setting: Setting) -> Report:
    """The report of a setting, from one aggregate pass over the facts."""
    form = compiled(setting.edition, figures.numbered_shapes(connection))
    sums = figures.totals(connection, form.wanted, setting.scope)
    cells = {
        address: Cell(
            figure,
            sum(
                part.sign * sums[part.measure].get(shape, 0)
                for part in form.parts[address]
                for shape in part.shapes
            ),
        )
        for address, figure in setting.edition.figures.items()
    }
    return Report(setting, cells)


def setting_of(
    connection: Connection, editions: Mapping[str, Edition], question: Question
) -> Setting:
    """Which organs, edition and position a question means; raises Refusal."""
    period = year(question.year)
    edition = edition_for(editions, question.year, question.edition)
    last = reading.last_position(connection)
    position = position_of(connection, question.as_at)
    code, numbers = _organ(connection, question)
    history = reading.history(connection, f"organ:{code}")
    by_then = [event for event in history if event.position <= position] or history
    organ = organ_on(by_then, period.last) or Organ(code, code)
    members: tuple[str, ...] = (code,)
    if question.below:
        members = below(connection, code, period.last, numbers)
    everyone = question.below and len(members) == len(numbers)
    scope = Scope(
        period,
        None if everyone else tuple(numbers[member] for member in members),
        None if position == last else position,
    )
    return Setting(edition, question.year, organ, members, position, scope)


def known_at(setting: Setting, position: int) -> Setting:
    """The same question, answered by what was known at an earlier position."""
    if position == setting.position:
        return setting
    scope = msgspec.structs.replace(setting.scope, position=position)
    return msgspec.structs.replace(setting, position=position, scope=scope)


def edition_for(editions: Mapping[str, Edition], year: int, asked: str | None) -> Edition:
    """The edition asked for, or the national annual one that the year takes; raises Refusal."""
    known = ", ".join(editions)
    if asked is not None:
        if asked not in editions:
            params = {"edition": asked, "editions": known}
            raise Refusal(Problem("no-such-edition", params=params))
        return editions[asked]
    for edition in editions.values():
        if edition.scope == "national" and edition.period == "year" and edition.is_for(year):
            return edition
    raise Refusal(Problem("no-edition", params={"year": year, "editions": known}))


def position_of(connection: Connection, as_at: str | None) -> int:
    """The position that a position or a time means; None means now. Raises Refusal."""
    last = reading.last_position(connection)
    if as_at is None:
        return last
    if as_at.isdecimal() and len(as_at) != 8:
        position = int(as_at)
        if position > last:
            raise Refusal(Problem("beyond-the-journal", params={"value": as_at, "last": last}))
        return position
    return reading.position_at(connection, moment_of(as_at))


def below(
    connection: Connection, code: str, day: date, numbers: Mapping[str, int]
) -> tuple[str, ...]:
    """An organ and every organ below it, as the tree stood on a day."""
    parents = {
        other: organ.parent
        for other in numbers
        if (organ := organ_on(reading.history(connection, f"organ:{other}"), day))
    }
    members = [code]
    for member in members:
        members += [
            other for other, parent in parents.items() if parent == member and other not in members
        ]
    return tuple(members)


def in_unit(quantity: int, figure: Figure) -> Decimal:
    """A quantity in the unit of a figure, exact and without trailing zeros."""
    value = Decimal(quantity) / Decimal(figure.scale)
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()


def _organ(connection: Connection, question: Question) -> tuple[str, dict[str, int]]:
    """The code of the organ asked for, and the numbers of the organs that may be needed."""
    if question.organ is not None and not question.below:
        numbers = reading.organ_number(connection, question.organ)
        if numbers:
            return question.organ, numbers
    numbers = reading.organs(connection)
    known = ", ".join(sorted(numbers)) or "—"
    if question.organ is not None:
        if question.organ not in numbers:
            params = {"organ": question.organ, "organs": known}
            raise Refusal(Problem("no-such-organ", params=params))
        return question.organ, numbers
    if not numbers:
        raise Refusal(Problem("no-organ"))
    if len(numbers) > 1:
        raise Refusal(Problem("which-organ", params={"organs": known}))
    return next(iter(numbers)), numbers


def moment_of(text: str) -> int:
    """A time as written, in microseconds since 1970; without an offset it is Beijing time.

    A bare date means its end. Raises Refusal.
    """
    try:
        if len(text) <= 10:
            following = date.fromisoformat(text) + timedelta(days=1)
            at = datetime.combine(following, time(), BEIJING) - timedelta(microseconds=1)
        else:
            at = datetime.fromisoformat(text)
    except ValueError:
        raise Refusal(Problem("not-a-moment", params={"value": text})) from None
    at = at if at.tzinfo else at.replace(tzinfo=BEIJING)
    return (at - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)
