"""Reading the tree: the hash of any range of leaves, from a handful of rows."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, select

from ledger.rooms.storage.edge import Edge, Place
from ledger.rooms.storage.tables import head, tiles
from ledger.words.trees import EMPTY, Range, folded, subtrees


def edge(connection: Connection) -> Edge:
    """The tree as it stands."""
    size, packed = connection.execute(select(head.c.position, head.c.edge)).one()
    return Edge(size, packed)


def hashes(connection: Connection, ranges: Sequence[Range]) -> list[bytes]:
    """The hash of each range of leaves, all of which are in the tree."""
    now = edge(connection)
    places = [[Place(part) for part in subtrees(*each)] for each in ranges]
    filled = {place.at for parts in places for place in parts if place.at <= now.size}
    query = select(tiles.c.position, tiles.c.hashes).where(tiles.c.position.in_(sorted(filled)))
    rows = dict(connection.execute(query).tuples().all()) if filled else {}
    return [
        folded([_hash(place, now, rows) for place in parts]) if parts else EMPTY for parts in places
    ]


def root(connection: Connection, size: int) -> bytes:
    """The root of the tree when it had so many leaves."""
    return hashes(connection, [(0, size)])[0]


def _hash(place: Place, now: Edge, rows: dict[int, bytes]) -> bytes:
    return place.filled(rows[place.at]) if place.at <= now.size else now.subtree(place)
