"""Adding up facts: one condition gives the sum of a figure and the rows of its trace."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

import msgspec
from sqlalchemy import (
    BigInteger,
    BindParameter,
    ColumnElement,
    CompoundSelect,
    Connection,
    Index,
    Integer,
    Row,
    Select,
    and_,
    bindparam,
    case,
    cast,
    column,
    func,
    literal,
    literal_column,
    select,
    text,
    union_all,
)

from ledger.rooms.storage.reading import chunks
from ledger.rooms.storage.tables import (
    CLASSES,
    FACTS_EVERYWHERE,
    FACTS_OF_ORGAN,
    FACTS_SUPERSEDED,
    LASTED,
    ORGANS,
    events,
    facts,
    shapes,
)
from ledger.words.facts import Fact, Known
from ledger.words.figures import FLOWS, STOCKS, Measure, Window, window
from ledger.words.years import Period, Span

Totals = dict[Measure, dict[int, int]]
"""The sum of each measure by shape."""


class Scope(msgspec.Struct, frozen=True):
    """Whose facts, of which period, known by which position."""

    period: Period
    organs: tuple[int, ...] | None = None
    """The numbers of the organs; None for all."""
    position: int | None = None
    """None for what is known now."""

    def over(self, span: Span) -> Scope:
        """The same of the period itself, or of its year so far."""
        return msgspec.structs.replace(self, period=self.period.over(span))

    @property
    def reach(self) -> Reach:
        """What of it a query is made for; the rest is given when it is executed."""
        return Reach(everywhere=self.organs is None, back_then=self.position is not None)

    def given(self, after: int = 0) -> dict[str, Any]:
        """What a query takes for this scope, and for what came after a position."""
        days = {"begin": self.period.begin, "end": self.period.end}
        return days | {"organs": self.organs, "position": self.position, "after": after}


class Reach(msgspec.Struct, frozen=True):
    """Whether a query is of all organs, and whether of what was known at a position."""

    everywhere: bool
    back_then: bool


_ANY = Period(1, 2)
"""Stands for the period while a query is made."""
_DAYS = {_ANY.begin: bindparam("begin", type_=Integer), _ANY.end: bindparam("end", type_=Integer)}
_POSITION, _AFTER = (bindparam(name, type_=BigInteger) for name in ("position", "after"))
_ORGANS = bindparam("organs", type_=BigInteger, expanding=True)


def totals(
    connection: Connection, wanted: Mapping[Measure, Collection[int]], scope: Scope
) -> Totals:
    """The sum of each measure by shape, in one pass over the facts."""
    found = no_totals()
    for shape, *sums_of in _grouped(connection, wanted, scope, by_organ=False):
        _add(found, shape, sums_of)
    return found


def totals_by_organ(
    connection: Connection, wanted: Mapping[Measure, Collection[int]], scope: Scope
) -> dict[int, Totals]:
    """The sums of each organ apart, by its number; an organ without facts is not in it."""
    found: dict[int, Totals] = {}
    for organ, shape, *sums_of in _grouped(connection, wanted, scope, by_organ=True):
        _add(found.setdefault(organ, no_totals()), shape, sums_of)
    return found


def no_totals() -> Totals:
    """The totals of nothing."""
    return {measure: {} for measure in (*FLOWS, *STOCKS)}


def _add(found: Totals, shape: int, sums_of: Iterable[Any]) -> None:
    for measure, total in zip((*FLOWS, *STOCKS), sums_of, strict=True):
        found[measure][shape] = found[measure].get(shape, 0) + int(total)


def _grouped(
    connection: Connection,
    wanted: Mapping[Measure, Collection[int]],
    scope: Scope,
    *,
    by_organ: bool,
) -> Iterable[Row[Any]]:
    """A row for each shape, of each organ or of all: what it is of, then the sum of every measure."""
    needed = tuple((measure, frozenset(numbers)) for measure, numbers in wanted.items() if numbers)
    if not needed:
        return ()
    query = _grouping(needed, scope.reach, by_organ=by_organ)
    return connection.execute(query, scope.given()).all()


@lru_cache(maxsize=128)
def _grouping(
    needed: tuple[tuple[Measure, frozenset[int]], ...], reach: Reach, *, by_organ: bool
) -> CompoundSelect[Any]:
    """Made once for all periods and organs: to make it takes longer than to execute it."""
    columns = (facts.c.organ, facts.c.shape) if by_organ else (facts.c.shape,)
    branches: list[Select[Any]] = []
    for measures, row_source in _sources(reach):
        numbers = {number for measure, of in needed if measure in measures for number in of}
        if numbers:
            branches.append(
                row_source.restrict(
                    select(*columns, *_sums(measures)), _of(numbers), _hull(measures)
                ).group_by(*columns)
            )
    return union_all(*branches)


def moves(
    connection: Connection, wanted: Mapping[Measure, Collection[int]], scope: Scope, after: int
) -> Iterator[tuple[int, Measure, int, int]]:
    """What the events after a position moved: (position, measure, shape, quantity).

    A fact is brought at the position from which it was known and taken off at that which superseded
    it, so the moves of a shape sum to the difference of its totals.
    """
    until = scope.position or _NEVER
    for measures, row_source in _moved(wanted, scope.reach):
        numbers = {number for measure in measures for number in wanted.get(measure, ())}
        query = row_source.restrict(
            select(
                facts.c.known_from,
                facts.c.known_until,
                facts.c.shape,
                *_counted(measures),
            ),
            _of(numbers),
            _hull(measures),
        )
        found = connection.execute(query, scope.given(after))
        for brought, taken, shape, *quantities in found:
            for measure, quantity in zip((*FLOWS, *STOCKS), quantities, strict=True):
                if quantity and shape in wanted.get(measure, ()):
                    if brought > after:
                        yield brought, measure, shape, quantity
                    if taken is not None and taken <= until:
                        yield taken, measure, shape, -quantity


Identity = tuple[int, int, int, int, int]
"""Since, subject, slot, known from, quantity: what tells a fact, in the order of a trace."""

Key = tuple[int, int, int]
"""Subject, slot, known from."""


def identities(
    connection: Connection, measure: Measure, numbers: Collection[int], scope: Scope
) -> list[Identity]:
    """The facts behind a measure of some shapes, in no order."""
    query = _identifying(measure, frozenset(numbers), scope.reach)
    return list(connection.execute(query, scope.given()).tuples().all())


@lru_cache(maxsize=128)
def _identifying(measure: Measure, numbers: frozenset[int], reach: Reach) -> CompoundSelect[Any]:
    of = facts.c
    return _rows(
        (of.since, of.subject, of.slot, of.known_from, of.quantity), measure, numbers, reach
    )


def known_facts(connection: Connection, keys: Collection[Key]) -> dict[Key, tuple[int, Known]]:
    """Facts by their keys, each with the number of its organ."""
    wanted, found = set(keys), dict[Key, tuple[int, Known]]()
    for subjects in chunks({subject for subject, _, _ in keys}):
        query = (
            select(*facts.c, shapes.c.key)
            .join(shapes, shapes.c.shape == facts.c.shape)
            .where(facts.c.subject.in_(subjects))
        )
        for *row, shape in connection.execute(query).all():
            key = row[0], row[1], row[2]
            if key in wanted:
                found[key] = _known_fact(row, shape)
    return found


def traced(
    connection: Connection,
    measure: Measure,
    numbers: Collection[int],
    scope: Scope,
    kind: str | None = None,
) -> Iterator[tuple[int, Known]]:
    """The facts behind a measure of some shapes, each with the number of its organ.

    With `kind`, only those of subjects of that kind: `statement`.
    """
    names = _shape_keys(connection, numbers)
    columns = tuple(facts.c)
    only = () if kind is None else (facts.c.subject.in_(_subjects_of(kind)),)
    query = _rows(columns, measure, numbers, scope.reach, *only)
    for row in connection.execute(query, scope.given()):
        yield _known_fact(row, names[row.shape])


def _known_fact(row: Sequence[Any], shape: str) -> tuple[int, Known]:
    """A row of facts with the number of its organ."""
    subject, slot, known_from, known_until, organ, _, since, until, quantity, evidence = row
    fact = Fact("", shape, since, until, quantity, positions_in(evidence))
    return organ, Known(subject, slot, known_from, known_until, fact)


def entered(
    connection: Connection, entries: Collection[str], scope: Scope
) -> Iterator[tuple[int, str, int, int]]:
    """What entered any state in some ways, whenever: (number of the organ, shape, day, quantity)."""
    numbers = {
        number: key
        for key, number in numbered_shapes(connection).items()
        if any(f" entry={entry} " in f"{key} " for entry in entries)
    }
    of = (facts.c.organ, facts.c.shape, facts.c.since)
    branches = [
        row_source.restrict(
            select(*of, cast(func.sum(facts.c.quantity), BigInteger)),
            _of(numbers),
        ).group_by(*of)
        for row_source in _known(scope.reach)
    ]
    found: dict[tuple[int, int, int], int] = {}
    for organ, shape, since, quantity in connection.execute(union_all(*branches), scope.given()):
        key = (organ, shape, since)
        found[key] = found.get(key, 0) + int(quantity)
    for (organ, shape, since), quantity in sorted(found.items()):
        yield organ, numbers[shape], since, quantity


def numbered_shapes(connection: Connection) -> dict[str, int]:
    """Every shape that occurs, with its number."""
    return dict(connection.execute(select(shapes.c.key, shapes.c.shape)).tuples().all())


def _shape_keys(connection: Connection, numbers: Collection[int]) -> dict[int, str]:
    query = select(shapes.c.shape, shapes.c.key).where(shapes.c.shape.in_(sorted(numbers)))
    return {row.shape: row.key for row in connection.execute(query)}


def positions_in(evidence: str) -> tuple[int, ...]:
    """The positions that a fact's evidence names."""
    return tuple(msgspec.json.decode(evidence, type=list[int]))


