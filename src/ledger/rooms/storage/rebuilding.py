"""Streaming the journal subject by subject, and replacing the facts by ones derived anew."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select, update
from sqlalchemy.schema import CreateIndex, DropIndex

from ledger.rooms.storage.figures import numbered_shapes
from ledger.rooms.storage.journal import FactRow, Journal
from ledger.rooms.storage.mapper import decode
from ledger.rooms.storage.reading import last_reform, last_time
from ledger.rooms.storage.tables import events, facts, head, shapes
from ledger.words.events import Event

_CHUNK = 10_000


def histories(connection: Connection) -> Iterator[list[Event]]:
    """Every subject's events, in the order of names; memory stays bounded."""
    for rows in subject_rows(connection):
        yield [decode(row.state, row.position, row.version) for row in rows]


def subject_rows(connection: Connection) -> Iterator[list[Row[Any]]]:
    """The stored rows of every subject's events, in the order of names; memory stays bounded."""
    ordered = select(events).order_by(events.c.stream, events.c.version)
    # An option of this statement only: on the connection it would stay for all that follow.
    found = connection.execute(ordered.execution_options(yield_per=_CHUNK))
    rows: list[Row[Any]] = []
    for chunk in found.partitions():
        for row in chunk:
            if rows and row.stream != rows[0].stream:
                yield rows
                rows = []
            rows.append(row)
    if rows:
        yield rows


def facts_of(connection: Connection, subjects: Collection[int]) -> list[FactRow]:
    """The stored facts of some subjects."""
    query = select(facts).where(facts.c.subject.in_(subjects))
    return [row._t for row in connection.execute(query)]


def fact_count(connection: Connection) -> int:
    """How many facts are stored."""
    return connection.execute(select(func.count()).select_from(facts)).scalar_one()


def stray_facts(connection: Connection) -> list[FactRow]:
    """The stored facts of no subject at all."""
    subjects = select(events.c.position).where(events.c.version == 1)
    query = select(facts).where(facts.c.subject.not_in(subjects))
    return [row._t for row in connection.execute(query)]


def replace_facts(
    journal: Journal,
    derive: Callable[[Connection, Callable[[str], int]], Iterable[FactRow]],
) -> int:
    """Puts derived facts in the place of all stored ones, in one transaction; returns how many.

    Indexes are dropped and made anew: sorted once, they cost a fraction of row by row.
    """
    with journal.exclusively() as connection:
        numbers = numbered_shapes(connection)
        for index in facts.indexes:
            connection.execute(DropIndex(index))
        connection.execute(delete(facts))

        def number_of(key: str) -> int:
            if key not in numbers:
                numbers[key] = len(numbers) + 1
                connection.execute(insert(shapes), {"shape": numbers[key], "key": key})
            return numbers[key]

        written = 0
        text = journal.statements.add_facts
        chunk: list[Any] = []
        for row in derive(connection, number_of):
            chunk.append(row)
            if len(chunk) == _CHUNK:
                connection.exec_driver_sql(text, chunk)
                written += len(chunk)
                chunk = []
        if chunk:
            connection.exec_driver_sql(text, chunk)
            written += len(chunk)
        for index in facts.indexes:
            connection.execute(CreateIndex(index))
        noted = {"reformed": last_reform(connection), "recorded_at": last_time(connection)}
        connection.execute(update(head).values(noted))
        return written
