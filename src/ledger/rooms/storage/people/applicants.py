"""The sealed names and contacts of applicants; what opens them is kept elsewhere."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Connection, delete, insert, select, update

from ledger.rooms.storage.people.tables import applicants

Sealed = tuple[bytes, bytes, str | None]
"""The id of the key, the ciphertext, and the id of the event that an erasure still owes."""


def find(connection: Connection, organ: str, subject: str) -> Sealed | None:
    """What an organ keeps of a subject's applicant."""
    columns = applicants.c.key_id, applicants.c.sealed, applicants.c.erasing
    row = connection.execute(select(*columns).where(_of(organ, subject))).first()
    return None if row is None else (row[0], row[1], row[2])


def put(connection: Connection, organ: str, subject: str, key_id: bytes, sealed: bytes) -> None:
    """Keeps a ciphertext in place of the one before."""
    drop(connection, organ, subject)
    row = {"organ": organ, "subject": subject, "key_id": key_id, "sealed": sealed}
    connection.execute(insert(applicants), row)


def erasing(connection: Connection, organ: str, subject: str, event: str) -> None:
    """Empties a ciphertext, and notes the event that the journal has yet to be told."""
    values = {"sealed": b"", "key_id": b"", "erasing": event}
    connection.execute(update(applicants).where(_of(organ, subject)).values(values))


def drop(connection: Connection, organ: str, subject: str) -> None:
    """Forgets the row."""
    connection.execute(delete(applicants).where(_of(organ, subject)))


def _of(organ: str, subject: str) -> ColumnElement[bool]:
    return (applicants.c.organ == organ) & (applicants.c.subject == subject)