def _subjects_of(kind: str) -> Select[tuple[int]]:
    """The numbers of the subjects of a kind; ";" is the byte after ":"."""
    named = and_(events.c.stream >= f"{kind}:", events.c.stream < f"{kind};")
    return select(events.c.position).where(named, events.c.version == 1)


def _rows(
    columns: tuple[Any, ...],
    measure: Measure,
    numbers: Collection[int],
    reach: Reach,
    *only: ColumnElement[bool],
) -> CompoundSelect[Any]:
    measures = FLOWS if measure in FLOWS else STOCKS
    return union_all(
        *(
            row_source.restrict(
                select(*columns),
                _of(numbers),
                _hull(measures),
                _measured(measure),
                *only,
            )
            for row_source in _known(reach)
        )
    )


def _of(numbers: Collection[int]) -> ColumnElement[bool]:
    """Of these shapes; written out, since a query that is made once need not be given them each time."""
    return facts.c.shape.in_([literal_column(f"{number:d}") for number in sorted(numbers)])


def _sums(measures: Collection[Measure]) -> Iterator[ColumnElement[int]]:
    """A column for every measure; those that are not asked for are zero."""
    for counted in _counted(measures):
        yield cast(func.sum(counted), BigInteger)


def _counted(measures: Collection[Measure]) -> Iterator[ColumnElement[int]]:
    for measure in (*FLOWS, *STOCKS):
        if measure in measures:
            yield case((_measured(measure), facts.c.quantity), else_=0)
        else:
            yield literal(0)


