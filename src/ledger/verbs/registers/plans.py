"""What the columns of a sheet mean: from the version cell of a template, a named type, or a mapping."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from ledger.rooms.definitions.columns import Column, columns_of
from ledger.rooms.definitions.schemas import Definitions
from ledger.rooms.sheets.cells import Cell, Row, letters
from ledger.verbs.registers.amounts import units_in
from ledger.verbs.registers.fields import Field, Place
from ledger.words.figures import Text
from ledger.words.problems import Origin, Problem
from ledger.words.spelling import plain, trimmed, without_asides

HEAD = 50
"""Rows at the top of a sheet among which its headings are looked for."""
REMARKS = Text("备注（不导入）", "Remarks (not imported)")
"""The heading of the column that is the clerk's own."""
NOTES = "ledger-sheet notes"
"""What the sheets of a template that only explain say in their version cell."""

_VERSION = re.compile(r"ledger-sheet ([a-z.-]{1,80})(?: v(\d{1,4}))?")
_UNIT_LINE = re.compile("单位[:：为]|^unit", re.I)


class Telling(msgspec.Struct, frozen=True):
    """One type of event that the rows of a sheet tell."""

    type: str
    version: int
    fields: tuple[Field, ...]

    def origin(self, sheet: str, row: int, headings: Mapping[int, str]) -> Origin:
        """Where a row tells it, field by field."""
        return Origin(row, sheet, self._columns(headings))

    def _columns(self, headings: Mapping[int, str]) -> dict[str, tuple[str, str]]:
        columns: dict[str, tuple[str, str]] = {}
        for field in self.fields:
            at = field.place.column or min(field.place.columns(), default=0)
            if at:
                columns.setdefault(field.column.pointer, (letters(at), headings.get(at, "")))
        # What is wrong with the event as a whole is shown where it is named, or dated.
        for pointer in ("/occurred_on", "/subject", "/organ"):
            if pointer in columns:
                columns.setdefault("/type", columns[pointer])
        return columns | {"": next(iter(columns.values()), ("", ""))}


class Plan(msgspec.Struct, frozen=True):
    """How the rows of a sheet are read."""

    sheet: str
    headings: Mapping[int, str]
    heading_row: int
    tellings: tuple[Telling, ...]
    ignored: frozenset[int] = frozenset()
    """Columns that are nobody's business."""
    skip: frozenset[str] = frozenset()
    """The first words of rows that tell nothing, such as 合计, in plain words."""
    examples: bool = False
    """Whether the sheet may still hold the example of a template."""

    def read_columns(self) -> set[int]:
        """Every column that some field looks at."""
        return {
            column
            for telling in self.tellings
            for field in telling.fields
            for column in field.place.columns()
        }


def version_cell(type_: str, version: int) -> str:
    """What a sheet of a template says of itself."""
    return f"ledger-sheet {type_} v{version}"


def told_by(rows: Iterable[Row]) -> tuple[str, str, int] | None:
    """The type and version that a version cell names, and its row; None where there is no such cell."""
    for row in rows:
        for cell in row.cells.values():
            found = _VERSION.fullmatch(trimmed(str(cell.value)))
            if found:
                return found[1], found[2] or "", row.number
    return None


def without_version_cell(
    definitions: Definitions, sheet: str, head: Sequence[Row]
) -> Problem | None:
    """What is wrong with a sheet that has all headings of a template's and does not say its type."""
    found: list[tuple[bool, int, str, int]] = []
    for type_, version in definitions.newest.items():
        if definitions.own_command({"type": type_}) is None:
            columns = columns_of(definitions, type_, version)
            known = definitions.types[type_, version]
            named = sheet in (known.label("zh-CN"), known.label("en"))
            if _has_all_headings(head, columns):
                found.append((named, len(columns), type_, version))
    if not found:
        return None
    *_, type_, version = max(found)
    params = {"cell": version_cell(type_, version), "type": type_}
    return Problem("version-cell-missing", sheet=sheet, params=params)


def _has_all_headings(head: Sequence[Row], columns: Sequence[Column]) -> bool:
    row = _heading_row(head, {name: column for column in columns for name in column.names()})
    if row is None:
        return False
    headings = {without_asides(text) for text in texts(row).values()}
    return all(column.names() & headings for column in columns)


