"""What was typed into a form whose session has ended: it comes back, to be sent once more."""

from __future__ import annotations

from fastapi import Request, Response
from starlette.concurrency import run_in_threadpool

from ledger.doors.web.answers import shown
from ledger.doors.web.people import require_same_site
from ledger.doors.web.place import Asking
from ledger.words.problems import Refusal

LARGEST = 1024**2
"""Bytes of a form that is given back; one with a file must be filled in again."""
_SECRET = frozenset({"csrf", "password", "again", "old", "code"})


async def typed_again(request: Request, status: int) -> Response | None:
    """A page that holds what a form of ours brought; None where another site's page sent it."""
    try:
        require_same_site(request)
    except Refusal:
        return None
    length = request.headers.get("content-length", "")
    if not length.isdecimal() or int(length) > LARGEST:
        return None
    form = await request.form()
    typed = [
        (name, value)
        for name, value in form.multi_items()
        if isinstance(value, str) and name not in _SECRET
    ]
    return await run_in_threadpool(_page, request, typed, status) if typed else None


def _page(request: Request, typed: list[tuple[str, str]], status: int) -> Response:
    asking = Asking(request)
    return shown(asking, "typed", status, typed=typed, entered=asking.entered)
