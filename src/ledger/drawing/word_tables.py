"""The tables of a report in Word: merged headers, fixed widths, headers repeated over pages."""

from __future__ import annotations

from docx.document import Document
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import Table, _Cell

from ledger.drawing import page
from ledger.drawing.paper import Printed
from ledger.drawing.ruling import Box, Ruled
from ledger.drawing.word_references import Marks


def add_table(document: Document, ruled: Ruled, language: str, marks: Marks) -> None:
    """Adds a table as wide as the text."""
    table = document.add_table(len(ruled.rows), ruled.columns, style="Table Grid")
    table.autofit = False
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    wide = page.widths(ruled, language)
    turned = page.turned(ruled, language)
    grid = [list(row.cells) for row in table.rows]
    for column, width in zip(table.columns, wide, strict=True):
        column.width = Mm(width)
    for row, column, box in ruled.placed():
        cell = grid[row][column]
        if box.rows > 1 or box.columns > 1:
            cell = cell.merge(grid[row + box.rows - 1][column + box.columns - 1])
        cell.width = Mm(sum(wide[column : column + box.columns]))
        points = page.points(box, wide, column, ruled, language)
        last = row + box.rows == len(ruled.rows)
        if turned and page.is_leaf(box):
            _turn(cell)
        _fill(cell, box, points, language, marks, kept=not last)
    _set_rows(table, ruled, turned)


def _fill(cell: _Cell, box: Box, points: float, language: str, marks: Marks, *, kept: bool) -> None:
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    paragraph = cell.paragraphs[0]
    paragraph.style = "Cell"
    # Word keeps a table on one page, if it fits on one, whose rows are kept with the next.
    paragraph.paragraph_format.keep_with_next = kept
    if page.is_to_the_left(box):
        paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT
    if isinstance(box.content, Printed):
        marks.add(paragraph, box.content, language)
        if unit := box.content.unit(language):
            paragraph.add_run(f" {unit}")
    else:
        paragraph.add_run(box.text(language))
    for run in paragraph.runs:
        run.font.size = Pt(points)


def _turn(cell: _Cell) -> None:
    direction = OxmlElement("w:textDirection")
    direction.set(qn("w:val"), "btLr")
    cell._tc.get_or_add_tcPr().append(direction)


def _set_rows(table: Table, ruled: Ruled, turned: float) -> None:
    for at, row in enumerate(table.rows):
        properties = row._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:cantSplit"))
        if at < ruled.head:
            properties.append(OxmlElement("w:tblHeader"))
        if turned and at == ruled.head - 1:
            row.height, row.height_rule = Mm(turned), WD_ROW_HEIGHT_RULE.AT_LEAST
