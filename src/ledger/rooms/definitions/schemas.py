"""What may be recorded: the only reader of schemas/."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema_rs
import msgspec
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from ledger.rooms.definitions.closed_json import read_json
from ledger.rooms.definitions.places import problem_of
from ledger.words.problems import Problem

ORGAN = "organ"
"""The values of a dimension are codes of organs, which no list has: only the ledger itself sets it."""


class EventType(msgspec.Struct, frozen=True):
    """A type of event at one version: the schema of its data and what its forms say."""

    name: str
    version: int
    schema: dict[str, Any]

    def label(self, language: str) -> str:
        """The title of the type in a language."""
        return title_of(self.schema, language)


class Definitions:
    """Event types, code lists and states, read once; validators are compiled when first needed."""

    def __init__(self, folder: Path) -> None:
        documents = {
            schema["$id"]: schema
            for path in sorted(folder.rglob("*.json"))
            if "$id" in (schema := read_json(path))
        }
        self._documents = documents
        self._envelope = documents["envelope.v1.json"]
        self.states: dict[str, dict[str, Any]] = documents["codes/states.v1.json"]["states"]
        self.types: dict[tuple[str, int], EventType] = {}
        self.codes: dict[str, dict[str, dict[str, Any]]] = {}
        for name, schema in documents.items():
            stem, _, version = name.removesuffix(".json").rpartition(".v")
            if stem.startswith("codes/") and "oneOf" in schema:
                listed = {code["const"]: code for code in schema["oneOf"]}
                self.codes[stem.removeprefix("codes/")] = listed
            elif "." in stem:
                self.types[stem, int(version)] = EventType(stem, int(version), schema)
        self.newest = dict(sorted(self.types))
        # The fast validator answers yes or no; the thorough one is asked only to explain a no.
        self._fast = functools.cache(self._compile_fast)
        self._thorough = functools.cache(self._compile_thorough)

    def problems(self, raw: Any) -> list[Problem]:
        """What is wrong with one event as it was handed in; an empty list where nothing is."""
        if not isinstance(raw, dict):
            return [Problem("not-an-object")]
        key = (raw.get("type"), raw.get("version", self.newest.get(str(raw.get("type")), 1)))
        if not (isinstance(key[0], str) and isinstance(key[1], int) and key in self.types):
            return list(self._unknown(raw))
        try:
            valid = self._fast(key).is_valid(raw)
        except UnicodeEncodeError as error:  # half of a pair of signs, which JSON lets one write
            return [Problem("not-json", params={"detail": str(error)})]
        if not valid:
            errors = self._thorough(key).iter_errors(raw)
            found = [problem for error in errors for problem in problem_of(error)]
            return found or [Problem("invalid", params={"type": key[0]})]
        return list(self._beyond_the_schema(raw))

    def mapping_problems(self, raw: Any) -> list[Problem]:
        """What is wrong with the form of a mapping of a register."""
        errors = self._explaining(self._documents["mapping.v1.json"]).iter_errors(raw)
        return [problem for error in errors for problem in problem_of(error)]

    def own_command(self, raw: Mapping[str, Any]) -> str | None:
        """The one command that records this type, where its events are worked out and not told."""
        return self.types[raw["type"], self.newest[raw["type"]]].schema.get("ownCommand")

    def labels(self, language: str) -> dict[str, str]:
        """The names of event types: {"application.received": "收到申请", …}."""
        return {type_.name: type_.label(language) for type_ in self.types.values()}

    def listed(self, name: str, language: str) -> str:
        """The name of a code list: 申请人类别."""
        return title_of(self._documents[f"codes/{name}.v1.json"], language)

    def state(self, state: str, language: str) -> str:
        """The name of a state: 办结的申请."""
        return title_of(self.states[state], language)

    def listed_dimensions(self, state: str) -> dict[str, str]:
        """The dimensions of a state that take their values from a code list, each with its list."""
        dimensions = self.states[state]["dimensions"]
        return {name: listed for name, listed in dimensions.items() if listed != ORGAN}

    def dimension(self, state: str, dimension: str, language: str) -> str:
        """The name of a dimension of a state: 申请人类别."""
        listed = self.states[state]["dimensions"][dimension]
        if listed == ORGAN:
            return title_of(self._documents["codes/states.v1.json"]["organs"][dimension], language)
        return self.listed(listed, language)

    def code(self, state: str, dimension: str, code: str, language: str) -> str:
        """The name of a code in a dimension of a state: 自然人; an organ is named by its code."""
        listed = self.states[state]["dimensions"][dimension]
        return code if listed == ORGAN else title_of(self.codes[listed][code], language)

    def fields(self, name: str, version: int | None = None) -> dict[str, dict[str, Any]]:
        """The fields of a type's data, at its newest version if none is named, with what each $ref says."""
        schema = self.types[name, version or self.newest[name]].schema
        return self._fields(schema)

    def envelope(self) -> dict[str, dict[str, Any]]:
        """The fields that all events share, with what each $ref says."""
        return self._fields(self._envelope)

    def _fields(self, schema: dict[str, Any], home: str = "") -> dict[str, dict[str, Any]]:
        """The properties of a schema; `home` is the document that a $ref without a name points into."""
        fields: dict[str, dict[str, Any]] = {}
        for field, part in schema.get("properties", {}).items():
            full = fields[field] = self._resolved(part, home)
            lies_in = part.get("$ref", "").partition("#")[0] or home
            if "items" in full:
                full["items"] = self._resolved(full["items"], lies_in)
            if "properties" in full:
                full["properties"] = self._fields(full, lies_in)
        return fields

    def _resolved(self, schema: dict[str, Any], home: str) -> dict[str, Any]:
        if "$ref" not in schema:
            return dict(schema)
        name, _, pointer = schema["$ref"].partition("#")
        target: dict[str, Any] = self._documents[name or home]
        for step in filter(None, pointer.split("/")):
            target = target[step]
        return {**target, **schema}

    def document(self, name: str) -> dict[str, Any]:
        """A file of schemas/ by its name: common.v1.json."""
        return self._documents[name]

    def composed(self, type_: str) -> dict[str, Any]:
        """The schema of a whole event of a type, at its newest version."""
        return self._composed((type_, self.newest[type_]))

    def example(self, type_: str, organ: str = "example-organ") -> dict[str, Any]:
        """An event of a type as it may be handed in."""
        kind, schema = type_.partition(".")[0], self.types[type_, self.newest[type_]].schema
        subject = {"organ": f"organ:{organ}", "event": "application:2020-0001"}
        paper = {"source": {"title": "登记簿"}} if schema.get("sourceRequired") else {}
        return {
            "type": type_,
            "organ": organ,
            "subject": subject.get(kind, f"{kind}:2020-0001"),
            "occurred_on": "2020-12-21",
            "data": schema["examples"][0],
            **paper,
        }

    def _composed(self, key: tuple[str, int]) -> dict[str, Any]:
        """The envelope with the type's own schema in the place of `data`."""
        schema = self.types[key].schema
        properties = self._envelope["properties"] | {"data": {"$ref": schema["$id"]}}
        required = [*self._envelope["required"]]
        if schema.get("sourceRequired"):
            required.append("source")
        return self._envelope | {
            "$id": f"event.{schema['$id']}",
            "properties": properties,
            "required": required,
        }

    def _compile_fast(self, key: tuple[str, int]) -> Any:
        registry = jsonschema_rs.Registry(list(self._documents.items()))
        return jsonschema_rs.Draft202012Validator(
            self._composed(key), registry=registry, validate_formats=True
        )

    def _compile_thorough(self, key: tuple[str, int]) -> Draft202012Validator:
        return self._explaining(self._composed(key))

    def _explaining(self, schema: dict[str, Any]) -> Draft202012Validator:
        documents = [
            (name, Resource.from_contents(schema)) for name, schema in self._documents.items()
        ]
        registry: Registry[Any] = Registry().with_resources(documents)
        checker = Draft202012Validator.FORMAT_CHECKER
        return Draft202012Validator(schema, registry=registry, format_checker=checker)

    def _unknown(self, raw: dict[str, Any]) -> Iterator[Problem]:
        name = raw.get("type")
        if name is None:
            yield Problem("missing-field", "/type", params={"field": "type"})
        elif isinstance(name, str) and name in self.newest:
            versions = ", ".join(str(number) for type_, number in self.types if type_ == name)
            yield Problem("unknown-version", "/version", params={"type": name, "known": versions})
        else:
            yield Problem("unknown-type", "/type", params={"type": str(name)[:80]})

    def _beyond_the_schema(self, raw: dict[str, Any]) -> Iterator[Problem]:
        """What a schema cannot say: kinds of subjects, and the dimensions of a counted state."""
        type_, kind = raw["type"], raw["subject"].partition(":")[0]
        first = type_.partition(".")[0]
        if first != "event" and kind != first:
            yield Problem("wrong-subject", "/subject", params={"type": type_, "kind": first})
        if first == "organ" and raw["subject"] != f"organ:{raw['organ']}":
            yield Problem("wrong-organ-subject", "/subject", params={"organ": raw["organ"]})
        if type_ in ("statement.counted", "balance.stated"):
            yield from self._wrong_dimensions(raw["data"])
        if type_ == "statement.counted" and not _in_one_year(raw["data"]):
            yield Problem("not-in-one-year", "/data/to")

    def _wrong_dimensions(self, data: dict[str, Any]) -> Iterator[Problem]:
        allowed = self.listed_dimensions(data["state"])
        for name, code in data.get("dimensions", {}).items():
            pointer = f"/data/dimensions/{name}"
            if name not in allowed:
                known = ", ".join(allowed) or "—"
                params = {"dimension": name, "state": data["state"], "known": known}
                yield Problem("unknown-dimension", pointer, params=params)
            elif code not in self.codes[allowed[name]]:
                codes = ", ".join(self.codes[allowed[name]])
                yield Problem("not-a-code", pointer, params={"value": code, "known": codes})


def described(schema: dict[str, Any], language: str) -> str:
    """The description of a schema, property or code in a language, empty where it has none."""
    if language == "en":
        return str(schema.get("i18n", {}).get("en", {}).get("description", ""))
    return str(schema.get("description", ""))


def title_of(schema: dict[str, Any], language: str) -> str:
    """The title of a schema, property or code in a language."""
    if language == "en":
        return str(schema.get("i18n", {}).get("en", {}).get("title", schema["title"]))
    return str(schema["title"])


def _in_one_year(data: dict[str, Any]) -> bool:
    begin, end = date.fromisoformat(data["from"]), date.fromisoformat(data["to"])
    return begin <= end and begin.year == end.year
