"""What every page shares: the ledger that it shows, who asks, and in which language."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from functools import cached_property
from pathlib import Path
from typing import Annotated

from fastapi import Depends, Request

from ledger.doors.web.counting import Requests
from ledger.doors.web.keeping import Kept
from ledger.doors.web.permissions import At, Needs, needs_of
from ledger.drawing.here import Here
from ledger.drawing.phrases import LANGUAGES
from ledger.rooms.storage import reading
from ledger.rooms.storage.journal import Journal
from ledger.rooms.storage.reading import Connection
from ledger.rooms.subjects.organ import Organ, below
from ledger.verbs.accounts import Accounts, Entered
from ledger.verbs.issues import organs_above
from ledger.verbs.issuing import Office
from ledger.verbs.opening import House
from ledger.verbs.people.vault import Vault
from ledger.verbs.recording import today
from ledger.words.persons import FROM_ABOVE, Permission, Person, may, organs_with
from ledger.words.problems import Problem, Refusal

SESSION = "ledger_session"
"""The cookie of a session."""
LANGUAGE = "ledger_language"
"""The cookie that keeps the language that a person chose."""


class Place:
    """The ledger that the application opens, and who may enter it."""

    def __init__(
        self,
        journal: Journal,
        accounts: Accounts,
        house: House,
        keys: Path,
        tiles: Path | None = None,
        *,
        public: bool = True,
        vault: Callable[[], Vault] | None = None,
    ) -> None:
        self.journal = journal
        self.accounts = accounts
        self.house = house
        self.keys = keys
        """The folder of the keys that sign."""
        self.tiles = tiles
        """The folder that the log is published in, if it is."""
        self.public = public
        """Whether everyone may see the issued reports."""
        self.kept = Kept()
        self.requests = Requests()
        self._open_vault = vault

    @cached_property
    def vault(self) -> Vault:
        """What is kept of applicants, opened when it is first asked for; raises Refusal."""
        if self._open_vault is None:
            raise Refusal(Problem("no-such-page", params={"what": "/applicants"}))
        return self._open_vault()


class SignInFirst(Exception):
    """The page is not for everyone, and nobody has signed in."""


class Asking:
    """One request: who asks, and in which language the answer is told."""

    def __init__(self, request: Request) -> None:
        self.request = request
        self.place: Place = request.app.state.place

    @cached_property
    def language(self) -> str:
        """The language chosen in the address, else kept in a cookie, else the browser's first."""
        asked = self.request.query_params.get("lang") or self.request.cookies.get(LANGUAGE)
        if asked in LANGUAGES:
            return asked
        wanted = self.request.headers.get("accept-language", "").lower()
        return "en" if wanted.startswith("en") else "zh-CN"

    @cached_property
    def entered(self) -> Entered | None:
        """The session that the cookie names."""
        cookie = self.request.cookies.get(SESSION)
        return self.place.accounts.person_of_session(cookie) if cookie else None

    @property
    def by_token(self) -> bool:
        """Whether it is a program with a token, which no page of another site can make it send."""
        return self.request.headers.get("authorization", "").lower().startswith("bearer ")

    @cached_property
    def person(self) -> Person | None:
        """Who asks: by an API token, else by the session; None where nobody has signed in."""
        kind, _, token = self.request.headers.get("authorization", "").partition(" ")
        if kind.lower() == "bearer":
            return self.place.accounts.person_of_token(token.strip())
        return self.entered.person if self.entered else None

    @property
    def office(self) -> Office:
        """Where the steps of a report's life are taken, by who asks."""
        if self.person is None:
            raise SignInFirst
        house = self.place.house
        return Office(self.place.journal, house.definitions, house.editions, self.person.name)

    @cached_property
    def here(self) -> Here:
        """The address of the page that is asked for."""
        return Here(self.request.url.path, dict(self.request.query_params))

    @property
    def address(self) -> str:
        """Where the request comes from."""
        return self.request.client.host if self.request.client else ""

    def key(self, connection: Connection, *more: Hashable) -> tuple[Hashable, ...]:
        """What an answer is made from: what is recorded, the day, the address, the language."""
        url = self.request.url
        position = reading.last_position(connection)
        known = (self.person is not None, self.entered is not None)
        return (position, today(), url.path, url.query, self.language, *known, *more)

    def may(self, connection: Connection, permission: Permission, organ: str) -> bool:
        """Whether who asks has a permission at an organ."""
        if may(self.person, permission, organ):
            return True
        if self.person is None or permission not in FROM_ABOVE:
            return False
        return may(self.person, permission, organ, organs_above(connection, organ, today()))

    @cached_property
    def needs(self) -> Needs:
        """What the route that is asked takes."""
        return needs_of(self.request.scope["route"])

    @property
    def needed(self) -> Permission:
        """The permission that the route takes."""
        permission = self.needs["permission"]
        assert permission is not None  # a route that takes none asks for none
        return permission

    def require(
        self, connection: Connection, organ: str, permission: Permission | None = None
    ) -> None:
        """Raises SignInFirst or Refusal where who asks lacks a permission at an organ: that which the
        route takes, or of one of its steps."""
        if self.may(connection, permission or self.needed, organ):
            return
        if self.person is None:
            raise SignInFirst
        raise Refusal(Problem("not-permitted", params={"organ": organ}))

    def enter(self) -> None:
        """Raises SignInFirst or Refusal where the route is closed to who asks, whatever the organ."""
        at = self.needs["at"]
        if at in (At.ONESELF, At.SOMEWHERE) and self.person is None:
            raise SignInFirst
        if at == At.SOMEWHERE and organs_with(self.person, self.needed) == frozenset():
            raise Refusal(Problem("not-permitted", params={"organ": "*"}))

    def organs(self, permission: Permission, tree: Mapping[str, Organ]) -> dict[str, str]:
        """The names of the organs at which who asks has a permission, by their codes."""
        held = organs_with(self.person, permission)
        codes = set(tree if held is None else held)
        if permission in FROM_ABOVE:
            codes |= {code for organ in held or () for code in below(tree, organ)}
        codes &= tree.keys()
        return {code: tree[code].name for code in sorted(codes)}

    def organ(self, connection: Connection, code: str) -> str:
        """An organ of the ledger by its code; raises Refusal."""
        if not reading.organ_number(connection, code):
            raise Refusal(Problem("no-such-page", params={"what": code}))
        return code


async def asking_now(request: Request) -> Asking:
    """Who asks; not to be waited for, so that no thread is taken for it."""
    return Asking(request)


AskingNow = Annotated[Asking, Depends(asking_now)]
