"""The tree as storage keeps it: full tiles of 16 hashes, and the edge of those that fill none yet.

Level 0 holds the hashes of the leaves, each level above those of the full tiles of the level below.
At every 16th position tiles fill, and never change again; the edge stands beside the head. Tiles this
narrow cost an append little, name the very event whose bytes were altered, and give any proof from
a handful of rows. The 256-wide tiles that the world reads are written out of them.
"""

from __future__ import annotations

from ledger.words.problems import Problem, Refusal
from ledger.words.trees import EMPTY, HASH, Subtree, complete, folded, raised, subtrees

_BITS = 4
WIDTH = 1 << _BITS
"""Hashes of a full tile."""

TILE = WIDTH * HASH
"""Bytes of a full tile."""


class Place:
    """Where the hashes that make up a complete subtree stand."""

    __slots__ = ("at", "begin", "end", "level")

    def __init__(self, subtree: Subtree) -> None:
        height, index = subtree
        self.level, doublings = divmod(height, _BITS)
        first = index << doublings
        self.at = (first // WIDTH + 1) << _BITS * (self.level + 1)
        """The position at which their tile fills."""
        self.begin = first % WIDTH * HASH
        self.end = self.begin + (HASH << doublings)

    def filled(self, row: bytes) -> bytes:
        """The hash of the subtree from the tiles that filled at that position, lowest level first."""
        tile = TILE * self.level
        return complete(row[tile + self.begin : tile + self.end])


class Edge:
    """The hashes that fill no tile yet, level by level, of a tree that grows."""

    def __init__(self, size: int = 0, packed: bytes = b"") -> None:
        self.size = size
        self.filled: list[tuple[int, bytes]] = []
        """The tiles that filled since: the position, and the tiles of each level that did there."""
        self._levels = _unpacked(size, packed)

    def grow(self, leaves: bytes) -> None:
        """Grows the tree by the hashes of leaves, one behind the other."""
        rows: dict[int, bytes] = {}
        level, rising = 0, leaves
        while rising:
            if level == len(self._levels):
                self._levels.append(b"")
            hashes = self._levels[level] + rising
            full = len(hashes) - len(hashes) % TILE
            self._levels[level] = hashes[full:]
            step = WIDTH ** (level + 1)
            at = self.size - self.size % step
            for begin in range(0, full, TILE):
                at += step
                rows[at] = rows.get(at, b"") + hashes[begin : begin + TILE]
            rising = hashes[:full]
            for _ in range(_BITS):
                rising = raised(rising)
            level += 1
        self.size += len(leaves) // HASH
        self.filled += rows.items()

    def packed(self) -> bytes:
        """The hashes of all levels; how many are of which level, the digits of the size say."""
        return b"".join(self._levels)

    def root(self) -> bytes:
        """The root of the tree."""
        if not self.size:
            return EMPTY
        return folded([self.subtree(Place(part)) for part in subtrees(0, self.size)])

    def subtree(self, place: Place) -> bytes:
        """The hash of a complete subtree that has its place in the edge."""
        return complete(self._levels[place.level][place.begin : place.end])


def _unpacked(size: int, packed: bytes) -> list[bytes]:
    """The levels of an edge; at each the size, written to the base 16, has one digit."""
    levels: list[bytes] = []
    begin = 0
    while size or not levels:
        end = begin + size % WIDTH * HASH
        levels.append(packed[begin:end])
        size, begin = size // WIDTH, end
    if begin != len(packed):
        raise Refusal(Problem("broken-tree"))
    return levels
