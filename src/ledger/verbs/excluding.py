"""Excluding: why an event does not stand behind a figure, or what it counts there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

import msgspec

from ledger.rooms import subjects
from ledger.rooms.storage import reading
from ledger.rooms.storage.reading import Connection
from ledger.verbs.histories import Background, background
from ledger.verbs.reporting import Question, Setting, figure_at, setting_of
from ledger.words.events import CORRECTED, Event
from ledger.words.facts import Fact, read_shape
from ledger.words.figures import Edition, Figure, Term, Window
from ledger.words.predicates import between, first_excluding
from ledger.words.problems import Problem, Refusal

Clause = Literal[
    "state",
    "dimension",
    "entered-before",
    "entered-after",
    "ended-before",
    "organ",
    "passed-within",
    "cancels",
]


class Exclusion(msgspec.Struct, frozen=True):
    """The first clause of a figure that a fact does not meet, in the term that it comes nearest to."""

    fact: Fact
    clause: Clause
    state: str
    """The state that the term is of."""
    allowed: tuple[str, ...] = ()
    """The codes or organs that count."""
    found: str | None = None
    """What stands in their place."""
    dimension: str = ""
    day: int = 0
    """The day from which, or before which, the fact should have begun or lasted."""


class Superseded(msgspec.Struct, frozen=True):
    """A fact that was counted until an event made another of it or took it away."""

    fact: Fact
    contribution: int
    by: Event


class Whereabouts(msgspec.Struct, frozen=True):
    """An event and a figure: what it counts there, or why nothing, in 件 or 分."""

    event: Event
    setting: Setting
    figure: Figure
    counted: tuple[tuple[Fact, int], ...]
    exclusions: tuple[Exclusion, ...]
    superseded: tuple[Superseded, ...]
    voided_by: Event | None

    @property
    def contribution(self) -> int:
        """What the facts that the event stands behind count in the figure."""
        return sum(part for _, part in self.counted)


def whereabouts(
    connection: Connection,
    editions: Mapping[str, Edition],
    question: Question,
    address: str,
    id_or_position: str,
) -> Whereabouts:
    """Whether an event stands behind a figure, and if not, why; raises Refusal."""
    event = reading.event_by(connection, id_or_position)
    if event is None:
        raise Refusal(Problem("unknown-event", params={"event": id_or_position}))
    if question.organ is None:
        question = msgspec.structs.replace(question, organ=event.organ)
    setting = setting_of(connection, editions, question)
    figure = figure_at(setting.edition, address)
    return located(background(connection, event), event, figure, setting)


def located(behind: Background, event: Event, figure: Figure, setting: Setting) -> Whereabouts:
    """Whether an event stands behind a figure: by each fact that names it as evidence."""
    counted: list[tuple[Fact, int]] = []
    exclusions: list[Exclusion] = []
    for fact in _facts_citing(behind, event):
        part = _contribution(fact, figure, setting)
        if part:
            counted.append((fact, part))
        elif figure.recorded:
            exclusions.append(_exclusion(fact, figure, setting))
    return Whereabouts(
        event,
        setting,
        figure,
        tuple(counted),
        tuple(exclusions),
        () if counted else tuple(_superseded(behind, event, figure, setting)),
        _voiding(behind.histories[0], event),
    )


def _facts_citing(behind: Background, event: Event) -> Iterator[Fact]:
    for history in behind.histories:
        for fact in subjects.facts_of(history, behind.reforms.now):
            if event.position in fact.evidence:
                yield fact


def _windows(figure: Figure, setting: Setting) -> Iterator[tuple[Term, Window]]:
    for term in figure.terms:
        yield term, term.window(setting.period)


def _contribution(fact: Fact, figure: Figure, setting: Setting) -> int:
    """What a fact counts in a figure: by the predicate and windows that give its number."""
    shape = read_shape(fact.shape)
    if fact.organ not in setting.covers:
        return 0
    return sum(
        term.sign * fact.quantity
        for term, bounds in _windows(figure, setting)
        if first_excluding(shape, term) is None
        and bounds.holds(fact.since, fact.until)
        and not between(shape, term.measure, setting.covers)
    )


def _exclusion(fact: Fact, figure: Figure, setting: Setting) -> Exclusion:
    """The reason of the term that a fact comes nearest to meeting."""
    reasons = [_first(fact, term, bounds, setting) for term, bounds in _windows(figure, setting)]
    return max(reasons, key=lambda reason: reason[0])[1]


def _first(fact: Fact, term: Term, bounds: Window, setting: Setting) -> tuple[int, Exclusion]:
    """The first clause of a term that a fact does not meet, with how many it met before."""
    shape = read_shape(fact.shape)
    missed = first_excluding(shape, term)
    if missed is not None:
        name, allowed = missed
        if name == "state":
            return 0, Exclusion(fact, "state", term.state, allowed, shape["state"])
        met = 1 + [dimension for dimension, _ in term.where].index(name)
        found = shape.get(name)
        return met, Exclusion(fact, "dimension", term.state, allowed, found, dimension=name)
    met = 1 + len(term.where)
    if fact.since < bounds.since_from:
        return met, Exclusion(fact, "entered-before", term.state, day=bounds.since_from)
    if fact.since >= bounds.since_before:
        return met, Exclusion(fact, "entered-after", term.state, day=bounds.since_before)
    if fact.until < bounds.until_from:
        return met + 1, Exclusion(fact, "ended-before", term.state, day=bounds.until_from)
    if fact.organ not in setting.covers:
        return met + 2, Exclusion(fact, "organ", term.state, setting.members, fact.organ)
    if between(shape, term.measure, setting.covers):
        return met + 3, Exclusion(fact, "passed-within", term.state)
    return met + 4, Exclusion(fact, "cancels", term.state)


def _superseded(
    behind: Background, event: Event, figure: Figure, setting: Setting
) -> Iterator[Superseded]:
    """What the event once counted in the figure, each with the event that ended it."""
    for history in behind.histories:
        for _, _, known_until, fact in subjects.knowledge(history, behind.reforms):
            if known_until is not None and event.position in fact.evidence:
                part = _contribution(fact, figure, setting)
                if part:
                    yield Superseded(fact, part, behind.events[known_until])


def _voiding(history: Sequence[Event], event: Event) -> Event | None:
    """What voids the event, or for a correction the event that it corrects."""
    voided = subjects.voids(history)
    if event.type == CORRECTED and event.id not in voided:
        return voided.get(event.data["event"])
    return voided.get(event.id)
