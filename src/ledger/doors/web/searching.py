"""Searching: the events that answer to a filter, as a list, for programs, or as a workbook."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query, Response

from ledger.doors.web.answers import MEDIA, delivered, given, shown
from ledger.doors.web.contract import download, twin
from ledger.doors.web.people import note
from ledger.doors.web.permissions import somewhere
from ledger.doors.web.place import Asking, AskingNow
from ledger.drawing import contents
from ledger.drawing.desks import event_row
from ledger.drawing.documents import event_document
from ledger.drawing.formats import write_events
from ledger.drawing.phrases import say
from ledger.rooms.storage import reading
from ledger.rooms.storage.reading import Connection
from ledger.rooms.subjects.organ import Organ
from ledger.verbs.cases import cases_called
from ledger.verbs.recording import today
from ledger.verbs.reporting import tree_on
from ledger.verbs.searching import Filter, all_events, events
from ledger.words.persons import Permission, organs_with
from ledger.words.problems import Problem, Refusal

router = APIRouter(tags=["events"])

_PAGE = 50
LOOKED_THROUGH = 50_000
"""Positions that one page looks through, so that no search holds up the others; the next goes on."""
_EXPORTED = 100_000
"""Rows of a workbook."""
_NOWHERE = frozenset({""})
"""An organ that none is: no organs at all would narrow nothing down."""


@dataclass(frozen=True)
class Search:
    """Which events are wanted; what is left out narrows nothing down."""

    text: Annotated[str, Query(description="words in it, its source or id", max_length=100)] = ""
    type: Annotated[str, Query(max_length=80, examples=["application.received"])] = ""
    organ: Annotated[str, Query(max_length=64)] = ""
    subject: Annotated[str, Query(max_length=150, examples=["application:2020-*"])] = ""
    since: Annotated[date | Literal[""], Query(description="happened from")] = ""
    until: Annotated[date | Literal[""], Query(description="happened until")] = ""
    by: Annotated[str, Query(description="who recorded it", max_length=64)] = ""

    def within(self, organs: frozenset[str], first: int, last: int) -> Filter:
        """The filter over a stretch of the journal, of some organs only (none: of all)."""
        if self.organ and organs and self.organ not in organs:
            raise Refusal(Problem("not-permitted", params={"organ": self.organ}))
        return Filter(
            types=(self.type,) if self.type else (),
            organs=frozenset({self.organ}) if self.organ else organs,
            subject=self.subject,
            since=self.since or None,
            until=self.until or None,
            first=first,
            last=last,
            by=self.by,
            text=self.text,
        )

    @property
    def told(self) -> dict[str, str]:
        """What was asked, as an address says it."""
        return {name: str(value) for name, value in vars(self).items() if value}


SearchNow = Annotated[Search, Depends()]


@router.get(
    "/events.json",
    **twin("list_events", "Events in the order of the journal", contents.Events),
    **somewhere(Permission.READ),
)
def events_twin(
    asking: AskingNow,
    search: SearchNow,
    after: Annotated[int, Query(ge=0, le=2**53, description="the last position known")] = 0,
    limit: Annotated[int, Query(ge=1, le=1_000)] = 100,
) -> Response:
    """The events wanted that who asks may read; go on with `next` until it no longer grows."""
    with asking.place.journal.reading() as connection:
        organs = organs_of(asking, tree_now(connection))
        last = min(reading.last_position(connection), after + LOOKED_THROUGH)
        found = events(connection, search.within(organs, after + 1, last), limit=limit)
    definitions = asking.place.house.definitions
    following = found[-1].position if len(found) == limit else max(last, after)
    _note(asking, "read", search, organs)
    told = [event_document(event, definitions) for event in found]
    return given({"events": told, "next": following})


@router.get(
    "/events.xlsx",
    **download("export_events", "Events as a workbook", MEDIA["xlsx"]),
    **somewhere(Permission.EXPORT),
)
def events_workbook(asking: AskingNow, search: SearchNow) -> Response:
    """The events wanted that who asks may export, a hundred thousand at most."""
    definitions, book = asking.place.house.definitions, io.BytesIO()
    language = asking.language
    with asking.place.journal.reading() as connection:
        organs = organs_of(asking, tree_now(connection))
        wanted = search.within(organs, 1, reading.last_position(connection))
        asked = [*search.told.items()] or [(say(language, "events"), say(language, "all-events"))]
        found = all_events(connection, wanted)
        write_events(book, found, asked, definitions, language, _EXPORTED)
    _note(asking, "export", search, organs)
    return delivered(book.getvalue(), "xlsx", "events")


@router.get("/events", include_in_schema=False, **somewhere(Permission.READ))
def events_page(
    asking: AskingNow,
    search: SearchNow,
    before: Annotated[int | None, Query(ge=1, le=2**53)] = None,
) -> Response:
    """The events wanted, the newest first, and the cases that are called what was asked."""
    definitions, language = asking.place.house.definitions, asking.language
    with asking.place.journal.reading() as connection:
        tree = tree_now(connection)
        organs = organs_of(asking, tree)
        newest = reading.last_position(connection)
        last = newest if before is None else min(before - 1, newest)
        first = 1 if search.subject else max(1, last - LOOKED_THROUGH + 1)
        wanted = search.within(organs, first, last)
        found = events(connection, wanted, limit=_PAGE, newest_first=True)
        named = cases_called(connection, definitions, search.text) if search.text else []
        cases = [
            case.name
            for case in named
            if any(asking.may(connection, Permission.READ, organ) for organ in case.organs)
        ]
    _note(asking, "read", search, organs)
    following = found[-1].position if len(found) == _PAGE else first
    labels = definitions.labels(language)
    return shown(
        asking,
        "events",
        search=search,
        rows=[event_row(event, definitions, language) for event in found],
        cases=cases,
        organs=asking.organs(Permission.READ, tree),
        types=labels,
        earlier=f"?{urlencode(search.told | {'before': str(following)})}" if following > 1 else "",
        first=following,
        last=last,
        asked=urlencode(search.told),
    )


def organs_of(asking: Asking, tree: Mapping[str, Organ]) -> frozenset[str]:
    """The organs whose events are looked through; none at all where there is no limit."""
    if organs_with(asking.person, asking.needed) is None:
        return frozenset()
    return frozenset(asking.organs(asking.needed, tree)) or _NOWHERE


def tree_now(connection: Connection) -> dict[str, Organ]:
    """The organs of today."""
    return tree_on(connection, today(), reading.last_position(connection))


def _note(asking: Asking, action: str, search: Search, organs: frozenset[str]) -> None:
    what = f"events {urlencode(search.told)}".strip()
    of_one = next(iter(organs)) if len(organs) == 1 else ""
    organ = search.organ or of_one
    note(asking, action, what, organ)
