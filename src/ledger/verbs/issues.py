"""What was issued and closed: the lives of reports and the closings of years, as recorded."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ledger.rooms.storage import reading
from ledger.rooms.storage.reading import Connection
from ledger.rooms.subjects.organ import all_above, organ_on
from ledger.rooms.subjects.report import Life, life_of
from ledger.words.events import Event, stream_of
from ledger.words.problems import Problem, Refusal
from ledger.words.years import Period

ISSUED, CLOSED = "issued", "closed"
"""What stands for the position at which a report was last issued, or a year closed."""


def report_subject(period: Period, *, below: bool) -> str:
    """The subject of a report: report:2023, or report:2023/below with every organ below."""
    return f"report:{period.code}/below" if below else f"report:{period.code}"


def life_at(
    connection: Connection, organ: str, period: Period, *, below: bool, position: int | None = None
) -> Life:
    """How far a report had come by a position (None: now)."""
    name = stream_of(report_subject(period, below=below), organ)
    return life_of(_by(reading.history(connection, name), position))


def closing_of(
    connection: Connection, organ: str, year: int, position: int | None = None
) -> Event | None:
    """The closing of an organ's year, as known by a position (None: now)."""
    history = _by(reading.history(connection, stream_of(f"year:{year}", organ)), position)
    return history[0] if history else None


def marked_position(
    connection: Connection, mark: str, organ: str, period: Period, *, below: bool
) -> int:
    """The position that `issued` or `closed` stands for; raises Refusal where there is none."""
    if mark == CLOSED:
        event = closing_of(connection, organ, period.year)
    else:
        event = life_at(connection, organ, period, below=below).issue
    if event is None:
        code = "never-closed" if mark == CLOSED else "never-issued"
        raise Refusal(Problem(code, params={"organ": organ, "period": period.code}))
    position: int = event.data["position"]
    return position


def issues_over(connection: Connection, organ: str, period: Period) -> list[Event]:
    """The reports of a period that an organ's figures are in, as last issued: its own, and those above."""
    own = life_at(connection, organ, period, below=False).issue
    found: list[Event] = [own] if own else []
    for over in (organ, *organs_above(connection, organ, period.last)):
        issue = life_at(connection, over, period, below=True).issue
        if issue is not None and organ in issue.data["members"]:
            found.append(issue)
    return found


def organs_above(connection: Connection, code: str, day: date) -> list[str]:
    """The organs above one as they stand on a day, nearest first."""
    return all_above(lambda each: organ_on(reading.history(connection, f"organ:{each}"), day), code)


def all_issues(connection: Connection) -> Iterator[Event]:
    """Every issue and restatement of every report."""
    for history in reading.histories_of(connection, "report"):
        yield from life_of(history).issues


def all_closings(connection: Connection) -> Iterator[Event]:
    """The closing of every year of every organ."""
    for history in reading.histories_of(connection, "year"):
        yield from history


def _by(history: list[Event], position: int | None) -> list[Event]:
    if position is None:
        return history
    return [event for event in history if event.position <= position]
