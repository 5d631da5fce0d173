"""Events and subjects: what was recorded, what it means, and which figures it feeds."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Body, Path, Response

from ledger.doors.web.answers import given, shown
from ledger.doors.web.contract import LONGEST_BATCH, twin
from ledger.doors.web.people import note, require_form
from ledger.doors.web.permissions import at_organ
from ledger.doors.web.place import Asking, AskingNow
from ledger.drawing import contents
from ledger.drawing.documents import event_document, explanation_document
from ledger.drawing.traces import explanation_sheet
from ledger.verbs.recording import record
from ledger.verbs.tracing import Explanation, explain
from ledger.words.persons import Permission
from ledger.words.problems import Problem, Refusal

router = APIRouter(tags=["events"])

EventAsked = Annotated[str, Path(description="its id or position", examples=["82"])]


@router.get(
    "/events/{event}.json",
    **twin("get_event", "An event and the figures that it feeds", contents.Explanation),
    **at_organ(Permission.READ),
)
def event_twin(asking: AskingNow, event: EventAsked) -> Response:
    """An event by its id or position."""
    return given(explanation_document(_explained(asking, event), asking.place.house.definitions))


@router.get("/events/{event}", include_in_schema=False, **at_organ(Permission.READ))
def event_page(asking: AskingNow, event: EventAsked) -> Response:
    """An event by its id or position."""
    told = _explained(asking, event)
    sheet = explanation_sheet(told, asking.place.house.definitions, asking.language)
    return shown(asking, "sheet", sheet=sheet, subject=told.event.originator_id)


@router.post(
    "/events.json",
    **twin(
        "record_events",
        "Record events, whole or not at all",
        contents.Recorded,
        statuses=(201, 200),
    ),
    **at_organ(Permission.RECORD),
)
def record_events(
    asking: AskingNow,
    events: Annotated[
        list[dict[str, Any]],
        Body(min_length=1, max_length=LONGEST_BATCH),
    ],
) -> Response:
    """An id makes recording idempotent: the same event again is not recorded twice."""
    if not asking.by_token:
        require_form(asking, asking.request.headers.get("x-csrf-token", ""))
    place = asking.place
    with place.journal.reading() as connection:
        for number, draft in enumerate(events):
            organ = draft.get("organ")
            if not isinstance(organ, str):
                pointer = f"/{number}/organ"
                raise Refusal(Problem("not-readable", pointer, params={"detail": "organ"}))
            asking.require(connection, organ)
    assert asking.person is not None  # nobody else may record
    receipts = record(place.journal, place.house.definitions, events, asking.person.name)
    answer = given(
        {
            "events": [
                event_document(receipt.event, place.house.definitions) | {"again": receipt.again}
                for receipt in receipts
            ]
        }
    )
    answer.status_code = 200 if all(receipt.again for receipt in receipts) else 201
    return answer


def _explained(asking: Asking, event: str) -> Explanation:
    with asking.place.journal.reading() as connection:
        told = explain(connection, asking.place.house.editions, event)
        asking.require(connection, told.event.organ)
    note(asking, "read", f"event {told.event.id}", told.event.organ)
    return told
