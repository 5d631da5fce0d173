"""Succession of organs: what one held passes to another on a day, and is neither lost nor counted twice."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from types import MappingProxyType

import msgspec

from ledger.rooms.subjects.corrections import as_corrected
from ledger.words.events import SUCCEEDED, Event
from ledger.words.facts import Fact, read_shape, shape
from ledger.words.problems import Problem
from ledger.words.years import date_of, day


class Succession(msgspec.Struct, frozen=True):
    """An organ's powers pass to another."""

    organ: str
    successor: str
    day: int
    """The first day of the successor; the organ's last day is the one before."""
    evidence: tuple[int, ...]


Successions = Mapping[str, Succession]
"""The successions that stand, by the organ that was succeeded."""

NONE: Successions = MappingProxyType({})


class Reforms(msgspec.Struct, frozen=True):
    """Which successions stood from which position on, and every organ that was ever succeeded."""

    steps: tuple[tuple[int, Successions], ...] = ()
    organs: frozenset[str] = frozenset()

    @property
    def now(self) -> Successions:
        """Those that stand."""
        return self.steps[-1][1] if self.steps else NONE


NO_REFORMS = Reforms()


def succession_of(history: Sequence[Event]) -> Succession | None:
    """The succession that stands in the history of an organ."""
    if not any(event.type == SUCCEEDED for event in history):
        return None
    for event in as_corrected(history):
        if event.type == SUCCEEDED:
            successor = event.data["successor"]
            return Succession(event.organ, successor, day(event.occurred_on), event.evidence)
    return None


def standing_in(histories: Iterable[Sequence[Event]]) -> Successions:
    """The successions that stand in the histories of organs."""
    found = (succession_of(history) for history in histories)
    return {passing.organ: passing for passing in found if passing}


def with_succession(successions: Successions, code: str, passing: Succession | None) -> Successions:
    """The successions with that of one organ put in, put in place of another, or taken out."""
    others = {organ: other for organ, other in successions.items() if organ != code}
    return others | {code: passing} if passing else others


def reforms_in(histories: Iterable[Sequence[Event]]) -> Reforms:
    """What the histories of organs say of successions, position by position."""
    succeeded = {
        history[0].organ: history
        for history in histories
        if any(event.type == SUCCEEDED for event in history)
    }
    told = sorted(
        (event.position, code, length)
        for code, history in succeeded.items()
        for length, event in enumerate(history, 1)
    )
    standing, steps = NONE, list[tuple[int, Successions]]()
    for position, code, length in told:
        passing = succession_of(succeeded[code][:length])
        if passing != standing.get(code):
            standing = with_succession(standing, code, passing)
            steps.append((position, standing))
    return Reforms(tuple(steps), frozenset(succeeded))


def holder_on(organ: str, on: int, successions: Successions) -> str:
    """Who stands in an organ's place on a day."""
    for passing in way(organ, on, successions):
        organ = passing.successor
    return organ


def way(organ: str, on: int, successions: Successions) -> Iterator[Succession]:
    """The successions by a day that lead from an organ to who stands in its place."""
    while (passing := successions.get(organ)) and passing.day <= on:
        yield passing
        organ = passing.successor


def successors(organ: str, successions: Successions) -> Iterator[str]:
    """Those who took an organ's place, one after the other."""
    while passing := successions.get(organ):
        organ = passing.successor
        yield organ


def impossible(
    code: str, successions: Successions, registered: Callable[[str], date | None]
) -> Problem | None:
    """Why the successions that an organ has part in cannot stand; each must lead to a later one."""
    for passing in successions.values():
        if code in (passing.organ, passing.successor):
            found = _impossible(code, passing, successions, registered(passing.successor))
            if found:
                return found
    return None


