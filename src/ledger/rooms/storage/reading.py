"""Reading the journal: events by position, id or subject, and positions by time."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import groupby
from operator import attrgetter
from typing import Any, TypeVar

import msgspec
from sqlalchemy import (
    BigInteger,
    ColumnElement,
    LargeBinary,
    Select,
    Table,
    and_,
    bindparam,
    cast,
    func,
    select,
)
from sqlalchemy import Connection as Connection  # what the verbs call a reading
from sqlalchemy import Row as Row

from ledger.rooms.storage.journal import LAST, REFORMS, made_position
from ledger.rooms.storage.mapper import decode
from ledger.rooms.storage.tables import (
    CLASSES,
    FACTS_OF_ORGAN,
    FACTS_SUPERSEDED,
    LASTED,
    ORGANS,
    SUCCESSIONS,
    events,
    facts,
    head,
    tiles,
)
from ledger.words.events import Event

T = TypeVar("T", int, str)

_COLUMNS = (events.c.position, events.c.version, events.c.state)
_CHUNK = 5000
_PAGE = 2048  # events: more would not stay in the processor's cache


def last_position(connection: Connection) -> int:
    """The position of the newest event, 0 in an empty journal."""
    return connection.execute(select(head.c.position)).scalar_one()


def last_reform(connection: Connection) -> int:
    """The last event that may have changed which organ succeeds which, 0 where there is none."""
    query = select(func.max(events.c.position)).where(
        _between("organ:", "organ;"), events.c.type.in_(REFORMS)
    )
    return connection.execute(query).scalar() or 0


def noted_reform(connection: Connection) -> int:
    """The same as the journal's head has it, which is what writers go by."""
    return connection.execute(select(head.c.reformed)).scalar_one()


def last_time(connection: Connection) -> int:
    """The recording time of the newest event, in microseconds; 0 in an empty journal."""
    newest = events.c.position == select(func.max(events.c.position)).scalar_subquery()
    return connection.execute(select(events.c.recorded_at).where(newest)).scalar() or 0


def noted_time(connection: Connection) -> int:
    """The same as the journal's head has it: no later event is recorded as of before it."""
    return connection.execute(select(head.c.recorded_at)).scalar_one()


def followed(connection: Connection) -> str:
    """The public keys of the ledger that this one is a copy of; empty where it is none."""
    return connection.execute(select(head.c.follows)).scalar_one() or ""


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
    query = select(*_COLUMNS).where(events.c.stream == name).order_by(events.c.version)
    return _decoded(connection, query)


def histories(connection: Connection, numbers: Collection[int]) -> dict[str, list[Event]]:
    """The events of subjects by their numbers, each history under the subject's full name."""
    first = events.alias("first")
    found: dict[str, list[Event]] = {}
    for chunk in chunks(numbers):
        names = select(first.c.stream).where(first.c.position.in_(chunk))
        query = select(events.c.stream, *_COLUMNS).where(events.c.stream.in_(names))
        for name, at, nth, state in connection.execute(query.order_by(events.c.version)):
            found.setdefault(name, []).append(decode(state, at, nth))
    return found


def histories_of(connection: Connection, kind: str) -> Iterator[list[Event]]:
    """The history of every subject of a kind, by their full names."""
    query = (
        select(*_COLUMNS)
        .where(_between(f"{kind}:", f"{kind};"))  # ";" is the byte after ":"
        .order_by(events.c.stream, events.c.version)
    )
    for _, history in groupby(_decoded(connection, query), key=attrgetter("originator_id")):
        yield list(history)


def names_like(connection: Connection, subject: str) -> list[str]:
    """The full names of the subjects that are written so, whichever organ they belong to."""
    below, above = f"{subject}@", f"{subject}A"  # "A" is the byte after "@"
    query = (
        select(events.c.stream)
        .where((events.c.stream == subject) | _between(below, above), events.c.version == 1)
        .order_by(events.c.stream)
    )
    return list(connection.execute(query).scalars())


def events_at(connection: Connection, positions: Collection[int]) -> dict[int, Event]:
    """The events at some positions."""
    found: dict[int, Event] = {}
    for chunk in chunks(positions):
        query = select(*_COLUMNS).where(events.c.position.in_(chunk))
        found |= {event.position: event for event in _decoded(connection, query)}
    return found


def states_of(connection: Connection, names: Collection[str], position: int) -> dict[int, bytes]:
    """The stored bytes of the events of subjects, named in full, as far as a position."""
    found: dict[int, bytes] = {}
    for chunk in chunks(names):
        query = select(events.c.position, events.c.state).where(events.c.stream.in_(chunk))
        found |= dict(connection.execute(query.where(events.c.position <= position)).tuples().all())
    return found


def states_at(connection: Connection, positions: Collection[int]) -> dict[int, bytes]:
    """The stored bytes of the events at some positions."""
    found: dict[int, bytes] = {}
    for chunk in chunks(positions):
        query = select(events.c.position, events.c.state).where(events.c.position.in_(chunk))
        found |= dict(connection.execute(query).tuples().all())
    return found


def event_by(connection: Connection, id_or_position: str) -> Event | None:
    """The event of this id or, written as a number, at this position."""
    position = made_position(id_or_position)
    if position is None and id_or_position.isdecimal():
        position = int(id_or_position)
    found = _decoded(connection, select(*_COLUMNS).where(events.c.id == id_or_position))
    if not found and position is not None and position <= last_position(connection):
        found = list(events_at(connection, [position]).values())
    return found[0] if found else None


