"""Programs at the ledger: tokens, events in and out, and problems."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from ledger.rooms.storage import reading
from ledger.words.persons import Role
from sites import ORGAN, OTHER, Site, site

RECEIVED = {
    "id": "received-1",
    "type": "application.received",
    "organ": ORGAN,
    "subject": "application:2020-0001",
    "occurred_on": "2020-12-21",
    "data": {"applicant": "natural-person", "channel": "online"},
}


@pytest.fixture
def office(database_url: str, tmp_path: Path) -> Iterator[Site]:
    with site(database_url, tmp_path) as made:
        yield made


def position(office: Site) -> int:
    with office.journal.reading() as connection:
        return reading.last_position(connection)


def test_an_event_recorded_by_a_program_is_in_the_figure_and_in_the_stream(office: Site) -> None:
    program = office.program("clerk", Role.CLERK)
    before = position(office)
    answer = program.post("/events.json", json=[RECEIVED])
    assert answer.status_code == 201
    assert answer.json()["events"][0]["position"] == before + 1
    again = program.post("/events.json", json=[RECEIVED])
    assert again.status_code == 200
    assert again.json()["events"][0]["again"] is True
    assert position(office) == before + 1
    figure = f"/reports/{ORGAN}/2020/cells/applications/new/natural-person.json"
    assert program.get(figure).json()["figure"]["value"] == 1
    stream = program.get("/events.json", params={"after": before}).json()
    assert [event["id"] for event in stream["events"]] == ["received-1"]
    assert stream["next"] == before + 1


def test_a_program_of_one_organ_neither_sees_nor_changes_another(office: Site) -> None:
    program, before = office.program("outsider", Role.CLERK, OTHER), position(office)
    refused = program.post("/events.json", json=[RECEIVED])
    assert refused.status_code == 403
    assert refused.headers["content-type"] == "application/problem+json"
    assert program.get("/events/82.json").status_code == 403
    assert program.get("/cases/procurement:2020-1.json").status_code == 403
    seen = program.get("/events.json", params={"limit": 1000}).json()["events"]
    assert {event["organ"] for event in seen} == {OTHER}
    assert position(office) == before


def test_of_a_batch_with_one_bad_event_nothing_is_recorded(office: Site) -> None:
    program, before = office.program("clerk", Role.CLERK), position(office)
    bad = RECEIVED | {"id": "received-2", "data": {"applicant": "martian", "channel": "online"}}
    refused = program.post("/events.json", json=[RECEIVED, bad])
    assert refused.status_code == 422
    problem = refused.json()["problems"][0]
    assert problem["pointer"].endswith("/data/applicant")
    assert "martian" in problem["message"]["en"]
    assert position(office) == before


def test_a_revoked_or_invented_token_opens_nothing(office: Site) -> None:
    stranger = office.anyone(authorization="Bearer ldg_invented", accept="application/json")
    answer = stranger.get(f"/reports/{ORGAN}/2020.json")
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == "Bearer"


def test_reads_and_exports_of_what_is_not_public_are_noted(office: Site) -> None:
    program = office.program("auditor", Role.AUDITOR)
    program.get("/events/82.json")
    program.get(f"/reports/{ORGAN}/2020/cells/procurement/centralised/amount.xlsx")
    noted = {(line.action, line.user_name, line.organ) for line in office.access_lines()}
    assert {("read", "auditor", ORGAN), ("export", "auditor", ORGAN)} <= noted


def test_who_runs_the_server_sees_how_many_requests_came_by_which_route(office: Site) -> None:
    client = office.signed_in("clerk")
    for organ in (ORGAN, ORGAN, "nobody"):
        client.get(f"/reports/{organ}/2020.json")
    told = office.anyone().get("/metrics").text
    route = 'method="GET",route="/reports/{organ}/{period}.json"'
    assert f'ledger_request_seconds_count{{{route},status="200"}} 2.0' in told
    assert f'ledger_request_seconds_count{{{route},status="404"}} 1.0' in told
    assert ORGAN not in told
    assert "ledger_position 8" in told


def test_a_ledger_that_cannot_be_read_is_told_as_such(sqlite_url: str, tmp_path: Path) -> None:
    with site(sqlite_url, tmp_path) as made:
        made.journal.engine.dispose()
        for file in Path(sqlite_url.removeprefix("sqlite:///")).parent.glob("*.db*"):
            if "people" not in file.name:
                file.write_bytes(b"not a ledger any more " * 1000)
        answer = made.anyone(accept="application/json").get("/ready.json")
        assert answer.status_code == 503
        assert answer.headers["content-type"] == "application/problem+json"
        assert "content-security-policy" in answer.headers
        assert answer.json()["problems"][0]["code"] == "database-failed"
