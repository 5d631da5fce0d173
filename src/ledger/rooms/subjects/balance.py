"""Opening balances: a dated count of what stood before the ledger began, and what takes its place."""

from __future__ import annotations

from collections.abc import Sequence

from ledger.rooms.subjects.lifecycle import Kind, Step
from ledger.words.events import Event
from ledger.words.facts import Fact, shape
from ledger.words.years import FOREVER, day, day_of

STEPS = {
    "balance.stated": Step(opens=True),
    "balance.ended": Step(after=("balance.stated",), twice=False),
}


def facts(events: Sequence[Event]) -> list[Fact]:
    """The stated quantity stands from the end of its day on, until it is ended.

    Real cases that it counted take their place beside it, each with a -1.
    """
    by_type = {event.type: event for event in events}
    stated, ended = by_type.get("balance.stated"), by_type.get("balance.ended")
    if stated is None:
        return []
    key = shape(stated.data["state"], **(stated.data.get("dimensions", {}) | {"entry": "balance"}))
    since = day(stated.occurred_on)
    until = FOREVER if ended is None else day(ended.occurred_on)
    evidence = stated.evidence if ended is None else (*stated.evidence, *ended.evidence)
    return [Fact(stated.organ, key, since, until, stated.data["quantity"], evidence)]


def replacement(organ: str, event: Event, state: str, **dimensions: str) -> list[Fact]:
    """The -1 that a real case takes from the balance of the day that had counted it (`data.balance`)."""
    counted = event.data.get("balance")
    if not counted:
        return []
    key = shape(state, **dimensions, entry="replacement")
    return [Fact(organ, key, day_of(counted), FOREVER, -1, event.evidence)]


KIND = Kind(STEPS, facts)
