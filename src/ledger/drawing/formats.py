"""A report in every format that there is."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ledger.drawing.charts import Chart
from ledger.drawing.full_reports import full_report_document, full_report_sheet, laid_out
from ledger.drawing.sheet import Sheet
from ledger.verbs.full_reports import FullReport


def report_as(
    format_: str,
    told: FullReport,
    language: str,
    fonts: Sequence[Path] = (),
    charts: tuple[Chart, ...] = (),
) -> Sheet | dict[str, Any] | str | bytes:
    """The report drawn: a sheet of text, a JSON document, text of markup, or the bytes of a file.

    `fonts` are folders with fonts that a PDF takes before the ledger's own; the charts stand in an
    annex of what is for people to look at: HTML, Word and PDF.
    """
    match format_:
        case "json":
            return full_report_document(told)
        case "text":
            return full_report_sheet(told, language)
    paper = laid_out(told, charts)
    # The libraries of documents take their time to load; no other command is to wait for them.
    match format_:
        case "html":
            from ledger.drawing.html import report_html

            return report_html(paper, language)
        case "docx":
            from ledger.drawing.word import report_docx

            return report_docx(paper, language)
        case "xlsx":
            from ledger.drawing.excel import report_xlsx

            return report_xlsx(paper, language)
        case "pdf":
            from ledger.drawing.pdf import report_pdf

            return report_pdf(paper, language, fonts=fonts)
    raise ValueError(format_)
