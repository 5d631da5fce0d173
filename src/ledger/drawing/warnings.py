"""The warnings of a report, as rows."""

from __future__ import annotations

from ledger.drawing.overdrawing import overdrawn_grid
from ledger.drawing.sheet import Grid
from ledger.drawing.straddling import straddling_grid
from ledger.rooms.definitions.schemas import Definitions
from ledger.verbs.warnings import Warnings


def warning_grids(warnings: Warnings, definitions: Definitions, language: str) -> list[Grid]:
    """A table for each kind of warning that there is."""
    grids = []
    if warnings.straddling:
        grids.append(straddling_grid(warnings.straddling, definitions, language))
    if warnings.overdrawn:
        grids.append(overdrawn_grid(warnings.overdrawn, definitions, language))
    return grids
