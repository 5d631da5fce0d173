"""The versions of the tables of persons, by Alembic, beside those of the journal if need be."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

from ledger.rooms.storage.database import shown
from ledger.words.problems import Problem, Refusal

NEWEST = "0001"
"""The version that this software works with."""

VERSIONS = "people_version"
"""Alembic's table: on PostgreSQL the journal's own version stands in the same database."""

_LOCK = 0x70656F706C65  # "people"


def prepare(engine: Engine) -> None:
    """Makes or brings up the tables; raises Refusal where a newer software has made them."""
    with engine.connect() as connection:
        found = _version(connection)
    if found is not None and found > NEWEST:
        params = {"database": shown(engine), "found": found, "needed": NEWEST}
        raise Refusal(Problem("newer-ledger", params=params))
    if found != NEWEST:
        _migrate(engine)


def _migrate(engine: Engine) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    with engine.connect().execution_options(immediate=True) as connection, connection.begin():
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _version(connection: Connection) -> str | None:
    if not inspect(connection).has_table(VERSIONS):
        return None
    return connection.execute(text(f"SELECT version_num FROM {VERSIONS}")).scalar()
