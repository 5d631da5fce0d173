"""The example row of a template, which is never recorded."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

from ledger.rooms.definitions.columns import Column
from ledger.rooms.sheets.cells import Cell
from ledger.verbs.registers.dates import date_in
from ledger.verbs.registers.fields import Field
from ledger.words.figures import Text
from ledger.words.spelling import plain

MARK = Text("示例", "Example")
"""What stands before the colon in the first cell of an example, and in no subject or organ."""

DAY = "2020-03-05"

_WORDS = {
    "subject": Text("2020-0001", "2020-0001"),
    "text": Text("示例文字", "Example text"),
    "integer": Text("10", "10"),
    "quantity": Text("12", "12"),
    "money": Text("12500.5", "12500.5"),
    "boolean": Text("是", "Yes"),
    "changes": Text("channel=online", "channel=online"),
}


def example(column: Column, language: str, *, first: bool) -> str:
    """What the example says in a column; nothing where a field need not be told."""
    if first:
        named = "2020-0001" if column.kind == "subject" else "my-office"
        return f"{MARK[language]}: {named}"
    if column.pointer == "/organ":
        return "my-office"
    if column.pointer == "/data/event":
        return "received-1"
    if column.kind == "date":
        return DAY if column.required else ""
    if column.codes:
        return next(iter(column.codes.values()))[language] if column.required else ""
    if not (column.required or column.kind == "changes"):
        return ""
    return "other-office" if column.kind == "identifier" else _WORDS[column.kind][language]


def is_example(cells: Mapping[int, Cell], fields: Mapping[int, Field]) -> bool | None:
    """Whether a row is the example: no, yes, or None where someone wrote over it."""
    first = min(fields, default=0)
    if first not in cells or not _marked(cells[first]):
        return False
    for at, cell in cells.items():
        field = fields.get(at)
        if at != first and field is not None and not _as_given(cell, field.column):
            return None
    return True


def _marked(cell: Cell) -> bool:
    return plain(str(cell.value)).startswith((f"{plain(MARK.zh)}:", f"{plain(MARK.en)}:"))


def _as_given(cell: Cell, column: Column) -> bool:
    """Whether a cell holds what the example does, however the program writes it."""
    given = [example(column, language, first=False) for language in ("zh-CN", "en")]
    if column.kind == "date":
        return date_in(cell) in given
    told = plain(str(cell.value))
    if column.kind in ("money", "integer", "quantity"):
        return _number(told) in {_number(text) for text in given}
    return told in {plain(text) for text in given}


def _number(text: str) -> Decimal | str:
    try:
        return Decimal(text.replace(",", ""))
    except InvalidOperation:
        return text
