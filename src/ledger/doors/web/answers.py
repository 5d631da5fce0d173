"""How a page, its twin, a document or a problem comes back."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from fastapi import Request, Response
from fastapi.responses import HTMLResponse

from ledger.doors.web.place import LANGUAGE, Asking
from ledger.drawing.documents import encoded, problem_document
from ledger.drawing.pages import page
from ledger.drawing.phrases import LANGUAGES
from ledger.words.problems import Problem

MEDIA = {
    "html": "text/html; charset=utf-8",
    "json": "application/json",
    "text": "text/plain; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
    "svg": "image/svg+xml",
}

STATUS = {
    "not-permitted": 403,
    "csrf": 403,
    "wrong-sign-in": 403,
    "too-many-attempts": 429,
    "no-such-page": 404,
    "no-such-organ": 404,
    "no-such-cell": 404,
    "no-such-edition": 404,
    "no-such-subject": 404,
    "unknown-event": 404,
    "never-issued": 404,
    "database-failed": 503,
}
"""Of problems whose status is not that of input that cannot be taken, 422."""


def shown(asking: Asking, template: str, status: int = 200, **values: Any) -> HTMLResponse:
    """A page in the language of who asks."""
    chosen = asking.request.query_params.get("lang")
    response = HTMLResponse(
        page(
            template,
            asking.language,
            path=asking.request.url.path,
            query=dict(asking.request.query_params),
            person=asking.person,
            csrf=asking.entered.csrf if asking.entered else "",
            public=asking.place.public,
            **values,
        ),
        status,
    )
    if chosen in LANGUAGES:
        response.set_cookie(LANGUAGE, chosen, max_age=365 * 86_400, samesite="lax", httponly=True)
    return response


def given(document: Any) -> Response:
    """The JSON twin of a page."""
    return Response(encoded(document), media_type=MEDIA["json"])


def delivered(content: Any, format_: str, name: str) -> Response:
    """A document to keep."""
    data = content.encode() if isinstance(content, str) else content
    headers = {"content-disposition": f'attachment; filename="{name}.{format_}"'}
    return Response(data, media_type=MEDIA[format_], headers=headers)


def refused(
    request: Request, problems: Iterable[Problem], labels: dict[str, dict[str, str]]
) -> Response:
    """Problems as a page or, for programs, as problem+json (RFC 9457)."""
    found = list(problems)
    status = STATUS.get(found[0].code, 422)
    asking = Asking(request)
    if wants_json(request):
        document = {
            "type": f"urn:ledger:problem:{found[0].code}",
            "title": found[0].sentence(asking.language, labels[asking.language]),
            "status": status,
            "problems": [problem_document(problem, labels) for problem in found],
        }
        return Response(encoded(document), status, media_type="application/problem+json")
    sentences = [problem.sentence(asking.language, labels[asking.language]) for problem in found]
    return shown(asking, "problem", status, sentences=sentences)


def wants_json(request: Request) -> bool:
    """Whether a program asks."""
    return request.url.path.endswith(".json") or "application/json" in request.headers.get(
        "accept", ""
    )
