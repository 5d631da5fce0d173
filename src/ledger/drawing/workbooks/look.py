"""How the workbooks look: fonts, colours, borders and the printed page."""

from __future__ import annotations

from typing import Any

from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.worksheet.worksheet import Worksheet

from ledger.drawing.phrases import say

FACE = "微软雅黑"
INK, GREY = "1F2933", "8A94A0"
TITLE = Font(name=FACE, size=16, bold=True, color=INK)
PROSE = Font(name=FACE, size=10, color="52606D")
SMALL = Font(name=FACE, size=8, color=GREY)
HEADING = Font(name=FACE, size=10.5, bold=True, color="FFFFFF")
ENTRY = Font(name=FACE, size=10.5, color=INK)
EXAMPLE = Font(name=FACE, size=10.5, italic=True, color=GREY)
LINK = Font(name=FACE, size=10.5, color="1F5F99", underline="single")

REQUIRED = PatternFill("solid", fgColor="1F5F99")
OPTIONAL = PatternFill("solid", fgColor="6B8CAE")
SOFT = PatternFill("solid", fgColor="F1F5F9")
MISSING = PatternFill("solid", bgColor="FDE2E2")
BAD = PatternFill("solid", fgColor="FFC9C9")

_LINE = Side("thin", color="D3DAE2")
GRID = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
BARE = Border()
OPEN = Protection(locked=False)
CENTRED = Alignment("center", "center", wrap_text=True)
LEFT = Alignment("left", "center", wrap_text=True)
TOP = Alignment("left", "top", wrap_text=True)


def put(sheet: Worksheet, row: int, column: int, value: Any, font: Font, **style: Any) -> Any:
    """Writes a cell; a text that begins with = stays a text."""
    cell = sheet.cell(row, column)
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"
    cell.font = font
    for name, part in style.items():
        setattr(cell, name, part)
    return cell


def protect(sheet: Worksheet) -> None:
    """Locks what is not for entries, without a password; rows and columns may still be shaped."""
    guard = sheet.protection
    guard.sheet = True
    for freedom in ("formatCells", "formatColumns", "formatRows", "insertRows", "deleteRows"):
        setattr(guard, freedom, False)
    guard.sort = guard.autoFilter = False


def paper(sheet: Worksheet, language: str, *, headings: int | None, pages: int = 1) -> None:
    """Pages of A4, so many beside each other, the headings on each."""
    setup = sheet.page_setup
    setup.orientation = "landscape"
    setup.paperSize = Worksheet.PAPERSIZE_A4
    setup.fitToWidth, setup.fitToHeight = pages, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_margins.left = sheet.page_margins.right = 0.5
    sheet.oddFooter.center.text = say(language, "page-of", page="&P", pages="&N")
    sheet.oddFooter.left.text = "&A"
    if headings is not None:
        sheet.print_title_rows = f"{headings}:{headings}"


def height(text: str, width: int, language: str) -> int:
    """The height of a row whose text is wrapped after so many narrow characters."""
    length = len(text) if language == "en" else 2 * len(text)
    return 20 + 15 * (length // width)
