"""Tables that a page end cuts: where it cuts a row in two, the halves are put together again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from ledger.rooms.files import Block, Cell, Grid
from ledger.verbs.printed import looks_printed
from ledger.verbs.published.labels import Form


def over_pages(blocks: Iterable[Block], form: Form) -> Iterator[Block]:
    """The blocks, a table that goes on with half a row on the next page in one with its beginning."""
    held: Block | None = None
    for block in blocks:
        if held is not None and isinstance(held, Grid) and isinstance(block, Grid):
            joined = _joined(held, block, form)
            if joined is not None:
                held = joined
                continue
        if held is not None:
            yield held
        held = block
    if held is not None:
        yield held


def _joined(above: Grid, below: Grid, form: Form) -> Grid | None:
    """One grid where the last row above and the first below are the halves of one; else None."""
    turned = below.place.page > above.place.page
    if not turned or above.width != below.width or not (above.height and below.height):
        return None
    headers = below.height
    below = _without_headers(above, below)
    headers -= below.height
    upper, lower = above.lines()[-1], below.lines()[0] if below.height else []
    pairs = {
        (id(a), id(b)): (a, b)
        for a, b in zip(upper, lower, strict=False)
        if a is not None and b is not None
    }.values()
    both = [(a, b) for a, b in pairs if a.text and b.text]
    is_cut = all(_is_one_label(a, b, form) for a, b in both)
    is_rest = headers > 0 and _is_filled(upper) and not _is_filled(lower)
    if is_cut and (both or is_rest or _is_label_and_values(upper, lower)):
        return _merged(above, below)
    return None


def _is_filled(row: Sequence[Cell | None]) -> bool:
    """Whether anything stands in a row; the rest of a row that was full before the page end has nothing."""
    return any(cell is not None and cell.text for cell in row)


def _is_label_and_values(upper: Sequence[Cell | None], lower: Sequence[Cell | None]) -> bool:
    """Whether a row shows its label above the page end and its values, set lower, beneath it."""
    labels = [cell.text for cell in upper if cell and cell.text]
    values = [cell.text for cell in lower if cell and cell.text]
    return bool(values) and all(map(looks_printed, values)) and not any(map(looks_printed, labels))


def _is_one_label(above: Cell, below: Cell, form: Form) -> bool:
    whole = form.is_label(f"{above.text}{below.text}")
    return whole and not (form.is_label(above.text) and form.is_label(below.text))


def _without_headers(above: Grid, below: Grid) -> Grid:
    """The lower part without the rows of headers that the page begins with again."""
    texts = [[cell and cell.text for cell in line] for line in above.lines()]
    again = 0
    for number, line in enumerate(below.lines()):
        if number >= len(texts) or [cell and cell.text for cell in line] != texts[number]:
            break
        again += 1
    kept = (
        msgspec.structs.replace(cell, row=cell.row - again)
        for cell in below.cells
        if cell.row >= again
    )
    return msgspec.structs.replace(below, cells=tuple(kept))


def _merged(above: Grid, below: Grid) -> Grid:
    last = above.height - 1
    on_edge = {cell.column: cell for cell in above.cells if cell.row + cell.rows == last + 1}
    cells = [cell for cell in above.cells if cell.row + cell.rows <= last]
    for cell in below.cells:
        moved = msgspec.structs.replace(cell, row=cell.row + last)
        half = on_edge.get(cell.column) if cell.row == 0 else None
        if half is not None and half.columns == cell.columns:
            del on_edge[cell.column]
            text = f"{half.text}\n{cell.text}".strip("\n")
            rows = moved.row + moved.rows - half.row
            moved = Cell(text, half.row, half.column, rows, half.columns)
        cells.append(moved)
    return msgspec.structs.replace(above, cells=(*cells, *on_edge.values()))
