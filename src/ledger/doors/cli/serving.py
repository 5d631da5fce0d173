"""The command that opens the pages: serve."""

from __future__ import annotations

import os
from typing import Annotated

import typer

from ledger.doors.cli.desk import (
    Desk,
    FormsOption,
    app,
    desk_of,
    require_folders,
)
from ledger.verbs import demo as telling
from ledger.verbs.accounts import KEPT_DAYS
from ledger.verbs.people.links import first_link, path_of
from ledger.verbs.recording import record
from ledger.words.persons import Grant, Role

PeopleOption = Annotated[
    str | None,
    typer.Option(
        "--people",
        envvar="LEDGER_PEOPLE",
        help="用户数据库地址，默认在台账旁 · database of the users, else beside the ledger",
    ),
]

_TRIAL = (Role.CLERK, Role.REVIEWER, Role.PUBLISHER, Role.AUDITOR)
"""What the first user of a trial may do besides administering."""
_LAST_ANSWERS = 5
"""Seconds that answers under way have when the server stops; those who follow are cut off then."""


@app.command()
def serve(
    context: typer.Context,
    host: Annotated[
        str, typer.Option("--host", help="监听地址 · address to listen at")
    ] = "127.0.0.1",
    port: Annotated[
        int, typer.Option("--port", min=0, max=65_535, help="端口 · port to listen at")
    ] = 8000,
    workers: Annotated[
        int, typer.Option("--workers", min=1, max=64, help="进程数 · processes that answer")
    ] = 1,
    people: PeopleOption = None,
    public: Annotated[
        bool,
        typer.Option(
            "--public/--no-public",
            help="是否人人可看已印发的报告 · whether everyone may see issued reports",
        ),
    ] = True,
    kept_days: Annotated[
        int,
        typer.Option(
            "--keep-access-log",
            envvar="LEDGER_KEEP_ACCESS_LOG",
            min=1,
            max=36_500,
            metavar="DAYS",
            help="访问日志保留天数 · days that the access log is kept",
        ),
    ] = KEPT_DAYS,
    demo: Annotated[
        bool,
        typer.Option("--demo", help="空台账先填入演示年度 · fill a fresh ledger with a real year"),
    ] = False,
    projections: FormsOption = None,
) -> None:
    """打开网页和接口 · Open the pages and the HTTP API."""
    import uvicorn

    from ledger.doors.web import serving

    desk = desk_of(context)
    trial = demo and _is_trial(desk)
    accounts = serving.accounts_of(desk.database, people)
    link = first_link(accounts, [Grant(role) for role in _TRIAL] if trial else ())
    accounts.close()
    os.environ[serving.DATABASE] = desk.database
    os.environ[serving.KEPT] = str(kept_days)
    os.environ[serving.PUBLIC] = "1" if public else "0"
    os.environ[serving.FORMS] = os.pathsep.join(map(str, require_folders(projections)))
    if people:
        os.environ[serving.PEOPLE] = people
    shown = f"[{host}]" if ":" in host else host
    desk.say("serving", address=f"http://{shown}:{port}/")
    if link:
        desk.say("first-link", address=f"http://{shown}:{port}{path_of(link)}")
    uvicorn.run(
        "ledger.doors.web.serving:app",
        factory=True,
        host=host,
        port=port,
        workers=workers,
        log_level="warning",
        server_header=False,
        timeout_graceful_shutdown=_LAST_ANSWERS,
    )


def _is_trial(desk: Desk) -> bool:
    """Whether the ledger holds the demo's year, filled in first where it was empty."""
    drafts = list(telling.drafts())
    with desk.new_journal.writing() as writing:
        position, known = writing.position, writing.found([drafts[0]["id"]])
    if position:
        return drafts[0]["id"] in known
    record(desk.new_journal, desk.house.definitions, drafts, "demo")
    desk.say("demo-note")
    return True
