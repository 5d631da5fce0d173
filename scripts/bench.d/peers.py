"""The libraries that others would use, beside ours; those that are not installed are left out."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

from appending import BATCH, SINGLE, Bare, Ours, bare_rows
from databases import Databases
from dataset import ORGANS
from eventsourcing.application import Application
from eventsourcing.domain import Aggregate, event
from figures import YEAR, Filled, scan
from measuring import Contestant, Measure, in_turns, say
from sqlalchemy import Connection, text

from ledger.verbs.reporting import Question, report_in, setting_of
from ledger.words.years import year

ROUNDS, SAMPLE = 10, 2000

MODULES = {
    "eventsourcing": "eventsourcing.sqlite",
    "eventsourcing-sqlalchemy": "eventsourcing_sqlalchemy",
}


class Received(Aggregate):
    """An application as the library's own tutorial would have it."""

    @event("Received")
    def __init__(self, organ: str, subject: str, occurred_on: str, data: dict[str, str]) -> None:
        self.organ = organ
        self.subject = subject
        self.occurred_on = occurred_on
        self.applicant, self.channel = data["applicant"], data["channel"]
        self.outcome = ""

    @event("Decided")
    def decide(self, occurred_on: str, outcome: str) -> None:
        self.decided_on, self.outcome = occurred_on, outcome


def peers(where: Databases, full: Filled) -> Iterator[Measure]:
    """Appends of the peers, a report by replay, and a report by SQL over the events themselves."""
    if where.kind != "sqlite":
        return
    applications = {}
    for name, module in MODULES.items():
        if importlib.util.find_spec(module.partition(".")[0]) is None:
            say(f"{name} is not installed: left out")
        else:
            applications[name] = _application(name, module, where.folder)
    yield from _appends(where, full, applications)
    yield _replay(full, applications["eventsourcing"])
    yield _json_sql(full)


def _application(name: str, module: str, folder: Path) -> Application[UUID]:
    path = folder / f"{name}.db"
    return Application(
        {
            "PERSISTENCE_MODULE": module,
            "SQLITE_DBNAME": str(path),
            "SQLALCHEMY_URL": f"sqlite:///{path}",
        }
    )


def _appends(
    where: Databases, full: Filled, applications: dict[str, Application[UUID]]
) -> Iterator[Measure]:
    for size, unit in ((1, SINGLE), (BATCH, BATCH)):
        say(f"peers: {size} events a commit")
        ours, bare = Ours(where, full.house.definitions), Bare(where)
        ours.singly(ours.applications(1, 100))()
        states = ours.stored()
        rows = bare_rows(where, states, ROUNDS + 1, unit)
        contestants = {"floor": bare.singly(rows) if size == 1 else bare.together(rows)}
        for name, application in applications.items():
            contestants[name] = _saves(application, ours.applications(ROUNDS + 1, unit), size)
        rounds = ours.applications(ROUNDS + 1, unit)
        contestants["ours"] = ours.singly(rounds) if size == 1 else ours.together(rounds)
        found = in_turns(contestants, ROUNDS)
        for name in (*applications, "ours"):
            yield Measure(
                name="peers",
                database=where.kind,
                what=f"{size} events a commit: {name}",
                unit="event",
                kind="share",
                ours=found[name],
                floor=found["floor"],
                floor_is="bare inserts",
            )
        ours.journal.engine.dispose()
        bare.connection.close()


def _saves(application: Application[UUID], rounds: list[list[Any]], size: int) -> Contestant:
    waiting = iter(rounds)

    def contestant() -> int:
        drafts = next(waiting)
        for begin in range(0, len(drafts), size):
            application.save(
                *(
                    Received(each["organ"], each["subject"], each["occurred_on"], each["data"])
                    for each in drafts[begin : begin + size]
                )
            )
        return len(drafts)

    return contestant


def _replay(full: Filled, application: Application[UUID]) -> Measure:
    """Each application read from the repository, as a report by replay would: from a sample."""
    say("peers: a report by replaying each aggregate")
    recorder = application.recorder
    ids = [each.originator_id for each in recorder.select_notifications(1, SAMPLE)]

    def sample() -> int:
        return sum(bool(application.repository.get(each).applicant) for each in ids)

    with full.journal.engine.connect() as connection:
        found = in_turns({"floor": scan(connection), "ours": sample}, 5)
        count = "SELECT count(*) FROM events WHERE version = 1 AND stream LIKE 'application:%'"
        applications = connection.execute(text(count)).scalar_one()
    return Measure(
        name="peers",
        database=full.database,
        what=f"a report by replay of {applications:,} aggregates (from {len(ids):,})",
        unit="report",
        kind="times",
        ours=[each * applications for each in found["ours"]],
        floor=found["floor"],
        floor_is="scan of the events",
    )


_JSON = """
WITH told AS (
  SELECT stream, type, id, state ->> '$.occurred_on' AS day, state FROM events
  WHERE type IN ('application.received', 'application.decided', 'application.withdrawn',
    'event.corrected')
), received AS (
  SELECT stream, day, state ->> '$.data.applicant' AS applicant FROM told
  WHERE type = 'application.received'
), corrected AS (
  SELECT state ->> '$.data.event' AS of, state ->> '$.data.data.outcome' AS outcome FROM told
  WHERE type = 'event.corrected'
), handled AS (
  SELECT stream, day, coalesce(corrected.outcome, state ->> '$.data.outcome', 'withdrawn') AS outcome
  FROM told LEFT JOIN corrected ON corrected.of = told.id
  WHERE type IN ('application.decided', 'application.withdrawn')
)
SELECT applicant, CASE WHEN handled.day >= :begin AND handled.day < :end THEN outcome END,
  count(*) FILTER (WHERE handled.day >= :begin AND handled.day < :end),
  count(*) FILTER (WHERE received.day >= :begin AND received.day < :end),
  count(*) FILTER (WHERE received.day < :end AND coalesce(handled.day, '9') >= :end)
FROM received LEFT JOIN handled USING (stream) GROUP BY 1, 2
"""


def _json_sql(full: Filled) -> Measure:
    """The table of applications by SQL over the bytes of the events, checked against our figures."""
    say("peers: a report by SQL over the events")
    asked = {"begin": f"{YEAR}-01-01", "end": f"{YEAR + 1}-01-01"}
    with full.journal.reading() as connection:
        found = _added_up(connection, asked)
        setting = setting_of(
            connection, full.house.editions, Question(year(YEAR), ORGANS[0], below=True)
        )
        cells = report_in(connection, setting).cells
        total = {address: cell.quantity for address, cell in cells.items()}
        granted = "applications/granted/natural-person"
        assert total[granted] == found["natural-person", "granted"], "SQL and ledger differ"
        turns = {
            "floor": scan(connection),
            "ours": lambda: bool(_added_up(connection, asked)),
        }
        timed = in_turns(turns, min(3, full.rounds))
    return Measure(
        name="peers",
        database=full.database,
        what="the table of applications by JSON SQL over the events",
        unit="report",
        kind="times",
        ours=timed["ours"],
        floor=timed["floor"],
        floor_is="scan of the events",
    )


def _added_up(connection: Connection, asked: dict[str, str]) -> dict[tuple[str, str], int]:
    rows = connection.execute(text(_JSON), asked)
    return {(applicant, outcome): decided for applicant, outcome, decided, _, _ in rows if outcome}
