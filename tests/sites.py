"""A ledger with its pages and its people, as tests open them: real accounts, a real database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from starlette.testclient import TestClient

from ledger.doors.web.app import create_app
from ledger.doors.web.place import SESSION, Place
from ledger.rooms.storage.database import people_url
from ledger.rooms.storage.people import accesses
from ledger.rooms.storage.people.accesses import Access
from ledger.verbs import demo
from ledger.verbs.accounts import Accounts, open_people
from ledger.verbs.opening import House, open_journal
from ledger.verbs.people import administering, api_tokens
from ledger.verbs.people.links import link, use_link
from ledger.verbs.people.vault import Vault, open_vault
from ledger.verbs.recording import record
from ledger.words.persons import Grant, Role

HOUSE = House()
ORGAN, OTHER, UPPER = demo.ORGAN, "other-bureau", "upper-city"
REPORT = f"/reports/{ORGAN}/2020"
PASSWORD = "correct horse battery 2020"

PEOPLE = {
    "clerk": [Grant(Role.CLERK, ORGAN)],
    "chief": [Grant(Role.REVIEWER, ORGAN), Grant(Role.PUBLISHER, ORGAN)],
    "auditor": [Grant(Role.AUDITOR, ORGAN)],
    "administrator": [Grant(Role.ADMINISTRATOR, ORGAN)],
    "outsider": [Grant(role, OTHER) for role in Role],
    "superior": [Grant(Role.AUDITOR, UPPER)],
}


class Site:
    """The application over one ledger, and those who may enter it."""

    def __init__(self, url: str, folder: Path, *, public: bool = True) -> None:
        self.journal = open_journal(url, create=True)
        self.accounts: Accounts = open_people(people_url(url))
        self.place = Place(
            self.journal,
            self.accounts,
            HOUSE,
            folder / "keys",
            folder / "tiles",
            public=public,
            vault=self.vault,
        )
        self.folder = folder
        self.app = create_app(self.place)

    def vault(self) -> Vault:
        """What is kept of applicants."""
        keys, master = self.folder / "vault.db", self.folder / "vault-key"
        return open_vault(self.journal, self.accounts, keys, master)

    def tell(self, *drafts: dict[str, Any]) -> None:
        """Records events."""
        record(self.journal, HOUSE.definitions, list(drafts), "clerk")

    def anyone(self, **headers: str) -> TestClient:
        """A browser that nobody has signed in at."""
        return TestClient(
            self.app, follow_redirects=False, headers={"accept-language": "en", **headers}
        )

    def signed_in(self, name: str) -> TestClient:
        """A browser that a person has signed in at."""
        client = self.anyone()
        opened = use_link(self.accounts, link(self.accounts, name), PASSWORD)
        client.cookies.set(SESSION, opened.cookie)
        client.headers["x-csrf"] = opened.csrf
        return client

    def program(self, name: str, role: Role, organ: str = ORGAN) -> TestClient:
        """A program with a token of a person."""
        secret, _ = api_tokens.make(self.accounts, name, Grant(role, organ))
        return self.anyone(authorization=f"Bearer {secret}", accept="application/json")

    def access_lines(self) -> list[Access]:
        """What the access log has noted."""
        self.accounts.flush()
        with self.accounts.store.reading() as connection:
            return [line for _, line in accesses.newest(connection, None)]

    def close(self) -> None:
        """Gives the databases back."""
        self.accounts.close()


@contextmanager
def site(url: str, folder: Path, *, public: bool = True) -> Iterator[Site]:
    """The demo's year under an upper organ, beside another bureau, with all its people."""
    made = Site(url, folder, public=public)
    made.tell(*demo.drafts())
    made.tell(
        registered(UPPER, "上级市"), registered(OTHER, "另一机关", parent=UPPER), placed(ORGAN)
    )
    for name, grants in PEOPLE.items():
        administering.add(made.accounts, name, grants)
    try:
        yield made
    finally:
        made.close()


def registered(code: str, name: str, **data: str) -> dict[str, Any]:
    """An organ as it is registered."""
    return _of_organ("organ.registered", code, {"name": name, **data})


def placed(code: str) -> dict[str, Any]:
    """The demo's organ under the upper one."""
    return _of_organ("organ.placed", code, {"parent": UPPER})


def post(client: TestClient, path: str, **form: str) -> Any:
    """A form of our own pages, as its button sends it."""
    return client.post(path, data={"csrf": client.headers["x-csrf"], **form})


def issue(office: Site) -> None:
    """The report of 2020, drafted by the clerk, checked, approved and issued by the chief."""
    clerk, chief = office.signed_in("clerk"), office.signed_in("chief")
    draft = f"{REPORT}/draft"
    text = {"section-overview": "本年采购{procurement/centralised/amount}万元。"}
    assert post(clerk, draft, step="save", **text).status_code == 303
    assert post(clerk, draft, step="check").status_code == 303
    assert post(chief, draft, step="approve").status_code == 303
    assert post(chief, draft, step="issue").status_code == 303


def _of_organ(type_: str, code: str, data: dict[str, str]) -> dict[str, Any]:
    return {
        "type": type_,
        "organ": code,
        "subject": f"organ:{code}",
        "occurred_on": "2019-01-01",
        "data": data,
    }
