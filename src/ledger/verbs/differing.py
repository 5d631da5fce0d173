"""Differing: what changed in a period's figures between two positions, and the events that changed it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Literal

import msgspec

from ledger.rooms.storage import figures, reading
from ledger.rooms.storage.reading import Connection
from ledger.verbs.compiling import compiled
from ledger.verbs.issues import CLOSED, ISSUED, life_at, marked_position
from ledger.verbs.recording import BEIJING
from ledger.verbs.reporting import (
    Cell,
    Question,
    Setting,
    in_unit,
    known_at,
    moment_of,
    position_of,
    report_in,
    setting_of,
    standpoint_of,
)
from ledger.words.events import CORRECTED, VOIDED, Event, moment
from ledger.words.figures import Edition, Figure, Measure
from ledger.words.problems import Problem, Refusal
from ledger.words.years import Span

NOW = "now"

Kind = Literal["new", "late", "correction", "voiding"]
"""late: it had happened by the day that the first position knew of, and was recorded after it."""


class Cause(msgspec.Struct, frozen=True):
    """An event that changed figures; `changes` is the event that it corrects or voids."""

    kind: Kind
    event: Event
    changes: Event | None


class ChangedCell(msgspec.Struct, frozen=True):
    """A figure that changed, in 件 or 分; `parts` sum to the new value less the old one."""

    figure: Figure
    old: int
    new: int
    parts: dict[int, int]
    """What each cause adds or takes away, by its position."""

    def shown(self, quantity: int) -> Decimal:
        """A quantity in the unit of the figure."""
        return in_unit(quantity, self.figure)


class Difference(msgspec.Struct, frozen=True):
    """What changed from the position `since` to that of the setting; other cells are as they were."""

    setting: Setting
    since: int
    cells: tuple[ChangedCell, ...]
    causes: dict[int, Cause]
    """Every event that changed a cell, by its position."""


def differences(
    connection: Connection, editions: Mapping[str, Edition], question: Question, since: str
) -> Difference:
    """The changes from `since` (issued, a position or a time) until the question's; raises Refusal."""
    setting = setting_of(connection, editions, _as_issued(connection, question, since))
    first = _first_position(connection, setting, since)
    if first > setting.position:
        params = {"first": first, "last": setting.position}
        raise Refusal(Problem("turned-round", params=params))
    cells = tuple(
        ChangedCell(cell.figure, cell.quantity - sum(parts.values()), cell.quantity, parts)
        for cell, parts in _moved_cells(connection, setting, first)
        if sum(parts.values())
    )
    known_by = _known_by(connection, first, since)
    causes = _causes(connection, {at for cell in cells for at in cell.parts}, known_by)
    return Difference(setting, first, cells, causes)


def _as_issued(connection: Connection, question: Question, since: str) -> Question:
    """Since a report was issued, its figures are those of its own form."""
    if since != ISSUED or question.edition is not None:
        return question
    organ = standpoint_of(connection, question).organ.code
    issue = life_at(connection, organ, question.period, below=question.below).issue
    if issue is None:
        return question
    return msgspec.structs.replace(question, edition=issue.data["edition"])


def _first_position(connection: Connection, setting: Setting, since: str) -> int:
    if since not in (ISSUED, CLOSED):
        return position_of(connection, None if since == NOW else since)
    return marked_position(
        connection, since, setting.organ.code, setting.period, below=setting.below
    )


def _moved_cells(
    connection: Connection, setting: Setting, first: int
) -> Iterator[tuple[Cell, dict[int, int]]]:
    """The cells that events after the first position moved, with what each event did to them.

    What a cell was is what it is less what moved it: reading the earlier report too would only cost.
    """
    found: dict[str, Counter[int]] = {}
    stretches = list(_stretches(connection, setting, first))
    for since, stretch in stretches:
        _add_moves(connection, stretch, since, found)
    for (_, before), (at, after) in pairwise(stretches):
        old = report_in(connection, before).cells
        new = report_in(connection, known_at(connection, after, at)).cells
        for name, cell in new.items():
            found.setdefault(name, Counter())[at] += cell.quantity - old[name].quantity
    for name, cell in report_in(connection, setting).cells.items() if found else ():
        parts = sorted(found.get(name, {}).items())
        yield cell, {at: quantity for at, quantity in parts if quantity}


def _stretches(
    connection: Connection, setting: Setting, first: int
) -> Iterator[tuple[int, Setting]]:
    """From which position until that of which setting a roll-up covers the same organs.

    An organ that is registered only then has nothing yet: it makes no new stretch.
    """
    if setting.below:
        for event in reading.changes_of_organs(connection, first, setting.position):
            at = event.position
            before, after = (known_at(connection, setting, each) for each in (at - 1, at))
            if set(before.covers) != set(after.covers):
                yield first, before
                first = at
    yield first, setting


def _add_moves(
    connection: Connection, setting: Setting, first: int, found: dict[str, Counter[int]]
) -> None:
    form = compiled(setting.edition, figures.numbered_shapes(connection), setting.covers)
    moved: dict[tuple[Span, Measure, int], Counter[int]] = {}
    for span, wanted in form.wanted.items():
        scope = setting.scope.over(span)
        for at, measure, shape, quantity in figures.moves(connection, wanted, scope, first):
            moved.setdefault((span, measure, shape), Counter())[at] += quantity
    for name, parts in form.parts.items() if moved else ():
        for part in parts:
            for shape in part.shapes:
                for at, quantity in moved.get((part.span, part.measure, shape), {}).items():
                    found.setdefault(name, Counter())[at] += part.sign * quantity


def _causes(connection: Connection, positions: set[int], known_by: date) -> dict[int, Cause]:
    events = reading.events_at(connection, positions)
    return {
        at: Cause(_kind(event, known_by), event, _changed_by(connection, event))
        for at, event in sorted(events.items())
    }


def _changed_by(connection: Connection, event: Event) -> Event | None:
    """The event that a correction or voiding names."""
    if event.type not in (CORRECTED, VOIDED):
        return None
    return reading.event_by(connection, event.data["event"])


def _kind(event: Event, known_by: date) -> Kind:
    if event.type == CORRECTED:
        return "correction"
    if event.type == VOIDED:
        return "voiding"
    return "late" if event.occurred_on <= known_by else "new"


def _known_by(connection: Connection, first: int, since: str) -> date:
    """The last whole day that the first position knew of: that of the time asked for, or of its event."""
    if since in (ISSUED, CLOSED, NOW) or (since.isdecimal() and len(since) != 8):
        last = reading.events_at(connection, [first]).get(first)
        if last is None:
            return date.min
        at = last.recorded_at
    else:
        at = moment_of(since)
    instant: datetime = moment(at + 1).astimezone(BEIJING)
    return instant.date() - timedelta(days=1)
