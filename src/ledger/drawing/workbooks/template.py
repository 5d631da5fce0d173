"""The workbook that clerks fill in, made from the schemas."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from ledger.drawing.phrases import say
from ledger.drawing.workbooks import look
from ledger.drawing.workbooks.code_sheet import write_codes
from ledger.drawing.workbooks.entry_sheet import write_entry
from ledger.rooms import subjects
from ledger.rooms.definitions.columns import columns_of
from ledger.rooms.definitions.schemas import Definitions, EventType, described
from ledger.verbs.registers.plans import NOTES

_LONGEST_NAME = 31
_GUIDE_LINES = 9


def template(definitions: Definitions, names: Sequence[str], language: str) -> Workbook:
    """A sheet for each type named, or for every type that is told by hand."""
    types = [
        definitions.types[name, definitions.newest[name]]
        for name in subjects.in_life_order()
        if name in (names or told_by_hand(definitions))
    ]
    book = Workbook()
    guide: Worksheet = book.active
    guide.title = say(language, "guide-sheet")
    columns = {type_.name: columns_of(definitions, type_.name, type_.version) for type_ in types}
    sheets = {type_.name: book.create_sheet(_sheet_name(book, type_, language)) for type_ in types}
    codes = book.create_sheet(say(language, "codes-sheet"))
    every = [column for listed in columns.values() for column in listed]
    ranges = write_codes(codes, every, language)
    for type_ in types:
        write_entry(sheets[type_.name], type_, columns[type_.name], ranges, language)
    _write_guide(guide, types, [sheet.title for sheet in sheets.values()], language)
    return book


def told_by_hand(definitions: Definitions) -> list[str]:
    """The types that people tell; others are worked out by commands of their own."""
    return [name for name in definitions.newest if not definitions.own_command({"type": name})]


def file_of(book: Workbook) -> bytes:
    """The workbook as a file."""
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _sheet_name(book: Workbook, type_: EventType, language: str) -> str:
    name = type_.label(language)[:_LONGEST_NAME]
    return name if name not in book.sheetnames else type_.name[:_LONGEST_NAME]


def _write_guide(
    sheet: Worksheet, types: Iterable[EventType], names: Iterable[str], language: str
) -> None:
    for column, width in zip("ABC", (30, 78, 34), strict=True):
        sheet.column_dimensions[column].width = width
    look.put(sheet, 1, 1, say(language, "guide-title"), look.TITLE)
    look.put(sheet, 2, 1, NOTES, look.SMALL)
    sheet.row_dimensions[1].height = 28
    row = 4
    for number in range(1, _GUIDE_LINES + 1):
        text = f"{number}. {say(language, f'guide-{number}')}"
        look.put(sheet, row, 1, text, look.ENTRY, alignment=look.TOP)
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=3)
        sheet.row_dimensions[row].height = look.height(text, 130, language)
        row += 1
    row += 1
    for at, phrase in enumerate(("sheet", "what-it-tells", "type"), 1):
        style = {"fill": look.OPTIONAL, "border": look.GRID, "alignment": look.LEFT}
        look.put(sheet, row, at, say(language, phrase), look.HEADING, **style)
    for type_, name in zip(types, names, strict=True):
        row += 1
        style = {"border": look.GRID, "alignment": look.LEFT}
        link = look.put(sheet, row, 1, name, look.LINK, **style)
        link.hyperlink = f"#'{name}'!A6"
        link.font = look.LINK
        words = described(type_.schema, language)
        look.put(sheet, row, 2, words, look.ENTRY, **style)
        sheet.row_dimensions[row].height = look.height(words, 76, language)
        look.put(sheet, row, 3, type_.name, look.PROSE, **style)
    look.paper(sheet, language, headings=None)
    look.protect(sheet)
