"""The life of a report at the pages: drafted, checked, approved by another person, issued, restated."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

import msgspec
from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse

from ledger.doors.web.answers import shown
from ledger.doors.web.people import FormNow
from ledger.doors.web.permissions import at_organ
from ledger.doors.web.place import Asking, AskingNow
from ledger.doors.web.views import View, ViewNow
from ledger.drawing.drafting import draft_view
from ledger.drawing.full_reports import issue_document, laid_out
from ledger.drawing.warnings import warning_grids
from ledger.verbs import issuing
from ledger.verbs.checking import check_full_report
from ledger.verbs.closing import close_year
from ledger.verbs.full_reports import (
    drafted_setting,
    full_report_of,
    require_references,
)
from ledger.verbs.issues import closing_of
from ledger.verbs.reporting import Question
from ledger.verbs.sealing import Seal, issue_sealed, keys_that_sign
from ledger.verbs.warnings import warnings_of
from ledger.words.persons import Permission
from ledger.words.problems import Problem, Refusal

router = APIRouter(tags=["issuing"], include_in_schema=False)

SECTION = "section-"
"""How the fields of the texts are named."""


@router.get("/reports/{organ}/{period}/draft", **at_organ(Permission.READ))
def draft_page(asking: AskingNow, view: ViewNow) -> Response:
    """The texts of the sections, and how far the report has come."""
    return _page(asking, view)


def _page(
    asking: Asking,
    view: View,
    texts: dict[str, str] | None = None,
    problems: tuple[Problem, ...] = (),
) -> Response:
    place = asking.place
    editions, definitions = place.house.editions, place.house.definitions
    with place.journal.reading() as connection:
        asking.require(connection, asking.organ(connection, view.organ))
        setting, life = drafted_setting(connection, editions, _question(view))
        stands = dict(life.sections)
        if texts is not None:
            problems = (*problems, *_wrong_references(setting.edition, texts))
            life.sections = stands if problems else {**stands, **texts}
        made = full_report_of(connection, editions, setting, life)
        findings = check_full_report(connection, editions, made)
        warnings = warnings_of(connection, setting)
        closing = closing_of(connection, view.organ, setting.year)
        may = {
            each.value: asking.may(connection, each, view.organ)
            for each in (Permission.DRAFT, Permission.APPROVE, Permission.PUBLISH)
        }
    labels = definitions.labels(asking.language)
    return shown(
        asking,
        "draft",
        status=422 if problems else 200,
        view=view,
        may=may,
        title=setting.title[asking.language],
        problems=[problem.sentence(asking.language, labels) for problem in problems],
        texts={**stands, **(texts or {})},
        life=life,
        issues=[issue_document(issue) for issue in life.issues],
        closing=closing,
        warnings=warning_grids(warnings, definitions, asking.language),
        **draft_view(laid_out(made), made, findings, asking.language),
    )


def _wrong_references(edition: Any, texts: dict[str, str]) -> tuple[Problem, ...]:
    try:
        require_references(edition, texts)
    except Refusal as refusal:
        return refusal.problems
    return ()


def _question(view: View) -> Question:
    return Question(view.span, view.organ, view.below)


def _texts(form: dict[str, str]) -> dict[str, str]:
    return {
        name.removeprefix(SECTION): text.replace("\r\n", "\n")
        for name, text in form.items()
        if name.startswith(SECTION)
    }


def _save(asking: Asking, question: Question, form: dict[str, str]) -> None:
    kind, reason = form.get("kind") or None, form.get("reason") or None
    issuing.draft(asking.office, question, _texts(form), kind, reason)


def _waive(asking: Asking, question: Question, form: dict[str, str]) -> None:
    constraint, at, reason = form.get("constraint", ""), form.get("at") or None, form.get("why", "")
    if not reason.strip():
        raise Refusal(Problem("waive-with-reason", params={"constraint": constraint}))
    issuing.waive(asking.office, question, constraint, at, reason)


def _withdraw(asking: Asking, question: Question, form: dict[str, str]) -> None:
    constraint, at = form.get("constraint", ""), form.get("at") or None
    issuing.withdraw_waiver(asking.office, question, constraint, at)


def _check(asking: Asking, question: Question, _: dict[str, str]) -> None:
    issuing.check_for_issue(asking.office, question)


def _approve(asking: Asking, question: Question, _: dict[str, str]) -> None:
    issuing.approve(asking.office, question)


def _issue(asking: Asking, question: Question, _: dict[str, str]) -> None:
    place = asking.place
    keys = keys_that_sign(place.journal, place.keys, os.environ.get("LEDGER_SIGNING_KEYS"))
    issue_sealed(asking.office, question, Seal(keys, place.tiles))


def _close(asking: Asking, question: Question, _: dict[str, str]) -> None:
    close_year(asking.office, msgspec.structs.replace(question, below=False))


_STEPS: dict[str, tuple[Permission, Callable[[Asking, Question, dict[str, str]], None]]] = {
    "save": (Permission.DRAFT, _save),
    "waive": (Permission.DRAFT, _waive),
    "withdraw": (Permission.DRAFT, _withdraw),
    "check": (Permission.DRAFT, _check),
    "approve": (Permission.APPROVE, _approve),
    "issue": (Permission.PUBLISH, _issue),
    "close": (Permission.PUBLISH, _close),
}
"""Each step with the permission that it takes."""


@router.post(
    "/reports/{organ}/{period}/draft",
    **at_organ(Permission.READ, {name: permission for name, (permission, _) in _STEPS.items()}),
)
def draft_step(asking: AskingNow, view: ViewNow, posted: FormNow) -> Response:
    """Takes the step that a button of the page stands for."""
    form = {name: str(value) for name, value in posted.items()}
    step = form.get("step", "preview")
    if step == "preview":
        return _page(asking, view, _texts(form))
    taken = _STEPS.get(step)
    if taken is None:
        raise Refusal(Problem("not-readable", params={"detail": "step"}))
    permission, take = taken
    with asking.place.journal.reading() as connection:
        asking.require(connection, asking.organ(connection, view.organ), permission)
    try:
        take(asking, _question(view), form)
    except Refusal as refusal:
        return _page(asking, view, _texts(form) if step == "save" else None, refusal.problems)
    below = "?below=true" if view.below else ""
    return RedirectResponse(f"/reports/{view.organ}/{view.period}/draft{below}", 303)
