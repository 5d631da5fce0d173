"""A file of events, whatever it is: a workbook, a CSV file, or JSON Lines."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import BinaryIO

import msgspec

from ledger.rooms.definitions.schemas import Definitions
from ledger.rooms.sheets import Book, is_workbook, open_csv, open_workbook
from ledger.rooms.storage.journal import Journal
from ledger.verbs.importing import Imported, Refused, drafts_in, import_drafts
from ledger.verbs.recording import Line
from ledger.verbs.registers.books import Drafts, Reading
from ledger.words.problems import Problem, Refusal

_CSV = (".csv", ".tsv")

Allowed = Callable[[str], bool]
"""Whether events of an organ may be recorded."""


class Told(msgspec.Struct, frozen=True):
    """What an import of a file did, and its sheets, where it has any."""

    done: Imported
    book: Book | None


def book_in(stream: BinaryIO, name: str) -> Book | None:
    """The file as a book of sheets, told by its first bytes or its name; None for JSON Lines."""
    start = stream.read(8)
    stream.seek(0)
    if is_workbook(start):
        return open_workbook(stream)
    if Path(name).suffix.lower() in _CSV:
        return open_csv(stream, Path(name).name)
    return None


def import_file(
    journal: Journal,
    definitions: Definitions,
    stream: BinaryIO,
    name: str,
    reading: Reading,
    recorded_by: str,
    allowed: Allowed,
    *,
    trial: bool,
) -> Told:
    """Records what a file tells, or with `trial` only says what is wrong; raises Refusal."""
    book = book_in(stream, name)
    if book is None and reading.mapping is not None:
        raise Refusal(Problem("only-of-workbooks"))
    drafts = Drafts(definitions, reading)
    told: Iterable[Line | Refused]
    if book is None:
        told = drafts_in(stream)
    else:
        drafts.read(book, lambda _: None)
        told = chain(drafts.refused, drafts.lines())
    done = import_drafts(
        journal,
        definitions,
        _allowed(told, allowed),
        recorded_by,
        valid_lines=reading.every_row,
        trial=trial,
    )
    return Told(drafts.told_of(book, done) if book else done, book)


def _allowed(told: Iterable[Line | Refused], allowed: Allowed) -> Iterator[Line | Refused]:
    """The drafts, those of other organs as refused."""
    for line in told:
        organ = "" if isinstance(line, Refused) else line.draft.get("organ")
        if isinstance(line, Refused) or not isinstance(organ, str) or allowed(organ):
            yield line
        else:
            yield Refused(line, (Problem("not-permitted", "/organ", params={"organ": organ}),))
