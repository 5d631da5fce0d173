"""Counted statements: a quantity for a period from a named source, where single acts live elsewhere."""

from __future__ import annotations

from collections.abc import Sequence

from ledger.rooms.subjects.lifecycle import Kind, Step
from ledger.words.events import Event
from ledger.words.facts import Fact, shape
from ledger.words.years import FOREVER, day_of

STEPS = {"statement.counted": Step(opens=True)}

ENTRY = {
    "application.pending": "received",
    "document.in-force": "made",
    "document.public": "published",
    "item.listed": "listed",
    "procurement.project": "concluded",
    "procurement.amount": "concluded",
    "review.pending": "opened",
    "rectification.pending": "received",
}
"""How a counted state was entered, unless the statement says otherwise."""


def facts(events: Sequence[Event]) -> list[Fact]:
    """The quantity is counted on the last day of its period, which lies within one year."""
    (counted,) = events
    state = counted.data["state"]
    dimensions = {"entry": ENTRY.get(state)} | counted.data.get("dimensions", {})
    on = day_of(counted.data["to"])
    until = FOREVER if state in _LASTING else on
    quantity = counted.data["quantity"]
    return [Fact(counted.organ, shape(state, **dimensions), on, until, quantity, counted.evidence)]


_LASTING = ("procurement.project", "procurement.amount")
"""What is counted only while it is not cancelled; the others say what was entered, not what stands."""


KIND = Kind(STEPS, facts)