def _measured(measure: Measure) -> ColumnElement[bool]:
    return _within(window(measure, _ANY))


def _within(bounds: Window) -> ColumnElement[bool]:
    conditions = [facts.c.since < _DAYS[bounds.since_before]]
    if bounds.since_from:
        conditions.append(facts.c.since >= _DAYS[bounds.since_from])
    if bounds.until_from:
        conditions.append(facts.c.until >= _DAYS[bounds.until_from])
    return and_(*conditions)


def _hull(measures: Collection[Measure]) -> ColumnElement[bool]:
    """What an index can look up for several measures at once."""
    windows = [window(measure, _ANY) for measure in measures]
    return _within(
        Window(
            min(bounds.since_from for bounds in windows),
            max(bounds.since_before for bounds in windows),
            min(bounds.until_from for bounds in windows),
        )
    )


class _RowSource(msgspec.Struct, frozen=True):
    """Facts that were known at a position: those that still are, or those superseded since."""

    index: Index
    conditions: tuple[ColumnElement[bool], ...]

    def restrict(self, query: Select[Any], *conditions: ColumnElement[bool]) -> Select[Any]:
        # The planner's statistics must not decide: see the trap noted in tables.py.
        hinted = query.with_hint(facts, f"INDEXED BY {self.index.name}", "sqlite")
        return hinted.where(*self.conditions, *conditions)


