"""The page of an official document (GB/T 9704): its measures, and how tables are fitted into it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from ledger.drawing.ruling import Box, Ruled
from ledger.verbs.reporting import Setting

TOP, RIGHT, BOTTOM, LEFT = 37.0, 26.0, 35.0, 28.0
"""Margins in mm; GB/T 9704 gives those above and to the left, and the text between them."""
WIDTH, HEIGHT = 156.0, 225.0
"""The text of an A4 page in mm."""
TITLE_SIZE, TEXT_SIZE, TEXT_LEADING = 22.0, 16.0, 28.0
"""二号, 三号 and the distance between lines, in pt."""
PADDING = 0.9
"""Left and right of what stands in a box, in mm."""

_LARGE, _SMALL = 10.5, 9.0
"""五号 for tables of few columns, 小五 for those of many, in pt."""
_FEW = 6
_MM = 25.4 / 72
_TURNED_LENGTH = 24.0
_WORD = re.compile(r"[!-~]+")
"""What a line cannot be broken in; between Chinese characters it can."""


def title_lines(setting: Setting, language: str) -> tuple[str, ...]:
    """The title, the organ on a line of its own where the title begins with it."""
    title, organ = setting.title[language], setting.organ.name
    if not title.startswith(organ):
        return (title,)
    rest = title[len(organ) :]
    mark = rest[:1] if rest[:1] in ":：,，" else ""
    return organ + mark, rest[len(mark) :].strip()


def size(table: Ruled) -> float:
    """The size of what stands in a table, in pt."""
    return _SMALL if is_wide(table) else _LARGE


def is_wide(table: Ruled) -> bool:
    """Whether it has too many columns for a narrow screen."""
    return table.columns > _FEW


def widths(table: Ruled, language: str) -> tuple[float, ...]:
    """The widths of the columns in mm, together the width of the text."""
    figures = table.columns - table.labels
    labels = _label_widths(table, language)
    rest = (WIDTH - sum(labels)) / figures
    return (*labels, *[rest] * figures)


def turned(table: Ruled, language: str) -> float:
    """How high the header row is whose words must be turned to fit their columns, in mm; or 0."""
    wide = widths(table, language)
    narrow = any(
        length(word, size(table)) > wide[at] - 2 * PADDING
        for _, at, box in table.placed()
        if is_leaf(box)
        for word in _WORD.findall(box.text(language))
    )
    return _TURNED_LENGTH if narrow else 0.0


def is_leaf(box: Box) -> bool:
    """Whether it is the heading of one column."""
    return box.kind == "head" and box.columns == 1


def figure_size(box: Box, wide: Sequence[float], at: int, table: Ruled, language: str) -> float:
    """The size in pt at which a figure, however long, fits into its columns on one line."""
    room = sum(wide[at : at + box.columns]) - 2 * PADDING
    needed = length(box.text(language), size(table))
    return size(table) if needed <= room else round(size(table) * room / needed, 1)


def length(text: str, points: float) -> float:
    """About how long a text is on one line, in mm: a Chinese character is as wide as high."""
    ems = sum(1.0 if unicodedata.east_asian_width(sign) in "WF" else 0.56 for sign in text)
    return ems * points * _MM


def _label_widths(table: Ruled, language: str) -> tuple[float, ...]:
    if table.labels < 2:
        return (max(0.25, 1 / table.columns) * WIDTH,) * table.labels
    # Headings that span rows have height to break lines in; those of a single row have not.
    spanning = (0.1, 0.13) if language == "en" else (0.08, 0.12)
    outer = [spanning[min(at, 1)] for at in range(table.labels - 1)]
    return tuple(share * WIDTH for share in (*outer, 0.27))
