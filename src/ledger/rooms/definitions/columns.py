"""The columns in which a type of event is written down: one a field, named and limited by its schema."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal

import msgspec

from ledger.rooms.definitions.schemas import Definitions, described, title_of
from ledger.words.figures import Text
from ledger.words.spelling import without_asides

Json = dict[str, Any]

Kind = Literal[
    "subject",
    "identifier",
    "text",
    "date",
    "integer",
    "quantity",
    "money",
    "code",
    "codes",
    "boolean",
    "changes",
]
"""How a cell is read. A quantity is a count or an amount, as the state beside it says."""


class Column(msgspec.Struct, frozen=True):
    """A field of an event as a column of a sheet."""

    pointer: str
    """Its place in the event, as in problems: /data/applicant."""
    kind: Kind
    required: bool
    label: Text
    note: Text
    schema: Json
    codes: Mapping[str, Text] = {}
    listed: Text | None = None
    """The name of its code list."""
    states: tuple[str, ...] = ()
    """The states of which it is a dimension; none where it is no dimension."""
    also: tuple[str, ...] = ()
    """What else offices call it; good for a proposal, never for reading."""

    @property
    def also_codes(self) -> dict[str, tuple[str, ...]]:
        """What else offices call its codes."""
        listed = self.schema.get("items", self.schema).get("oneOf", ())
        return {code["const"]: tuple(code.get("alsoCalled", ())) for code in listed}

    def heading(self, language: str) -> str:
        """What stands over the column: people write yuan where the ledger keeps fen."""
        label = self.label[language]
        if self.kind != "money":
            return label
        return label.replace("（分）", "（元）").replace("(fen)", "(yuan)")

    def names(self) -> set[str]:
        """The plain words that a heading may call it by; its pointer is one of them."""
        labels = {without_asides(self.label[language]) for language in ("zh-CN", "en")}
        # Several lists may be codes of one dimension, so its pointer does not name a column.
        return labels if self.states else labels | {self.pointer.strip("/").replace("/", ".")}


def columns_of(definitions: Definitions, type_: str, version: int) -> tuple[Column, ...]:
    """The columns of a type, those that every event needs first."""
    envelope = definitions.envelope()
    required = definitions.types[type_, version].schema.get("required", ())
    kind = type_.partition(".")[0]
    organ = _single("/organ", envelope["organ"], True)
    columns = [organ if kind == "organ" else _subject(definitions, kind, envelope["subject"])]
    columns.append(_single("/occurred_on", envelope["occurred_on"], True))
    fields = definitions.fields(type_, version)
    for name in sorted(fields, key=lambda name: name not in required):
        pointer = f"/data/{name}"
        if name == "dimensions":
            columns += _dimensions(definitions, pointer, fields["state"]["enum"])
        elif "state" in fields and name in ("state", "quantity"):
            columns.append(_stated(definitions, pointer, fields[name], name in required))
        else:
            columns += _expanded(pointer, fields[name], name in required)
    if kind != "organ":
        columns.append(organ)
    columns += _expanded("/source", envelope["source"], False)
    columns.append(_single("/id", envelope["id"], False))
    return tuple(columns)


def _subject(definitions: Definitions, kind: str, schema: Json) -> Column:
    note = Text(described(schema, "zh-CN"), described(schema, "en"))
    codes = definitions.codes["subject-kind"]
    if kind not in codes:  # of a correction the subject may be of any kind
        label = Text(title_of(schema, "zh-CN"), title_of(schema, "en"))
        return Column("/subject", "subject", True, label, note, schema)
    zh, en = (title_of(codes[kind], language) for language in ("zh-CN", "en"))
    label = Text(f"{zh}台账号", f"{en}: ledger number")
    also = tuple(codes[kind].get("alsoCalled", ()))
    return Column("/subject", "subject", True, label, note, schema, also=also)


def _expanded(pointer: str, schema: Json, required: bool) -> Iterator[Column]:
    """A field, or the fields that it is made of."""
    if "properties" not in schema:
        yield _single(pointer, schema, required)
        return
    for name, part in schema["properties"].items():
        column = _single(f"{pointer}/{name}", part, False)
        yield msgspec.structs.replace(column, label=_joined(schema, part))


def _joined(whole: Json, part: Json) -> Text:
    """来源文号, 来源：文件摘要: what a field of a field is called by itself."""
    zh, zh_part = title_of(whole, "zh-CN"), title_of(part, "zh-CN")
    en, en_part = title_of(whole, "en"), title_of(part, "en")
    return Text(zh_part if zh in zh_part else f"{zh}：{zh_part}", f"{en}: {en_part}")


def _single(pointer: str, schema: Json, required: bool) -> Column:
    label = Text(title_of(schema, "zh-CN"), title_of(schema, "en"))
    note = Text(described(schema, "zh-CN"), described(schema, "en"))
    listed = schema.get("items", schema).get("oneOf", ())
    return Column(
        pointer,
        _kind(schema),
        required,
        label,
        note,
        schema,
        codes=_names(listed),
        listed=label if listed else None,
        also=tuple(schema.get("alsoCalled", ())),
    )


def _kind(schema: Json) -> Kind:
    if "oneOf" in schema:
        return "code"
    if schema.get("type") == "array":
        return "codes"
    if schema.get("format") == "date":
        return "date"
    if schema.get("unit") == "fen":
        return "money"
    if schema.get("type") in ("integer", "boolean"):
        return "integer" if schema["type"] == "integer" else "boolean"
    if schema.get("type") == "object":
        return "changes"
    return "identifier" if schema.get("pattern", "").startswith("^[") else "text"


def _stated(definitions: Definitions, pointer: str, schema: Json, required: bool) -> Column:
    """The state of a statement, and the quantity whose unit depends on it."""
    column = _single(pointer, schema, required)
    if "enum" not in schema:
        return msgspec.structs.replace(column, kind="quantity")
    codes = {
        state: Text(definitions.state(state, "zh-CN"), definitions.state(state, "en"))
        for state in schema["enum"]
    }
    return msgspec.structs.replace(column, kind="code", codes=codes, listed=column.label)


def _dimensions(definitions: Definitions, pointer: str, states: list[str]) -> Iterator[Column]:
    """A column for each dimension and code list that one of the states has."""
    lists: dict[tuple[str, str], list[str]] = {}
    for state in states:
        for dimension, listed in definitions.listed_dimensions(state).items():
            lists.setdefault((dimension, listed), []).append(state)
    for (dimension, listed), having in lists.items():
        label = Text(definitions.listed(listed, "zh-CN"), definitions.listed(listed, "en"))
        schema = {"oneOf": list(definitions.codes[listed].values())}
        named = "、".join(definitions.state(state, "zh-CN") for state in having)
        named_en = ", ".join(definitions.state(state, "en") for state in having)
        note = Text(f"用于：{named}。", f"For: {named_en}.")
        place = f"{pointer}/{dimension}"
        yield Column(
            place, "code", False, label, note, schema, _names(schema["oneOf"]), label, tuple(having)
        )


def _names(listed: Iterable[Json]) -> dict[str, Text]:
    return {code["const"]: Text(title_of(code, "zh-CN"), title_of(code, "en")) for code in listed}
