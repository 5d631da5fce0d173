"""Reports: the list, the tables with the inspector beside them, their documents, checks and differences."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal, get_args
from urllib.parse import quote

import msgspec
from fastapi import APIRouter, Path, Query, Response
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
from ledger.doors.web.permissions import at_organ, for_everyone
from ledger.doors.web.place import Asking, AskingNow, Place
from ledger.doors.web.views import LISTED, View, ViewNow, note_of, question_of
from ledger.drawing import contents
from ledger.drawing.charts import outcomes_chart, trend_chart
from ledger.drawing.documents import (
    encoded,
)
from ledger.drawing.formats import report_as
from ledger.drawing.full_reports import full_report_document, issue_document, laid_out
from ledger.drawing.inspecting import Inspector
from ledger.drawing.pages import report_view
from ledger.drawing.warnings import warning_grids
from ledger.rooms.storage import reading
from ledger.rooms.storage.reading import Connection
from ledger.verbs.checking import check_full_report
from ledger.verbs.differing import Difference, differences
from ledger.verbs.full_reports import full_report
from ledger.verbs.issues import ISSUED, all_issues, life_at
from ledger.verbs.recording import today
from ledger.verbs.reporting import Question, report, tree_on
from ledger.verbs.tracing import trace
from ledger.verbs.warnings import Warnings, warnings_of
from ledger.words.persons import Permission
from ledger.words.problems import Problem, Refusal
from ledger.words.years import period_of

router = APIRouter(tags=["reports"])


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
        question = question_of(asking, connection, view)

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
        question = question_of(asking, connection, view)
        made = full_report(connection, place.house.editions, question)
        note_of(asking, "export", view, f"document.{format_}")
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
        question = question_of(asking, connection, view)
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
        question = question_of(asking, connection, view)
        may = {each: asking.may(connection, each, view.organ) for each in _SHOWN}
        key = asking.key(connection, *may.values())
        kept = place.kept.get(
            key, lambda: _drawn(asking, connection, view, question, cell, since, may)
        )
    if cell is not None and may[Permission.READ]:
        note_of(asking, "read", view, cell)
    return kept_page(asking, kept)


_SHOWN = (
    Permission.READ,
    Permission.DRAFT,
    Permission.APPROVE,
    Permission.PUBLISH,
    Permission.EXPORT,
)
"""The permissions on which the page of a report depends."""


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


def _since(
    connection: Connection, place: Place, question: Question, since: str | None, issued: bool
) -> Difference | None:
    """What changed since then; unless asked otherwise, since the report was issued."""
    if not since and (not issued or question.as_at is not None or question.edition is not None):
        return None
    return differences(connection, place.house.editions, question, since or ISSUED)
