"""Problems: what a person can cause, as values that say what, where, why and what to do."""

from __future__ import annotations

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

    def at(self, line: int | None) -> Problem:
        """The same problem, found on a line of the input."""
        return msgspec.structs.replace(self, line=line)

    def sentence(self, language: str, labels: dict[str, str] | None = None) -> str:
        """What is wrong and what to do, in one language; `labels` names types and codes."""
        known = labels or {}
        named = {
            key: f"{known[value]} ({value})" if isinstance(value, str) and value in known else value
            for key, value in self.params.items()
        }
        return SENTENCES[self.code][language].format(**named)


class Refusal(Exception):
    """Nothing was done, because of these problems; doors turn it into sentences."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("; ".join(problem.sentence("en") for problem in problems))
        self.problems = problems
