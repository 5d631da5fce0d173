"""Adding up facts: one condition gives the sum of a figure and the rows of its trace."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

import msgspec
from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    Index,
    Row,
    Select,
    and_,
    case,
    cast,
    func,
    literal,
    select,
    union_all,
)

from ledger.rooms.storage.tables import (
    FACTS_EVERYWHERE,
    FACTS_OF_ORGAN,
    FACTS_SUPERSEDED,
    ORGANS,
    events,
    facts,
    shapes,
)
from ledger.words.facts import Fact, Known
from ledger.words.figures import Measure, Window, window
from ledger.words.years import Period, Span

FLOWS: tuple[Measure, ...] = ("flow", "kept")
STOCKS: tuple[Measure, ...] = ("opening", "closing")


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


def totals(
    connection: Connection, wanted: Mapping[Measure, Collection[int]], scope: Scope
) -> Totals:
    """The sum of each measure by shape, in one pass over the facts."""
    found = no_totals()
    for shape, *sums_of in _grouped(connection, wanted, scope, facts.c.shape):
        _add(found, shape, sums_of)
    return found


def totals_by_organ(
    connection: Connection, wanted: Mapping[Measure, Collection[int]], scope: Scope
) -> dict[int, Totals]:
    """The sums of each organ apart, by its number; an organ without facts is not in it."""
    found: dict[int, Totals] = {}
    columns = (facts.c.organ, facts.c.shape)
    for organ, shape, *sums_of in _grouped(connection, wanted, scope, *columns):
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
    *columns: ColumnElement[int],
) -> Iterable[Row[Any]]:
    """A row for each group of the columns: them, then the sum of every measure."""
    branches: list[Select[Any]] = []
    for measures in (FLOWS, STOCKS):
        numbers = {number for measure in measures for number in wanted.get(measure, ())}
        for row_source in _known(scope) if numbers else ():
            branches.append(
                row_source.restrict(
                    select(*columns, *_sums(measures, scope.period)),
                    facts.c.shape.in_(sorted(numbers)),
                    _hull(measures, scope.period),
                ).group_by(*columns)
            )
    return connection.execute(union_all(*branches)) if branches else ()


def moves(
    connection: Connection, wanted: Mapping[Measure, Collection[int]], scope: Scope, after: int
) -> Iterator[tuple[int, Measure, int, int]]:
    """What the events after a position moved: (position, measure, shape, quantity).

    A fact is brought at the position from which it was known and taken off at that which superseded
    it, so the moves of a shape sum to the difference of its totals.
    """
    branches: list[Select[Any]] = []
    for measures in (FLOWS, STOCKS):
        numbers = {number for measure in measures for number in wanted.get(measure, ())}
        for row_source, position, sign in _moved(scope, after) if numbers else ():
            branches.append(
                row_source.restrict(
                    select(position, facts.c.shape, *_sums(measures, scope.period, sign)),
                    facts.c.shape.in_(sorted(numbers)),
                    _hull(measures, scope.period),
                ).group_by(position, facts.c.shape)
            )
    for at, shape, *sums_of in connection.execute(union_all(*branches)) if branches else ():
        for measure, total in zip((*FLOWS, *STOCKS), sums_of, strict=True):
            if total:
                yield at, measure, shape, int(total)


def identities(
    connection: Connection, measure: Measure, numbers: Collection[int], scope: Scope
) -> list[tuple[int, int, int]]:
    """The facts behind a measure of some shapes, as (subject, known from, quantity) only."""
    columns = (facts.c.subject, facts.c.known_from, facts.c.quantity)
    return [tuple(row) for row in connection.execute(_rows(columns, measure, numbers, scope))]


def traced(
    connection: Connection, measure: Measure, numbers: Collection[int], scope: Scope
) -> Iterator[tuple[int, Known]]:
    """The facts behind a measure of some shapes, each with the number of its organ."""
    names = _shape_keys(connection, numbers)
    columns = tuple(facts.c)
    for row in connection.execute(_rows(columns, measure, numbers, scope)):
        fact = Fact(
            organ="",
            shape=names[row.shape],
            since=row.since,
            until=row.until,
            quantity=row.quantity,
            evidence=positions_in(row.evidence),
        )
        yield row.organ, Known(row.subject, row.slot, row.known_from, row.known_until, fact)


def numbered_shapes(connection: Connection) -> dict[str, int]:
    """Every shape that occurs, with its number."""
    return {row.key: row.shape for row in connection.execute(select(shapes.c.key, shapes.c.shape))}


def _shape_keys(connection: Connection, numbers: Collection[int]) -> dict[int, str]:
    query = select(shapes.c.shape, shapes.c.key).where(shapes.c.shape.in_(sorted(numbers)))
    return {row.shape: row.key for row in connection.execute(query)}


def positions_in(evidence: str) -> tuple[int, ...]:
    """The positions that a fact's evidence names."""
    return tuple(msgspec.json.decode(evidence, type=list[int]))


