"""Who may see which lines of the access log."""

from __future__ import annotations

from ledger.rooms.storage.people import accesses
from ledger.rooms.storage.people.accesses import Access
from ledger.verbs.accounts import Accounts
from ledger.words.persons import Permission, Person, organs_with


def newest(
    accounts: Accounts, person: Person, before: int | None = None, limit: int = 100
) -> list[tuple[int, Access]]:
    """The lines of the organs whose log a person may see, with their numbers, the newest first.

    A line of no single organ is seen by those alone who may see every organ's.
    """
    organs = organs_with(person, Permission.ACCESS_LOG)
    accounts.flush()
    with accounts.store.reading() as connection:
        return accesses.newest(connection, organs, before=before, limit=limit)
