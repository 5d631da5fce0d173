"""The command line: `ledger`."""

from __future__ import annotations

from ledger.doors.cli import (
    cataloguing,
    checking,
    comparing,
    issuing,
    keeping,
    listing,
    published,
    reading,
    recording,
)
from ledger.doors.cli.desk import run

__all__ = [
    "cataloguing",
    "checking",
    "comparing",
    "issuing",
    "keeping",
    "listing",
    "main",
    "published",
    "reading",
    "recording",
]


def main() -> None:
    """The command `ledger`."""
    run()
