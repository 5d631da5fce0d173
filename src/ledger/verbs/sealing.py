"""Sealing: what is issued is signed for at once, so that its paper can name what it was made from."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from uuid import uuid4

import msgspec

from ledger.rooms.proof import keys as keyring
from ledger.rooms.proof.checkpoints import Checkpoint
from ledger.rooms.proof.keys import Keys
from ledger.rooms.proof.notes import LOG
from ledger.rooms.storage.database import failure_of
from ledger.rooms.storage.journal import Journal
from ledger.verbs.checkpointing import checkpoint, last_checkpoint
from ledger.verbs.full_reports import FullReport
from ledger.verbs.issuing import Office, issue
from ledger.verbs.proving import covered_by
from ledger.verbs.reporting import Question
from ledger.words.problems import Problem, Refusal


class Seal(msgspec.Struct, frozen=True):
    """The keys that sign, and the folder that the log is published in, if it is."""

    keys: Keys
    folder: Path | None = None


def keys_that_sign(
    journal: Journal | None, folder: Path, given: str | None = None, name: str | None = None
) -> Keys:
    """The keys that sign a ledger; the first is made where there are none yet."""
    held = keyring.load(folder, LOG, given)
    if held.signers or given is not None:
        return held
    keyring.make(folder, LOG, name or _origin(journal) or f"disclosure-ledger/{uuid4().hex[:12]}")
    return keyring.load(folder, LOG)


def _origin(journal: Journal | None) -> str | None:
    """The name under which the ledger signed before: a new key must not give it another."""
    if journal is None:
        return None
    with journal.reading() as connection:
        before = last_checkpoint(connection)
    return before.origin if before else None


def issue_sealed(
    office: Office, question: Question, seal: Seal, on: date | None = None
) -> FullReport:
    """Issues a report, or restates it, and signs a checkpoint that covers the issue; raises Refusal.

    The ledger is signed before as well: one that cannot be signed issues nothing.
    """

    def sign() -> Checkpoint:
        return checkpoint(office.journal, seal.keys, seal.folder)

    told = issue(office, question, on, before=sign)
    assert told.issue is not None
    try:
        sign()
    except Exception as error:
        detail = _detail_of(error)
        if detail is None:
            raise
        params = {"id": told.issue.id, "period": told.setting.period.code, "detail": detail}
        raise Refusal(Problem("issued-not-signed", params=params)) from error
    with office.journal.reading() as connection:
        signed = covered_by(connection, told.issue.position)
    return msgspec.structs.replace(told, checkpoint=signed)


def _detail_of(error: Exception) -> str | None:
    """Why a ledger was not signed; None for a bug."""
    if isinstance(error, OSError):
        return f"{error.filename}: {error.strerror}"
    problem = failure_of(error)
    return None if problem is None else str(problem.params["detail"])
