"""Organs: registered, renamed, placed under another, succeeded by another."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

import msgspec

from ledger.rooms.subjects.corrections import as_corrected
from ledger.rooms.subjects.lifecycle import Kind, Step, in_order
from ledger.words.events import Event
from ledger.words.facts import Fact

_REGISTERED = ("organ.registered",)
_SUCCEEDED = ("organ.succeeded",)

STEPS = {
    "organ.registered": Step(opens=True),
    "organ.renamed": Step(after=_REGISTERED, until=_SUCCEEDED),
    "organ.placed": Step(after=_REGISTERED, until=_SUCCEEDED),
    "organ.succeeded": Step(after=_REGISTERED, until=_SUCCEEDED),
}


class Organ(msgspec.Struct, frozen=True):
    """An organ as it stood on a day."""

    code: str
    name: str
    parent: str | None = None
    makes_regulations: bool = False
    successor: str | None = None


def facts(_: Sequence[Event]) -> list[Fact]:
    """An organ's own history counts nothing."""
    return []


def organ_on(history: Sequence[Event], day: date) -> Organ | None:
    """What an organ was at the end of a day; None where its history does not reach back so far."""
    organ: Organ | None = None
    for event in in_order(as_corrected(history)):
        if event.type == "organ.registered":
            data = event.data
            organ = Organ(
                event.organ, data["name"], data.get("parent"), data.get("makes_regulations", False)
            )
        elif organ is not None and event.occurred_on <= day:
            told = {
                name: event.data[name] for name in Organ.__struct_fields__ if name in event.data
            }
            organ = msgspec.structs.replace(organ, **told)
    return organ


def tree_of(histories: Iterable[Sequence[Event]], day: date) -> dict[str, Organ]:
    """Every organ as it stood on a day, by its code."""
    organs = (organ_on(history, day) for history in histories)
    return {organ.code: organ for organ in organs if organ is not None}


Find = Callable[[str], Organ | None]
"""Gives an organ by its code."""


def above(find: Find, code: str) -> str | None:
    """Under which organ one stands; who was succeeded stands with its successor, as do those below it."""
    organ = find(code)
    over = (organ.successor or organ.parent) if organ else None
    while over and (found := find(over)) and found.successor:
        over = found.successor
    return None if over == code else over


def all_above(find: Find, code: str) -> list[str]:
    """The organs above one, nearest first."""
    found: list[str] = []
    over = above(find, code)
    while over and over != code and over not in found:
        found.append(over)
        over = above(find, over)
    return found


def below(tree: Mapping[str, Organ], code: str) -> list[str]:
    """An organ and every organ below it, from the top down."""
    under: dict[str | None, list[str]] = {}
    for other in tree:
        under.setdefault(above(tree.get, other), []).append(other)
    found = {code: None}
    waiting = [code]
    for member in waiting:
        new = [other for other in under.get(member, ()) if other not in found]
        found.update(dict.fromkeys(new))
        waiting += new
    return waiting


def registered_on(history: Sequence[Event]) -> date | None:
    """From when an organ stands."""
    for event in as_corrected(history):
        if event.type == "organ.registered":
            return event.occurred_on
    return None


KIND = Kind(STEPS, facts, stays=True)
