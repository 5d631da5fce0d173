"""What a route takes of who asks: said on the route itself, enforced by that, and told by the contract."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, TypedDict

from ledger.words.persons import Permission

KEY = "x-permission"
"""Where the contract tells it."""

TOKEN, COOKIE = "token", "session"
"""How a program and a person at the pages say who they are, as the contract names it."""


class At(StrEnum):
    """Where a permission is needed."""

    NOWHERE = "nowhere"
    """Everyone may."""
    ONESELF = "oneself"
    """Whoever has signed in, of what is their own."""
    SOMEWHERE = "somewhere"
    """At some organ; what is shown or changed is of the organs at which one has it."""
    ORGAN = "organ"
    """At the organ that the request names, or whose event or case it is."""


class Needs(TypedDict):
    """What a route takes; `steps` are those of a form that take more; `issued` is for everyone."""

    at: At
    permission: Permission | None
    steps: dict[str, Permission]
    issued: bool


def for_everyone() -> dict[str, Any]:
    """Nobody need have signed in."""
    return _said(At.NOWHERE)


def for_oneself() -> dict[str, Any]:
    """Whoever has signed in."""
    return _said(At.ONESELF)


def somewhere(permission: Permission) -> dict[str, Any]:
    """A permission at some organ."""
    return _said(At.SOMEWHERE, permission)


def at_organ(
    permission: Permission, steps: Mapping[str, Permission] | None = None, *, issued: bool = False
) -> dict[str, Any]:
    """A permission at the very organ; where `issued`, everyone may see what was issued."""
    return _said(At.ORGAN, permission, steps, issued=issued)


def needs_of(route: Any) -> Needs:
    """What a route takes; raises KeyError where it does not say."""
    said: Needs = (route.openapi_extra or {})[KEY]
    return said


def _said(
    at: At,
    permission: Permission | None = None,
    steps: Mapping[str, Permission] | None = None,
    *,
    issued: bool = False,
) -> dict[str, Any]:
    needs = Needs(at=at, permission=permission, steps=dict(steps or {}), issued=issued)
    ways: list[dict[str, list[str]]] = [{TOKEN: []}, {COOKIE: []}]
    nobody: list[dict[str, list[str]]] = [{}]
    if at == At.NOWHERE:
        ways = []
    return {"openapi_extra": {KEY: needs, "security": nobody + ways if issued else ways}}
