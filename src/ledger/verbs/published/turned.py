"""A table of one row that is printed standing: its column headers one below the other."""

from __future__ import annotations

import msgspec

from ledger.rooms.files import Grid
from ledger.verbs.printed import looks_printed
from ledger.verbs.published.labels import FormTable, likeness, wording
from ledger.verbs.published.placing import Value


def standing_values(grid: Grid, table: FormTable) -> list[Value]:
    """The values of a one-row table beside its headers; none unless all headers stand in order."""
    if table.single_row is None or grid.height < len(table.columns):
        return []
    values: list[Value] = []
    for number, line in enumerate(grid.lines()):
        texts = list({id(cell): cell.text for cell in line if cell is not None}.values())
        labels = [text for text in texts if text and not looks_printed(text)]
        rest = [text for text in texts if text and looks_printed(text)]
        if not labels or not table.leaf(labels[-1]):
            continue
        if len(rest) > 1 or len(values) == len(table.columns):
            return []
        column, wordings = table.columns[len(values)]
        rank = max(likeness(wording(labels[-1]), label) for label in wordings)
        if not rank or table.leaf(labels[-1]) != wordings[0].full:
            return []
        place = msgspec.structs.replace(grid.place, row=number + 1)
        values.append(Value(column, rank, rest[0] if rest else "", place, " ".join(labels)))
    return values if len(values) == len(table.columns) else []
