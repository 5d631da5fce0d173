"""The command line: `ledger`."""

from __future__ import annotations

from ledger.doors.cli import comparing, importing, issuing, keeping, listing, reading, recording
from ledger.doors.cli.desk import run

__all__ = [
    "comparing",
    "importing",
    "issuing",
    "keeping",
    "listing",
    "main",
    "reading",
    "recording",
]


def main() -> None:
    """The command `ledger`."""
    run()
