"""A field of an event as it is told in the rows of a sheet: where it stands, and how it is read."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from ledger.rooms.definitions.columns import Column
from ledger.rooms.definitions.schemas import Definitions
from ledger.rooms.sheets.cells import Cell
from ledger.verbs.registers.amounts import money_in, whole_in
from ledger.verbs.registers.changes import Changes
from ledger.verbs.registers.dates import date_in
from ledger.verbs.registers.texts import Codes, boolean_in, identifier_in, text_in
from ledger.words.problems import Problem
from ledger.words.spelling import is_mark_of_nothing, trimmed

_NUMBERS = ("money", "integer", "quantity")
_SEVERAL = re.compile(r"\{([^{}]*)\}")


class Place(msgspec.Struct, frozen=True):
    """Where the rows tell a field: a column, several columns put together, or the same in every row."""

    column: int = 0
    heading: str = ""
    pattern: str = ""
    """Several columns put together: {年度}-{编号}."""
    parts: Mapping[str, int] = {}
    """The columns that the pattern names."""
    replace: Sequence[tuple[str, str]] = ()
    """Signs to be replaced before the value is read."""
    codes: Mapping[str, str] = {}
    """What an office writes for some codes."""
    units: frozenset[str] = frozenset()
    """Units of money that stand over the column."""
    fixed: Any = None
    """The value where the row has none."""

    def columns(self) -> set[int]:
        """Every column that it looks at."""
        return {self.column, *self.parts.values()} - {0}


class Field:
    """Reads one field of one type of event."""

    def __init__(self, column: Column, place: Place, definitions: Definitions, kind: str) -> None:
        self.column = column
        self.place = place
        self.path = tuple(column.pointer.split("/")[1:])
        self._states = definitions.states
        self._subject = kind
        self._codes = Codes(column, place.codes) if column.codes else None
        self._changes = Changes(definitions) if column.kind == "changes" else None

    def told(self, cells: Mapping[int, Cell]) -> bool:
        """Whether the row itself says anything of it."""
        return any(column in cells for column in self.place.columns())

    def read(self, cells: Mapping[int, Cell], draft: dict[str, Any]) -> Any:
        """The value in a row, a Problem, or None where there is none."""
        cell = self._cell(cells)
        if isinstance(cell, Problem):
            return cell
        if cell is None or self._says_nothing(cell):
            return self.place.fixed
        found = _unreadable(cell, self.column.kind in _NUMBERS)
        if found is not None:
            return found
        return self._value(self._replaced(cell), draft)

    def _cell(self, cells: Mapping[int, Cell]) -> Cell | Problem | None:
        if not self.place.pattern:
            return cells.get(self.place.column)
        missing = [name for name, at in self.place.parts.items() if at not in cells]
        if missing:
            return None if len(missing) == len(self.place.parts) else _part_missing(missing[0])
        texts: dict[str, str] = {}
        for name, at in self.place.parts.items():
            told = _unreadable(cells[at], False) or identifier_in(cells[at])
            if isinstance(told, Problem):
                return told
            texts[name] = told
        return Cell(_SEVERAL.sub(lambda found: texts[found[1]], self.place.pattern))

    def _says_nothing(self, cell: Cell) -> bool:
        # A dash may be a zero among numbers; elsewhere it only says that there is nothing.
        if not isinstance(cell.value, str) or cell.fault or self.column.kind in _NUMBERS:
            return False
        return is_mark_of_nothing(cell.value)

    def _replaced(self, cell: Cell) -> Cell:
        value = cell.value
        if not self.place.replace or not isinstance(value, str):
            return cell
        for old, new in self.place.replace:
            value = value.replace(old, new)
        return msgspec.structs.replace(cell, value=value)

    def _value(self, cell: Cell, draft: dict[str, Any]) -> Any:
        match self.column.kind:
            case "subject":
                return self._named(identifier_in(cell))
            case "identifier":
                return identifier_in(cell)
            case "date":
                return date_in(cell)
            case "integer":
                return whole_in(cell, working_days=self.column.schema.get("unit") == "working-day")
            case "money":
                return money_in(cell, self.place.units)
            case "quantity":
                return self._quantity(cell, draft)
            case "boolean":
                return boolean_in(cell)
            case "code" if self._codes:
                return self._code(cell, draft, self._codes)
            case "codes" if self._codes:
                return self._codes.several_in(cell)
            case "changes" if self._changes:
                return self._changes.read(cell)
            case _:
                return text_in(cell)

    def _named(self, told: str | Problem) -> str | Problem:
        """A subject in full: its kind may be left out, since the sheet says it."""
        if isinstance(told, Problem) or self._subject == "event" or ":" in told:
            return told
        return f"{self._subject}:{told}"

    def _code(self, cell: Cell, draft: dict[str, Any], codes: Codes) -> str | Problem:
        state = draft["data"].get("state")
        if self.column.states and state is not None and state not in self.column.states:
            return Problem("not-of-this-state", params=self._named_state(state))
        return codes.one_in(cell)

    def _named_state(self, state: str) -> dict[str, str]:
        listed = self._states[state]
        return {"state": listed["title"], "state_en": listed["i18n"]["en"]["title"]}

    def _quantity(self, cell: Cell, draft: dict[str, Any]) -> int | Problem | None:
        state = draft["data"].get("state")
        if state is None:
            return None
        if self._states[state]["unit"] == "fen":
            return money_in(cell, self.place.units)
        return whole_in(cell)


def is_blank(cell: Cell) -> bool:
    """Whether a cell holds blanks only."""
    return isinstance(cell.value, str) and not cell.fault and not trimmed(cell.value)


def _unreadable(cell: Cell, counts: bool) -> Problem | None:
    """What keeps a cell from being read, whatever it should hold."""
    match cell.fault:
        case "error":
            return Problem("cell-error", params={"value": str(cell.value)[:60]})
        case "formula":
            return Problem("formula-without-value")
        case "serial":
            return Problem("no-such-day", params={"value": str(cell.value)[:60]})
    if cell.merged == "across":
        return Problem("merged-across")
    if cell.merged == "down" and counts:
        return Problem("merged-number")
    return None


def _part_missing(heading: str) -> Problem:
    return Problem("part-missing", params={"heading": heading})
