"""Checkpoints (c2sp.org/tlog-checkpoint): the root of the tree at a size, signed by the ledger's key."""

from __future__ import annotations

import base64
import re

import msgspec

from ledger.rooms.proof.notes import Malformed, Note, decoded, read_note
from ledger.words.trees import HASH

_SIZE = re.compile(r"0|[1-9][0-9]{0,18}")
_PRINTED = re.compile(r"[:：]\s*([^\s<>]+)\s+(0|[1-9][0-9]{0,18})\s+([A-Za-z0-9+/]{43}=)")


class Checkpoint(msgspec.Struct, frozen=True):
    """So many events of a ledger, named by its origin, have this root; `note` is how it is handed on."""

    origin: str
    size: int
    root: bytes
    note: Note

    def agrees(self, other: Checkpoint) -> bool:
        """Whether both say the same of the same ledger."""
        return self.note.text == other.note.text

    def __str__(self) -> str:
        return str(self.note)


def checkpoint_text(origin: str, size: int, root: bytes) -> str:
    """What is signed."""
    return f"{origin}\n{size}\n{base64.b64encode(root).decode()}\n"


def printed_line(checkpoint: Checkpoint) -> str:
    """A checkpoint as a report prints it behind a colon: in one line, without its signatures."""
    return " ".join(checkpoint.note.text.split("\n")[:3])


def find_printed(text: str) -> Checkpoint:
    """The one checkpoint that is printed in a text; raises Malformed."""
    found = {match.groups() for match in _PRINTED.finditer(text)}
    if len(found) != 1:
        raise Malformed(f"{len(found)} checkpoints are printed in it")
    origin, size, root = found.pop()
    return checkpoint_of(Note(f"{origin}\n{size}\n{root}\n", ()))


def read_checkpoint(text: str) -> Checkpoint:
    """A checkpoint as it is written, its signatures not looked at; raises Malformed."""
    return checkpoint_of(read_note(text))


def checkpoint_of(note: Note) -> Checkpoint:
    """A note read as a checkpoint; raises Malformed."""
    lines = note.text.split("\n")
    if len(lines) < 4 or not all(lines[:-1]) or not _SIZE.fullmatch(lines[1]):
        raise Malformed("not a checkpoint: it has an origin, a size and a root, a line each")
    root = decoded(lines[2])
    if len(root) != HASH:
        raise Malformed("not a checkpoint: the root has 32 bytes")
    return Checkpoint(lines[0], int(lines[1]), root, note)
