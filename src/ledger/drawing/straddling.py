"""Counted statements that cover more than a quarter or month, as rows."""

from __future__ import annotations

from collections.abc import Sequence

from ledger.drawing.phrases import YES_OR_NO, say
from ledger.drawing.sheet import Grid
from ledger.drawing.traces import quantity_in_words, state_in_words
from ledger.rooms.definitions.schemas import Definitions
from ledger.verbs.straddling import Straddling

_COLUMNS = ("subject", "state", "since", "until", "quantity", "counted", "paper", "events")


def straddling_grid(
    straddling: Sequence[Straddling], definitions: Definitions, language: str
) -> Grid:
    """Each statement with the days that it covers, and whether it counts in the period."""
    rows = tuple(
        (
            stated.event.originator_id,
            state_in_words(stated.fact.shape, definitions, language),
            stated.first.isoformat(),
            stated.last.isoformat(),
            quantity_in_words(stated.fact.quantity, stated.fact.state, definitions, language),
            YES_OR_NO[stated.counted][language == "en"],
            "; ".join((stated.event.source or {}).values()),
            ", ".join(map(str, stated.fact.evidence)),
        )
        for stated in straddling
    )
    headings = tuple(say(language, name) for name in _COLUMNS)
    return Grid(headings, rows, say(language, "straddling"), frozenset({4}))
