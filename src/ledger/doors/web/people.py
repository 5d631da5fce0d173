"""What pages that change something share: the form's own word, the session's cookie, the way back."""

from __future__ import annotations

import hmac
import os
from typing import Annotated
from urllib.parse import urlsplit

from fastapi import Depends, Request, Response
from fastapi.responses import RedirectResponse
from starlette.datastructures import FormData

from ledger.doors.web.place import SESSION, Asking, AskingNow, SignInFirst
from ledger.verbs.accounts import LONGEST, Entered
from ledger.words.persons import Person
from ledger.words.problems import Problem, Refusal

ADDRESS = "LEDGER_ADDRESS"
"""Where people reach the ledger, if a server in front of it hides that: https://ledger.example."""

HOME = "/"
"""Leads to the desk or to the reports, as who asks may do something there."""


def require_form(asking: Asking, csrf: str) -> Entered:
    """Who sent a form of ours, in their own session; raises SignInFirst or Refusal."""
    entered = asking.entered
    if entered is None:
        raise SignInFirst
    if not hmac.compare_digest(csrf.encode(), entered.csrf.encode()):
        raise Refusal(Problem("csrf"))
    return entered


async def form_of(asking: AskingNow) -> FormData:
    """The form that a page of this very session hands in; raises SignInFirst or Refusal."""
    form = await asking.request.form()
    if not asking.by_token:
        require_form(asking, str(form.get("csrf", "")))
    return form


FormNow = Annotated[FormData, Depends(form_of)]


def require_session(asking: Asking) -> Entered:
    """Who has signed in at the pages; raises SignInFirst."""
    if asking.entered is None:
        raise SignInFirst
    return asking.entered


def require_same_site(request: Request) -> None:
    """Raises Refusal where another site's page sent the form: before sign-in there is no session."""
    site = request.headers.get("sec-fetch-site", "same-origin")
    origin = request.headers.get("origin")
    host = request.headers.get("host", "")
    hosts = {host, urlsplit(os.environ.get(ADDRESS, "")).netloc or host}
    if site not in ("same-origin", "none") or (origin and urlsplit(origin).netloc not in hosts):
        raise Refusal(Problem("csrf"))


def inside(wanted: str) -> str:
    """The page that someone wanted, if it is one of ours: never another address."""
    parts = urlsplit(wanted)
    plain = wanted.isprintable() and "\\" not in wanted and not wanted.startswith("//")
    return wanted if plain and wanted.startswith("/") and not parts.netloc else HOME


def home_of(request: Request) -> str:
    """The ledger's own address, without a slash at its end."""
    return (os.environ.get(ADDRESS) or str(request.base_url)).rstrip("/")


def let_in(request: Request, cookie: str, wanted: str) -> Response:
    """Goes on to a page with the cookie of a new session."""
    answer = RedirectResponse(inside(wanted), 303)
    keep(request, answer, SESSION, cookie, LONGEST // 1_000_000)
    return answer


def keep(request: Request, answer: Response, name: str, value: str, seconds: int) -> None:
    """Sets a cookie that no script reads and no other site's form brings along."""
    secure = home_of(request).startswith("https:")
    answer.set_cookie(
        name, value, max_age=seconds, httponly=True, samesite="lax", secure=secure, path="/"
    )


def note(asking: Asking, action: str, what: str, organ: str = "") -> None:
    """Writes a line of the access log."""
    asking.place.accounts.log(asking.person, action, what, asking.address, organ)


def person_of(asking: Asking) -> Person:
    """Who has signed in at the pages."""
    return require_session(asking).person