def _impossible(
    code: str, passing: Succession, successions: Successions, registered: date | None
) -> Problem | None:
    params = {
        "organ": passing.organ,
        "successor": passing.successor,
        "on": date_of(passing.day).isoformat(),
    }
    if passing.organ == passing.successor:
        return Problem("own-successor", "/data/successor", params=params)
    if registered is not None and day(registered) > passing.day:
        params |= {"registered": registered.isoformat()}
        return Problem("successor-not-yet", "/occurred_on", params=params)
    following = successions.get(passing.successor)
    if following is None or following.day > passing.day:
        return None
    if code == passing.successor:
        return Problem("succeeds-later", "/occurred_on", params=params)
    return gone("/data/successor", following, following.successor)


def gone(pointer: str, passing: Succession, successor: str) -> Problem:
    """An organ is named for a day on which another stood in its place."""
    on = date_of(passing.day).isoformat()
    params = {"organ": passing.organ, "on": on, "successor": successor}
    return Problem("organ-succeeded", pointer, params=params)


def begun(fact: Fact, successions: Successions) -> Fact:
    """A fact of whoever stood in the organ's place when it began."""
    return of(fact, holder_on(fact.organ, fact.since, successions), successions)


def of(fact: Fact, holder: str, successions: Successions) -> Fact:
    """A fact of one that came to stand in the organ's place, with the successions that say so."""
    organ, evidence = fact.organ, fact.evidence
    if organ == holder:
        return fact
    while organ != holder:
        passing = successions[organ]
        organ, evidence = passing.successor, evidence + passing.evidence
    return msgspec.structs.replace(fact, organ=organ, evidence=evidence)


def passed_on(facts: Iterable[Fact], successions: Successions) -> list[Fact]:
    """The facts of a subject, with what each succession makes of those that stand on its day.

    What was made, published or listed stays the work of its organ: its fact is left as it is, and a
    pair is put beside it, less for the one and more for the other, which counts in stocks only.
    """
    stood, passed = list[Fact](), list[Fact]()
    for fact in facts:
        if fact.shape.startswith("application.pending"):
            stays, acts = handed_over(fact, successions)
            stood += stays
            passed += acts
        else:
            stood.append(begun(fact, successions))
            passed += _pairs(stood[-1], successions)
    return stood + passed


def _pairs(fact: Fact, successions: Successions) -> Iterator[Fact]:
    organ, evidence = fact.organ, fact.evidence
    while (passing := successions.get(organ)) and passing.day < fact.until:
        evidence += passing.evidence
        key = shape(**(read_shape(fact.shape) | {"entry": "succeeded"}))
        yield Fact(organ, key, passing.day, fact.until, -fact.quantity, evidence)
        organ = passing.successor
        yield Fact(organ, key, passing.day, fact.until, fact.quantity, evidence)


def handed_over(
    pending: Fact,
    successions: Successions,
    ends: tuple[int, ...] = (),
    *,
    transferred: bool = False,
) -> tuple[list[Fact], list[Fact]]:
    """A pending application as one organ after the other held it, and the acts that passed it on.

    Each organ hands over what it could not finish, as by a transfer: so what it had new and carried
    in is what it handled and carried out. Both facts name the two organs, for a report of both has
    nothing of it. `ends` says how the application ended; one that was `transferred` on the very day
    never came to the successor.
    """
    stays, acts = list[Fact](), list[Fact]()
    stay = begun(pending, successions)
    while (passing := successions.get(stay.organ)) and (
        passing.day < stay.until or (passing.day == stay.until and not transferred)
    ):
        on, between = passing.day, {"from": passing.organ, "to": passing.successor}
        named = read_shape(stay.shape)
        act = {"applicant": named.get("applicant"), "outcome": "transferred"} | between
        evidence = stay.evidence + passing.evidence
        stays.append(msgspec.structs.replace(stay, until=on, evidence=evidence))
        decided = shape("application.decided", **act)
        acts.append(Fact(stay.organ, decided, on, on, stay.quantity, passing.evidence))
        key = shape(**(named | {"entry": "transferred"} | between))
        stay = Fact(passing.successor, key, on, pending.until, pending.quantity, passing.evidence)
    stays.append(msgspec.structs.replace(stay, evidence=stay.evidence + ends))
    return stays, acts
