"""Opening balances: a dated count of what stood before the ledger began, and what takes its place."""

from __future__ import annotations

from collections.abc import Sequence

from ledger.rooms.subjects.lifecycle import Kind, Step
from ledger.words.events import Event
from ledger.words.facts import Fact, shape
from ledger.words.years import FOREVER, day, day_of

STEPS = {"balance.stated": Step(opens=True)}


def facts(events: Sequence[Event]) -> list[Fact]:
    """The stated quantity stands from the end of its day on, until real cases take its place."""
    (stated,) = events
    key = shape(stated.data["state"], **(stated.data.get("dimensions", {}) | {"entry": "balance"}))
    since = day(stated.occurred_on)
    return [Fact(stated.organ, key, since, FOREVER, stated.data["quantity"], stated.evidence)]


def replacement(organ: str, event: Event, state: str, **dimensions: str) -> list[Fact]:
    """The -1 that a real case takes from the balance of the day that had counted it (`data.balance`)."""
    counted = event.data.get("balance")
    if not counted:
        return []
    key = shape(state, **dimensions, entry="replacement")
    return [Fact(organ, key, day_of(counted), FOREVER, -1, event.evidence)]


KIND = Kind(STEPS, facts)
