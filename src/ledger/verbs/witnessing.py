"""Witnessing: another machine remembers what a ledger signed, and cosigns only what grew out of it."""

from __future__ import annotations

import fcntl
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from ledger.rooms.proof import keys as keyring
from ledger.rooms.proof.checkpoints import Checkpoint
from ledger.rooms.proof.files import private_folder, write_whole
from ledger.rooms.proof.keys import Keys
from ledger.rooms.proof.notes import Malformed, Note, Verifier
from ledger.rooms.proof.proofs import Growth, read_growth
from ledger.rooms.storage import checkpoints
from ledger.rooms.storage.journal import Journal
from ledger.verbs.checkpointing import checkpoint_in, kept_checkpoint, signers_of
from ledger.words.problems import Problem, Refusal
from ledger.words.trees import EMPTY


def trust(folder: Path, verifiers: Sequence[Verifier]) -> None:
    """Has a witness know the public keys of a ledger."""
    private_folder(folder / "logs")
    for verifier in verifiers:
        path = _trusted(folder, verifier.name)
        texts = dict.fromkeys(path.read_text().split() if path.exists() else [])
        texts[verifier.text()] = None
        write_whole(path, "".join(f"{text}\n" for text in texts).encode())


def witness(folder: Path, keys: Keys, request: Growth) -> tuple[str, ...]:
    """The cosignature lines for a checkpoint that grew out of the one seen last; raises Refusal.

    What is cosigned is on the disk before the lines are given away.
    """
    new = request.checkpoint
    path = _trusted(folder, new.origin)
    if not path.exists():
        raise Refusal(Problem("unknown-log", params={"origin": new.origin}))
    must_be_signed(new, keyring.read_known(path.read_text().split()))
    seen_path = path.with_suffix(".checkpoint")
    with _alone(folder):
        seen = checkpoint_in(seen_path) if seen_path.exists() else None
        size, root = (seen.size, seen.root) if seen else (0, EMPTY)
        if new.size < size or (request.old == size and not request.holds(root)):
            params = {"size": new.size, "seen": size}
            raise Refusal(Problem("not-consistent", params=params))
        if request.old != size:
            raise Refusal(Problem("witness-saw", params={"seen": size, "old": request.old}))
        lines = keys.sign(new.note.text, int(time.time()))
        write_whole(seen_path, str(new).encode())
    return lines


def read_request(text: str, what: str) -> Growth:
    """What a witness is asked; raises Refusal."""
    try:
        return read_growth(text)
    except Malformed as error:
        raise Refusal(Problem("not-a-proof", params={"what": what, "detail": str(error)})) from None


def cosigned(journal: Journal, text: str, witnesses: Sequence[Verifier]) -> Checkpoint:
    """Keeps the cosignatures of trusted witnesses with the checkpoint that they sign; raises Refusal."""
    lines = tuple(line for line in text.splitlines() if line)
    with journal.exclusively() as connection:
        for size in reversed(checkpoints.sizes(connection)):
            signed = kept_checkpoint(connection, size)
            good = signed and _believed(Note(signed.note.text, lines), witnesses)
            if signed and good:
                checkpoints.keep(connection, size, signed.note.text, good)
                return kept_checkpoint(connection, size) or signed
    raise Refusal(Problem("unknown-witness"))


def _believed(note: Note, witnesses: Sequence[Verifier]) -> list[str]:
    try:
        return list(note.verified(witnesses))
    except Malformed:
        return []


def must_be_signed(signed: Checkpoint, known: Sequence[Verifier]) -> None:
    """Raises Refusal unless a known key of its origin signed a checkpoint."""
    own = [key for key in known if key.name == signed.origin]
    if not signers_of(signed, own):
        params = {"size": signed.size, "origin": signed.origin}
        raise Refusal(Problem("not-signed-by", params=params))


def _trusted(folder: Path, origin: str) -> Path:
    return folder / "logs" / f"{sha256(origin.encode()).hexdigest()[:16]}.pub"


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Two requests at once must not both be judged by the same last checkpoint."""
    with (folder / "logs" / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
