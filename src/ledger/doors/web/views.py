"""Which report a request is about: its address, and what who asks may ask of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Path, Query

from ledger.doors.web.people import note
from ledger.doors.web.place import Asking
from ledger.rooms.storage.reading import Connection
from ledger.verbs.issues import ISSUED, life_at
from ledger.verbs.reporting import Question
from ledger.words.problems import Problem, Refusal
from ledger.words.years import Period, period_of

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


def question_of(asking: Asking, connection: Connection, view: View) -> Question:
    """What may be asked: a person's own question, or for everyone what was issued."""
    organ = asking.organ(connection, view.organ)
    if asking.may(connection, asking.needed, organ):
        return view.question(public=False)
    issued = life_at(connection, organ, view.span, below=view.below).issue
    if asking.place.public and issued is not None and view.as_at in (None, "", ISSUED):
        return view.question(public=True)
    asking.require(connection, organ)
    return view.question(public=False)


def note_of(asking: Asking, action: str, view: View, what: str) -> None:
    """Notes in the access log what of a report was read or taken out."""
    note(asking, action, f"{view.organ}/{view.period}/{what}", view.organ)
