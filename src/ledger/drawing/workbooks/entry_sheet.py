"""The sheet in which one type of event is entered: headings, drop-downs, validation, an example."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from openpyxl.comments import Comment
from openpyxl.formatting.rule import FormulaRule
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from ledger.drawing.phrases import say
from ledger.drawing.workbooks import look
from ledger.drawing.workbooks.code_sheet import Ranges
from ledger.rooms.definitions.columns import Column
from ledger.rooms.definitions.schemas import EventType, described
from ledger.verbs.registers.examples import example
from ledger.verbs.registers.plans import REMARKS, version_cell

HEADINGS, EXAMPLE, FIRST = 4, 5, 6
"""The rows of the headings, of the example, and the first one for entries."""
_LAST = 200_000

_FORMATS = {"date": "yyyy-mm-dd", "money": "#,##0.00", "integer": "0", "quantity": "@"}
_WIDTHS = {"subject": 18, "date": 13, "money": 15, "integer": 12, "boolean": 11, "quantity": 14}
_NARROWEST, _WIDEST = 12, 30
_ONE_PAGE = 150
"""The width, in characters, that is still to be read when printed on one page."""
_EXCEL_LONGEST = 255


def write_entry(
    sheet: Worksheet, type_: EventType, columns: Sequence[Column], ranges: Ranges, language: str
) -> None:
    """Writes the sheet of a type."""
    width = len(columns) + 1
    look.put(sheet, 1, 1, type_.label(language), look.TITLE)
    words = f"{described(type_.schema, language)} {say(language, 'entry-hint')}"
    look.put(sheet, 2, 1, words, look.PROSE, alignment=look.TOP)
    sheet.merge_cells(start_row=2, end_row=2, start_column=1, end_column=min(width, 7))
    look.put(sheet, 3, 1, version_cell(type_.name, type_.version), look.SMALL)
    for row, height in ((1, 28), (2, 44), (HEADINGS, 34), (EXAMPLE, 24)):
        sheet.row_dimensions[row].height = height
    sheet.sheet_format.defaultRowHeight = 20
    sheet.sheet_format.customHeight = True
    _bare(sheet, width)
    wide = sum(
        _write_column(sheet, at, column, ranges, language) for at, column in enumerate(columns, 1)
    )
    _write_remarks(sheet, width, language)
    _warn_of_blanks(sheet, columns, width)
    sheet.freeze_panes = sheet.cell(EXAMPLE, 2)
    look.paper(sheet, language, headings=HEADINGS, pages=1 + int(wide // _ONE_PAGE))
    sheet.print_title_cols = "A:A"
    look.protect(sheet)


def _bare(sheet: Worksheet, width: int) -> None:
    """Keeps the ruling of the columns out of what stands over the headings."""
    for row in range(1, HEADINGS):
        for at in range(1, width + 1):
            sheet.cell(row, at).border = look.BARE


def _write_column(
    sheet: Worksheet, at: int, column: Column, ranges: Ranges, language: str
) -> float:
    """Writes one column; the width that it takes, in characters."""
    mark = " *" if column.required else ""
    heading = look.put(
        sheet,
        HEADINGS,
        at,
        column.heading(language) + mark,
        look.HEADING,
        fill=look.REQUIRED if column.required else look.OPTIONAL,
        border=look.GRID,
        alignment=look.CENTRED,
    )
    heading.comment = _note(column, language)
    shown = _FORMATS.get(column.kind, "@")
    look.put(
        sheet,
        EXAMPLE,
        at,
        _typed(column, example(column, language, first=at == 1)),
        look.EXAMPLE,
        fill=look.SOFT,
        border=look.GRID,
        number_format=shown,
        alignment=look.LEFT,
    )
    width = _width(column, language)
    _shape(sheet, at, width, shown)
    rule = _rule(column, ranges, language)
    if rule is not None:
        letter = get_column_letter(at)
        rule.add(f"{letter}{FIRST}:{letter}{_LAST}")
        sheet.add_data_validation(rule)
    return width


def _write_remarks(sheet: Worksheet, at: int, language: str) -> None:
    style = {"border": look.GRID, "alignment": look.CENTRED, "fill": look.SOFT}
    look.put(sheet, HEADINGS, at, REMARKS[language], look.PROSE, **style)
    look.put(sheet, EXAMPLE, at, say(language, "example-stays"), look.EXAMPLE, **style)
    _shape(sheet, at, 24, "@")


def _shape(sheet: Worksheet, at: int, width: float, shown: str) -> None:
    """How the cells of a column look before anyone fills them in."""
    dimension = sheet.column_dimensions[get_column_letter(at)]
    dimension.width = width
    dimension.number_format = shown
    dimension.font = look.ENTRY
    dimension.border = look.GRID
    dimension.protection = look.OPEN
    dimension.alignment = look.LEFT


def _warn_of_blanks(sheet: Worksheet, columns: Sequence[Column], width: int) -> None:
    """Colours what is still to be filled in, in rows that have been begun."""
    last = get_column_letter(width)
    for at, column in enumerate(columns, 1):
        if column.required:
            letter = get_column_letter(at)
            begun = f"AND(COUNTA($A{FIRST}:${last}{FIRST})>0,LEN(TRIM({letter}{FIRST}))=0)"
            rule = FormulaRule(formula=[begun], fill=look.MISSING)
            sheet.conditional_formatting.add(f"{letter}{FIRST}:{letter}{_LAST}", rule)


def _note(column: Column, language: str) -> Comment:
    hint = say(language, f"hint-{column.kind}")
    required = say(language, "must" if column.required else "may")
    note = Comment("\n".join(filter(None, (required, column.note[language], hint))), "ledger")
    note.width, note.height = 320, 150
    return note


def _typed(column: Column, text: str) -> Any:
    if not text:
        return None
    match column.kind:
        case "date":
            return date.fromisoformat(text)
        case "money" | "integer":
            return float(text)
        case _:
            return text


def _width(column: Column, language: str) -> float:
    """Wide enough for half a heading, which is wrapped, and for most of what is chosen or typed."""
    wide = 1.0 if language == "en" else 2.0
    heading = len(column.heading(language)) * wide / 2 + 4
    if column.codes:
        longest = max(len(label[language]) for label in column.codes.values()) * wide + 4
        return min(max(heading, longest, _NARROWEST), _WIDEST)
    usual = _WIDTHS.get(column.kind, 22 if column.required else 16)
    return min(max(heading, usual), _WIDEST)


def _rule(column: Column, ranges: Ranges, language: str) -> DataValidation | None:
    """What the program lets people type in a column."""
    schema = column.schema
    match column.kind:
        case "code" | "codes":
            rule = DataValidation("list", formula1=ranges[tuple(column.codes)])
        case "boolean":
            rule = DataValidation(
                "list", formula1=f'"{say(language, "yes")},{say(language, "no")}"'
            )
        case "date":
            last = "TODAY()" if column.pointer == "/occurred_on" else "DATE(2099,12,31)"
            rule = _between("date", "DATE(1950,1,1)", last)
        case "integer":
            rule = _between("whole", schema.get("minimum", 0), schema.get("maximum", 10**9))
        case "money":
            rule = _between("decimal", 0, schema["maximum"] // 100)
        case "text" | "identifier" | "subject":
            most = min(schema.get("maxLength", 80), _LONGEST.get(column.kind, 2000))
            rule = _between("textLength", 1, most)
        case _:
            return None
    rule.allow_blank = True
    rule.showErrorMessage = column.kind != "codes"
    rule.errorTitle = column.heading(language)[:32]
    rule.error = (
        say(language, f"hint-{column.kind}")[:_EXCEL_LONGEST] or column.note[language][:225]
    )
    return rule


_LONGEST = {"subject": 145, "identifier": 128}


def _between(kind: str, low: object, high: object) -> DataValidation:
    return DataValidation(kind, operator="between", formula1=str(low), formula2=str(high))
