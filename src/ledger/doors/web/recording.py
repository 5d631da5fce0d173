"""Recording: forms generated from the schemas, a preview of what they would move, and their events."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

import msgspec
from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse
from starlette.datastructures import FormData

from ledger.doors.web.answers import given, shown
from ledger.doors.web.contract import twin
from ledger.doors.web.people import FormNow
from ledger.doors.web.permissions import somewhere
from ledger.doors.web.place import Asking, AskingNow
from ledger.drawing import contents
from ledger.drawing.changes import preview_sheet
from ledger.drawing.forms import Problems, form_view, kinds_view, placed, type_view
from ledger.drawing.phrases import say
from ledger.drawing.sheet import Sheet
from ledger.rooms import subjects
from ledger.rooms.storage import reading
from ledger.verbs.filling import Entry, Told, entries_of, fill, new_id
from ledger.verbs.previewing import Preview, preview
from ledger.verbs.recording import Draft, record, today
from ledger.verbs.reporting import tree_on
from ledger.words.events import Event
from ledger.words.persons import Permission
from ledger.words.problems import Problem, Refusal

router = APIRouter(tags=["recording"])

_AMENDS = "event."
"""Corrections and voidings are recorded at the event that they are about."""


@router.get("/record", include_in_schema=False, **somewhere(Permission.RECORD))
def kinds_page(asking: AskingNow) -> Response:
    """What may be recorded."""
    definitions = asking.place.house.definitions
    kinds = kinds_view(definitions, subjects.beginnings(), asking.language)
    return shown(asking, "kinds", kinds=kinds)


@router.get(
    "/record.json",
    **twin("list_event_types", "The types of events that people record", contents.EventKinds),
    **somewhere(Permission.RECORD),
)
def kinds_twin(asking: AskingNow) -> Response:
    """By the kind of their subject: what may begin one, and what may follow."""
    definitions = asking.place.house.definitions
    return given({"kinds": kinds_view(definitions, subjects.beginnings(), asking.language)})


@router.get("/record/{type_}", include_in_schema=False, **somewhere(Permission.RECORD))
def record_page(asking: AskingNow, type_: str) -> Response:
    """The form of a type; what the address says of its fields is filled in."""
    entries = _entries(asking, type_)
    told = {
        entry.name: [asking.request.query_params[name]]
        for entry in entries
        if (name := entry.name.strip("/")) in asking.request.query_params
    }
    return _form(
        asking, type_, entries, {"/occurred_on": [today().isoformat()]} | told, {}, new_id()
    )


@router.post("/record/{type_}", include_in_schema=False, **somewhere(Permission.RECORD))
def record_form(asking: AskingNow, type_: str, form: FormNow) -> Response:
    """Records what a form says, or shows what that would move."""
    entries = _entries(asking, type_)
    told, made = texts_in(form), str(form.get("made", ""))
    filled = fill(asking.place.house.definitions, type_, entries, told)
    draft = ({"id": made} if made else {}) | filled.draft
    found = filled.problems or placed(entries, told, require_place(asking, draft))
    try:
        if not found and form.get("do") == "preview":
            sheet = previewed(asking, draft)
            return _form(asking, type_, entries, told, {}, made, sheet=sheet)
        if not found:
            return recorded(asking, draft)
    except Refusal as refusal:
        found = placed(entries, told, refusal.problems)
    return _form(asking, type_, entries, told, found, made, status=422)


def texts_in(form: FormData) -> dict[str, list[str]]:
    """The texts of a form, by the names of its fields."""
    names = dict.fromkeys(form.keys())
    return {name: [text for text in form.getlist(name) if isinstance(text, str)] for name in names}


def require_place(asking: Asking, draft: Draft) -> Sequence[Problem]:
    """What the ledger finds in a draft by itself; raises Refusal where its organ is another's."""
    with asking.place.journal.reading() as connection:
        asking.require(connection, str(draft["organ"]))
    return asking.place.house.definitions.problems(draft)


def previewed(asking: Asking, draft: Draft) -> Sheet:
    """What a draft would move, as far as who asks may read the figures; raises Refusal."""
    place = asking.place
    told = preview(
        place.journal, place.house.definitions, place.house.editions, [draft], _name(asking)
    )
    with place.journal.reading() as connection:
        seen = tuple(
            moved
            for moved in told.years
            if asking.may(connection, Permission.READ, moved.organ.code)
        )
    hidden = len(told.years) - len(seen)
    if not hidden:
        return preview_sheet(told, asking.language)
    return _with_hidden(msgspec.structs.replace(told, years=seen), asking.language)


def recorded(asking: Asking, draft: Draft) -> Response:
    """Records a draft and leads to its case; raises Refusal."""
    place = asking.place
    (receipt,) = record(place.journal, place.house.definitions, [draft], _name(asking))
    return RedirectResponse(case_address(receipt.event), 303)


def case_address(event: Event) -> str:
    """Where the case of an event is shown, with what the event did."""
    return f"/cases/{quote(event.originator_id, safe=':@/')}?recorded={event.position}"


def organs_now(asking: Asking) -> tuple[dict[str, str], dict[str, str]]:
    """The names by code of the organs at which who asks may record, and of all."""
    with asking.place.journal.reading() as connection:
        tree = tree_on(connection, today(), reading.last_position(connection))
    every = {code: organ.name for code, organ in sorted(tree.items())}
    return asking.organs(Permission.RECORD, tree), every


def _with_hidden(told: Preview, language: str) -> Sheet:
    sheet = preview_sheet(told, language)
    return Sheet(sheet.title, (*sheet.parts, say(language, "moves-others-too")))


def _name(asking: Asking) -> str:
    assert asking.person is not None  # nobody else may record
    return asking.person.name


def _entries(asking: Asking, type_: str) -> tuple[Entry, ...]:
    """The fields of a type that people record; raises Refusal."""
    definitions = asking.place.house.definitions
    told = type_ in definitions.newest and not type_.startswith(_AMENDS)
    if not told or definitions.own_command({"type": type_}) is not None:
        raise Refusal(Problem("no-such-page", params={"what": type_}))
    return entries_of(definitions, type_)


def _form(
    asking: Asking,
    type_: str,
    entries: Sequence[Entry],
    told: Told,
    problems: Problems,
    made: str,
    *,
    sheet: Sheet | None = None,
    status: int = 200,
) -> Response:
    definitions = asking.place.house.definitions
    own, every = organs_now(asking)
    organs = None if type_ == "organ.registered" else own
    values: dict[str, Any] = {
        "type": type_view(definitions, type_, asking.language),
        "form": form_view(definitions, entries, told, problems, asking.language, organs),
        "made": made,
        "sheet": sheet,
        "event": None,
        "every": every,
    }
    return shown(asking, "form", status, **values)
