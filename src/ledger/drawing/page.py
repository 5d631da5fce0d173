"""The page of an official document (GB/T 9704): its measures, and how tables are fitted into it."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Sequence

from ledger.drawing.legible import legible
from ledger.drawing.ruling import Box, Ruled
from ledger.verbs.reporting import Setting

TOP, RIGHT, BOTTOM, LEFT = 37.0, 26.0, 35.0, 28.0
"""Margins in mm; GB/T 9704 gives those above and to the left, and the text between them."""
FOOT = 16.0
"""From the edge of the paper to the foot of the page, in mm."""
WIDTH, HEIGHT = 156.0, 225.0
"""The text of an A4 page in mm."""
TEXT_SIZE, TEXT_LEADING = 16.0, 28.0
"""三号 and the distance between lines, in pt."""
PADDING = 0.9
"""Left and right of what stands in a box, in mm."""

_LARGE, _SMALL, _SMALL_ENGLISH = 10.5, 9.0, 8.0
"""五号 for tables of few columns, 小五 for those of many, in pt; English words are longer."""
_FEW = 6
MM = 25.4 / 72
"""A point in mm."""
_DIGIT, _LETTER = 0.56, 0.5
"""How wide a digit is in the broadest of the faces, and a Latin letter on average, in ems."""
_TURNED_LENGTH = 24.0
_SPANNING = 0.08, 0.12
"""The columns of labels that span rows, the outermost first, as parts of the width."""
_WORD = re.compile(r"[!-~]+")
"""What a line cannot be broken in; between Chinese characters it can."""


def title_lines(setting: Setting, language: str) -> tuple[str, ...]:
    """The title, the organ on a line of its own where the title begins with it."""
    title, organ = legible(setting.title[language]), legible(setting.organ.name)
    if not title.startswith(organ):
        return (title,)
    rest = title[len(organ) :]
    mark = rest[:1] if rest[:1] in ":：,，" else ""
    return organ + mark, rest[len(mark) :].strip()


def title_size(language: str) -> float:
    """二号, in pt; English titles are longer."""
    return 15.5 if language == "en" else 22.0


def size(table: Ruled, language: str) -> float:
    """The size of what stands in a table, in pt."""
    if not is_wide(table):
        return _LARGE
    return _SMALL_ENGLISH if language == "en" else _SMALL


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
        length(word, size(table, language)) > wide[at] - 2 * PADDING
        for _, at, box in table.placed()
        if is_leaf(box)
        for word in _WORD.findall(box.text(language))
    )
    return _TURNED_LENGTH if narrow else 0.0


def is_leaf(box: Box) -> bool:
    """Whether it is the heading of one column."""
    return box.kind == "head" and box.columns == 1


def is_to_the_left(box: Box) -> bool:
    """Whether its text is set to the left; all else stands in the middle."""
    return box.kind == "corner" or (box.kind == "label" and box.rows == 1)


def points(box: Box, wide: Sequence[float], at: int, table: Ruled, language: str) -> float:
    """The size in pt of what stands in a box: smaller where a long figure would not fit on a line."""
    usual, room = size(table, language), _room(box, wide, at)
    needed = length(box.text(language), usual, _DIGIT) if box.kind == "figure" else 0
    return usual if needed <= room else math.floor(10 * usual * room / needed) / 10


def begins_a_page(tables: Sequence[Ruled], language: str) -> bool:
    """Whether the first table takes most of a page but not more, and so gets a page of its own."""
    return any(0.65 * HEIGHT < _height(table, language) < 0.95 * HEIGHT for table in tables[:1])


def length(text: str, points: float, narrow: float = _LETTER) -> float:
    """About how long a text is on one line, in mm: a Chinese character is as wide as high."""
    ems = sum(1 if unicodedata.east_asian_width(sign) in "WF" else narrow for sign in text)
    return ems * points * MM


def lines(table: Ruled, language: str) -> list[int]:
    """About how many lines of text each row takes."""
    wide, usual = widths(table, language), size(table, language)
    upright = not turned(table, language)
    found = [1] * len(table.rows)
    for row, at, box in table.placed():
        if box.rows == 1 and (upright or not is_leaf(box)):
            needed = length(box.text(language), usual)
            found[row] = max(found[row], math.ceil(needed / _room(box, wide, at)))
    return found


def _height(table: Ruled, language: str) -> float:
    """About how high a table is, in mm."""
    of_line = size(table, language) * 1.3 * MM
    return turned(table, language) + sum(n * of_line + 1.2 for n in lines(table, language))


def _room(box: Box, wide: Sequence[float], at: int) -> float:
    return sum(wide[at : at + box.columns]) - 2 * PADDING


def _label_widths(table: Ruled, language: str) -> tuple[float, ...]:
    if table.labels < 2:
        return (max(0.25, 1 / table.columns) * WIDTH,) * table.labels
    # Headings that span rows have height to break lines in; those of a single row have not.
    usual = [_SPANNING[min(at, 1)] * WIDTH for at in range(table.labels - 1)]
    outer = [max(width, _widest(table, at, language)) for at, width in enumerate(usual)]
    # A figure needs a quarter of the width at most; what few of them leave is the labels'.
    left = WIDTH * (1 - (table.columns - table.labels) / 4) - sum(outer)
    return (*outer, max(left, 0.27 * WIDTH))


def _widest(table: Ruled, column: int, language: str) -> float:
    """The width that the longest word of the labels of one column needs."""
    words = (
        word
        for _, at, box in table.placed()
        if box.kind == "label" and at == column and box.columns == 1
        for word in _WORD.findall(box.text(language))
    )
    usual = size(table, language)
    return max((length(word, usual, _DIGIT) for word in words), default=0.0) + 2 * PADDING
