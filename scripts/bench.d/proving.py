"""What the tree costs an append, and how fast it proves."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from unittest.mock import patch

from appending import BATCH, BATCHES, ROUNDS, SINGLE, Ours
from databases import Databases
from figures import Filled
from measuring import Contestant, Measure, in_turns, say

from ledger.rooms.definitions.schemas import Definitions
from ledger.rooms.storage import journal as recording
from ledger.rooms.storage import tree
from ledger.rooms.storage.edge import Edge
from ledger.rooms.storage.reading import Connection
from ledger.words.trees import consistency_path, inclusion_path

SHARE = 0.85
PROOF = 0.001
"""Seconds for a proof, by a connection that has read nothing before."""


class _NoEdge(Edge):
    """A tree that costs nothing, and proves nothing."""

    def __init__(self, size: int = 0, _packed: bytes = b"") -> None:
        self.size, self.filled = size, []

    def grow(self, _leaves: bytes) -> None:
        """Counts nothing either: the position is told by the events."""

    def packed(self) -> bytes:
        return b""


def _treeless(contestant: Contestant) -> Contestant:
    def without() -> int:
        with patch.multiple(recording, Edge=_NoEdge, leaf_hashes=lambda _: b""):
            return contestant()

    return without


def tree_cost(where: Databases, definitions: Definitions) -> Iterator[Measure]:
    """Durable appends with the tree and without it."""
    say(f"{where.kind}: appends with and without the tree")
    ours = Ours(where, definitions)
    bare: list[Ours] = []
    _treeless(lambda: bare.append(Ours(where, definitions)) or 1)()
    for what, rounds, size in (
        ("one event, durable", ROUNDS, SINGLE),
        (f"{BATCH} events a commit", BATCHES, BATCH),
    ):
        work: dict[str, Contestant] = {}
        for name, each in (("floor", bare[0]), ("ours", ours)):
            drafts = each.applications(rounds + 1, size)
            work[name] = each.singly(drafts) if size == SINGLE else each.together(drafts)
        work["floor"] = _treeless(work["floor"])
        found = in_turns(work, rounds)
        yield Measure(
            name="tree",
            database=where.kind,
            what=f"{what}: with the tree",
            unit="event",
            kind="share",
            ours=found["ours"],
            floor=found["floor"],
            floor_is="without it",
            target=SHARE if where.kind == "sqlite" else None,
        )


def proofs(full: Filled) -> Iterator[Measure]:
    """Proofs of random events, each by a connection that has read nothing before."""
    say(f"{full.database}: proofs, cold")
    dice = random.Random(1)
    for what, path in (
        ("inclusion of an event", lambda: inclusion_path(dice.randrange(full.size), full.size)),
        (
            "consistency of two trees",
            lambda: consistency_path(dice.randrange(1, full.size), full.size),
        ),
    ):
        yield Measure(
            name="proof",
            database=full.database,
            what=f"{what} in {full.size:,}, cold",
            unit="proof",
            kind="seconds",
            ours=[
                _cold(full, lambda reading, path=path: tree.hashes(reading, path()))
                for _ in range(200)
            ],
            target=PROOF if full.database == "sqlite" else None,
        )


def _cold(full: Filled, work: Callable[[Connection], object]) -> float:
    """Seconds that a piece of work takes, after a new connection is open."""
    full.journal.engine.dispose()
    with full.journal.reading() as connection:
        connection.exec_driver_sql("SELECT 1")
        began = time.perf_counter()
        work(connection)
        return time.perf_counter() - began
