"""Proving: that an event stands in what was signed, and that what was signed grew out of what was seen."""

from __future__ import annotations

import msgspec

from ledger.rooms.proof.checkpoints import Checkpoint
from ledger.rooms.proof.proofs import Growth, Inclusion, read_inclusion
from ledger.rooms.storage import checkpoints, reading, tree
from ledger.rooms.storage.mapper import decode
from ledger.rooms.storage.reading import Connection
from ledger.verbs.checkpointing import kept_checkpoint
from ledger.words.events import Event
from ledger.words.problems import Problem, Refusal
from ledger.words.trees import consistency_path, inclusion_path


class Proved(msgspec.Struct, frozen=True):
    """An event, its stored bytes, and the proof that they stand in the tree of a checkpoint."""

    event: Event
    data: bytes
    proof: Inclusion


def prove(connection: Connection, id_or_position: str) -> Proved:
    """The proof of an event by the first checkpoint that covers it; raises Refusal."""
    event = reading.event_by(connection, id_or_position)
    if event is None:
        raise Refusal(Problem("unknown-event", params={"event": id_or_position}))
    covering = covered_by(connection, event.position)
    if covering is None:
        params = {"event": event.id, "position": event.position}
        raise Refusal(Problem("not-signed-yet", params=params))
    index = event.position - 1
    (data,) = tree.leaves(connection, index, event.position)
    path = tree.hashes(connection, inclusion_path(index, covering.size))
    return Proved(event, data, Inclusion(index, tuple(path), covering, data))


def covered_by(connection: Connection, position: int) -> Checkpoint | None:
    """The first checkpoint that was signed at a position or after it."""
    size = next(iter(checkpoints.sizes(connection, after=position - 1)), None)
    return None if size is None else kept_checkpoint(connection, size)


def growth(connection: Connection, old: int, new: Checkpoint) -> Growth:
    """The proof that a checkpoint grew out of an older size; raises Refusal."""
    if old > new.size:
        raise Refusal(Problem("no-such-checkpoint", params={"size": old, "last": new.size}))
    path = tree.hashes(connection, consistency_path(old, new.size))
    return Growth(old, tuple(path), new)


def proved(text: str, what: str) -> Proved | None:
    """A proof that carries its event, read and checked; None where it does not hold. Raises Refusal.

    Whose the checkpoint is, only its signatures tell.
    """
    try:
        proof = read_inclusion(text)
        if not proof.holds(proof.data):
            return None
        return Proved(decode(proof.data, proof.index + 1, 0), proof.data, proof)
    except (msgspec.MsgspecError, ValueError) as error:
        raise Refusal(Problem("not-a-proof", params={"what": what, "detail": str(error)})) from None
