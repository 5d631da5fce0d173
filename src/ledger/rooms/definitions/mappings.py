"""Mappings of an office's own register, read from a file that schemas/mapping.v1.json describes."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

from ledger.rooms.definitions.closed_json import DuplicateName, parsed_json
from ledger.rooms.definitions.schemas import Definitions
from ledger.words.problems import Problem, Refusal


class Source(msgspec.Struct, frozen=True, omit_defaults=True):
    """Where the rows tell a field."""

    column: str = ""
    pattern: str = ""
    value: str | int | bool | None = None
    codes: Mapping[str, str | None] = {}
    unit: str = ""
    replace: Sequence[tuple[str, str]] = ()
    confirmed: bool = True


class Told(msgspec.Struct, frozen=True, omit_defaults=True):
    """An event that the rows tell."""

    type: str
    fields: Mapping[str, Source]
    version: int | None = None


class MappedSheet(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """How one sheet is read."""

    sheet: str
    headings: int | None = None
    ignore: Sequence[str] = ()
    skip: Sequence[str] = ()
    unplaced: Sequence[str] = ()
    events: Sequence[Told]


class RegisterMapping(msgspec.Struct, frozen=True, omit_defaults=True):
    """How an office's own register is read."""

    sheets: Sequence[MappedSheet]
    mapping: int = 1
    note: str = ""


def read_mapping(path: Path, definitions: Definitions) -> RegisterMapping:
    """The mapping in a file; raises Refusal where it is not one, or not confirmed."""
    try:
        data = path.read_bytes()
    except OSError as error:
        params = {"path": str(path), "detail": error.strerror}
        raise Refusal(Problem("no-such-file", params=params)) from None
    return mapping_in(data, definitions)


def mapping_in(data: bytes, definitions: Definitions) -> RegisterMapping:
    """The mapping that a file's bytes hold; raises Refusal where it is none, or not confirmed."""
    try:
        raw = parsed_json(data)
    except (DuplicateName, ValueError, RecursionError) as error:
        raise Refusal(Problem("not-json", params={"detail": str(error)})) from None
    found = definitions.mapping_problems(raw)
    if not found:
        mapping = msgspec.convert(raw, RegisterMapping)
        found = [*_wrong_types(mapping, definitions), *_unconfirmed(mapping)]
    if found:
        raise Refusal(*found)
    return mapping


def written(mapping: RegisterMapping) -> str:
    """A mapping as the text of its file."""
    document = {"mapping": 1} | msgspec.to_builtins(mapping)
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _wrong_types(mapping: RegisterMapping, definitions: Definitions) -> Iterator[Problem]:
    for pointer, event in _events(mapping):
        version = event.version or definitions.newest.get(event.type)
        if event.type not in definitions.newest:
            yield Problem("unknown-type", f"{pointer}/type", params={"type": event.type})
        elif (event.type, version) not in definitions.types:
            known = ", ".join(str(n) for name, n in definitions.types if name == event.type)
            params = {"type": event.type, "known": known}
            yield Problem("unknown-version", f"{pointer}/version", params=params)
        elif command := definitions.own_command({"type": event.type}):
            params = {"type": event.type, "command": command}
            yield Problem("own-command", f"{pointer}/type", params=params)


def _unconfirmed(mapping: RegisterMapping) -> Iterator[Problem]:
    for pointer, event in _events(mapping):
        for name, source in event.fields.items():
            if not source.confirmed:
                params = {"field": name, "column": source.column or source.pattern}
                yield Problem("not-confirmed", f"{pointer}/fields/{name}", params=params)
            for words, code in source.codes.items():
                if code is None:
                    place = f"{pointer}/fields/{name}/codes"
                    yield Problem("code-not-filled-in", place, params={"value": words})
    for number, sheet in enumerate(mapping.sheets):
        if sheet.unplaced:
            params = {"headings": "、".join(sheet.unplaced)}
            yield Problem("headings-unplaced", f"/sheets/{number}/unplaced", params=params)


def _events(mapping: RegisterMapping) -> Iterator[tuple[str, Told]]:
    for number, sheet in enumerate(mapping.sheets):
        for nth, event in enumerate(sheet.events):
            yield f"/sheets/{number}/events/{nth}", event
