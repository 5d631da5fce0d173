"""Reports: the list, the tables with the inspector beside them, their documents, checks and differences."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Literal, get_args
from urllib.parse import quote

import msgspec
from fastapi import APIRouter, Depends, Path, Query, Response
from fastapi.responses import RedirectResponse

from ledger.doors.web.answers import (
    MEDIA,
    delivered,
    drawn,
    given,
    kept_document,
    kept_page,
    shown,
)
from ledger.doors.web.contract import download, twin
from ledger.doors.web.people import note
from ledger.doors.web.permissions import at_organ, for_everyone
from ledger.doors.web.place import Asking, AskingNow, Place
from ledger.drawing import contents
from ledger.drawing.change_documents import difference_document
from ledger.drawing.changes import difference_sheet
from ledger.drawing.charts import outcomes_chart, trend_chart
from ledger.drawing.checks import check_sheet
from ledger.drawing.documents import (
    check_document,
    encoded,
    public_trace_document,
    trace_document,
)
from ledger.drawing.formats import difference_as, report_as, trace_as
from ledger.drawing.full_reports import full_report_document, issue_document, laid_out
from ledger.drawing.inspecting import Inspector
from ledger.drawing.pages import report_view
from ledger.drawing.roll_ups import roll_up_document, roll_up_view
from ledger.drawing.warnings import warning_grids
from ledger.rooms.storage import reading
from ledger.rooms.storage.reading import Connection
from ledger.verbs.checking import Finding, check_full_report, check_report
from ledger.verbs.differing import Difference, differences
from ledger.verbs.full_reports import FullReport, full_report
from ledger.verbs.issues import ISSUED, all_issues, life_at
from ledger.verbs.recording import today
from ledger.verbs.reporting import Question, report, tree_on
from ledger.verbs.rolling_up import roll_up
from ledger.verbs.tracing import trace
from ledger.verbs.warnings import Warnings, warnings_of
from ledger.words.persons import Permission
from ledger.words.problems import Problem, Refusal
from ledger.words.years import Period, period_of

router = APIRouter(tags=["reports"])

NOW = "now"
LISTED = 200
"""Facts that the inspector lists; a workbook has all."""


@dataclass(frozen=True)
class View:
    """Which report is looked at, and as known when."""

    organ: str
    period: str
    as_at: str | None
    below: bool
    edition: str | None

    @property
    def span(self) -> Period:
        """The period; raises Refusal."""
        period = period_of(self.period)
        if period is None:
            raise Refusal(Problem("not-a-period", params={"value": self.period}))
        return period

    def question(self, *, public: bool) -> Question:
        """What is asked of the ledger; who may see no more is shown what was issued."""
        as_at = ISSUED if public else None if self.as_at in (None, "", NOW) else self.as_at
        edition = None if public else self.edition or None
        return Question(self.span, self.organ, self.below, as_at, edition)


async def view_now(
    organ: Annotated[str, Path(examples=["yueqing-jgsw"])],
    period: Annotated[str, Path(examples=["2020", "2020-Q1", "2020-03"])],
    as_at: Annotated[
        str | None,
        Query(description="now, issued, closed, a position or a time", examples=["issued"]),
    ] = None,
    below: Annotated[bool, Query(description="with every organ below it")] = False,
    edition: Annotated[str | None, Query(description="another form", max_length=100)] = None,
) -> View:
    """The report that an address names."""
    return View(organ, period, as_at, below, edition)


ViewNow = Annotated[View, Depends(view_now)]


@dataclass(frozen=True)
class FigureAsked:
    """Which figure is looked at."""

    table: str
    row: str
    column: str

    @property
    def address(self) -> str:
        """Where it stands in the report."""
        return f"{self.table}/{self.row}/{self.column}"


async def figure_now(
    table: Annotated[str, Path(examples=["procurement"])],
    row: Annotated[str, Path(examples=["centralised"])],
    column: Annotated[str, Path(examples=["amount"])],
) -> FigureAsked:
    """The figure that an address names."""
    return FigureAsked(table, row, column)


FigureNow = Annotated[FigureAsked, Depends(figure_now)]


@router.get("/reports", include_in_schema=False, **for_everyone())
def reports_page(asking: AskingNow) -> Response:
    """The reports that who asks may see."""
    with asking.place.journal.reading() as connection:
        day = today()
        tree = tree_on(connection, day, reading.last_position(connection))
        organs = asking.organs(Permission.READ, tree)
        rows = _listed(asking, connection)
    names = {code: organ.name for code, organ in tree.items()}
    return shown(asking, "reports", rows=rows, organs=organs, names=names, year=day.year - 1)


@router.get("/reports/find", include_in_schema=False, **for_everyone())
def find_report(organ: str, period: str) -> Response:
    """The page of the report that a form asks for."""
    return RedirectResponse(f"/reports/{quote(organ)}/{quote(period)}", 303)


@router.get(
    "/reports.json",
    **twin("list_reports", "Reports that have been issued", contents.Reports),
    **for_everyone(),
)
def reports_twin(asking: AskingNow) -> Response:
    """The reports that who asks may see."""
    with asking.place.journal.reading() as connection:
        return given({"reports": _listed(asking, connection)})


@router.get(
    "/reports/{organ}/{period}.json",
    **twin("get_report", "The report of a period", contents.Report),
    **at_organ(Permission.READ, issued=True),
)
def report_twin(asking: AskingNow, view: ViewNow) -> Response:
    """Every table and text of a report."""
    with asking.place.journal.reading() as connection:
        question = _question(asking, connection, view)

        def make() -> str:
            made = full_report(connection, asking.place.house.editions, question)
            return encoded(full_report_document(made))

        kept = asking.place.kept.get(asking.key(connection, question), make)
    return kept_document(asking, kept)


Document = Literal["docx", "xlsx", "pdf", "html"]
FORMATS: tuple[Document, ...] = get_args(Document)


@router.get(
    "/reports/{organ}/{period}/document.{format_}",
    **download("export_report", "The report as a document", *(MEDIA[each] for each in FORMATS)),
    **at_organ(Permission.EXPORT, issued=True),
)
def document(
    asking: AskingNow, view: ViewNow, format_: Annotated[Document, Path(examples=["docx"])]
) -> Response:
    """The report as Word, Excel, PDF or HTML."""
    place = asking.place
    with place.journal.reading() as connection:
        question = _question(asking, connection, view)
        made = full_report(connection, place.house.editions, question)
        _note(asking, "export", view, f"document.{format_}")
    name = f"{view.organ}-{view.period}"
    return delivered(report_as(format_, made, asking.language), format_, name)


@router.get(
    "/reports/{organ}/{period}/chart.svg",
    **download("get_chart", "A chart of the period", MEDIA["svg"]),
    **at_organ(Permission.READ, issued=True),
)
def chart(asking: AskingNow, view: ViewNow, since: str | None = None) -> Response:
    """The outcomes of a period or, with `since`, the trend from an earlier one."""
    from ledger.drawing.pictures import chart_svg

    editions = asking.place.house.editions
    with asking.place.journal.reading() as connection:
        question = _question(asking, connection, view)
        if since is None:
            drawn = outcomes_chart(report(connection, editions, question))
        else:
            first = period_of(since)
            periods = question.period.since(first)[-20:] if first else ()
            asked = (msgspec.structs.replace(question, period=each) for each in periods)
            drawn = trend_chart([report(connection, editions, each) for each in asked])
    if drawn is None:
        raise Refusal(Problem("no-such-page", params={"what": "chart.svg"}))
    return Response(chart_svg(drawn, asking.language), media_type=MEDIA["svg"])


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
        question = _question(asking, connection, view)

        def make() -> str:
            made = full_report(connection, place.house.editions, question)
            traced = trace(connection, made.setting, address)
            document_of = public_trace_document if public else trace_document
            return encoded(document_of(traced, definitions))

        kept = place.kept.get(asking.key(connection, public), make)
    if not public:
        _note(asking, "read", view, address)
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
    _note(asking, "export", view, figure.address)
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
    _note(asking, "export", view, "differences")
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
        question = _question(asking, connection, view)
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
        question = _question(asking, connection, view)
        told = roll_up(connection, asking.place.house.editions, question, cell or ())
    return shown(asking, "breakdown", told=roll_up_view(told, asking.language), view=view)


@router.get(
    "/reports/{organ}/{period}", include_in_schema=False, **at_organ(Permission.READ, issued=True)
)
def report_page(
    asking: AskingNow,
    view: ViewNow,
    cell: Annotated[str | None, Query(max_length=300)] = None,
    since: Annotated[str | None, Query(max_length=40)] = None,
    day: date | Literal[""] = "",
) -> Response:
    """The tables as the form prints them, with the inspector of one figure beside them."""
    if day:
        below = "&below=true" if view.below else ""
        return RedirectResponse(f"{asking.request.url.path}?as_at={day}{below}", 303)
    place = asking.place
    with place.journal.reading() as connection:
        question = _question(asking, connection, view)
        may = {each: asking.may(connection, each, view.organ) for each in _SHOWN}
        key = asking.key(connection, *may.values())
        kept = place.kept.get(
            key, lambda: _drawn(asking, connection, view, question, cell, since, may)
        )
    if cell is not None and may[Permission.READ]:
        _note(asking, "read", view, cell)
    return kept_page(asking, kept)


_SHOWN = (
    Permission.READ,
    Permission.DRAFT,
    Permission.APPROVE,
    Permission.PUBLISH,
    Permission.EXPORT,
)
"""The permissions on which the page of a report depends."""


def _checked(asking: Asking, view: View) -> tuple[FullReport, list[Finding], Warnings]:
    with asking.place.journal.reading() as connection:
        question = _question(asking, connection, view)
        made, findings = check_report(connection, asking.place.house.editions, question)
        # Warnings name cases and sources, which are not for everyone.
        public = not asking.may(connection, Permission.READ, view.organ)
        warnings = Warnings() if public else warnings_of(connection, made.setting)
    return made, findings, warnings


def _drawn(
    asking: Asking,
    connection: Connection,
    view: View,
    question: Question,
    cell: str | None,
    since: str | None,
    may: dict[Permission, bool],
) -> str:
    house, public = asking.place.house, not may[Permission.READ]
    made = full_report(connection, house.editions, question)
    findings = check_full_report(connection, house.editions, made)
    life = life_at(connection, view.organ, view.span, below=view.below)
    told = None if public else _since(connection, asking.place, question, since, bool(life.issues))
    warnings = Warnings() if public else warnings_of(connection, made.setting)
    inspector = None
    if cell is not None:
        inspector = Inspector.of(
            trace(connection, made.setting, cell, LISTED),
            findings,
            told,
            house.editions,
            house.definitions,
            public=public,
        )
    return drawn(
        asking,
        "report",
        view=view,
        may={permission.value: given for permission, given in may.items()},
        everyone=public,
        issues=[issue_document(issue) for issue in life.issues],
        inspector=inspector and inspector.drawn(asking.language),
        warnings=warning_grids(warnings, house.definitions, asking.language),
        **report_view(laid_out(made), findings, told, asking.language, cell, asking.here),
    )


def _listed(asking: Asking, connection: Connection) -> list[dict[str, Any]]:
    """The issued reports, newest first, then the organs whose figures may be looked at."""
    rows = [
        {
            "organ": issue.organ,
            "period": issue.data["period"],
            "below": issue.data["below"],
            "issued_on": issue.occurred_on,
            "restates": issue.data.get("replaces"),
        }
        for issue in all_issues(connection)
        if asking.place.public or asking.may(connection, Permission.READ, issue.organ)
    ]
    return sorted(rows, key=lambda row: (row["period"], row["organ"]), reverse=True)


def _question(asking: Asking, connection: Connection, view: View) -> Question:
    """What may be asked: a person's own question, or for everyone what was issued."""
    organ = asking.organ(connection, view.organ)
    if asking.may(connection, asking.needed, organ):
        return view.question(public=False)
    issued = life_at(connection, organ, view.span, below=view.below).issue
    if asking.place.public and issued is not None and view.as_at in (None, "", ISSUED):
        return view.question(public=True)
    asking.require(connection, organ)
    return view.question(public=False)


def _differences(asking: Asking, view: View, since: str) -> Difference:
    with asking.place.journal.reading() as connection:
        asking.require(connection, asking.organ(connection, view.organ))
        question = view.question(public=False)
        return differences(connection, asking.place.house.editions, question, since)


def _since(
    connection: Connection, place: Place, question: Question, since: str | None, issued: bool
) -> Difference | None:
    """What changed since then; unless asked otherwise, since the report was issued."""
    if not since and (not issued or question.as_at is not None or question.edition is not None):
        return None
    return differences(connection, place.house.editions, question, since or ISSUED)


def _note(asking: Asking, action: str, view: View, what: str) -> None:
    note(asking, action, f"{view.organ}/{view.period}/{what}", view.organ)
