"""How a page, its twin, a document or a problem comes back."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from fastapi import Request, Response
from fastapi.responses import HTMLResponse
from markupsafe import escape

from ledger.doors.web.keeping import Answer
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
    "sign-in-failed": 403,
    "beyond-your-organs": 403,
    "identity-unknown": 403,
    "link-over": 403,
    "no-such-user": 404,
    "no-such-token": 404,
    "oidc-failed": 502,
    "oidc-other-browser": 403,
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


_PERSON, _CSRF = "\ufdd0person", "\ufdd0csrf"
"""Stand for who asks in a page that is kept: signs that no text of ours may hold."""


def shown(asking: Asking, template: str, status: int = 200, **values: Any) -> Response:
    """A page in the language of who asks."""
    return _page(asking, drawn(asking, template, **values).encode(), status)


def drawn(asking: Asking, template: str, **values: Any) -> str:
    """A page as it can be kept, for all who may see the same."""
    return page(
        template,
        asking.language,
        asking.here,
        person=asking.person,
        who=_PERSON,
        csrf=_CSRF if asking.entered else "",
        **values,
    )


def kept_page(asking: Asking, kept: Answer) -> Response:
    """A kept page, for who asks; a browser that has it already is told so."""
    name, csrf = _personal(asking)
    # Two sessions never share a tag: each has a word of its own in its forms.
    tag = Answer.of(f"{kept.tag} {name} {csrf}").tag
    return _unless_known(asking, tag, lambda: _page(asking, kept.body, 200))


def kept_document(asking: Asking, kept: Answer) -> Response:
    """A kept JSON document."""
    return _unless_known(asking, kept.tag, lambda: Response(kept.body, media_type=MEDIA["json"]))


def _page(asking: Asking, body: bytes, status: int) -> Response:
    name, csrf = _personal(asking)
    body = body.replace(_PERSON.encode(), escape(name).encode()).replace(
        _CSRF.encode(), csrf.encode()
    )
    response = HTMLResponse(body, status)
    chosen = asking.request.query_params.get("lang")
    if chosen in LANGUAGES:
        response.set_cookie(LANGUAGE, chosen, max_age=365 * 86_400, samesite="lax", httponly=True)
    return response


def _personal(asking: Asking) -> tuple[str, str]:
    """What a page has of its own for who asks: their name, and the word of their session."""
    person, entered = asking.person, asking.entered
    return (person.display or person.name) if person else "", entered.csrf if entered else ""


def _unless_known(asking: Asking, tag: str, make: Callable[[], Response]) -> Response:
    known = asking.request.headers.get("if-none-match", "")
    if f'"{tag}"' in (part.strip().removeprefix("W/") for part in known.split(",")):
        response = Response(status_code=304)
    else:
        response = make()
    response.headers["etag"] = f'"{tag}"'
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
    """Whether a program asks: what the contract tells is a page only for a browser, which names HTML."""
    headers, route = request.headers, request.scope.get("route")
    accepted = headers.get("accept", "")
    return (
        request.url.path.endswith(".json")
        or "authorization" in headers
        or "application/json" in accepted
        or (getattr(route, "include_in_schema", False) and "text/html" not in accepted)
    )
