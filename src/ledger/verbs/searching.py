"""Searching the journal: the events that answer to a filter, page by page or all one by one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import islice

import msgspec

from ledger.rooms.storage import reading
from ledger.rooms.storage.reading import Connection
from ledger.rooms.storage.searching import Reach, events_within
from ledger.rooms.subjects.organ import below
from ledger.verbs.recording import today
from ledger.verbs.reporting import moment_of, position_of, tree_on
from ledger.words.events import Event
from ledger.words.problems import Problem, Refusal


class Filter(msgspec.Struct, frozen=True):
    """Which events are wanted, as they were recorded; what is empty or None narrows nothing down."""

    types: tuple[str, ...] = ()
    organs: frozenset[str] = frozenset()
    """Their codes; none for every organ."""
    subject: str = ""
    """`application:2020-0001`, with `@organ` if need be; `application:2020-*` for all that begin so."""
    since: date | None = None
    until: date | None = None
    """Days on which it happened, both included."""
    first: int = 1
    last: int | None = None
    """Positions, both included; None for the newest."""
    by: str = ""
    text: str = ""
    """Stands in its subject, its id, what it says or its source, in capitals or not."""

    def holds(self, event: Event) -> bool:
        """Whether an event is wanted, by what only the event itself tells."""
        day = event.occurred_on
        return (
            (not self.organs or event.organ in self.organs)
            and (self.since is None or self.since <= day)
            and (self.until is None or day <= self.until)
            and (not self.by or self.by == event.recorded_by)
            and (not self.text or self._is_named(event))
        )

    def _is_named(self, event: Event) -> bool:
        wanted = self.text.casefold()
        told = (event.subject, event.id, *_texts(event.data), *(event.source or {}).values())
        return any(wanted in text.casefold() for text in told)


def events(
    connection: Connection,
    wanted: Filter,
    after: int | None = None,
    limit: int | None = 50,
    *,
    newest_first: bool = False,
) -> list[Event]:
    """A page of the events wanted: `limit` at most, beyond the position that the last page ended at."""
    return list(islice(all_events(connection, wanted, after, newest_first=newest_first), limit))


def all_events(
    connection: Connection,
    wanted: Filter,
    after: int | None = None,
    *,
    newest_first: bool = False,
) -> Iterator[Event]:
    """Every event wanted, one by one: they need not fit into memory."""
    first = wanted.first
    last = reading.last_position(connection) if wanted.last is None else wanted.last
    if after is not None:
        first, last = (
            (first, min(last, after - 1)) if newest_first else (max(first, after + 1), last)
        )
    reach = Reach(first, last, wanted.types, wanted.subject)
    found = events_within(connection, reach, newest_first=newest_first)
    return (event for event in found if wanted.holds(event))


def organs_asked(
    connection: Connection, organ: str | None, *, with_below: bool = False
) -> frozenset[str]:
    """The codes of an organ and, if wanted, of those below it today; raises Refusal."""
    if organ is None:
        return frozenset()
    tree = tree_on(connection, today(), reading.last_position(connection))
    if organ not in tree:
        params = {"organ": organ, "organs": ", ".join(sorted(tree)) or "—"}
        raise Refusal(Problem("no-such-organ", params=params))
    return frozenset(below(tree, organ) if with_below else (organ,))


def first_recorded(connection: Connection, text: str | None) -> int:
    """The first position from a position or a time on, a day from its beginning; raises Refusal."""
    if text is None:
        return 1
    if text.isdecimal() and len(text) != 8:
        return int(text)
    return reading.position_at(connection, _before(text)) + 1


def last_recorded(connection: Connection, text: str | None) -> int | None:
    """The last position until a position or a time, a day to its end; raises Refusal."""
    return None if text is None else position_of(connection, text)


def _before(text: str) -> int:
    """The last microsecond before a time, or before a day begins."""
    end = moment_of(text)
    one_day = timedelta(days=1) // timedelta(microseconds=1)
    return end - (one_day if len(text) <= 10 else 1)


def _texts(value: object) -> Iterable[str]:
    match value:
        case dict():
            for part in value.values():
                yield from _texts(part)
        case list():
            for part in value:
                yield from _texts(part)
        case _:
            yield str(value)
