"""Rebuilding the facts from the journal, and verifying that journal and facts agree."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

import msgspec

from ledger.rooms import subjects
from ledger.rooms.storage import reading, rebuilding
from ledger.rooms.storage.figures import numbered_shapes
from ledger.rooms.storage.journal import FactRow, Journal, made_id
from ledger.rooms.storage.mapper import decode
from ledger.rooms.storage.reading import Connection
from ledger.rooms.subjects.succession import Reforms
from ledger.verbs.histories import reforms_of
from ledger.verbs.lives import fact_row
from ledger.words.events import Event

Progress = Callable[[int], None]
"""Told how many more events are done."""


class Fault(msgspec.Struct, frozen=True):
    """Something in the database that cannot have come from recording; `what` picks its sentence."""

    what: str
    place: str
    found: str = ""
    expected: str = ""


def rebuild(journal: Journal, progress: Progress = lambda _: None) -> int:
    """Deletes the facts and derives them anew from the journal; returns how many there are."""

    def derive(connection: Connection, number_of: Callable[[str], int]) -> Iterator[FactRow]:
        return derived(connection, number_of, progress)

    # Millions of short-lived values make the cyclic collector the slowest part of the work.
    gc.disable()
    try:
        return rebuilding.replace_facts(journal, derive)
    finally:
        gc.enable()


def derived(
    connection: Connection, number_of: Callable[[str], int], progress: Progress
) -> Iterator[FactRow]:
    """The facts that the journal means, subject by subject."""
    organs, reforms = reading.organs(connection), reforms_of(connection)
    for history in rebuilding.histories(connection):
        yield from rows_of(history, organs, reforms, number_of)
        progress(len(history))


def rows_of(
    history: Sequence[Event],
    organs: Mapping[str, int],
    reforms: Reforms,
    number_of: Callable[[str], int],
) -> list[FactRow]:
    """The rows of every fact that was ever known of a subject."""
    subject = history[0].position
    return [
        fact_row(subject, slot, since, until, organs[fact.organ], number_of, fact)
        for slot, since, until, fact in subjects.knowledge(history, reforms)
    ]


def verify(journal: Journal, progress: Progress = lambda _: None) -> Iterator[Fault]:
    """What is wrong: in the journal's own order and columns, then between journal and facts.

    What it cannot tell: whether bytes were altered consistently; that takes a proof held outside.
    """
    with journal.reading() as connection:
        readable = True
        for fault in _journal_faults(connection, progress):
            readable = readable and fault.what != "unreadable"
            yield fault
        if readable:
            yield from _subject_faults(connection, progress)


def _journal_faults(connection: Connection, progress: Progress) -> Iterator[Fault]:
    expected, last_time = 1, 0
    for row in reading.journal_rows(connection):
        place = str(row.position)
        if row.position != expected:
            yield Fault("gap", place, found=place, expected=str(expected))
        expected = row.position + 1
        try:
            event = decode(row.state, row.position, row.version)
        except msgspec.MsgspecError as error:
            yield Fault("unreadable", place, found=str(error))
            continue
        for column, told in _columns(event).items():
            stored = getattr(row, column)
            if stored != told:
                yield Fault("column", f"{place} {column}", found=str(stored), expected=str(told))
        if event.recorded_at < last_time:
            yield Fault("backwards", place)
        last_time = event.recorded_at
        progress(1)
    head = reading.last_position(connection)
    if head != expected - 1:
        yield Fault("head", str(head), found=str(expected - 1), expected=str(head))
    noted, reform = reading.noted_reform(connection), reading.last_reform(connection)
    if noted != reform:
        yield Fault("reform", str(noted), found=str(noted), expected=str(reform))


def _columns(event: Event) -> dict[str, Any]:
    """What the columns beside an event's bytes must say."""
    return {
        "stream": event.originator_id,
        "id": None if event.id == made_id(event.position) else event.id,
        "type": event.type,
        "recorded_at": event.recorded_at,
    }


def _subject_faults(connection: Connection, progress: Progress) -> Iterator[Fault]:
    """Every subject counts its events from 1, and its stored facts are those that they mean."""
    organs, reforms = reading.organs(connection), reforms_of(connection)
    numbers = numbered_shapes(connection)
    expected = 0

    def number_of(key: str) -> int:
        return numbers.setdefault(key, -len(numbers) - 1)

    histories = rebuilding.histories(connection)
    while batch := list(islice(histories, _BATCH)):
        wanted: dict[tuple[int, int, int], FactRow] = {}
        for history in batch:
            for nth, event in enumerate(history, 1):
                if event.sequence != nth:
                    place = str(event.position)
                    yield Fault("sequence", place, found=str(event.sequence), expected=str(nth))
            wanted |= {row[:3]: row for row in rows_of(history, organs, reforms, number_of)}
            progress(len(history))
        expected += len(wanted)
        stored = rebuilding.facts_of(connection, [history[0].position for history in batch])
        found = {row[:3]: row for row in stored}
        for key in sorted(wanted.keys() | found.keys()):
            if wanted.get(key) != found.get(key):
                place = "/".join(map(str, key))
                told = (str(rows.get(key, "—")) for rows in (found, wanted))
                yield Fault("fact", place, *told)
                expected += (key in found) - (key in wanted)
    if (count := rebuilding.fact_count(connection)) != expected:
        yield Fault("facts", "facts", found=str(count), expected=str(expected))


_BATCH = 1000
"""Subjects whose facts are compared at once."""
