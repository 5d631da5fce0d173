"""Reading a history as corrected: later events may change or void earlier ones, none is edited."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import msgspec

from ledger.words.events import CORRECTED, VOIDED, Event


def as_corrected(history: Sequence[Event]) -> list[Event]:
    """The events that still stand, each with what corrections made of it."""
    for event in history:
        if event.type == CORRECTED or event.type == VOIDED:
            return _read(history)[0]
    return list(history)


def voids(history: Sequence[Event]) -> dict[str, Event]:
    """The events that are voided, each with the voiding that stands against it."""
    return _read(history)[1]


def _read(history: Sequence[Event]) -> tuple[list[Event], dict[str, Event]]:
    """Backwards, since corrections and voidings may be corrected and voided themselves: when one is
    applied, all that later events say of it is known."""
    voided: dict[str, Event] = {}
    changes: dict[str, list[Event]] = {}
    standing: list[Event] = []
    for recorded in reversed(history):
        if recorded.id in voided:
            continue
        event = recorded
        for change in reversed(changes.pop(recorded.id, ())):
            event = _changed(event, change)
        if event.type == VOIDED:
            voided[event.data["event"]] = event
        elif event.type == CORRECTED:
            changes.setdefault(event.data["event"], []).append(event)
        else:
            standing.append(event)
    standing.reverse()
    return standing, voided


def corrected_by(history: Sequence[Event]) -> Event | None:
    """The event that the last event of a history corrects, as it reads from now on."""
    correction = history[-1]
    if correction.type != CORRECTED:
        return None
    event = next(event for event in history if event.id == correction.data["event"])
    voided = voids(history)
    earlier = [
        change
        for change in history[:-1]
        if change.type == CORRECTED and change.data["event"] == event.id and change.id not in voided
    ]
    for change in [*earlier, correction]:
        event = _changed(event, change)
    return event


def _changed(event: Event, change: Event) -> Event:
    told = change.data
    occurred_on = told.get("occurred_on")
    return msgspec.structs.replace(
        event,
        data=merged(event.data, told.get("data", {})),
        source=told.get("source", event.source),
        occurred_on=date.fromisoformat(occurred_on) if occurred_on else event.occurred_on,
        amended_by=(*event.amended_by, *change.evidence),
    )


def merged(old: dict[str, Any], new: dict[str, Any]) -> dict[str, Any]:
    """The fields of `old` with those of `new` laid over them; null removes a field (RFC 7396)."""
    result = {**old, **new}
    return {name: value for name, value in result.items() if value is not None}
