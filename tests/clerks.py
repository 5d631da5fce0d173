"""A small ledger behind its pages, with people who may do different things there."""

from collections.abc import Iterator
from contextlib import contextmanager

from lxml import html
from starlette.testclient import TestClient

from ledger.doors.web.app import create_app
from ledger.doors.web.place import SESSION, Place
from ledger.rooms.storage.database import beside, people_url
from ledger.verbs.accounts import open_people
from ledger.verbs.opening import House, open_journal
from ledger.verbs.people import administering, links
from ledger.verbs.people.administering import read_grant
from ledger.verbs.recording import record

HOUSE = House()
PASSWORD = "a long enough sentence of words"

ORGANS = {"city": "示例市人民政府", "bureau": "示例市财政局", "office": "示例市水利局"}


class Pages:
    """The pages of a ledger; each person has a browser of their own."""

    def __init__(self, url: str) -> None:
        self.journal = open_journal(url, create=True)
        self.accounts = open_people(people_url(url))
        self.app = create_app(Place(self.journal, self.accounts, HOUSE, beside(url, ".keys")))
        record(self.journal, HOUSE.definitions, list(_organs()), "registrar")

    def record(self, *drafts: dict[str, object]) -> None:
        """Records drafts beside the pages."""
        record(self.journal, HOUSE.definitions, list(drafts), "elsewhere")

    def browser(self, name: str, *grants: str) -> "Browser":
        """The browser of a person who has signed in; without grants, of a stranger."""
        browser = Browser(TestClient(self.app, follow_redirects=True))
        if grants:
            browser.client.cookies.set(SESSION, self.session(name, *grants))
        return browser

    def session(self, name: str, *grants: str) -> str:
        """The cookie of a person who has signed in."""
        administering.add(self.accounts, name, [read_grant(grant) for grant in grants])
        return links.use_link(self.accounts, links.link(self.accounts, name), PASSWORD).cookie


class Browser:
    """What a person sees and hands in."""

    def __init__(self, client: TestClient) -> None:
        self.client = client
        self.language = "zh-CN"
        self.address = ""

    def get(self, address: str, status: int = 200) -> str:
        """A page."""
        answer = self.client.get(address, headers={"accept-language": self.language})
        assert answer.status_code == status, answer.text
        return answer.text

    def hand_in(self, address: str, do: str, status: int = 200, **fields: object) -> str:
        """Fills in the form at an address and presses one of its buttons."""
        told = filled_in(self.get(address))
        return self.post(address.partition("?")[0], status, **{**told, **fields, "do": do})

    def post(self, address: str, status: int = 200, **fields: object) -> str:
        """Hands in a form as it is."""
        spoken = {"accept-language": self.language}
        answer = self.client.post(address, data=fields, headers=spoken)
        self.address = str(answer.url)
        assert answer.status_code == status, answer.text
        return answer.text


def filled_in(page: str) -> dict[str, list[str]]:
    """What stands in the fields of the form of a page, the hidden ones too."""
    (form,) = html.fromstring(page).xpath('//form[contains(@class, "entry")]')
    told: dict[str, list[str]] = {}
    for name, value in form.form_values():
        told.setdefault(name, []).append(value)
    return told


def words(page: str) -> str:
    """What a page says, without its markup."""
    return " ".join(html.fromstring(page).xpath("//main")[0].text_content().split())


@contextmanager
def pages(url: str) -> Iterator[Pages]:
    """The pages of a new ledger in a database."""
    opened = Pages(url)
    try:
        yield opened
    finally:
        opened.accounts.close()
        opened.journal.engine.dispose()


def _organs() -> Iterator[dict[str, object]]:
    for code, name in ORGANS.items():
        data = {"name": name} | ({} if code == "city" else {"parent": "city"})
        yield {
            "type": "organ.registered",
            "organ": code,
            "subject": f"organ:{code}",
            "occurred_on": "2019-01-01",
            "data": data,
        }
