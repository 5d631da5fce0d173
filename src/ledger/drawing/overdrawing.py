"""Opening balances that were overdrawn, as rows."""

from __future__ import annotations

from collections.abc import Sequence

from ledger.drawing.phrases import say
from ledger.drawing.sheet import Grid
from ledger.rooms.definitions.schemas import Definitions
from ledger.verbs.overdrawing import Overdrawn


def overdrawn_grid(overdrawn: Sequence[Overdrawn], definitions: Definitions, language: str) -> Grid:
    """Each balance of which more cases took the place than it had counted."""
    rows = tuple(
        (
            definitions.state(found.state, language),
            ", ".join(
                definitions.code(found.state, name, code, language)
                for name, code in found.dimensions.items()
            ),
            found.day.isoformat(),
            str(found.stated),
            str(found.taken),
        )
        for found in overdrawn
    )
    names = ("state", "details", "since", "balance-stated", "cases-named")
    headings = tuple(say(language, name) for name in names)
    return Grid(headings, rows, say(language, "overdrawn"), frozenset({3, 4}))
