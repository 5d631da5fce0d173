"""Importing JSON Lines: whole or not at all, every bad line named, harmless to repeat."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from itertools import islice
from typing import Any

import msgspec

from ledger.rooms.definitions.schemas import Definitions
from ledger.rooms.storage.journal import Journal
from ledger.verbs.recording import Batch, Line, problems_of
from ledger.words.problems import Problem

CHUNK = 1000
"""Lines that go to the database at once."""

LONGEST_LINE = 1_000_000
"""Bytes; no event is nearly so long, and a file that is not JSON Lines should not fill the memory."""

Progress = Callable[[int], None]
"""Told how many more bytes are read."""


class Imported(msgspec.Struct, frozen=True):
    """What an import did: lines recorded, lines that were there already, and what was refused."""

    recorded: int
    again: int
    problems: tuple[Problem, ...]


def import_lines(
    journal: Journal,
    definitions: Definitions,
    lines: Iterable[bytes],
    recorded_by: str,
    *,
    valid_lines: bool = False,
    in_parts: bool = False,
    progress: Progress = lambda _: None,
) -> Imported:
    """Records a file of one event a line.

    One transaction, nothing recorded if any line is wrong; `valid_lines` records the others.
    `in_parts` commits every thousand lines, so that other writers get their turn: after an
    interruption the lines before it are recorded, and importing the file again completes it.
    """
    recorded = again = 0
    with journal.writing() as writing:
        batch = Batch(writing, definitions, recorded_by, judge_all=valid_lines)
        numbered = enumerate(lines, 1)
        while chunk := list(islice(numbered, CHUNK)):
            progress(sum(len(raw) for _, raw in chunk))
            receipts = batch.take(_valid(batch, definitions, chunk))
            if batch.problems and not valid_lines:
                if in_parts:
                    stopped = Problem("stopped-half-way", params={"line": chunk[0][0]})
                    return Imported(recorded, again, (*batch.problems, stopped))
                recorded = again = 0
            else:
                recorded += sum(not receipt.again for receipt in receipts)
                again += sum(receipt.again for receipt in receipts)
            batch.write(commit=False)
            if in_parts:
                writing.commit()
        if valid_lines or not batch.problems:
            writing.commit()
    return Imported(recorded, again, tuple(batch.problems))


def _valid(
    batch: Batch, definitions: Definitions, chunk: Iterable[tuple[int, bytes]]
) -> list[Line]:
    """The lines of a chunk with which nothing is wrong by itself."""
    good: list[Line] = []
    for number, raw in chunk:
        line = _read(raw, number)
        if isinstance(line, Problem):
            batch.problems.append(line)
        elif line is not None:
            found = problems_of(definitions, line)
            if found:
                batch.refuse(line, *found)
            else:
                good.append(line)
    return good


def _read(raw: bytes, number: int) -> Line | Problem | None:
    """The draft of a line, a problem, or None for an empty line."""
    if len(raw) > LONGEST_LINE:
        params = {"size": len(raw), "limit": LONGEST_LINE}
        return Problem("too-large-file", line=number, params=params)
    try:
        text = raw.decode("utf-8-sig" if number == 1 else "utf-8").strip()
        if not text:
            return None
        draft = json.loads(text, object_pairs_hook=_unique, parse_constant=_not_a_number)
    except (ValueError, RecursionError) as error:
        return Problem("not-json", line=number, params={"detail": str(error)})
    if isinstance(draft, dict) and "id" not in draft:
        draft = {"id": id_of(draft)} | draft
    return Line(draft, number)


def id_of(draft: dict[str, Any]) -> str:
    """The id of a line that gives none: from its content, so that the same line is the same event.

    Written in letters only, since long runs of digits are refused as personal numbers.
    """
    digest = hashlib.sha256(msgspec.json.encode(draft, order="sorted")).hexdigest()[:32]
    return f"line-{digest.translate(_LETTERS)}"


_LETTERS = str.maketrans("0123456789", "ghijklmnop")


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) != len(pairs):
        raise ValueError("a name stands twice in one object")
    return result


def _not_a_number(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")
