"""The journal: events in commit order, appended in one transaction with the tree and the facts."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any, TypeVar
from uuid import UUID

from eventsourcing.persistence import (
    ApplicationRecorder,
    IntegrityError,
    Notification,
    StoredEvent,
    Subscription,
)
from sqlalchemy import Connection, Engine, func, select

from ledger.rooms.storage.edge import Edge
from ledger.rooms.storage.mapper import decode
from ledger.rooms.storage.statements import Statements, as_list
from ledger.rooms.storage.tables import events, head
from ledger.words.events import CORRECTED, SUCCEEDED, VOIDED, Event
from ledger.words.problems import Problem, Refusal
from ledger.words.trees import leaf_hashes

T = TypeVar("T")

FactRow = tuple[int, int, int, int | None, int, int, int, int, int, str]
"""subject, slot, known_from, known_until, organ, shape, since, until, quantity, evidence."""

EventRow = tuple[int, str, int, str | None, str, int, bytes]
"""position, stream, version, id (None where the ledger made it), type, recorded_at, state."""


class Known:
    """What a journal has seen of its database and need not ask again."""

    def __init__(self) -> None:
        self.shapes: dict[str, int] = {}
        self.organs: dict[str, int] = {}
        self.successions: tuple[int, Any] = (-1, None)
        """The position of the last reform that was seen, and what was made of it."""


class Writing:
    """One write transaction, alone in the journal from its first moment to its commit."""

    def __init__(
        self, connection: Any, statements: Statements, known: Known, *, following: bool = False
    ) -> None:
        self._following = following
        self.known_shapes, self.known_organs = known.shapes, known.organs
        """Seen before by this journal: neither is ever renumbered, so what is known stays true."""
        self._known = known
        self._cursor = connection.cursor()
        self._connection = connection
        self._sql = statements
        self._all_committed = True
        self._begin()

    def _begin(self) -> None:
        if self._sql.begin:
            self._cursor.execute(self._sql.begin)
        self._cursor.execute(self._sql.lock_head)
        row = self._cursor.fetchone()
        self.position, self.last_recorded_at, self._reformed, edge, self.follows = row
        if self.follows and not self._following:
            raise Refusal(Problem("follower-is-read-only"))
        self._edge = Edge(self.position, edge)
        # A clock that was set back must not make a later event look earlier.
        self.recorded_at = max(time.time_ns() // 1000, self.last_recorded_at)

    def found(self, ids: Iterable[str]) -> dict[str, Event]:
        """The events that exist with these ids, as they were recorded, whatever came to their type."""
        made = {id_: at for id_ in ids if 0 < (at := made_position(id_) or 0) <= LAST}
        given = [id_ for id_ in ids if id_ not in made]
        found: dict[str, Event] = {}
        for text, wanted in ((self._sql.find_given, given), (self._sql.find_at, made.values())):
            if wanted:
                self._cursor.execute(text, (as_list(wanted),))
                for _, at, nth, state in self._cursor.fetchall():
                    event = decode(bytes(state), at, nth, {})
                    found[event.id] = event
        return {id_: event for id_, event in found.items() if id_ in ids}

    def histories(self, names: Iterable[str]) -> dict[str, list[Event]]:
        """The events of the subjects of these full names, in order."""
        self._cursor.execute(self._sql.find_histories, (as_list(names),))
        return self._histories()

    def _histories(self) -> dict[str, list[Event]]:
        found: dict[str, list[Event]] = {}
        for name, position, version, state in self._cursor.fetchall():
            found.setdefault(name, []).append(decode(bytes(state), position, version))
        return found

    def successions(self, read: Callable[[Iterable[list[Event]]], T]) -> T:
        """What `read` makes of the histories of organs that were ever succeeded; kept until a reform."""
        reformed, made = self._known.successions
        if reformed != self._reformed:
            made = read(self._ever_succeeded())
            if self._all_committed:
                self._known.successions = self._reformed, made
        return made

    def _ever_succeeded(self) -> Iterable[list[Event]]:
        if not self._reformed:
            return ()
        self._cursor.execute(self._sql.find_succeeded)
        return self._histories().values()

    def held_by(self, organs: Iterable[int], evidence: int | None = None) -> set[str]:
        """The full names of subjects that have facts of some organs now, all or those by an event.

        Facts by another event whose position has the same digits in it may be among them.
        """
        cited = "%" if evidence is None else f"%{evidence}%"
        self._cursor.execute(self._sql.find_held, (as_list(organs), cited))
        return {name for (name,) in self._cursor.fetchall()}

    def shapes(self) -> dict[str, int]:
        """Every known shape and its number."""
        self._cursor.execute(self._sql.all_shapes)
        found = dict(self._cursor.fetchall())
        if self._all_committed:
            self.known_shapes.update(found)
        return found

    def append(
        self,
        event_rows: Sequence[EventRow],
        shape_rows: Sequence[tuple[int, str]] = (),
        superseded: Sequence[tuple[int, int, int]] = (),
        fact_rows: Sequence[FactRow] = (),
        *,
        commit: bool = True,
    ) -> None:
        """Adds events, and what they change: (known until, subject, slot) of facts, then new facts."""
        with self._pipeline():
            self._many(self._sql.add_events, event_rows)
            self._many(self._sql.add_tiles, self._grown(event_rows))
            self._revise(shape_rows, superseded, fact_rows)
            self.position, recorded_at = event_rows[-1][0], event_rows[-1][5]
            for row in event_rows:
                if row[4] in REFORMS and row[1].startswith("organ:"):
                    self._reformed = row[0]
            moved = (self.position, recorded_at, self._reformed, self._edge.packed())
            self._cursor.execute(self._sql.move_head, moved)
            self._all_committed = commit
            if commit:
                self._connection.commit()

    def _grown(self, event_rows: Sequence[EventRow]) -> list[tuple[int, bytes]]:
        """The tiles that fill when the tree grows by these events."""
        self._edge.filled = []
        self._edge.grow(leaf_hashes(row[-1] for row in event_rows))
        return self._edge.filled

    def revise(
        self,
        shape_rows: Sequence[tuple[int, str]],
        superseded: Sequence[tuple[int, int, int]],
        fact_rows: Sequence[FactRow],
    ) -> None:
        """Changes facts ahead of the events that change them, within the same transaction."""
        with self._pipeline():
            self._revise(shape_rows, superseded, fact_rows)

    def _revise(
        self,
        shape_rows: Sequence[tuple[int, str]],
        superseded: Sequence[tuple[int, int, int]],
        fact_rows: Sequence[FactRow],
    ) -> None:
        self._many(self._sql.add_shapes, shape_rows)
        self._many(self._sql.supersede, superseded)
        self._many(self._sql.add_facts, fact_rows)

    def root(self) -> bytes:
        """The root of the tree over all that was appended."""
        return self._edge.root()

    def follow(self, keys: str) -> None:
        """Makes this ledger the copy of the one that has these keys."""
        self._cursor.execute(self._sql.follow, (keys,))

    def keep(self, size: int, text: str, lines: Iterable[str]) -> None:
        """Stores a checkpoint of a size that has none yet, with its signatures."""
        self._cursor.execute(self._sql.add_checkpoint, (size, text))
        self._many(self._sql.add_signatures, [(size, line) for line in dict.fromkeys(lines)])

    def commit(self) -> None:
        """Makes durable what was appended, and begins anew."""
        self._connection.commit()
        self._all_committed = True
        self._begin()

    def _pipeline(self) -> AbstractContextManager[Any]:
        # psycopg sends what stands within a pipeline in one go; SQLite needs no such thing.
        return getattr(self._connection, "pipeline", nullcontext)()

    def _many(self, text: str, rows: Sequence[tuple[Any, ...]]) -> None:
        if len(rows) == 1:
            self._cursor.execute(text, rows[0])
        elif rows:
            self._cursor.executemany(text, rows)


REFORMS = (SUCCEEDED, CORRECTED, VOIDED)
"""The types of events that may change which organ succeeds which, where their subject is an organ."""


def made_id(position: int) -> str:
    """The id of an event that was given none: it tells the position."""
    return f"event-{position}"


def made_position(id_: str) -> int | None:
    """The position that an id made by the ledger tells, None for one that was given."""
    number = id_.removeprefix("event-")
    return int(number) if number.isdecimal() and made_id(int(number)) == id_ else None


LAST = 2**63 - 1
"""The last position that a database could give."""


class Journal(ApplicationRecorder):
    """The eventsourcing library's recorder over SQLAlchemy, on SQLite and PostgreSQL alike."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.statements = Statements(engine.dialect)
        self._known = Known()

    @contextmanager
    def writing(self, *, following: bool = False) -> Iterator[Writing]:
        """A write transaction; without `append` nothing is changed.

        Raises Refusal on the copy of another ledger, which is only written to by `following` that.
        """
        pooled = self.engine.raw_connection()
        try:
            connection = pooled.driver_connection
            try:
                yield Writing(connection, self.statements, self._known, following=following)
            finally:
                connection.rollback()  # type: ignore[union-attr]
        finally:
            pooled.close()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection on which every statement sees the journal as it was at the first."""
        with self.engine.connect() as connection:
            if self.engine.dialect.name == "postgresql":
                connection = connection.execution_options(isolation_level="REPEATABLE READ")
            yield connection

    @contextmanager
    def exclusively(self) -> Iterator[Connection]:
        """A write transaction through SQLAlchemy, alone in the journal; commits at its end."""
        options = {"immediate": True}
        with self.engine.connect().execution_options(**options) as connection, connection.begin():
            connection.execute(select(head.c.position).with_for_update())
            yield connection

    def insert_events(self, stored_events: Sequence[StoredEvent], **_: Any) -> Sequence[int]:
        """Appends events that carry no facts; raises IntegrityError where a version exists already."""
        if not stored_events:
            return []
        dbapi_error = self.engine.dialect.loaded_dbapi.IntegrityError
        try:
            with self.writing() as writing:
                rows: list[EventRow] = [
                    (
                        at,
                        str(event.originator_id),
                        event.originator_version,
                        None,
                        event.topic,
                        writing.recorded_at,
                        event.state,
                    )
                    for at, event in enumerate(stored_events, writing.position + 1)
                ]
                writing.append(rows)
                return [row[0] for row in rows]
        except dbapi_error as error:
            raise IntegrityError(error) from error

    def select_events(
        self,
        originator_id: UUID | str,
        *,
        gt: int | None = None,
        lte: int | None = None,
        desc: bool = False,
        limit: int | None = None,
    ) -> Sequence[StoredEvent]:
        """The events of one subject by version."""
        version = events.c.version
        query = (
            select(events.c.position, version, events.c.type, events.c.state)
            .where(events.c.stream == str(originator_id))
            .order_by(version.desc() if desc else version)
            .limit(limit)
        )
        if gt is not None:
            query = query.where(version > gt)
        if lte is not None:
            query = query.where(version <= lte)
        with self.engine.connect() as connection:
            rows = connection.execute(query).all()
        return [Notification(originator_id, nth, kind, state, at) for at, nth, kind, state in rows]

    def select_notifications(
        self,
        start: int | None,
        limit: int,
        stop: int | None = None,
        topics: Sequence[str] = (),
        *,
        inclusive_of_start: bool = True,
    ) -> Sequence[Notification]:
        """Events in the order of their positions, `limit` at most."""
        at = events.c.position
        query = (
            select(events.c.stream, events.c.version, events.c.type, events.c.state, at)
            .order_by(at)
            .limit(limit)
        )
        if start is not None:
            query = query.where(at >= start if inclusive_of_start else at > start)
        if stop is not None:
            query = query.where(at <= stop)
        if topics:
            query = query.where(events.c.type.in_(topics))
        with self.engine.connect() as connection:
            return [Notification(*row) for row in connection.execute(query)]

    def max_notification_id(self) -> int | None:
        """The last position, or None in an empty journal."""
        with self.engine.connect() as connection:
            return connection.execute(select(func.max(events.c.position))).scalar()

    def subscribe(
        self, gt: int | None = None, topics: Sequence[str] = ()
    ) -> Subscription[ApplicationRecorder]:
        """Follows the tail, on SQLite too, by asking again."""
        return Tail(self, gt, topics)


class Tail(Subscription[Journal]):
    """Events from a position on; waits for those that are yet to come."""

    PAUSE = 0.05
    """Seconds between two questions while nothing new comes."""

    def __init__(self, recorder: Journal, gt: int | None, topics: Sequence[str]) -> None:
        super().__init__(recorder, gt, topics)
        self._waiting: list[Notification] = []

    def __next__(self) -> Notification:
        while not self._has_been_stopped:
            if self._waiting:
                return self._waiting.pop()
            found = self._recorder.select_notifications(
                self._last_notification_id, 500, topics=self._topics, inclusive_of_start=False
            )
            if found:
                self._last_notification_id = found[-1].id
                self._waiting = list(reversed(found))
            else:
                time.sleep(self.PAUSE)
        raise StopIteration
