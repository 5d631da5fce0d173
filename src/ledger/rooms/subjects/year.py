"""A year of an organ: closed once, with the balances that it hands over."""

from __future__ import annotations

from collections.abc import Sequence

from ledger.rooms.subjects.lifecycle import Kind, Step
from ledger.words.events import Event
from ledger.words.facts import Fact

CLOSED = "year.closed"

STEPS = {CLOSED: Step(opens=True)}


def facts(_: Sequence[Event]) -> list[Fact]:
    """The balances are those of the cases themselves; the closing counts nothing again."""
    return []


KIND = Kind(STEPS, facts, lasting=True, stays=True)
