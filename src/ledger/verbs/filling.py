"""Filling in: what a person writes in a form becomes a draft; what is wrong is told by its field."""

from __future__ import annotations

import secrets
import string
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

import msgspec

from ledger.rooms.definitions.columns import Column, columns_of
from ledger.rooms.definitions.schemas import Definitions
from ledger.rooms.sheets.cells import Cell
from ledger.verbs.recording import Draft
from ledger.verbs.registers.fields import Field, Place
from ledger.words.events import CORRECTED
from ledger.words.problems import Problem
from ledger.words.spelling import trimmed

Told = Mapping[str, Sequence[str]]
"""What a form hands in: the texts of each of its fields, by name."""

UNIT = "~unit"
"""Behind the name of a field of money stands the name of the field that says its unit."""

UNITS = ("元", "万元")

AMENDMENT = "amendment"
"""Before the names of the fields that say when and why something is corrected or voided."""

_OF_AMENDMENTS = ("/occurred_on", "/data/reason", "/data/note")
_OF_ITS_PLACE = ("/organ", "/subject", "/id")
_LETTERS = 24


class Entry(msgspec.Struct, frozen=True):
    """A field of a form: its name in the form, and the column of the event that it tells."""

    name: str
    column: Column


class Filled(msgspec.Struct, frozen=True):
    """The draft that a form makes, and what is wrong with its texts by the names of its fields."""

    draft: dict[str, Any]
    problems: dict[str, list[Problem]]


def entries_of(definitions: Definitions, type_: str) -> tuple[Entry, ...]:
    """The fields of the form of a type; raises KeyError where there is no such type."""
    return _named(columns_of(definitions, type_, definitions.newest[type_]))


def corrected_entries(definitions: Definitions, type_: str, version: int) -> tuple[Entry, ...]:
    """The fields of a recorded event that may be corrected: not its organ, subject and id."""
    columns = columns_of(definitions, type_, version)
    return _named(column for column in columns if column.pointer not in _OF_ITS_PLACE)


def amendment_entries(definitions: Definitions) -> tuple[Entry, ...]:
    """The fields that say when and why something is corrected or voided."""
    columns = columns_of(definitions, CORRECTED, definitions.newest[CORRECTED])
    return tuple(
        Entry(f"{AMENDMENT}{column.pointer}", column)
        for column in columns
        if column.pointer in _OF_AMENDMENTS
    )


def fill(definitions: Definitions, type_: str, entries: Iterable[Entry], told: Told) -> Filled:
    """The draft of a type that the texts of a form make, as far as they can be read."""
    draft: dict[str, Any] = {"type": type_, "data": {}}
    filled = Filled(draft, {})
    kind = type_.partition(".")[0]
    for entry in entries:
        value = _read(definitions, kind, entry, told, draft)
        if isinstance(value, Problem):
            filled.problems[entry.name] = [value]
        elif value is not None:
            _put(draft, entry.column.pointer, value)
        elif entry.column.required:
            label = entry.column.label
            params = {"label": label.zh, "label_en": label.en}
            filled.problems[entry.name] = [Problem("cell-missing", params=params)]
    if kind == "organ" and "organ" in draft:
        draft["subject"] = f"organ:{draft['organ']}"
    return filled


def texts_of(definitions: Definitions, entries: Iterable[Entry], draft: Draft) -> Told:
    """A draft as the texts of a form, from which the same draft is read again."""
    told: dict[str, list[str]] = {}
    for entry in entries:
        told |= _texts(definitions, entry, draft)
    return told


def changes_between(old: Draft, new: Draft) -> dict[str, Any]:
    """What a correction says to make of one draft the other; a field that goes is null."""
    changes: dict[str, Any] = {}
    if new.get("occurred_on") != old["occurred_on"]:
        changes["occurred_on"] = new.get("occurred_on")
    if new.get("source") != old.get("source"):
        changes["source"] = new.get("source", {})
    before, after = old["data"], new["data"]
    data = {
        name: after.get(name)
        for name in (*before, *(name for name in after if name not in before))
        if after.get(name) != before.get(name)
    }
    return changes | ({"data": data} if data else {})


def field_of(entries: Sequence[Entry], pointer: str, told: Told) -> str:
    """The name of the field that a problem lies in; empty where it lies in none of them."""
    near = [entry for entry in entries if _within(pointer, entry.column.pointer)]
    near = near or [
        entry for entry in entries if pointer and _within(entry.column.pointer, pointer)
    ]
    written = [entry for entry in near if any(told.get(entry.name, ()))]
    return next((entry.name for entry in (*written, *near)), "")


def new_id() -> str:
    """An id for the event of a form, made when it is shown: handed in twice, it is recorded once."""
    letters = (secrets.choice(string.ascii_lowercase) for _ in range(_LETTERS))
    return f"form-{''.join(letters)}"


def _named(columns: Iterable[Column]) -> tuple[Entry, ...]:
    """Several code lists may be of one dimension: the later ones are numbered."""
    seen: dict[str, int] = {}
    entries = []
    for column in columns:
        seen[column.pointer] = nth = seen.get(column.pointer, 0) + 1
        name = column.pointer if nth == 1 else f"{column.pointer}~{nth}"
        entries.append(Entry(name, column))
    return tuple(entries)


def _read(
    definitions: Definitions, kind: str, entry: Entry, told: Told, draft: dict[str, Any]
) -> Any:
    """The value of a field, a Problem, or None where nothing is written in it."""
    column = entry.column
    texts = [text for text in map(trimmed, told.get(entry.name, ())) if text]
    if not texts:
        return None
    if column.kind == "codes" and set(texts) <= set(column.codes):
        return list(dict.fromkeys(texts))
    units = [unit for unit in told.get(f"{entry.name}{UNIT}", ()) if unit in UNITS]
    field = Field(column, Place(1, units=frozenset(units)), definitions, kind)
    return field.read({1: Cell("、".join(texts))}, draft)


def _put(draft: dict[str, Any], pointer: str, value: Any) -> None:
    *outer, last = pointer.split("/")[1:]
    into = draft
    for step in outer:
        into = into.setdefault(step, {})
    into[last] = value


def _texts(definitions: Definitions, entry: Entry, draft: Draft) -> dict[str, list[str]]:
    column = entry.column
    value: Any = draft
    for step in column.pointer.split("/")[1:]:
        value = value.get(step, {})
    if value == {} or (column.states and value not in column.codes):
        return {}
    if isinstance(value, list):
        return {entry.name: list(value)}
    if isinstance(value, bool):
        return {entry.name: ["true" if value else "false"]}
    if column.kind == "money":
        return {entry.name: [f"{Decimal(value) / 100:f}"], f"{entry.name}{UNIT}": ["元"]}
    if column.kind == "quantity" and _is_money(definitions, draft):
        return {entry.name: [f"{Decimal(value) / 100:f}元"]}
    return {entry.name: [str(value)]}


def _is_money(definitions: Definitions, draft: Draft) -> bool:
    return definitions.states[draft["data"]["state"]]["unit"] == "fen"


def _within(pointer: str, outer: str) -> bool:
    return pointer == outer or pointer.startswith(f"{outer}/")
