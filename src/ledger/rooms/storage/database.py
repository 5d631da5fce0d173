"""Opening a database so that an acknowledged event survives a power cut."""

from __future__ import annotations

import sqlite3
import time
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import Connection, Engine, FromClause, create_engine, event
from sqlalchemy.dialects.sqlite.base import SQLiteCompiler
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from ledger.words.problems import Problem, Refusal

BUSY_SECONDS = 60
"""How long a writer waits for another: SQLite's lock is not fair, and imports hold it for a while."""


def open_engine(url: str) -> Engine:
    """An engine for a SQLAlchemy URL of SQLite or PostgreSQL; raises Refusal for any other."""
    target = _read(url)
    if target.get_backend_name() == "sqlite":
        engine = create_engine(
            target, connect_args={"timeout": BUSY_SECONDS}, pool_reset_on_return=None
        )
        engine.dialect.statement_compiler = _WithIndexHints
        event.listen(engine, "connect", _durable_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    # Positional parameters keep the hot statements the same tuples on both databases.
    return create_engine(target, paramstyle="format", pool_pre_ping=True)


def shown(engine: Engine) -> str:
    """The address of a database without its password."""
    return engine.url.render_as_string(hide_password=True)


def beside(url: str, suffix: str) -> Path:
    """Where what belongs to a ledger lies, if nobody says: beside its file, else in this folder."""
    target = _read(url)
    if target.get_backend_name() == "sqlite" and target.database:
        return Path(target.database).with_suffix(suffix)
    return Path("ledger").with_suffix(suffix)


def people_url(url: str) -> str:
    """Where the users of a ledger are kept, if nobody says: a file of its own, or the same server."""
    target = _read(url)
    if target.get_backend_name() == "sqlite" and target.database:
        target = target.set(database=str(Path(target.database).with_suffix(".people.db")))
    return target.render_as_string(hide_password=False)


def failure_of(error: BaseException) -> Problem | None:
    """A database's own refusal (locked, read-only, full, out of reach) as a problem; None for a bug."""
    told = error.orig if isinstance(error, DBAPIError) else error
    if not isinstance(told, (sqlite3.Error, psycopg.Error)):
        return None
    if isinstance(told, (sqlite3.ProgrammingError, psycopg.ProgrammingError)):
        return None
    detail = next(iter(str(told).splitlines()), type(told).__name__)
    return Problem("database-failed", params={"detail": detail})


def _read(url: str) -> URL:
    try:
        target = make_url(url)
        name = target.get_backend_name()
        if name == "postgresql":
            return target.set(drivername="postgresql+psycopg")
        if name == "sqlite" and target.get_driver_name() == "pysqlite":
            return target
    except (ArgumentError, NoSuchModuleError):
        pass
    raise Refusal(Problem("unknown-database", params={"url": _without_password(url)}))


def _without_password(url: str) -> str:
    try:
        return make_url(url).render_as_string(hide_password=True)
    except ArgumentError:
        return url


class _WithIndexHints(SQLiteCompiler):
    """SQLAlchemy takes hints for SQLite and then drops them; this one writes INDEXED BY."""

    def get_from_hint_text(self, _table: FromClause, text: str | None) -> str | None:
        return text


def _durable_sqlite(connection: Any, _record: Any) -> None:
    # The driver's own transactions begin deferred, and a deferred one that turns to writing after
    # another commit fails at once, whatever the timeout. So this module begins them itself.
    connection.isolation_level = None
    _write_ahead(connection)
    for pragma in (
        "synchronous=FULL",
        "recursive_triggers=ON",
        "cache_size=-65536",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _write_ahead(connection: Any) -> None:
    """Turns to WAL; SQLite does not wait here while another is just making the file, so this does."""
    until = time.monotonic() + BUSY_SECONDS
    while connection.execute("PRAGMA journal_mode").fetchone() != ("wal",):
        try:
            connection.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError:
            if time.monotonic() > until:
                raise
            time.sleep(0.02)


def _begin_sqlite(connection: Connection) -> None:
    immediate = connection.get_execution_options().get("immediate")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")
