"""Rebuilding the facts from the journal, and finding where journal and facts disagree."""

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
from ledger.rooms.storage.reading import Connection, Row
from ledger.rooms.subjects.succession import Reforms
from ledger.verbs.histories import reforms_of
from ledger.verbs.lives import fact_row
from ledger.words.events import Event
from ledger.words.faults import Fault

Progress = Callable[[int], None]
"""Told how many more events are done."""


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


def fact_faults(connection: Connection, progress: Progress = lambda _: None) -> Iterator[Fault]:
    """What is wrong subject by subject: the columns beside the bytes, the versions, the stored facts."""
    noted, reform = reading.noted_reform(connection), reading.last_reform(connection)
    if noted != reform:
        yield Fault("reform", str(noted), found=str(noted), expected=str(reform))
    noted, newest = reading.noted_time(connection), reading.last_time(connection)
    if noted != newest:
        yield Fault("head-time", str(noted), found=str(noted), expected=str(newest))
    try:
        organs, reforms = reading.organs(connection), reforms_of(connection)
    except Exception as error:
        yield Fault("organs", "organs", found=str(error))
        return
    numbers = numbered_shapes(connection)
    expected: int | None = 0

    def number_of(key: str) -> int:
        return numbers.setdefault(key, -len(numbers) - 1)

    subjects_ = rebuilding.subject_rows(connection)
    while batch := list(islice(subjects_, _BATCH)):
        wanted: dict[tuple[int, int, int], FactRow] = {}
        unknown: set[int] = set()
        for rows in batch:
            faults = list(_row_faults(rows))
            yield from faults
            try:
                history = [decode(row.state, row.position, row.version) for row in rows]
                wanted |= {row[:3]: row for row in rows_of(history, organs, reforms, number_of)}
            except Exception:
                # Bytes that were altered can say anything; most of it, no rule expects.
                unknown.add(rows[0].position)
                if not faults:
                    yield Fault("meaningless", str(rows[-1].position), found=rows[0].stream)
            progress(len(rows))
        stored = rebuilding.facts_of(connection, [rows[0].position for rows in batch])
        found = {row[:3]: row for row in stored if row[0] not in unknown}
        yield from _differences(found, wanted)
        expected = None if unknown or expected is None else expected + len(found)
    if expected is not None and (count := rebuilding.fact_count(connection)) != expected:
        strays = list(rebuilding.stray_facts(connection))
        yield from _differences({row[:3]: row for row in strays}, {})
        if not strays:
            yield Fault("facts", "facts", found=str(count), expected=str(expected))


def _row_faults(rows: Sequence[Row[Any]]) -> Iterator[Fault]:
    """What of the columns beside a subject's events does not follow from their bytes and their order."""
    for nth, row in enumerate(rows, 1):
        place = str(row.position)
        if row.version != nth:
            yield Fault("sequence", place, found=str(row.version), expected=str(nth))
        try:
            event = decode(row.state, row.position, row.version)
        except (msgspec.MsgspecError, ValueError) as error:
            yield Fault("unreadable", place, found=str(error))
            continue
        for column, told in _columns(event).items():
            stored = getattr(row, column)
            if stored != told:
                yield Fault("column", f"{place} {column}", found=str(stored), expected=str(told))


def _columns(event: Event) -> dict[str, Any]:
    """What the columns beside an event's bytes must say."""
    return {
        "stream": event.originator_id,
        "id": None if event.id == made_id(event.position) else event.id,
        "type": event.type,
        "recorded_at": event.recorded_at,
    }


_Facts = Mapping[tuple[int, int, int], FactRow]


def _differences(found: _Facts, wanted: _Facts) -> Iterator[Fault]:
    for key in sorted(wanted.keys() | found.keys()):
        if wanted.get(key) != found.get(key):
            told = (str(rows.get(key, "—")) for rows in (found, wanted))
            yield Fault("fact", "/".join(map(str, key)), *told)


_BATCH = 1000
"""Subjects whose facts are compared at once."""
