"""Reconsiderations and suits over disclosure: opened, then concluded or still pending."""

from __future__ import annotations

from collections.abc import Sequence

from ledger.rooms.subjects.balance import replacement
from ledger.rooms.subjects.lifecycle import Kind, Step
from ledger.words.events import Event
from ledger.words.facts import Fact, shape
from ledger.words.years import FOREVER, day

STEPS = {
    "review.opened": Step(opens=True),
    "review.concluded": Step(after=("review.opened",), twice=False),
}


def facts(events: Sequence[Event]) -> list[Fact]:
    """Pending until concluded with one result; the year is that of the review, not of the application."""
    opened = events[0]
    kind = opened.data["kind"]
    concluded = events[1] if len(events) > 1 else None
    until = day(concluded.occurred_on) if concluded else FOREVER
    evidence = opened.evidence + (concluded.evidence if concluded else ())
    key = shape("review.pending", kind=kind, entry="opened")
    found = [Fact(opened.organ, key, day(opened.occurred_on), until, 1, evidence)]
    found += replacement(opened.organ, opened, "review.pending", kind=kind)
    if concluded:
        key = shape("review.concluded", kind=kind, result=concluded.data["result"])
        found.append(Fact(opened.organ, key, until, until, 1, concluded.evidence))
    return found


KIND = Kind(STEPS, facts)
