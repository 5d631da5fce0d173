"""A report in every format that there is."""

from __future__ import annotations

from typing import Any

from ledger.drawing.full_reports import full_report_document, full_report_sheet, laid_out
from ledger.drawing.html import report_html
from ledger.drawing.sheet import Sheet
from ledger.verbs.full_reports import FullReport


def report_as(
    format_: str, told: FullReport, language: str
) -> Sheet | dict[str, Any] | str | bytes:
    """The report drawn: a sheet of text, a JSON document, text of markup, or the bytes of a file."""
    match format_:
        case "json":
            return full_report_document(told)
        case "html":
            return report_html(laid_out(told), language)
        case _:
            return full_report_sheet(told, language)
