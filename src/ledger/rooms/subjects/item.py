"""Items of the power list: licences, penalties, coercion, fees and other services."""

from __future__ import annotations

from collections.abc import Sequence

from ledger.rooms.subjects.balance import replacement
from ledger.rooms.subjects.lifecycle import Kind, Step
from ledger.words.events import Event
from ledger.words.facts import Fact, shape
from ledger.words.years import FOREVER, day

STEPS = {
    "item.listed": Step(opens=True),
    "item.removed": Step(after=("item.listed",), twice=False),
}


def facts(events: Sequence[Event]) -> list[Fact]:
    """Listed from one day until removed (2019 form: 上一年项目数量, 本年增/减)."""
    listed, removed = events[0], events[1] if len(events) > 1 else None
    key = shape("item.listed", kind=listed.data["kind"], entry="listed")
    until = day(removed.occurred_on) if removed else FOREVER
    evidence = listed.evidence + (removed.evidence if removed else ())
    stood = Fact(listed.organ, key, day(listed.occurred_on), until, 1, evidence)
    return [stood, *replacement(listed.organ, listed, "item.listed", kind=listed.data["kind"])]


KIND = Kind(STEPS, facts)
