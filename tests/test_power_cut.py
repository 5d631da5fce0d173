"""What was acknowledged survives: a process that records and signs is killed at random, again and again.

After each kill events, tree, facts and checkpoints must agree, with nothing repaired by hand.
"""

import os
import random
import signal
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count, groupby
from multiprocessing import get_context
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from sqlalchemy import select

from ledger.rooms import subjects
from ledger.rooms.proof import keys as keyring
from ledger.rooms.proof import tiles
from ledger.rooms.proof.notes import LOG
from ledger.rooms.storage import checkpoints, tree
from ledger.rooms.storage.edge import Edge
from ledger.rooms.storage.figures import positions_in
from ledger.rooms.storage.journal import Journal
from ledger.rooms.storage.mapper import decode
from ledger.rooms.storage.tables import ORGANS, events, facts, shapes
from ledger.verbs.checkpointing import checkpoint, kept_checkpoint, last_signed
from ledger.verbs.opening import House, open_journal
from ledger.verbs.recording import record
from ledger.verbs.verifying import Signed, verify
from ledger.words.trees import leaf_hash

pytestmark = pytest.mark.slow

CUTS = int(os.environ.get("LEDGER_POWER_CUTS", "15"))
"""How often a process is killed in each test."""

CASES = 200
"""In a batch; each is received, decided, and every other one corrected: 500 events."""

HOUSE = House()

# Each process is forked from a clean one that has the imports done and nothing else.
FORK = get_context("forkserver")
FORK.set_forkserver_preload(["alembic.autogenerate", "ledger.verbs.tracing", "pytest"])


def draft(type_: str, subject: str, on: str, data: dict[str, Any], id_: str) -> dict[str, Any]:
    envelope = {"type": type_, "organ": "example-office", "subject": subject, "occurred_on": on}
    return envelope | {"data": data, "id": id_}


def life(case: str) -> list[dict[str, Any]]:
    """A case that is received, decided, and found to have come by another channel."""
    subject = f"application:{case}"
    data = {"applicant": "natural-person", "channel": "online"}
    correction = {"event": f"{case}.received", "reason": "wrong-code", "data": {"channel": "post"}}
    return [
        draft("application.received", subject, "2020-03-05", data, f"{case}.received"),
        draft("application.decided", subject, "2020-03-25", {"outcome": "granted"}, f"{case}.end"),
        draft("event.corrected", subject, "2020-04-01", correction, f"{case}.corrected"),
    ]


def batch(name: str) -> list[dict[str, Any]]:
    """The lives of many cases, every other one cut short before its correction."""
    lives = (life(f"{name}.{number}") for number in range(CASES))
    return [each for number, of in enumerate(lives) for each in of[: 3 - number % 2]]


@contextmanager
def opened(url: str) -> Iterator[Journal]:
    journal = open_journal(url, create=True)
    yield journal
    journal.engine.dispose()


class Place(NamedTuple):
    """Where a ledger is, and the folder with its keys and its published log."""

    url: str
    folder: Path

    @property
    def tiles(self) -> Path:
        return self.folder / "tiles"

    def keys(self) -> keyring.Keys:
        return keyring.load(self.folder / "keys", LOG)


def record_singly(journal: Journal, place: Place, round_: int, acknowledge: Any) -> None:
    for number in count():
        for each in life(f"{round_}.{number}"):
            (receipt,) = record(journal, HOUSE.definitions, [each], "clerk")
            acknowledge(receipt.event.id)
        if number % 5 == 0:
            checkpoint(journal, place.keys(), place.tiles)


def record_in_batches(journal: Journal, place: Place, round_: int, acknowledge: Any) -> None:
    for number in count():
        record(journal, HOUSE.definitions, batch(f"{round_}.{number}"), "clerk")
        acknowledge(f"{round_}.{number}")
        checkpoint(journal, place.keys(), place.tiles)


def record_until_killed(place: Place, work: Any, round_: int, pipe: Any) -> None:
    assert HOUSE.definitions
    with opened(place.url) as journal:
        pipe.send("ready")
        work(journal, place, round_, pipe.send)


def cut_short(place: Place, work: Any, round_: int, longest: float) -> list[str]:
    """Lets a process record for a while and kills it; returns what it had acknowledged."""
    pipe, its_end = FORK.Pipe(duplex=False)
    process = FORK.Process(target=record_until_killed, args=(place, work, round_, its_end))
    process.start()
    its_end.close()
    assert pipe.recv() == "ready"
    time.sleep(random.uniform(0, longest))
    process.kill()
    process.join()
    assert process.exitcode == -signal.SIGKILL
    acknowledged = []
    try:
        while True:
            acknowledged.append(pipe.recv())
    except EOFError:
        return acknowledged


