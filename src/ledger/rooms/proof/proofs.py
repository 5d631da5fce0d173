"""Proofs as texts: of an event (c2sp.org/tlog-proof), and what a witness is asked (c2sp.org/tlog-witness)."""

from __future__ import annotations

import base64
import re
from collections.abc import Sequence

import msgspec

from ledger.rooms.proof.checkpoints import Checkpoint, read_checkpoint
from ledger.rooms.proof.notes import Malformed, decoded
from ledger.words.trees import HASH, is_consistent, leaf_hash, root_by_inclusion

_HEADER = "c2sp.org/tlog-proof@v1"
_NUMBER = re.compile(r"0|[1-9][0-9]{0,18}")


class Inclusion(msgspec.Struct, frozen=True):
    """That a leaf stands at an index, counted from 0, of the tree of a checkpoint.

    `data` are the bytes of the leaf, where the proof carries them.
    """

    index: int
    path: tuple[bytes, ...]
    checkpoint: Checkpoint
    data: bytes = b""

    def holds(self, data: bytes) -> bool:
        """Whether the leaf is of these bytes; whose the checkpoint is, its signatures tell."""
        size = self.checkpoint.size
        root = root_by_inclusion(leaf_hash(data), self.index, size, self.path)
        return root == self.checkpoint.root

    def __str__(self) -> str:
        extra = [f"extra {base64.b64encode(self.data).decode()}"] if self.data else []
        head = (_HEADER, *extra, f"index {self.index}", *_lines(self.path))
        return "\n".join((*head, "", str(self.checkpoint)))


class Growth(msgspec.Struct, frozen=True):
    """That the tree of a checkpoint grew out of the one of an older size."""

    old: int
    path: tuple[bytes, ...]
    checkpoint: Checkpoint

    def holds(self, old_root: bytes) -> bool:
        """Whether the older tree had this root."""
        new = self.checkpoint
        return is_consistent(self.old, new.size, old_root, new.root, self.path)

    def __str__(self) -> str:
        return "\n".join((f"old {self.old}", *_lines(self.path), "", f"{self.checkpoint}"))


def read_inclusion(text: str) -> Inclusion:
    """A proof as it is written; raises Malformed."""
    head, hashes, checkpoint = _read(text)
    if head[:1] != [_HEADER]:
        raise Malformed(f"not a proof of an event: it begins with {_HEADER}")
    extra = [line.removeprefix("extra ") for line in head[1:2] if line.startswith("extra ")]
    data = decoded(extra[0]) if extra else b""
    return Inclusion(_number(head[1 + len(extra) :], "index"), hashes, checkpoint, data)


def read_growth(text: str) -> Growth:
    """What a witness is asked, as it is written; raises Malformed."""
    head, hashes, checkpoint = _read(text)
    return Growth(_number(head, "old"), hashes, checkpoint)


def _read(text: str) -> tuple[list[str], tuple[bytes, ...], Checkpoint]:
    above, parted, below = text.partition("\n\n")
    if not parted:
        raise Malformed("not a proof: a checkpoint stands below an empty line")
    lines = above.split("\n")
    head = [line for line in lines if " " in line or line == _HEADER]
    hashes = tuple(decoded(line) for line in lines[len(head) :])
    if lines[: len(head)] != head or any(len(each) != HASH for each in hashes):
        raise Malformed("not a proof: a hash has 32 bytes in base64")
    return head, hashes, read_checkpoint(below)


def _number(lines: list[str], name: str) -> int:
    words = lines[0].split(" ") if len(lines) == 1 else []
    if len(words) != 2 or words[0] != name or not _NUMBER.fullmatch(words[1]):
        raise Malformed(f'not a proof: there is no line "{name} " with a number')
    return int(words[1])


def _lines(path: Sequence[bytes]) -> list[str]:
    return [base64.b64encode(each).decode() for each in path]
