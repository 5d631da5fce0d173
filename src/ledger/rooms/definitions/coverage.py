"""Checks without any data that the totals of a form count each code exactly once."""

from collections.abc import Iterator, Mapping
from itertools import product
from typing import Any

from msgspec import Struct

from ledger.words.figures import Edition, Figure, Table, Term


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
        for miscount in _miscounts(table.id, term, leaves, states, codes)
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
    total: Term,
    leaves: list[Figure],
    states: Mapping[str, Any],
    codes: Mapping[str, Any],
) -> Iterator[Miscount]:
    lists = states[total.state]["dimensions"]
    counted = dict(total.where)
    same = (total.state, total.measure)
    terms = [term for leaf in leaves for term in leaf.terms if (term.state, term.measure) == same]
    clauses = [(term.sign, dict(term.where)) for term in terms]
    split = [key for key in lists if any(w.get(key) != counted.get(key) for _, w in clauses)]
    for chosen in product(*(counted.get(key, tuple(codes[lists[key]])) for key in split)):
        where = tuple(zip(split, chosen, strict=True))
        times = sum(
            sign for sign, w in clauses if all(code in w.get(key, (code,)) for key, code in where)
        )
        if times != total.sign:
            yield Miscount(table, total.state, total.measure, where, times)
