"""Programs that follow the ledger hear each event that they may read, once, in order, as it is recorded."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from browsers import served, serving
from ledger.rooms.storage import reading
from ledger.verbs.people import api_tokens
from ledger.words.persons import Grant, Role
from sites import HOUSE, ORGAN, OTHER, Site, site

Told = dict[str, Any]
PATIENCE = 30.0
"""Seconds after which a stream that says nothing has failed."""


@pytest.fixture
def office(sqlite_url: str, tmp_path: Path) -> Iterator[Site]:
    with site(sqlite_url, tmp_path) as made:
        yield made


@pytest.fixture
def address(office: Site) -> Iterator[str]:
    with served(office.app) as address:
        yield f"{address}/events/stream"


def token(office: Site, name: str = "auditor", organ: str = ORGAN) -> tuple[str, dict[str, str]]:
    """The id of a token of an auditor, and how a program sends it."""
    secret, made = api_tokens.make(office.accounts, name, Grant(Role.AUDITOR, organ))
    return made.id, {"authorization": f"Bearer {secret}"}


def told(answer: httpx.Response) -> Iterator[Told]:
    """The events of a stream as a client takes them: the id that it remembers, and the data."""
    last: Told = {}
    for line in answer.iter_lines():
        name, _, value = line.partition(": ")
        if name == "id":
            last["position"] = int(value)
        elif name == "data":
            last["event"] = json.loads(value)
        elif "event" in last:
            yield last
            last = {}


def newest(office: Site) -> int:
    with office.journal.reading() as connection:
        return reading.last_position(connection)


def received(organ: str, id_: str) -> Told:
    return HOUSE.definitions.example("application.received", organ) | {"id": id_}


def test_a_follower_hears_what_is_recorded_while_it_waits_and_goes_on_where_it_was(
    office: Site, address: str
) -> None:
    begun, (_, headers) = newest(office), token(office)
    asked: Told = {"params": {"after": begun}, "headers": headers, "timeout": PATIENCE}
    with httpx.stream("GET", address, **asked) as answer:
        assert answer.headers["content-type"].startswith("text/event-stream")
        heard = told(answer)
        office.tell(received(ORGAN, "first"))
        first = next(heard)
        assert (first["event"]["id"], first["position"]) == ("first", begun + 1)
    office.tell(received(ORGAN, "second") | {"subject": "application:2020-0002"})
    asked["headers"] = headers | {"last-event-id": str(first["position"])}
    with httpx.stream("GET", address, **asked) as answer:
        assert next(told(answer))["event"]["id"] == "second"


def test_the_whole_journal_comes_in_order_and_then_the_answer_ends(
    office: Site, address: str
) -> None:
    _, headers = token(office)
    with httpx.stream("GET", address, params={"hold": 0}, headers=headers) as answer:
        positions = [each["event"]["position"] for each in told(answer)]
    twin = office.anyone(**headers).get("/events.json", params={"limit": 1000}).json()
    assert positions == [event["position"] for event in twin["events"]]
    assert positions


def test_nothing_of_another_organ_is_heard(office: Site, address: str) -> None:
    office.tell(received(ORGAN, "ours"), received(OTHER, "theirs"))
    _, headers = token(office, "outsider", OTHER)
    with httpx.stream("GET", address, params={"hold": 0}, headers=headers) as answer:
        heard = [each["event"] for each in told(answer)]
    assert {event["organ"] for event in heard} == {OTHER}
    assert heard[-1]["id"] == "theirs"


def test_who_may_no_longer_read_hears_no_more(office: Site, address: str) -> None:
    id_, headers = token(office)
    asked: Told = {"params": {"after": newest(office)}, "headers": headers, "timeout": PATIENCE}
    with httpx.stream("GET", address, **asked) as answer:
        api_tokens.revoke(office.accounts, id_)
        office.tell(received(ORGAN, "too-late"))
        assert list(told(answer)) == []
    assert httpx.get(address, headers=headers).status_code == 401


@pytest.mark.slow
def test_a_server_that_stops_ends_the_streams(office: Site, sqlite_url: str) -> None:
    _, headers = token(office)
    with serving(sqlite_url) as (address, server):
        stream = f"{address}/events/stream"
        with httpx.stream("GET", stream, headers=headers, timeout=PATIENCE) as answer:
            heard = told(answer)
            assert next(heard)
            server.terminate()
            server.wait(timeout=PATIENCE)
