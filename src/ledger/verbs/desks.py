"""A desk: what waits at an organ. Open cases, failing checks, reports in draft, what was recorded lately."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

import msgspec

from ledger.rooms import subjects
from ledger.rooms.storage import figures, reading
from ledger.rooms.storage.figures import Scope
from ledger.rooms.storage.reading import Connection
from ledger.verbs.checking import Finding, check_full_report
from ledger.verbs.full_reports import full_report
from ledger.verbs.issues import life_at
from ledger.verbs.recording import today
from ledger.verbs.reporting import Question
from ledger.verbs.searching import Filter, events
from ledger.words.events import Event
from ledger.words.facts import Fact, Known, read_shape
from ledger.words.figures import Edition
from ledger.words.years import date_of, year

_PENDING = {
    "application.pending": "application",
    "review.pending": "review",
    "rectification.pending": "rectification",
}
"""The states of open cases, and the subjects that are cases: a balance or statement is none."""

LISTED = 50
"""Open cases of a kind that are listed, the oldest first."""
_LATELY, _LOOKED_THROUGH = 10, 20_000
"""Events listed as recorded lately, and how far back in the journal they are looked for."""


class OpenCase(msgspec.Struct, frozen=True):
    """A case that waits at an organ."""

    subject: str
    since: date
    days: int
    """Days of the calendar since then, not working days."""
    fact: Fact
    last: Event
    """What happened to it last."""


class OpenReport(msgspec.Struct, frozen=True):
    """A report that is drafted and not yet issued; `stage` is drafted, checked or approved."""

    period: str
    below: bool
    stage: str
    on: date
    by: str


class Desk(msgspec.Struct, frozen=True):
    """What waits at an organ."""

    organ: str
    cases: dict[str, tuple[OpenCase, ...]]
    """By the kind of their subject; the oldest first."""
    counts: dict[str, int]
    """How many there are of each kind."""
    year: int
    """The last full year, whose report is checked."""
    findings: tuple[Finding, ...]
    """Its equations that do not hold."""
    reports: tuple[OpenReport, ...]
    lately: tuple[Event, ...]


def desk_at(connection: Connection, editions: Mapping[str, Edition], organ: str) -> Desk:
    """What waits at an organ today; raises Refusal."""
    found = _pending(connection, organ)
    cases = {kind: tuple(_open_cases(connection, known[:LISTED])) for kind, known in found.items()}
    last_year = today().year - 1
    made = full_report(connection, editions, Question(year(last_year), organ))
    findings = check_full_report(connection, editions, made)
    return Desk(
        organ,
        cases,
        {kind: len(known) for kind, known in found.items()},
        last_year,
        tuple(finding for finding in findings if finding.verdict != "holds"),
        tuple(_open_reports(connection, organ, (last_year, last_year + 1))),
        tuple(_lately(connection, organ)),
    )


def _pending(connection: Connection, organ: str) -> dict[str, list[Known]]:
    """The facts of the cases that are open at an organ, by their kind, the oldest first."""
    numbers = tuple(reading.organ_number(connection, organ).values())
    shapes = [
        number
        for key, number in figures.numbered_shapes(connection).items()
        if read_shape(key)["state"] in _PENDING
    ]
    scope = Scope(year(today().year), numbers)
    found = [known for _, known in figures.traced(connection, "closing", shapes, scope)]
    names = reading.subjects_of(connection, {known.subject for known in found})
    waiting: dict[str, list[Known]] = {kind: [] for kind in _PENDING.values()}
    for known in sorted(found, key=lambda known: (known.fact.since, known.subject)):
        kind = _PENDING[known.fact.state]
        # A replacement takes a case off an opening balance; it is no case of its own.
        if names[known.subject].startswith(f"{kind}:") and known.fact.quantity > 0:
            waiting[kind].append(known)
    return waiting


def _open_cases(connection: Connection, pending: Iterable[Known]) -> Iterable[OpenCase]:
    listed = list(pending)
    histories = reading.histories(connection, {known.subject for known in listed})
    by_number = {history[0].position: (name, history) for name, history in histories.items()}
    for known in listed:
        name, history = by_number[known.subject]
        since = date_of(known.fact.since)
        last = subjects.standing(history)[-1]
        yield OpenCase(name, since, (today() - since).days, known.fact, last)


def _open_reports(connection: Connection, organ: str, years: Iterable[int]) -> Iterable[OpenReport]:
    for number in years:
        for below in (False, True):
            life = life_at(connection, organ, year(number), below=below)
            last = life.approval or life.check or life.draft
            if life.draft is not None and last is not None:
                stage = last.type.partition(".")[2]
                on, by = last.occurred_on, last.recorded_by
                yield OpenReport(str(number), below, stage, on, by)


def _lately(connection: Connection, organ: str) -> Iterable[Event]:
    first = max(1, reading.last_position(connection) - _LOOKED_THROUGH)
    wanted = Filter(organs=frozenset({organ}), first=first)
    return events(connection, wanted, limit=_LATELY, newest_first=True)
