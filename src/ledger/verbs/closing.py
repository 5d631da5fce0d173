"""Closing a year: the balances that it hands over, and what is recorded of it afterwards."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from ledger.rooms.storage import figures
from ledger.rooms.storage.reading import Connection
from ledger.verbs.issues import closing_of
from ledger.verbs.issuing import Office, require_over
from ledger.verbs.recording import record_own, today
from ledger.verbs.reporting import Question, Setting, setting_of
from ledger.words.events import SUCCEEDED, Event
from ledger.words.facts import read_shape
from ledger.words.problems import Problem, Refusal


def close_year(office: Office, question: Question) -> Event:
    """Records what stands at the end of an organ's year; raises Refusal where it was closed already."""
    with office.journal.reading() as connection:
        setting = setting_of(connection, office.editions, question)
        if setting.period.kind != "year":
            raise Refusal(Problem("close-years", params={"period": setting.period.code}))
        require_over(setting)
        closed = closing_of(connection, setting.organ.code, setting.year)
        if closed is not None:
            params = {"period": setting.period.code, "event": closed.id}
            on = closed.occurred_on.isoformat()
            raise Refusal(Problem("closed-once", params=params | {"on": on}))
        handed_over = balances(connection, setting, office.definitions.states)
    step = {
        "type": "year.closed",
        "organ": setting.organ.code,
        "subject": f"year:{setting.year}",
        "occurred_on": today().isoformat(),
        "data": {"position": setting.position, "balances": handed_over},
    }
    return record_own(office.journal, office.definitions, step, office.person)


def balances(
    connection: Connection, setting: Setting, states: Mapping[str, Mapping[str, Any]]
) -> list[dict[str, Any]]:
    """What stood in each state when the period ended, in 件 or 分, by its dimensions."""
    shapes = {
        key: number
        for key, number in figures.numbered_shapes(connection).items()
        if states[read_shape(key)["state"]]["nature"] == "state"
    }
    sums = figures.totals(connection, {"closing": shapes.values()}, setting.scope)["closing"]
    found = []
    for key, number in sorted(shapes.items()):
        if quantity := sums.get(number, 0):
            named = read_shape(key)
            state = named.pop("state")
            found.append({"state": state, "dimensions": named, "quantity": quantity})
    return found


def late_entries(
    connection: Connection, recorded: Iterable[Event]
) -> Iterator[tuple[Event, Event]]:
    """The events among those just recorded that took effect in a closed year, each with the closing."""
    closings: dict[tuple[str, int], Event | None] = {}
    for event in recorded:
        both = [event.organ, event.data["successor"]] if event.type == SUCCEEDED else [event.organ]
        for organ in both:
            key = (organ, event.occurred_on.year)
            if key not in closings:
                closings[key] = closing_of(connection, *key)
            closed = closings[key]
            if closed is not None and closed.position < event.position:
                yield event, closed
