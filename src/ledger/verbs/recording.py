"""Recording: the one way in. A batch is recorded whole or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta, timezone
from itertools import chain, islice
from typing import Any

import msgspec

from ledger.rooms import subjects
from ledger.rooms.definitions.schemas import Definitions
from ledger.rooms.storage.journal import EventRow, FactRow, Journal, Writing, made_id, made_position
from ledger.rooms.storage.mapper import encode, placed
from ledger.rooms.subjects.organ import organ_on
from ledger.verbs.lives import Life, Shapes, fact_row
from ledger.verbs.reforming import AT_ONCE, Reforming
from ledger.words.events import CORRECTED, LONGEST, VOIDED, Event, stream_of
from ledger.words.facts import Fact
from ledger.words.problems import Origin, Problem, Refusal

BEIJING = timezone(timedelta(hours=8))


def today() -> date:
    """Today in Beijing."""
    return datetime.now(BEIJING).date()


Draft = Mapping[str, Any]
"""An event as it is handed in: the JSON object that schemas/ describe."""

Changes = tuple[list[tuple[int, str]], list[tuple[int, int, int]], list[FactRow]]
"""New shapes, facts superseded, and new facts, as storage takes them."""


class Receipt(msgspec.Struct, frozen=True):
    """What recording answers for one draft: the event, and whether it was there already."""

    event: Event
    again: bool


class Line(msgspec.Struct, frozen=True):
    """A draft with the place in the input that it came from."""

    draft: Draft
    origin: Origin | None = None

    def placed(self, problem: Problem) -> Problem:
        """A problem of the draft, with its place in the input."""
        return self.origin.placed(problem) if self.origin else problem


def record(
    journal: Journal, definitions: Definitions, drafts: Sequence[Draft], recorded_by: str
) -> list[Receipt]:
    """Records drafts in one transaction; raises Refusal, with nothing recorded, if any is wrong."""
    return _record(journal, definitions, sound(definitions, drafts), recorded_by)


def record_own(journal: Journal, definitions: Definitions, draft: Draft, recorded_by: str) -> Event:
    """Records an event that the ledger worked out itself, of a type that is not told to it."""
    line = Line(draft)
    found = definitions.problems(draft) or _in_the_future(line)
    if found:
        raise Refusal(*found)
    (receipt,) = _record(journal, definitions, [line], recorded_by)
    return receipt.event


def _record(
    journal: Journal, definitions: Definitions, lines: Sequence[Line], recorded_by: str
) -> list[Receipt]:
    with journal.writing() as writing:
        batch = Batch(writing, definitions, recorded_by)
        receipts = batch.take(lines)
        if batch.problems:
            raise Refusal(*batch.problems)
        batch.write()
    return receipts


def sound(definitions: Definitions, drafts: Sequence[Draft]) -> list[Line]:
    """The drafts as lines; raises Refusal if any is wrong by itself."""
    lines = [Line(draft) for draft in drafts]
    found = [problem for line in lines for problem in problems_of(definitions, line)]
    if found:
        raise Refusal(*found)
    return lines


def problems_of(definitions: Definitions, line: Line) -> list[Problem]:
    """What is wrong with a draft by itself, whatever the ledger holds."""
    found = definitions.problems(line.draft)
    command = None if found else definitions.own_command(line.draft)
    if command is not None:
        params = {"type": line.draft["type"], "command": command}
        found = [Problem("own-command", "/type", params=params)]
    found = found or _in_the_future(line)
    return [line.placed(problem) for problem in found]


def _in_the_future(line: Line) -> list[Problem]:
    on, latest = line.draft["occurred_on"], today().isoformat()
    if on <= latest:
        return []
    return [Problem("in-the-future", "/occurred_on", params={"on": on, "today": latest})]


class Batch:
    """Drafts taken one after the other, each against all that stands before it."""

    def __init__(
        self,
        writing: Writing,
        definitions: Definitions,
        recorded_by: str,
        *,
        judge_all: bool = False,
    ) -> None:
        self.problems: list[Problem] = []
        self._spoilt: set[str] | None = None if judge_all else set()
        self._writing = writing
        self._definitions = definitions
        self._recorded_by = recorded_by
        self._clear()

    def take(self, lines: Sequence[Line]) -> list[Receipt]:
        """The receipts of the drafts that can stand; what is wrong with others goes to `problems`.

        Once a draft on a subject is refused, the later ones on it are not judged, unless all are to
        be: what they would lack is only what was refused.
        """
        self._position = self._writing.position
        self._reforming = Reforming(self._writing)
        self._look_up([line.draft for line in lines])
        receipts: list[Receipt] = []
        for line in lines:
            draft = line.draft
            known = self._by_id.get(draft.get("id", ""))
            if known is not None:
                problem = _differs(known, draft)
                receipt = Receipt(known, again=True)
            elif self._spoilt and _stream_name(draft) in self._spoilt:
                continue
            else:
                event, problem = self._next(draft)
                receipt = Receipt(event, again=False)
            if problem is None:
                receipts.append(receipt)
            else:
                self.refuse(line, problem)
        return receipts

    def refuse(self, line: Line, *problems: Problem) -> None:
        """Notes what is wrong with a line."""
        self.problems += [line.placed(problem) for problem in problems]
        if self._spoilt is not None:
            self._spoilt.add(_stream_name(line.draft))

    def moved(self) -> Iterator[tuple[list[Fact], list[Fact]]]:
        """Of each subject that the drafts taken reach: its facts before them, and with them."""
        for life in chain(self._lives.values(), self._reached()):
            yield life.before, life.after

    def organs(self) -> dict[str, list[Event]]:
        """The histories, by code, of the organs that the drafts taken name."""
        return {
            life.history[0].organ: life.history
            for life in self._lives.values()
            if life.history[0].kind == "organ"
        }

    def write(self, *, commit: bool = True) -> None:
        """Appends the events taken and what they change; then the batch is empty again."""
        if not self._events:
            return
        shapes = Shapes(self._writing)
        reached = self._reached()
        while lives := list(islice(reached, AT_ONCE)):
            self._writing.revise(*self._changes(lives, shapes))
            shapes.new = []
        changes = self._changes(self._lives.values(), shapes)
        self._writing.append(self._events, *changes, commit=commit)
        if commit:
            self._writing.known_organs.update(self._organs)
        self._clear()

    def _reached(self) -> Iterator[Life]:
        """The subjects beyond those of the drafts that a succession among these reaches."""
        return self._reforming.reached(self._lives.keys(), self._number_of)

    def _changes(self, lives: Iterable[Life], shapes: Shapes) -> Changes:
        superseded: list[tuple[int, int, int]] = []
        rows: list[FactRow] = []
        for life in lives:
            superseded += life.superseded
            for slot, since, until, fact in life.facts():
                organ = self._number_of(fact.organ)
                rows.append(fact_row(life.number, slot, since, until, organ, shapes.number, fact))
        return shapes.new, superseded, rows

    def _clear(self) -> None:
        self._lives: dict[str, Life] = {}
        self._by_id: dict[str, Event] = {}
        self._organs: dict[str, int] = {}
        self._events: list[EventRow] = []

    def _number_of(self, organ: str) -> int:
        """The number of an organ; one that held a case before need not be named by any draft."""
        if organ not in self._organs:
            self._organs[organ] = self._organ_history(organ)[0].position
        return self._organs[organ]

    def _look_up(self, drafts: Sequence[Draft]) -> None:
        """Fetches at once the histories and ids that the drafts name."""
        names = {_stream_name(draft) for draft in drafts}
        self._organs = dict(self._writing.known_organs)
        organs = {code for draft in drafts for _, code in _organs_named(draft)}
        organs |= {code for draft in drafts for code in _organs_corrected(draft)}
        names |= {f"organ:{code}" for code in organs if code not in self._organs}
        ids = [draft["id"] for draft in drafts if "id" in draft]
        if ids:
            self._by_id = self._writing.found(ids)
        found = self._writing.histories(names)
        held = {code for history in found.values() for code in subjects.organs_of(history)}
        missing = {f"organ:{code}" for code in held if code not in self._organs} - names
        if missing:
            found |= self._writing.histories(missing)
        for name, history in found.items():
            self._lives[name] = Life(history[0].position, history, self._reforming.standing)
            if name.startswith("organ:"):
                self._organs[name.removeprefix("organ:")] = history[0].position

    def _next(self, draft: Draft) -> tuple[Event, Problem | None]:
        position = self._position + 1
        given = draft.get("id")
        event, state = self._made(draft, position)
        name = event.originator_id
        life = self._lives.get(name)
        history = life.history if life is not None else []
        placed(event, position, len(history) + 1)
        problem = _too_large(state) or self._reserved(given)
        named = _organs_named(draft)
        problem = problem or self._unknown_organ(draft["type"], named)
        problem = problem or self._reforming.gone(draft, named)
        problem = problem or subjects.refusal([*history, event], self._reforming.standing)
        problem = problem or self._misfit([*history, event])
        if problem is not None:
            return event, problem
        if life is None:
            life = self._lives[name] = Life(position, [], self._reforming.standing)
            if event.kind == "organ":
                self._organs[event.organ] = position
        life.add(event, self._reforming.standing)
        if event.kind == "organ" and self._reforming.take_in(life.history):
            for each in self._lives.values():
                each.refold(position, self._reforming.standing)
        self._position = position
        self._by_id[event.id] = event
        self._events.append(
            (position, name, event.sequence, given, event.type, event.recorded_at, state)
        )
        return event, None

    def _made(self, draft: Draft, position: int) -> tuple[Event, bytes]:
        """The event of a draft, and the bytes that are stored."""
        event = Event(
            id=draft.get("id") or made_id(position),
            type=draft["type"],
            organ=draft["organ"],
            subject=draft["subject"],
            occurred_on=date.fromisoformat(draft["occurred_on"]),
            recorded_at=self._writing.recorded_at,
            recorded_by=self._recorded_by,
            data=draft["data"],
            version=draft.get("version") or self._definitions.newest[draft["type"]],
            source=draft.get("source"),
        )
        return event, encode(event)

    def _reserved(self, given: str | None) -> Problem | None:
        if given is not None and made_position(given) is not None:
            return Problem("reserved-id", "/id", params={"id": given})
        return None

    def _unknown_organ(self, type_: str, named: Iterable[tuple[str, str]]) -> Problem | None:
        for pointer, code in named:
            registers_itself = type_ == "organ.registered" and pointer == "/organ"
            if code not in self._organs and not registers_itself:
                return Problem("unknown-organ", pointer, params={"organ": code})
        return None

    def _misfit(self, history: Sequence[Event]) -> Problem | None:
        """Why an event would, as corrected, no longer fit the schema of its type."""
        if history[-1].type not in (CORRECTED, VOIDED):
            return self._out_of_place(history)
        changed = [event for event in subjects.standing(history) if event.amended_by]
        correction = subjects.corrected_by(history)
        for event in changed if correction is None else [*changed, correction]:
            draft = draft_of(event)
            given = draft if made_position(event.id) is None else draft | {"id": "given"}
            found = problems_of(self._definitions, Line(given))
            unknown = self._unknown_organ(draft["type"], _organs_named(draft))
            if found or unknown:
                return found[0] if found else unknown
        return self._out_of_place(history)

    def _out_of_place(self, history: Sequence[Event]) -> Problem | None:
        """Why an organ cannot stand, or be succeeded, as its history says."""
        if history[-1].kind != "organ":
            return None
        found = self._reforming.impossible(history, self._organ_history)
        return found or self._own_parent(history)

    def _own_parent(self, history: Sequence[Event]) -> Problem | None:
        """Why an organ cannot be placed where its history says: it stands above that place."""
        organ = organ_on(history, date.max)
        above, code = organ.parent if organ else None, history[-1].organ
        while above is not None:
            if above == code:
                params = {"organ": code, "parent": organ.parent if organ else ""}
                return Problem("own-parent", "/data/parent", params=params)
            next_above = organ_on(self._organ_history(above), date.max)
            above = next_above.parent if next_above else None
        return None

    def _organ_history(self, code: str) -> list[Event]:
        life = self._lives.get(f"organ:{code}")
        return life.history if life else self._writing.histories([f"organ:{code}"])[f"organ:{code}"]


def draft_of(event: Event) -> dict[str, Any]:
    """What a caller would hand in to record this event."""
    draft = {
        "id": event.id,
        "type": event.type,
        "version": event.version,
        "organ": event.organ,
        "subject": event.subject,
        "occurred_on": event.occurred_on.isoformat(),
        "data": event.data,
    }
    return draft if event.source is None else draft | {"source": event.source}


def _too_large(state: bytes) -> Problem | None:
    if len(state) <= LONGEST:
        return None
    return Problem("too-large-event", params={"size": len(state), "limit": LONGEST})


def _stream_name(draft: Draft) -> str:
    """The full name of a draft's subject, as far as a draft that is wrong can tell it."""
    return stream_of(str(draft.get("subject")), str(draft.get("organ")))


