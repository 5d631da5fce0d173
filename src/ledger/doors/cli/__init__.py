"""The command line: `ledger`."""

from __future__ import annotations

from ledger.doors.cli import (
    auditing,
    cataloguing,
    comparing,
    copying,
    issuing,
    keeping,
    listing,
    reading,
    recording,
    signing,
)
from ledger.doors.cli.desk import run

__all__ = [
    "auditing",
    "cataloguing",
    "comparing",
    "copying",
    "issuing",
    "keeping",
    "listing",
    "main",
    "reading",
    "recording",
    "signing",
]


def main() -> None:
    """The command `ledger`."""
    run()
