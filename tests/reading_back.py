"""Documents read as anyone's program reads them: by what stands in their tables and text."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal
from io import BytesIO
from itertools import islice, takewhile
from typing import Any
from zipfile import ZipFile

import lxml.html
import pdfplumber
from docx import Document
from docx.oxml.ns import qn
from docx.oxml.table import CT_Tc
from openpyxl import load_workbook
from openpyxl.cell import Cell

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


def docx_tables(content: bytes) -> list[Grid]:
    """The tables of a Word file; a merged cell comes at every place that it takes."""
    grids = []
    for table in Document(BytesIO(content)).tables:
        seen: set[CT_Tc] = set()
        grid: Grid = []
        for row in table.rows:
            grid.append([])
            for cell in row.cells:
                grid[-1].append("" if cell._tc in seen else cell.text)
                seen.add(cell._tc)
        grids.append(grid)
    return grids


def docx_paragraphs(content: bytes) -> list[tuple[str, str]]:
    """The paragraphs outside of tables: the style and the text of each."""
    return [(p.style.name, p.text) for p in Document(BytesIO(content)).paragraphs]


def docx_bookmarks(content: bytes) -> Mapping[str, str]:
    """The text of each bookmark."""
    body = Document(BytesIO(content)).element.body
    found = {}
    for start in body.iter(qn("w:bookmarkStart")):
        name = start.get(qn("w:name"))
        assert name not in found, "Word drops a bookmark whose name is taken"
        marked = takewhile(lambda e: e.tag != qn("w:bookmarkEnd"), start.itersiblings())
        found[name] = "".join(text.text for run in marked for text in run.iter(qn("w:t")))
    return found


def docx_references(content: bytes) -> list[tuple[str, str]]:
    """The bookmarks that fields of the text refer to, each with what is shown."""
    body = Document(BytesIO(content)).element.body
    shown = []
    for instruction in body.iter(qn("w:instrText")):
        _, name, _ = instruction.text.split()
        runs = instruction.getparent().itersiblings()
        texts = [text.text for run in islice(runs, 2) for text in run.iter(qn("w:t"))]
        shown.append((name, "".join(texts)))
    return shown


def part_of(content: bytes, name: str) -> bytes:
    """A part of a Word or Excel file."""
    with ZipFile(BytesIO(content)) as zipped:
        return zipped.read(name)


def xlsx_names(content: bytes) -> Mapping[str, Cell]:
    """The cell of each name in a workbook."""
    book = load_workbook(BytesIO(content))
    found = {}
    for name, defined in book.defined_names.items():
        ((sheet, place),) = defined.destinations
        found[name] = book[sheet][place.replace("$", "")]
    return found


def xlsx_rows(content: bytes) -> dict[str, list[list[Any]]]:
    """What stands on each sheet; a merged cell gives its value once."""
    book = load_workbook(BytesIO(content))
    return {sheet.title: [[cell.value for cell in row] for row in sheet] for sheet in book}


def number_in(cell: Cell) -> Decimal | None:
    """The number of a cell, if one is recorded; a text where Excel's numbers are too short."""
    if cell.value == "未记录" or cell.value == "not recorded":
        return None
    if cell.data_type == "n":
        return Decimal(repr(cell.value))
    assert len(re.sub(r"[^0-9]", "", cell.value.split(" ")[0])) > 15
    return Decimal(cell.value.split(" ")[0])


def pdf_tables(content: bytes) -> list[Grid]:
    """The ruled tables of a PDF, by their lines; one that goes over pages comes in parts."""
    with pdfplumber.open(BytesIO(content)) as book:
        tables = [table for page in book.pages for table in page.extract_tables()]
    return [
        [[(text or "").replace("\n", " ") for text in row] for row in table] for table in tables
    ]


def pdf_text(content: bytes) -> str:
    """All text of a PDF, without the blanks that typesetting puts between the two scripts."""
    with pdfplumber.open(BytesIO(content)) as book:
        return re.sub(r"\s", "", "".join(page.extract_text() for page in book.pages))
