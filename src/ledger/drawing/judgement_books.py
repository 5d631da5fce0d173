"""Judgements of published reports as an Excel workbook: a sheet of organs, a sheet of findings."""

from __future__ import annotations

import io
import math
import unicodedata
from collections.abc import Iterable, Sequence

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from ledger.drawing.judgements import COUNTS, FINDINGS, counts, row
from ledger.drawing.phrases import say
from ledger.verbs.judging import Judgement

_COUNT_WIDTHS = (32, 8, 48, 12, 8, 10, 36)
_FINDING_WIDTHS = (26, 7, 9, 26, 16, 18, 50, 30, 22, 40)
"""In characters, as Excel measures columns; a Chinese one is as wide as two."""
_LINE_HEIGHT = 15.0
"""In points."""
_HEAD = PatternFill("solid", fgColor="FFE7E6E6")
_ERROR = PatternFill("solid", fgColor="FFFCE4E4")


def judgements_book(judgements: Sequence[Judgement], language: str) -> bytes:
    """The bytes of an .xlsx file."""
    book = Workbook()
    organs = book.active or book.create_sheet()
    organs.title = say(language, "reports-judged")
    headings = [say(language, name) for name in COUNTS]
    _fill(organs, headings, (counts(each, language) for each in judgements), _COUNT_WIDTHS)
    findings = book.create_sheet(say(language, "findings"))
    names = ("organ", "year", *FINDINGS, "sentence")
    headings = [say(language, name) for name in names]
    _fill(findings, headings, _findings(judgements, language), _FINDING_WIDTHS)
    _mark_errors(findings, say(language, "error"))
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _findings(judgements: Sequence[Judgement], language: str) -> Iterable[tuple[str, ...]]:
    for judgement in judgements:
        report = judgement.published
        for finding in judgement.findings:
            organ, year = report.organ or report.name, str(report.year or "—")
            yield (organ, year, *row(finding, language), finding.where.sentence)


def _fill(
    sheet: Worksheet,
    headings: Sequence[str],
    rows: Iterable[tuple[str, ...]],
    widths: Sequence[int],
) -> None:
    """Headings that stay in sight and filter; texts that look like formulas stay texts."""
    for at, (heading, width) in enumerate(zip(headings, widths, strict=True), start=1):
        cell = sheet.cell(1, at, heading)
        cell.font, cell.fill = Font(bold=True), _HEAD
        sheet.column_dimensions[get_column_letter(at)].width = width
    for line, values in enumerate(rows, start=2):
        for at, value in enumerate(values, start=1):
            cell = sheet.cell(line, at)
            if value.isdecimal():
                cell.value = int(value)
            else:
                cell.value, cell.data_type = value, "s"
            cell.alignment = Alignment(horizontal="left", vertical="top", wrap_text=True)
        lines = max(_lines(value, width) for value, width in zip(values, widths, strict=True))
        sheet.row_dimensions[line].height = lines * _LINE_HEIGHT
    sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions


def _lines(text: str, width: int) -> int:
    """About how many lines a text takes; Excel does not work it out for a file that it opens."""
    length = sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)
    return max(1, math.ceil(1.1 * length / width))


def _mark_errors(sheet: Worksheet, error: str) -> None:
    for line in sheet.iter_rows(min_row=2):
        if line[2].value == error:
            line[2].fill = _ERROR
