"""What every reader of a file hands on: paragraphs and grids in reading order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

import msgspec
from msgspec import Struct

from ledger.rooms.files import limits
from ledger.words.problems import Problem, Refusal
from ledger.words.published import Media, Place

_NOT_PRINTED = re.compile("[\0-\x08\x0e-\x1f\x7f\xad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
"""Signs without a shape, such as blanks of no width, which web pages put between digits."""


class Paragraph(Struct, frozen=True, tag=True):
    """A run of text; tabs and line ends in it are those of the file."""

    text: str
    place: Place = Place()


class Cell(Struct, frozen=True):
    """A cell that covers `rows` x `columns` places of its grid, from `row`, `column` on (from 0)."""

    text: str
    row: int
    column: int
    rows: int = 1
    columns: int = 1


class Grid(Struct, frozen=True, tag=True):
    """A table with its spans as the file has them."""

    cells: tuple[Cell, ...]
    place: Place = Place()
    spans: bool = True
    """Whether its spans are those of the table; else a cell that spans stands in the first place."""
    flows: bool = False
    """Whether a cell takes the next free place, so that one cell too few moves those after it."""

    @property
    def height(self) -> int:
        """Rows, counting those that spans reach."""
        return max((cell.row + cell.rows for cell in self.cells), default=0)

    @property
    def width(self) -> int:
        """Columns, counting those that spans reach."""
        return max((cell.column + cell.columns for cell in self.cells), default=0)

    def lines(self) -> list[list[Cell | None]]:
        """For each row the cell over each column; None where the file has none."""
        lines: list[list[Cell | None]] = [[None] * self.width for _ in range(self.height)]
        for cell in self.cells:
            for row in range(cell.row, cell.row + cell.rows):
                for column in range(cell.column, cell.column + cell.columns):
                    lines[row][column] = lines[row][column] or cell
        return lines


Block = Paragraph | Grid


class Content(Struct, frozen=True):
    """A file as read: `head` is a title that stands outside the text, `lacks` what could not be read."""

    media: Media
    blocks: tuple[Block, ...]
    head: str = ""
    lacks: tuple[Problem, ...] = ()


class Box(Struct):
    """A cell before it is known whether it is one: it may hold paragraphs and further tables."""

    blocks: list[Block]
    row: int
    column: int
    rows: int = 1
    columns: int = 1

    @property
    def text(self) -> str:
        """Its paragraphs, one a line."""
        return "\n".join(part.text for part in self.blocks if isinstance(part, Paragraph)).strip()


def laid_out(boxes: Sequence[Box]) -> Iterator[Block]:
    """A table as blocks: one that only arranges text and other tables is taken apart."""
    filled = [box for box in boxes if box.blocks]
    if len({box.column for box in boxes}) <= 1 or len(filled) == 1:
        for box in filled:
            yield from box.blocks
        return
    height = max(box.row + box.rows for box in boxes)
    check_size(height * max(box.column + box.columns for box in boxes))
    rows: list[list[Box]] = [[] for _ in range(height)]
    apart: set[int] = set()
    for box in boxes:
        rows[box.row].append(box)
        if any(isinstance(part, Grid) for part in box.blocks):
            apart.update(range(box.row, box.row + box.rows))
    for is_apart, numbers in groupby(range(height), key=apart.__contains__):
        first, *_, last = (*(span := list(numbers)), span[-1])
        within = [box for row in rows[first : last + 1] for box in row]
        if is_apart:
            for box in within:
                yield from box.blocks
        elif within:
            yield _grid(within, first, last)


def _grid(boxes: Iterable[Box], first: int, last: int) -> Grid:
    return Grid(
        tuple(
            Cell(
                box.text,
                box.row - first,
                box.column,
                min(box.rows, last + 1 - box.row),
                box.columns,
            )
            for box in boxes
        ),
        flows=True,
    )


def note(text: str) -> str:
    """Raised or lowered signs in brackets: no digit of them may join the number before them."""
    shown = text.strip()
    return f"[{shown.strip('[]')}]" if shown else ""


def numbered(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """The blocks with the numbers of their tables and paragraphs; empty paragraphs are left out."""
    done: list[Block] = []
    tables = paragraphs = size = characters = 0
    for block in map(_printed, blocks):
        if isinstance(block, Grid):
            tables += 1
            size += block.height * block.width
            characters += sum(len(cell.text) for cell in block.cells)
            place = msgspec.structs.replace(block.place, table=tables)
        elif block.text.strip():
            paragraphs += 1
            size += 1
            characters += len(block.text)
            place = msgspec.structs.replace(block.place, paragraph=paragraphs)
        else:
            continue
        check_size(size)
        if characters > limits.CHARACTERS:
            raise Refusal(Problem("too-much-text", params={"limit": limits.CHARACTERS}))
        done.append(msgspec.structs.replace(block, place=place))
    return tuple(done)


def _printed(block: Block) -> Block:
    """A block without the signs that nobody sees."""
    if isinstance(block, Paragraph):
        return msgspec.structs.replace(block, text=_NOT_PRINTED.sub("", block.text))
    cells = (
        msgspec.structs.replace(cell, text=_NOT_PRINTED.sub("", cell.text).strip())
        if _NOT_PRINTED.search(cell.text)
        else cell
        for cell in block.cells
    )
    return msgspec.structs.replace(block, cells=tuple(cells))


def check_size(cells: int) -> None:
    """Refuses a file of more cells than a report can have."""
    if cells > limits.CELLS:
        raise Refusal(Problem("too-many-cells", params={"limit": limits.CELLS}))
