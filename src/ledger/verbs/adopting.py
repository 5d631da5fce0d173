"""Adopting: a published report becomes counted statements and balances, with the file as source.

What flows is stated as counted in its year; what stood is stated as a balance at the end of a day,
the one at the end of the year open until a later report is adopted or real records take its place.
Totals are never stated: they come out of their parts, or are said to differ.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import Any

from msgspec import Struct

from ledger.rooms.definitions.schemas import Definitions
from ledger.rooms.storage import reading
from ledger.rooms.storage.journal import Journal
from ledger.rooms.storage.reading import Connection
from ledger.verbs.checking import check
from ledger.verbs.printed import NOTHING_PRINTED
from ledger.verbs.recording import Batch, Draft, record, sound
from ledger.verbs.reporting import Question, in_unit, report
from ledger.words.facts import Fact, read_shape, shape
from ledger.words.figures import Edition, Figure
from ledger.words.predicates import satisfies
from ledger.words.problems import Problem, Refusal
from ledger.words.published import Printed, Published
from ledger.words.years import Period, year

Json = dict[str, Any]

_LONGEST = 80
"""Signs that a subject has room for behind its kind."""


class Apart(Struct, frozen=True):
    """A cell that does not come out as printed; the equations of the form that its report breaks."""

    address: str
    printed: str
    ledger: Decimal
    constraints: tuple[str, ...]


class Left(Struct, frozen=True):
    """A cell that was not adopted, and why."""

    address: str
    printed: str
    problem: Problem


class Adoption(Struct, frozen=True, kw_only=True):
    """What adopting a report recorded, or would; `again` where it had been adopted before."""

    published: Published
    organ: str
    year: int
    edition: Edition
    recorded: int
    again: bool
    equal: int
    """Cells that come out as printed."""
    apart: tuple[Apart, ...]
    left: tuple[Left, ...]


def adopt(
    journal: Journal,
    definitions: Definitions,
    editions: Mapping[str, Edition],
    told: Published,
    organ: str | None,
    recorded_by: str,
    *,
    of_year: int | None = None,
    keep: bool = True,
) -> Adoption:
    """Records a published report of an organ whole or not at all; with `keep` False only tells."""
    edition, number = _of(told, editions, of_year)
    question = Question(year(number), organ, edition=edition.id)
    with journal.reading() as connection:
        made = report(connection, editions, question)
        organ = made.setting.organ.code
        before = {address: cell.quantity for address, cell in made.cells.items()}
        plan = _Plan(told, edition, number, organ)
        again = reading.event_by(connection, plan.id_of(1)) is not None
        if not again:
            _require_free(edition, number, before)
            plan.balance(_balances(connection, organ))
    drafts = [] if again else plan.drafts()
    after = _after(journal, definitions, drafts, recorded_by, edition, organ, year(number), before)
    if drafts and keep:
        record(journal, definitions, drafts, recorded_by)
    apart = tuple(_apart(told, edition, after))
    unequal = {each.address for each in apart} | {each.address for each in plan.left}
    return Adoption(
        published=told,
        organ=organ,
        year=number,
        edition=edition,
        recorded=len(drafts),
        again=again,
        equal=len(_comparable(told, after) - unequal),
        apart=apart,
        left=tuple(plan.left),
    )


def _of(
    told: Published, editions: Mapping[str, Edition], of_year: int | None
) -> tuple[Edition, int]:
    """The form and year to adopt it under; raises Refusal where they are not told."""
    if told.edition is None or not told.cells:
        raise Refusal(Problem("nothing-to-adopt", params={"name": told.name}))
    edition = editions[told.edition.id]
    if edition.period != "year":
        raise Refusal(Problem("not-an-annual-report", params={"edition": edition.id}))
    number = of_year or told.year
    if number is None:
        raise Refusal(Problem("which-year", params={"name": told.name}))
    if told.year is not None and told.year != number:
        raise Refusal(Problem("another-year", params={"printed": told.year, "year": number}))
    return edition, number


def _require_free(edition: Edition, number: int, before: Mapping[str, int]) -> None:
    """Refuses a year in which the ledger has counted something: it would be counted twice."""
    counted = [
        figure.address
        for figure in edition.figures.values()
        if before[figure.address] and all(term.measure in ("flow", "kept") for term in figure.terms)
    ]
    if counted:
        params = {"year": number, "addresses": ", ".join(counted[:3]), "count": len(counted)}
        raise Refusal(Problem("year-is-counted", params=params))


def _balances(connection: Connection, organ: str) -> dict[str, bool]:
    """The balances of an organ by their subjects, and whether each was ended."""
    return {
        history[0].subject.partition("@")[0]: any(e.type == "balance.ended" for e in history)
        for history in reading.histories_of(connection, "balance")
        if history[0].organ == organ
    }


class _Plan:
    """The events that state a report's cells."""

    def __init__(self, told: Published, edition: Edition, number: int, organ: str) -> None:
        self.left: list[Left] = []
        self._told, self._edition, self._organ = told, edition, organ
        self._eve, self._last = date(number - 1, 12, 31), date(number, 12, 31)
        self._next = date(number + 1, 12, 31)
        self._flows: dict[str, tuple[int, str]] = {}
        self._opening: dict[str, tuple[int, str]] = {}
        self._closing: dict[str, tuple[int, str]] = {}
        self._balances: list[Draft] = []
        figures = [edition.figures[address] for address in told.cells if address in edition.figures]
        for figure in figures:
            self._take(figure, told.cells[figure.address])
        for figure in figures:
            self._take_change(figure, told.cells[figure.address])

    def id_of(self, nth: int) -> str:
        """The id of the nth event: the same file adopted again gives the same ids."""
        return f"adopted-{self._told.digest.removeprefix('sha256:')[:32]}-{nth:04}"

    def balance(self, known: Mapping[str, bool]) -> None:
        """Plans the balances of the days on which the year begins and ends.

        One that an adopted year beside this one has stated already is not stated again; the one at
        the beginning ends with the year.
        """
        for key in dict.fromkeys((*self._opening, *self._closing)):
            first, last, following = (
                _subject(day, key) for day in (self._eve, self._last, self._next)
            )
            if key in self._opening and first not in known:
                self._state(first, self._eve, key, *self._opening[key])
            if not known.get(first, key not in self._opening):
                self._end(first, self._last)
            if key in self._closing and last not in known:
                self._state(last, self._last, key, *self._closing[key])
                if following in known:
                    self._end(last, self._next)

    def drafts(self) -> list[Draft]:
        """The events, balances first, each with the file as its source."""
        events = [*self._balances, *self._statements()]
        title = (self._told.title or self._told.name)[:200]
        source = {"title": title, "digest": self._told.digest}
        return [
            {"id": self.id_of(nth), "organ": self._organ, "source": source, **event}
            for nth, event in enumerate(events, 1)
        ]

    def _take(self, figure: Figure, printed: Printed) -> None:
        quantity = self._quantity(figure, printed)
        if quantity is None or figure.sum or _is_change(figure):
            return
        if len(figure.terms) != 1 or figure.terms[0].sign != 1:
            self._leave(figure, printed, "cannot-be-stated")
            return
        (term,) = figure.terms
        kept = {"opening": self._opening, "closing": self._closing}.get(term.measure, self._flows)
        key = _shape_of(figure)
        if quantity < 0:
            self._leave(figure, printed, "below-zero")
        elif key in kept and kept[key][0] != quantity:
            self._leave(figure, printed, "cannot-be-stated")
        else:
            kept.setdefault(key, (quantity, figure.address))

    def _take_change(self, figure: Figure, printed: Printed) -> None:
        """A change tells what stood at the end, where what stood at the beginning is told."""
        if figure.sum or not _is_change(figure):
            return
        quantity = self._quantity(figure, printed)
        key = _shape_of(figure)
        if quantity is None:
            return
        if key not in self._opening:
            self._leave(figure, printed, "change-of-unknown")
        elif self._opening[key][0] + quantity < 0:
            self._leave(figure, printed, "below-zero")
        else:
            self._closing.setdefault(key, (self._opening[key][0] + quantity, figure.address))

    def _quantity(self, figure: Figure, printed: Printed) -> int | None:
        """The printed number in 件 or 分; None where none was printed or none can be told."""
        if printed.kind in NOTHING_PRINTED:
            return None
        quantity = None if printed.value is None else printed.value * figure.scale
        if quantity is None or quantity != quantity.to_integral_value():
            if not figure.sum:
                self._leave(figure, printed, "no-whole-number")
            return None
        return int(quantity)

    def _leave(self, figure: Figure, printed: Printed, code: str) -> None:
        problem = Problem(code, params={"address": figure.address, "text": printed.text})
        known = any(each.address == figure.address for each in self.left)
        if not known:
            self.left.append(Left(figure.address, printed.text, problem))

    def _statements(self) -> Iterator[Json]:
        first = date(self._last.year, 1, 1)
        for key, (quantity, address) in self._flows.items():
            data = _stated(key, quantity, self._edition.id, address)
            data |= {"from": first.isoformat(), "to": self._last.isoformat()}
            yield {
                "type": "statement.counted",
                "subject": f"statement:{_fitting(f'{self._last.year}/{address}')}",
                "occurred_on": self._last.isoformat(),
                "data": data,
            }

    def _state(self, subject: str, on: date, key: str, quantity: int, address: str) -> None:
        data = _stated(key, quantity, self._edition.id, address)
        told = {"type": "balance.stated", "subject": subject, "occurred_on": on.isoformat()}
        self._balances.append(told | {"data": data})

    def _end(self, subject: str, on: date) -> None:
        told = {"type": "balance.ended", "subject": subject, "occurred_on": on.isoformat()}
        self._balances.append(told | {"data": {}})


