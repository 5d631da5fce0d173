"""Persons, the roles they hold at organs, and what each role may do."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from enum import StrEnum
from types import MappingProxyType

import msgspec


class Permission(StrEnum):
    """What a person may do at an organ."""

    PUBLIC = "public"
    READ = "read"
    RECORD = "record"
    DRAFT = "draft"
    APPROVE = "approve"
    PUBLISH = "publish"
    EXPORT = "export"
    PERSONAL = "personal"
    ADMINISTER = "administer"
    ACCESS_LOG = "access-log"


class Role(StrEnum):
    """What an office has appointed a person to."""

    CLERK = "clerk"
    REVIEWER = "reviewer"
    PUBLISHER = "publisher"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"


class Grant(msgspec.Struct, frozen=True, order=True):
    """A role held at one organ."""

    role: Role
    organ: str | None = None
    """None: at every organ."""

    def __str__(self) -> str:
        return f"{self.role}@{self.organ or EVERYWHERE}"


EVERYWHERE = "*"
"""How every organ is written where a grant is: clerk@*."""


class Person(msgspec.Struct, frozen=True):
    """Someone who has signed in, or a program with a token of theirs."""

    name: str
    grants: tuple[Grant, ...]
    display: str = ""
    token: str | None = None
    """The id of the API token that came; None for a person at the pages."""


ALLOWED: Mapping[Role, frozenset[Permission]] = MappingProxyType(
    {
        Role.CLERK: frozenset(
            {
                Permission.READ,
                Permission.RECORD,
                Permission.DRAFT,
                Permission.PERSONAL,
                Permission.EXPORT,
            }
        ),
        Role.REVIEWER: frozenset(
            {Permission.READ, Permission.APPROVE, Permission.PERSONAL, Permission.EXPORT}
        ),
        Role.PUBLISHER: frozenset(
            {Permission.READ, Permission.DRAFT, Permission.PUBLISH, Permission.EXPORT}
        ),
        Role.AUDITOR: frozenset({Permission.READ, Permission.EXPORT, Permission.ACCESS_LOG}),
        Role.ADMINISTRATOR: frozenset(
            {Permission.READ, Permission.ADMINISTER, Permission.ACCESS_LOG}
        ),
    }
)

FROM_ABOVE = frozenset({Permission.READ, Permission.EXPORT})
"""What a grant at an organ gives at every organ below it too; the rest is given at that very organ."""


def may(
    person: Person | None, permission: Permission, organ: str, above: Collection[str] = ()
) -> bool:
    """Whether a person has a permission at an organ; `above` are the organs above it."""
    if permission == Permission.PUBLIC:
        return True
    places = {organ, *above} if permission in FROM_ABOVE else {organ}
    return any(
        permission in ALLOWED[grant.role] and (grant.organ is None or grant.organ in places)
        for grant in (person.grants if person else ())
    )


def organs_with(person: Person | None, permission: Permission) -> frozenset[str] | None:
    """The organs at which a person holds a permission by a grant; None: every organ."""
    held = [
        grant.organ
        for grant in (person.grants if person else ())
        if permission in ALLOWED[grant.role]
    ]
    if permission == Permission.PUBLIC or None in held:
        return None
    return frozenset(organ for organ in held if organ is not None)


def covers(held: Iterable[Grant], grant: Grant) -> bool:
    """Whether one of the grants held is this one, or the same role at every organ."""
    return any(each.role == grant.role and each.organ in (None, grant.organ) for each in held)


def grant_of(text: str) -> Grant | None:
    """The grant that a person wrote, `clerk@organ` or `clerk@*`; None if it is none."""
    role, at, organ = text.partition("@")
    if role not in set(Role) or not at or not organ:
        return None
    return Grant(Role(role), None if organ == EVERYWHERE else organ)
