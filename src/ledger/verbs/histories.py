"""Histories as they are read back: with the successions of organs that have part in what they mean."""

from __future__ import annotations

import msgspec

from ledger.rooms import subjects
from ledger.rooms.storage import reading
from ledger.rooms.storage.reading import Connection
from ledger.rooms.subjects.succession import Reforms, reforms_in, successors
from ledger.words.events import Event
from ledger.words.facts import Fact


class Background(msgspec.Struct, frozen=True):
    """The histories whose facts an event may stand behind, and what has part in their meaning."""

    histories: tuple[list[Event], ...]
    reforms: Reforms
    events: dict[int, Event]
    """Theirs and those of organs that were ever succeeded, by position."""


def reforms_of(connection: Connection) -> Reforms:
    """Which successions stood after which position."""
    return reforms_in(reading.succeeded_organs(connection).values())


def facts_now(connection: Connection, history: list[Event]) -> list[Fact]:
    """The facts of a subject as they are known now."""
    return subjects.facts_of(history, reforms_of(connection).now)


def background(connection: Connection, event: Event) -> Background:
    """What an event may stand behind: its own history, or all that an organ's successions reach."""
    organs = reading.succeeded_organs(connection)
    reforms = reforms_in(organs.values())
    own = reading.history(connection, event.originator_id)
    histories = [own]
    if event.kind == "organ" and event.organ in reforms.organs:
        histories += _reached(connection, event, reforms)
    told = [*organs.values(), *histories]
    return Background(
        tuple(histories), reforms, {each.position: each for history in told for each in history}
    )


def _reached(connection: Connection, event: Event, reforms: Reforms) -> list[list[Event]]:
    codes = {event.organ}
    for _, successions in reforms.steps:
        codes.update(successors(event.organ, successions))
    numbers = reading.organs(connection)
    return reading.histories_citing(connection, event.position, [numbers[code] for code in codes])