def _stated(key: str, quantity: int, edition: str, address: str) -> Json:
    named = read_shape(key)
    return {
        "state": named.pop("state"),
        "dimensions": named,
        "quantity": quantity,
        "published_as": {"edition": edition, "figure": address},
    }


def _subject(day: date, key: str) -> str:
    """The subject of a balance: one for each day and shape, so that no other says the same."""
    named = read_shape(key)
    return f"balance:{_fitting('/'.join((day.isoformat(), *named.values())))}"


def _fitting(name: str) -> str:
    """A name short enough for a subject; the names of the national forms are."""
    if len(name) <= _LONGEST:
        return name
    return f"{name[: _LONGEST - 17]}-{sha256(name.encode()).hexdigest()[:16]}"


def _shape_of(figure: Figure) -> str:
    """The facts that a cell can be stated as: of several codes the one that its row is named after."""
    dimensions = {
        name: figure.row if figure.row in codes else codes[0]
        for name, codes in figure.terms[0].where
    }
    return shape(figure.terms[0].state, **dimensions)


def _is_change(figure: Figure) -> bool:
    """Whether a cell is what stood at the end less what stood at the beginning."""
    measures = sorted((term.measure, term.sign) for term in figure.terms)
    same = len({(term.state, term.where) for term in figure.terms}) == 1
    return same and measures == [("closing", 1), ("opening", -1)]


