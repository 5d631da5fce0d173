"""Following: events as they come to be recorded, for programs that stay connected (server-sent events)."""

from __future__ import annotations

import time
from asyncio import sleep
from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import APIRouter, Header, Query, Request, Response
from fastapi.responses import StreamingResponse
from starlette.concurrency import run_in_threadpool

from ledger.doors.web.contract import STREAM, stream
from ledger.doors.web.people import note
from ledger.doors.web.permissions import somewhere
from ledger.doors.web.place import Asking, AskingNow, SignInFirst
from ledger.doors.web.searching import LOOKED_THROUGH, organs_of, tree_now
from ledger.drawing import contents
from ledger.drawing.documents import event_document, in_a_line
from ledger.rooms.storage import reading
from ledger.rooms.storage.database import failure_of
from ledger.verbs.searching import Filter, events
from ledger.words.persons import Permission
from ledger.words.problems import Refusal

router = APIRouter(tags=["events"])

PAUSE = 1.0
"""Seconds between two looks at the journal."""
HEARTBEAT = 15.0
"""Seconds after which a silent stream shows that it is there, and how far it has looked."""
_PAGE = 200
"""Events that are read and sent at a time."""


@router.get(
    "/events/stream",
    **stream("follow_events", "Events as they come to be recorded", contents.Event),
    **somewhere(Permission.READ),
)
async def follow(
    asking: AskingNow,
    after: Annotated[int, Query(ge=0, le=2**53, description="the last position known")] = 0,
    hold: Annotated[int, Query(ge=0, le=86_400, description="seconds until it ends")] = 3_600,
    last_event_id: Annotated[
        int | None, Header(ge=0, le=2**53, description="goes before `after`")
    ] = None,
) -> Response:
    """Each event that who asks may read, as `id:` its position and `data:` the event as JSON in a line.

    A silent stream sends `id:` alone, the position that it has looked through, every 15 seconds. It ends
    after `hold` seconds, when who asks may no longer read, and when the server stops; go on with the last id.
    """
    await run_in_threadpool(note, asking, "read", "events, followed")
    known = after if last_event_id is None else last_event_id
    told = _following(asking.request, known, hold)
    return StreamingResponse(told, media_type=STREAM, headers={"x-accel-buffering": "no"})


async def _following(request: Request, known: int, hold: int) -> AsyncIterator[bytes]:
    begun = said = time.monotonic()
    while True:
        try:
            blocks, position = await run_in_threadpool(_read, request, known)
        except Exception as error:
            if isinstance(error, Refusal | SignInFirst) or failure_of(error):
                return  # who connects again is told why
            raise
        moved, known = position > known, position
        now = time.monotonic()
        if not blocks and now - said >= HEARTBEAT:
            blocks = [f"id: {known}\n\n".encode()]
        if blocks:
            said = now
            yield b"".join(blocks)
        if moved:
            continue
        if now - begun >= hold:
            return
        # Nothing is held while waiting: no transaction, no thread.
        await sleep(PAUSE)


def _read(request: Request, known: int) -> tuple[list[bytes], int]:
    """The next events as they are sent, and the position looked through; raises SignInFirst or Refusal."""
    asking = Asking(request)
    with asking.place.journal.reading() as connection:
        last = min(reading.last_position(connection), known + LOOKED_THROUGH)
        # Only now, so that who was shut out before an event was recorded never hears it.
        asking.enter()
        if last <= known:
            return [], known
        organs = organs_of(asking, tree_now(connection))
        found = events(connection, Filter(organs=organs, first=known + 1, last=last), limit=_PAGE)
    definitions = asking.place.house.definitions
    blocks = [_block(each.position, event_document(each, definitions)) for each in found]
    return blocks, found[-1].position if len(found) == _PAGE else last


def _block(position: int, document: object) -> bytes:
    return f"id: {position}\ndata: {in_a_line(document)}\n\n".encode()
