"""The new values of a correction, one a line: channel=online, amount=300元; an empty one removes a field."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from ledger.rooms.definitions.columns import Column, columns_of
from ledger.rooms.definitions.schemas import Definitions
from ledger.rooms.sheets.cells import Cell
from ledger.verbs.registers.amounts import money_in, whole_in
from ledger.verbs.registers.dates import date_in
from ledger.verbs.registers.texts import Codes, boolean_in, text_in
from ledger.words.problems import Problem
from ledger.words.spelling import halfwidth, trimmed


class Changes:
    """Reads new values by the fields that any type of event has."""

    def __init__(self, definitions: Definitions) -> None:
        self._fields: dict[str, list[Column]] = defaultdict(list)
        for type_, version in definitions.newest.items():
            for column in columns_of(definitions, type_, version):
                place = column.pointer.split("/")
                if len(place) == 3 and place[1] == "data":
                    self._fields[place[2]].append(column)

    def read(self, cell: Cell) -> dict[str, Any] | Problem:
        """The fields and their values."""
        told = text_in(cell)
        if isinstance(told, Problem):
            return told
        found: dict[str, Any] = {}
        for line in filter(trimmed, told.splitlines()):
            name, sign, raw = line.replace("＝", "=").partition("=")
            name = halfwidth(name)
            if not sign or name not in self._fields or name in found:
                return Problem("not-a-change", params={"value": line[:60]})
            value = self._value(self._fields[name], trimmed(raw))
            if isinstance(value, Problem):
                return value
            found[name] = value
        return found

    def _value(self, columns: list[Column], raw: str) -> Any:
        """A value that every type which has the field reads in the same way."""
        if not raw:
            return None
        read = [_read(column, raw) for column in columns]
        values = [value for value in read if not isinstance(value, Problem)]
        if not values:
            return read[0]
        if any(value != values[0] for value in values):
            return Problem("two-readings", params={"value": raw[:60]})
        return values[0]


def _read(column: Column, raw: str) -> Any:
    cell = Cell(raw)
    match column.kind:
        case "code":
            return Codes(column).one_in(cell)
        case "codes":
            return Codes(column).several_in(cell)
        case "integer":
            return whole_in(cell, working_days=True)
        case "money":
            return money_in(cell, frozenset())
        case "quantity":
            # A count or an amount: which of them is said by its unit, 5件 or 12.5元.
            return money_in(cell, frozenset()) if raw[-1] in "元分" else _counted(cell, raw)
        case "boolean":
            return boolean_in(cell)
        case "date":
            return date_in(cell)
        case _:
            return raw


def _counted(cell: Cell, raw: str) -> int | Problem:
    return Problem("no-unit", params={"value": raw[:60]}) if raw[-1].isdigit() else whole_in(cell)
