"""Reading the journal: events by position, id or subject, and positions by time."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, func, select
from sqlalchemy import Connection as Connection  # what the verbs call a reading

from ledger.rooms.storage.mapper import decode
from ledger.rooms.storage.tables import events, head, streams
from ledger.words.events import Event

_COLUMNS = (events.c.position, events.c.version, events.c.state)
_CHUNK = 5000


def last_position(connection: Connection) -> int:
    """The position of the newest event, 0 in an empty journal."""
    return connection.execute(select(head.c.position)).scalar_one()


def position_at(connection: Connection, microseconds: int) -> int:
    """The last position that was recorded by a time; recording times never run backwards."""
    low, high = 0, last_position(connection)
    while low < high:
        middle = (low + high + 1) // 2
        query = select(events.c.recorded_at).where(events.c.position == middle)
        if connection.execute(query).scalar_one() <= microseconds:
            low = middle
        else:
            high = middle - 1
    return low


def history(connection: Connection, name: str) -> list[Event]:
    """The events of a subject, named in full (application:1@organ), in the order of recording."""
    query = (
        select(*_COLUMNS)
        .join(streams, streams.c.stream == events.c.stream)
        .where(streams.c.name == name)
        .order_by(events.c.version)
    )
    return _decoded(connection, query)


def names_like(connection: Connection, subject: str) -> list[str]:
    """The full names of the subjects that are written so, whichever organ they belong to."""
    below, above = f"{subject}@", f"{subject}A"  # "A" is the byte after "@"
    query = (
        select(streams.c.name)
        .where((streams.c.name == subject) | _between(below, above))
        .order_by(streams.c.name)
    )
    return list(connection.execute(query).scalars())


def events_at(connection: Connection, positions: Collection[int]) -> dict[int, Event]:
    """The events at some positions."""
    wanted = sorted(positions)
    found: dict[int, Event] = {}
    for begin in range(0, len(wanted), _CHUNK):
        query = select(*_COLUMNS).where(events.c.position.in_(wanted[begin : begin + _CHUNK]))
        found |= {event.position: event for event in _decoded(connection, query)}
    return found


def event_by(connection: Connection, id_or_position: str) -> Event | None:
    """The event of this id or, written as a number, at this position."""
    found = _decoded(connection, select(*_COLUMNS).where(events.c.id == id_or_position))
    if not found and id_or_position.isdecimal():
        found = list(events_at(connection, [int(id_or_position)]).values())
    return found[0] if found else None


def organs(connection: Connection) -> dict[str, int]:
    """The number of each registered organ, by its code."""
    query = select(streams.c.name, streams.c.stream).where(
        _between("organ:", "organ;")  # ";" is the byte after ":"
    )
    return {row.name.removeprefix("organ:"): row.stream for row in connection.execute(query)}


def subjects_of(connection: Connection, numbers: Collection[int]) -> dict[int, str]:
    """The full names of streams by their numbers: that of the subject of the first event."""
    first = events_at(connection, numbers)
    return {number: event.originator_id for number, event in first.items()}


def _between(first: str, beyond: str) -> ColumnElement[bool]:
    return and_(streams.c.name >= first, streams.c.name < beyond)


def streams_named(connection: Connection, names: Collection[str]) -> dict[str, int]:
    """The numbers of the streams of these full names."""
    query = select(streams.c.name, streams.c.stream).where(streams.c.name.in_(names))
    return {row.name: row.stream for row in connection.execute(query)}


def stream_count(connection: Connection) -> int:
    """How many subjects have a name."""
    return connection.execute(select(func.count()).select_from(streams)).scalar_one()


def journal_rows(connection: Connection) -> Iterator[Row[Any]]:
    """Every event row in the order of positions, streamed."""
    query = select(events).order_by(events.c.position)
    yield from connection.execution_options(yield_per=_CHUNK).execute(query)


def _decoded(connection: Connection, query: Select[Any]) -> list[Event]:
    return [decode(state, at, nth) for at, nth, state in connection.execute(query)]
