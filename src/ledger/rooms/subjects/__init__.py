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
    report,
    review,
    statement,
    year,
)
from ledger.rooms.subjects.corrections import as_corrected, corrected_by, voids
from ledger.rooms.subjects.lifecycle import in_order, obstacle
from ledger.words.events import CORRECTED, VOIDED, Event, stream_of
from ledger.words.facts import Fact
from ledger.words.problems import Problem
from ledger.words.years import date_of

__all__ = [
    "corrected_by",
    "facts_of",
    "in_life_order",
    "knowledge",
    "refusal",
    "standing",
    "types",
    "voids",
]

_KINDS = {
    "application": application.KIND,
    "balance": balance.KIND,
    "document": document.KIND,
    "item": item.KIND,
    "organ": organ.KIND,
    "procurement": procurement.KIND,
    "rectification": rectification.KIND,
    "report": report.KIND,
    "review": review.KIND,
    "statement": statement.KIND,
    "year": year.KIND,
}


def types() -> set[str]:
    """Every event type that has a meaning here."""
    return set(in_life_order())


def in_life_order() -> tuple[str, ...]:
    """Every event type, as they follow in the life of a subject; organs first, amendments last."""
    kinds = sorted(_KINDS, key=lambda kind: (kind != "organ", kind))
    return (*(type_ for kind in kinds for type_ in _KINDS[kind].steps), CORRECTED, VOIDED)


def refusal(history: Sequence[Event]) -> Problem | None:
    """Why the last event of a history makes no sense after the others, or None."""
    *earlier, last = history
    if last.type in (CORRECTED, VOIDED):
        if last.kind in _KINDS and _KINDS[last.kind].lasting:
            return Problem("lasting", "/type", params={"subject": last.subject})
        found = _wrong_target(history)
        if found is not None:
            return found
    elif not earlier and last.originator_id != stream_of(_own(last.subject), last.organ):
        params = {"subject": last.subject, "holder": last.subject.partition("@")[2]}
        return Problem("another-organ's", "/organ", params=params | {"organ": last.organ})
    kind = _KINDS[last.kind]
    left = standing(history)
    found = obstacle(kind.steps, left) or kind.misfit(left)
    if found is not None:
        return _as_told_by(last, found)
    found = _impossible_balance(left) or _not_the_holder(kind.holder, standing(earlier), last)
    return found or _not_standing_then(kind.facts, left)


def standing(history: Sequence[Event]) -> list[Event]:
    """The events of one subject that stand, as corrected, in the order in which they took effect.

    What is neither corrected nor voided was recorded step by step, and stands in that order.
    """
    if history and history[-1].kind in _KINDS and _KINDS[history[-1].kind].lasting:
        return list(history)
    return in_order(as_corrected(history))


def facts_of(history: Sequence[Event]) -> list[Fact]:
    """The facts of one subject, from its whole history in the order of recording."""
    events = standing(history)
    return _KINDS[history[-1].kind].facts(events) if events else []


def knowledge(history: Sequence[Event]) -> Iterator[tuple[int, int, int | None, Fact]]:
    """Every fact that was ever known of a subject: (slot, known from, known until, fact)."""
    current: list[tuple[int, Fact]] = []
    for length, event in enumerate(history, 1):
        position = event.position
        facts = facts_of(history[:length])
        for slot, fact in enumerate(facts):
            if slot == len(current):
                current.append((position, fact))
            elif current[slot][1] != fact:
                since, old = current[slot]
                yield slot, since, position, old
                current[slot] = (position, fact)
        for slot in range(len(facts), len(current)):
            since, old = current[slot]
            yield slot, since, position, old
        del current[len(facts) :]
    for slot, (since, fact) in enumerate(current):
        yield slot, since, None, fact


def _own(subject: str) -> str:
    return subject.partition("@")[0]


def _as_told_by(last: Event, found: Problem) -> Problem:
    """An obstacle in the words of the event that is to be recorded: the one in its way is the other.

    In the order of their days, the new event may come first and be what an older one cannot follow;
    after a correction or voiding, two older ones may stand in each other's way.
    """
    told = found.params
    if "blocker" not in told or told["id"] == last.id:
        return found
    if told["blocker"] != last.id:
        apart = found.code == "before-its-cause"
        return found if apart else Problem("cannot-follow", "/data/event", params=told)
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
    if last.type == VOIDED and target.type == "organ.registered":
        return Problem("organ-stays", "/data/event", params={"subject": last.subject})
    result = corrected_by(history)
    if result is not None and result.type == CORRECTED:
        named = result.data["event"]
        if not any(event.id == named and event.position < result.position for event in earlier):
            params = {"event": named, "subject": last.subject}
            return Problem("no-such-event", "/data/data/event", params=params)
    return None


def _impossible_balance(events: Sequence[Event]) -> Problem | None:
    for event in events:
        balance_day = event.data.get("balance")
        if balance_day and event.occurred_on.isoformat() > balance_day:
            params = {"on": event.occurred_on.isoformat(), "balance": balance_day}
            return Problem("balance-after", "/data/balance", params=params)
    return None


def _not_standing_then(
    facts: Callable[[Sequence[Event]], list[Fact]], events: Sequence[Event]
) -> Problem | None:
    """A case that an opening balance counted must still have stood at the end of the balance's day."""
    if not any("balance" in event.data for event in events):
        return None
    found = facts(events)
    for taken in found:
        state, *named = taken.shape.split(" ")
        if "entry=replacement" in named and not any(
            fact.shape.startswith(f"{state} ") and fact.since <= taken.since < fact.until
            for fact in found
            if fact is not taken
        ):
            on = date_of(taken.since).isoformat()
            return Problem("balance-before", "/data/balance", params={"balance": on})
    return None


def _not_the_holder(
    holder_of: Callable[[Sequence[Event]], str], before: Sequence[Event], last: Event
) -> Problem | None:
    if not before or last.organ == (holder := holder_of(before)):
        return None
    params = {"subject": last.subject, "holder": holder, "organ": last.organ}
    return Problem("another-organ's", "/organ", params=params)
