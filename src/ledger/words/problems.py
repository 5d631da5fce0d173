"""Problems: what a person can cause, as values that say what, where, why and what to do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from ledger.words.sentences import SENTENCES


class Problem(msgspec.Struct, frozen=True):
    """One thing that is wrong: `code` picks the sentence, `pointer` (RFC 6901) the place in the input."""

    code: str
    pointer: str = ""
    line: int | None = None
    """The line of the input, counted from 1."""
    params: dict[str, Any] = {}
    sheet: str = ""
    """The sheet of a workbook, where the input is one; the line is then its row."""
    cell: str = ""
    """The cell of that sheet: C7."""
    heading: str = ""
    """What stands over the cell."""

    def sentence(self, language: str, labels: dict[str, str] | None = None) -> str:
        """What is wrong and what to do, in one language; `labels` names types and codes."""
        known = labels or {}
        named = {
            key: f"{known[value]} ({value})" if isinstance(value, str) and value in known else value
            for key, value in self.params.items()
        }
        return SENTENCES[self.code][language].format(**named)


class Origin(msgspec.Struct, frozen=True):
    """Where in a file a draft was told: a line, or a row of a sheet."""

    line: int
    sheet: str = ""
    columns: Mapping[str, tuple[str, str]] = {}
    """The column (C) and its heading by the pointer of the field that it tells; "" is the whole row."""

    def placed(self, problem: Problem) -> Problem:
        """The same problem, found here; a cell that it names already stays."""
        if problem.cell:
            return problem
        pointer = problem.pointer
        while pointer and pointer not in self.columns:
            pointer = pointer.rpartition("/")[0]
        column, heading = self.columns.get(pointer, ("", ""))
        return msgspec.structs.replace(
            problem,
            line=self.line,
            sheet=self.sheet,
            cell=f"{column}{self.line}" if column else "",
            heading=heading,
        )


class Refusal(Exception):
    """Nothing was done, because of these problems; doors turn it into sentences."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("; ".join(problem.sentence("en") for problem in problems))
        self.problems = problems
