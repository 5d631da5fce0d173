"""The contract with programs: the OpenAPI, whose schemas are the types of the documents and of the events."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any, is_typeddict

import msgspec
from fastapi import FastAPI, Response
from fastapi.openapi.utils import get_openapi

from ledger.doors.web.permissions import COOKIE, TOKEN
from ledger.doors.web.place import SESSION
from ledger.drawing import contents
from ledger.rooms.definitions.components import PLACE, components, name_of, told
from ledger.rooms.definitions.schemas import Definitions

Json = dict[str, Any]

JSON = "application/json"
PROBLEM = "application/problem+json"
STREAM = "text/event-stream"

_MEDIA_OF_PROBLEMS = {PROBLEM: {"schema": {"$ref": f"{PLACE}Problems"}}}
_ABOUT = """Every figure of the annual report opens to the events behind it.

Numbers are exact decimals in the unit that is printed, dates ISO, times UTC, labels in zh-CN and en. What
is refused comes as problem+json, and nothing of it is recorded. `x-permission` says what a route takes: a
permission (`read`, `record` …) at the organ concerned, at some organ, or none; where `issued`, everyone may
see what was issued. Reading and exporting at an organ reaches the organs below it."""


def twin(operation: str, summary: str, *holds: type, statuses: tuple[int, ...] = (200,)) -> Json:
    """How a route is declared that answers with a document, of one of these types."""
    refs = [{"$ref": PLACE + each.__name__} for each in holds]
    content = {JSON: {"schema": refs[0] if len(refs) == 1 else {"anyOf": refs}}}
    answer = {"description": summary, "content": content}
    return {
        "operation_id": operation,
        "summary": summary,
        "status_code": statuses[0],
        "responses": dict.fromkeys(statuses, answer),
    }


def download(operation: str, summary: str, *media: str) -> Json:
    """How a route is declared that answers with a file, of one of these media types."""
    content = {each: {"schema": {"type": "string", "format": "binary"}} for each in media}
    return {
        "operation_id": operation,
        "summary": summary,
        "response_class": Response,
        "responses": {200: {"description": summary, "content": content}},
    }


def stream(operation: str, summary: str, holds: type) -> Json:
    """How a route is declared that answers with server-sent events, the data of each a document."""
    data = {
        "type": "string",
        "contentMediaType": JSON,
        "contentSchema": {"$ref": PLACE + holds.__name__},
    }
    each = {"type": "object", "properties": {"id": {"type": "string"}, "data": data}}
    declared = download(operation, summary, STREAM)
    # The word of OpenAPI 3.2, which FastAPI too uses in documents of 3.1.
    declared["responses"][200]["content"][STREAM] = {"itemSchema": each | {"required": ["id"]}}
    return declared


def _problem(description: str) -> Json:
    return {"description": description, "content": _MEDIA_OF_PROBLEMS}


REFUSALS: dict[int | str, Json] = {
    401: _problem("Nobody has signed in, and no token that holds came"),
    403: _problem("Who asks has no permission to do this at the organ"),
    404: _problem("There is no such thing"),
    422: _problem("What was asked or handed in cannot be taken; nothing was recorded"),
    503: _problem("The database cannot be reached"),
}
"""What any route may refuse."""


def openapi(app: FastAPI, definitions: Definitions) -> Json:
    """The whole contract."""
    document = get_openapi(
        title=app.title, version=app.version, description=_ABOUT, routes=app.routes
    )
    document["components"] = {
        "schemas": schemas(definitions),
        "securitySchemes": {
            TOKEN: {"type": "http", "scheme": "bearer", "description": "from `ledger tokens`"},
            COOKIE: {"type": "apiKey", "in": "cookie", "name": SESSION},
        },
    }
    document["paths"]["/events.json"]["post"]["requestBody"]["content"] = {
        JSON: _drafts(definitions)
    }
    for operation in _operations(document):
        _exemplify(operation)
    return document


@cache
def examples() -> dict[str, Any]:
    """An answer of each operation, as the demonstration's ledger gives it, long lists cut short."""
    read: dict[str, Any] = json.loads((files(__package__) / "examples.json").read_text("utf-8"))
    return read


def schemas(definitions: Definitions) -> Json:
    """The schemas of all documents and of all events that can be recorded."""
    documents = [each for each in vars(contents).values() if is_typeddict(each)]
    _, found = msgspec.json.schema_components(documents, ref_template=f"{PLACE}{{name}}")
    parts = components(definitions)
    assert not parts.keys() & found.keys()
    return {**{name: _as_sent(schema) for name, schema in found.items()}, **parts}


def _as_sent(schema: Any) -> Any:
    """A schema of msgspec as documents are written: decimals as numbers, and texts say that they are."""
    if isinstance(schema, list):
        return [_as_sent(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    if schema.get("format") == "decimal":
        schema = {name: said for name, said in schema.items() if name != "format"}
        schema["type"] = "number"
    if "enum" in schema and "type" not in schema:
        kind = "string" if isinstance(schema["enum"][0], str) else "integer"
        schema = {"type": kind, **schema}
    return {name: _as_sent(part) for name, part in schema.items()}


def _drafts(definitions: Definitions) -> Json:
    """What may be handed in to be recorded."""
    types = told(definitions)
    refs = {type_: PLACE + name_of(type_) for type_ in types}
    event = {
        "oneOf": [{"$ref": ref} for ref in refs.values()],
        "discriminator": {"propertyName": "type", "mapping": refs},
    }
    return {
        "schema": {"type": "array", "minItems": 1, "maxItems": LONGEST_BATCH, "items": event},
        "examples": {
            type_: {
                "summary": definitions.labels("en")[type_],
                "value": [definitions.example(type_)],
            }
            for type_ in types
        },
    }


LONGEST_BATCH = 1_000
"""Events that one request may record; more are imported."""


def _operations(document: Json) -> Iterator[Json]:
    for operations in document["paths"].values():
        yield from operations.values()


def _exemplify(operation: Json) -> None:
    for status, response in operation["responses"].items():
        content = response.get("content", {})
        name = operation["operationId"] if status < "300" else status
        for media in (JSON, PROBLEM):
            if media in content and name in examples():
                content[media]["example"] = examples()[name]
