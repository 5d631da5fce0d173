"""What the tree costs an append, how fast it proves, and what an auditor's bundle takes."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from unittest.mock import patch

from appending import BATCH, BATCHES, ROUNDS, SINGLE, Ours
from databases import Databases
from dataset import ORGANS
from figures import YEAR, Filled, nearest
from measuring import Contestant, Measure, in_turns, say

from ledger.doors.cli.auditing import zipped
from ledger.drawing.bundles import bundle_files
from ledger.rooms.definitions.schemas import Definitions
from ledger.rooms.proof.keys import Keys
from ledger.rooms.proof.notes import LOG, Signer
from ledger.rooms.storage import journal as recording
from ledger.rooms.storage import tree
from ledger.rooms.storage.edge import Edge
from ledger.rooms.storage.reading import Connection
from ledger.verbs.bundling import bundle
from ledger.verbs.checkpointing import checkpoint
from ledger.verbs.reporting import Question, report
from ledger.words.trees import consistency_path, inclusion_path
from ledger.words.years import year

SHARE = 0.85
PROOF = 0.001
"""Seconds for a proof, by a connection that has read nothing before."""
BUNDLE = 1
"""Seconds for the bundle of one figure."""


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


def bundles(full: Filled) -> Iterator[Measure]:
    """The bundle of one figure: its facts, events and proofs, with everything to check it by."""
    say(f"{full.database}: bundles of one figure")
    signer = Signer.new("ledger.example/measured", LOG)
    keys = Keys(Path("nowhere"), (signer,), (signer.verifier,))
    checkpoint(full.journal, keys)
    house = full.house
    question = Question(year(YEAR), ORGANS[350])
    with full.journal.reading() as connection:
        found = report(connection, house.editions, question)
    address = nearest(found, 10 * max(1, full.size // 1_000_000))

    def bundled() -> int:
        with full.journal.reading() as connection:
            made = bundle(connection, house.editions, question, [address])
        types = {key for key in house.definitions.types if key[1] == 1}
        edition = house.edition_files(made.told.setting.edition.id)
        schemas = house.schema_files(types)
        files = bundle_files(made, house.definitions, edition, schemas, keys.known, "en")
        assert zipped(files)
        return 1

    yield Measure(
        name="bundle",
        database=full.database,
        what=f"one organ's figure ({found.cells[address].quantity}) with its proofs, zipped",
        unit="bundle",
        kind="seconds",
        ours=in_turns({"ours": bundled}, full.rounds)["ours"],
        target=BUNDLE,
    )


def _cold(full: Filled, work: Callable[[Connection], object]) -> float:
    """Seconds that a piece of work takes, after a new connection is open."""
    full.journal.engine.dispose()
    with full.journal.reading() as connection:
        connection.exec_driver_sql("SELECT 1")
        began = time.perf_counter()
        work(connection)
        return time.perf_counter() - began
