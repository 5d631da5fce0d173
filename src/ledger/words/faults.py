"""Faults: what verification finds in a database that cannot have come from recording."""

from __future__ import annotations

import msgspec


class Fault(msgspec.Struct, frozen=True):
    """One thing that is wrong; `what` picks its sentence, `place` is where."""

    what: str
    place: str
    found: str = ""
    expected: str = ""
