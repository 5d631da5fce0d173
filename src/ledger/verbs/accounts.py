"""Accounts: who has entered, by a session at the pages or by the token of a program."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable

import msgspec

from ledger.rooms.storage.people import attempts, sessions, tokens, users
from ledger.rooms.storage.people.accesses import Access
from ledger.rooms.storage.people.store import Store, open_store
from ledger.verbs.people import passwords
from ledger.verbs.people.access_log import AccessLog
from ledger.verbs.people.secret_words import DAY, HOUR, MINUTE, csrf_of, digest_of, new_secret, now
from ledger.words.persons import Person, covers
from ledger.words.problems import Problem, Refusal

IDLE, LONGEST = 30 * MINUTE, 12 * HOUR
"""A session ends when it was not used, and after a working day in any case (microseconds)."""

WINDOW = 15 * MINUTE
BY_NAME, BY_ADDRESS = 10, 50
"""Failed sign-ins within the window, of one name and from one address."""

KEPT_DAYS = 400
"""How long the access log is kept, unless the office says otherwise: until the next year's report is
out; whether a law asks for longer is the office's to say."""

_SEEN_EVERY = MINUTE


class Entered(msgspec.Struct, frozen=True):
    """A person at the pages; `session` names the session without being able to open it."""

    person: Person
    csrf: str
    session: str


class Opened(msgspec.Struct, frozen=True):
    """A new session: the cookie goes to the browser and is kept nowhere else."""

    cookie: str
    csrf: str


class Accounts:
    """The accounts of a ledger's people; one for a process, shared by its threads."""

    def __init__(
        self, store: Store, *, clock: Callable[[], int] = now, kept_days: int | None = None
    ) -> None:
        self.store = store
        self.now = clock
        self._log = AccessLog(store, None if kept_days is None else kept_days * DAY)

    def person_of_session(self, cookie: str) -> Entered | None:
        """Who holds a session's cookie; None where it has expired, or was never given."""
        digest, at = digest_of(cookie), self.now()
        with self.store.reading() as connection:
            found = sessions.find(connection, digest)
            user = users.find(connection, found[0]) if found else None
        if found is None or user is None or user.disabled or _expired(found, at):
            return None
        if at - found[2] >= _SEEN_EVERY:
            with self.store.writing() as connection:
                sessions.seen(connection, digest, at)
        return Entered(user.person, csrf_of(cookie), digest.hex()[:16])

    def person_of_token(self, token: str) -> Person | None:
        """Whom a program acts for: with the token's own grant, while the user holds it too."""
        with self.store.reading() as connection:
            found = tokens.find(connection, digest_of(token))
            user = users.find(connection, found.user) if found else None
        if found is None or user is None or user.disabled or not found.holds(self.now()):
            return None
        held = (found.grant,) if covers(user.grants, found.grant) else ()
        return Person(user.name, held, user.display, found.id)

    def sign_in(self, name: str, password: str, address: str, before: str | None = None) -> Opened:
        """A new session in place of the one `before`; raises Refusal: wrong, or too many attempts."""
        return self.enter(self.prove(name, password, address), before)

    def prove(self, name: str, password: str, address: str) -> str:
        """The user whose password it is; raises the same Refusal after the same time for any other."""
        name, at = name.strip(), self.now()
        source, place = f"name:{name.casefold()}", f"address:{_network(address)}"
        with self.store.writing() as connection:
            limits = {source: BY_NAME, place: BY_ADDRESS}
            free = attempts.take(connection, limits, at, at - WINDOW)
            user = users.find(connection, name)
        if not free:
            params = {"minutes": WINDOW // MINUTE}
            raise Refusal(Problem("too-many-attempts", params=params))
        right = passwords.matches(user.password if user else None, password)
        if user is None or user.password is None or not right or user.disabled:
            raise Refusal(Problem("sign-in-failed"))
        with self.store.writing() as connection:
            attempts.forgive(connection, source)
            attempts.forgive(connection, place, at)
            if passwords.outdated(user.password):
                users.set_password(connection, name, passwords.hashed(password, name))
        return name

    def enter(self, name: str, before: str | None = None) -> Opened:
        """A new session of a user whose identity is proved; the one `before` ends."""
        cookie, at = new_secret(), self.now()
        with self.store.writing() as connection:
            if before is not None:
                sessions.end(connection, digest_of(before))
            sessions.sweep(connection, at - IDLE, at - LONGEST)
            sessions.begin(connection, digest_of(cookie), name, at)
        return Opened(cookie, csrf_of(cookie))

    def sign_out(self, cookie: str) -> None:
        """Ends a session."""
        with self.store.writing() as connection:
            sessions.end(connection, digest_of(cookie))

    def log(
        self, person: Person | None, action: str, what: str, address: str, organ: str = ""
    ) -> None:
        """Notes a read of what is not public, or an export; it is written within a second."""
        name, token = (person.name, person.token) if person else ("", None)
        self._log.add(Access(self.now(), name, token, action, what, organ, address))

    def flush(self) -> None:
        """Writes what is noted and not yet written."""
        self._log.flush()

    def close(self) -> None:
        """Writes what is left, and gives the database back."""
        self._log.close()
        self.store.close()


def open_people(url: str, *, kept_days: int | None = None) -> Accounts:
    """The accounts in the database at a URL, made where there is none; raises Refusal.

    Lines of the access log older than `kept_days` are deleted; None deletes nothing.
    """
    return Accounts(open_store(url), kept_days=kept_days)


def _expired(session: sessions.Session, at: int) -> bool:
    _, began, seen = session
    return at - seen >= IDLE or at - began >= LONGEST


def _network(address: str) -> str:
    """The address, or for IPv6 the network of 64 bits: all of it is at one person's hands."""
    try:
        told = ipaddress.ip_address(address)
    except ValueError:
        return address
    return str(ipaddress.ip_network((told, 64), strict=False)) if told.version == 6 else address
