"""Requests to rectify one's own record (《条例》第四十一条): requested, then answered."""

from __future__ import annotations

from collections.abc import Sequence

from ledger.rooms.subjects.lifecycle import Kind, Step
from ledger.words.events import Event
from ledger.words.facts import Fact, shape
from ledger.words.years import FOREVER, day

STEPS = {
    "rectification.requested": Step(opens=True),
    "rectification.answered": Step(after=("rectification.requested",), twice=False),
}


def facts(events: Sequence[Event]) -> list[Fact]:
    """Pending until answered."""
    requested = events[0]
    answered = events[1] if len(events) > 1 else None
    until = day(answered.occurred_on) if answered else FOREVER
    evidence = requested.evidence + (answered.evidence if answered else ())
    key = shape("rectification.pending", entry="received")
    found = [Fact(requested.organ, key, day(requested.occurred_on), until, 1, evidence)]
    if answered:
        key = shape("rectification.answered", outcome=answered.data["outcome"])
        found.append(Fact(requested.organ, key, until, until, 1, answered.evidence))
    return found


KIND = Kind(STEPS, facts)
