"""Reports as offices publish them, with an overview and a preamble of ours."""

from __future__ import annotations

from collections.abc import Callable

from ledger.words.figures import Edition
from offices import STYLES, Cells, Part, as_html, parts


def made(
    edition: Edition,
    cells: Cells,
    overview: str,
    *,
    organ: str = "示例市民政局",
    year: int = 2023,
    preamble: str = "",
    file: Callable[[list[Part]], bytes] = as_html,
) -> bytes:
    """The bytes of a report; tables of which no cell is given are left out."""
    told = parts(edition, cells, organ, year, STYLES[0])
    at = told.index(edition.sections[0].caption().zh) + 1
    told[at : at + 1] = overview.splitlines()
    told[2:2] = preamble.splitlines()
    return file(told)