def _after(
    journal: Journal,
    definitions: Definitions,
    drafts: list[Draft],
    recorded_by: str,
    edition: Edition,
    organ: str,
    period: Period,
    before: Mapping[str, int],
) -> dict[str, Decimal]:
    """The cells of the year with the drafts recorded; raises Refusal where one would be refused."""
    moved: list[tuple[int, Fact]] = []
    if drafts:
        lines = sound(definitions, drafts)
        with journal.writing() as writing:
            batch = Batch(writing, definitions, recorded_by)
            batch.take(lines)
            if batch.problems:
                raise Refusal(*batch.problems)
            for old, new in batch.moved():
                moved += [(-1, fact) for fact in old] + [(1, fact) for fact in new]
    after = dict(before)
    for sign, fact in moved:
        named = read_shape(fact.shape)
        for figure in edition.figures.values() if fact.organ == organ else ():
            after[figure.address] += sum(
                sign * term.sign * fact.quantity
                for term in figure.terms
                if satisfies(named, term) and term.window(period).holds(fact.since, fact.until)
            )
    return {
        address: in_unit(quantity, edition.figures[address]) for address, quantity in after.items()
    }


def _apart(told: Published, edition: Edition, after: Mapping[str, Decimal]) -> Iterator[Apart]:
    """The cells that differ from what is printed; a blank one stands for zero."""
    values = {address: cell.value for address, cell in told.cells.items()}
    broken: dict[str, list[str]] = {}
    for finding in check(edition, values):
        if finding.verdict != "holds":
            for ref in (*finding.equation.left, *finding.equation.right):
                broken.setdefault(ref.address, []).append(finding.constraint.id)
    for address in sorted(_comparable(told, after), key=list(edition.figures).index):
        cell = told.cells[address]
        if (cell.value or 0) != after[address]:
            names = tuple(dict.fromkeys(broken.get(address, ())))
            yield Apart(address, cell.text, after[address], names)


def _comparable(told: Published, after: Mapping[str, Decimal]) -> set[str]:
    """The cells of which it is known what they print."""
    return {
        address
        for address, cell in told.cells.items()
        if address in after and (cell.value is not None or cell.kind in NOTHING_PRINTED)
    }
