"""Which event may follow which in the life of a subject."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from operator import attrgetter

import msgspec

from ledger.rooms.subjects.succession import Successions
from ledger.words.events import Event
from ledger.words.facts import Fact
from ledger.words.problems import Problem


class Step(msgspec.Struct, frozen=True):
    """What must and must not have happened before an event of a type."""

    opens: bool = False
    """It begins the subject, and happens once."""
    after: tuple[str, ...] = ()
    """One of these came before."""
    until: tuple[str, ...] = ()
    """None of these came before."""
    twice: bool = True
    """It may happen more than once."""


class Kind(msgspec.Struct, frozen=True):
    """What is known of one kind of subject: its steps, its facts, and which organ holds it."""

    steps: Mapping[str, Step]
    facts: Callable[[Sequence[Event]], list[Fact]]
    holder: Callable[[Sequence[Event]], str] = lambda events: events[0].organ
    misfit: Callable[[Sequence[Event]], Problem | None] = lambda _: None
    """What is wrong with an ordered life beyond the order of its steps."""
    stays: bool = False
    """It is about the organ itself, and stays its own when another succeeds it."""
    succeeded: Callable[[Sequence[Event], Successions], list[Fact]] | None = None
    """Its facts where organs were succeeded, if they pass on in a way of their own."""
    lasting: bool = False
    """What was recorded of it is neither corrected nor voided: its own later steps say what changed."""


_MOMENT = attrgetter("occurred_on", "position")


def in_order(events: Sequence[Event]) -> list[Event]:
    """Events by the day on which they took effect, then as recorded."""
    return sorted(events, key=_MOMENT)


def obstacle(steps: Mapping[str, Step], events: Sequence[Event]) -> Problem | None:
    """The first event of an ordered life that cannot stand where it does, and what is in its way."""
    seen: dict[str, Event] = {}
    for event in events:
        step = steps[event.type]
        if (step.opens or not step.twice) and event.type in seen:
            return _blocked("happened-already", event, seen[event.type])
        for closing in step.until:
            if closing in seen:
                return _blocked("closed-already", event, seen[closing])
        if step.after and not any(type_ in seen for type_ in step.after):
            return _missing(step.after, event, events)
        seen[event.type] = event
    return None


def possible(steps: Mapping[str, Step], seen: Collection[str]) -> list[str]:
    """The types of events that may follow when events of some types have happened."""
    return [
        type_
        for type_, step in steps.items()
        if not (type_ in seen and (step.opens or not step.twice))
        and not any(closing in seen for closing in step.until)
        and (not step.after or any(cause in seen for cause in step.after))
    ]


def _missing(after: Sequence[str], event: Event, events: Sequence[Event]) -> Problem:
    later = next((other for other in events if other.type in after), None)
    if later is not None:
        return _blocked("before-its-cause", event, later)
    return Problem(
        "never-happened",
        "/type",
        params={"type": event.type, "subject": event.subject, "needed": after[0], "id": event.id},
    )


def _blocked(code: str, event: Event, blocker: Event) -> Problem:
    return Problem(
        code,
        "/occurred_on" if code == "before-its-cause" else "/type",
        params={
            "type": event.type,
            "subject": event.subject,
            "on": event.occurred_on.isoformat(),
            "id": event.id,
            "blocker_type": blocker.type,
            "blocker": blocker.id,
            "blocker_on": blocker.occurred_on.isoformat(),
        },
    )
