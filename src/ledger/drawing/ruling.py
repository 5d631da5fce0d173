"""The tables of a report as they are ruled: boxes with spans, the same for every document."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Literal

import msgspec

from ledger.drawing.paper import Block, Part, Printed
from ledger.words.figures import Text

Kind = Literal["caption", "corner", "head", "label", "figure"]


class Box(msgspec.Struct, frozen=True):
    """A cell of a ruled table with what stands in it and how far it spans."""

    kind: Kind
    content: Text | Printed
    columns: int = 1
    rows: int = 1

    def text(self, language: str) -> str:
        """What is printed in it."""
        if isinstance(self.content, Printed):
            return self.content.text(language)
        return self.content[language]


class Ruled(msgspec.Struct, frozen=True):
    """A table in one frame; `labels` columns of row headings, `head` header rows to repeat."""

    columns: int
    labels: int
    head: int
    rows: tuple[tuple[Box, ...], ...]

    def placed(self) -> Iterator[tuple[int, int, Box]]:
        """Every box with the row and column of its upper left corner, from 0."""
        taken: set[tuple[int, int]] = set()
        for at, row in enumerate(self.rows):
            column = 0
            for box in row:
                while (at, column) in taken:
                    column += 1
                yield at, column, box
                taken |= {
                    (at + down, column + right)
                    for down in range(box.rows)
                    for right in range(box.columns)
                }


def ruled_tables(part: Part) -> list[Ruled]:
    """The tables of a section; those that stand under headings of their own share one frame."""
    found = []
    for headed, blocks in groupby(part.tables, lambda block: block.table.heading is not None):
        tables = [(block, _ruled(block)) for block in blocks]
        found += [_stacked(tables)] if headed else [table for _, table in tables]
    return found


def _ruled(block: Block) -> Ruled:
    head = tuple(
        tuple(
            Box(
                "head" if row or at or not block.labels else "corner",
                *msgspec.structs.astuple(each),
            )
            for at, each in enumerate(headings)
        )
        for row, headings in enumerate(block.head)
    )
    lines = tuple(
        (
            *(Box("label", each.text, each.columns, each.rows) for each in line.headings),
            *(Box("figure", cell) for cell in line.cells),
        )
        for line in block.lines
    )
    return Ruled(block.columns, block.labels, len(head), (*head, *lines))


def _stacked(tables: list[tuple[Block, Ruled]]) -> Ruled:
    """Tables one below the other; what stands at the right edge of a narrower one is wider."""
    columns = max(table.columns for _, table in tables)
    rows: list[tuple[Box, ...]] = []
    for block, table in tables:
        rows += [(Box("caption", block.table.heading or block.table.label, columns),)]
        rows += _widened(table, columns - table.columns)
    return Ruled(columns, min(table.labels for _, table in tables), 0, tuple(rows))


def _widened(table: Ruled, wider: int) -> list[tuple[Box, ...]]:
    rows: list[list[Box]] = [[] for _ in table.rows]
    for row, column, box in table.placed():
        at_edge = column + box.columns == table.columns
        more = wider if at_edge else 0
        rows[row].append(msgspec.structs.replace(box, columns=box.columns + more))
    return [tuple(row) for row in rows]
