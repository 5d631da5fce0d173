"""The access log: noted in memory, written in batches by a thread, so that no page waits for it."""

from __future__ import annotations

import atexit
from threading import Event, Lock, Thread

from ledger.rooms.storage.people import accesses
from ledger.rooms.storage.people.accesses import Access
from ledger.rooms.storage.people.store import Connection, Store

EVERY = 1.0
"""Seconds between batches: what a power cut can lose."""

MOST = 10_000
"""Lines held in memory; beyond it whoever adds one waits for the database, and fails with it."""


class AccessLog:
    """The lines of one process; older ones than `kept` microseconds, if given, are deleted."""

    def __init__(self, store: Store, kept: int | None) -> None:
        self._store, self._kept = store, kept
        self._lines: list[Access] = []
        self._guard, self._order = Lock(), Lock()
        self._ended = Event()
        self._thread: Thread | None = None
        self._swept = 0

    def add(self, line: Access) -> None:
        """Notes a line."""
        with self._guard:
            self._lines.append(line)
            full = len(self._lines) >= MOST
            if self._thread is None:
                self._begin()
        if full:
            self.flush()

    def flush(self) -> None:
        """Writes the lines noted so far; those that cannot be written stay noted."""
        with self._order:
            with self._guard:
                lines = self._lines[:]
            if not lines:
                return
            with self._store.writing() as connection:
                accesses.add(connection, lines)
                self._sweep(connection, lines[-1].at)
            with self._guard:
                del self._lines[: len(lines)]

    def close(self) -> None:
        """Writes what is left; nothing may be added afterwards."""
        self._ended.set()
        if self._thread is not None:
            self._thread.join()
            atexit.unregister(self.close)
        self.flush()

    def _sweep(self, connection: Connection, at: int) -> None:
        if self._kept is not None and at - self._swept > self._kept // 100:
            accesses.sweep(connection, at - self._kept)
            self._swept = at

    def _begin(self) -> None:
        self._thread = Thread(target=self._run, name="access-log", daemon=True)
        self._thread.start()
        atexit.register(self.close)

    def _run(self) -> None:
        from ledger.rooms.storage.database import failure_of

        while not self._ended.wait(EVERY):
            try:
                self.flush()
            except Exception as error:
                if failure_of(error) is None:
                    raise
