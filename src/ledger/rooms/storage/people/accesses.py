"""The access log: who read or took out what is not public."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import msgspec
from sqlalchemy import Connection, delete, insert, select

from ledger.rooms.storage.people.tables import accesses


class Access(msgspec.Struct, frozen=True):
    """One line of the access log."""

    at: int
    """UTC, microseconds since 1970."""
    user_name: str
    token: str | None
    action: str
    what: str
    organ: str
    """Empty where it is of no single organ."""
    address: str


def add(connection: Connection, lines: Sequence[Access]) -> None:
    """Writes lines, in order."""
    connection.execute(insert(accesses), [msgspec.structs.asdict(line) for line in lines])


def newest(
    connection: Connection,
    organs: Collection[str] | None,
    *,
    before: int | None = None,
    user: str | None = None,
    limit: int = 100,
) -> list[tuple[int, Access]]:
    """Lines with their numbers, the newest first: of some organs (None: all), below a number."""
    columns = [accesses.c[name] for name in Access.__struct_fields__]
    query = select(accesses.c.id, *columns).order_by(accesses.c.id.desc()).limit(limit)
    if organs is not None:
        query = query.where(accesses.c.organ.in_(organs))
    if before is not None:
        query = query.where(accesses.c.id < before)
    if user is not None:
        query = query.where(accesses.c.user_name == user)
    return [(row[0], Access(*row[1:])) for row in connection.execute(query)]


def sweep(connection: Connection, before: int) -> None:
    """Deletes the lines of before a time."""
    connection.execute(delete(accesses).where(accesses.c.at < before))
