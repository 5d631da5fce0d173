"""Keys, checkpoints and proofs as documents and sheets."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Sequence
from typing import Any

from ledger.drawing import contents
from ledger.drawing.documents import event_document
from ledger.drawing.phrases import say
from ledger.drawing.sheet import Grid, Sheet
from ledger.rooms.definitions.schemas import Definitions
from ledger.rooms.proof.checkpoints import Checkpoint
from ledger.rooms.proof.keys import Keys
from ledger.rooms.proof.notes import WITNESS, Verifier
from ledger.verbs.checkpointing import signers_of
from ledger.verbs.proving import Proved
from ledger.words.trees import leaf_hash

Json = dict[str, Any]


def checkpoint_document(signed: Checkpoint) -> contents.Checkpoint:
    """A checkpoint; `note` is how it is handed on."""
    return {
        "origin": signed.origin,
        "size": signed.size,
        "root": base64.b64encode(signed.root).decode(),
        "note": str(signed),
    }


def judged_document(signed: Checkpoint, known: Iterable[Verifier]) -> Json:
    """A checkpoint, and which of the known keys signed it."""
    by = [key.text() for key in signers_of(signed, known)]
    return {**checkpoint_document(signed), "signed_by": by}


def proof_document(proved: Proved, known: Iterable[Verifier], definitions: Definitions) -> Json:
    """An event with its stored bytes, the hashes from its leaf to the root, and the checkpoint."""
    proof = proved.proof
    return {
        "event": event_document(proved.event, definitions),
        "bytes": proved.data.decode(),
        "index": proof.index,
        "leaf": base64.b64encode(leaf_hash(proved.data)).decode(),
        "path": [base64.b64encode(each).decode() for each in proof.path],
        "checkpoint": judged_document(proof.checkpoint, known),
        "proof": str(proof),
    }


def key_document(key: Verifier, held: Keys) -> Json:
    """A public key, and what it is used for."""
    return {"id": key.id.hex(), "name": key.name, "use": _use(key, held), "key": key.text()}


def keys_sheet(held: Keys, witnesses: Sequence[Verifier], language: str) -> Sheet:
    """The keys that sign, those that did, and those of trusted witnesses."""
    headings = tuple(say(language, name) for name in ("key-id", "name", "key-use", "public-key"))
    rows = tuple(
        (key.id.hex(), key.name, say(language, f"key-{_use(key, held)}"), key.text())
        for key in (*held.known, *witnesses)
    )
    return Sheet("", (Grid(headings, rows), say(language, "keys-in", folder=held.folder)))


def _use(key: Verifier, held: Keys) -> str:
    if key.kind == WITNESS:
        return "witness"
    return "signs" if any(signer.verifier == key for signer in held.signers) else "retired"
