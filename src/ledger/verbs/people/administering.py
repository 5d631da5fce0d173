"""Administering users and their roles.

`by` is the administrator at the pages, who reaches no further than their own grants; None is the
operator at the machine, who holds the database anyway.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from ledger.rooms.storage.people import sessions, users
from ledger.rooms.storage.people.store import Connection
from ledger.rooms.storage.people.users import User
from ledger.verbs.accounts import Accounts
from ledger.words.persons import Grant, Permission, Person, grant_of, organs_with
from ledger.words.problems import Problem, Refusal

_NAME = re.compile(r"\w[\w.@-]{0,63}")
_EMAIL = re.compile(r"[^\s@]+@[^\s@]+")


def read_grant(text: str) -> Grant:
    """The grant that a person wrote: clerk@organ, clerk@* for every organ; raises Refusal."""
    grant = grant_of(text.strip())
    if grant is None:
        raise Refusal(Problem("not-a-grant", params={"value": text}))
    return grant


def users_for(accounts: Accounts, by: Person | None = None) -> list[User]:
    """The users that someone administers, or that hold a role where they administer."""
    with accounts.store.reading() as connection:
        found = users.every(connection)
    return [user for user in found if by is None or _near(user, by)]


def add(
    accounts: Accounts,
    name: str,
    grants: Iterable[Grant],
    *,
    display: str = "",
    email: str | None = None,
    by: Person | None = None,
) -> None:
    """Adds a user, who cannot enter before a link or an identity; raises Refusal."""
    given = tuple(grants)
    if not _NAME.fullmatch(name):
        raise Refusal(Problem("not-a-user-name", params={"value": name}))
    if by is not None and not given:
        raise Refusal(Problem("grant-needed"))
    _require_within(given, by)
    with accounts.store.writing() as connection:
        if users.find(connection, name) is not None:
            raise Refusal(Problem("user-known", params={"name": name}))
        users.add(connection, name, display, _email(connection, email, name), accounts.now())
        users.grant(connection, name, given)


def grant(accounts: Accounts, name: str, grants: Iterable[Grant], by: Person | None = None) -> None:
    """Gives roles to a user; raises Refusal."""
    given = tuple(grants)
    _require_within(given, by)
    with accounts.store.writing() as connection:
        _known(connection, name)
        users.grant(connection, name, given)


def revoke(
    accounts: Accounts, name: str, grants: Iterable[Grant], by: Person | None = None
) -> None:
    """Takes roles from a user at once, sessions and tokens included; raises Refusal."""
    taken = tuple(grants)
    _require_within(taken, by)
    with accounts.store.writing() as connection:
        held = _known(connection, name).grants
        for each in taken:
            if each not in held:
                params = {"name": name, "grant": str(each)}
                raise Refusal(Problem("grant-not-held", params=params))
        users.revoke(connection, name, taken)


def disable(
    accounts: Accounts, name: str, *, disabled: bool = True, by: Person | None = None
) -> None:
    """Bars a user, whose sessions end, or lets them in again; raises Refusal."""
    with accounts.store.writing() as connection:
        administered(connection, name, by)
        users.disable(connection, name, disabled=disabled)
        sessions.end_all(connection, name)


def describe(
    accounts: Accounts,
    name: str,
    display: str | None,
    email: str | None,
    by: Person | None = None,
) -> None:
    """Replaces what a user is shown as, and the e-mail that a provider names them by; None: stays."""
    with accounts.store.writing() as connection:
        user = administered(connection, name, by)
        shown = user.display if display is None else display
        reached = user.email if email is None else _email(connection, email, name)
        users.describe(connection, name, shown, reached)


def identify(
    accounts: Accounts, name: str, issuer: str, identity: str, by: Person | None = None
) -> None:
    """Lets whom a provider knows by this subject enter as a user; raises Refusal."""
    with accounts.store.writing() as connection:
        administered(connection, name, by)
        if users.named_by_identity(connection, issuer, identity) is not None:
            params = {"issuer": issuer, "identity": identity}
            raise Refusal(Problem("identity-known", params=params))
        users.identify(connection, name, issuer, identity)


def administered(connection: Connection, name: str, by: Person | None) -> User:
    """The user of a name, all of whose roles lie where `by` administers; raises Refusal."""
    user = _known(connection, name)
    if by is not None and not user.grants and organs_with(by, Permission.ADMINISTER) is not None:
        raise Refusal(Problem("beyond-your-organs"))
    _require_within(user.grants, by)
    return user


def _known(connection: Connection, name: str) -> User:
    user = users.find(connection, name)
    if user is None:
        raise Refusal(Problem("no-such-user", params={"name": name}))
    return user


def _near(user: User, by: Person) -> bool:
    reach = organs_with(by, Permission.ADMINISTER)
    return reach is None or any(each.organ in reach for each in user.grants)


def _require_within(grants: Iterable[Grant], by: Person | None) -> None:
    """Raises Refusal unless every grant is of an organ that `by` administers."""
    reach = None if by is None else organs_with(by, Permission.ADMINISTER)
    if reach is not None and any(each.organ not in reach for each in grants):
        raise Refusal(Problem("beyond-your-organs"))


def _email(connection: Connection, email: str | None, name: str) -> str | None:
    if not email:
        return None
    if not _EMAIL.fullmatch(email):
        raise Refusal(Problem("not-an-email", params={"value": email}))
    if any(user.name != name for user in users.named_by_email(connection, email)):
        raise Refusal(Problem("email-known", params={"value": email}))
    return email
