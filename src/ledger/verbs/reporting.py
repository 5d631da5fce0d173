"""Reporting: the one way out. A report is a function of (events known by a position, period, edition)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import msgspec

from ledger.rooms.storage import figures, reading
from ledger.rooms.storage.figures import Scope
from ledger.rooms.storage.reading import Connection
from ledger.rooms.subjects.organ import Organ, below, organ_on, tree_of
from ledger.verbs.compiling import Sums, Wanted, compiled
from ledger.verbs.issues import CLOSED, ISSUED, marked_position
from ledger.verbs.recording import BEIJING
from ledger.words.figures import Edition, Figure, Text
from ledger.words.problems import Problem, Refusal
from ledger.words.years import Period


class Cell(msgspec.Struct, frozen=True):
    """A figure of a report with its value; `quantity` is in 件 or 分, `value` in the unit printed."""

    figure: Figure
    quantity: int

    @property
    def value(self) -> Decimal | None:
        """The number as it is printed, exact; None where the ledger does not record it."""
        return in_unit(self.quantity, self.figure) if self.figure.recorded else None


class Question(msgspec.Struct, frozen=True):
    """What a report is asked for."""

    period: Period
    organ: str | None = None
    """None for the only organ of the ledger."""
    below: bool = False
    """With every organ below it, as the tree stood on the last day of the period."""
    as_at: str | None = None
    """A position or a time, `issued` or `closed`; None for now."""
    edition: str | None = None
    """None for the one that the year takes."""


class Standpoint(msgspec.Struct, frozen=True, kw_only=True):
    """Whose facts, of which period, known by which position."""

    organ: Organ
    members: tuple[str, ...]
    covers: tuple[str, ...]
    """The members, and those whom they succeeded before the year: what these had cancels out."""
    position: int
    scope: Scope
    below: bool = False

    @property
    def period(self) -> Period:
        """The reporting period."""
        return self.scope.period

    @property
    def period_name(self) -> Text:
        """The period in words: 2020年第一季度."""
        return Text(self.period.name("zh-CN"), self.period.name("en"))

    @property
    def year(self) -> int:
        """The calendar year in which the period lies."""
        return self.period.year


class Setting(Standpoint, frozen=True, kw_only=True):
    """A question answered as far as the ledger's organs, time and editions go."""

    edition: Edition

    @property
    def title(self) -> Text:
        """The title that the form gives; over another kind of period, that period and the form."""
        form = self.edition.title
        if self.edition.period != self.period.kind:
            label = self.edition.label
            form = Text(f"{{organ}}{{period}}：{label.zh}", f"{{organ}}, {{period}}: {label.en}")
        zh, en = (
            form[language].format(
                organ=self.organ.name, year=self.year, period=self.period_name[language]
            )
            for language in ("zh-CN", "en")
        )
        return Text(zh, en)


class Report(msgspec.Struct, frozen=True):
    """A report of a period: its setting, and every cell by address."""

    setting: Setting
    cells: dict[str, Cell]


def report(
    connection: Connection,
    editions: Mapping[str, Edition],
    question: Question,
    only: frozenset[str] | None = None,
) -> Report:
    """The report that a question asks for; raises Refusal where it cannot be answered."""
    return report_in(connection, setting_of(connection, editions, question), only)


def report_in(
    connection: Connection, setting: Setting, only: frozenset[str] | None = None
) -> Report:
    """The report of a setting, from one aggregate pass over the facts for each span.

    With `only`, of those figures alone, as far as its edition has them.
    """
    form = compiled(setting.edition, figures.numbered_shapes(connection), setting.covers, only)
    sums = _sums_of(connection, form.wanted, setting.scope)
    known = setting.edition.figures
    cells = {address: Cell(known[address], form.quantity(address, sums)) for address in form.parts}
    return Report(setting, cells)


def setting_of(
    connection: Connection, editions: Mapping[str, Edition], question: Question
) -> Setting:
    """Which edition, organs and position a question means; raises Refusal."""
    edition = edition_for(editions, question.period.year, question.edition)
    stands = standpoint_of(connection, question)
    return Setting(**msgspec.structs.asdict(stands), edition=edition)


def standpoint_of(connection: Connection, question: Question) -> Standpoint:
    """Which organs and position a question means; raises Refusal."""
    period = question.period
    code, numbers = _organ(connection, question)
    if question.as_at in (ISSUED, CLOSED):
        position = marked_position(connection, question.as_at, code, period, below=question.below)
    else:
        position = position_of(connection, question.as_at)
    return _standpoint(connection, code, numbers, period, position, below=question.below)


