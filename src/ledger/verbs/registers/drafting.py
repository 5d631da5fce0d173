"""The rows of a sheet become drafts, each with the cells that tell it; what is wrong is told by its cell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from ledger.rooms.sheets.cells import Row, letters
from ledger.verbs.importing import Refused, id_of
from ledger.verbs.recording import Line
from ledger.verbs.registers.examples import is_example
from ledger.verbs.registers.fields import Field, is_blank
from ledger.verbs.registers.plans import Plan, Telling, at_heading, texts
from ledger.words.problems import Origin, Problem
from ledger.words.spelling import plain, trimmed


class Rows:
    """Reads the rows under the headings of one sheet."""

    def __init__(self, plan: Plan) -> None:
        self.passed_over: list[int] = []
        """Rows that tell nothing: captions, sums, headings printed again."""
        self._plan = plan
        self._read = plan.read_columns() | plan.ignored
        self._stray: set[int] = set()
        self._hidden = 0
        self._headings = {column: plain(text) for column, text in plan.headings.items()}
        (first, *_) = plan.tellings
        self._by_column = {field.place.column: field for field in first.fields}
        self._by_column.pop(0, None)
        self._columns = [
            telling.origin(plan.sheet, 0, plan.headings).columns for telling in plan.tellings
        ]
        self._own = [_own_columns(plan, telling) for telling in plan.tellings]

    def told(self, rows: Iterable[Row]) -> Iterator[Line | Refused]:
        """A draft for each event of each row, or what is wrong with it."""
        for row in rows:
            cells = {column: cell for column, cell in row.cells.items() if not is_blank(cell)}
            row = msgspec.structs.replace(row, cells=cells)
            if row.number <= self._plan.heading_row or row.is_blank():
                continue
            if row.hidden:
                yield from self._hidden_row(row)
            elif self._tells_nothing(row):
                self.passed_over.append(row.number)
            else:
                yield from self._events(row)

    def _events(self, row: Row) -> Iterator[Line | Refused]:
        strays = list(self._strays(row))
        if strays:
            yield _refused(strays)
        example = is_example(row.cells, self._by_column) if self._plan.examples else False
        if example:
            return
        if example is None:
            at = min(self._by_column)
            yield _refused([self._at(row, at, Problem("example-altered"))])
            return
        for telling, columns, own in zip(
            self._plan.tellings, self._columns, self._own, strict=True
        ):
            origin = Origin(row.number, self._plan.sheet, columns)
            if len(self._plan.tellings) == 1 or any(column in row.cells for column in own):
                yield _draft(telling, row, origin)

    def _tells_nothing(self, row: Row) -> bool:
        """A caption over the whole width, the headings again, or a sum that the mapping names."""
        own = [cell for cell in row.cells.values() if not cell.repeated]
        if len(own) == 1 and own[0].merged == "across":
            return True
        first = row.cells[min(row.cells)]
        if plain(str(first.value)) in self._plan.skip:
            return True
        return len(row.cells) > 1 and all(
            plain(text) == self._headings.get(column) for column, text in texts(row).items()
        )

    def _strays(self, row: Row) -> Iterator[Problem]:
        """Cells in columns that nothing is known of; each such column is told once."""
        for column in row.cells:
            if column not in self._read and column not in self._stray:
                self._stray.add(column)
                heading = self._plan.headings.get(column, "")
                code = "unknown-heading" if heading else "no-heading"
                at = row.number if not heading else self._plan.heading_row
                yield at_heading(code, self._plan.sheet, at, column, heading)

    def _hidden_row(self, row: Row) -> Iterator[Refused]:
        self._hidden += 1
        if self._hidden == 1:
            yield _refused([self._at(row, min(row.cells), Problem("hidden-row"))])

    def _at(self, row: Row, column: int, problem: Problem) -> Problem:
        return msgspec.structs.replace(
            problem,
            line=row.number,
            sheet=self._plan.sheet,
            cell=f"{letters(column)}{row.number}",
            heading=self._plan.headings.get(column, ""),
        )


def _draft(telling: Telling, row: Row, origin: Origin) -> Line | Refused:
    draft: dict[str, Any] = {"type": telling.type, "data": {}}
    problems: list[Problem] = []
    for field in telling.fields:
        problem = _put(draft, field, field.read(row.cells, draft))
        if problem is not None:
            problems.append(_placed(problem, field, origin))
    if telling.type.startswith("organ.") and "organ" in draft:
        draft["subject"] = f"organ:{draft['organ']}"
    if problems:
        return Refused(Line(draft, origin), tuple(problems))
    # The version is no part of the content: the same row is the same event under a newer one.
    return Line({"id": id_of(draft)} | draft | {"version": telling.version}, origin)


def _put(draft: dict[str, Any], field: Field, value: Any) -> Problem | None:
    if isinstance(value, Problem):
        return value
    if value is None:
        if field.column.required:
            params = {"label": field.column.label.zh, "label_en": field.column.label.en}
            return Problem("cell-missing", params=params)
        return None
    *outer, last = field.path
    into = draft
    for step in outer:
        into = into.setdefault(step, {})
    if last in into:
        return Problem("told-twice")
    into[last] = value
    return None


def _placed(problem: Problem, field: Field, origin: Origin) -> Problem:
    at = field.place.column or min(field.place.columns(), default=0)
    pointed = msgspec.structs.replace(problem, pointer=field.column.pointer)
    if not at:
        return origin.placed(pointed)
    # Two columns may tell one field, so the cell is named by its own column.
    return msgspec.structs.replace(
        pointed,
        line=origin.line,
        sheet=origin.sheet,
        cell=f"{letters(at)}{origin.line}",
        heading=trimmed(field.place.heading),
    )


def _own_columns(plan: Plan, telling: Telling) -> set[int]:
    """The columns by which a row tells an event: that of its date, and those that no other event reads."""
    others = [other for other in plan.tellings if other is not telling]
    read = {
        column for other in others for field in other.fields for column in field.place.columns()
    }
    own = {column for field in telling.fields for column in field.place.columns()} - read
    dates = (field for field in telling.fields if field.column.pointer == "/occurred_on")
    return own | {column for field in dates for column in field.place.columns()}


def _refused(problems: list[Problem]) -> Refused:
    return Refused(Line({}), tuple(problems))
