"""PDF files: ruled tables as grids, the lines between them joined to paragraphs."""

from __future__ import annotations

import io
import logging
import re
import resource
import sys
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec
import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfplumber.utils.exceptions import PdfminerException
from pdfplumber.utils.text import extract_text

from ledger.rooms.files import limits
from ledger.rooms.files.blocks import Block, Cell, Content, Grid, Paragraph, numbered
from ledger.rooms.files.parts import broken
from ledger.words.problems import Problem, Refusal
from ledger.words.published import Place

_PAGE_NUMBER = re.compile(r"[-—–－·\s]*(第?\s*\d{1,3}\s*页?|\d{1,3}\s*/\s*\d{1,3})[-—–－·\s]*")
_SAME = 3.0
"""Points within which two rulings or line ends count as one."""


class _Line(msgspec.Struct):
    text: str
    page: int
    left: float
    right: float
    size: float
    margin: float
    """How far to the right anything on its page reaches."""


def read(data: bytes) -> Content:
    """The blocks of a PDF; pages without any text are named in `lacks`."""
    try:
        with pdfplumber.open(io.BytesIO(data)) as document:
            pages = document.pages
            if len(pages) > limits.PAGES:
                raise Refusal(Problem("too-many-pages", params={"limit": limits.PAGES}))
            return _content(pages)
    except (Refusal, MemoryError):
        raise
    except PdfminerException as error:
        cause = error.args[0] if error.args else error
        if isinstance(cause, PDFPasswordIncorrect):
            raise Refusal(Problem("locked-file")) from None
        raise broken(Exception(str(cause))) from None
    except Exception as error:
        # pdfminer raises whatever a malformed file makes it stumble over.
        raise broken(error) from None


def _content(pages: Sequence[Any]) -> Content:
    parts: list[_Line | Grid] = []
    empty: list[int] = []
    for page in pages:
        if page.chars:
            parts += _parts(page)
        else:
            empty.append(page.page_number)
        page.close()
    if empty and not parts:
        raise Refusal(Problem("no-text"))
    named = ", ".join(map(str, empty))
    lacks = (Problem("pages-without-text", params={"pages": named}),) if empty else ()
    return Content("pdf", numbered(_joined(parts)), lacks=lacks)


def _parts(page: Any) -> list[_Line | Grid]:
    """Tables and lines of a page from its top; a page number is no line."""
    tables = page.find_tables()
    found: list[tuple[float, _Line | Grid]] = [
        (table.bbox[1], _grid(table, page)) for table in tables
    ]
    outside = page.filter(lambda thing: not any(_within(thing, table.bbox) for table in tables))
    margin = max(char["x1"] for char in page.chars)
    margin = max([margin, *(table.bbox[2] for table in tables)])
    lines = outside.extract_text_lines(strip=True, return_chars=True)
    for at, line in enumerate(lines):
        at_edge = at in (0, len(lines) - 1)
        if at_edge and _PAGE_NUMBER.fullmatch(line["text"]):
            continue
        size = max(char["size"] for char in line["chars"])
        told = _Line(line["text"], page.page_number, line["x0"], line["x1"], size, margin)
        found.append((line["top"], told))
    return [part for _, part in sorted(found, key=lambda pair: pair[0])]


def _grid(table: Any, page: Any) -> Grid:
    boxes = table.cells
    lefts = _edges(x for box in boxes for x in (box[0], box[2]))
    tops = _edges(y for box in boxes for y in (box[1], box[3]))
    texts = _texts(page, boxes)
    cells = []
    for box, text in zip(boxes, texts, strict=True):
        column, row = _at(lefts, box[0]), _at(tops, box[1])
        columns, rows = _at(lefts, box[2]) - column, _at(tops, box[3]) - row
        cells.append(Cell(text, row, column, max(1, rows), max(1, columns)))
    return Grid(tuple(cells), Place(page=page.page_number))


def _texts(page: Any, boxes: Sequence[Any]) -> list[str]:
    held: list[list[Any]] = [[] for _ in boxes]
    for char in page.chars:
        x, y = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
        for chars, (left, top, right, bottom) in zip(held, boxes, strict=True):
            if left <= x < right and top <= y < bottom:
                chars.append(char)
                break
    return [extract_text(chars).strip() if chars else "" for chars in held]


def _edges(values: Iterator[float]) -> list[float]:
    edges: list[float] = []
    for value in sorted(values):
        if not edges or value - edges[-1] > _SAME:
            edges.append(value)
    return edges


def _at(edges: Sequence[float], value: float) -> int:
    return min(range(len(edges)), key=lambda at: abs(edges[at] - value))


def _within(thing: Any, box: Any) -> bool:
    if thing.get("object_type") != "char":
        return False
    x, y = (thing["x0"] + thing["x1"]) / 2, (thing["top"] + thing["bottom"]) / 2
    return bool(box[0] <= x < box[2] and box[1] <= y < box[3])


def _joined(parts: Sequence[_Line | Grid]) -> Iterator[Block]:
    """A line that reaches the right margin runs on in the next, unless that one is indented."""
    lines = [part for part in parts if isinstance(part, _Line)]
    left = min((line.left for line in lines), default=0.0)
    running: list[_Line] = []
    for part in parts:
        runs_on = (
            isinstance(part, _Line)
            and bool(running)
            and running[-1].right > running[-1].margin - 1.5 * running[-1].size
            and part.left < left + _SAME
        )
        if running and not runs_on:
            yield _paragraph(running)
            running = []
        if isinstance(part, _Line):
            running.append(part)
        else:
            yield part
    if running:
        yield _paragraph(running)


def _paragraph(lines: Sequence[_Line]) -> Paragraph:
    return Paragraph("".join(line.text for line in lines), Place(page=lines[0].page))


def main() -> None:
    """Reads a PDF from standard input and writes its Content, or the problems, as JSON."""
    resource.setrlimit(resource.RLIMIT_AS, (limits.PDF_MEMORY, limits.PDF_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.PDF_SECONDS, limits.PDF_SECONDS))
    logging.disable(logging.CRITICAL)
    try:
        answer: Content | tuple[Problem, ...] = read(sys.stdin.buffer.read())
    except Refusal as refusal:
        answer = refusal.problems
    sys.stdout.buffer.write(msgspec.json.encode(answer))


if __name__ == "__main__":
    main()
