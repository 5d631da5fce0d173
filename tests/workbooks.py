"""Workbooks as clerks fill them in: templates with events written into them, and what a file tells."""

import io
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import msgspec
from openpyxl import Workbook, load_workbook

from ledger.drawing.workbooks.entry_sheet import FIRST, HEADINGS
from ledger.drawing.workbooks.template import template
from ledger.rooms.definitions.columns import Column, columns_of
from ledger.rooms.sheets import is_workbook, open_csv, open_workbook
from ledger.verbs.opening import House
from ledger.verbs.registers.books import Drafts, Reading
from ledger.words.problems import Problem, Refusal

DEFINITIONS = House().definitions

Draft = dict[str, Any]
Dress = Callable[[Column, Any], Any]
"""How a clerk writes what the template would show as this value."""


OFFICE = {
    "type": "organ.registered",
    "organ": "office",
    "subject": "organ:office",
    "occurred_on": "2019-01-01",
    "data": {"name": "示例机关"},
}


def received(number: str, on: str = "2020-03-05", **data: str) -> Draft:
    """An application that came in."""
    return {
        "type": "application.received",
        "organ": "office",
        "subject": f"application:{number}",
        "occurred_on": on,
        "data": {"applicant": "natural-person", "channel": "online"} | data,
    }


def decided(number: str, on: str = "2020-03-20", outcome: str = "granted") -> Draft:
    """An application that was decided."""
    return {
        "type": "application.decided",
        "organ": "office",
        "subject": f"application:{number}",
        "occurred_on": on,
        "data": {"outcome": outcome},
    }


@dataclass
class Told:
    """What a file told."""

    drafts: list[Draft]
    problems: list[Problem]
    remarks: list[Problem]

    def codes(self) -> list[tuple[str, str]]:
        """The cell and the kind of each problem."""
        return [(problem.cell, problem.code) for problem in self.problems]


def read(data: bytes, name: str = "示例.xlsx", **reading: Any) -> Told:
    """What a file tells, without the ids and versions that the import adds; raises Refusal."""
    stream = io.BytesIO(data)
    book = open_workbook(stream) if is_workbook(data[:8]) else open_csv(stream, name)
    drafts = Drafts(DEFINITIONS, Reading(**reading))
    drafts.read(book, lambda _: None)
    lines = [dict(line.draft) for line in drafts.lines()]
    for line in lines:
        assert line.pop("version") == 1
        if line["id"].startswith("line-"):
            del line["id"]
    problems = [problem for refused in drafts.refused for problem in refused.problems]
    for problem in (*problems, *drafts.remarks):
        assert problem.sentence("zh-CN") and problem.sentence("en")
    return Told(lines, problems, drafts.remarks)


def outcome(data: bytes, name: str = "示例.xlsx", **reading: Any) -> Told:
    """The same, with a refusal of the whole file as its problems."""
    try:
        return read(data, name, **reading)
    except Refusal as refusal:
        assert all(found.sentence("zh-CN") and found.sentence("en") for found in refusal.problems)
        return Told([], list(refusal.problems), [])


def filled(
    events: Iterable[Mapping[str, Any]],
    language: str = "zh-CN",
    dress: Dress = lambda _, value: value,
) -> Workbook:
    """A template with events written below the examples."""
    events = list(events)
    types = list(dict.fromkeys(event["type"] for event in events))
    book = template(DEFINITIONS, types, language)
    for type_ in types:
        sheet = book[sheet_of(type_, language)]
        columns = columns_of(DEFINITIONS, type_, 1)
        told = [event for event in events if event["type"] == type_]
        for row, event in enumerate(told, FIRST):
            for at, column in enumerate(columns, 1):
                value = written(column, event, language)
                if value is not None:
                    put(sheet.cell(row, at), dress(column, value))
    return book


def put(cell: Any, value: Any) -> None:
    """Writes a value; a text that looks like a formula is one only where a test says so."""
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"


def sheet_of(type_: str, language: str = "zh-CN") -> str:
    """The name of the sheet of a type."""
    return DEFINITIONS.types[type_, 1].label(language)


def saved(book: Workbook) -> bytes:
    """The file of a workbook."""
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def loaded(data: bytes) -> Workbook:
    """A file as the library reads it."""
    return load_workbook(io.BytesIO(data))


def column_of(sheet: Any, heading: str) -> int:
    """The number of the column under a heading of a template."""
    for cell in sheet[HEADINGS]:
        if str(cell.value).rstrip(" *") == heading:
            return int(cell.column)
    raise AssertionError(heading)


def register(rows: Sequence[Sequence[Any]], name: str = "台账") -> Workbook:
    """An office's own workbook of one sheet."""
    book = Workbook()
    sheet = book.active
    sheet.title = name
    for number, row in enumerate(rows, 1):
        for at, value in enumerate(row, 1):
            if value is not None:
                put(sheet.cell(number, at), value)
    return book


def repacked(data: bytes, change: Callable[[str, bytes], bytes | None]) -> bytes:
    """A package with its parts changed; None leaves a part out."""
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(result, "w", 8) as new:
        for name in old.namelist():
            part = change(name, old.read(name))
            if part is not None:
                new.writestr(name, part)
    return result.getvalue()


def written(column: Column, event: Mapping[str, Any], language: str) -> Any:
    """What a clerk writes in a column for an event; None where there is nothing to write."""
    value: Any = event
    for step in column.pointer.split("/")[1:]:
        value = value.get(step) if isinstance(value, Mapping) else None
    if value is None or not _meant(column, event):
        return None
    match column.kind:
        case "subject":
            return value if event["type"].startswith("event.") else value.partition(":")[2]
        case "date":
            return date.fromisoformat(value)
        case "money":
            return float(Decimal(value) / 100)
        case "quantity":
            money = DEFINITIONS.states[event["data"]["state"]]["unit"] == "fen"
            return f"{Decimal(value) / 100}元" if money else value
        case "code":
            return column.codes[value][language]
        case "codes":
            return ("、" if language == "zh-CN" else ", ").join(
                column.codes[code][language] for code in value
            )
        case "boolean":
            return ("是" if value else "否") if language == "zh-CN" else ("Yes" if value else "No")
        case "changes":
            return "\n".join(f"{name}={_change(name, new)}" for name, new in value.items())
        case _:
            return value


def _meant(column: Column, event: Mapping[str, Any]) -> bool:
    """Whether a column of a dimension is the one for the state of the event."""
    return not column.states or event["data"]["state"] in column.states


def _change(name: str, value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list):
        return "、".join(value)
    if isinstance(value, int):
        return (
            f"{value}分" if name == "amount" else f"{value}件" if name == "quantity" else str(value)
        )
    return str(value)


def same(drafts: Iterable[Mapping[str, Any]]) -> list[bytes]:
    """Drafts to be compared whatever their order."""
    return sorted(msgspec.json.encode(dict(draft), order="sorted") for draft in drafts)
