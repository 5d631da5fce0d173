"""Documents read as anyone's program reads them: by what stands in their tables and text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

import lxml.html

Grid = list[list[str]]
"""A table as rows of texts; a merged cell gives its text once and is empty elsewhere."""


def html_tables(text: str) -> list[Grid]:
    """The tables of a page, cells laid out as a browser does."""
    return [
        _laid_out(
            [
                (_text(cell), int(cell.get("colspan", 1)), int(cell.get("rowspan", 1)))
                for cell in row.xpath("th|td")
            ]
            for row in table.xpath(".//tr")
        )
        for table in lxml.html.fromstring(text).xpath("//table")
    ]


def html_figures(text: str) -> Mapping[str, set[str]]:
    """What stands behind each address of a page."""
    found = defaultdict(set)
    for link in lxml.html.fromstring(text).xpath("//a[@data-address]"):
        found[link.get("data-address")].add(_text(link))
    return found


def html_paragraphs(text: str) -> list[str]:
    """The paragraphs of a page."""
    return [_text(paragraph) for paragraph in lxml.html.fromstring(text).xpath("//main//p")]


def _text(element: lxml.html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def _laid_out(rows: Iterator[list[tuple[str, int, int]]]) -> Grid:
    boxes: dict[tuple[int, int], str] = {}
    for at, row in enumerate(rows):
        column = 0
        for text, wide, high in row:
            while (at, column) in boxes:
                column += 1
            boxes |= {(at + y, column + x): "" for y in range(high) for x in range(wide)}
            boxes[at, column] = text
    width = 1 + max(column for _, column in boxes)
    height = 1 + max(row for row, _ in boxes)
    assert len(boxes) == width * height, "the cells of a table leave no hole"
    return [[boxes[row, column] for column in range(width)] for row in range(height)]
