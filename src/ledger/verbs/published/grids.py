"""Tables with their grid: each value is placed by the labels over it and to its left."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

import msgspec
from msgspec import Struct

from ledger.rooms.files import Cell, Grid, Paragraph
from ledger.verbs.printed import looks_printed
from ledger.verbs.published.headers import Headers, Line, Over
from ledger.verbs.published.labels import EXACT, NEAR, PART, FormTable, letters, wording
from ledger.verbs.published.passages import readable
from ledger.verbs.published.placing import Placement, Value, whole_row
from ledger.verbs.published.turned import standing_values
from ledger.words.figures import Row
from ledger.words.published import Place

_COUNTED = re.compile(r"[+-]?[\d,.]+\s*[^\W\d_]{1,3}")
"""A number with its unit."""
_SHORT = 4
"""Signs of a word that may stand for a number: 无, 未统计."""


class _Match(Struct):
    """What the labels of a printed row say of it."""

    table: FormTable
    row: Row
    rank: int
    over: dict[int, Over]
    words: str

    @property
    def weight(self) -> tuple[int, int]:
        return len({over.column.id for over in self.over.values()}), self.rank


class GridReader:
    """Reads the grids of a file one after the other: a table may go on in the next grid."""

    def __init__(self, placement: Placement) -> None:
        self._placement = placement
        self._form = placement.form
        self._headers = Headers(0)
        self._worn = False  # whether values stood under the headers, so that the next ones are new
        self._last: FormTable | None = None
        self._own = True  # whether the headers stand in this grid, and not in the one before
        self._spanning: tuple[Cell, int] | None = None
        self._stating = False  # whether the last row said what the form has said in its text

    def read(self, grid: Grid) -> Iterator[Paragraph]:
        """Places a grid's values; its rows that are text, and no part of a table, come back."""
        for table in self._form.tables:
            if values := standing_values(grid, table):
                self._put_standing(table, values)
                return
        carried = self._last is not None and self._headers.width == grid.width
        self._headers = self._headers if carried else Headers(grid.width)
        self._worn, self._own = True, not carried
        unknown: list[tuple[str, int]] = []
        placed = False
        lines = grid.lines()
        for number, line in enumerate(lines):
            cells = _distinct(line)
            if not any(cell.row == number for cell in cells):
                continue  # an empty row, or one into which cells of those above only reach
            texts = [cell.text for cell in cells if cell.text]
            self._placement.see(texts)
            if not texts and (self._worn or _has_values_next(lines[number + 1 : number + 4])):
                continue
            if self._is_stated(texts):
                yield Paragraph(f"{readable(''.join(texts))}。", _place(grid, number))
            elif self._is_header(cells):
                if self._worn:
                    self._headers = Headers(grid.width)
                    self._worn, self._own = False, True
                self._headers.add(line)
            elif self._place(line, cells, grid, number):
                placed = self._worn = True
            elif len(texts) == 1 and not self._form.is_label(texts[0]):
                yield Paragraph(texts[0], _place(grid, number))
            elif any(_is_number(cell) for cell in cells):
                unknown.append((" ".join(texts), number))
            elif self._worn and not all(map(self._form.is_label, texts)):
                # Headers that no form has: those from before do not stand over what follows.
                self._headers, self._own = Headers(grid.width), True
        self._tell(unknown, grid, placed)

    def _is_stated(self, texts: Sequence[str]) -> bool:
        """Whether a row says what the form has said in the text: 主动公开政府信息, 70, 条."""
        label = letters(texts[0]) if 2 <= len(texts) <= 3 else ""
        # A label that a table has too means the text's own only among others of the text.
        known = label in self._form.in_prose and (self._stating or label not in self._form.words)
        self._stating = known and bool(_COUNTED.fullmatch("".join(texts[1:])))
        return self._stating

    def _put_standing(self, table: FormTable, values: Sequence[Value]) -> None:
        assert table.single_row is not None
        self._placement.see(str(value.words) for value in values)
        self._placement.put(table, table.single_row, EXACT, "", values)
        self._last = None

    def _tell(self, unknown: Sequence[tuple[str, int]], grid: Grid, placed: bool) -> None:
        if placed:
            for text, number in unknown:
                self._placement.leave("row-not-known", text, _place(grid, number))
        elif unknown:
            text = " / ".join(text for text, _ in unknown[:3])
            self._placement.leave("table-not-known", text, grid.place)

    def _is_header(self, cells: Sequence[Cell]) -> bool:
        """Words of columns and no numbers, and no row label with its cells left blank."""
        if any(_is_number(cell) for cell in cells):
            return False
        texts = [cell.text for cell in cells if cell.text]
        tables = self._form.tables
        if any(sum(table.is_column_word(text, NEAR) for text in texts) > 1 for table in tables):
            return True
        if not any(table.is_header_alone(text) for table in tables for text in texts):
            return False
        labels, rest = _split(cells)
        known = [table.row(labels) for table in self._form.tables] if labels and rest else []
        return not any(row and row[1] >= NEAR for row in known)

    def _place(self, line: Line, cells: Sequence[Cell], grid: Grid, number: int) -> bool:
        """Places the values of a row; False where it is no row of a table."""
        match = self._match(line)
        moved = grid.flows and not self._headers.stand_over(line)
        if match is None or moved or _is_shifted(line, match):
            return self._place_by_order(cells, grid, number, match)
        values = []
        for column in {over.column.id: over.column for over in match.over.values()}.values():
            places = [at for at, over in match.over.items() if over.column is column]
            under = {id(cell): (cell, at) for at in places if (cell := line[at]) is not None}
            # A header may span more places than its value: the blank ones are then no values.
            filled = [each for each in under.values() if each[0].text] or list(under.values())[:1]
            if len({cell.text for cell, _ in filled}) == 1:
                filled = filled[:1]  # one value, split and filled as its header was
            for cell, at in filled:
                place = _place(grid, number, at)
                if len(filled) > 1 or self._covers_more(cell, line, match):
                    if cell.text and (cell, number) != self._spanning:
                        self._placement.leave("over-columns", cell.text, place)
                        self._spanning = (cell, number)
                    if cell.text or len(filled) > 1:
                        continue
                over = match.over[at]
                values.append(Value(column, over.rank, cell.text, place, over.words))
        self._placement.put(match.table, match.row, match.rank, match.words, values)
        self._last = match.table
        return True

    def _covers_more(self, cell: Cell, line: Line, match: _Match) -> bool:
        """Whether one value stands for several columns, or for more rows than its label."""
        columns = {over.column.id for at, over in match.over.items() if line[at] is cell}
        beside = [other.rows for other in line if other and other.column < cell.column]
        return len(columns) > 1 or cell.rows > min(beside, default=cell.rows)

    def _match(self, line: Line) -> _Match | None:
        """The table, row and columns that all labels of a row agree on."""
        found: list[_Match] = []
        for table in self._form.tables:
            if not self._own and table is not self._last:
                continue
            over = self._headers.over(table)
            if not over:
                continue
            labels = [cell.text for cell in _distinct(line[: min(over)]) if cell.text]
            named = table.row(labels) if labels else None
            says = not labels or any((cell := line[at]) is not None and cell.text for at in over)
            if named is None and table.single_row and says and _holds_values(line, over, table):
                named = (table.single_row, EXACT)
            if named is not None:
                found.append(_Match(table, *named, over, " ".join(labels)))
        found.sort(key=lambda match: match.weight, reverse=True)
        if not found or (len(found) > 1 and found[0].weight == found[1].weight):
            return None
        return found[0]

    def _place_by_order(
        self, cells: Sequence[Cell], grid: Grid, number: int, match: _Match | None
    ) -> bool:
        """Places a row by the number of its values, where no headers stand straight over them."""
        labels, rest = _split(cells)
        named = self._named(labels) if match is None else (match.table, match.row, match.rank)
        if named is None or not rest:
            return False
        table, row, rank = named
        texts = [cell.text for cell in rest]
        width = len(table.columns)
        place = _place(grid, number)
        straight = grid.spans and match is None and len(texts) == width
        reading = tuple(texts) if straight else whole_row(texts, width)
        if reading is None:
            self._placement.leave_row(table, row, texts, place)
            return True
        values = [
            Value(column, rank, text, place)
            for (column, _), text in zip(table.columns, reading, strict=True)
        ]
        self._placement.put(table, row, rank, " ".join(labels), values)
        self._last = table
        return True

    def _named(self, labels: Sequence[str]) -> tuple[FormTable, Row, int] | None:
        """The row that labels name without headers: one of the table that goes on, else any one."""
        if not labels:
            return None
        if self._last is not None:
            row = self._last.row(labels)
            if row and row[1] >= PART:
                return (self._last, *row)
        found = [
            (table, *row)
            for table in self._form.tables
            if (row := table.row(labels)) and row[1] >= NEAR
        ]
        return found[0] if len(found) == 1 else None


