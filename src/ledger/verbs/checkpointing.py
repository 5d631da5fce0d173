"""Signing: a checkpoint says what the ledger holds, and the ledger can never again say otherwise."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from ledger.rooms.proof import tiles
from ledger.rooms.proof.checkpoints import (
    Checkpoint,
    checkpoint_of,
    checkpoint_text,
    read_checkpoint,
)
from ledger.rooms.proof.files import write_whole
from ledger.rooms.proof.keys import Keys
from ledger.rooms.proof.notes import Malformed, Note, Verifier
from ledger.rooms.storage import checkpoints, reading, tree
from ledger.rooms.storage.journal import Journal
from ledger.rooms.storage.reading import Connection
from ledger.words.problems import Problem, Refusal

_LAST_SIGNED = "last-signed"
"""In the folder of the keys, out of the database's reach: who rewrites the ledger cannot sign it."""


def checkpoint(journal: Journal, keys: Keys, folder: Path | None = None) -> Checkpoint:
    """Signs the ledger as it stands and keeps the checkpoint; writes the tiles into `folder`.

    Raises Refusal where the ledger no longer holds what was signed before. With nothing recorded
    since, the last checkpoint is given again.
    """
    with journal.exclusively() as connection:
        if reading.followed(connection):
            raise Refusal(Problem("follower-signs-nothing"))
        edge = tree.edge(connection)
        origin = _origin(connection, keys)
        for place, earlier in _signed_before(connection, keys, folder):
            _must_still_hold(connection, edge.size, earlier, place)
        text = checkpoint_text(origin, edge.size, edge.root())
        before = kept_checkpoint(connection, edge.size)
        signed = signers_of(before, keys.known) if before else []
        fresh = [signer for signer in keys.signers if signer.verifier not in signed]
        lines = [signer.sign(text, int(time.time())) for signer in fresh]
        checkpoints.keep(connection, edge.size, text, lines)
        made = kept_checkpoint(connection, edge.size)
        assert made is not None
    if keys.folder.is_dir():
        write_whole(keys.folder / _LAST_SIGNED, str(made).encode())
    if folder is not None:
        publish(journal, folder, made)
    return made


def publish(journal: Journal, folder: Path, made: Checkpoint) -> None:
    """Writes the log up to a checkpoint as files that any client of the format reads."""
    before = tiles.published(folder)
    with journal.reading() as connection:

        def hashes(level: int, begin: int, end: int) -> bytes:
            return tree.level(connection, 8 * level, begin, end)

        def entries(begin: int, end: int) -> Iterator[bytes]:
            return tree.leaves(connection, begin, end)

        tiles.publish(folder, before.size if before else 0, made, hashes, entries)


def last_checkpoint(connection: Connection) -> Checkpoint | None:
    """The newest checkpoint that is kept; raises Refusal where it was spoilt."""
    size = checkpoints.newest(connection)
    return None if size is None else kept_checkpoint(connection, size)


def kept_checkpoint(connection: Connection, size: int) -> Checkpoint | None:
    """The checkpoint of a size that is kept; raises Refusal where it was spoilt."""
    found = checkpoints.at(connection, size)
    try:
        return None if found is None else checkpoint_of(Note(*found))
    except Malformed as error:
        raise Refusal(_not_a_checkpoint(f"checkpoints: {size}", error)) from None


def signers_of(signed: Checkpoint, known: Iterable[Verifier]) -> list[Verifier]:
    """The known keys that signed a checkpoint; raises Refusal where a signature of theirs is false."""
    try:
        return list(signed.note.verified(known).values())
    except Malformed as error:
        params = {"size": signed.size, "detail": str(error)}
        raise Refusal(Problem("false-signature", params=params)) from None


def last_signed(keys: Keys) -> Checkpoint | None:
    """What the keys signed last, as the folder of the keys remembers it; raises Refusal."""
    path = keys.folder / _LAST_SIGNED
    return checkpoint_in(path) if path.exists() else None


def checkpoint_in(path: Path) -> Checkpoint:
    """The checkpoint that a file holds; raises Refusal."""
    try:
        return read_checkpoint(path.read_text(encoding="utf-8"))
    except OSError as error:
        params = {"path": str(path), "detail": str(error.strerror)}
        raise Refusal(Problem("no-such-file", params=params)) from None
    except (Malformed, UnicodeDecodeError) as error:
        raise Refusal(_not_a_checkpoint(str(path), error)) from None


def _not_a_checkpoint(what: str, error: Exception) -> Problem:
    return Problem("not-a-checkpoint", params={"what": what, "detail": str(error)})


def _origin(connection: Connection, keys: Keys) -> str:
    """The name of the ledger: that of its keys, and of all that was signed before."""
    if not keys.signers:
        raise Refusal(Problem("no-key", params={"folder": str(keys.folder)}))
    name = keys.signers[-1].verifier.name
    before = last_checkpoint(connection)
    if before is not None and before.origin != name:
        params = {"name": name, "origin": before.origin}
        raise Refusal(Problem("another-ledgers-key", params=params))
    return name


def _signed_before(
    connection: Connection, keys: Keys, folder: Path | None
) -> Iterator[tuple[str, Checkpoint]]:
    """What was signed, wherever it is remembered, with the place."""
    for place, found in (
        ("checkpoints", last_checkpoint(connection)),
        (str(keys.folder), last_signed(keys)),
        (str(folder), tiles.published(folder) if folder else None),
    ):
        if found is not None:
            yield place, found


def _must_still_hold(connection: Connection, size: int, earlier: Checkpoint, place: str) -> None:
    if earlier.size > size or tree.root(connection, earlier.size) != earlier.root:
        params = {"signed": earlier.size, "size": size, "place": place}
        raise Refusal(Problem("not-what-was-signed", params=params))
