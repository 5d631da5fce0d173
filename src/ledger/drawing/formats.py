"""What the verbs answer in every format that there is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

from ledger.drawing.change_documents import difference_document
from ledger.drawing.changes import difference_sheet
from ledger.drawing.charts import Chart
from ledger.drawing.documents import (
    events_document,
    explanation_document,
    history_document,
    trace_document,
)
from ledger.drawing.full_reports import full_report_document, full_report_sheet, laid_out
from ledger.drawing.listings import (
    Listings,
    difference_listings,
    explanation_listings,
    found_listings,
    history_listings,
    trace_listings,
)
from ledger.drawing.sheet import Sheet
from ledger.drawing.traces import events_sheet, explanation_sheet, history_sheet, trace_sheet
from ledger.rooms.definitions.schemas import Definitions
from ledger.verbs.differing import Difference
from ledger.verbs.full_reports import FullReport
from ledger.verbs.tracing import Explanation, Trace
from ledger.words.events import Event
from ledger.words.facts import Fact


def report_as(
    format_: str,
    told: FullReport,
    language: str,
    fonts: Sequence[Path] = (),
    charts: tuple[Chart, ...] = (),
) -> Sheet | Mapping[str, Any] | str | bytes:
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


def trace_as(
    format_: str, told: Trace, definitions: Definitions, language: str, limit: int
) -> Sheet | Mapping[str, Any] | bytes:
    """A trace drawn; on a screen `limit` facts of it at most (0: all), in a file all."""
    match format_:
        case "json":
            return trace_document(told, definitions)
        case "xlsx":
            return _workbook(trace_listings(told, definitions, language), language)
    return trace_sheet(told, definitions, language, limit)


def events_as(
    format_: str, found: Sequence[Event], definitions: Definitions, language: str, limit: int | None
) -> Sheet | Mapping[str, Any]:
    """A page of the events that a search found; one more than `limit` says that there are more."""
    page, more = found[:limit], limit is not None and len(found) > limit
    if format_ == "json":
        return events_document(page, definitions, more=more)
    return events_sheet(page, definitions, language, more=more)


def write_events(
    into: BinaryIO,
    found: Iterable[Event],
    asked: Sequence[tuple[str, str]],
    definitions: Definitions,
    language: str,
    limit: int | None,
) -> None:
    """Writes the events that a search found into a workbook, `limit` at most (0 or None: all)."""
    from ledger.drawing.excel_lists import write_listings

    listings = found_listings(islice(found, limit or None), asked, definitions, language)
    write_listings(listings, language, into)


def history_as(
    format_: str,
    name: str,
    events: Sequence[Event],
    facts: Sequence[Fact],
    definitions: Definitions,
    language: str,
) -> Sheet | Mapping[str, Any] | bytes:
    """All that is recorded of a subject, drawn."""
    match format_:
        case "json":
            return history_document(name, events, facts, definitions)
        case "xlsx":
            listings = history_listings(name, events, facts, definitions, language)
            return _workbook(listings, language)
    return history_sheet(name, events, facts, definitions, language)


def explanation_as(
    format_: str, told: Explanation, definitions: Definitions, language: str
) -> Sheet | Mapping[str, Any] | bytes:
    """An event with the figures that it feeds, drawn."""
    match format_:
        case "json":
            return explanation_document(told, definitions)
        case "xlsx":
            return _workbook(explanation_listings(told, definitions, language), language)
    return explanation_sheet(told, definitions, language)


def difference_as(
    format_: str, told: Difference, definitions: Definitions, language: str, limit: int
) -> Sheet | Mapping[str, Any] | bytes:
    """What changed, drawn; on a screen with `limit` events at most (0: all), in a file with all."""
    match format_:
        case "json":
            return difference_document(told, definitions)
        case "xlsx":
            return _workbook(difference_listings(told, definitions, language), language)
    return difference_sheet(told, definitions, language, limit)


def _workbook(listings: Listings, language: str) -> bytes:
    from ledger.drawing.excel_lists import listings_xlsx

    return listings_xlsx(listings, language)
