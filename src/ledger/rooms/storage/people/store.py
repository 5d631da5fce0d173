"""Opening the database of persons, and its transactions."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager

from sqlalchemy import Connection, Engine

from ledger.rooms.storage.database import open_engine
from ledger.rooms.storage.people.migrations import prepare

__all__ = ["Connection", "Store", "open_store"]


class Store:
    """A database of persons; several processes may hold it at once."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def reading(self) -> AbstractContextManager[Connection]:
        """A transaction that reads."""
        return self._engine.begin()

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that writes; on SQLite alone from its first moment."""
        options = {"immediate": True}
        with self._engine.connect().execution_options(**options) as connection, connection.begin():
            yield connection

    def close(self) -> None:
        """Gives every connection back."""
        self._engine.dispose()


def open_store(url: str) -> Store:
    """The database of persons at a URL, made where there is none; raises Refusal."""
    engine = open_engine(url)
    prepare(engine)
    return Store(engine)
