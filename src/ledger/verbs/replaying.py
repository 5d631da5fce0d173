"""Replaying: events that were recorded elsewhere, taken in byte for byte, with the facts they mean.

Each is judged as if it were recorded here, so nothing enters that this ledger could not have recorded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import msgspec

from ledger.rooms.definitions.schemas import Definitions
from ledger.rooms.proof.checkpoints import Checkpoint
from ledger.rooms.proof.notes import Verifier
from ledger.rooms.storage.journal import Journal, Writing, made_id
from ledger.rooms.storage.mapper import decode
from ledger.verbs.exporting import Head, Item
from ledger.verbs.recording import Batch, Draft, Line, draft_of
from ledger.verbs.witnessing import must_be_signed
from ledger.words.events import Event
from ledger.words.problems import Origin, Problem, Refusal

CHUNK = 1000
"""Events that go to the database at once."""

Progress = Callable[[int], None]


class Replayed(msgspec.Struct, frozen=True):
    """What was taken in: how many events, and the last checkpoint that covers them."""

    events: int
    checkpoint: Checkpoint | None


class Replay(Batch):
    """Recorded events taken one after the other; their bytes are stored as they are."""

    def __init__(self, writing: Writing, definitions: Definitions) -> None:
        super().__init__(writing, definitions, "")
        self._recorded: dict[int, tuple[Event, bytes]] = {}
        self._last_time = writing.last_recorded_at

    def take_recorded(self, states: Sequence[bytes]) -> None:
        """Takes and writes the next events, in the order of their positions; raises Refusal."""
        lines = [
            self._read(state, position)
            for position, state in enumerate(states, self._writing.position + 1)
        ]
        receipts = self.take(lines)
        if self.problems:
            raise Refusal(*self.problems[:1])
        for position, receipt in enumerate(receipts, self._writing.position + 1):
            if receipt.again:
                raise self._impossible(position, receipt.event.id)
        self.write(commit=False)
        self._recorded.clear()

    def _read(self, state: bytes, position: int) -> Line:
        try:
            event = decode(state, position, 0)
        except (msgspec.MsgspecError, ValueError) as error:
            raise self._impossible(position, str(error)) from None
        if event.recorded_at < self._last_time:
            raise self._impossible(position, "recorded_at")
        self._last_time = event.recorded_at
        draft = draft_of(event)
        if event.id == made_id(position):
            del draft["id"]
        found = self._definitions.problems(draft)
        if found:
            raise Refusal(Origin(position).placed(found[0]))
        self._recorded[position] = event, state
        return Line(draft, Origin(position))

    def _made(self, _draft: Draft, position: int) -> tuple[Event, bytes]:
        return self._recorded[position]

    @staticmethod
    def _impossible(position: int, detail: str) -> Refusal:
        params = {"position": position, "detail": detail}
        return Refusal(Problem("not-recorded-so", params=params))


def restore(
    journal: Journal,
    definitions: Definitions,
    items: Iterable[Item],
    known: Sequence[Verifier] = (),
    progress: Progress = lambda _: None,
) -> Replayed:
    """Takes a whole journal into an empty ledger, all or nothing; raises Refusal.

    Every checkpoint must agree with the events before it and, where keys are known, be signed by one.
    """
    with journal.writing() as writing:
        if writing.position:
            raise Refusal(Problem("not-an-empty-ledger", params={"count": writing.position}))
        replayed = replay(writing, definitions, items, known, progress)
        writing.commit()
    return replayed


def replay(
    writing: Writing,
    definitions: Definitions,
    items: Iterable[Item],
    known: Sequence[Verifier],
    progress: Progress = lambda _: None,
    *,
    commit_signed: bool = False,
) -> Replayed:
    """Takes items in; with `commit_signed`, only what a checkpoint covers, and each time it does."""
    batch = Replay(writing, definitions)
    began, signed = writing.position, writing.position
    waiting: list[bytes] = []
    last: Checkpoint | None = None

    def flush() -> None:
        if waiting:
            batch.take_recorded(waiting)
            progress(len(waiting))
            waiting.clear()

    for item in items:
        if isinstance(item, bytes):
            waiting.append(item)
            if len(waiting) == CHUNK:
                flush()
            continue
        flush()
        if isinstance(item, Head):
            _require(writing, item.position, item.root)
            continue
        _require(writing, item.size, item.root)
        if known:
            must_be_signed(item, known)
        writing.keep(item.size, item.note.text, item.note.lines)
        last, signed = item, item.size
        if commit_signed:
            writing.commit()
            batch = Replay(writing, definitions)
    flush()
    return Replayed((signed if commit_signed else writing.position) - began, last)


def _require(writing: Writing, size: int, root: bytes) -> None:
    if (writing.position, writing.root()) != (size, root):
        params = {"position": writing.position, "size": size}
        raise Refusal(Problem("not-as-signed", params=params))
