"""Reading the tree: the hash of any range of leaves, from a handful of rows."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from sqlalchemy import Connection, func, select

from ledger.rooms.storage.edge import Edge, Place
from ledger.rooms.storage.tables import events, head, tiles
from ledger.words.trees import EMPTY, Range, folded, subtrees

_CHUNK = 5000


def edge(connection: Connection) -> Edge:
    """The tree as it stands; raises Refusal where it was spoilt."""
    return Edge(*packed_edge(connection))


def packed_edge(connection: Connection) -> tuple[int, bytes]:
    """The number of leaves, and the edge as it is stored."""
    size, packed = connection.execute(select(head.c.position, head.c.edge)).one()
    return size, packed


def tile_count(connection: Connection) -> int:
    """How many rows of tiles are stored."""
    return connection.execute(select(func.count()).select_from(tiles)).scalar_one()


def hashes(connection: Connection, ranges: Sequence[Range]) -> list[bytes]:
    """The hash of each range of leaves, all of which are in the tree."""
    now = edge(connection)
    places = [[Place(part) for part in subtrees(*each)] for each in ranges]
    filled = {place.at for parts in places for place in parts if place.at <= now.size}
    rows = _rows(connection, filled)
    return [
        folded([_hash(place, now, rows) for place in parts]) if parts else EMPTY for parts in places
    ]


def root(connection: Connection, size: int) -> bytes:
    """The root of the tree when it had so many leaves."""
    return hashes(connection, [(0, size)])[0]


def level(connection: Connection, height: int, begin: int, end: int) -> bytes:
    """The hashes of the complete subtrees of a height, a multiple of 4, between two indices."""
    now = edge(connection)
    places = [Place((height, index)) for index in range(begin, end)]
    rows = _rows(connection, {place.at for place in places if place.at <= now.size})
    return b"".join(_hash(place, now, rows) for place in places)


def leaves(connection: Connection, begin: int, end: int) -> Iterator[bytes]:
    """The bytes of the events from one index, counted from 0, to before another."""
    query = (
        select(events.c.state)
        .where(events.c.position > begin, events.c.position <= end)
        .order_by(events.c.position)
    )
    yield from connection.execute(query).scalars()


def _rows(connection: Connection, positions: Collection[int]) -> dict[int, bytes]:
    wanted, found = sorted(positions), dict[int, bytes]()
    for begin in range(0, len(wanted), _CHUNK):
        chunk = wanted[begin : begin + _CHUNK]
        query = select(tiles.c.position, tiles.c.hashes).where(tiles.c.position.in_(chunk))
        found |= connection.execute(query).tuples().all()
    return found


def _hash(place: Place, now: Edge, rows: dict[int, bytes]) -> bytes:
    return place.filled(rows[place.at]) if place.at <= now.size else now.subtree(place)
