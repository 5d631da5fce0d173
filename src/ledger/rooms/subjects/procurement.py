"""Procurement: concluded, amended, cancelled; amounts in 分."""

from __future__ import annotations

from collections.abc import Sequence

from ledger.rooms.subjects.lifecycle import Kind, Step
from ledger.words.events import Event
from ledger.words.facts import Fact, shape
from ledger.words.years import FOREVER, day

_CONCLUDED = ("procurement.concluded",)
_CANCELLED = ("procurement.cancelled",)

STEPS = {
    "procurement.concluded": Step(opens=True),
    "procurement.amended": Step(after=_CONCLUDED, until=_CANCELLED),
    "procurement.cancelled": Step(after=_CONCLUDED, until=_CANCELLED),
}


def facts(events: Sequence[Event]) -> list[Fact]:
    """A project and its amount stand until cancelled; an amendment adds its difference on its day."""
    concluded = events[0]
    cancelled = events[-1] if events[-1].type == "procurement.cancelled" else None
    until = day(cancelled.occurred_on) if cancelled else FOREVER
    ends = cancelled.evidence if cancelled else ()
    method = concluded.data["method"]
    project = shape("procurement.project", method=method, entry="concluded")
    since = day(concluded.occurred_on)
    found = [Fact(concluded.organ, project, since, until, 1, concluded.evidence + ends)]
    total = 0
    for event in events:
        if event is not cancelled:
            change, total = event.data["amount"] - total, event.data["amount"]
            on = day(event.occurred_on)
            entry = "concluded" if event is concluded else "amended"
            amount = shape("procurement.amount", method=method, entry=entry)
            found.append(Fact(concluded.organ, amount, on, until, change, event.evidence + ends))
    return found


KIND = Kind(STEPS, facts)
