"""Administration: users and their roles, tokens, and the access log."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Query, Response
from fastapi.responses import RedirectResponse

from ledger.doors.web.answers import given, shown
from ledger.doors.web.contract import twin
from ledger.doors.web.people import home_of, note, require_form, require_session
from ledger.doors.web.permissions import somewhere
from ledger.doors.web.place import Asking, AskingNow
from ledger.drawing import contents
from ledger.drawing.people import (
    access_document,
    accesses_grid,
    token_document,
    tokens_grid,
    user_document,
    user_state,
)
from ledger.rooms.storage.people.accesses import Access
from ledger.verbs.people import administering, api_tokens, links, watching
from ledger.words.persons import Permission, Person, Role
from ledger.words.problems import Problem, Refusal

router = APIRouter(tags=["administration"])

Text = Annotated[str, Form(max_length=500)]
Before = Annotated[int | None, Query(ge=1, lt=2**63, description="lines older than this number")]
PAGE = 100


@router.get("/people", include_in_schema=False, **somewhere(Permission.ADMINISTER))
def people_page(asking: AskingNow) -> Response:
    """The users that one administers."""
    require_session(asking)
    return _people(asking)


@router.get(
    "/people.json",
    **twin("list_users", "Users and their roles", contents.Users),
    **somewhere(Permission.ADMINISTER),
)
def people_twin(asking: AskingNow) -> Response:
    """The users that one administers."""
    found = administering.users_for(asking.place.accounts, asking.person)
    return given({"users": [user_document(user) for user in found]})


@router.post("/people", include_in_schema=False, **somewhere(Permission.ADMINISTER))
def add(
    asking: AskingNow,
    csrf: Text = "",
    name: Text = "",
    display: Text = "",
    email: Text = "",
    grant: Text = "",
) -> Response:
    """Adds a user with a first role, and shows the link to hand over."""
    by = _administrator(asking, csrf)
    accounts = asking.place.accounts
    try:
        role = administering.read_grant(grant)
        administering.add(accounts, name, [role], display=display, email=email or None, by=by)
    except Refusal as refusal:
        return _people(asking, refusal.problems[0])
    note(asking, "administer", f"users/{name} add {role}", role.organ or "")
    return _people(asking, link=(name, links.link(accounts, name, by)))


@router.post("/people/change", include_in_schema=False, **somewhere(Permission.ADMINISTER))
def change(
    asking: AskingNow, csrf: Text = "", name: Text = "", act: Text = "", grant: Text = ""
) -> Response:
    """Gives or takes a role, bars or lets in, or makes a new link."""
    by = _administrator(asking, csrf)
    link = None
    try:
        link = _changed(asking, name, act, grant, by)
    except Refusal as refusal:
        return _people(asking, refusal.problems[0])
    organ = grant.partition("@")[2].replace("*", "")
    note(asking, "administer", f"users/{name} {act} {grant}".rstrip(), organ)
    if link is None:
        return RedirectResponse("/people", 303)
    return _people(asking, link=(name, link))


@router.get("/tokens", include_in_schema=False, **somewhere(Permission.ADMINISTER))
def tokens_page(asking: AskingNow) -> Response:
    """The tokens at the organs that one administers."""
    return _tokens(asking)


@router.get(
    "/tokens.json",
    **twin("list_tokens", "API tokens, without their secrets", contents.Tokens),
    **somewhere(Permission.ADMINISTER),
)
def tokens_twin(asking: AskingNow) -> Response:
    """The tokens at the organs that one administers."""
    found = api_tokens.tokens_for(asking.place.accounts, asking.person)
    return given({"tokens": [token_document(token) for token in found]})


@router.post("/tokens", include_in_schema=False, **somewhere(Permission.ADMINISTER))
def make_token(
    asking: AskingNow,
    csrf: Text = "",
    name: Text = "",
    grant: Text = "",
    purpose: Text = "",
    days: Annotated[int, Form()] = api_tokens.USUAL_DAYS,
) -> Response:
    """Makes a token for a program, which is shown this once."""
    by = _administrator(asking, csrf)
    try:
        role = administering.read_grant(grant)
        secret, token = api_tokens.make(
            asking.place.accounts, name, role, purpose=purpose, days=days, by=by
        )
    except Refusal as refusal:
        return _tokens(asking, refusal.problems[0])
    note(asking, "administer", f"tokens/{token.id} {name} {role}", role.organ or "")
    return _tokens(asking, secret=secret)


@router.post("/tokens/revoke", include_in_schema=False, **somewhere(Permission.ADMINISTER))
def revoke_token(asking: AskingNow, csrf: Text = "", id: Text = "") -> Response:
    """Ends a token for good."""
    by = _administrator(asking, csrf)
    api_tokens.revoke(asking.place.accounts, id, by)
    note(asking, "administer", f"tokens/{id} revoke")
    return RedirectResponse("/tokens", 303)


@router.get("/access-log", include_in_schema=False, **somewhere(Permission.ACCESS_LOG))
def access_page(asking: AskingNow, before: Before = None) -> Response:
    """Who read or took out what is not public, the newest first."""
    found = _accesses(asking, before)
    grid = accesses_grid([line for _, line in found], asking.language)
    older = found[-1][0] if len(found) == PAGE else None
    return shown(asking, "access-log", lines=grid, older=older)


@router.get(
    "/access-log.json",
    **twin("list_accesses", "The access log, the newest first", contents.AccessLog),
    **somewhere(Permission.ACCESS_LOG),
)
def access_twin(asking: AskingNow, before: Before = None) -> Response:
    """Who read or took out what is not public, at the organs whose log one may see."""
    found = _accesses(asking, before)
    return given({"accesses": [access_document(number, line) for number, line in found]})


def _accesses(asking: Asking, before: int | None) -> list[tuple[int, Access]]:
    assert asking.person is not None
    return watching.newest(asking.place.accounts, asking.person, before, PAGE)


def _administrator(asking: Asking, csrf: str) -> Person:
    return require_form(asking, csrf).person


def _changed(asking: Asking, name: str, act: str, grant: str, by: Person) -> str | None:
    """Does what a form asks of a user; the secret of a link, where one was asked for."""
    accounts = asking.place.accounts
    if act == "grant":
        administering.grant(accounts, name, [administering.read_grant(grant)], by)
    elif act == "revoke":
        administering.revoke(accounts, name, [administering.read_grant(grant)], by)
    elif act in ("disable", "enable"):
        administering.disable(accounts, name, disabled=act == "disable", by=by)
    elif act == "link":
        return links.link(accounts, name, by)
    else:
        raise Refusal(Problem("not-readable", params={"detail": act}))
    return None


def _people(
    asking: Asking, problem: Problem | None = None, link: tuple[str, str] | None = None
) -> Response:
    found = administering.users_for(asking.place.accounts, asking.person)
    answer = shown(
        asking,
        "people",
        200 if problem is None else 422,
        users=[(user, user_state(user, asking.language)) for user in found],
        roles=list(Role),
        problem=problem.sentence(asking.language) if problem else "",
        link=(link[0], home_of(asking.request) + links.path_of(link[1])) if link else None,
    )
    answer.headers["cache-control"] = "no-store"
    return answer


def _tokens(asking: Asking, problem: Problem | None = None, secret: str = "") -> Response:
    accounts, at = asking.place.accounts, asking.place.accounts.now()
    require_session(asking)
    found = api_tokens.tokens_for(accounts, asking.person)
    answer = shown(
        asking,
        "tokens",
        200 if problem is None else 422,
        problem=problem.sentence(asking.language) if problem else "",
        secret=secret,
        tokens=tokens_grid(found, at, asking.language),
        live=[each.id for each in found if each.holds(at)],
        most=api_tokens.MOST_DAYS,
        usual=api_tokens.USUAL_DAYS,
    )
    answer.headers["cache-control"] = "no-store"
    return answer
