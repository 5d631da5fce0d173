"""The versions of the tables, by Alembic. Workers never migrate: a person runs `ledger migrate`."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Engine

from ledger.rooms.storage.database import shown
from ledger.rooms.storage.upgrading import upgrade, version_in
from ledger.words.problems import Problem, Refusal

NEWEST = "0001"
"""The version that this software works with."""

_VERSIONS = "alembic_version"
_LOCK = 0x6C6564676572  # "ledger"


def version_of(engine: Engine) -> str | None:
    """The version of the tables in a database, None where there is no ledger."""
    with engine.connect() as connection:
        return version_in(connection, _VERSIONS)


def require(engine: Engine, *, create: bool = False) -> None:
    """Raises Refusal unless the tables are at NEWEST; makes them in a database without a ledger."""
    # Merely connecting to SQLite would leave an empty file behind.
    found = None if _no_file(engine) else version_of(engine)
    if found is None and create:
        migrate(engine)
    elif found is None:
        raise Refusal(Problem("no-ledger", params={"database": shown(engine)}))
    elif found != NEWEST:
        code = "older-ledger" if found < NEWEST else "newer-ledger"
        params = {"database": shown(engine), "found": found, "needed": NEWEST}
        raise Refusal(Problem(code, params=params))


def migrate(engine: Engine) -> None:
    """Brings the tables to NEWEST; alone, however many processes start at once."""
    upgrade(engine, Path(__file__).parent / "versions", _VERSIONS, _LOCK)


def _no_file(engine: Engine) -> bool:
    path = engine.url.database
    return engine.dialect.name == "sqlite" and bool(path) and not Path(str(path)).exists()