def _known(reach: Reach) -> Iterator[_RowSource]:
    if not reach.back_then:
        yield _current(reach)
        return
    by_then = facts.c.known_from <= _POSITION
    yield _current(reach, by_then)
    yield _superseded(reach, _POSITION, by_then)


def _sources(reach: Reach) -> Iterator[tuple[tuple[Measure, ...], _RowSource]]:
    """What was known, each source with the measures that it is read for in one go.

    Flows and stocks of what still stands are ranges of their own; the little that was superseded
    since is looked through once.
    """
    current, *superseded = _known(reach)
    yield FLOWS, current
    yield STOCKS, current
    for row_source in superseded:
        yield (*FLOWS, *STOCKS), row_source


def _moved(
    wanted: Mapping[Measure, Collection[int]], reach: Reach
) -> Iterator[tuple[tuple[Measure, ...], _RowSource]]:
    """The facts that were brought or taken off after a position, each source with its measures."""
    brought: tuple[ColumnElement[bool], ...] = (facts.c.known_from > _AFTER,)
    by_then: tuple[ColumnElement[bool], ...] = ()
    if reach.back_then:
        by_then = (facts.c.known_from <= _POSITION,)
    for measures in (FLOWS, STOCKS):
        if any(wanted.get(measure) for measure in measures):
            yield measures, _current(reach, *brought, *by_then)
    yield (*FLOWS, *STOCKS), _superseded(reach, _AFTER, *by_then)


def _current(reach: Reach, *conditions: ColumnElement[bool]) -> _RowSource:
    still = facts.c.known_until.is_(None)
    if reach.everywhere:
        return _RowSource(FACTS_EVERYWHERE, (still, *conditions))
    return _RowSource(FACTS_OF_ORGAN, (still, facts.c.organ.in_(_ORGANS), *conditions))


def _superseded(
    reach: Reach, after: BindParameter[int], *conditions: ColumnElement[bool]
) -> _RowSource:
    """The facts that were superseded after a position."""
    organs = _EVERY_ORGAN if reach.everywhere else _ORGANS
    return _RowSource(
        FACTS_SUPERSEDED,
        (
            facts.c.known_until.is_not(None),
            facts.c.known_until > after,
            _CLASSES.c.lasted == LASTED,
            facts.c.organ.in_(organs),
            facts.c.known_from > after - _CLASSES.c.reach,
            *conditions,
        ),
    )


# The index of what was superseded begins with class and organ; without them it would be read whole.
_EVERY_ORGAN = select(events.c.position).where(ORGANS)

# Written out as text: it never changes, and costs nothing to compile again.
_CLASSES = (
    text(" UNION ALL ".join(f"SELECT {n} AS lasted, {8**n} AS reach" for n in CLASSES))
    .columns(column("lasted", Integer), column("reach", BigInteger))
    .cte("classes")
)

_NEVER = 2**63 - 1
