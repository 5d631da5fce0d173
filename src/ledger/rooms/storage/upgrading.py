"""Running the versions of a database's tables, by Alembic: on one connection, alone, whole or not at all."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

_ENTRY = Path(__file__).parent / "migrations"
"""The folder of Alembic's entry, which is the same for the versions of every database."""


def version_in(connection: Connection, table: str) -> str | None:
    """The version that Alembic's table names, None where there is no such table."""
    if not inspect(connection).has_table(table):
        return None
    return connection.execute(text(f"SELECT version_num FROM {table}")).scalar()


def upgrade(engine: Engine, versions: Path, table: str, lock: int) -> None:
    """Brings the tables to the newest of a folder of versions, however many processes start at once."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_ENTRY))
    config.set_main_option("version_locations", str(versions))
    config.set_main_option("path_separator", "newline")
    with engine.connect().execution_options(immediate=True) as connection, connection.begin():
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": lock})
        config.attributes |= {"connection": connection, "version_table": table}
        command.upgrade(config, "head")