def _organs_named(draft: Draft) -> list[tuple[str, str]]:
    """The organs that a draft names, each with its place: they must be registered."""
    named = [("/organ", draft["organ"])]
    data = draft["data"]
    for field in ORGAN_FIELDS.get(draft["type"], ()):
        if field in data:
            named.append((f"/data/{field}", data[field]))
    return named


def _organs_corrected(draft: Draft) -> Iterator[str]:
    """The organs that a correction may put into the event that it corrects."""
    changes = draft["data"].get("data") if draft["type"] == CORRECTED else None
    for field in {field for fields in ORGAN_FIELDS.values() for field in fields}:
        code = (changes or {}).get(field)
        if isinstance(code, str):
            yield code


def _differs(known: Event, draft: Draft) -> Problem | None:
    same = {"version": known.version, **draft} == draft_of(known)
    if same:
        return None
    params = {
        "id": known.id,
        "type": known.type,
        "subject": known.subject,
        "on": known.occurred_on.isoformat(),
    }
    return Problem("same-id", "/id", params=params)


ORGAN_FIELDS = {
    "organ.registered": ("parent",),
    "organ.placed": ("parent",),
    "organ.succeeded": ("successor",),
    "application.transferred": ("to",),
}
"""The fields that name another organ of this ledger."""
