"""Events: something that happened, recorded once and never changed."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import msgspec

CORRECTED = "event.corrected"
VOIDED = "event.voided"
SUCCEEDED = "organ.succeeded"

LONGEST = 65_535
"""Bytes of a stored event: where the log is published, its length has 16 bits."""


class Event(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """One recorded event. The last three fields say where it stands and are not part of its bytes."""

    id: str
    type: str
    organ: str
    subject: str
    occurred_on: date
    recorded_at: int
    """UTC, microseconds since 1970, set by the ledger."""
    recorded_by: str
    data: dict[str, Any]
    version: int = 1
    source: dict[str, str] | None = None
    position: int = 0
    """Its place in the journal, from 1."""
    sequence: int = 0
    """Its place in the history of its subject, from 1."""
    amended_by: tuple[int, ...] = ()
    """Positions of the corrections that shaped it, when it is read as corrected."""

    @property
    def evidence(self) -> tuple[int, ...]:
        """The positions that say what this event says."""
        return (self.position, *self.amended_by)

    @property
    def originator_id(self) -> str:
        """The stream, in the words of the eventsourcing library."""
        return stream_of(self.subject, self.organ)

    @property
    def originator_version(self) -> int:
        """The place in the stream, in the words of the eventsourcing library."""
        return self.sequence

    @property
    def kind(self) -> str:
        """The kind of its subject: `application`, `document` …"""
        return self.subject.partition(":")[0]


def stream_of(subject: str, organ: str) -> str:
    """The one name of a subject in the whole ledger: two organs may both have an application 1."""
    if "@" in subject or subject.startswith("organ:"):
        return subject
    return f"{subject}@{organ}"


def moment(microseconds: int) -> datetime:
    """A recording time as a UTC datetime."""
    return datetime.fromtimestamp(microseconds / 1_000_000, UTC)
