"""Attempts to sign in, counted in the database so that every worker sees them."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection, delete, func, insert, select

from ledger.rooms.storage.people.tables import attempts


def take(connection: Connection, limits: Mapping[str, int], at: int, since: int) -> bool:
    """Notes an attempt of each source, unless one of them has used up its number since a time.

    It is noted before the password is looked at: those that run side by side count each other.
    """
    connection.execute(delete(attempts).where(attempts.c.at <= since))
    query = (
        select(attempts.c.source, func.count())
        .where(attempts.c.source.in_(list(limits)))
        .group_by(attempts.c.source)
    )
    counted: dict[str, int] = dict(connection.execute(query).tuples().all())
    if any(counted.get(source, 0) >= limit for source, limit in limits.items()):
        return False
    connection.execute(insert(attempts), [{"source": source, "at": at} for source in limits])
    return True


def forgive(connection: Connection, source: str, at: int | None = None) -> None:
    """Deletes the attempts of a source, all or those of one moment."""
    query = delete(attempts).where(attempts.c.source == source)
    connection.execute(query if at is None else query.where(attempts.c.at == at))
