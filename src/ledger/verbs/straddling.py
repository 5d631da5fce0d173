"""Straddling: counted statements that cover more than a quarter or month, and so are not its own."""

from __future__ import annotations

from datetime import date

import msgspec

from ledger.rooms import subjects
from ledger.rooms.storage import figures, reading
from ledger.rooms.storage.reading import Connection
from ledger.verbs.compiling import compiled
from ledger.verbs.reporting import Setting
from ledger.words.events import Event
from ledger.words.facts import Fact
from ledger.words.figures import FLOWS
from ledger.words.years import Period, year


class Straddling(msgspec.Struct, frozen=True):
    """A statement about more days than those of a period.

    It cannot be divided: its last day decides whether it counts in the period whole or not at all.
    """

    event: Event
    fact: Fact
    first: date
    last: date
    counted: bool
    """Whether its last day, on which it counts, lies in the period."""


def straddling(connection: Connection, setting: Setting) -> tuple[Straddling, ...]:
    """The statements that a report's cells would count and that cover more than its period."""
    period = setting.period
    if period.kind == "year":  # a statement lies within one calendar year
        return ()
    form = compiled(setting.edition, figures.numbered_shapes(connection))
    shapes = {
        shape
        for parts in form.parts.values()
        for part in parts
        if part.measure in FLOWS
        for shape in part.shapes
    }
    until_new_year = Period(period.begin, year(period.year).end)
    scope = msgspec.structs.replace(setting.scope, period=until_new_year)
    rows = list(figures.traced(connection, "flow", shapes, scope, kind="statement"))
    histories = reading.histories(connection, {known.subject for _, known in rows})
    stated: dict[int, Event] = {}
    for history in histories.values():
        by_then = [event for event in history if event.position <= setting.position]
        stated |= {event.position: event for event in subjects.standing(by_then)}
    found = [_told(stated[known.fact.evidence[0]], known.fact, period) for _, known in rows]
    return tuple(
        sorted(
            (each for each in found if _covers_more(each, period)),
            key=lambda each: (each.last, each.event.position),
        )
    )


def _told(event: Event, fact: Fact, period: Period) -> Straddling:
    first, last = (date.fromisoformat(event.data[name]) for name in ("from", "to"))
    return Straddling(event, fact, first, last, last <= period.last)


def _covers_more(stated: Straddling, period: Period) -> bool:
    overlaps = stated.first <= period.last and stated.last >= period.first
    return overlaps and (stated.first < period.first or stated.last > period.last)
