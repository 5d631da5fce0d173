"""Users, the roles they hold, and whom a provider says they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec
from sqlalchemy import Connection, delete, func, insert, select, update

from ledger.rooms.storage.people.tables import grants, identities, users
from ledger.words.persons import Grant, Person, Role


class User(msgspec.Struct, frozen=True):
    """An account of a person, or of a program."""

    name: str
    display: str
    email: str | None
    password: str | None
    """The argon2 hash."""
    disabled: bool
    made_at: int
    grants: tuple[Grant, ...]

    @property
    def person(self) -> Person:
        """The user as one who has entered."""
        return Person(self.name, self.grants, self.display)


def find(connection: Connection, name: str) -> User | None:
    """The user of a name."""
    return next(_users(connection, [name]), None)


def every(connection: Connection) -> list[User]:
    """All users, by name."""
    names = connection.execute(select(users.c.name).order_by(users.c.name)).scalars()
    return list(_users(connection, list(names)))


def named_by_email(connection: Connection, email: str) -> list[User]:
    """The users that an administrator gave this address, which is compared without case."""
    query = select(users.c.name).where(func.lower(users.c.email) == email.lower())
    return list(_users(connection, list(connection.execute(query).scalars())))


def named_by_identity(connection: Connection, issuer: str, identity: str) -> User | None:
    """The user that a provider's identity was granted to."""
    query = select(identities.c.user_name).where(
        identities.c.issuer == issuer, identities.c.identity == identity
    )
    name = connection.execute(query).scalar()
    return None if name is None else find(connection, name)


def identities_of(connection: Connection, name: str) -> list[tuple[str, str]]:
    """Issuer and subject of each identity of a user."""
    query = select(identities.c.issuer, identities.c.identity).where(identities.c.user_name == name)
    return [(issuer, identity) for issuer, identity in connection.execute(query)]


def add(connection: Connection, name: str, display: str, email: str | None, made_at: int) -> None:
    """Adds a user without a password and without any role."""
    row = {"name": name, "display": display, "email": email, "disabled": False, "made_at": made_at}
    connection.execute(insert(users), row)


def set_password(connection: Connection, name: str, hash_: str) -> None:
    """Replaces the hash of a password."""
    connection.execute(update(users).where(users.c.name == name).values(password=hash_))


def describe(connection: Connection, name: str, display: str, email: str | None) -> None:
    """Replaces what a user is shown as, and the address by which a provider may name them."""
    values = {"display": display, "email": email}
    connection.execute(update(users).where(users.c.name == name).values(values))


def disable(connection: Connection, name: str, *, disabled: bool = True) -> None:
    """Bars a user from entering, or lets them in again."""
    connection.execute(update(users).where(users.c.name == name).values(disabled=disabled))


def grant(connection: Connection, name: str, given: Iterable[Grant]) -> None:
    """Gives roles; those held already stay."""
    held = set(_grants(connection, [name]).get(name, ()))
    rows = [
        {"user_name": name, "role": each.role.value, "organ": each.organ or ""}
        for each in dict.fromkeys(given)
        if each not in held
    ]
    if rows:
        connection.execute(insert(grants), rows)


def revoke(connection: Connection, name: str, taken: Iterable[Grant]) -> None:
    """Takes roles away."""
    for each in taken:
        connection.execute(
            delete(grants).where(
                grants.c.user_name == name,
                grants.c.role == each.role.value,
                grants.c.organ == (each.organ or ""),
            )
        )


def identify(connection: Connection, name: str, issuer: str, identity: str) -> None:
    """Grants a provider's identity to a user."""
    row = {"user_name": name, "issuer": issuer, "identity": identity}
    connection.execute(insert(identities), row)


def _users(connection: Connection, names: list[str]) -> Iterator[User]:
    held = _grants(connection, names)
    query = select(users).where(users.c.name.in_(names)).order_by(users.c.name)
    for row in connection.execute(query).mappings():
        yield User(**row, grants=tuple(sorted(held.get(row["name"], ()), key=str)))


def _grants(connection: Connection, names: list[str]) -> dict[str, list[Grant]]:
    found: dict[str, list[Grant]] = {}
    for name, role, organ in connection.execute(
        select(grants).where(grants.c.user_name.in_(names))
    ):
        found.setdefault(name, []).append(Grant(Role(role), organ or None))
    return found
