"""The keys of applicants' data: a file of its own, in which a deleted key leaves nothing behind.

SQLite alone: on a server, deleted rows live on in pages and logs that the ledger cannot reach.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    LargeBinary,
    MetaData,
    Table,
    Text,
    delete,
    event,
    insert,
    select,
)

from ledger.rooms.storage.database import BUSY_SECONDS, open_engine
from ledger.words.problems import Problem, Refusal

_metadata = MetaData()

_keys = Table(
    "keys",
    _metadata,
    Column("id", LargeBinary, primary_key=True),
    Column("organ", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("wrapped", LargeBinary, nullable=False),
)


class KeyFile:
    """The wrapped keys, each of one subject at one organ."""

    def __init__(self, path: Path) -> None:
        if not path.exists():
            path.touch(mode=0o600)
        self._path = path
        self._engine = open_engine(f"sqlite:///{path}")
        event.listen(self._engine, "connect", _overwrite_deleted)
        with self._writing() as connection:
            _metadata.create_all(connection)

    def put(self, id_: bytes, organ: str, subject: str, wrapped: bytes) -> None:
        """Keeps a key."""
        row = {"id": id_, "organ": organ, "subject": subject, "wrapped": wrapped}
        with self._writing() as connection:
            connection.execute(insert(_keys), row)

    def find(self, id_: bytes) -> bytes | None:
        """A wrapped key."""
        with self._engine.begin() as connection:
            return connection.execute(select(_keys.c.wrapped).where(_keys.c.id == id_)).scalar()

    def destroy(self, organ: str, subject: str, only: bytes | None = None) -> None:
        """Deletes the keys of a subject, or one of them, and their bytes from the file and its log.

        Raises Refusal where others keep the log from being emptied; then it is to be done again.
        """
        query = delete(_keys).where(_keys.c.organ == organ, _keys.c.subject == subject)
        if only is not None:
            query = query.where(_keys.c.id == only)
        with self._writing() as connection:
            connection.execute(query)
        self._empty_log()

    def close(self) -> None:
        """Gives every connection back."""
        self._engine.dispose()

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        options = {"immediate": True}
        with self._engine.connect().execution_options(**options) as connection, connection.begin():
            yield connection

    def _empty_log(self) -> None:
        until = time.monotonic() + BUSY_SECONDS
        raw = self._engine.raw_connection()
        try:
            while raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
                if time.monotonic() > until:
                    raise Refusal(Problem("vault-busy", params={"path": str(self._path)}))
                time.sleep(0.05)
        finally:
            raw.close()


def _overwrite_deleted(connection: Any, _record: Any) -> None:
    connection.execute("PRAGMA secure_delete=ON")
