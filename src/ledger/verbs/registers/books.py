"""A clerk's whole file becomes drafts, in the order in which things happened."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, islice
from typing import Any

import msgspec

from ledger.rooms import subjects
from ledger.rooms.definitions.mappings import MappedSheet, RegisterMapping
from ledger.rooms.definitions.schemas import Definitions
from ledger.rooms.sheets import Book, Progress, Sheet, limits
from ledger.rooms.sheets.cells import Row
from ledger.verbs.importing import Imported, Refused
from ledger.verbs.recording import Line
from ledger.verbs.registers.drafting import Rows
from ledger.verbs.registers.mapped import plan_of_mapping
from ledger.verbs.registers.plans import (
    HEAD,
    Plan,
    plan_of_type,
    told_by,
    without_version_cell,
)
from ledger.words.problems import Origin, Problem, Refusal

_SHOWN_ROWS = 10


class Reading(msgspec.Struct, frozen=True):
    """How a file is to be read."""

    type: str | None = None
    """The type of the sheets that do not say theirs."""
    organ: str | None = None
    """The organ of the rows that name none."""
    mapping: RegisterMapping | None = None
    every_row: bool = False
    """Whether the rows that are right are wanted although others are not."""


class Drafts:
    """What a file tells: drafts by the day, then by the life of a subject; and what is wrong."""

    def __init__(self, definitions: Definitions, reading: Reading) -> None:
        self.refused: list[Refused] = []
        self.remarks: list[Problem] = []
        self._definitions = definitions
        self._reading = reading
        self._rank = {type_: rank for rank, type_ in enumerate(subjects.in_life_order())}
        self._kept: list[tuple[bool, str, int, int, Origin, bytes]] = []
        self._seen: dict[str, int] = {}
        self._problems = self._rows = self._more = self._sheets = 0

    def __len__(self) -> int:
        return len(self._kept)

    def lines(self) -> Iterator[Line]:
        """The drafts; organs are registered before anything is recorded of them."""
        for *_, origin, draft in sorted(self._kept, key=lambda kept: kept[:4]):
            yield Line(msgspec.json.decode(draft), origin)

    def told_of(self, book: Book, done: Imported) -> Imported:
        """What an import of these drafts did: its problems in the order of the sheets, with the remarks."""
        order = {sheet.name: number for number, sheet in enumerate(book.sheets)}
        problems = sorted(
            done.problems, key=lambda found: (order.get(found.sheet, len(order)), found.line or 0)
        )
        if len(problems) > limits.PROBLEMS:
            more = Problem("more-problems", params={"count": len(problems) - limits.PROBLEMS})
            problems = [*problems[: limits.PROBLEMS], more]
        return msgspec.structs.replace(done, problems=tuple(problems), remarks=tuple(self.remarks))

    def read(self, book: Book, progress: Progress) -> None:
        """Reads every sheet; raises Refusal where the file itself cannot be read."""
        self.remarks += book.remarks
        for sheet in book.sheets:
            if self._enough():
                break
            self._read_sheet(book, sheet, progress)
        if self._more:
            self._note(Problem("more-problems", params={"count": self._more}))
        elif self._enough():
            self._note(Problem("too-many-problems", params={"limit": limits.PROBLEMS}))
        self._mapped_but_missing(book)
        if not self._sheets and not self.refused:
            raise Refusal(*self.remarks, Problem("nothing-to-import"))

    def _read_sheet(self, book: Book, sheet: Sheet, progress: Progress) -> None:
        rows = book.rows(sheet, progress)
        head = list(islice(rows, HEAD))
        plan = self._plan(book, sheet, head)
        if isinstance(plan, list):
            self._refuse(Refused(Line({}), tuple(plan)))
        elif plan is not None:
            self._sheets += 1
            self._take(plan, chain(head, rows))

    def _plan(self, book: Book, sheet: Sheet, head: list[Row]) -> Plan | list[Problem] | None:
        found = told_by(head)
        if found is not None and not found[1]:  # a sheet that only explains
            return None
        if not sheet.visible:
            if head:
                self._note(Problem("hidden-sheet", sheet=sheet.name))
            return None
        if self._reading.mapping is not None:
            mapped = _mapped(self._reading.mapping, book, sheet)
            if mapped is not None:
                return plan_of_mapping(
                    self._definitions, sheet.name, head, mapped, self._reading.organ
                )
        elif found is not None:
            return self._of_type(sheet, head, found[0], int(found[1]), examples=True)
        elif self._reading.type is not None and head:
            version = self._definitions.newest[self._reading.type]
            return self._of_type(sheet, head, self._reading.type, version, examples=False)
        if found is None and (missing := without_version_cell(self._definitions, sheet.name, head)):
            return [missing]
        if head:
            self._note(Problem("sheet-not-read", sheet=sheet.name))
        return None

    def _of_type(
        self, sheet: Sheet, head: list[Row], type_: str, version: int, *, examples: bool
    ) -> Plan | list[Problem]:
        known = self._definitions.types.get((type_, version))
        if known is None:
            params = {"type": type_, "version": version}
            return [Problem("newer-template", sheet=sheet.name, params=params)]
        command = known.schema.get("ownCommand")
        if command is not None:
            params = {"type": type_, "command": command}
            return [Problem("own-command", sheet=sheet.name, params=params)]
        under = head
        if examples:
            at = (told_by(head) or ("", "", 0))[2]
            under = [row for row in head if row.number > at]
        return plan_of_type(
            self._definitions,
            sheet.name,
            under,
            type_,
            version,
            self._reading.organ,
            examples=examples,
        )

    def _take(self, plan: Plan, rows: Iterator[Row]) -> None:
        sheet = Rows(plan)
        again: list[int] = []
        for told in sheet.told(self._counted(rows)):
            if isinstance(told, Refused):
                self._refuse(told)
                if self._enough():
                    return
            elif not self._keep(told):
                again.append(told.origin.line if told.origin else 0)
        for code, numbers in (("rows-passed-over", sheet.passed_over), ("rows-again", again)):
            if numbers:
                self._note(_of_rows(code, plan.sheet, numbers))

    def _counted(self, rows: Iterator[Row]) -> Iterator[Row]:
        for row in rows:
            self._rows += 1
            if self._rows > limits.ROWS:
                raise Refusal(Problem("too-many-rows", params={"limit": limits.ROWS}))
            yield row

    def _keep(self, line: Line) -> bool:
        """Keeps a draft; whether no other row told the same."""
        draft: dict[str, Any] = dict(line.draft)
        first = draft["type"] == "organ.registered"
        rank = self._rank.get(draft["type"], 0)
        encoded = msgspec.json.encode(draft)
        origin = line.origin or Origin(0)
        kept = (not first, draft["occurred_on"], rank, len(self._kept), origin, encoded)
        self._kept.append(kept)
        known = self._seen.setdefault(draft["id"], len(self._kept))
        return known == len(self._kept)

    def _refuse(self, refused: Refused) -> None:
        if self._problems >= limits.PROBLEMS:
            self._more += len(refused.problems)
            return
        self.refused.append(refused)
        self._problems += len(refused.problems)

    def _enough(self) -> bool:
        """Whether so much is wrong that reading on tells nothing new."""
        return self._problems >= limits.PROBLEMS and not self._reading.every_row

    def _note(self, problem: Problem) -> None:
        self.remarks.append(problem)

    def _mapped_but_missing(self, book: Book) -> None:
        names = {sheet.name for sheet in book.sheets}
        for mapped in self._reading.mapping.sheets if self._reading.mapping else ():
            if mapped.sheet and mapped.sheet not in names and len(book.sheets) > 1:
                params = {"sheet": mapped.sheet, "known": "、".join(names)}
                self._refuse(Refused(Line({}), (Problem("no-such-sheet", params=params),)))


def _mapped(mapping: RegisterMapping, book: Book, sheet: Sheet) -> MappedSheet | None:
    """What a mapping says of a sheet; a file of one sheet needs no name."""
    for mapped in mapping.sheets:
        if mapped.sheet == sheet.name or (len(mapping.sheets) == 1 and len(book.sheets) == 1):
            return mapped
    return None


def _of_rows(code: str, sheet: str, rows: list[int]) -> Problem:
    shown = ", ".join(map(str, rows[:_SHOWN_ROWS])) + (" …" if len(rows) > _SHOWN_ROWS else "")
    return Problem(code, sheet=sheet, params={"count": len(rows), "rows": shown})
