"""The checkpoints that were signed, and who signed them; nothing of them is ever changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sqlalchemy import Connection, func, insert, select

from ledger.rooms.storage.tables import checkpoints, signatures

Stored = tuple[str, tuple[str, ...]]
"""The text that was signed, and the signature lines."""


def keep(connection: Connection, size: int, text: str, lines: Iterable[str]) -> None:
    """Stores a checkpoint with signatures, those that are not there yet."""
    found = at(connection, size)
    if found is None:
        connection.execute(insert(checkpoints), {"size": size, "text": text})
    fresh = [line for line in dict.fromkeys(lines) if found is None or line not in found[1]]
    if fresh:
        rows = [{"size": size, "line": line} for line in fresh]
        connection.execute(insert(signatures), rows)


def at(connection: Connection, size: int) -> Stored | None:
    """The checkpoint of a size."""
    text = connection.execute(select(checkpoints.c.text).where(checkpoints.c.size == size)).scalar()
    if text is None:
        return None
    query = select(signatures.c.line).where(signatures.c.size == size).order_by(signatures.c.line)
    return text, tuple(connection.execute(query).scalars())


def newest(connection: Connection) -> int | None:
    """The greatest size of a checkpoint."""
    return connection.execute(select(func.max(checkpoints.c.size))).scalar()


def sizes(connection: Connection, after: int = -1) -> list[int]:
    """The sizes of all checkpoints beyond one, the smallest first."""
    query = select(checkpoints.c.size).where(checkpoints.c.size > after)
    return list(connection.execute(query.order_by(checkpoints.c.size)).scalars())


def every(connection: Connection) -> Iterator[Stored]:
    """All checkpoints, the smallest first."""
    for size in sizes(connection):
        found = at(connection, size)
        if found is not None:
            yield found