def organs(connection: Connection) -> dict[str, int]:
    """The number of each registered organ, by its code."""
    query = select(events.c.stream, events.c.position).where(ORGANS)
    return {row.stream.removeprefix("organ:"): row.position for row in connection.execute(query)}


def organ_number(connection: Connection, code: str) -> dict[str, int]:
    """The number of one organ by its code; empty where it is not registered."""
    query = select(events.c.position).where(
        events.c.stream == f"organ:{code}", events.c.version == 1
    )
    number = connection.execute(query).scalar()
    return {} if number is None else {code: number}


def succeeded_organs(connection: Connection) -> dict[str, list[Event]]:
    """The histories of the organs that were ever succeeded, by their codes."""
    succeeded = select(events.c.stream).where(SUCCESSIONS)
    query = (
        select(*_COLUMNS)
        .where(events.c.stream.in_(succeeded))
        .order_by(events.c.stream, events.c.version)
    )
    found: dict[str, list[Event]] = {}
    for event in _decoded(connection, query):
        found.setdefault(event.organ, []).append(event)
    return found


def histories_citing(
    connection: Connection, position: int, organs: Collection[int]
) -> list[list[Event]]:
    """The histories of subjects with facts of some organs, now or before, that name an event."""
    cited = facts.c.evidence.like(f"%{position}%")
    subjects: set[int] = set()
    # The index of what was superseded begins with its class: all of them are named.
    superseded = and_(facts.c.known_until.is_not(None), LASTED.in_(CLASSES))
    for index, state in (
        (FACTS_OF_ORGAN, facts.c.known_until.is_(None)),
        (FACTS_SUPERSEDED, superseded),
    ):
        query = (
            select(facts.c.subject)
            .distinct()
            .with_hint(facts, f"INDEXED BY {index.name}", "sqlite")
            .where(facts.c.organ.in_(organs), state, cited)
        )
        subjects.update(connection.execute(query).scalars())
    return list(histories(connection, subjects).values())


def changes_of_organs(connection: Connection, after: int, last: int) -> list[Event]:
    """What was recorded of organs between two positions, beyond their registration."""
    query = (
        select(*_COLUMNS)
        .where(_between("organ:", "organ;"), events.c.version > 1)
        .where(events.c.position.between(after + 1, last))
        .order_by(events.c.position)
    )
    return _decoded(connection, query)


def subjects_of(connection: Connection, numbers: Collection[int]) -> dict[int, str]:
    """The full names of subjects by their numbers."""
    found: dict[int, str] = {}
    for chunk in chunks(numbers):
        query = select(events.c.position, events.c.stream).where(events.c.position.in_(chunk))
        found |= {row.position: row.stream for row in connection.execute(query)}
    return found


def _between(first: str, beyond: str) -> ColumnElement[bool]:
    return and_(events.c.stream >= first, events.c.stream < beyond)


class Page(msgspec.Struct, frozen=True):
    """Events one behind the other, and the tiles that filled among them."""

    positions: Sequence[int]
    events: Sequence[tuple[int, bytes]]
    """Recording time, and bytes."""
    tiles: dict[int, bytes]


def log(connection: Connection, since: int = -LAST) -> Iterator[Page]:
    """Every event from a position on, in order, some thousands at once; memory stays bounded."""
    # The driver's own rows and statements: wrapping them would cost as much as hashing the events.
    cursor = connection.connection.cursor()
    positions, told, hashes = (_between_positions(connection, read) for read in _LOG)
    first = _position_from(connection, since)
    while first is not None:
        within = first, first + _PAGE - 1
        cursor.execute(told, within)
        rows = cursor.fetchall()
        cursor.execute(hashes, within)
        filled = dict(cursor.fetchall())
        if len(rows) == _PAGE:
            yield Page(range(first, first + _PAGE), rows, filled)
            first += _PAGE
        else:
            cursor.execute(positions, within)
            yield Page([position for (position,) in cursor.fetchall()], rows, filled)
            first = _position_from(connection, first + _PAGE)
    cursor.close()


# SQLite keeps what it is given: whoever writes a text where bytes belong must not stop a verification.
_LOG = (
    (events, (events.c.position,)),
    (events, (cast(events.c.recorded_at, BigInteger), cast(events.c.state, LargeBinary))),
    (tiles, (tiles.c.position, cast(tiles.c.hashes, LargeBinary))),
)


def _between_positions(
    connection: Connection, read: tuple[Table, tuple[ColumnElement[Any], ...]]
) -> str:
    table, columns = read
    position = table.c.position
    first, last = (bindparam(name, type_=BigInteger) for name in ("first", "last"))
    query = select(*columns).where(position >= first, position <= last).order_by(position)
    return str(query.compile(dialect=connection.dialect))


def _position_from(connection: Connection, first: int) -> int | None:
    query = select(func.min(events.c.position)).where(events.c.position >= first)
    return connection.execute(query).scalar()


def chunks(numbers: Collection[T]) -> Iterator[list[T]]:
    """In ascending order, some thousands at once: what a database takes in one statement."""
    wanted = sorted(numbers)
    for begin in range(0, len(wanted), _CHUNK):
        yield wanted[begin : begin + _CHUNK]


def _decoded(connection: Connection, query: Select[Any]) -> list[Event]:
    return [decode(state, at, nth) for at, nth, state in connection.execute(query)]
