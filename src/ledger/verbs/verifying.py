"""Verifying: the bytes hash to the tree, the tree to what was signed, and all else follows from the bytes."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import msgspec

from ledger.rooms.proof import tiles
from ledger.rooms.proof.checkpoints import Checkpoint, checkpoint_of
from ledger.rooms.proof.notes import Malformed, Note, Verifier
from ledger.rooms.storage import checkpoints, reading, tree
from ledger.rooms.storage.edge import WIDTH, Edge
from ledger.rooms.storage.journal import Journal
from ledger.rooms.storage.reading import Connection, Page
from ledger.verbs.rebuilding import fact_faults
from ledger.words.faults import Fault
from ledger.words.problems import Problem
from ledger.words.trees import HASH, leaf_hash, leaf_hashes

Progress = Callable[[int], None]
"""Told how many more events are done."""

_FARTHEST = 100_000
"""Missing positions that are stepped over; where more are missing, the rest is noise."""


class Signed(msgspec.Struct, frozen=True):
    """A checkpoint that the ledger must agree with, and where it is remembered.

    One without signatures is as sure as the place: it is what a report prints.
    """

    place: str
    checkpoint: Checkpoint


def verify(
    journal: Journal,
    known: Sequence[Verifier] = (),
    outside: Sequence[Signed] = (),
    folder: Path | None = None,
    progress: Progress = lambda _: None,
) -> Iterator[Fault]:
    """What is wrong, and where: nothing, where the ledger is what recording made of it.

    `known` are the keys that sign here. `outside` is what was signed and is remembered elsewhere: it
    alone can tell of one who rewrites the whole database. `folder`, where the log is published, then
    names the very events.
    """
    with journal.reading() as connection:
        signed = list(outside)
        for each in outside:
            if each.checkpoint.note.lines:
                yield from _unsigned(each.checkpoint, known)
        for found in _kept(connection, known):
            if isinstance(found, Fault):
                yield found
            else:
                signed.append(found)
        log = log_faults(connection, signed, folder, progress)
        yield from readable("events, tiles, head", log)
        yield from readable("facts, shapes", fact_faults(connection, progress))


def readable(tables: str, faults: Iterator[Fault]) -> Iterator[Fault]:
    """The faults found; what whoever writes at will has put in place of a value is one, not a crash."""
    try:
        yield from faults
    except (KeyError, TypeError, ValueError) as error:
        yield Fault("spoilt-value", tables, found=f"{type(error).__name__}: {error}")


def still_holds(connection: Connection, outside: Sequence[Signed]) -> Iterator[Problem]:
    """Why a ledger, by its stored tree alone, is not what was signed: it is older, or another."""
    events = reading.last_position(connection)
    for each in outside:
        signed, params = each.checkpoint, {"events": events, "place": each.place}
        if signed.size > events:
            params |= {"signed": signed.size, "missing": signed.size - events}
            yield Problem("older-than-signed", params=params)
        elif tree.root(connection, signed.size) != signed.root:
            yield Problem("rewritten-since", params=params)


def log_faults(
    connection: Connection,
    signed: Sequence[Signed] = (),
    folder: Path | None = None,
    progress: Progress = lambda _: None,
) -> Iterator[Fault]:
    """Positions whole, times in order, bytes as hashed, tree as signed: one pass, memory bounded."""
    walk = _Walk(signed)
    for page in reading.log(connection):
        yield from walk.step(page)
        yield from walk.compare(page.tiles)
        progress(len(page.events))
        if walk.lost:
            return
    yield from walk.end(connection)
    for begin, end, fault in walk.judged():
        yield fault
        if folder is not None and begin < end:
            yield from _altered(connection, folder, begin, end)


class _Walk:
    """The tree grown anew while the events pass by, and what was found on the way."""

    def __init__(self, signed: Sequence[Signed]) -> None:
        self.edge = Edge()
        self.lost = False
        self._signed: dict[int, list[Signed]] = {}
        for each in signed:
            self._signed.setdefault(each.checkpoint.size, []).append(each)
        self._sizes = sorted(self._signed)
        self._roots = {0: self.edge.root()}
        self._last_time = 0
        self._named: list[int] = []
        """The positions at which something was found, in order: what follows from it is not told again."""

    def step(self, page: Page) -> Iterator[Fault]:
        """Grows the tree by events."""
        yield from self._late(page)
        states = [state for _, state in page.events]
        begin, size = 0, self.edge.size
        if page.positions[0] != size + 1 or page.positions[-1] != size + len(states):
            for at, position in enumerate(page.positions):
                expected = self.edge.size + at - begin + 1
                if position == expected:
                    continue
                yield Fault("gap", str(position), found=str(position), expected=str(expected))
                self._grow(states[begin:at])
                begin = at + (position < expected)
                if position - expected > _FARTHEST:
                    self.lost = True
                    return
                self._step_over(position)
        self._grow(states[begin:])

    def _late(self, page: Page) -> Iterator[Fault]:
        times = [recorded_at for recorded_at, _ in page.events]
        if times[0] < self._last_time or times != sorted(times):
            before = [self._last_time, *times]
            for position, earlier, time in zip(page.positions, before, times, strict=False):
                if time < earlier:
                    yield Fault("backwards", str(position))
        self._last_time = times[-1]

    def _grow(self, states: Sequence[bytes]) -> None:
        """Adds events to the tree, and keeps its roots at the sizes that were signed."""
        hashes = leaf_hashes(states)
        done, size = 0, self.edge.size
        for at in self._sizes[bisect_left(self._sizes, size + 1) :]:
            if at > size + len(states):
                break
            self.edge.grow(hashes[done : (at - size) * HASH])
            done = (at - size) * HASH
            self._roots[at] = self.edge.root()
        self.edge.grow(hashes[done:])

    def compare(self, stored: dict[int, bytes]) -> Iterator[Fault]:
        """Compares the tiles that filled with those that are stored."""
        for position, row in self.edge.filled:
            kept = stored.get(position)
            if kept is None:
                yield Fault("tile-missing", str(position))
            elif kept != row:
                yield from self._differences(position, row, kept)
        self.edge.filled = []

    def end(self, connection: Connection) -> Iterator[Fault]:
        """Compares the end of the tree with the head."""
        size, packed = tree.packed_edge(connection)
        if size != self.edge.size:
            yield Fault("head", str(size), found=str(self.edge.size), expected=str(size))
        elif packed != self.edge.packed():
            begin = size - size % WIDTH
            told = list(self._altered(begin, self.edge.packed()[: size % WIDTH * HASH], packed))
            yield from told or [Fault("edge", str(size))]
        count = tree.tile_count(connection)
        if count != size // WIDTH:
            yield Fault("tiles", str(count), found=str(count), expected=str(size // WIDTH))

    def judged(self) -> Iterator[tuple[int, int, Fault]]:
        """What was signed and does not hold, with the range of positions that must have changed."""
        size = self.edge.size
        judged = [
            (at, each, each.checkpoint.root == self._roots.get(at))
            for at in self._sizes
            for each in self._signed[at]
        ]
        good = max((at for at, _, agrees in judged if agrees), default=0)
        told = False
        for at, each, agrees in judged:
            if agrees:
                continue
            if at > size:
                yield 0, 0, Fault("cut", each.place, found=str(size), expected=str(at))
            elif at < good:
                yield 0, 0, Fault("checkpoint-false", each.place, found=str(at), expected=str(good))
            elif not told:
                told = True
                span = f"{good + 1}–{at}"
                yield good, at, Fault("rewritten", span, found=each.place, expected=str(at))

    def _step_over(self, position: int) -> None:
        for missing in range(self.edge.size + 1, position):
            self._named.append(missing)
            self.edge.grow(bytes(HASH))

    def _differences(self, position: int, row: bytes, kept: bytes) -> Iterator[Fault]:
        """What differs between the tiles that filled at a position and those stored, lowest first."""
        if len(row) != len(kept):
            yield Fault("tile", str(position))
            return
        tile = WIDTH * HASH
        yield from self._altered(position - WIDTH, row[:tile], kept)
        for level in range(1, len(row) // tile):
            span = WIDTH**level
            first = position - span * WIDTH
            for nth in range(WIDTH):
                at = level * tile + nth * HASH
                begin, end = first + nth * span + 1, first + (nth + 1) * span
                if row[at : at + HASH] != kept[at : at + HASH] and not self._told(begin, end):
                    self._named.append(end)
                    yield Fault("altered-among", f"{begin}–{end}")

    def _altered(self, begin: int, hashes: bytes, kept: bytes) -> Iterator[Fault]:
        """The events whose bytes do not hash to what is stored; `begin` comes before the first."""
        for at in range(0, len(hashes), HASH):
            position = begin + at // HASH + 1
            if hashes[at : at + HASH] != kept[at : at + HASH] and not self._told(
                position, position
            ):
                self._named.append(position)
                yield Fault("altered", str(position))

    def _told(self, begin: int, end: int) -> bool:
        at = bisect_left(self._named, begin)
        return at < len(self._named) and self._named[at] <= end


def _kept(connection: Connection, known: Sequence[Verifier]) -> Iterator[Signed | Fault]:
    """The checkpoints that the ledger keeps, and what is wrong with each by itself."""
    for size in checkpoints.sizes(connection):
        text, lines = checkpoints.at(connection, size) or ("", ())
        try:
            signed = checkpoint_of(Note(text, lines))
        except Malformed as error:
            yield Fault("checkpoint-spoilt", str(size), found=str(error))
            continue
        faults = list(_unsigned(signed, known))
        if signed.size != size:
            faults = [Fault("checkpoint-spoilt", str(size), found=str(signed.size))]
        yield from faults
        if not faults:
            yield Signed(f"checkpoint {size}", signed)


def _unsigned(signed: Checkpoint, known: Sequence[Verifier]) -> Iterator[Fault]:
    """Why a checkpoint is not to be believed."""
    try:
        by = signed.note.verified(known).values()
    except Malformed as error:
        yield Fault("checkpoint-spoilt", str(signed.size), found=str(error))
        return
    if not any(key.name == signed.origin for key in by):
        yield Fault("checkpoint-unsigned", str(signed.size), found=signed.origin)


def _altered(connection: Connection, folder: Path, begin: int, end: int) -> Iterator[Fault]:
    """The events between two positions whose bytes are not those that were published."""
    published = tiles.published(folder)
    size = published.size if published else 0
    for first in range(begin - begin % tiles.WIDTH, min(end, size), tiles.WIDTH):
        kept = tiles.leaf_hashes(folder, size, first) or b""
        states = tree.leaves(connection, first, min(first + tiles.WIDTH, end))
        for nth, state in enumerate(states):
            told = kept[nth * HASH : (nth + 1) * HASH]
            if told and told != leaf_hash(state):
                yield Fault("altered", str(first + nth + 1))