def _standpoint(
    connection: Connection,
    code: str,
    numbers: Mapping[str, int],
    period: Period,
    position: int,
    *,
    below: bool,
) -> Standpoint:
    organ = organ_as_known(connection, code, period.last, position)
    members: tuple[str, ...] = (code,)
    covers = members
    if below:
        members, covers = _organs_below(connection, code, period, position)
    everyone = below and len(covers) == len(numbers)
    scope = Scope(
        period,
        None if everyone else tuple(numbers[member] for member in covers),
        None if position == reading.last_position(connection) else position,
    )
    return Standpoint(
        organ=organ, members=members, covers=covers, position=position, scope=scope, below=below
    )


def _organs_below(
    connection: Connection, code: str, period: Period, position: int
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The members of a roll-up, and all that it covers."""
    tree = tree_on(connection, period.last, position)
    covers = tuple(below(tree, code))
    if not any(organ.successor for organ in tree.values()):
        return covers, covers
    earlier = tree_on(connection, date(period.year - 1, 12, 31), position)
    gone = {other for other, organ in earlier.items() if organ.successor} - {code}
    return tuple(member for member in covers if member not in gone), covers


def organ_as_known(connection: Connection, code: str, day: date, position: int) -> Organ:
    """An organ as it was on a day, by what was known at a position."""
    history = reading.history(connection, f"organ:{code}")
    by_then = [event for event in history if event.position <= position] or history
    return organ_on(by_then, day) or Organ(code, code)


def known_at(connection: Connection, setting: Setting, position: int) -> Setting:
    """The same question, answered by what was known at another position."""
    if position == setting.position:
        return setting
    code, below = setting.organ.code, setting.below
    numbers = reading.organs(connection) if below else reading.organ_number(connection, code)
    stands = _standpoint(connection, code, numbers, setting.period, position, below=below)
    return Setting(**msgspec.structs.asdict(stands), edition=setting.edition)


def edition_for(editions: Mapping[str, Edition], year: int, asked: str | None) -> Edition:
    """The edition asked for, or the national annual one that the year takes; raises Refusal."""
    known = ", ".join(editions)
    if asked is not None:
        if asked not in editions:
            params = {"edition": asked, "editions": known}
            raise Refusal(Problem("no-such-edition", params=params))
        return editions[asked]
    usual = usual_edition(editions, year)
    if usual is None:
        raise Refusal(Problem("no-edition", params={"year": year, "editions": known}))
    return usual


def usual_edition(editions: Mapping[str, Edition], year: int) -> Edition | None:
    """The national annual edition of a year, whose tables its quarters and months take too."""
    usual = (edition for edition in editions.values() if edition.usual and edition.is_for(year))
    return next(usual, None)


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


def tree_on(connection: Connection, day: date, position: int) -> dict[str, Organ]:
    """Every organ as it stood on a day, by what a position knew."""
    known = (
        [event for event in history if event.position <= position]
        for history in reading.histories_of(connection, "organ")
    )
    return tree_of(known, day)


def figure_at(edition: Edition, address: str) -> Figure:
    """The figure at table/row/column; raises Refusal that says what there is."""
    figure = edition.figures.get(address)
    if figure is None:
        raise Refusal(
            Problem("no-such-cell", params={"address": address, **hints_of(edition, address)})
        )
    return figure


def hints_of(edition: Edition, address: str) -> dict[str, str]:
    """What there is, for a sentence about an address that is not there."""
    table, _, rest = address.partition("/")
    names = [known.id for known in edition.tables]
    if table not in names:
        return {"hint": f"表有：{'、'.join(names)}。", "hint_en": f"Tables: {', '.join(names)}."}
    rows = [row.id for row in edition.table(table).rows]
    if rest.partition("/")[0] not in rows:
        return {"hint": f"行有：{'、'.join(rows)}。", "hint_en": f"Rows: {', '.join(rows)}."}
    columns = [column.id for column in edition.table(table).columns]
    return {"hint": f"列有：{'、'.join(columns)}。", "hint_en": f"Columns: {', '.join(columns)}."}


def in_unit(quantity: int, figure: Figure) -> Decimal:
    """A quantity in the unit of a figure, exact and without trailing zeros."""
    value = Decimal(quantity) / Decimal(figure.scale)
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()


def _sums_of(connection: Connection, wanted: Wanted, scope: Scope) -> Sums:
    return {
        span: figures.totals(connection, measures, scope.over(span))
        for span, measures in wanted.items()
    }


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
