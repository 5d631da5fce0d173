"""Users, their roles and tokens, as documents and sheets."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec

from ledger.drawing import contents
from ledger.drawing.phrases import say
from ledger.drawing.sheet import Grid, Sheet
from ledger.rooms.storage.people.accesses import Access
from ledger.rooms.storage.people.tokens import Token
from ledger.rooms.storage.people.users import User
from ledger.verbs.people.vault import Applicant
from ledger.words.events import moment
from ledger.words.persons import Grant

Json = dict[str, Any]


def user_document(user: User) -> contents.User:
    """A user without anything secret."""
    return {
        "name": user.name,
        "display": user.display,
        "email": user.email,
        "grants": [str(grant) for grant in user.grants],
        "has_password": user.password is not None,
        "disabled": user.disabled,
        "made_at": moment(user.made_at),
    }


def token_document(token: Token) -> contents.Token:
    """What is kept of a token."""
    return {
        "id": token.id,
        "user": token.user,
        "grant": str(token.grant),
        "purpose": token.purpose,
        "made_by": token.made_by,
        "made_at": moment(token.made_at),
        "expires_at": moment(token.expires_at),
        "revoked_at": None if token.revoked_at is None else moment(token.revoked_at),
    }


def users_sheet(users: Iterable[User], language: str) -> Sheet:
    """Users and what they hold."""
    headings = tuple(
        say(language, f"user-{name}") for name in ("name", "display", "roles", "state")
    )
    rows = tuple(
        (
            user.name,
            user.display,
            "、".join(grant_in_words(each, language) for each in user.grants),
            user_state(user, language),
        )
        for user in users
    )
    return Sheet("", (Grid(headings, rows),))


def tokens_sheet(tokens: Iterable[Token], at: int, language: str) -> Sheet:
    """Tokens and whether they still hold at a time."""
    return Sheet("", (tokens_grid(tokens, at, language),))


def tokens_grid(tokens: Iterable[Token], at: int, language: str) -> Grid:
    """The rows of tokens, the id of each first."""
    names = ("token-id", "user-name", "user-roles", "token-purpose", "token-until", "user-state")
    rows = tuple(
        (
            token.id,
            token.user,
            grant_in_words(token.grant, language),
            token.purpose,
            said_time(token.expires_at),
            token_state(token, at, language),
        )
        for token in tokens
    )
    headings = tuple(say(language, name) for name in names)
    return Grid(headings, rows, say(language, "tokens"))


def access_document(number: int, line: Access) -> contents.Access:
    """A line of the access log."""
    return {
        "number": number,
        "at": moment(line.at),
        "user": line.user_name,
        "token": line.token,
        "action": line.action,
        "what": line.what,
        "organ": line.organ or None,
        "address": line.address,
    }


def accesses_grid(lines: Iterable[Access], language: str) -> Grid:
    """The rows of the access log."""
    names = ("access-at", "user-name", "token-id", "access-action", "access-what", "organ")
    rows = tuple(
        (
            f"{moment(line.at):%Y-%m-%d %H:%M:%S}",
            line.user_name,
            line.token or "",
            say(language, f"action-{line.action}"),
            line.what,
            line.organ,
            line.address,
        )
        for line in lines
    )
    headings = tuple(say(language, name) for name in (*names, "access-address"))
    return Grid(headings, rows)


def applicant_sheet(applicant: Applicant, language: str) -> Sheet:
    """What is kept of an applicant, a line for each field that is told."""
    return Sheet(
        "", tuple(f"{name}\t{value}" for name, value in applicant_fields(applicant, language))
    )


def applicant_fields(applicant: Applicant, language: str) -> list[tuple[str, str]]:
    """The fields that are told, with their names."""
    told = msgspec.structs.asdict(applicant).items()
    return [(say(language, f"applicant-{field}"), value) for field, value in told if value]


def grant_in_words(grant: Grant, language: str) -> str:
    """A grant as a person reads it."""
    place = grant.organ or say(language, "every-organ")
    return say(language, "role-at", role=say(language, f"role-{grant.role}"), organ=place)


def said_time(at: int) -> str:
    """A time in UTC, to the minute."""
    return f"{moment(at):%Y-%m-%d %H:%M} UTC"


def user_state(user: User, language: str) -> str:
    """Whether a user can enter."""
    if user.disabled:
        return say(language, "user-disabled")
    return say(language, "user-active" if user.password else "user-without-password")


def token_state(token: Token, at: int, language: str) -> str:
    """Whether a token holds at a time, and why not."""
    if token.revoked_at is not None:
        return say(language, "token-revoked")
    return say(language, "token-holds" if token.holds(at) else "token-expired")
