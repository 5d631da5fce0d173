"""A case: the history of a subject, what it means now, who holds it, and what may happen to it next."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from ledger.rooms import subjects
from ledger.rooms.definitions.schemas import Definitions
from ledger.rooms.storage import reading
from ledger.rooms.storage.reading import Connection
from ledger.rooms.subjects import Next
from ledger.verbs.histories import reforms_of
from ledger.verbs.recording import Draft, today
from ledger.verbs.tracing import full_name
from ledger.words.events import CORRECTED, VOIDED, Event, stream_of
from ledger.words.facts import Fact
from ledger.words.problems import Problem, Refusal
from ledger.words.spelling import trimmed


class Case(msgspec.Struct, frozen=True):
    """All that is known of a subject."""

    name: str
    events: list[Event]
    facts: list[Fact]
    holder: str
    """The organ that records what happens next."""
    steps: tuple[Next, ...]
    """What people may record next; of a year or a report nothing, since commands of their own do."""

    @property
    def organs(self) -> frozenset[str]:
        """The organs that hold it or held it."""
        return frozenset({self.holder, *subjects.organs_of(self.events)})

    @property
    def subject(self) -> str:
        """How the holder names it: with the organ whose number it is, unless that is the holder."""
        plain = self.events[0].subject.partition("@")[0]
        return plain if stream_of(plain, self.holder) == self.name else self.name

    @property
    def standing(self) -> dict[str, Event]:
        """The events that stand by their ids, as corrected."""
        return {event.id: event for event in subjects.standing(self.events)}

    @property
    def correctable(self) -> frozenset[str]:
        """The ids of the events that may be corrected."""
        return frozenset() if subjects.lasting(self.name) else frozenset(self.standing)

    @property
    def voidable(self) -> frozenset[str]:
        """The ids of the events, corrections and voidings that may be voided."""
        if subjects.lasting(self.name):
            return frozenset()
        voided = subjects.voids(self.events)
        return frozenset(
            event.id
            for event in self.events
            if event.id not in voided and event.type != "organ.registered"
        )

    def amendment(self, type_: str, event: Event, told: Draft) -> Draft:
        """The draft that corrects or voids an event, from what its form says of when and why."""
        data = {"event": event.id, **told["data"]}
        return {**told, "type": type_, "organ": self.holder, "subject": self.subject, "data": data}


def case_of(connection: Connection, definitions: Definitions, subject: str) -> Case:
    """The case of a subject, named in full or so that it can mean no other; raises Refusal."""
    name = full_name(connection, subject, None)
    events = reading.history(connection, name)
    successions = reforms_of(connection).now
    facts = subjects.facts_of(events, successions)
    holder = subjects.holder(events, today(), successions)
    steps = tuple(
        step
        for step in subjects.next_steps(events)
        if definitions.own_command({"type": step.type}) is None
    )
    return Case(name, events, facts, holder, steps)


def case_with(
    connection: Connection, definitions: Definitions, id_or_position: str
) -> tuple[Case, Event]:
    """An event as recorded, and the case that it belongs to; raises Refusal."""
    event = reading.event_by(connection, id_or_position)
    if event is None:
        raise Refusal(Problem("unknown-event", params={"event": id_or_position}))
    return case_of(connection, definitions, event.originator_id), event


def amendments(case: Case) -> Iterator[tuple[str, Event]]:
    """Each event that was corrected or voided, by its id, with what corrected or voided it."""
    voided = subjects.voids(case.events)
    for event in case.events:
        if event.type in (CORRECTED, VOIDED) and event.id not in voided:
            yield event.data["event"], event


def cases_called(connection: Connection, definitions: Definitions, text: str) -> list[Case]:
    """The cases that a person may mean by a number, a subject, or the id or position of an event."""
    wanted = trimmed(text)
    event = reading.event_by(connection, wanted)
    names = {event.originator_id} if event else set()
    for kind in ("", *(f"{kind}:" for kind in definitions.codes["subject-kind"])):
        names.update(reading.names_like(connection, f"{kind}{wanted}"))
    return [case_of(connection, definitions, name) for name in sorted(names)]
