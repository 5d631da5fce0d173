"""Lines of text with tabs, or between upright strokes, as a pasted table leaves them: grids without spans."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

import msgspec

from ledger.rooms.files import Block, Cell, Grid, Paragraph

_CLOSED = re.compile(r"[|｜].*[|｜]\s*$")
_STROKES = re.compile(r"[|｜](.*[|｜].*)[|｜]")


def gridded(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks with lines of fields made grids, where lines that follow each other are as wide.

    A line of another width than those around it stays text: a field of it was lost, and nobody
    knows which.
    """
    for is_ruled, run in groupby(_lines(blocks), key=_is_ruled):
        lines = list(run)
        # Strokes heaped at the end, or left out, stand for merged cells, wherever they were in the row.
        straight = not is_ruled or (
            all(map(_is_straight, lines)) and len(set(map(_width, lines))) == 1
        )
        for is_tabbed, group in groupby(map(_tabbed, lines) if straight else lines, key=_is_tabbed):
            if is_tabbed:
                yield from _grids([line for line in group if isinstance(line, Paragraph)])
            else:
                yield from group


def _lines(blocks: Iterable[Block]) -> Iterator[Block]:
    for block in blocks:
        if isinstance(block, Paragraph) and "\t" in block.text and "\n" in block.text:
            yield from (Paragraph(line, block.place) for line in block.text.split("\n"))
        else:
            yield block


def _is_ruled(block: Block) -> bool:
    return isinstance(block, Paragraph) and _CLOSED.search(block.text) is not None


def _width(block: Block) -> int:
    """How many strokes a line has."""
    return len(re.findall("[|｜]", block.text)) if isinstance(block, Paragraph) else 0


def _is_straight(block: Block) -> bool:
    """Whether a line has its strokes at both ends and nothing heaped up."""
    text = block.text.strip() if isinstance(block, Paragraph) else ""
    return _STROKES.fullmatch(text) is not None and not text.endswith(("||", "｜｜"))


def _tabbed(block: Block) -> Block:
    """A line that begins and ends with an upright stroke, with tabs in the place of the others."""
    found = _STROKES.fullmatch(block.text.strip()) if isinstance(block, Paragraph) else None
    if found is None:
        return block
    return Paragraph(re.sub(r" *[|｜] *", "\t", found[1]), block.place)


def _is_tabbed(block: Block) -> bool:
    return isinstance(block, Paragraph) and "\t" in block.text.strip("\n ")


def _grids(lines: Sequence[Paragraph]) -> Iterator[Block]:
    widths = Counter(line.text.count("\t") for line in lines)
    usual = max(widths, key=lambda width: (widths[width], width))
    for width, group in groupby(lines, key=lambda line: line.text.count("\t")):
        rows = list(group)
        # A narrower table begins with its headers; else a field of these lines was lost.
        if len(rows) < 2 or (width != usual and re.search(r"\d", rows[0].text)):
            yield from rows
            continue
        cells = (
            Cell(text.strip(), row, column)
            for row, line in enumerate(rows)
            for column, text in enumerate(line.text.split("\t"))
        )
        yield Grid(tuple(cells), msgspec.structs.replace(rows[0].place), spans=False)
