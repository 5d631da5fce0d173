"""The entrance: signing in and out, the one-time link, the office's own account, one's own account."""

from __future__ import annotations

import os
from typing import Annotated

from fastapi import APIRouter, Form, Response
from fastapi.responses import RedirectResponse

from ledger.doors.web.answers import STATUS, shown
from ledger.doors.web.people import (
    home_of,
    inside,
    keep,
    let_in,
    note,
    require_form,
    require_same_site,
    require_session,
)
from ledger.doors.web.permissions import for_everyone, for_oneself
from ledger.doors.web.place import SESSION, Asking, AskingNow
from ledger.drawing.people import tokens_grid
from ledger.verbs.people import api_tokens, links, openid
from ledger.verbs.people.administering import read_grant
from ledger.verbs.people.secret_words import new_secret
from ledger.words.problems import Problem, Refusal

router = APIRouter(tags=["entrance"], include_in_schema=False)

PASSING = "ledger_passing"
"""The cookie of a browser that has gone to the office's own provider."""
PASSING_SECONDS = 600

Text = Annotated[str, Form(max_length=500)]


@router.get("/sign-in", **for_everyone())
def sign_in_page(asking: AskingNow, next: str = "") -> Response:
    """The form."""
    return _sign_in(asking, next)


@router.post("/sign-in", **for_everyone())
def sign_in(
    asking: AskingNow, name: Text = "", password: Text = "", next: Annotated[str, Form()] = ""
) -> Response:
    """Begins a session, in place of the one that may be there."""
    require_same_site(asking.request)
    accounts, before = asking.place.accounts, asking.request.cookies.get(SESSION)
    try:
        opened = accounts.sign_in(name, password, asking.address, before)
    except Refusal as refusal:
        return _sign_in(asking, next, refusal.problems[0])
    return let_in(asking.request, opened.cookie, next)


@router.post("/sign-out", **for_everyone())
def sign_out(asking: AskingNow, csrf: Text = "") -> Response:
    """Ends the session."""
    if asking.entered is not None:
        require_form(asking, csrf)
        asking.place.accounts.sign_out(asking.request.cookies[SESSION])
    answer = RedirectResponse("/sign-in", 303)
    answer.delete_cookie(SESSION, path="/")
    return answer


@router.get("/enter", **for_everyone())
def enter_page(asking: AskingNow) -> Response:
    """The form of a one-time link, whose secret stands after the `#` and is never in a log."""
    return shown(asking, "enter", problem="", code="")


@router.post("/enter", **for_everyone())
def enter(asking: AskingNow, code: Text = "", password: Text = "", again: Text = "") -> Response:
    """Sets a password by a one-time link, and begins a session."""
    require_same_site(asking.request)
    try:
        _require_alike(password, again)
        opened = links.use_link(asking.place.accounts, code.rpartition("#")[2].strip(), password)
    except Refusal as refusal:
        told = refusal.problems[0].sentence(asking.language)
        return shown(asking, "enter", 422, problem=told, code=code)
    return let_in(asking.request, opened.cookie, "")


@router.get("/oidc", **for_everyone())
def oidc(asking: AskingNow, next: str = "") -> Response:
    """Sends the browser to the office's own provider."""
    provider, secret = _provider(), new_secret()
    address = openid.address_of(provider, secret, _back(asking))
    answer = RedirectResponse(address, 303)
    keep(asking.request, answer, PASSING, f"{secret}|{inside(next)}", PASSING_SECONDS)
    return answer


@router.get("/oidc/return", **for_everyone())
def oidc_return(asking: AskingNow) -> Response:
    """Lets in whom the provider vouches for, if an administrator has given them an account."""
    provider, accounts = _provider(), asking.place.accounts
    secret, _, wanted = asking.request.cookies.get(PASSING, "").partition("|")
    if not secret:
        raise Refusal(Problem("oidc-other-browser"))
    told = dict(asking.request.query_params)
    identity = openid.identity_of(provider, secret, _back(asking), told)
    name = openid.user_named_by(accounts, provider, identity)
    opened = accounts.enter(name, asking.request.cookies.get(SESSION))
    answer = let_in(asking.request, opened.cookie, wanted)
    answer.delete_cookie(PASSING, path="/")
    return answer


@router.get("/account", **for_oneself())
def account(asking: AskingNow) -> Response:
    """One's own roles, password and tokens."""
    return _account(asking)


@router.post("/account/password", **for_oneself())
def password_(
    asking: AskingNow, csrf: Text = "", old: Text = "", password: Text = "", again: Text = ""
) -> Response:
    """Replaces one's own password; every other session ends."""
    require_form(asking, csrf)
    accounts, cookie = asking.place.accounts, asking.request.cookies[SESSION]
    try:
        _require_alike(password, again)
        opened = links.change_password(accounts, cookie, old, password, asking.address)
    except Refusal as refusal:
        return _account(asking, refusal.problems[0])
    note(asking, "administer", "account/password")
    return let_in(asking.request, opened.cookie, "/account")


@router.post("/account/tokens", **for_oneself())
def make_token(
    asking: AskingNow,
    csrf: Text = "",
    grant: Text = "",
    purpose: Text = "",
    days: Annotated[int, Form()] = api_tokens.USUAL_DAYS,
) -> Response:
    """Makes a token of one's own, which is shown this once."""
    person = require_form(asking, csrf).person
    try:
        role = read_grant(grant)
        secret, token = api_tokens.make(
            asking.place.accounts, person.name, role, purpose=purpose, days=days, by=person
        )
    except Refusal as refusal:
        return _account(asking, refusal.problems[0])
    note(asking, "administer", f"tokens/{token.id}", role.organ or "")
    return _account(asking, secret=secret)


@router.post("/account/tokens/revoke", **for_oneself())
def revoke_token(asking: AskingNow, csrf: Text = "", id: Text = "") -> Response:
    """Ends a token for good."""
    person = require_form(asking, csrf).person
    api_tokens.revoke(asking.place.accounts, id, person)
    note(asking, "administer", f"tokens/{id} revoke")
    return RedirectResponse("/account", 303)


def _sign_in(asking: Asking, wanted: str, problem: Problem | None = None) -> Response:
    told = problem.sentence(asking.language) if problem else ""
    status = STATUS.get(problem.code, 403) if problem else 200
    provided = openid.provider_in(os.environ) is not None
    return shown(asking, "sign-in", status, next=inside(wanted), problem=told, provided=provided)


def _account(asking: Asking, problem: Problem | None = None, secret: str = "") -> Response:
    accounts, person = asking.place.accounts, require_session(asking).person
    own = [each for each in api_tokens.tokens_for(accounts, person) if each.user == person.name]
    answer = shown(
        asking,
        "account",
        200 if problem is None else 422,
        problem=problem.sentence(asking.language) if problem else "",
        secret=secret,
        tokens=tokens_grid(own, accounts.now(), asking.language),
        live=[each.id for each in own if each.holds(accounts.now())],
        most=api_tokens.MOST_DAYS,
        usual=api_tokens.USUAL_DAYS,
    )
    answer.headers["cache-control"] = "no-store"
    return answer


def _require_alike(password: str, again: str) -> None:
    if password != again:
        raise Refusal(Problem("passwords-differ"))


def _provider() -> openid.Provider:
    provider = openid.provider_in(os.environ)
    if provider is None:
        raise Refusal(Problem("no-such-page", params={"what": "/oidc"}))
    return provider


def _back(asking: Asking) -> str:
    return f"{home_of(asking.request)}/oidc/return"
