"""One-time links by which a user sets a password, and changing one's own."""

from __future__ import annotations

from collections.abc import Iterable

from ledger.rooms.storage.people import sessions, tokens, users
from ledger.rooms.storage.people.store import Connection
from ledger.rooms.storage.people.users import User
from ledger.verbs.accounts import Accounts, Opened
from ledger.verbs.people import passwords
from ledger.verbs.people.administering import administered
from ledger.verbs.people.secret_words import HOUR, digest_of, new_secret
from ledger.words.persons import Grant, Person, Role
from ledger.words.problems import Problem, Refusal

HOLDS = 24 * HOUR

FIRST = "admin"
"""The name of the first administrator."""

_EVERYWHERE = Grant(Role.ADMINISTRATOR)


def path_of(secret: str) -> str:
    """Where a one-time link leads on the ledger's address; after the `#` nothing is sent or logged."""
    return f"/enter#{secret}"


def first_link(accounts: Accounts, more: Iterable[Grant] = ()) -> str | None:
    """A link for the first administrator, made with `more` roles; None once anyone can administer."""
    with accounts.store.writing() as connection:
        known = users.every(connection)
        if any(_can_administer(connection, user) for user in known):
            return None
        if FIRST not in {user.name for user in known}:
            users.add(connection, FIRST, "", None, accounts.now())
        users.disable(connection, FIRST, disabled=False)
        users.grant(connection, FIRST, [_EVERYWHERE, *more])
        return _link(accounts, connection, FIRST)


def link(accounts: Accounts, name: str, by: Person | None = None) -> str:
    """A new one-time link of a user; the one before no longer holds."""
    with accounts.store.writing() as connection:
        administered(connection, name, by)
        return _link(accounts, connection, name)


def name_of_link(accounts: Accounts, secret: str) -> str | None:
    """Whose a one-time link is; None where it was used or has expired."""
    with accounts.store.reading() as connection:
        return tokens.linked(connection, digest_of(secret), accounts.now())


def use_link(accounts: Accounts, secret: str, password: str) -> Opened:
    """Sets a password by a one-time link and enters; a refused password leaves the link as it was."""
    name = name_of_link(accounts, secret)
    if name is None:
        raise Refusal(Problem("link-over"))
    hash_ = passwords.hashed(password, name)
    with accounts.store.writing() as connection:
        name = tokens.linked(connection, digest_of(secret), accounts.now())
        user = users.find(connection, name) if name else None
        if user is None or user.disabled:
            raise Refusal(Problem("link-over"))
        _replace(connection, user.name, hash_)
    return accounts.enter(user.name)


def change_password(accounts: Accounts, cookie: str, old: str, new: str, address: str) -> Opened:
    """Replaces one's own password; every other session of the user ends."""
    entered = accounts.person_of_session(cookie)
    if entered is None:
        raise Refusal(Problem("sign-in-failed"))
    name = entered.person.name
    hash_ = passwords.hashed(new, name)
    accounts.prove(name, old, address)
    with accounts.store.writing() as connection:
        _replace(connection, name, hash_)
    return accounts.enter(name)


def _replace(connection: Connection, name: str, hash_: str) -> None:
    users.set_password(connection, name, hash_)
    sessions.end_all(connection, name)
    tokens.drop_links(connection, name)


def _link(accounts: Accounts, connection: Connection, name: str) -> str:
    secret = new_secret()
    tokens.put_link(connection, digest_of(secret), name, accounts.now() + HOLDS)
    return secret


def _can_administer(connection: Connection, user: User) -> bool:
    """Whether someone holds this account already who administers every organ."""
    if user.disabled or _EVERYWHERE not in user.grants:
        return False
    return bool(user.password or user.email or users.identities_of(connection, user.name))
