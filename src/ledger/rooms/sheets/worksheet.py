"""The rows of a sheet of a workbook, one after the other, merged cells told apart.

The streaming reader of openpyxl knows no merged cells, cannot tell a formula that was never
calculated from a blank, believes the size that a sheet claims, and misses the Chinese date formats.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from decimal import Decimal

import msgspec

from ledger.rooms.packages import damaged
from ledger.rooms.sheets import limits
from ledger.rooms.sheets.cells import Cell, Fault, Row, Value, number_of
from ledger.rooms.sheets.formats import GENERAL, moment, shows_day
from ledger.rooms.sheets.markup import walk
from ledger.rooms.sheets.parts import unescaped


class Merge(msgspec.Struct, frozen=True, order=True):
    """A merged range, its first and last rows and columns included."""

    top: int
    left: int
    bottom: int
    right: int


class Content(msgspec.Struct, frozen=True):
    """What the cells of a sheet refer to."""

    strings: Sequence[str]
    formats: Sequence[str]
    since_1904: bool


def merges_of(chunks: Iterable[bytes]) -> list[Merge]:
    """The merged ranges of a sheet, from the top; they stand after its rows."""
    walker = _Merges()
    for _ in walk(chunks, walker):
        pass
    return sorted(walker.merges)


def rows_of(chunks: Iterable[bytes], content: Content, merges: Sequence[Merge]) -> Iterator[Row]:
    """The rows that hold something; a cell that others are merged into stands in each of them."""
    walker = _Rows(content)
    spread = _Spread(merges)
    for _ in walk(chunks, walker):
        done, walker.done = walker.done, []
        for row in done:
            yield spread.over(row)


class _Merges:
    def __init__(self) -> None:
        self.merges: list[Merge] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name != "mergeCell":
            return
        if len(self.merges) >= limits.MERGES:
            raise damaged(f"more than {limits.MERGES} merged ranges")
        first, _, last = attributes.get("ref", "").partition(":")
        top, left = _place(first)
        bottom, right = _place(last or first)
        self.merges.append(Merge(top, left, bottom, right))

    def end(self, name: str) -> None:
        """Nothing more."""

    def text(self, data: str) -> None:
        """Text says nothing here."""


class _Spread:
    """Repeats what stands in the first cell of a merged range in the other cells of it."""

    def __init__(self, merges: Sequence[Merge]) -> None:
        self._merges = list(reversed(merges))
        self._open: list[tuple[Merge, Cell | None]] = []

    def over(self, row: Row) -> Row:
        """The row with what its merged ranges say; what lies under a range is not seen."""
        self._open = [opened for opened in self._open if opened[0].bottom >= row.number]
        own = row.cells
        cells = dict(own)
        self._repeat(cells)
        while self._merges and self._merges[-1].top <= row.number:
            merge = self._merges.pop()
            if merge.bottom >= row.number:
                self._begin(merge, own if merge.top == row.number else {}, cells)
        if sum(merge.right - merge.left + 1 for merge, _ in self._open) > limits.LAST_COLUMN:
            raise damaged("merged ranges overlap")
        return Row(row.number, dict(sorted(cells.items())), row.hidden) if self._open else row

    def _begin(self, merge: Merge, own: dict[int, Cell], cells: dict[int, Cell]) -> None:
        """Rows that hold nothing are not told: a range that began in one of them is empty."""
        first = own.get(merge.left)
        merged = "across" if merge.right > merge.left else "down"
        repeated = first and msgspec.structs.replace(first, merged=merged, repeated=True)
        self._open.append((merge, repeated))
        _cover(cells, merge, repeated)
        if first is not None:
            cells[merge.left] = msgspec.structs.replace(first, merged=merged)

    def _repeat(self, cells: dict[int, Cell]) -> None:
        for merge, repeated in self._open:
            _cover(cells, merge, repeated)


def _cover(cells: dict[int, Cell], merge: Merge, repeated: Cell | None) -> None:
    for column in [column for column in cells if merge.left <= column <= merge.right]:
        del cells[column]
    if repeated is not None:
        for column in range(merge.left, min(merge.right, merge.left + _WIDEST) + 1):
            cells[column] = repeated


_WIDEST = 200
"""Columns over which a merged cell is repeated; no register is wider."""


class _Rows:
    """Puts rows together from their elements."""

    def __init__(self, content: Content) -> None:
        self.done: list[Row] = []
        self._content = content
        self._inside = False
        self._row = self._column = 0
        self._hidden = False
        self._cells: dict[int, Cell] = {}
        self._type = self._format = ""
        self._formula = False
        self._pieces: list[str] = []
        self._length = 0
        self._takes = False
        self._spoken = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if not self._inside:
            self._inside = name == "sheetData"
            return
        self._takes = False
        match name:
            case "c":
                self._begin_cell(attributes)
            case "v":
                self._takes = True
            case "t":
                self._takes = not self._spoken
            case "f":
                self._formula = True
            case "row":
                self._begin_row(attributes)
            case "rPh":
                self._spoken += 1

    def end(self, name: str) -> None:
        if not self._inside:
            return
        self._takes = False
        match name:
            case "c":
                self._end_cell()
            case "row":
                if self._cells:
                    self.done.append(Row(self._row, self._cells, self._hidden))
            case "rPh":
                self._spoken -= 1
            case "sheetData":
                self._inside = False

    def text(self, data: str) -> None:
        if self._takes:
            self._length += len(data)
            if self._length > limits.CELL_CHARACTERS:
                raise damaged(f"a cell of more than {limits.CELL_CHARACTERS} characters")
            self._pieces.append(data)

    def _begin_row(self, attributes: dict[str, str]) -> None:
        given = attributes.get("r")
        number = _whole(given) if given is not None else self._row + 1
        if not self._row < number <= limits.LAST_ROW:
            raise damaged(f"row {number} after row {self._row}")
        self._row, self._column, self._cells = number, 0, {}
        self._hidden = attributes.get("hidden") in ("1", "true")

    def _begin_cell(self, attributes: dict[str, str]) -> None:
        given = attributes.get("r")
        row, column = _place(given) if given is not None else (self._row, self._column + 1)
        if row != self._row or not self._column < column <= limits.LAST_COLUMN:
            raise damaged(f"cell {given} in row {self._row}")
        self._column = column
        self._type = attributes.get("t", "n")
        style = _whole(attributes.get("s", "0"))
        formats = self._content.formats
        self._format = formats[style] if style < len(formats) else ""
        self._formula = False
        self._pieces, self._length = [], 0

    def _end_cell(self) -> None:
        # An empty text is a result; of any other kind, an empty value was never calculated.
        if self._formula and not self._pieces and self._type != "str":
            self._cells[self._column] = Cell("", fault="formula")
        elif self._pieces:
            cell = self._cell("".join(self._pieces))
            if cell is not None:
                self._cells[self._column] = cell

    def _cell(self, raw: str) -> Cell | None:
        shown = "" if self._format.lower() in GENERAL else self._format
        match self._type:
            case "n":
                return _number(raw, shown, self._content.since_1904)
            case "s":
                at = _whole(raw.strip())
                if at >= len(self._content.strings):
                    raise damaged(f"shared string {at}")
                value: Value = self._content.strings[at]
            case "str" | "inlineStr":
                value = unescaped(raw)
            case "b":
                value = raw.strip() in ("1", "true")
            case "d":
                return _moment(raw.strip(), shown)
            case "e":
                return Cell(raw, fault="error")
            case _:
                raise damaged(f"a cell of type {self._type}")
        return None if isinstance(value, str) and not value.strip() else Cell(value, shown)


def _number(raw: str, shown: str, since_1904: bool) -> Cell:
    try:
        number = float(raw)
    except ValueError:
        raise damaged(f"{raw[:40]} is not a number") from None
    if not math.isfinite(number):
        raise damaged(f"{raw[:40]} is not a number")
    if shown and shows_day(shown):
        found = moment(number, since_1904=since_1904)
        if found is None:
            return Cell(raw, shown, fault="serial")
        return Cell(found, shown)
    # Fifteen digits are all that a spreadsheet shows: 179.80000000000001 is 179.8.
    return Cell(Decimal(format(number, ".15g")), shown)


def _moment(raw: str, shown: str) -> Cell:
    try:
        return Cell(datetime.fromisoformat(raw).replace(tzinfo=None), shown)
    except ValueError:
        fault: Fault = "serial"
        return Cell(raw, shown, fault)


def _whole(text: str) -> int:
    if not text.isascii() or not text.isdecimal() or len(text) > 10:
        raise damaged(f"{text[:20]} is not a number")
    return int(text)


def _place(reference: str) -> tuple[int, int]:
    """The row and column of C7."""
    name = reference.rstrip("0123456789")
    try:
        return _whole(reference[len(name) :]), number_of(name)
    except ValueError as error:
        raise damaged(str(error)) from None
