"""What an import did, as its page shows it: counts, and what is wrong by sheet, cell and heading."""

from __future__ import annotations

from typing import Any

from ledger.drawing.phrases import say
from ledger.rooms.definitions.schemas import Definitions
from ledger.verbs.registers.files import Told

_LISTED = 500
"""Problems that a page lists; the marked copy has them all."""


def imported_view(
    told: Told, definitions: Definitions, language: str, *, trial: bool
) -> dict[str, Any]:
    """What the template of an import takes."""
    done, labels = told.done, definitions.labels(language)
    counts = {"recorded": done.recorded, "again": done.again}
    return {
        "line": say(language, _outcome(told, trial=trial), **counts, count=len(done.problems)),
        "recorded": done.recorded > 0 and not trial,
        "good": not done.problems,
        "more": max(0, len(done.problems) - _LISTED),
        "remarks": [problem.sentence(language, labels) for problem in done.remarks],
        "problems": [
            {
                "sheet": problem.sheet,
                "cell": problem.cell or (problem.line or ""),
                "heading": problem.heading or problem.pointer,
                "sentence": problem.sentence(language, labels),
            }
            for problem in done.problems[:_LISTED]
        ],
    }


def _outcome(told: Told, *, trial: bool) -> str:
    if trial:
        return "import-tried" if told.done.problems else "import-would"
    if not told.done.problems:
        return "import-done"
    return "import-partly" if told.done.recorded or told.done.again else "import-refused"
