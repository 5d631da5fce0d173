"""Previewing: what drafts would change, without recording them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

import msgspec

from ledger.rooms.definitions.schemas import Definitions
from ledger.rooms.storage import reading
from ledger.rooms.storage.journal import Journal
from ledger.rooms.storage.reading import Connection
from ledger.rooms.subjects.organ import Organ, organ_on
from ledger.verbs.checking import Finding, check
from ledger.verbs.issues import issues_over
from ledger.verbs.recording import Batch, Draft, sound, today
from ledger.verbs.reporting import (
    Cell,
    Question,
    in_unit,
    known_at,
    report_in,
    setting_of,
    usual_edition,
)
from ledger.verbs.tracing import fed
from ledger.words.events import Event
from ledger.words.facts import Fact
from ledger.words.figures import Edition, Figure
from ledger.words.problems import Refusal
from ledger.words.years import year

Quantities = Mapping[str, int]
"""Cells by address, in 件 or 分."""


Moves = dict[tuple[str, int], dict[str, int]]
"""What the cells of an organ and year gain or lose, in 件 or 分."""


class MovedCell(msgspec.Struct, frozen=True):
    """A figure that would change, in its unit."""

    figure: Figure
    old: Decimal
    new: Decimal


class MovedYear(msgspec.Struct, frozen=True):
    """What would change in an organ's report of a year: its cells, and the equations between them."""

    organ: Organ
    year: int
    edition: Edition
    cells: tuple[MovedCell, ...]
    broken: tuple[Finding, ...]
    mended: tuple[Finding, ...]
    issues: tuple[Event, ...]
    """The reports that were issued with the old figures: the organ's own, and those above it."""


class Preview(msgspec.Struct, frozen=True):
    """What drafts would do on top of what is known at a position; `again` are recorded already."""

    position: int
    recorded: int
    again: int
    years: tuple[MovedYear, ...]


def preview(
    journal: Journal,
    definitions: Definitions,
    editions: Mapping[str, Edition],
    drafts: Sequence[Draft],
    recorded_by: str,
) -> Preview:
    """What recording the drafts would change; raises Refusal where they would be refused."""
    lines = sound(definitions, drafts)
    with journal.writing() as writing:
        batch = Batch(writing, definitions, recorded_by)
        receipts = batch.take(lines)
        position, organs = writing.position, batch.organs()
        moves = _moves(editions, batch.moved())
    if batch.problems:
        raise Refusal(*batch.problems)
    again = sum(receipt.again for receipt in receipts)
    with journal.reading() as connection:
        outlook = _Outlook(connection, editions, position, organs, moves)
        years = tuple(_moved_years(outlook))
    return Preview(position, len(receipts) - again, again, years)


class _Outlook:
    """The reports of organs and years as they are, and as they would be."""

    def __init__(
        self,
        connection: Connection,
        editions: Mapping[str, Edition],
        position: int,
        organs: Mapping[str, Sequence[Event]],
        moves: Moves,
    ) -> None:
        self._connection = connection
        self._editions = editions
        self._position = position
        self._registered = reading.organs(connection)
        self._before: dict[tuple[str, int], tuple[Organ | None, Quantities]] = {}
        self._organs = organs
        self.moves = moves

    def edition(self, number: int) -> Edition | None:
        return usual_edition(self._editions, number)

    def before(self, code: str, number: int) -> tuple[Organ | None, Quantities]:
        """The organ and its cells; nothing is counted for one that is yet to be registered."""
        key = (code, number)
        if key not in self._before:
            if code in self._registered:
                asked = setting_of(self._connection, self._editions, Question(year(number), code))
                setting = known_at(self._connection, asked, self._position)
                cells = report_in(self._connection, setting).cells
                quantities = {address: cell.quantity for address, cell in cells.items()}
                self._before[key] = setting.organ, quantities
            else:
                form = self.edition(number)
                self._before[key] = None, dict.fromkeys(form.figures if form else (), 0)
        return self._before[key]

    def after(self, code: str, number: int) -> tuple[Organ, Quantities]:
        organ, quantities = self.before(code, number)
        if code in self._organs:
            organ = organ_on(self._organs[code], year(number).last)
        moved = self.moves.get((code, number), {})
        return organ or Organ(code, code), {
            address: quantity + moved.get(address, 0) for address, quantity in quantities.items()
        }

    def issues(self, code: str, number: int) -> tuple[Event, ...]:
        return tuple(issues_over(self._connection, code, year(number)))

    def findings(self, code: str, number: int, *, after: bool) -> dict[tuple[str, str], Finding]:
        """The equations of a year's report, with last year's beside it."""
        values = self.after if after else self.before
        edition, last_edition = self.edition(number), self.edition(number - 1)
        assert edition is not None
        organ, this = values(code, number)
        last = _printed(last_edition, values(code, number - 1)[1]) if last_edition else None
        found = check(edition, _printed(edition, this), last, organ)
        return {(each.constraint.id, each.equation.at): each for each in found}


def _moves(
    editions: Mapping[str, Edition], moved: Iterable[tuple[list[Fact], list[Fact]]]
) -> Moves:
    """What the cells of each organ and year would gain or lose, from facts as they are and would be."""
    changed: dict[tuple[str, str, int, int], int] = {}
    for of_subject in moved:
        for sign, facts in zip((-1, 1), of_subject, strict=True):
            for fact in facts:
                key = (fact.organ, fact.shape, fact.since, fact.until)
                changed[key] = changed.get(key, 0) + sign * fact.quantity
    moves: Moves = {}
    facts = [Fact(*key, quantity, ()) for key, quantity in changed.items() if quantity]
    for each in fed(editions, facts):
        moves.setdefault((each.organ, each.year), {})[each.figure.address] = each.contribution
    return moves


def _moved_years(outlook: _Outlook) -> Iterator[MovedYear]:
    """Years whose cells move; the next one too, since its form may look back at this one's."""
    this_year = today().year
    affected = {
        (code, of)
        for code, number in outlook.moves
        for of in (number, number + 1)
        if of <= this_year
    }
    for code, number in sorted(affected):
        edition = outlook.edition(number)
        if edition is None:
            continue
        (_, old), (organ, new) = outlook.before(code, number), outlook.after(code, number)
        cells = tuple(
            MovedCell(figure, in_unit(old[address], figure), in_unit(new[address], figure))
            for address, figure in edition.figures.items()
            if old[address] != new[address]
        )
        was = outlook.findings(code, number, after=False)
        will_be = outlook.findings(code, number, after=True)
        broken, mended = _worse(was, will_be), _worse(will_be, was)
        if cells or broken or mended:
            issues = outlook.issues(code, number) if cells else ()
            yield MovedYear(organ, number, edition, cells, broken, mended, issues)


def _worse(
    good: Mapping[tuple[str, str], Finding], bad: Mapping[tuple[str, str], Finding]
) -> tuple[Finding, ...]:
    """The findings of `bad` that do not hold and do in `good`, or are not made there at all."""
    return tuple(
        finding
        for key, finding in bad.items()
        if finding.verdict != "holds" and (key not in good or good[key].verdict == "holds")
    )


def _printed(edition: Edition, quantities: Quantities) -> dict[str, Decimal | None]:
    return {
        address: Cell(figure, quantities[address]).value
        for address, figure in edition.figures.items()
    }
