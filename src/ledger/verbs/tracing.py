"""Tracing: from a figure to its facts and events, and from an event to the figures that it feeds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from decimal import Decimal
from heapq import nsmallest

import msgspec

from ledger.rooms import subjects
from ledger.rooms.storage import figures, reading
from ledger.rooms.storage.reading import Connection
from ledger.verbs.compiling import compiled, counting
from ledger.verbs.histories import background
from ledger.verbs.recording import today
from ledger.verbs.reporting import Cell, Setting, figure_at, in_unit, usual_edition
from ledger.words.events import CORRECTED, VOIDED, Event
from ledger.words.facts import Fact, Known
from ledger.words.figures import Edition, Figure
from ledger.words.problems import Problem, Refusal
from ledger.words.years import date_of, year


class Traced(msgspec.Struct, frozen=True):
    """A fact behind a figure; `contribution` is its part of the figure in 件 or 分."""

    subject: str
    organ: str
    known: Known
    contribution: int


class Trace(msgspec.Struct, frozen=True):
    """A figure with the facts that sum to it and the events that say so."""

    setting: Setting
    cell: Cell
    facts: tuple[Traced, ...]
    events: dict[int, Event]
    count: int
    """Of all facts, where only the first were asked for."""

    def part(self, traced: Traced) -> Decimal:
        """What a fact contributes, in the unit of the figure."""
        return in_unit(traced.contribution, self.cell.figure)


class Fed(msgspec.Struct, frozen=True):
    """A figure of an organ's year that an event feeds through its facts."""

    organ: str
    year: int
    figure: Figure
    contribution: int


class Explanation(msgspec.Struct, frozen=True):
    """What became of an event: what corrected or voided it, its facts, and the figures it feeds."""

    event: Event
    changed_by: tuple[Event, ...]
    facts: tuple[Fact, ...]
    feeds: tuple[Fed, ...]


def trace(
    connection: Connection, setting: Setting, address: str, limit: int | None = None
) -> Trace:
    """The facts and events behind a figure; the contributions of the facts sum to it.

    With a limit, the first of them and their events; the figure and the count are of all.
    """
    figure = figure_at(setting.edition, address)
    counted = _counted(connection, setting, address)
    ordered = sorted(counted) if limit is None else nsmallest(limit, counted)
    known = figures.known_facts(connection, [key for _, key in ordered])
    numbered = {
        number for (subject, _, _), (organ, _) in known.items() for number in (subject, organ)
    }
    names = reading.subjects_of(connection, numbered)
    facts = tuple(
        Traced(
            names[key[0]],
            names[known[key][0]].removeprefix("organ:"),
            known[key][1],
            counted[since, key],
        )
        for since, key in ordered
    )
    positions = {at for traced in facts for at in traced.known.fact.evidence}
    events = reading.events_at(connection, positions)
    return Trace(setting, Cell(figure, sum(counted.values())), facts, events, len(counted))


def _counted(
    connection: Connection, setting: Setting, address: str
) -> dict[tuple[int, figures.Key], int]:
    """What each fact behind a figure adds to it, by the day since which it stands and its key."""
    form = compiled(setting.edition, figures.numbered_shapes(connection), setting.covers)
    found: dict[tuple[int, figures.Key], int] = {}
    for part in form.parts[address]:
        scope = setting.scope.over(part.span)
        rows = figures.identities(connection, part.measure, part.shapes, scope)
        for since, subject, slot, known_from, quantity in rows:
            fact = since, (subject, slot, known_from)
            found[fact] = found.get(fact, 0) + part.sign * quantity
    return {fact: contribution for fact, contribution in found.items() if contribution}


def explain(
    connection: Connection, editions: Mapping[str, Edition], id_or_position: str
) -> Explanation:
    """Which figures of which years an event feeds, as known now; raises Refusal."""
    event = reading.event_by(connection, id_or_position)
    if event is None:
        raise Refusal(Problem("unknown-event", params={"event": id_or_position}))
    behind = background(connection, event)
    facts = tuple(
        fact
        for history in behind.histories
        for fact in subjects.facts_of(history, behind.reforms.now)
        if event.position in fact.evidence
    )
    changed_by = tuple(
        other
        for other in behind.histories[0]
        if other.type in (CORRECTED, VOIDED) and other.data["event"] == event.id
    )
    return Explanation(event, changed_by, facts, tuple(fed(editions, facts)))


def full_name(connection: Connection, subject: str, organ: str | None) -> str:
    """The one full name of a subject as a person writes it; raises Refusal."""
    wanted = subject if organ is None or "@" in subject else f"{subject}@{organ}"
    names = reading.names_like(connection, wanted)
    if not names:
        raise Refusal(Problem("no-such-subject", params={"subject": wanted}))
    if len(names) > 1:
        params = {"subject": subject, "subjects": ", ".join(names)}
        raise Refusal(Problem("which-subject", params=params))
    return names[0]


def fed(editions: Mapping[str, Edition], facts: Iterable[Fact]) -> Iterable[Fed]:
    """The figures of all years until this one, organ by organ, that facts feed."""
    this_year = today().year
    alike: Counter[tuple[str, str, int, int]] = Counter()
    for fact in facts:
        alike[fact.organ, fact.shape, fact.since, fact.until] += fact.quantity
    found: dict[tuple[int, str, str], Fed] = {}
    for (organ, shape, since, until), quantity in alike.items():
        for number in range(date_of(since).year, min(date_of(until).year, this_year) + 1):
            period, edition = year(number), usual_edition(editions, number)
            for figure, term in counting(edition, shape) if edition else ():
                if term.window(period).holds(since, until):
                    place = (number, figure.address, organ)
                    before = found[place].contribution if place in found else 0
                    part = before + term.sign * quantity
                    found[place] = Fed(organ, number, figure, part)
    return [found[place] for place in sorted(found) if found[place].contribution]
