"""Drawing a sheet as text: ruled and coloured on a terminal, plain lines with tabs elsewhere."""

from __future__ import annotations

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from ledger.drawing.sheet import Grid, Sheet


def draw(sheet: Sheet, console: Console) -> None:
    """Writes a sheet to a console."""
    if not console.is_terminal:
        for line in plain(sheet):
            print(line, file=console.file)  # rich would turn tabs into blanks
        return
    if sheet.title:
        console.print(Text(sheet.title, style="bold"))
    for part in sheet.parts:
        if isinstance(part, Grid):
            console.print(_table(part))
        else:
            console.print(Text(part))


def plain(sheet: Sheet) -> list[str]:
    """A sheet as lines to paste or to cut: cells are parted by tabs."""
    lines = [sheet.title] if sheet.title else []
    for part in sheet.parts:
        if isinstance(part, Grid):
            lines += ["", part.caption] if part.caption else [""]
            lines += ["\t".join(row) for row in (part.headings, *part.rows) if any(row)]
        else:
            lines.append(part)
    return lines


def _table(grid: Grid) -> Table:
    table = Table(
        title=grid.caption or None,
        title_justify="left",
        title_style="bold",
        box=SIMPLE_HEAD,
        show_header=any(grid.headings),
        pad_edge=False,
    )
    for at, heading in enumerate(grid.headings):
        right = at in grid.right
        table.add_column(
            heading, justify="right" if right else "left", no_wrap=right, overflow="fold"
        )
    for row in grid.rows:
        table.add_row(*(Text(cell) for cell in row))
    return table
