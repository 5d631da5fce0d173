"""Importing: whole or not at all, every bad line named, harmless to repeat; JSON Lines read here."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any, BinaryIO

import msgspec

from ledger.rooms.definitions.schemas import Definitions
from ledger.rooms.storage.journal import Journal
from ledger.verbs.recording import Batch, Line, problems_of
from ledger.words.problems import Origin, Problem

CHUNK = 1000
"""Drafts that go to the database at once."""

LONGEST_LINE = 1_000_000
"""Bytes; no event is nearly so long, and a file that is not JSON Lines should not fill the memory."""

Progress = Callable[[int], None]
"""Told how many more bytes are read."""


class Refused(msgspec.Struct, frozen=True):
    """A draft, as far as it could be read, that cannot be recorded."""

    line: Line
    problems: tuple[Problem, ...]


class Imported(msgspec.Struct, frozen=True):
    """What an import did: events recorded, events that were there already, and what was refused."""

    recorded: int
    again: int
    problems: tuple[Problem, ...]
    remarks: tuple[Problem, ...] = ()
    """What a reader should know of the file, though it was not refused for it."""


def import_lines(
    journal: Journal,
    definitions: Definitions,
    stream: BinaryIO,
    recorded_by: str,
    *,
    valid_lines: bool = False,
    in_parts: bool = False,
    progress: Progress = lambda _: None,
) -> Imported:
    """Records a file of one event a line, as `import_drafts` does."""
    return import_drafts(
        journal,
        definitions,
        drafts_in(stream, progress),
        recorded_by,
        valid_lines=valid_lines,
        in_parts=in_parts,
    )


def import_drafts(
    journal: Journal,
    definitions: Definitions,
    told: Iterable[Line | Refused],
    recorded_by: str,
    *,
    valid_lines: bool = False,
    in_parts: bool = False,
    trial: bool = False,
) -> Imported:
    """Records what a file tells; as a `trial` it records nothing and says the same.

    One transaction, nothing recorded if anything is wrong; `valid_lines` records the rest.
    `in_parts` commits every thousand drafts, so that other writers get their turn: after an
    interruption the drafts before it are recorded, and importing the file again completes it.
    """
    recorded = again = 0
    with journal.writing() as writing:
        batch = Batch(writing, definitions, recorded_by, judge_all=valid_lines)
        drafts = iter(told)
        while chunk := list(islice(drafts, CHUNK)):
            receipts = batch.take(_valid(batch, definitions, chunk))
            if batch.problems and not valid_lines:
                if in_parts:
                    return Imported(
                        recorded, again, (*batch.problems, _stopped(chunk[0], recorded))
                    )
                recorded = again = 0
            else:
                recorded += sum(not receipt.again for receipt in receipts)
                again += sum(receipt.again for receipt in receipts)
            batch.write(commit=False)
            if in_parts:
                writing.commit()
        if (valid_lines or not batch.problems) and not trial:
            writing.commit()
    return Imported(recorded, again, tuple(batch.problems))


def _stopped(first: Line | Refused, recorded: int) -> Problem:
    """Where an import in parts stopped: at a line, or among rows that were put in order first."""
    line = first.line if isinstance(first, Refused) else first
    if line.origin is None or line.origin.sheet:
        return Problem("stopped-between-rows", params={"recorded": recorded})
    return Problem("stopped-half-way", params={"line": line.origin.line})


def _valid(batch: Batch, definitions: Definitions, chunk: Iterable[Line | Refused]) -> list[Line]:
    """The drafts of a chunk with which nothing is wrong by themselves."""
    good: list[Line] = []
    for told in chunk:
        if isinstance(told, Refused):
            batch.refuse(told.line, *told.problems)
            continue
        found = problems_of(definitions, told)
        if found:
            batch.refuse(told, *found)
        else:
            good.append(told)
    return good


def drafts_in(stream: BinaryIO, progress: Progress = lambda _: None) -> Iterator[Line | Refused]:
    """The draft of each line that is not empty, or what is wrong with it."""
    numbered = enumerate(_lines(stream), 1)
    while chunk := list(islice(numbered, CHUNK)):
        for number, raw in chunk:
            told = _read(raw, number)
            if told is not None:
                yield told
        progress(sum(len(raw) for _, raw in chunk))


def _lines(stream: BinaryIO) -> Iterator[bytes]:
    """The lines; of one that is too long no more than tells so is held."""
    while line := stream.readline(LONGEST_LINE + 1):
        yield line
        while len(line) > LONGEST_LINE and not line.endswith(b"\n"):
            line = stream.readline(LONGEST_LINE + 1)


def _read(raw: bytes, number: int) -> Line | Refused | None:
    """The draft of a line, what is wrong with it, or None for an empty line."""
    origin = Origin(number)
    if len(raw) > LONGEST_LINE:
        params = {"limit": LONGEST_LINE}
        return Refused(Line({}, origin), (Problem("too-large-file", params=params),))
    try:
        text = raw.decode("utf-8-sig" if number == 1 else "utf-8").strip()
        if not text:
            return None
        draft = json.loads(text, object_pairs_hook=_unique, parse_constant=_not_a_number)
        if "\\u" in text:  # half of a pair of signs is no text, though JSON lets it be written
            json.dumps(draft, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as error:
        return Refused(Line({}, origin), (Problem("not-json", params={"detail": str(error)}),))
    if not isinstance(draft, dict):
        return Refused(Line({}, origin), (Problem("not-an-object"),))
    if "id" not in draft:
        draft = {"id": id_of(draft)} | draft
    return Line(draft, origin)


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
