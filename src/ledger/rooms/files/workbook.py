"""Workbooks: the visible cells of the visible sheets, with their merged ranges."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from openpyxl import load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.utils.cell import range_boundaries
from openpyxl.utils.escape import unescape
from openpyxl.worksheet.worksheet import Worksheet

from ledger.rooms.files import limits
from ledger.rooms.files.blocks import Block, Cell, Content, Grid, check_size, note, numbered
from ledger.rooms.files.parts import Parts, broken, parsed, too_many_elements
from ledger.words.problems import Refusal
from ledger.words.published import Place

_BEHIND = re.compile(r'[0#?]\s*"([^"]*)"')


def read_workbook(data: bytes, parts: Parts) -> Content:
    """One grid a sheet; formulas count by the value saved with them, charts and macros not at all."""
    _check(parts)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            values = load_workbook(
                io.BytesIO(data), data_only=True, keep_links=False, rich_text=True
            )
            formulas = load_workbook(io.BytesIO(data), data_only=False, keep_links=False)
        except Refusal:
            raise
        except Exception as error:
            # openpyxl raises whatever it stumbles over: KeyError, TypeError, ValueError …
            raise broken(error) from None
    sheets = [sheet for sheet in values.worksheets if sheet.sheet_state == "visible"]
    return Content("xlsx", numbered(_grids(sheets, formulas)))


def _check(parts: Parts) -> None:
    """Reads every XML part once by the strict parser, before a library trusts them."""
    elements = covered = 0
    for name in sorted(parts.names):
        if name.endswith((".xml", ".rels")):
            root = parsed(parts.read(name))
            elements += int(root.xpath("count(//*)"))
            if elements > limits.ELEMENTS:
                raise too_many_elements()
            for merge in root.iter("{*}mergeCell"):
                # The library makes a cell of each place that a merged range covers.
                covered += _area(merge.get("ref", ""))
                check_size(covered)


def _area(reference: str) -> int:
    """The places of a range such as A1:C3; raises Refusal."""
    try:
        left, top, right, bottom = range_boundaries(reference)
        return max(0, right - left + 1) * max(0, bottom - top + 1)
    except (TypeError, ValueError) as error:
        raise broken(error) from None


def _grids(sheets: list[Worksheet], formulas: Any) -> Iterator[Block]:
    size = 0
    for sheet in sheets:
        size += (sheet.max_row or 0) * (sheet.max_column or 0)
        check_size(size)
        cells = tuple(_cells(sheet, formulas[sheet.title]))
        if any(cell.text for cell in cells):
            yield Grid(cells, Place(part=sheet.title))


def _cells(sheet: Worksheet, formulas: Worksheet) -> Iterator[Cell]:
    rows = _numbered(sheet.max_row, lambda n: bool(sheet.row_dimensions[n].hidden))
    columns = _numbered(sheet.max_column, lambda n: _hidden_column(sheet, n))
    spans = {(span.min_row, span.min_col): span for span in sheet.merged_cells.ranges}
    covered = {
        place
        for span in spans.values()
        for place in span.cells
        if place != (span.min_row, span.min_col)
    }
    for row, r in rows.items():
        for column, c in columns.items():
            if (row, column) in covered:
                continue
            span = spans.get((row, column))
            height = sum(n in rows for n in range(row, span.max_row + 1)) if span else 1
            width = sum(n in columns for n in range(column, span.max_col + 1)) if span else 1
            cell = sheet.cell(row, column)
            struck = cell.has_style and cell.font.strike
            text = "" if struck else _text(cell.value, formulas.cell(row, column).value)
            if text and isinstance(cell.value, int | float):
                text += _unit(cell.number_format)
            yield Cell(text, r, c, height, width)


def _numbered(count: int, is_hidden: Any) -> dict[int, int]:
    """The visible rows or columns by their number in the sheet, each with its place in the grid."""
    visible = [number for number in range(1, count + 1) if not is_hidden(number)]
    return {number: place for place, number in enumerate(visible)}


def _hidden_column(sheet: Worksheet, number: int) -> bool:
    return any(
        bool(dimension.hidden) and (dimension.min or 0) <= number <= (dimension.max or 0)
        for dimension in sheet.column_dimensions.values()
    )


def _unit(number_format: str) -> str:
    """The words that a number format prints behind a number: 0.0" 万元"; a percentage is one too."""
    positive = number_format.split(";")[0]
    return "%" if "%" in positive else "".join(_BEHIND.findall(positive))


def _text(value: Any, formula: Any) -> str:
    match value:
        case None:
            # A formula that was never calculated has no value: it must not pass for a blank.
            return str(formula) if isinstance(formula, str) else ""
        case bool():
            return str(value).upper()
        case float():
            # As many digits as a spreadsheet keeps, and never 5e-06.
            return format(Decimal(format(value, ".15g")), "f")
        case datetime() | date() | time():
            return value.isoformat()
        case CellRichText():
            return unescape("".join(map(_run, value))).strip()
        case _:
            return unescape(str(value)).strip()


def _run(part: str | TextBlock) -> str:
    """A part of a text set in a font of its own: not one struck out, a raised one in brackets."""
    if isinstance(part, str):
        return part
    if part.font.strike:
        return ""
    return note(part.text) if part.font.vertAlign in ("superscript", "subscript") else part.text
