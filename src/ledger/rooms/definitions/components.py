"""The schemas of events as parts of one document that point at each other, as a contract takes them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ledger.rooms.definitions.schemas import Definitions, described, title_of

Schema = dict[str, Any]

PLACE = "#/components/schemas/"
"""Where the parts of the document lie."""

_OWN = frozenset(
    {
        *("$schema", "$id", "$defs", "i18n", "alsoCalled", "legalSource", "ownCommand"),
        *("sourceRequired", "unit", "confidence", "examples"),
    }
)
"""Keywords that only the ledger reads, and what is said anew."""


def components(definitions: Definitions) -> dict[str, Schema]:
    """The schema of each event that people record, by its name, and of all that those point at.

    `application.received` is `ApplicationReceived`, its data `ApplicationReceivedData`.
    """
    found: dict[str, Schema] = {}
    waiting = [
        (name_of(type_), definitions.composed(type_), f"event.{type_}")
        for type_ in told(definitions)
    ]
    while waiting:
        name, schema, home = waiting.pop()
        if name not in found:
            found[name] = _by_its_name(_part(schema, home))
            waiting += ((_name(ref), *_target(definitions, ref)) for ref in _refs(schema, home))
    for type_ in told(definitions):
        event, data = found[name_of(type_)], found[f"{name_of(type_)}Data"]
        event["description"] = data["description"]
        event["properties"]["type"] = {"type": "string", "const": type_}
    return dict(sorted(found.items()))


def told(definitions: Definitions) -> list[str]:
    """The types that people record; others are worked out by commands of their own."""
    return [type_ for type_ in definitions.newest if not definitions.own_command({"type": type_})]


def name_of(type_: str) -> str:
    """The name of the schema of an event type.

    >>> name_of("application.third-party-answered")
    'ApplicationThirdPartyAnswered'
    """
    return "".join(
        word.capitalize() for word in type_.replace("-", ".").replace("_", ".").split(".")
    )


def _name(ref: str) -> str:
    file, _, pointer = ref.partition("#")
    stem = file.rpartition("/")[2].rpartition(".v")[0]
    if pointer:
        return f"{name_of(stem)}{name_of(pointer.rpartition('/')[2])}"
    return f"{name_of(stem)}{'Code' if file.startswith('codes/') else 'Data'}"


def _target(definitions: Definitions, ref: str) -> tuple[Schema, str]:
    """What a full reference points at, and the document in which it lies."""
    file, _, pointer = ref.partition("#")
    target = definitions.document(file)
    for step in filter(None, pointer.split("/")):
        target = target[step]
    return target, file


def _full(ref: str, home: str) -> str:
    return f"{home}{ref}" if ref.startswith("#") else ref


def _refs(value: Any, home: str) -> Iterator[str]:
    if isinstance(value, dict):
        for name, part in value.items():
            if name == "$ref":
                yield _full(part, home)
            elif name not in _OWN:
                yield from _refs(part, home)
    elif isinstance(value, list):
        for part in value:
            yield from _refs(part, home)


def _part(schema: Schema, home: str) -> Schema:
    """A schema whose references point into the document, its words in English."""
    if "oneOf" in schema and all("const" in code for code in schema["oneOf"]):
        return _codes(schema)
    part = {
        name: {each: _part(value, home) for each, value in said.items()}
        if name == "properties"
        else _inner(said, home)
        for name, said in schema.items()
        if name not in _OWN
    }
    if "$ref" in part:
        part["$ref"] = PLACE + _name(_full(schema["$ref"], home))
    if "title" in part:
        part |= {"title": title_of(schema, "en"), "description": described(schema, "en")}
    return part


def _inner(value: Any, home: str) -> Any:
    if isinstance(value, dict):
        return _part(value, home)
    return [_inner(part, home) for part in value] if isinstance(value, list) else value


def _by_its_name(schema: Schema) -> Schema:
    """A schema without a title: makers of clients would call it so, and not by its name, which is unique."""
    title = schema.pop("title", "")
    said = " ".join(filter(None, (f"{title}." if title else "", schema.get("description", ""))))
    return {
        "description": said,
        **{name: part for name, part in schema.items() if name != "description"},
    }


def _codes(schema: Schema) -> Schema:
    """A code list as an enumeration, each code with its label in its description."""
    labels = (f"`{code['const']}`: {title_of(code, 'en')}" for code in schema["oneOf"])
    return {
        "title": title_of(schema, "en"),
        "description": "; ".join(labels),
        "type": "string",
        "enum": [code["const"] for code in schema["oneOf"]],
    }
