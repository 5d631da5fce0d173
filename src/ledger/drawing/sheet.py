"""A drawing as values: a title, lines, and grids of text; every format is made from these."""

from __future__ import annotations

import msgspec


class Grid(msgspec.Struct, frozen=True):
    """Rows under headings; `right` are the columns whose text is set to the right."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    caption: str = ""
    right: frozenset[int] = frozenset()


class Sheet(msgspec.Struct, frozen=True):
    """A page: parts are lines of text and grids, in order."""

    title: str
    parts: tuple[str | Grid, ...]
