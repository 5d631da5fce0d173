"""Opening the application: for a server's worker, from the environment that `serve` has set."""

from __future__ import annotations

import os
from pathlib import Path

from fastapi import FastAPI

from ledger.doors.web.app import create_app
from ledger.doors.web.place import Place
from ledger.rooms.storage.database import beside, people_url
from ledger.verbs.accounts import KEPT_DAYS, Accounts, open_people
from ledger.verbs.opening import House, open_journal
from ledger.verbs.people.vault import Vault, open_vault

DATABASE, PEOPLE, PUBLIC = "LEDGER_DATABASE", "LEDGER_PEOPLE", "LEDGER_PUBLIC"
FORMS, KEYS, TILES = "LEDGER_PROJECTIONS", "LEDGER_KEYS", "LEDGER_TILES"
KEPT = "LEDGER_KEEP_ACCESS_LOG"


def accounts_of(database: str, people: str | None, kept_days: int | None = None) -> Accounts:
    """The accounts at a URL, else those beside the ledger."""
    return open_people(people or people_url(database), kept_days=kept_days)


def app() -> FastAPI:
    """The application of one worker."""
    database = os.environ[DATABASE]
    forms = [Path(folder) for folder in os.environ.get(FORMS, "").split(os.pathsep) if folder]
    kept_days = int(os.environ.get(KEPT) or KEPT_DAYS)
    journal = open_journal(database)
    accounts = accounts_of(database, os.environ.get(PEOPLE), kept_days)

    def vault() -> Vault:
        keys, master = beside(database, ".vault.db"), beside(database, ".vault-key")
        return open_vault(journal, accounts, keys, master, os.environ.get("LEDGER_VAULT_KEY"))

    place = Place(
        journal,
        accounts,
        House(forms),
        Path(os.environ.get(KEYS) or beside(database, ".keys")),
        Path(os.environ.get(TILES) or beside(database, ".tiles")),
        public=os.environ.get(PUBLIC, "1") == "1",
        vault=vault,
    )
    return create_app(place)
