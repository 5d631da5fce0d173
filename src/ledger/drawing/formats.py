"""A report in every format that there is."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ledger.drawing.excel import report_xlsx
from ledger.drawing.full_reports import full_report_document, full_report_sheet, laid_out
from ledger.drawing.html import report_html
from ledger.drawing.pdf import report_pdf
from ledger.drawing.sheet import Sheet
from ledger.drawing.word import report_docx
from ledger.verbs.full_reports import FullReport


def report_as(
    format_: str, told: FullReport, language: str, fonts: Sequence[Path] = ()
) -> Sheet | dict[str, Any] | str | bytes:
    """The report drawn: a sheet of text, a JSON document, text of markup, or the bytes of a file.

    `fonts` are folders with fonts that a PDF takes before the ledger's own.
    """
    match format_:
        case "json":
            return full_report_document(told)
        case "html":
            return report_html(laid_out(told), language)
        case "docx":
            return report_docx(laid_out(told), language)
        case "pdf":
            return report_pdf(laid_out(told), language, fonts=fonts)
        case "xlsx":
            return report_xlsx(laid_out(told), language)
        case _:
            return full_report_sheet(told, language)
