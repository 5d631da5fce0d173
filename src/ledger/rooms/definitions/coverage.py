"""Checks without any data that the totals of a form count each code exactly once."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import product
from typing import Any

from msgspec import Struct

from ledger.words.figures import Edition, Figure, Table, Term

_Clauses = tuple[int, dict[str, tuple[str, ...]]]


class Miscount(Struct, frozen=True):
    """Codes that a total counts, and that the leaves beside it count `times` times, not once."""

    table: str
    state: str
    measure: str
    where: tuple[tuple[str, str], ...]
    times: int


def coverage(
    edition: Edition, states: Mapping[str, Any], codes: Mapping[str, Any]
) -> tuple[Miscount, ...]:
    """What the leaves of a form count never or more than once; empty where all is well."""
    found = (
        miscount
        for table in edition.tables
        for total, leaves in _totals(table)
        for term in total.terms
        for miscount in _miscounts(table.id, total, term, leaves, states, codes)
    )
    return tuple(dict.fromkeys(found))


def _totals(table: Table) -> Iterator[tuple[Figure, list[Figure]]]:
    """Each total with the leaves of its column, of its row, or of both."""
    rows = {row.id for row in table.rows if row.sum}
    columns = {column.id for column in table.columns if column.sum}
    for total in table.figures:
        if total.row in rows:
            column = [figure for figure in table.figures if figure.column == total.column]
            yield total, [figure for figure in column if figure.row not in rows]
        if total.column in columns:
            row = [figure for figure in table.figures if figure.row == total.row]
            yield total, [figure for figure in row if figure.column not in columns]


def _miscounts(
    table: str,
    total: Figure,
    term: Term,
    leaves: list[Figure],
    states: Mapping[str, Any],
    codes: Mapping[str, Any],
) -> Iterator[Miscount]:
    lists = states[term.state]["dimensions"]
    counted = dict(term.where)
    wanted, found = _clauses([total], term), _clauses(leaves, term)
    split = [
        key for key in lists if any(w.get(key) != counted.get(key) for _, w in (*wanted, *found))
    ]
    for chosen in product(*(counted.get(key, tuple(codes[lists[key]])) for key in split)):
        where = tuple(zip(split, chosen, strict=True))
        counts, times = _times(wanted, where), _times(found, where)
        if counts and times != counts:
            yield Miscount(table, term.state, term.measure, where, times)


def _clauses(figures: Iterable[Figure], like: Term) -> list[_Clauses]:
    """The signs and predicates of the terms that count the same thing over the same span."""
    same = (like.state, like.measure, like.span)
    terms = (term for figure in figures for term in figure.terms)
    return [
        (term.sign, dict(term.where))
        for term in terms
        if (term.state, term.measure, term.span) == same
    ]


def _times(clauses: Iterable[_Clauses], where: tuple[tuple[str, str], ...]) -> int:
    return sum(
        sign for sign, w in clauses if all(code in w.get(key, (code,)) for key, code in where)
    )
