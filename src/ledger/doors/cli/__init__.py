"""The command line: `ledger`."""

from __future__ import annotations

from ledger.doors.cli import (
    auditing,
    cataloguing,
    charting,
    checking,
    comparing,
    copying,
    importing,
    issuing,
    keeping,
    listing,
    people,
    published,
    reading,
    recording,
    searching,
    serving,
    signing,
)
from ledger.doors.cli.desk import run

__all__ = [
    "auditing",
    "cataloguing",
    "charting",
    "checking",
    "comparing",
    "copying",
    "importing",
    "issuing",
    "keeping",
    "listing",
    "main",
    "people",
    "published",
    "reading",
    "recording",
    "searching",
    "serving",
    "signing",
]


def main() -> None:
    """The command `ledger`."""
    run()