def _has_values_next(lines: Sequence[Line]) -> bool:
    """Whether the next row in which anything stands is one of values: a blank one above it is none."""
    filled = ([cell.text for cell in _distinct(line) if cell.text] for line in lines)
    following = next(filter(None, filled), [])
    return bool(following) and all(map(looks_printed, following))


def _is_shifted(line: Line, match: _Match) -> bool:
    """Whether the values stand beside their headers: a label under one, or a number beyond them."""
    first, last = min(match.over), max(match.over)
    for at, cell in enumerate(line):
        if cell is None or not cell.text:
            continue
        if at in match.over:
            named = None if looks_printed(cell.text) else match.table.row([cell.text])
            in_group = wording(cell.text).full in match.table.spanning
            if in_group or (named and named[1] >= NEAR):
                return True
        elif at > first and _is_number(cell):
            return True
    before, end = line[first - 1] if first else None, line[last]
    return bool(before and _is_number(before) and not (end and end.text))


def _holds_values(line: Line, over: Collection[int], table: FormTable) -> bool:
    """Whether a row without labels is that of values under most columns of a table.

    A word alone, 无。 of the section that follows on the same sheet, is no row of values.
    """
    texts = [cell.text for at in over if (cell := line[at]) is not None]
    words = [text for text in texts if not looks_printed(text)]
    short = all(len(text) <= _SHORT for text in words)
    lone = words and not any(text and looks_printed(text) for text in texts)
    return short and 2 * len(over) >= len(table.columns) and not (lone and len(set(words)) == 1)


def _split(cells: Sequence[Cell]) -> tuple[list[str], list[Cell]]:
    """The header cells that a row begins with, and the cells after them."""
    at = 0
    labels: list[str] = []
    while at < len(cells) and (not looks_printed(cells[at].text) or not (cells[at].text or labels)):
        labels += [cells[at].text] if cells[at].text else []
        at += 1
    return labels, list(cells[at:])


def _distinct(line: Line) -> list[Cell]:
    """The cells of a row, each once."""
    return list({id(cell): cell for cell in line if cell is not None}.values())


def _is_number(cell: Cell) -> bool:
    return looks_printed(cell.text) and any(sign.isdecimal() for sign in cell.text)


def _place(grid: Grid, row: int, column: int = -1) -> Place:
    return msgspec.structs.replace(grid.place, row=row + 1, column=column + 1)
