"""Searching the journal: its events in the order of recording, or the newest first."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
from sqlalchemy import Select, and_, or_, select

from ledger.rooms.storage.mapper import decode
from ledger.rooms.storage.reading import Connection
from ledger.rooms.storage.tables import events
from ledger.words.events import Event

_PAGE = 2000
"""Events in memory at once."""
_HIGHEST = "\U0010ffff"


class Reach(msgspec.Struct, frozen=True):
    """Which part of the journal is searched: what the database itself can tell apart."""

    first: int
    last: int
    """Positions, both included."""
    types: tuple[str, ...] = ()
    """Empty for all."""
    subject: str = ""
    """As it is written, with or without its organ; what ends in `*` means all that begin so."""


def events_within(
    connection: Connection, reach: Reach, *, newest_first: bool = False
) -> Iterator[Event]:
    """The events of a part of the journal, however many: memory stays bounded."""
    first, last = reach.first, reach.last
    position = events.c.position
    query = select(position, events.c.version, events.c.state).limit(_PAGE)
    query = query.order_by(position.desc() if newest_first else position)
    if reach.types:
        query = query.where(events.c.type.in_(reach.types))
    if reach.subject:
        query = query.where(position.in_(_positions(reach)))
    while first <= last:
        page = connection.execute(query.where(position.between(first, last))).all()
        for at, nth, state in page:
            yield decode(state, at, nth)
        if len(page) < _PAGE:
            return
        first, last = (first, at - 1) if newest_first else (at + 1, last)


def _positions(reach: Reach) -> Select[tuple[int]]:
    # Asked for by itself: SQLite would walk the whole journal in its order to find a single name.
    named = events.alias("named")
    name = named.c.stream
    ranges = (and_(name >= first, name <= last) for first, last in _names(reach))
    return select(named.c.position).where(or_(*ranges))


def _names(reach: Reach) -> Iterator[tuple[str, str]]:
    """The full names that a subject as written may have, as ranges with both ends included."""
    if reach.subject.endswith("*"):
        yield reach.subject[:-1], f"{reach.subject[:-1]}{_HIGHEST}"
    else:
        yield reach.subject, reach.subject
        yield f"{reach.subject}@", f"{reach.subject}@{_HIGHEST}"
