"""What histories mean: the rules of each kind of subject, pure functions of its events."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from ledger.rooms.subjects import (
    application,
    balance,
    document,
    item,
    organ,
    procurement,
    rectification,
    review,
    statement,
)
from ledger.rooms.subjects.corrections import as_corrected, corrected_by, voids
from ledger.rooms.subjects.lifecycle import in_order, obstacle
from ledger.words.events import CORRECTED, VOIDED, Event
from ledger.words.facts import Fact
from ledger.words.problems import Problem

__all__ = ["corrected_by", "facts_of", "knowledge", "refusal", "standing", "types", "voids"]

_KINDS = {
    "application": application.KIND,
    "balance": balance.KIND,
    "document": document.KIND,
    "item": item.KIND,
    "organ": organ.KIND,
    "procurement": procurement.KIND,
    "rectification": rectification.KIND,
    "review": review.KIND,
    "statement": statement.KIND,
}


def types() -> set[str]:
    """Every event type that has a meaning here."""
    return {CORRECTED, VOIDED, *(type_ for kind in _KINDS.values() for type_ in kind.steps)}


def refusal(history: Sequence[Event]) -> Problem | None:
    """Why the last event of a history makes no sense after the others, or None."""
    last = history[-1]
    kind = _KINDS[last.kind]
    found = _wrong_target(history) if last.type in (CORRECTED, VOIDED) else None
    if found is None:
        left = standing(history)
        found = obstacle(kind.steps, left) or _impossible_balance(left)
        found = found and _as_told_by(last, found)
    return found or _not_the_holder(kind.holder, standing(history[:-1]), last)


def standing(history: Sequence[Event]) -> list[Event]:
    """The events of one subject that stand, as corrected, in the order in which they took effect."""
    return in_order(as_corrected(history))


def facts_of(history: Sequence[Event]) -> list[Fact]:
    """The facts of one subject, from its whole history in the order of recording."""
    events = standing(history)
    return _KINDS[history[-1].kind].facts(events) if events else []


def knowledge(history: Sequence[Event]) -> Iterator[tuple[int, int, int | None, Fact]]:
    """Every fact that was ever known of a subject: (slot, known from, known until, fact)."""
    current: list[tuple[int, Fact]] = []
    for length in range(1, len(history) + 1):
        position = history[length - 1].position
        facts = facts_of(history[:length])
        for slot, (since, old) in enumerate(current):
            if slot >= len(facts) or facts[slot] != old:
                yield slot, since, position, old
        current = [
            current[slot] if slot < len(current) and current[slot][1] == fact else (position, fact)
            for slot, fact in enumerate(facts)
        ]
    for slot, (since, fact) in enumerate(current):
        yield slot, since, None, fact


def _as_told_by(last: Event, found: Problem) -> Problem:
    """An obstacle in the words of the event that is to be recorded: the one in its way is the other.

    In the order of their days, the new event may come first and be what an older one cannot follow.
    """
    told = found.params
    if told.get("blocker") != last.id:
        return found
    code = "followed-already" if found.code == "closed-already" else found.code
    swapped = told | {
        "type": told["blocker_type"],
        "on": told["blocker_on"],
        "id": last.id,
        "blocker_type": told["type"],
        "blocker_on": told["on"],
        "blocker": told["id"],
    }
    return Problem(code, found.pointer, params=swapped)


def _wrong_target(history: Sequence[Event]) -> Problem | None:
    """Why the event that a correction or voiding names cannot be corrected or voided by it."""
    *earlier, last = history
    id_ = last.data["event"]
    target = next((event for event in earlier if event.id == id_), None)
    if target is None:
        params = {"event": id_, "subject": last.subject}
        return Problem("no-such-event", "/data/event", params=params)
    voiding = voids(earlier).get(id_)
    if voiding is not None:
        params = {"event": id_, "blocker": voiding.id}
        return Problem("voided-already", "/data/event", params=params)
    if last.type == CORRECTED and target.type == VOIDED:
        return Problem("cannot-correct-void", "/data/event", params={"event": id_})
    return None


def _impossible_balance(events: Sequence[Event]) -> Problem | None:
    for event in events:
        balance_day = event.data.get("balance")
        if balance_day and event.occurred_on.isoformat() > balance_day:
            params = {"on": event.occurred_on.isoformat(), "balance": balance_day}
            return Problem("balance-after", "/data/balance", params=params)
    return None


def _not_the_holder(
    holder_of: Callable[[Sequence[Event]], str], before: Sequence[Event], last: Event
) -> Problem | None:
    if not before or last.organ == (holder := holder_of(before)):
        return None
    params = {"subject": last.subject, "holder": holder, "organ": last.organ}
    return Problem("another-organ's", "/organ", params=params)