def _rows(
    columns: tuple[Any, ...], measure: Measure, numbers: Collection[int], scope: Scope
) -> Any:
    measures = FLOWS if measure in FLOWS else STOCKS
    return union_all(
        *(
            row_source.restrict(
                select(*columns),
                facts.c.shape.in_(sorted(numbers)),
                _hull(measures, scope.period),
                _measured(measure, scope.period),
            )
            for row_source in _known(scope)
        )
    )


def _sums(
    measures: Collection[Measure], period: Period, sign: int = 1
) -> Iterator[ColumnElement[int]]:
    """A column for every measure; those that are not asked for are zero."""
    quantity = facts.c.quantity if sign > 0 else -facts.c.quantity
    for measure in (*FLOWS, *STOCKS):
        counted = case((_measured(measure, period), quantity), else_=0)
        yield cast(func.sum(counted) if measure in measures else literal(0), BigInteger)


def _measured(measure: Measure, period: Period) -> ColumnElement[bool]:
    return _within(window(measure, period))


def _within(bounds: Window) -> ColumnElement[bool]:
    conditions = [facts.c.since < bounds.since_before]
    if bounds.since_from:
        conditions.append(facts.c.since >= bounds.since_from)
    if bounds.until_from:
        conditions.append(facts.c.until >= bounds.until_from)
    return and_(*conditions)


def _hull(measures: Collection[Measure], period: Period) -> ColumnElement[bool]:
    """What an index can look up for several measures at once."""
    windows = [window(measure, period) for measure in measures]
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


def _known(scope: Scope) -> Iterator[_RowSource]:
    of_organs = () if scope.organs is None else (facts.c.organ.in_(scope.organs),)
    index = FACTS_EVERYWHERE if scope.organs is None else FACTS_OF_ORGAN
    still = facts.c.known_until.is_(None)
    if scope.position is None:
        yield _RowSource(index, (still, *of_organs))
        return
    by_then = facts.c.known_from <= scope.position
    yield _RowSource(index, (still, by_then, *of_organs))
    superseded = (facts.c.known_until.is_not(None), facts.c.known_until > scope.position)
    yield _RowSource(FACTS_SUPERSEDED, (*superseded, by_then, *(of_organs or _OF_EVERY_ORGAN)))


# The index of what was superseded begins with the organ; without one it would be read whole.
_OF_EVERY_ORGAN = (facts.c.organ.in_(select(events.c.position).where(ORGANS)),)


def _moved(scope: Scope, after: int) -> Iterator[tuple[_RowSource, ColumnElement[int], int]]:
    """The facts brought (1) and taken off (-1) after a position, with the column that says where."""
    of_organs = () if scope.organs is None else (facts.c.organ.in_(scope.organs),)
    current = FACTS_EVERYWHERE if scope.organs is None else FACTS_OF_ORGAN
    superseded = (facts.c.known_until.is_not(None), facts.c.known_until > after)
    past = (*superseded, *(of_organs or _OF_EVERY_ORGAN))

    def within(column: ColumnElement[int]) -> ColumnElement[bool]:
        return (
            column > after if scope.position is None else column.between(after + 1, scope.position)
        )

    brought, taken = facts.c.known_from, facts.c.known_until
    still = (facts.c.known_until.is_(None), within(brought), *of_organs)
    yield _RowSource(current, still), brought, 1
    yield _RowSource(FACTS_SUPERSEDED, (*past, within(brought))), brought, 1
    yield _RowSource(FACTS_SUPERSEDED, (*past, within(taken))), taken, -1
