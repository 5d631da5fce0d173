"""The sheet of codes: the names from which the entry sheets let people choose."""

from __future__ import annotations

from collections.abc import Iterable

from openpyxl.worksheet.worksheet import Worksheet

from ledger.drawing.phrases import say
from ledger.drawing.workbooks import look
from ledger.rooms.definitions.columns import Column
from ledger.rooms.definitions.schemas import described
from ledger.verbs.registers.plans import NOTES

Ranges = dict[tuple[str, ...], str]
"""Where the names of a list stand, by its codes."""


def write_codes(sheet: Worksheet, columns: Iterable[Column], language: str) -> Ranges:
    """Writes each list once, and says where."""
    look.put(sheet, 1, 1, say(language, "codes-sheet"), look.TITLE)
    look.put(sheet, 2, 1, NOTES, look.SMALL)
    sheet.row_dimensions[1].height = 28
    for letter, width in zip("ABC", (46, 30, 70), strict=True):
        sheet.column_dimensions[letter].width = width
    ranges: Ranges = {}
    row = 4
    for column in columns:
        key = tuple(column.codes)
        if key and key not in ranges:
            last = _write_list(sheet, row, column, language)
            ranges[key] = f"'{sheet.title}'!$A${row + 1}:$A${last}"
            row = last + 2
    look.paper(sheet, language, headings=None)
    look.protect(sheet)
    return ranges


def _write_list(sheet: Worksheet, row: int, column: Column, language: str) -> int:
    """Writes a list under its name; the row of its last code."""
    listed = column.listed or column.label
    told = {code["const"]: code for code in _listed(column) if "const" in code}
    headings = (listed[language], say(language, "code"), say(language, "explained"))
    for at, heading in enumerate(headings, 1):
        style = {"fill": look.OPTIONAL, "border": look.GRID, "alignment": look.LEFT}
        look.put(sheet, row, at, heading, look.HEADING, **style)
    for code, label in column.codes.items():
        row += 1
        schema = told.get(code, {})
        words = (described(schema, language), schema.get("legalSource", ""))
        texts = (label[language], code, " · ".join(filter(None, words)))
        sheet.row_dimensions[row].height = look.height(texts[2], 76, language)
        for at, text in enumerate(texts, 1):
            font = look.ENTRY if at == 1 else look.PROSE
            look.put(sheet, row, at, text, font, border=look.GRID, alignment=look.LEFT)
    return row


def _listed(column: Column) -> list[dict[str, str]]:
    return list(column.schema.get("items", column.schema).get("oneOf", ()))
