"""Sessions of those who signed in, kept by the digest of the cookie that they hold."""

from __future__ import annotations

from sqlalchemy import Connection, delete, insert, select, update

from ledger.rooms.storage.people.tables import sessions

Session = tuple[str, int, int]
"""User, when it began, when it was last seen (UTC, microseconds)."""


def begin(connection: Connection, digest: bytes, name: str, at: int) -> None:
    """Opens a session."""
    row = {"digest": digest, "user_name": name, "began_at": at, "seen_at": at}
    connection.execute(insert(sessions), row)


def find(connection: Connection, digest: bytes) -> Session | None:
    """A session, expired or not."""
    columns = sessions.c.user_name, sessions.c.began_at, sessions.c.seen_at
    row = connection.execute(select(*columns).where(sessions.c.digest == digest)).first()
    return None if row is None else (row[0], row[1], row[2])


def seen(connection: Connection, digest: bytes, at: int) -> None:
    """Notes that a session is in use."""
    connection.execute(update(sessions).where(sessions.c.digest == digest).values(seen_at=at))


def end(connection: Connection, digest: bytes) -> None:
    """Ends a session."""
    connection.execute(delete(sessions).where(sessions.c.digest == digest))


def end_all(connection: Connection, name: str, but: bytes = b"") -> None:
    """Ends every session of a user but one."""
    connection.execute(
        delete(sessions).where(sessions.c.user_name == name, sessions.c.digest != but)
    )


def sweep(connection: Connection, idle_since: int, begun_before: int) -> None:
    """Deletes sessions that have expired."""
    connection.execute(
        delete(sessions).where(
            (sessions.c.seen_at < idle_since) | (sessions.c.began_at < begun_before)
        )
    )
