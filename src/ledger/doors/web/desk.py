"""The desk: what waits at an organ, for whoever has just signed in."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response
from fastapi.responses import RedirectResponse

from ledger.doors.web.answers import given, shown
from ledger.doors.web.contract import twin
from ledger.doors.web.people import note
from ledger.doors.web.permissions import for_everyone, somewhere
from ledger.doors.web.place import Asking, AskingNow
from ledger.drawing import contents
from ledger.drawing.desks import desk_document, desk_view
from ledger.rooms.storage import reading
from ledger.rooms.storage.reading import Connection
from ledger.verbs.desks import Desk, desk_at
from ledger.verbs.recording import today
from ledger.verbs.reporting import tree_on
from ledger.words.persons import Permission, organs_with
from ledger.words.problems import Problem, Refusal

router = APIRouter(tags=["desk"])

OrganAsked = Annotated[str | None, Query(description="of which organ", max_length=64)]


@router.get("/", include_in_schema=False, **for_everyone())
def first_page(asking: AskingNow) -> Response:
    """The desk for whom something waits there, the reports for everyone else."""
    works = (organs_with(asking.person, each) for each in (Permission.RECORD, Permission.APPROVE))
    return RedirectResponse("/reports" if set(works) == {frozenset()} else "/desk", 303)


@router.get(
    "/desk.json",
    **twin("get_desk", "What waits at an organ", contents.Desk),
    **somewhere(Permission.READ),
)
def desk_twin(asking: AskingNow, organ: OrganAsked = None) -> Response:
    """Open cases, equations of last year's report that do not hold, reports in draft, the newest events."""
    with asking.place.journal.reading() as connection:
        desk = _desk(asking, connection, organ or _first(_organs(asking, connection)))
    if desk is None:
        raise Refusal(Problem("no-such-page", params={"what": "/desk.json"}))
    return given(desk_document(desk, asking.place.house.definitions))


@router.get("/desk", include_in_schema=False, **somewhere(Permission.READ))
def desk_page(asking: AskingNow, organ: OrganAsked = None) -> Response:
    """What waits at an organ."""
    with asking.place.journal.reading() as connection:
        organs = _organs(asking, connection)
        desk = _desk(asking, connection, organ or _first(organs))
    definitions = asking.place.house.definitions
    view = desk and desk_view(desk, definitions, asking.language)
    return shown(asking, "desk", desk=view, organs=organs)


def _organs(asking: Asking, connection: Connection) -> dict[str, str]:
    """The names of the organs whose desks who asks may see, their own first."""
    tree = tree_on(connection, today(), reading.last_position(connection))
    return asking.organs(Permission.RECORD, tree) | asking.organs(Permission.READ, tree)


def _first(organs: dict[str, str]) -> str | None:
    return next(iter(organs), None)


def _desk(asking: Asking, connection: Connection, organ: str | None) -> Desk | None:
    if organ is None:
        return None
    asking.require(connection, organ)
    note(asking, "read", "desk", organ)
    return desk_at(connection, asking.place.house.editions, asking.organ(connection, organ))
