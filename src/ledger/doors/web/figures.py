"""Figures of a report: their traces, what changed in them, what constrains them, whose they are."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response

from ledger.doors.web.answers import (
    MEDIA,
    delivered,
    given,
    kept_document,
    shown,
)
from ledger.doors.web.contract import download, twin
from ledger.doors.web.permissions import at_organ
from ledger.doors.web.place import Asking, AskingNow
from ledger.doors.web.views import LISTED, FigureNow, View, ViewNow, note_of, question_of
from ledger.drawing import contents
from ledger.drawing.change_documents import difference_document
from ledger.drawing.changes import difference_sheet
from ledger.drawing.checks import check_sheet
from ledger.drawing.documents import (
    check_document,
    encoded,
    public_trace_document,
    trace_document,
)
from ledger.drawing.formats import difference_as, trace_as
from ledger.drawing.roll_ups import roll_up_document, roll_up_view
from ledger.drawing.warnings import warning_grids
from ledger.verbs.checking import Finding, check_report
from ledger.verbs.differing import Difference, differences
from ledger.verbs.full_reports import FullReport, full_report
from ledger.verbs.issues import ISSUED
from ledger.verbs.rolling_up import roll_up
from ledger.verbs.tracing import trace
from ledger.verbs.warnings import Warnings, warnings_of
from ledger.words.persons import Permission

router = APIRouter(tags=["reports"])


@router.get(
    "/reports/{organ}/{period}/cells/{table}/{row}/{column}.json",
    **twin("trace_figure", "The trace of a figure", contents.Trace, contents.PublicTrace),
    **at_organ(Permission.READ, issued=True),
)
def cell_twin(asking: AskingNow, view: ViewNow, figure: FigureNow) -> Response:
    """The facts that sum to a figure, and the events that say so."""
    address, place = figure.address, asking.place
    definitions = place.house.definitions
    with place.journal.reading() as connection:
        public = not asking.may(connection, Permission.READ, asking.organ(connection, view.organ))
        question = question_of(asking, connection, view)

        def make() -> str:
            made = full_report(connection, place.house.editions, question)
            traced = trace(connection, made.setting, address)
            document_of = public_trace_document if public else trace_document
            return encoded(document_of(traced, definitions))

        kept = place.kept.get(asking.key(connection, public), make)
    if not public:
        note_of(asking, "read", view, address)
    return kept_document(asking, kept)


@router.get(
    "/reports/{organ}/{period}/cells/{table}/{row}/{column}.xlsx",
    **download("export_trace", "The trace of a figure as a workbook", MEDIA["xlsx"]),
    **at_organ(Permission.EXPORT),
)
def cell_workbook(asking: AskingNow, view: ViewNow, figure: FigureNow) -> Response:
    """The trace of a figure as a workbook."""
    place = asking.place
    with place.journal.reading() as connection:
        asking.require(connection, asking.organ(connection, view.organ))
        made = full_report(connection, place.house.editions, view.question(public=False))
        traced = trace(connection, made.setting, figure.address)
    note_of(asking, "export", view, figure.address)
    told = trace_as("xlsx", traced, place.house.definitions, asking.language, 0)
    return delivered(told, "xlsx", f"{view.organ}-{view.period}-{figure.address.replace('/', '-')}")


@router.get(
    "/reports/{organ}/{period}/differences.json",
    **twin("get_differences", "What changed in the figures", contents.Difference),
    **at_organ(Permission.READ),
)
def differences_twin(asking: AskingNow, view: ViewNow, since: str = ISSUED) -> Response:
    """Each changed cell, and the events whose parts sum to the difference."""
    told = _differences(asking, view, since)
    return given(difference_document(told, asking.place.house.definitions))


@router.get(
    "/reports/{organ}/{period}/differences.xlsx",
    **download("export_differences", "What changed in the figures as a workbook", MEDIA["xlsx"]),
    **at_organ(Permission.EXPORT),
)
def differences_workbook(asking: AskingNow, view: ViewNow, since: str = ISSUED) -> Response:
    """What changed as a workbook."""
    told = _differences(asking, view, since)
    note_of(asking, "export", view, "differences")
    definitions = asking.place.house.definitions
    drawn = difference_as("xlsx", told, definitions, asking.language, 0)
    return delivered(drawn, "xlsx", f"{view.organ}-{view.period}-differences")


@router.get(
    "/reports/{organ}/{period}/differences", include_in_schema=False, **at_organ(Permission.READ)
)
def differences_page(asking: AskingNow, view: ViewNow, since: str = ISSUED) -> Response:
    """What changed in the figures, and through which events."""
    told = _differences(asking, view, since)
    sheet = difference_sheet(told, asking.place.house.definitions, asking.language, LISTED)
    return shown(asking, "sheet", sheet=sheet, view=view)


@router.get(
    "/reports/{organ}/{period}/check.json",
    **twin("check_report", "The constraints of a report", contents.Check),
    **at_organ(Permission.READ, issued=True),
)
def check_twin(asking: AskingNow, view: ViewNow) -> Response:
    """How many equations hold, each that does not, and warnings."""
    made, findings, warnings = _checked(asking, view)
    return given(check_document(made, findings, warnings))


@router.get(
    "/reports/{organ}/{period}/check",
    include_in_schema=False,
    **at_organ(Permission.READ, issued=True),
)
def check_page(asking: AskingNow, view: ViewNow) -> Response:
    """The constraints that do not hold, how many do, and warnings."""
    made, findings, warnings = _checked(asking, view)
    grids = warning_grids(warnings, asking.place.house.definitions, asking.language)
    sheet = check_sheet(made, findings, asking.language, warnings=grids)
    return shown(asking, "sheet", sheet=sheet, view=view)


@router.get(
    "/reports/{organ}/{period}/breakdown.json",
    **twin("get_breakdown", "A roll-up by organ", contents.RollUp),
    **at_organ(Permission.READ, issued=True),
)
def breakdown_twin(
    asking: AskingNow, view: ViewNow, cell: Annotated[list[str] | None, Query()] = None
) -> Response:
    """What each organ below adds to a figure."""
    with asking.place.journal.reading() as connection:
        question = question_of(asking, connection, view)
        told = roll_up(connection, asking.place.house.editions, question, cell or ())
    return given(roll_up_document(told))


@router.get(
    "/reports/{organ}/{period}/breakdown",
    include_in_schema=False,
    **at_organ(Permission.READ, issued=True),
)
def breakdown_page(
    asking: AskingNow, view: ViewNow, cell: Annotated[list[str] | None, Query()] = None
) -> Response:
    """What each organ below adds to a figure."""
    with asking.place.journal.reading() as connection:
        question = question_of(asking, connection, view)
        told = roll_up(connection, asking.place.house.editions, question, cell or ())
    return shown(asking, "breakdown", told=roll_up_view(told, asking.language), view=view)


def _checked(asking: Asking, view: View) -> tuple[FullReport, list[Finding], Warnings]:
    with asking.place.journal.reading() as connection:
        question = question_of(asking, connection, view)
        made, findings = check_report(connection, asking.place.house.editions, question)
        # Warnings name cases and sources, which are not for everyone.
        public = not asking.may(connection, Permission.READ, view.organ)
        warnings = Warnings() if public else warnings_of(connection, made.setting)
    return made, findings, warnings


def _differences(asking: Asking, view: View, since: str) -> Difference:
    with asking.place.journal.reading() as connection:
        asking.require(connection, asking.organ(connection, view.organ))
        question = view.question(public=False)
        return differences(connection, asking.place.house.editions, question, since)
