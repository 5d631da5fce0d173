"""Holding: the checkpoint that someone outside has in hand, by itself or in an issued report."""

from __future__ import annotations

import json
from pathlib import Path

from ledger.rooms.files.wording import words_of
from ledger.rooms.proof.checkpoints import Checkpoint, find_printed, read_checkpoint
from ledger.rooms.proof.notes import Malformed
from ledger.words.problems import Problem, Refusal


def held_in(path: Path) -> Checkpoint:
    """The checkpoint that a file is, or that an issued report names; raises Refusal.

    JSON carries it with its signatures. What is printed has none: it is as sure as the paper is.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        params = {"path": str(path), "detail": str(error.strerror)}
        raise Refusal(Problem("no-such-file", params=params)) from None
    try:
        text = words_of(data)
        return _in_json(text) or _note(text) or find_printed(text)
    except Malformed as error:
        params = {"what": str(path), "detail": str(error)}
        raise Refusal(Problem("holds-no-checkpoint", params=params)) from None


def _in_json(text: str) -> Checkpoint | None:
    try:
        told = json.loads(text)
    except ValueError:
        return None
    try:
        return read_checkpoint(told["issue"]["checkpoint"]["note"])
    except (KeyError, TypeError):
        raise Malformed("it has no issue.checkpoint.note") from None


def _note(text: str) -> Checkpoint | None:
    try:
        return read_checkpoint(text)
    except Malformed:
        return None