def texts(row: Row) -> dict[int, str]:
    """The words of a row of headings, by column, without the star of what is required."""
    return {column: trimmed(str(cell.value)).rstrip(" *") for column, cell in row.cells.items()}


def plan_of_type(
    definitions: Definitions,
    sheet: str,
    head: Sequence[Row],
    type_: str,
    version: int,
    organ: str | None,
    *,
    examples: bool,
) -> Plan | list[Problem]:
    """How a sheet that tells one type is read by its headings, or what is wrong with these."""
    columns = columns_of(definitions, type_, version)
    names = {name: column for column in columns for name in column.names()}
    row = _heading_row(head, names)
    if row is None:
        wanted = {
            language: "、".join(column.label[language] for column in columns if column.required)
            for language in ("zh-CN", "en")
        }
        params = {"wanted": wanted["zh-CN"], "wanted_en": wanted["en"]}
        return [Problem("no-headings", sheet=sheet, params=params)]
    headings = texts(row)
    over = unit_lines(head, row.number)
    found: list[tuple[Column, int]] = []
    problems: list[Problem] = []
    for at, heading in headings.items():
        column = names.get(without_asides(heading)) or names.get(plain(heading))
        if column is None:
            continue
        if any(column is other for other, _ in found):
            problems.append(at_heading("heading-twice", sheet, row.number, at, heading))
        found.append((column, at))
    places = {at: column for column, at in found}
    problems += _missing(sheet, row, columns, places.values(), organ)
    if problems:
        return problems
    kind = type_.partition(".")[0]
    fields = [
        Field(column, _place(column, at, headings[at], over, organ), definitions, kind)
        for at, column in places.items()
    ]
    if organ is not None and all(field.column.pointer != "/organ" for field in fields):
        column = next(column for column in columns if column.pointer == "/organ")
        fields.append(Field(column, Place(fixed=organ), definitions, kind))
    order = {id(column): number for number, column in enumerate(columns)}
    fields.sort(key=lambda field: order[id(field.column)])
    ignored = {at for at, heading in headings.items() if is_remarks(heading)}
    return Plan(
        sheet,
        headings,
        row.number,
        (Telling(type_, version, tuple(fields)),),
        frozenset(ignored),
        examples=examples,
    )


def is_remarks(heading: str) -> bool:
    """Whether a heading is that of the clerk's own column."""
    return plain(heading) in (plain(REMARKS.zh), plain(REMARKS.en))


def at_heading(
    code: str, sheet: str, row: int, column: int, heading: str, **params: str
) -> Problem:
    """A problem of a column, shown at its heading."""
    return Problem(
        code,
        line=row,
        sheet=sheet,
        cell=f"{letters(column)}{row}",
        heading=heading,
        params={"heading": heading[:60], **params},
    )


def unit_lines(head: Sequence[Row], heading_row: int) -> frozenset[str]:
    """The unit that a line above the headings names for the whole sheet: 单位：万元."""
    lines: list[Cell] = [
        cell
        for row in head
        if row.number < heading_row
        for cell in row.cells.values()
        if _UNIT_LINE.search(str(cell.value))
    ]
    return units_in(str(cell.value) for cell in lines)


def _heading_row(head: Sequence[Row], names: Mapping[str, Column]) -> Row | None:
    """The first row with several of the names, one of them of what every event needs."""
    for row in head:
        found = [
            names[name] for text in texts(row).values() if (name := without_asides(text)) in names
        ]
        if len(found) >= 2 and any(column.required for column in found):
            return row
    return None


def _missing(
    sheet: str,
    row: Row,
    columns: Iterable[Column],
    found: Iterable[Column],
    organ: str | None,
) -> list[Problem]:
    """Columns that every event needs, and that are not there."""
    there = [id(column) for column in found]
    return [
        Problem(
            "heading-missing",
            line=row.number,
            sheet=sheet,
            params={"label": column.label.zh, "label_en": column.label.en},
        )
        for column in columns
        if column.required and id(column) not in there
        if not (column.pointer == "/organ" and organ is not None)
    ]


def _place(column: Column, at: int, heading: str, over: frozenset[str], organ: str | None) -> Place:
    units = frozenset[str]()
    if column.kind in ("money", "quantity"):
        units = units_in([heading]) or over
    fixed = organ if column.pointer == "/organ" else None
    return Place(column=at, heading=heading, units=units, fixed=fixed)
