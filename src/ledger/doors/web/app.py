"""The application: its routes, and what it says when something is wrong."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path
from urllib.parse import quote

from fastapi import Depends, FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import RedirectResponse
from fastapi.staticfiles import StaticFiles
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from ledger.doors.web import (
    administration,
    applicants,
    cases,
    desk,
    entrance,
    events,
    figures,
    following,
    health,
    importing,
    issuing,
    recording,
    reports,
    searching,
)
from ledger.doors.web.answers import refused, wants_json
from ledger.doors.web.contract import REFUSALS, openapi
from ledger.doors.web.permissions import At
from ledger.doors.web.place import AskingNow, Place, SignInFirst
from ledger.doors.web.typed import typed_again
from ledger.doors.web.wrapping import Wrapped
from ledger.rooms.storage.database import failure_of
from ledger.words.problems import Problem, Refusal


def create_app(place: Place) -> FastAPI:
    """The application over one ledger."""
    app = FastAPI(
        title="Disclosure ledger",
        version="1",
        docs_url=None,
        redoc_url=None,
        openapi_url="/openapi.json",
    )
    app.state.place = place
    # Before the events, whose addresses would take its own for the id of one.
    rooms = (
        following,
        desk,
        issuing,
        reports,
        figures,
        events,
        searching,
        cases,
        recording,
        importing,
    )
    for room in (*rooms, applicants, entrance, administration, health):
        app.include_router(room.router, responses=REFUSALS, dependencies=[Depends(_enter)])
    app.openapi = cache(lambda: openapi(app, place.house.definitions))  # type: ignore[method-assign]
    static = Path(str(files("ledger.drawing") / "static"))
    app.mount("/static", StaticFiles(directory=static), name="static")
    labels = {name: place.house.definitions.labels(name) for name in ("zh-CN", "en")}

    @app.exception_handler(Refusal)
    async def _refusal(request: Request, refusal: Refusal) -> Response:
        if refusal.problems[0].code == "csrf" and not wants_json(request):
            kept = await typed_again(request, 403)
            if kept is not None:
                return kept
        return await run_in_threadpool(refused, request, refusal.problems, labels)

    @app.exception_handler(SignInFirst)
    async def _sign_in(request: Request, _: SignInFirst) -> Response:
        problem = Problem("sign-in-first")
        if wants_json(request) or request.method != "GET":
            kept = None if wants_json(request) else await typed_again(request, 401)
            if kept is not None:
                return kept
            answer = await run_in_threadpool(refused, request, [problem], labels)
            answer.status_code = 401
            answer.headers["www-authenticate"] = "Bearer"
            return answer
        wanted = quote(request.url.path + (f"?{request.url.query}" if request.url.query else ""))
        return RedirectResponse(f"/sign-in?next={wanted}", 303)

    @app.exception_handler(RequestValidationError)
    def _invalid(request: Request, error: RequestValidationError) -> Response:
        detail = "; ".join(f"{each['loc'][-1]}: {each['msg']}" for each in error.errors())
        return refused(request, [Problem("not-readable", params={"detail": detail})], labels)

    @app.exception_handler(HTTPException)
    def _http(request: Request, error: HTTPException) -> Response:
        answer = refused(
            request, [Problem("no-such-page", params={"what": request.url.path})], labels
        )
        answer.status_code = error.status_code
        return answer

    def failed(request: Request, error: Exception) -> Response | None:
        problem = failure_of(error)
        return refused(request, [problem], labels) if problem else None

    app.add_middleware(Wrapped, saw=place.requests.saw, failed=failed)
    return app


async def _enter(asking: AskingNow) -> None:
    url = asking.request.url
    # PostgreSQL keeps no text with a zero byte, so there is nothing that such an address names.
    if "\x00" in url.path or "%00" in url.query:
        raise Refusal(Problem("no-such-page", params={"what": "%00"}))
    if asking.needs["at"] in (At.ONESELF, At.SOMEWHERE):
        await run_in_threadpool(asking.enter)
