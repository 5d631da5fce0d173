"""Empty databases to measure in: SQLite files, and a PostgreSQL server that waits for its disk."""

from __future__ import annotations

import multiprocessing
import os
import sys
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from sqlalchemy import make_url

sys.path.append(str(Path(__file__).parents[2] / "tests"))

import embedded_postgres


class Databases:
    """Gives addresses of new, empty databases of one kind."""

    def __init__(self, kind: str, folder: Path, server: str = "") -> None:
        self.kind = kind
        self.folder = folder
        self._server = server

    def new(self) -> str:
        """The address of an empty database."""
        name = f"bench_{uuid.uuid4().hex[:12]}"
        if self.kind == "sqlite":
            return f"sqlite:///{self.folder / name}.db"
        with psycopg.connect(libpq(self._server), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'")
        return make_url(self._server).set(database=name).render_as_string(hide_password=False)


@contextmanager
def databases(kind: str, durable: bool) -> Iterator[Databases]:
    """Databases of a kind, gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="ledger-bench-") as folder:
        if kind == "sqlite":
            yield Databases(kind, Path(folder))
        else:
            with _server(durable) as address:
                yield Databases(kind, Path(folder), address)


def libpq(address: str) -> str:
    """An address of SQLAlchemy as the driver reads it."""
    return make_url(address).set(drivername="postgresql").render_as_string(hide_password=False)


@contextmanager
def _server(durable: bool) -> Iterator[str]:
    """The server of the tests, but with its own settings: it flushes each commit to the disk."""
    folder = embedded_postgres.new_folder()
    spawn = multiprocessing.get_context("spawn")
    keeper = spawn.Process(target=_keep, args=(folder, os.getpid(), durable))
    keeper.start()
    try:
        embedded_postgres._wait(
            lambda: embedded_postgres._ready(folder) or not keeper.is_alive(),
            "PostgreSQL did not start in time",
        )
        assert keeper.is_alive(), "PostgreSQL did not start"
        yield f"postgresql+psycopg://postgres@/postgres?host={folder / 'data'}"
    finally:
        keeper.terminate()
        keeper.join()


def _keep(folder: Path, owner: int, durable: bool) -> None:
    os.setsid()
    if durable:
        embedded_postgres.SETTINGS.pop("fsync")
    sys.stdout = sys.stderr = (folder / "log").open("w")
    os.dup2(sys.stderr.fileno(), 1)
    os.dup2(sys.stderr.fileno(), 2)
    embedded_postgres._keep(folder, owner)
