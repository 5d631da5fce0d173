"""An applicant's name and contacts: shown, kept and erased by who may, at the very organ that keeps them."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Query, Response
from fastapi.responses import RedirectResponse

from ledger.doors.web.answers import shown
from ledger.doors.web.people import FormNow, require_session
from ledger.doors.web.permissions import at_organ
from ledger.doors.web.place import Asking, AskingNow
from ledger.verbs.people.vault import Applicant, read_applicant
from ledger.words.persons import Permission
from ledger.words.problems import Problem, Refusal

router = APIRouter(tags=["applicants"], include_in_schema=False)

OrganAsked = Annotated[str, Query(max_length=64)]
FIELDS = Applicant.__struct_fields__


@router.get("/applicants/{subject:path}", **at_organ(Permission.PERSONAL))
def applicant_page(asking: AskingNow, subject: str, organ: OrganAsked) -> Response:
    """What the organ keeps of an applicant; every look is noted."""
    _require(asking, organ)
    return _page(asking, subject, organ)


@router.post("/applicants/{subject:path}", **at_organ(Permission.PERSONAL))
def applicant_form(asking: AskingNow, subject: str, organ: OrganAsked, form: FormNow) -> Response:
    """Keeps or erases."""
    _require(asking, organ)
    vault, person = asking.place.vault, require_session(asking).person
    told = {name: str(form.get(name, "")).strip() for name in FIELDS}
    try:
        if form.get("act") == "erase":
            definitions = asking.place.house.definitions
            vault.erase(definitions, organ, subject, person, asking.address)
        else:
            vault.keep(organ, subject, read_applicant(told), person, asking.address)
    except Refusal as refusal:
        return _page(asking, subject, organ, refusal.problems[0])
    return RedirectResponse(f"{asking.request.url.path}?organ={quote(organ)}", 303)


def _page(asking: Asking, subject: str, organ: str, problem: Problem | None = None) -> Response:
    person = require_session(asking).person
    found = asking.place.vault.show(organ, subject, person, asking.address)
    labels = asking.place.house.definitions.labels(asking.language)
    return shown(
        asking,
        "applicant",
        status=422 if problem else 200,
        subject=subject,
        organ=organ,
        fields=FIELDS,
        found=found,
        problem=problem and problem.sentence(asking.language, labels),
    )


def _require(asking: Asking, organ: str) -> None:
    with asking.place.journal.reading() as connection:
        asking.require(connection, asking.organ(connection, organ))
