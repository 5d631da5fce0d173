"""A report in every format that there is."""

from __future__ import annotations

from typing import Any

from ledger.drawing.documents import report_document
from ledger.drawing.excel import report_xlsx
from ledger.drawing.html import report_html
from ledger.drawing.paper import Paper
from ledger.drawing.reports import report_sheet
from ledger.drawing.sheet import Sheet
from ledger.drawing.word import report_docx


def report_as(format_: str, paper: Paper, language: str) -> Sheet | dict[str, Any] | str | bytes:
    """The report drawn: a sheet of text, a JSON document, text of markup, or the bytes of a file."""
    match format_:
        case "json":
            return report_document(paper)
        case "html":
            return report_html(paper, language)
        case "docx":
            return report_docx(paper, language)
        case "xlsx":
            return report_xlsx(paper, language)
        case _:
            return report_sheet(paper, language)
