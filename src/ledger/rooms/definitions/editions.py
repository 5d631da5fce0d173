"""Reads the forms of reports, which are folders of data, into frozen editions."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import jsonschema_rs
import msgspec

from ledger.rooms.definitions.cells import Cells
from ledger.rooms.definitions.closed_json import DuplicateName, read_json
from ledger.rooms.definitions.constraints import constraints_of
from ledger.rooms.definitions.wordings import wording_of
from ledger.words.figures import (
    Column,
    Edition,
    Figure,
    Row,
    Section,
    Table,
    Text,
    Unit,
    form_digest,
)

Json = dict[str, Any]
Codes = Mapping[str, Mapping[str, Any]]
Complain = Callable[[str, str], None]


class EditionError(Exception):
    """A form that cannot be used; `sentences` name each file and place and what is wrong there."""

    def __init__(self, sentences: Iterable[str]) -> None:
        self.sentences = tuple(dict.fromkeys(sentences))
        super().__init__("\n".join(self.sentences))


def editions_in(
    folders: Iterable[Path], states: Codes, codes: Codes, schema: Json
) -> dict[str, Edition]:
    """Every edition that the folders hold, by id; what is wrong in any of them raises at once."""
    editions: dict[str, Edition] = {}
    sentences: list[str] = []
    for place in (path for folder in folders for path in sorted(folder.iterdir())):
        if not place.is_dir():
            continue
        try:
            edition = read_edition(place, states, codes, schema)
        except EditionError as error:
            sentences += error.sentences
            continue
        if edition.id in editions:
            sentences.append(f"{place}: another folder already holds an edition {edition.id}")
        editions[edition.id] = edition
    if sentences:
        raise EditionError(sentences)
    return editions


def read_edition(folder: Path, states: Codes, codes: Codes, schema: Json) -> Edition:
    """The edition that a folder holds, checked against the schema of an edition and the codes."""
    sentences: list[str] = []

    def complain_in(file: str) -> Complain:
        def complain(place: str, what: str) -> None:
            sentences.append(f"{folder.name}/{file} {place or '/'}: {what}")

        return complain

    head = _read(folder / "edition.json", schema, complain_in("edition.json"))
    form = {"$schema": schema["$schema"], "$defs": schema["$defs"], "$ref": "#/$defs/table"}
    complaints = {path: complain_in(f"tables/{path.name}") for path in _table_files(folder)}
    raw = {path: _read(path, form, complain) for path, complain in complaints.items()}
    said = _read_wording(folder / "wording.json", schema, complain_in("wording.json"))
    if sentences:  # the rest relies on what the schema promises
        raise EditionError(sentences)

    _check_head(folder.name, head, [path.stem for path in raw], complain_in("edition.json"))
    for path, table in raw.items():
        _check_table(path.stem, table, complaints[path])
    units = _units(schema)
    figures = {
        path: Cells(table, units, states, codes, complaints[path]).figures()
        for path, table in raw.items()
    }
    addresses = {figure.address for cells in figures.values() for figure in cells}
    tables = {
        path.stem: _table(table, figures[path], addresses, complaints[path])
        for path, table in raw.items()
    }
    own = constraints_of(head, addresses, complain_in("edition.json"))
    wording = wording_of(said, addresses, complain_in("wording.json"))
    names = [constraint.id for table in tables.values() for constraint in table.constraints]
    _check_once("/constraints", [*names, *(c.id for c in own)], complain_in("edition.json"))
    if sentences:
        raise EditionError(sentences)
    return Edition(
        id=head["id"],
        scope=head["scope"],
        label=msgspec.convert(head["label"], Text),
        title=msgspec.convert(head["title"], Text),
        source=msgspec.convert(head["source"], Text),
        period=head["period"],
        since=head["years"]["from"],
        until=head["years"].get("to"),
        note=msgspec.convert(head.get("note"), Text | None),
        sections=msgspec.convert(head["sections"], tuple[Section, ...]),
        tables=tuple(tables[name] for section in head["sections"] for name in section["tables"]),
        own_constraints=own,
        wording=wording,
        digest=form_digest([head, *raw.values()]),
    )


def _table_files(folder: Path) -> list[Path]:
    return sorted((folder / "tables").glob("*.json"))


def _read(path: Path, schema: Json, complain: Complain) -> Json:
    try:
        value: Json = read_json(path)
    except DuplicateName as error:
        complain("", f"a name stands twice in one object, keep one: {error}")
        return {}
    except (OSError, ValueError) as error:
        complain("", f"cannot be read as JSON: {error}")
        return {}
    for breach in jsonschema_rs.validator_for(schema).iter_errors(value):
        complain("".join(f"/{part}" for part in breach.instance_path), breach.message)
    return value


def _read_wording(path: Path, schema: Json, complain: Complain) -> Json | None:
    if not path.exists():
        return None
    form = {"$schema": schema["$schema"], "$defs": schema["$defs"], "$ref": "#/$defs/wording"}
    return _read(path, form, complain)


def _check_head(folder: str, head: Json, files: list[str], complain: Complain) -> None:
    if head["id"] != folder:
        complain("/id", f"{head['id']} is not the name of its folder, {folder}")
    if head["years"].get("to", 9999) < head["years"]["from"]:
        complain("/years", "they end before they begin")
    placed = [name for section in head["sections"] for name in section["tables"]]
    _check_once("/sections", [f"section {section['id']}" for section in head["sections"]], complain)
    _check_once("/sections", [f"table {name}" for name in placed], complain)
    for name in sorted(set(placed) - set(files)):
        complain("/sections", f"there is no tables/{name}.json for table {name}")
    for name in sorted(set(files) - set(placed)):
        complain("/sections", f"no section holds table {name}")


def _check_table(name: str, table: Json, complain: Complain) -> None:
    if table["id"] != name:
        complain("/id", f"{table['id']} is not the name of its file, {name}.json")
    for key in ("rows", "columns"):
        _check_once(f"/{key}", [part["id"] for part in table[key]], complain)


def _check_once(place: str, names: list[str], complain: Complain) -> None:
    for name in sorted({name for name in names if names.count(name) > 1}):
        complain(place, f"{name} stands more than once; keep one")


def _table(
    raw: Json, figures: tuple[Figure, ...], addresses: set[str], complain: Complain
) -> Table:
    return Table(
        id=raw["id"],
        number=raw["number"],
        label=msgspec.convert(raw["label"], Text),
        heading=msgspec.convert(raw.get("heading"), Text | None),
        corner=msgspec.convert(raw.get("corner"), Text | None),
        kind=raw["kind"],
        columns=msgspec.convert(raw["columns"], tuple[Column, ...]),
        rows=msgspec.convert(raw["rows"], tuple[Row, ...]),
        figures=figures,
        constraints=constraints_of(raw, addresses, complain),
    )


def _units(schema: Json) -> dict[str, Unit]:
    return {
        unit["const"]: Unit(
            code=unit["const"],
            label=Text(unit["title"], unit["i18n"]["en"]["title"]),
            measures=unit["measures"],
            scale=unit["scale"],
        )
        for unit in schema["$defs"]["unit"]["oneOf"]
    }
