"""The Merkle tree of RFC 6962 over the events: its hashes, what proofs are made of, how they are checked.

A leaf is the exact stored bytes of an event. All else that storage keeps of an event follows from the
bytes of the leaves and their order: the position is the place of the leaf; subject, type, id, time and
recorder stand in the bytes; the version is how many leaves until this one are of the same subject. So
there is nothing else to bind, and anyone who has the bytes can hash them without this software.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256

Range = tuple[int, int]
"""The leaves from one index (counted from 0) to before another: a subtree of the RFC."""

Subtree = tuple[int, int]
"""A complete subtree: its height, and its index among those of that height; a leaf has height 0."""

HASH = 32
"""Bytes of a hash."""

EMPTY = sha256(b"").digest()
"""The root of a tree without leaves."""


def leaf_hash(data: bytes) -> bytes:
    """The hash of a leaf of these bytes (§2.1)."""
    return sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of an inner node (§2.1)."""
    return sha256(b"\x01" + left + right).digest()


def leaf_hashes(data: Iterable[bytes]) -> bytes:
    """The hashes of leaves, one behind the other."""
    return b"".join([sha256(b"\x00" + each).digest() for each in data])


def raised(hashes: bytes) -> bytes:
    """The hashes one level higher: those of the pairs."""
    pairs = range(0, len(hashes), 2 * HASH)
    return b"".join([sha256(b"\x01" + hashes[at : at + 2 * HASH]).digest() for at in pairs])


def complete(hashes: bytes) -> bytes:
    """The hash of a complete subtree from those of its 2ᵏ equal parts, one behind the other."""
    while len(hashes) > HASH:
        hashes = raised(hashes)
    return hashes


def folded(hashes: Sequence[bytes]) -> bytes:
    """The hash of a range from those of its complete subtrees, the greatest first."""
    root = hashes[-1]
    for left in reversed(hashes[:-1]):
        root = node_hash(left, root)
    return root


def split(begin: int, end: int) -> int:
    """Where a range of two leaves or more falls into its left and its right subtree (§2.1)."""
    return begin + (1 << (end - begin - 1).bit_length() - 1)


def subtrees(begin: int, end: int) -> Iterator[Subtree]:
    """The complete subtrees that a range is made of, from left to right."""
    while begin < end:
        height = (end - begin).bit_length() - 1
        if begin:
            height = min(height, (begin & -begin).bit_length() - 1)
        yield height, begin >> height
        begin += 1 << height


def inclusion_path(index: int, size: int) -> list[Range]:
    """The ranges whose hashes lead from a leaf to the root of a tree, the nearest first (§2.1.1)."""
    begin, end = 0, size
    path: list[Range] = []
    while end - begin > 1:
        middle = split(begin, end)
        if index < middle:
            path.append((middle, end))
            end = middle
        else:
            path.append((begin, middle))
            begin = middle
    return path[::-1]


def consistency_path(old: int, new: int) -> list[Range]:
    """The ranges whose hashes show that a tree grew out of a smaller one (§2.1.2)."""
    if old == 0:
        return []
    begin, end = 0, new
    path: list[Range] = []
    while end > old:
        middle = split(begin, end)
        if old <= middle:
            path.append((middle, end))
            end = middle
        else:
            path.append((begin, middle))
            begin = middle
    return [*([(begin, end)] if begin else []), *path[::-1]]


def pruned(indices: Sequence[int], begin: int, end: int) -> Iterator[Range]:
    """The greatest subtrees that hold none of some leaves (in ascending order): their hashes prove all."""
    if not indices:
        yield begin, end
    elif end - begin > 1:
        middle = split(begin, end)
        first = bisect_left(indices, middle)
        yield from pruned(indices[:first], begin, middle)
        yield from pruned(indices[first:], middle, end)


def root_of(known: Mapping[Range, bytes], size: int) -> bytes:
    """The root of a tree of which the hashes of some subtrees are known; KeyError if they are too few."""
    return _root_of(known, 0, size) if size else EMPTY


def root_by_inclusion(leaf: bytes, index: int, size: int, path: Sequence[bytes]) -> bytes | None:
    """The root that an inclusion proof leads to; None where no proof has this form (RFC 9162 §2.1.3.2)."""
    if not 0 <= index < size or len(path) != len(ranges := inclusion_path(index, size)):
        return None
    return root_of({(index, index + 1): leaf, **dict(zip(ranges, path, strict=True))}, size)


def is_consistent(
    old: int, new: int, old_root: bytes, new_root: bytes, path: Sequence[bytes]
) -> bool:
    """Whether a proof shows that the new tree begins with the leaves of the old (RFC 9162 §2.1.4.2)."""
    if not 0 <= old <= new or len(path) != len(ranges := consistency_path(old, new)):
        return False
    if old == 0:
        return old_root == EMPTY
    if old == new:
        return old_root == new_root
    known = dict(zip(ranges, path, strict=True))
    if old & (old - 1) == 0:
        # A complete subtree of the new tree as it is: its hash is known and no part of the proof.
        known[0, old] = old_root
    return (root_of(known, old), root_of(known, new)) == (old_root, new_root)


def _root_of(known: Mapping[Range, bytes], begin: int, end: int) -> bytes:
    found = known.get((begin, end))
    if found is not None:
        return found
    if end - begin == 1:
        raise KeyError((begin, end))
    middle = split(begin, end)
    return node_hash(_root_of(known, begin, middle), _root_of(known, middle, end))
