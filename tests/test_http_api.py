"""Programs at the ledger: tokens, events in and out, problems, and a contract that holds."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from ledger.rooms.storage import reading
from ledger.words.persons import Permission, Person, Role, may, organs_with
from sites import ORGAN, OTHER, PEOPLE, UPPER, Site, site

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


def test_the_contract_tells_every_refusal_and_shows_an_event(
    sqlite_url: str, tmp_path: Path
) -> None:
    with site(sqlite_url, tmp_path) as office:
        told = office.anyone().get("/openapi.json").json()
        assert "HTTPValidationError" not in told.get("components", {}).get("schemas", {})
        post = told["paths"]["/events.json"]["post"]
        body = post["requestBody"]["content"]["application/json"]["schema"]
        assert body["examples"][0][0]["type"] == "application.received"
        for path, operations in told["paths"].items():
            for operation in operations.values():
                assert operation["summary"], path
                if path not in FOR_EVERYONE - {"/reports.json"}:
                    refused = operation["responses"]["422"]["content"]
                    assert list(refused) == ["application/problem+json"], path


FILLED = {
    "organ": ORGAN,
    "period": "2020",
    "table": "procurement",
    "row": "centralised",
    "column": "amount",
    "event": "82",
    "subject": f"application:2020-0001@{ORGAN}",
    "format_": "html",
    "type_": "application.received",
}
FOR_EVERYONE = {"/", "/reports", "/reports.json", "/reports/find", "/sign-in", "/enter", "/oidc"}
FOR_EVERYONE |= {
    "/oidc/return",
    "/sign-out",
    "/subjects/{subject}",
    "/health.json",
    "/ready.json",
    "/metrics",
}
OF_ONE_ORGAN = {
    "/reports/{organ}/{period}/document.{format_}": Permission.EXPORT,
    "/reports/{organ}/{period}/cells/{table}/{row}/{column}.xlsx": Permission.EXPORT,
    "/reports/{organ}/{period}/differences.xlsx": Permission.EXPORT,
    "/events/{event}/correct": Permission.RECORD,
    "/events/{event}/void": Permission.RECORD,
    "/applicants/{subject}": Permission.PERSONAL,
}
"""What it takes at the organ that an address names; where nothing is said, to read."""
OF_ANY_ORGAN = {
    "/desk": Permission.READ,
    "/events": Permission.READ,
    "/events.xlsx": Permission.EXPORT,
    "/record": Permission.RECORD,
    "/record/{type_}": Permission.RECORD,
    "/import": Permission.RECORD,
    "/import/template.xlsx": Permission.RECORD,
    "/people": Permission.ADMINISTER,
    "/tokens": Permission.ADMINISTER,
    "/access-log": Permission.ACCESS_LOG,
}
"""What it takes at some organ; what is shown is of the organs where one has it."""
OF_ONESELF = {"/account", "/account/password", "/account/tokens", "/account/tokens/revoke"}
WITH_CONTENT = {"/events.json", "/people/change", "/people", "/tokens"}
WITH_CONTENT |= {"/tokens/revoke", "/account/tokens/revoke"}
"""Posts that need more than a form's own word to mean anything; told as stories elsewhere."""


def routes(office: Site) -> list[tuple[str, str]]:
    """Every route, by its method and path."""
    routers = [getattr(route, "original_router", None) for route in office.app.routes]
    found = [
        (method, route.path.replace(":path}", "}"))
        for router in routers
        if router is not None
        for route in router.routes
        for method in sorted(route.methods & {"GET", "POST"})
    ]
    assert len(found) > 50
    return found


@pytest.mark.parametrize("name", [*PEOPLE, ""])
def test_every_route_is_open_to_whom_it_is_for_and_to_nobody_else(
    sqlite_url: str, tmp_path: Path, name: str
) -> None:
    person = Person(name, tuple(PEOPLE.get(name, ())))
    with site(sqlite_url, tmp_path) as office:
        office.tell(RECEIVED)
        before = position(office)
        client = office.signed_in(name) if name else office.anyone()
        for method, path in routes(office):
            plain = path.removesuffix(".json") if path not in OF_ANY_ORGAN else path
            if path in FOR_EVERYONE or (method == "POST" and path in WITH_CONTENT):
                continue
            if plain in OF_ONESELF:
                allowed = bool(name)
            elif plain in OF_ANY_ORGAN:
                allowed = organs_with(person, OF_ANY_ORGAN[plain]) != frozenset()
            else:
                wanted = OF_ONE_ORGAN.get(path, Permission.READ)
                allowed = may(person, wanted, ORGAN, [UPPER])
            status = ask(client, method, path.format(**FILLED))
            if allowed:
                assert status in (GIVEN if method == "GET" else TAKEN), (method, path, status)
            else:
                assert status in (REFUSED if name else STRANGER), (method, path, status)
        assert position(office) == before


GIVEN, TAKEN, REFUSED, STRANGER = (200,), (200, 303, 422), (403,), (303, 401)


def ask(client: Any, method: str, address: str) -> int:
    query = {"organ": ORGAN} if address.startswith("/applicants") else {}
    query |= {"since": "1"} if "differences" in address else {}
    if method == "POST":
        form = {"csrf": client.headers.get("x-csrf", ""), "do": "preview", "step": "preview"}
        return int(client.post(address, params=query, data=form).status_code)
    return int(client.get(address, params=query).status_code)


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