@pytest.fixture
def place(database_url: str, tmp_path: Path) -> Place:
    """A ledger with an office and a key."""
    keyring.make(tmp_path / "keys", LOG, "ledger.example/cut")
    office = draft(
        "organ.registered", "organ:example-office", "2015-01-01", {"name": "甲"}, "office"
    )
    with opened(database_url) as journal:
        record(journal, HOUSE.definitions, [office], "clerk")
    return Place(database_url, tmp_path)


class Survey:
    """What stands in a ledger; looked at again, only what is new since is gone through."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self.ids: Counter[str] = Counter()
        self.signed = 0
        self._edge = Edge()

    def look(self) -> None:
        """Whether positions have no gap, and tree, facts and checkpoints are those of the events.

        No subject is touched in two rounds, so the facts of new subjects follow from new events.
        """
        seen = self._edge.size
        with opened(self.place.url) as journal, journal.reading() as connection:
            new = events.c.position > seen
            rows = connection.execute(select(events).where(new).order_by(events.c.position)).all()
            assert [row.position for row in rows] == list(range(seen + 1, seen + len(rows) + 1))
            roots = {seen: self._edge.root()}
            for row in rows:
                self._edge.grow(leaf_hash(row.state))
                roots[row.position] = self._edge.root()
            assert tree.packed_edge(connection) == (self._edge.size, self._edge.packed())
            for size in checkpoints.sizes(connection, after=self.signed):
                signed = kept_checkpoint(connection, size)
                assert signed is not None and signed.root == roots[size]
                assert signed.note.verified(self.place.keys().known)
                self.signed = size
            assert stored_facts(connection, seen) == derived_facts(rows)
            self.ids.update(row.id for row in rows)
        assert all(each.checkpoint.size <= self.signed for each in self.remembered())

    def remembered(self) -> list[Signed]:
        """What the files beside the database tell of what was signed."""
        told = (last_signed(self.place.keys()), tiles.published(self.place.tiles))
        return [Signed("a file", each) for each in told if each is not None]

    def end(self) -> None:
        """Signs once more, and verifies everything against everything."""
        with opened(self.place.url) as journal:
            keys = self.place.keys()
            checkpoint(journal, keys, self.place.tiles)
            assert list(verify(journal, keys.known, self.remembered(), self.place.tiles)) == []


FactTold = tuple[int, int, int, int | None, str, str, int, int, int, tuple[int, ...]]


def stored_facts(connection: Any, after: int) -> list[FactTold]:
    """The facts of the subjects that began after a position, with names in the place of numbers."""
    registered = select(events.c.position, events.c.stream).where(ORGANS)
    organs = {at: name.removeprefix("organ:") for at, name in connection.execute(registered)}
    query = (
        select(facts, shapes.c.key)
        .join(shapes, shapes.c.shape == facts.c.shape)
        .where(facts.c.subject > after)
        .order_by(facts.c.subject, facts.c.slot, facts.c.known_from)
    )
    return [
        (
            *(row.subject, row.slot, row.known_from, row.known_until),
            *(organs[row.organ], row.key),
            *(row.since, row.until, row.quantity, positions_in(row.evidence)),
        )
        for row in connection.execute(query)
    ]


def derived_facts(rows: Any) -> list[FactTold]:
    """Every fact that the histories in these rows mean."""
    by_subject = sorted(rows, key=lambda row: (row.stream, row.version))
    histories = [
        [decode(row.state, row.position, row.version) for row in history]
        for _, history in groupby(by_subject, key=lambda row: row.stream)
    ]
    return sorted(
        (
            *(history[0].position, slot, known_from, known_until),
            *(fact.organ, fact.shape),
            *(fact.since, fact.until, fact.quantity, fact.evidence),
        )
        for history in histories
        for slot, known_from, known_until, fact in subjects.knowledge(history)
    )


def test_no_acknowledged_event_is_lost_when_the_recording_process_is_killed(place: Place) -> None:
    acknowledged, survey = ["office"], Survey(place)
    for round_ in range(CUTS):
        acknowledged += cut_short(place, record_singly, round_, longest=0.2)
        survey.look()
    survey.end()
    assert len(acknowledged) > 1
    assert [id_ for id_ in acknowledged if survey.ids[id_] != 1] == []
    beyond = survey.ids.keys() - set(acknowledged)
    assert len(beyond) <= CUTS, "only the event at which a process was cut may be unacknowledged"


def test_a_batch_is_there_whole_or_not_at_all_when_its_process_is_killed(place: Place) -> None:
    acknowledged: list[str] = []
    survey = Survey(place)
    for round_ in range(CUTS):
        acknowledged += cut_short(place, record_in_batches, round_, longest=0.3)
        survey.look()
    survey.end()
    kept = Counter(".".join(id_.split(".")[:2]) for id_ in survey.ids.elements())
    del kept["office"]
    assert acknowledged
    assert {name: size for name, size in kept.items() if size != 500} == {}
    assert [name for name in acknowledged if name not in kept] == []
    assert len(kept.keys() - set(acknowledged)) <= CUTS
