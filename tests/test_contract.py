"""The contract with programs: what the OpenAPI tells of every answer is what comes."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi import checks

from contracts import ASKED, EXAMPLES, FILLED, examples
from ledger.rooms.storage import reading
from ledger.verbs.people import administering
from ledger.words.persons import Grant, Role
from sites import HOUSE, ORGAN, Site, site

Json = dict[str, Any]
JSON, PROBLEM = "application/json", "application/problem+json"


@pytest.fixture
def office(sqlite_url: str, tmp_path: Path) -> Iterator[Site]:
    with site(sqlite_url, tmp_path) as made:
        yield made


@pytest.fixture
def told(office: Site) -> Json:
    contract: Json = office.anyone().get("/openapi.json").json()
    return contract


def operations(told: Json) -> list[tuple[str, Json]]:
    return [(path, each) for path, found in told["paths"].items() for each in found.values()]


def closed(told: Json) -> Json:
    """The schemas, so that an object lets in nothing that they do not name."""

    def close(schema: Any) -> Any:
        if isinstance(schema, list):
            return [close(part) for part in schema]
        if not isinstance(schema, dict):
            return schema
        more = {"additionalProperties": False} if "properties" in schema else {}
        return more | {name: close(part) for name, part in schema.items()}

    found: Json = close(told["components"]["schemas"])
    return found


def wrong(told: Json, schema: Json, document: Any) -> list[str]:
    """What is wrong with a document by a schema of the contract."""
    whole = schema | {"components": {"schemas": closed(told)}}
    validator = Draft202012Validator(whole, format_checker=Draft202012Validator.FORMAT_CHECKER)
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(document)]


def test_every_operation_makes_a_good_method_of_a_client(told: Json) -> None:
    names = [operation["operationId"] for _, operation in operations(told)]
    assert len(set(names)) == len(names)
    for path, operation in operations(told):
        assert re.fullmatch(r"[a-z]+(_[a-z]+)+", operation["operationId"]), path
        assert operation["summary"] and operation["tags"], path
        assert "x-permission" in operation and "security" in operation, path
        for parameter in operation.get("parameters", ()):
            if parameter["in"] == "path":
                assert parameter["schema"].get("examples"), (path, parameter["name"])
    assert {"token", "session"} == set(told["components"]["securitySchemes"])
    # A maker of clients calls a schema by its title, and two of one title break it.
    schemas = told["components"]["schemas"]
    assert [name for name in schemas if schemas[name].get("title", name) != name] == []


def test_every_answer_has_a_schema_and_an_example_that_keeps_to_it(told: Json) -> None:
    documents = 0
    for path, operation in operations(told):
        for status, response in operation["responses"].items():
            for media, content in response.get("content", {}).items():
                assert content.get("schema") or content.get("itemSchema"), (path, status)
                if media == JSON or (media == PROBLEM and status in ("401", "403", "404", "422")):
                    found = wrong(told, content["schema"], content["example"])
                    assert not found, (path, status, found)
                    documents += 1
        assert list(operation["responses"]["422"]["content"]) == [PROBLEM], path
    assert documents > 100


def test_an_event_of_every_type_is_shown_and_keeps_to_what_may_be_handed_in(told: Json) -> None:
    body = told["paths"]["/events.json"]["post"]["requestBody"]["content"][JSON]
    types = {type_ for type_ in HOUSE.definitions.newest if not own_command(type_)}
    assert (
        set(body["examples"]) == set(body["schema"]["items"]["discriminator"]["mapping"]) == types
    )
    for type_, example in body["examples"].items():
        (event,) = example["value"]
        assert HOUSE.definitions.problems(event) == [], type_
        ref = body["schema"]["items"]["discriminator"]["mapping"][type_]
        whole = {"$ref": ref, "components": told["components"]}
        assert Draft202012Validator(whole).is_valid(event), type_
        assert not Draft202012Validator(whole).is_valid(event | {"more": 1}), type_


def own_command(type_: str) -> str | None:
    return HOUSE.definitions.own_command({"type": type_})


def test_the_examples_are_what_the_ledger_answers(office: Site) -> None:
    """`python tests/contracts.py` writes them anew."""
    assert shape(json.loads(EXAMPLES.read_text("utf-8"))) == shape(examples(office))


def shape(document: Any) -> Any:
    """A document without its values: times, signatures and what a day makes of them differ."""
    match document:
        case dict():
            return {name: shape(part) for name, part in document.items()}
        case list():
            return [shape(part) for part in document]
    return type(document).__name__


CHECKS = (
    not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_schema_conformance,
    checks.response_headers_conformance,
)


@pytest.mark.parametrize(
    "times", [pytest.param(10, id="few"), pytest.param(150, id="many", marks=pytest.mark.slow)]
)
def test_every_answer_to_any_request_keeps_to_the_contract(office: Site, times: int) -> None:
    """Requests made from the contract, half of them about what the ledger has."""
    administering.add(office.accounts, "everything", [Grant(role, ORGAN) for role in Role])
    client = office.signed_in("everything")
    headers = {
        "cookie": "; ".join(f"{name}={value}" for name, value in client.cookies.items()),
        "x-csrf-token": client.headers["x-csrf"],
    }
    contract = schemathesis.openapi.from_asgi("/openapi.json", office.app)
    seen: dict[str, list[int]] = {}
    for found in contract.get_all_operations():
        operation = found.ok()

        @settings(max_examples=times, deadline=None, suppress_health_check=list(HealthCheck))
        @given(case=operation.as_strategy(), known=st.booleans(), signed_in=st.integers(0, 4))
        def ask(case: Any, known: bool, signed_in: int) -> None:
            if known:
                case.path_parameters = {
                    name: FILLED.get(name, value)
                    for name, value in (case.path_parameters or {}).items()
                }
                if isinstance(case.body, list):
                    case.body = [of_organ(event) for event in case.body]
            if case.path.endswith("/stream"):
                case.query = (case.query or {}) | {"hold": 0}
            before = position(office)
            response = case.call(headers=headers if signed_in else {})
            case.validate_response(response, checks=CHECKS)
            if response.status_code >= 400:
                assert position(office) == before
            seen.setdefault(case.operation.label, []).append(response.status_code)

        ask()
        answer = rightly_asked(operation).call_and_validate(headers=headers, checks=CHECKS)
        assert answer.status_code in (200, 201), operation.label
    assert sum(map(len, seen.values())) > times * 20


def of_organ(event: Any) -> Any:
    return event | {"organ": ORGAN} if isinstance(event, dict) else event


def rightly_asked(operation: Any) -> Any:
    """A request that the demo's ledger can answer."""
    names = re.findall(r"{(\w+)}", operation.path)
    more: Json = {"query": ASKED.get(operation.definition.raw["operationId"], {})}
    if operation.method.upper() == "POST":
        more["body"] = [HOUSE.definitions.example("application.received", ORGAN)]
        more["media_type"] = JSON
    return operation.Case(path_parameters={name: FILLED[name] for name in names}, **more)


def position(office: Site) -> int:
    with office.journal.reading() as connection:
        return reading.last_position(connection)
