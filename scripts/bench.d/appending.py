"""How fast events are recorded, beside bare inserts of bytes of the same size."""

from __future__ import annotations

import sqlite3
import uuid
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import psycopg
from databases import Databases, libpq
from dataset import ORGANS, Chances, draft, registrations
from measuring import Contestant, Measure, in_turns, say

from ledger.rooms.definitions.schemas import Definitions
from ledger.rooms.storage.journal import Journal
from ledger.verbs.opening import open_journal
from ledger.verbs.recording import record

SINGLE, ROUNDS = 200, 25
BATCH, BATCHES = 1000, 50
SHARE_OF_SINGLE = {"sqlite": 0.60, "postgresql": 0.55}
SHARE_OF_BATCH = 0.30

Draft = dict[str, Any]


class Bare:
    """Inserts of stored events and nothing else: one table, unique by originator and version."""

    def __init__(self, where: Databases) -> None:
        self.connection, self._insert = (
            _bare_sqlite(where) if where.kind == "sqlite" else _bare_postgresql(where)
        )

    def singly(self, rounds: list[list[Any]]) -> Contestant:
        """One commit for each event."""
        waiting, execute, insert = iter(rounds), self.connection.execute, self._insert

        def contestant() -> int:
            rows = next(waiting)
            for row in rows:
                execute(insert, row)
            return len(rows)

        return contestant

    def together(self, rounds: list[list[Any]]) -> Contestant:
        """One commit for a batch."""
        waiting, cursor = iter(rounds), self.connection.cursor()

        def contestant() -> int:
            rows = next(waiting)
            cursor.execute("BEGIN")
            cursor.executemany(self._insert, rows)
            cursor.execute("COMMIT")
            return len(rows)

        return contestant


def _bare_sqlite(where: Databases) -> tuple[Any, str]:
    path = where.new().removeprefix("sqlite:///")
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute(
        "CREATE TABLE stored_events (position INTEGER PRIMARY KEY, originator_id TEXT NOT NULL,"
        " originator_version INTEGER NOT NULL, topic TEXT NOT NULL, state BLOB NOT NULL,"
        " UNIQUE (originator_id, originator_version))"
    )
    return connection, "INSERT INTO stored_events VALUES (NULL, ?, ?, ?, ?)"


def _bare_postgresql(where: Databases) -> tuple[Any, str]:
    connection = psycopg.connect(libpq(where.new()), autocommit=True, prepare_threshold=0)
    connection.execute(
        "CREATE TABLE stored_events (position BIGSERIAL PRIMARY KEY, originator_id UUID NOT NULL,"
        " originator_version INTEGER NOT NULL, topic TEXT NOT NULL, state BYTEA NOT NULL,"
        " UNIQUE (originator_id, originator_version))"
    )
    columns = "originator_id, originator_version, topic, state"
    return connection, f"INSERT INTO stored_events ({columns}) VALUES (%s, %s, %s, %s)"


class Ours:
    """A new ledger with its organs, and applications to record."""

    def __init__(self, where: Databases, definitions: Definitions) -> None:
        self.journal: Journal = open_journal(where.new(), create=True)
        self.definitions = definitions
        record(self.journal, definitions, registrations(), "bench")
        self._chances = Chances(definitions)
        self._told = self._applications()

    def applications(self, rounds: int, size: int) -> list[list[Draft]]:
        """Rounds of drafts, each of a new application."""
        return [[next(self._told) for _ in range(size)] for _ in range(rounds)]

    def decisions(self, applications: list[list[Draft]]) -> list[list[Draft]]:
        """The rounds of drafts that decide these applications."""
        return [[self._decision(received) for received in of_round] for of_round in applications]

    def singly(self, rounds: list[list[Draft]]) -> Contestant:
        """One transaction for each event."""
        waiting = iter(rounds)

        def contestant() -> int:
            drafts = next(waiting)
            for each in drafts:
                record(self.journal, self.definitions, [each], "bench")
            return len(drafts)

        return contestant

    def together(self, rounds: list[list[Draft]]) -> Contestant:
        """One transaction for a batch."""
        waiting = iter(rounds)

        def contestant() -> int:
            drafts = next(waiting)
            record(self.journal, self.definitions, drafts, "bench")
            return len(drafts)

        return contestant

    def stored(self) -> list[bytes]:
        """The bytes of the newest events, so that the bare inserts carry as many."""
        found = self.journal.select_notifications(len(ORGANS) + 1, 100)
        return [each.state for each in found]

    def _applications(self) -> Iterator[Draft]:
        number = 0
        while True:
            for nth in range(3650):
                number += 1
                on = date(2015, 1, 1) + timedelta(days=nth)
                yield draft(self._chances.received(self._chances.organ(), number, on))

    def _decision(self, received: Draft) -> Draft:
        on = date.fromisoformat(received["occurred_on"]) + timedelta(days=15)
        while True:
            found = self._chances.handled(received["organ"], received["subject"], on)
            if found[0] == "application.decided":
                return draft(found)


def bare_rows(where: Databases, states: list[bytes], rounds: int, size: int) -> list[list[Any]]:
    """Rounds of rows for the bare table, each of a new originator with a random id."""
    new = uuid.uuid4 if where.kind == "postgresql" else lambda: str(uuid.uuid4())
    return [
        [(new(), 1, "application.received", states[nth % len(states)]) for nth in range(size)]
        for _ in range(rounds)
    ]


def append(where: Databases, definitions: Definitions) -> Iterator[Measure]:
    """Single durable appends: the first event of an application, then the second."""
    say(f"{where.kind}: single appends")
    ours, bare = Ours(where, definitions), Bare(where)
    received = ours.applications(ROUNDS + 1, SINGLE)
    first = ours.applications(1, 200)[0]
    ours.singly([first])()
    states = ours.stored()
    for what, drafts, target in (
        ("one event, durable: an application received", received, SHARE_OF_SINGLE[where.kind]),
        ("one event, durable: the same decided", ours.decisions(received), None),
    ):
        rows = bare_rows(where, states, ROUNDS + 1, SINGLE)
        found = in_turns({"floor": bare.singly(rows), "ours": ours.singly(drafts)}, ROUNDS)
        yield Measure(
            name="append",
            database=where.kind,
            what=what,
            unit="event",
            kind="share",
            ours=found["ours"],
            floor=found["floor"],
            floor_is="bare INSERT",
            target=target,
        )
    ours.journal.engine.dispose()
    bare.connection.close()


def batch(where: Databases, definitions: Definitions) -> Iterator[Measure]:
    """Durable batches: first events of applications, then second ones."""
    say(f"{where.kind}: batches of {BATCH}")
    ours, bare = Ours(where, definitions), Bare(where)
    ours.singly(ours.applications(1, 200))()
    states = ours.stored()
    received = ours.applications(BATCHES + 1, BATCH)
    target = SHARE_OF_BATCH if where.kind == "sqlite" else None
    for what, drafts, wanted in (
        (f"{BATCH} events a commit: applications received", received, target),
        (f"{BATCH} events a commit: the same decided", ours.decisions(received), None),
    ):
        rows = bare_rows(where, states, BATCHES + 1, BATCH)
        found = in_turns({"floor": bare.together(rows), "ours": ours.together(drafts)}, BATCHES)
        yield Measure(
            name="batch",
            database=where.kind,
            what=what,
            unit="event",
            kind="share",
            ours=found["ours"],
            floor=found["floor"],
            floor_is="bare executemany",
            target=wanted,
        )
    ours.journal.engine.dispose()
    bare.connection.close()
