"""What histories mean: the rules of each kind of subject, pure functions of its events."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from operator import itemgetter

import msgspec

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
from ledger.rooms.subjects.lifecycle import Kind, in_order, obstacle, possible
from ledger.rooms.subjects.succession import (
    NO_REFORMS,
    NONE,
    Reforms,
    Successions,
    holder_on,
    passed_on,
)
from ledger.words.events import CORRECTED, VOIDED, Event, stream_of
from ledger.words.facts import Fact
from ledger.words.problems import Problem
from ledger.words.years import date_of, day

__all__ = [
    "Next",
    "beginnings",
    "corrected_by",
    "facts_of",
    "holder",
    "in_life_order",
    "knowledge",
    "lasting",
    "next_steps",
    "organs_of",
    "refusal",
    "standing",
    "stays",
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


def refusal(history: Sequence[Event], successions: Successions = NONE) -> Problem | None:
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
    left = _standing(kind, history)
    found = obstacle(kind.steps, left) or kind.misfit(left)
    if found is not None:
        return _as_told_by(last, found)
    found = _impossible_balance(left)
    if found is None and (before := standing(earlier)):
        then = NONE if kind.stays else successions
        found = _not_the_holder(kind.holder(before), last, then)
    return found or _not_standing_then(kind.facts, left)


def standing(history: Sequence[Event]) -> list[Event]:
    """The events of one subject that stand, as corrected, in the order in which they took effect.

    What is neither corrected nor voided was recorded step by step, and stands in that order.
    """
    return _standing(_KINDS.get(history[-1].kind), history) if history else []


def _standing(kind: Kind | None, history: Sequence[Event]) -> list[Event]:
    if kind is not None and kind.lasting:
        return list(history)
    return in_order(as_corrected(history))


def facts_of(history: Sequence[Event], successions: Successions = NONE) -> list[Fact]:
    """The facts of one subject, from its whole history in the order of recording."""
    kind = _KINDS[history[-1].kind]
    events = _standing(kind, history)
    if not events:
        return []
    if not successions:
        return kind.facts(events)
    if kind.succeeded is not None:
        return kind.succeeded(events, successions)
    return passed_on(kind.facts(events), successions)


class Next(msgspec.Struct, frozen=True):
    """What may be recorded next of a subject, and which steps it makes possible or ends."""

    type: str
    opens: tuple[str, ...]
    ends: tuple[str, ...]


def next_steps(history: Sequence[Event]) -> list[Next]:
    """The steps that may follow in the life of a subject, in the order of a life."""
    steps = _KINDS[history[-1].kind].steps
    seen = {event.type for event in standing(history)}
    now = possible(steps, seen)
    found = []
    for type_ in now:
        then = possible(steps, {*seen, type_})
        opens = tuple(other for other in then if other not in now)
        found.append(Next(type_, opens, tuple(other for other in now if other not in then)))
    return found


def beginnings() -> dict[str, tuple[str, ...]]:
    """The types of events that may begin a subject, by its kind."""
    return {name: tuple(possible(kind.steps, ())) for name, kind in _KINDS.items()}


def holder(history: Sequence[Event], on: date, successions: Successions = NONE) -> str:
    """The organ that holds a subject on a day: whoever it is records what happens next."""
    kind, events = _KINDS[history[-1].kind], standing(history)
    held = kind.holder(events) if events else history[0].organ
    return held if kind.stays else holder_on(held, day(on), successions)


def lasting(subject: str) -> bool:
    """Whether what was recorded of a subject is neither corrected nor voided."""
    return _KINDS[subject.partition(":")[0]].lasting


def stays(subject: str) -> bool:
    """Whether a subject is about its organ itself, and stays its own when another succeeds it."""
    kind = _KINDS.get(subject.partition(":")[0])
    return kind is not None and kind.stays


def organs_of(history: Iterable[Event]) -> Iterator[str]:
    """The organs that a history names as holding its subject, corrections included."""
    for event in history:
        yield event.organ
        data = event.data if event.kind == "application" else None
        while isinstance(data, dict):
            if isinstance(to := data.get("to"), str):
                yield to
            data = data.get("data")


def knowledge(
    history: Sequence[Event], reforms: Reforms = NO_REFORMS
) -> Iterator[tuple[int, int, int | None, Fact]]:
    """Every fact that was ever known of a subject: (slot, known from, known until, fact)."""
    current: list[tuple[int, Fact]] = []
    for position, facts in _known(history, reforms):
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


def _known(history: Sequence[Event], reforms: Reforms) -> Iterator[tuple[int, list[Fact]]]:
    """The facts of a subject after each event that may have changed them."""
    if not reforms.organs or reforms.organs.isdisjoint(organs_of(history)):
        for length, event in enumerate(history, 1):
            yield event.position, facts_of(history[:length])
        return
    steps: list[tuple[int, Successions | None]] = [(event.position, None) for event in history]
    length, then = 0, NONE
    for position, successions in sorted([*steps, *reforms.steps], key=itemgetter(0)):
        if successions is None:
            length += 1
        else:
            then = successions
        if length:
            yield position, facts_of(history[:length], then)


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


def _not_the_holder(holder: str, last: Event, successions: Successions) -> Problem | None:
    """Whoever holds the case on the day of the event records it.

    On the day of a succession that is the successor, but a case may still be transferred past it.
    """
    on, transfer = day(last.occurred_on), last.type == "application.transferred"
    now = holder_on(holder, on, successions)
    if last.organ != now and not (
        transfer and last.organ == holder_on(holder, on - 1, successions)
    ):
        params = {"subject": last.subject, "holder": now, "organ": last.organ}
        return Problem("another-organ's", "/organ", params=params)
    if transfer and last.data["to"] == now:
        params = {"subject": last.subject, "holder": now}
        return Problem("there-already", "/data/to", params=params)
    return None
