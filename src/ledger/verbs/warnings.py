"""Warnings: what no constraint of a form says, and a reader of its figures must know all the same."""

from __future__ import annotations

import msgspec

from ledger.rooms.storage.reading import Connection
from ledger.verbs.overdrawing import Overdrawn, overdrawn
from ledger.verbs.reporting import Setting
from ledger.verbs.straddling import Straddling, straddling


class Warnings(msgspec.Struct, frozen=True):
    """Statements that cover more than the period, and opening balances that were overdrawn."""

    straddling: tuple[Straddling, ...] = ()
    overdrawn: tuple[Overdrawn, ...] = ()


def warnings_of(connection: Connection, setting: Setting) -> Warnings:
    """The warnings of a report, as its position knew them."""
    return Warnings(straddling(connection, setting), tuple(overdrawn(connection, setting)))
