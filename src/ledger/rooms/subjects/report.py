"""The life of a report: drafted, checked, approved by another person, issued, restated; never changed.

A check fixes what the report says, at a position. What is approved and issued is what was checked, so
a draft or a waiver that comes later asks for a new check.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from ledger.rooms.subjects.lifecycle import Kind, Step
from ledger.words.events import Event
from ledger.words.facts import Fact
from ledger.words.problems import Problem

DRAFTED, CHECKED, APPROVED = "report.drafted", "report.checked", "report.approved"
WAIVED, WITHDRAWN = "report.waived", "report.waiver-withdrawn"
ISSUED, RESTATED = "report.issued", "report.restated"

_DRAFTED = (DRAFTED,)

STEPS = {
    DRAFTED: Step(),
    WAIVED: Step(after=_DRAFTED),
    WITHDRAWN: Step(after=(WAIVED,)),
    CHECKED: Step(after=_DRAFTED),
    APPROVED: Step(after=(CHECKED,)),
    ISSUED: Step(after=(APPROVED,), until=(ISSUED,)),
    RESTATED: Step(after=(ISSUED,)),
}


class Waiver(msgspec.Struct, frozen=True):
    """Why a constraint is let pass; `at` None is every row or column that it holds for."""

    constraint: str
    at: str | None
    reason: str
    by: str

    def covers(self, constraint: str, at: str) -> bool:
        """Whether the waiver speaks of an equation."""
        return self.constraint == constraint and self.at in (None, at)


class Life(msgspec.Struct):
    """How far a report has come: its text, and what stands of check, approval and issues."""

    sections: dict[str, str] = {}
    edition: str | None = None
    waivers: list[Waiver] = []
    drafters: set[str] = set()
    """Who drafted it since it was last issued."""
    draft: Event | None = None
    check: Event | None = None
    approval: Event | None = None
    issues: list[Event] = []
    """The report as issued, then each restatement."""
    touched: int = 0
    """The position of the last draft, waiver or issue: an older check has not seen it."""

    @property
    def issue(self) -> Event | None:
        """What was issued last."""
        return self.issues[-1] if self.issues else None


def life_of(history: Sequence[Event]) -> Life:
    """The life of a report, from its whole history in the order of recording."""
    life = Life()
    for event in history:
        _TAKE[event.type](life, event)
    return life


def facts(_: Sequence[Event]) -> list[Fact]:
    """A report counts nothing itself."""
    return []


def misfit(events: Sequence[Event]) -> Problem | None:
    """The first step that what stands before it does not allow."""
    life = Life()
    for event in events:
        problem = _refused(life, event)
        if problem is not None:
            return problem
        _TAKE[event.type](life, event)
    return None


def _refused(life: Life, event: Event) -> Problem | None:
    match event.type:
        case "report.drafted":
            return _draft_refused(life, event.data)
        case "report.checked" if life.draft is None:
            return Problem("nothing-drafted", params={"subject": event.subject})
        case "report.checked" if life.touched > event.data["position"]:
            return Problem("not-checked", params={"subject": event.subject})
        case "report.waiver-withdrawn":
            at = event.data.get("at")
            if not any(_same(waiver, event.data) for waiver in life.waivers):
                params = {"constraint": event.data["constraint"], "at": at or "—"}
                return Problem("no-such-waiver", "/data/constraint", params=params)
        case "report.approved":
            return _approval_refused(life, event)
        case "report.issued" | "report.restated":
            if life.approval is None or life.approval.data["digest"] != event.data["digest"]:
                return Problem("not-approved", params={"subject": event.subject})
    return None


def _draft_refused(life: Life, data: dict[str, Any]) -> Problem | None:
    if life.issue is None and "kind" in data:
        return Problem("nothing-to-restate", "/data/kind")
    if life.issue is not None and life.draft is None and "kind" not in data:
        params = {"issue": life.issue.id, "on": life.issue.occurred_on.isoformat()}
        return Problem("restate-with-reason", "/data/kind", params=params)
    return None


def _approval_refused(life: Life, event: Event) -> Problem | None:
    check = life.check
    if check is None or check.data["digest"] != event.data["digest"]:
        return Problem("not-checked", params={"subject": event.subject})
    if check.data["errors"]:
        return Problem("check-failed", params={"errors": check.data["errors"]})
    if event.recorded_by in life.drafters:
        return Problem("own-draft", params={"person": event.recorded_by})
    return None


def _drafted(life: Life, event: Event) -> None:
    told = life.sections | event.data["sections"]
    life.sections = {section: text for section, text in told.items() if text.strip()}
    life.edition = event.data.get("edition", life.edition)
    life.drafters = life.drafters | {event.recorded_by}
    earlier = life.draft.data if life.draft else {}
    kept = {name: earlier[name] for name in ("kind", "reason") if name in earlier}
    life.draft = msgspec.structs.replace(event, data=kept | event.data)
    _touch(life, event)


def _waived(life: Life, event: Event) -> None:
    kept = [waiver for waiver in life.waivers if not _same(waiver, event.data)]
    data = event.data
    made = Waiver(data["constraint"], data.get("at"), data["reason"], event.recorded_by)
    life.waivers = [*kept, made]
    _touch(life, event)


def _withdrawn(life: Life, event: Event) -> None:
    life.waivers = [waiver for waiver in life.waivers if not _same(waiver, event.data)]
    _touch(life, event)


def _checked(life: Life, event: Event) -> None:
    life.check, life.approval = event, None


def _approved(life: Life, event: Event) -> None:
    life.approval = event


def _issued(life: Life, event: Event) -> None:
    life.issues = [*life.issues, event]
    life.draft, life.drafters = None, set()
    _touch(life, event)


def _touch(life: Life, event: Event) -> None:
    life.check = life.approval = None
    life.touched = max(life.touched, event.position)


def _same(waiver: Waiver, data: dict[str, Any]) -> bool:
    return (waiver.constraint, waiver.at) == (data["constraint"], data.get("at"))


_TAKE = {
    DRAFTED: _drafted,
    WAIVED: _waived,
    WITHDRAWN: _withdrawn,
    CHECKED: _checked,
    APPROVED: _approved,
    ISSUED: _issued,
    RESTATED: _issued,
}


KIND = Kind(STEPS, facts, misfit=misfit, lasting=True, stays=True)
