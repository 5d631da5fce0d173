"""Cases: the history of a subject with the next steps, and the forms that correct or void its events."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Path, Response
from fastapi.responses import RedirectResponse

from ledger.doors.web.answers import given, shown
from ledger.doors.web.contract import twin
from ledger.doors.web.people import FormNow, note
from ledger.doors.web.permissions import at_organ, for_everyone
from ledger.doors.web.place import Asking, AskingNow
from ledger.doors.web.recording import organs_now, previewed, recorded, require_place, texts_in
from ledger.drawing import contents
from ledger.drawing.cases import case_view, recorded_view
from ledger.drawing.desks import event_row
from ledger.drawing.documents import history_document
from ledger.drawing.forms import Problems, form_view, placed, type_view
from ledger.drawing.sheet import Sheet
from ledger.rooms.storage import reading
from ledger.rooms.storage.reading import Connection
from ledger.verbs.cases import Case, case_of, case_with
from ledger.verbs.closing import late_entries
from ledger.verbs.filling import (
    Entry,
    Filled,
    Told,
    amendment_entries,
    changes_between,
    corrected_entries,
    fill,
    new_id,
    texts_of,
)
from ledger.verbs.recording import Draft, draft_of, today
from ledger.verbs.reporting import organ_as_known
from ledger.verbs.tracing import explain
from ledger.words.events import CORRECTED, VOIDED
from ledger.words.persons import Permission
from ledger.words.problems import Problem, Refusal

router = APIRouter(tags=["cases"])

SubjectAsked = Annotated[
    str,
    Path(
        description="of another organ with @ and its code; at one organ the short name will do",
        examples=["procurement:2020-1@yueqing-jgsw"],
    ),
]


@router.get(
    "/cases/{subject:path}.json",
    **twin("get_case", "A case and its next steps", contents.Case),
    **at_organ(Permission.READ),
)
def case_twin(asking: AskingNow, subject: SubjectAsked) -> Response:
    """Events and facts of a subject, who holds it, and what may be recorded next."""
    with asking.place.journal.reading() as connection:
        case = _readable(asking, connection, subject)
    definitions = asking.place.house.definitions
    document = history_document(case.name, case.events, case.facts, definitions)
    return given(document | {"holder": case.holder, "next": case.steps})


@router.get("/cases/{subject:path}", include_in_schema=False, **at_organ(Permission.READ))
def case_page(asking: AskingNow, subject: SubjectAsked, recorded: int = 0) -> Response:
    """The history of a subject, its facts, and each next step with its form."""
    house = asking.place.house
    with asking.place.journal.reading() as connection:
        case = _readable(asking, connection, subject)
        may_record = asking.may(connection, Permission.RECORD, case.holder)
        told = next((event for event in case.events if event.position == recorded), None)
        new = None
        if told is not None:
            explained = explain(connection, house.editions, str(told.position))
            late = any(late_entries(connection, [told]))
            new = recorded_view(explained, house.definitions, asking.language, late=late)
        holder = organ_as_known(connection, case.holder, today(), reading.last_position(connection))
        personal = case.name.startswith("application:") and asking.may(
            connection, Permission.PERSONAL, case.holder
        )
    view = case_view(case, house.definitions, asking.language, may_record=may_record)
    return shown(
        asking,
        "case",
        case=view,
        holder=holder.name,
        new=new,
        keeper=case.holder if personal else "",
    )


@router.get("/subjects/{subject:path}", include_in_schema=False, **for_everyone())
def subject_page(subject: str) -> Response:
    """A subject is shown as a case."""
    return RedirectResponse(f"/cases/{quote(subject, safe=':@/')}", 303)


@router.get("/events/{event}/correct", include_in_schema=False, **at_organ(Permission.RECORD))
def correct_page(asking: AskingNow, event: str) -> Response:
    """The fields of an event as they are, to be changed."""
    amending = _Amending(asking, event, CORRECTED)
    told = texts_of(amending.definitions, amending.entries, amending.old)
    return amending.form({**told, **amending.first}, {}, new_id())


@router.post("/events/{event}/correct", include_in_schema=False, **at_organ(Permission.RECORD))
def correct_form(asking: AskingNow, event: str, form: FormNow) -> Response:
    """Corrects an event, or shows what that would move."""
    amending = _Amending(asking, event, CORRECTED)
    told, made = texts_in(form), str(form.get("made", ""))
    return amending.take(told, made, preview=form.get("do") == "preview")


@router.get("/events/{event}/void", include_in_schema=False, **at_organ(Permission.RECORD))
def void_page(asking: AskingNow, event: str) -> Response:
    """The form that voids an event."""
    amending = _Amending(asking, event, VOIDED)
    return amending.form(amending.first, {}, new_id())


@router.post("/events/{event}/void", include_in_schema=False, **at_organ(Permission.RECORD))
def void_form(asking: AskingNow, event: str, form: FormNow) -> Response:
    """Voids an event, or shows what that would move."""
    amending = _Amending(asking, event, VOIDED)
    told, made = texts_in(form), str(form.get("made", ""))
    return amending.take(told, made, preview=form.get("do") == "preview")


class _Amending:
    """The form by which an event is corrected or voided; raises Refusal where it cannot be."""

    def __init__(self, asking: Asking, id_or_position: str, type_: str) -> None:
        self.definitions = asking.place.house.definitions
        with asking.place.journal.reading() as connection:
            self.case, self._event = case_with(connection, self.definitions, id_or_position)
            asking.require(connection, self.case.holder)
        self._asking, self._type = asking, type_
        able = self.case.correctable if type_ == CORRECTED else self.case.voidable
        if self._event.id not in able:
            raise Refusal(Problem("not-amendable", params={"event": self._event.id}))
        self._own = amendment_entries(self.definitions)
        self.entries: tuple[Entry, ...] = ()
        if type_ == CORRECTED:
            version = self._event.version
            self.entries = corrected_entries(self.definitions, self._event.type, version)

    @property
    def old(self) -> Draft:
        """The event as it reads now."""
        return draft_of(self.case.standing[self._event.id])

    @property
    def first(self) -> Told:
        """What stands in the form when it is first shown."""
        return {self._own[0].name: [today().isoformat()]}

    def take(self, told: Told, made: str, *, preview: bool) -> Response:
        """Records what the form says, or shows what it would move, or what is wrong with it."""
        own = fill(self.definitions, self._type, self._own, told)
        new = fill(self.definitions, self._event.type, self.entries, told)
        found: Problems = own.problems | new.problems
        if found:
            return self.form(told, found, made, status=422)
        draft = self._draft(own, new, made)
        found = self._wrong(draft, told)
        try:
            if not found and preview:
                return self.form(told, {}, made, sheet=previewed(self._asking, draft))
            if not found:
                return recorded(self._asking, draft)
        except Refusal as refusal:
            found = placed(self.entries, told, refusal.problems)
        return self.form(told, found, made, status=422)

    def _draft(self, own: Filled, new: Filled, made: str) -> Draft:
        draft = self.case.amendment(self._type, self._event, own.draft)
        if self._type == CORRECTED:
            changes = changes_between(self.old, new.draft)
            draft = {**draft, "data": {**draft["data"], **changes}}
        return {"id": made, **draft} if made else draft

    def _wrong(self, draft: Draft, told: Told) -> Problems:
        """What is wrong with the correction by itself: its `data` are fields of the event."""
        if self._type == CORRECTED and not {"data", "occurred_on", "source"} & draft["data"].keys():
            return {"": [Problem("nothing-to-correct")]}
        found: dict[str, list[Problem]] = {}
        for problem in require_place(self._asking, draft):
            inner = problem.pointer.removeprefix("/data")
            of_event = inner.startswith(("/data", "/occurred_on", "/source"))
            fields, pointer = (self.entries, inner) if of_event else (self._own, problem.pointer)
            for name, placed_here in placed(fields, told, [_at(problem, pointer)]).items():
                found.setdefault(name, []).extend(placed_here)
        return found

    def form(
        self,
        told: Told,
        problems: Problems,
        made: str,
        *,
        sheet: Sheet | None = None,
        status: int = 200,
    ) -> Response:
        """The page of the form."""
        language = self._asking.language
        entries: Sequence[Entry] = (*self._own, *self.entries)
        values: dict[str, Any] = {
            "type": type_view(self.definitions, self._type, language),
            "form": form_view(self.definitions, entries, told, problems, language),
            "made": made,
            "sheet": sheet,
            "every": organs_now(self._asking)[1],
            "event": event_row(self._event, self.definitions, language),
        }
        return shown(self._asking, "form", status, **values)


def _at(problem: Problem, pointer: str) -> Problem:
    return Problem(problem.code, pointer, params=problem.params)


def _readable(asking: Asking, connection: Connection, subject: str) -> Case:
    """A case that who asks may read: at an organ that holds it, or held it."""
    case = case_of(connection, asking.place.house.definitions, subject)
    if not any(asking.may(connection, Permission.READ, organ) for organ in case.organs):
        asking.require(connection, case.holder)
    note(asking, "read", case.name, case.holder)
    return case
