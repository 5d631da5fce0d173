"""Between events and their stored bytes: our own names, never Python paths, old versions for ever."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import msgspec
from eventsourcing.persistence import Mapper, StoredEvent

from ledger.words.events import Event

Upgrade = Callable[[dict[str, Any]], dict[str, Any]]
"""A pure function from the data of one version of a type to the data of the next."""

UPGRADES: dict[tuple[str, int], Upgrade] = {}
"""By type and the version that it upgrades from; every type is still at its first version."""

_encoder = msgspec.json.Encoder(order="deterministic")
_decoder = msgspec.json.Decoder(Event)


def encode(event: Event) -> bytes:
    """The bytes of an event: its fields in their order, the names within in alphabetical order."""
    if event.position or event.sequence or event.amended_by:
        event = msgspec.structs.replace(event, position=0, sequence=0, amended_by=())
    return _encoder.encode(event)


def decode(
    state: bytes,
    position: int,
    sequence: int,
    upgrades: Mapping[tuple[str, int], Upgrade] = UPGRADES,
) -> Event:
    """An event from its bytes, brought up to the newest version of its type."""
    event = _decoder.decode(state)
    placed(event, position, sequence)
    return upgraded(event, upgrades) if upgrades else event


def placed(event: Event, position: int, sequence: int) -> Event:
    """A fresh event, told where it stands."""
    msgspec.structs.force_setattr(event, "position", position)
    msgspec.structs.force_setattr(event, "sequence", sequence)
    return event


def upgraded(event: Event, upgrades: Mapping[tuple[str, int], Upgrade]) -> Event:
    """The event as its type's newest version tells it; what is stored stays as it was recorded."""
    while (step := upgrades.get((event.type, event.version))) is not None:
        event = msgspec.structs.replace(event, data=step(event.data), version=event.version + 1)
    return event


class EventMapper(Mapper[str]):
    """The eventsourcing library's mapper over these bytes; the topic is the type."""

    def __init__(self) -> None:
        pass

    def to_stored_event(self, domain_event: Event) -> StoredEvent:  # type: ignore[override]
        """The event in the library's stored form."""
        return StoredEvent(
            originator_id=domain_event.originator_id,
            originator_version=domain_event.sequence,
            topic=domain_event.type,
            state=encode(domain_event),
        )

    def to_domain_event(self, stored_event: StoredEvent) -> Event:
        """The event; its position is known where the stored event is a notification."""
        position = getattr(stored_event, "id", 0)
        return decode(stored_event.state, position, stored_event.originator_version)
