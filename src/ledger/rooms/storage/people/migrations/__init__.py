"""The versions of the tables of persons, by Alembic, beside those of the journal if need be."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Engine

from ledger.rooms.storage.database import shown
from ledger.rooms.storage.upgrading import upgrade, version_in
from ledger.words.problems import Problem, Refusal

NEWEST = "0001"
"""The version that this software works with."""

VERSIONS = "people_version"
"""Alembic's table: on PostgreSQL the journal's own version stands in the same database."""

_LOCK = 0x70656F706C65  # "people"


def prepare(engine: Engine) -> None:
    """Makes or brings up the tables; raises Refusal where a newer software has made them."""
    with engine.connect() as connection:
        found = version_in(connection, VERSIONS)
    if found is not None and found > NEWEST:
        params = {"database": shown(engine), "found": found, "needed": NEWEST}
        raise Refusal(Problem("newer-ledger", params=params))
    if found != NEWEST:
        upgrade(engine, Path(__file__).parent / "versions", VERSIONS, _LOCK)
