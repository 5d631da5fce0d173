"""Rebuilding the facts from the journal, and verifying that journal and facts agree."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from itertools import islice

import msgspec

from ledger.rooms import subjects
from ledger.rooms.storage import reading, rebuilding
from ledger.rooms.storage.figures import numbered_shapes
from ledger.rooms.storage.journal import FactRow, Journal
from ledger.rooms.storage.mapper import decode
from ledger.rooms.storage.reading import Connection
from ledger.verbs.recording import fact_row
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
    """The facts that the journal means, in the order of their keys."""
    organs = reading.organs(connection)
    for stream, history in rebuilding.histories(connection):
        rows = [
            fact_row(stream, slot, since, until, organs[fact.organ], number_of, fact)
            for slot, since, until, fact in subjects.knowledge(history)
        ]
        rows.sort()
        yield from rows
        progress(len(history))


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
            yield from _subject_faults(connection)
            yield from _fact_faults(connection, progress)


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
        for column in ("id", "type", "recorded_at"):
            stored, told = getattr(row, column), getattr(event, column)
            if stored != told:
                yield Fault("column", f"{place} {column}", found=str(stored), expected=str(told))
        if event.recorded_at < last_time:
            yield Fault("backwards", place)
        last_time = event.recorded_at
        progress(1)
    head = reading.last_position(connection)
    if head != expected - 1:
        yield Fault("head", str(head), found=str(expected - 1), expected=str(head))


def _subject_faults(connection: Connection) -> Iterator[Fault]:
    """Every subject counts its events from 1, and its name leads to its first event."""
    known = 0
    for batch in _in_batches(rebuilding.histories(connection)):
        names = reading.streams_named(connection, [events[0].originator_id for _, events in batch])
        for stream, history in batch:
            for nth, event in enumerate(history, 1):
                if event.sequence != nth:
                    place = str(event.position)
                    yield Fault("sequence", place, found=str(event.sequence), expected=str(nth))
            name = history[0].originator_id
            if names.get(name) != history[0].position or stream != history[0].position:
                yield Fault("name", name, found=str(names.get(name)), expected=str(stream))
        known += len(batch)
    if (named := reading.stream_count(connection)) != known:
        yield Fault("names", "streams", found=str(named), expected=str(known))


def _in_batches(
    histories: Iterator[tuple[int, list[Event]]],
) -> Iterator[list[tuple[int, list[Event]]]]:
    while batch := list(islice(histories, 1000)):
        yield batch


def _fact_faults(connection: Connection, progress: Progress) -> Iterator[Fault]:
    """Walks stored and derived facts side by side, each sorted by the same key."""
    numbers = dict(numbered_shapes(connection))

    def number_of(key: str) -> int:
        return numbers.setdefault(key, -len(numbers) - 1)

    stored = rebuilding.fact_rows(connection)
    expected = derived(connection, number_of, progress)
    found, wanted = next(stored, None), next(expected, None)
    while found is not None or wanted is not None:
        if wanted is None or (found is not None and found[:3] < wanted[:3]):
            yield Fault("fact", _key(found), found=str(found), expected="—")
            found = next(stored, None)
        elif found is None or found[:3] > wanted[:3]:
            yield Fault("fact", _key(wanted), found="—", expected=str(wanted))
            wanted = next(expected, None)
        else:
            if found != wanted:
                yield Fault("fact", _key(found), found=str(found), expected=str(wanted))
            found, wanted = next(stored, None), next(expected, None)


def _key(row: FactRow | None) -> str:
    return "/".join(map(str, row[:3])) if row else ""
