"""Who may do what: every route says what it takes, and every role at every organ finds it so."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.routing import APIRoute
from starlette.testclient import TestClient

from contracts import FILLED
from ledger.doors.web.permissions import At, Needs, needs_of
from ledger.rooms.storage import reading
from ledger.verbs.people import administering
from ledger.words.persons import Grant, Permission, Person, Role, may, organs_with
from sites import ORGAN, OTHER, UPPER, Site, issue, registered, site

LOWER = "lower-office"
ABOVE = {ORGAN: [UPPER], LOWER: [ORGAN, UPPER], OTHER: [UPPER], UPPER: []}
"""The organs asked, seen from who holds a role at ORGAN: own, below, beside, above."""


@pytest.fixture
def office(sqlite_url: str, tmp_path: Path) -> Iterator[Site]:
    with site(sqlite_url, tmp_path) as made:
        made.tell(registered(LOWER, "下级所", parent=ORGAN), *map(received, ABOVE))
        yield made


def received(organ: str) -> dict[str, Any]:
    return {
        "id": f"received-{organ}",
        "type": "application.received",
        "organ": organ,
        "subject": "application:2020-0001",
        "occurred_on": "2020-12-21",
        "data": {"applicant": "natural-person", "channel": "online"},
    }


def routes(office: Site) -> list[APIRoute]:
    """Every route of ours; static files are no secret."""
    routers = [getattr(route, "original_router", None) for route in office.app.routes]
    found = [route for router in routers if router is not None for route in router.routes]
    assert len(found) > 60
    return found


def test_every_route_says_what_it_takes_and_the_contract_tells_it(office: Site) -> None:
    told = office.anyone().get("/openapi.json").json()
    for route in routes(office):
        needs = needs_of(route)
        assert (needs["permission"] is None) == (needs["at"] in (At.NOWHERE, At.ONESELF)), route
        if route.include_in_schema:
            (operation,) = (told["paths"][plain(route)][method.lower()] for method in route.methods)
            assert operation["x-permission"]["at"] == needs["at"]
            assert operation["x-permission"].get("permission") == needs["permission"]
            open_to_all = needs["at"] == At.NOWHERE or needs["issued"]
            assert open_to_all == (operation["security"] == [] or {} in operation["security"])


@pytest.mark.parametrize("role", [*Role, None])
def test_a_role_at_an_organ_opens_what_it_is_for_and_nothing_else(
    office: Site, role: Role | None
) -> None:
    person = Person("someone", (Grant(role, ORGAN),) if role else ())
    client = office.anyone()
    if role:
        administering.add(office.accounts, person.name, person.grants)
        client = office.signed_in(person.name)
    tried = sorted(
        routes(office), key=lambda each: ("POST" in each.methods, each.path == "/sign-out")
    )
    for route in tried:
        for organ in ABOVE:
            for step, permission in steps_of(needs_of(route)):
                allowed = opens(person, route, permission, organ)
                before = position(office)
                answer = ask(client, route, organ, step)
                place = (route.methods, route.path, organ, step, answer.status_code)
                assert answer.status_code < 500, place
                if not allowed:
                    assert was_refused(answer, signed_in=role is not None), place
                    assert position(office) == before, place
                elif needs_of(route)["at"] != At.NOWHERE:
                    assert not was_refused(answer, signed_in=role is not None), place


def test_what_was_issued_is_open_to_everyone_where_the_route_says_so(office: Site) -> None:
    issue(office)
    for route in routes(office):
        needs = needs_of(route)
        if needs["at"] == At.ORGAN and "GET" in route.methods and "{period}" in route.path:
            answer = ask(office.anyone(), route, ORGAN, "")
            assert was_refused(answer, signed_in=False) != needs["issued"], route.path


def steps_of(needs: Needs) -> list[tuple[str, Permission | None]]:
    """What may be done at a route, with what it takes."""
    return [("preview", needs["permission"]), *needs["steps"].items()]


def opens(person: Person, route: APIRoute, permission: Permission | None, organ: str) -> bool:
    """Whether a route that says what it does is open to a person at an organ."""
    match needs_of(route)["at"]:
        case At.NOWHERE:
            return True
        case At.ONESELF:
            return bool(person.grants)
    assert permission is not None
    if needs_of(route)["at"] == At.SOMEWHERE and not names_an_organ(route):
        return organs_with(person, permission) != frozenset()
    return may(person, permission, organ, ABOVE[organ])


def names_an_organ(route: APIRoute) -> bool:
    """Whether a request of the route can say which organ is meant."""
    return bool(named(route.dependant) & {"organ", "event", "subject"})


def named(dependant: Any) -> set[str]:
    """What the path and the query of a route may name."""
    own = {parameter.name for parameter in (*dependant.path_params, *dependant.query_params)}
    return own.union(*map(named, dependant.dependencies))


def plain(route: APIRoute) -> str:
    return route.path.replace(":path}", "}")


def ask(client: TestClient, route: APIRoute, organ: str, step: str) -> Any:
    """Asks a route about an organ; what is posted is a form of ours with nothing filled in."""
    subject, event = f"application:2020-0001@{organ}", f"received-{organ}"
    known = FILLED | {"organ": organ, "subject": subject, "event": event}
    address, csrf = plain(route).format(**known), client.headers.get("x-csrf", "")
    query = {"since": "1"} if "differences" in address else {}
    if "hold" in named(route.dependant):
        query["hold"] = "0"
    if "{organ}" not in route.path and "organ" in named(route.dependant):
        query["organ"] = organ
    if "GET" in route.methods:
        return client.get(address, params=query)
    if address.endswith(".json"):
        bad = received(organ) | {"data": {}}
        return client.post(address, json=[bad], headers={"x-csrf-token": csrf})
    form = {"csrf": csrf, "do": "preview", "step": step}
    return client.post(address, params=query, data=form)


def was_refused(answer: Any, *, signed_in: bool) -> bool:
    """Whether who asked was shown the door."""
    if signed_in:
        return bool(answer.status_code == 403)
    to_sign_in = answer.headers.get("location", "").startswith("/sign-in")
    return bool(answer.status_code == 401 or (answer.status_code == 303 and to_sign_in))


def position(office: Site) -> int:
    with office.journal.reading() as connection:
        return reading.last_position(connection)
