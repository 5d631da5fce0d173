"""Several processes answer for one ledger, and nobody who asks can tell which of them it was."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest

from browsers import serving
from ledger.doors.web.place import SESSION
from ledger.verbs.people import api_tokens
from ledger.verbs.people.links import link
from ledger.words.persons import Grant, Role
from sites import ORGAN, PASSWORD, Site, site

WORKERS, CLERKS, READERS, EACH = 3, 4, 4, 12
REPORT = f"/reports/{ORGAN}/2020"
NEW = f"{REPORT}/cells/applications/new/natural-person.json"

pytestmark = pytest.mark.slow


@pytest.fixture
def office(database_url: str, tmp_path: Path) -> Iterator[Site]:
    with site(database_url, tmp_path) as made:
        yield made


@pytest.fixture
def address(office: Site, database_url: str) -> Iterator[str]:
    with serving(database_url, "--workers", str(WORKERS)) as (address, _):
        yield address


def of_token(office: Site, name: str, role: Role) -> dict[str, str]:
    secret, _ = api_tokens.make(office.accounts, name, Grant(role, ORGAN))
    return {"authorization": f"Bearer {secret}"}


def received(clerk: int, number: int) -> dict[str, Any]:
    return {
        "id": f"event-of-{clerk}-{number}",
        "type": "application.received",
        "organ": ORGAN,
        "subject": f"application:{clerk}-{number}",
        "occurred_on": "2020-05-06",
        "data": {"applicant": "natural-person", "channel": "online"},
    }


def at_once(tasks: list[Callable[[], Any]]) -> list[Any]:
    with ThreadPoolExecutor(len(tasks)) as pool:
        return [done.result() for done in [pool.submit(task) for task in tasks]]


def test_what_one_process_recorded_every_other_shows_from_then_on(
    office: Site, address: str
) -> None:
    """Each request comes by a connection of its own, so that any process may take it."""
    clerk, auditor = (
        of_token(office, "clerk", Role.CLERK),
        of_token(office, "auditor", Role.AUDITOR),
    )

    def records(number: int) -> None:
        for mine in range(1, EACH + 1):
            event = [received(number, mine)]
            told = httpx.post(f"{address}/events.json", json=event, headers=clerk, timeout=60)
            assert told.status_code == 201, told.text
            shown = httpx.get(f"{address}{NEW}", headers=auditor, timeout=60)
            assert shown.json()["figure"]["value"] >= mine

    def reads() -> None:
        for _ in range(2 * EACH):
            page = httpx.get(f"{address}{REPORT}", headers=auditor, timeout=60)
            assert page.status_code == 200, page.text

    at_once([*(lambda n=n: records(n) for n in range(CLERKS)), *[reads] * READERS])
    shown = {
        httpx.get(f"{address}{NEW}", headers=auditor).json()["figure"]["value"]
        for _ in range(4 * WORKERS)
    }
    assert shown == {CLERKS * EACH}


def test_a_link_opens_once_whichever_process_is_asked(office: Site, address: str) -> None:
    form = {"code": link(office.accounts, "clerk"), "password": PASSWORD, "again": PASSWORD}
    answers = at_once([lambda: httpx.post(f"{address}/enter", data=form, timeout=60)] * 6)
    entered = [answer for answer in answers if answer.status_code == 303]
    assert len(entered) == 1
    cookie = {SESSION: entered[0].cookies[SESSION]}
    for _ in range(4 * WORKERS):
        assert httpx.get(f"{address}{REPORT}/draft", cookies=cookie).status_code == 200
