"""Programs at the ledger: tokens, events in and out, problems, and a contract that holds."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from ledger.rooms.storage import reading
from ledger.words.persons import Role
from sites import ORGAN, OTHER, PEOPLE, Site, site

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
    assert program.get("/subjects/procurement:2020-1.json").status_code == 403
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
    noted = {(line.action, line.user_name) for line in office.access_lines()}
    assert {("read", "auditor"), ("export", "auditor")} <= noted


FILLED = {
    "organ": ORGAN,
    "period": "2020",
    "table": "procurement",
    "row": "centralised",
    "column": "amount",
    "event": "82",
    "subject": f"procurement:2020-1@{ORGAN}",
    "format_": "html",
}
FOR_EVERYONE = {"/health.json", "/ready.json", "/metrics", "/openapi.json", "/reports.json"}
FOR_EVERYONE |= {"/reports", "/reports/find", "/"}
NOT_OF_ONE_ORGAN = {"/events.json"}


def routes(office: Site) -> Iterator[tuple[str, str]]:
    """Every route with an address that exists."""
    for route in office.app.routes:
        path = getattr(route, "path", "")
        for method in getattr(route, "methods", None) or ():
            if method in ("GET", "POST") and "/static" not in path:
                yield method, path


@pytest.mark.parametrize("name", [*PEOPLE, ""])
def test_every_route_is_closed_to_whom_it_is_not_for(
    sqlite_url: str, tmp_path: Path, name: str
) -> None:
    with site(sqlite_url, tmp_path) as office:
        before = position(office)
        client = office.signed_in(name) if name else office.anyone()
        here = [grant for grant in PEOPLE.get(name, ()) if grant.organ != OTHER]
        for method, path in routes(office):
            if path in FOR_EVERYONE or path in NOT_OF_ONE_ORGAN or path.startswith(ENTRANCE):
                continue
            address = path.format(**FILLED)
            if method == "POST":
                answer = client.post(address, data={"csrf": client.headers.get("x-csrf", "")})
                assert answer.status_code in (303, 401, 403, 422), (path, answer.status_code)
                continue
            answer = client.get(address)
            if here:
                assert answer.status_code in (200, 403, 422), (path, answer.status_code)
            else:
                assert answer.status_code in (303, 401, 403), (path, answer.status_code)
        assert position(office) == before


ENTRANCE = ("/sign-in", "/sign-out", "/enter", "/account", "/oidc", "/language")


@pytest.mark.slow
def test_no_request_that_the_contract_allows_breaks_the_server(
    sqlite_url: str, tmp_path: Path
) -> None:
    """Thousands of requests made from the OpenAPI: no server error, and nothing by a refused one."""
    with site(sqlite_url, tmp_path) as office:
        schema = schemathesis.openapi.from_asgi("/openapi.json", office.app)
        token = office.program("clerk", Role.CLERK).headers["authorization"]
        seen: list[int] = []

        def ask(case: Any) -> None:
            before = position(office)
            response = case.call(headers={"authorization": token})
            seen.append(response.status_code)
            assert response.status_code < 500, (case.as_curl_command(), response.text)
            if response.status_code >= 400:
                assert position(office) == before
                assert response.headers["content-type"] == ["application/problem+json"] or (
                    response.headers["content-type"][0].startswith("application/problem+json")
                )

        for operation in schema.get_all_operations():
            case_of = operation.ok().as_strategy()
            run = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))(
                _given(case_of)(ask)
            )
            run()
        assert len(seen) > 500
        assert 200 in seen


def _given(strategy: st.SearchStrategy[Any]) -> Any:
    from hypothesis import given

    return given(case=strategy)
