"""Opening the database of persons, and its transactions."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, text

from ledger.rooms.storage.database import open_engine
from ledger.rooms.storage.people.migrations import prepare

__all__ = ["Connection", "Store", "open_store"]

_LOCK = 0x77726974696E67  # "writing"


class Store:
    """A database of persons; several processes may hold it at once."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def reading(self) -> AbstractContextManager[Connection]:
        """A transaction that reads."""
        return self._engine.begin()

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that writes, alone from its first moment: what it reads stays so."""
        options = {"immediate": True}
        with self._engine.connect().execution_options(**options) as connection, connection.begin():
            if connection.dialect.name == "postgresql":
                connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
            yield connection

    def close(self) -> None:
        """Gives every connection back."""
        self._engine.dispose()


def open_store(url: str) -> Store:
    """The database of persons at a URL, made where there is none; raises Refusal."""
    engine = open_engine(url)
    if engine.dialect.name == "sqlite" and engine.url.database:
        Path(engine.url.database).touch(mode=0o600)  # SQLite gives its log the mode of its file
    prepare(engine)
    return Store(engine)
