"""Issuing: the steps by which a report is drafted, checked, approved, issued and restated."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import msgspec

from ledger.rooms.definitions.schemas import Definitions
from ledger.rooms.storage.journal import Journal
from ledger.rooms.storage.reading import Connection
from ledger.rooms.subjects.report import Life
from ledger.verbs.checking import Finding, check_full_report
from ledger.verbs.full_reports import (
    FullReport,
    digest_of,
    drafted_setting,
    full_report,
    regenerated,
    require_references,
)
from ledger.verbs.issues import life_at, report_subject
from ledger.verbs.overdrawing import overdrawn
from ledger.verbs.recording import record_own, today
from ledger.verbs.reporting import Question, Setting, known_at, report_in
from ledger.words.events import Event
from ledger.words.figures import Edition
from ledger.words.problems import Problem, Refusal


class Office(msgspec.Struct, frozen=True):
    """Where a step is taken and by whom."""

    journal: Journal
    definitions: Definitions
    editions: Mapping[str, Edition]
    person: str


class Checked(msgspec.Struct, frozen=True):
    """A report with its findings, and the event that fixed it."""

    report: FullReport
    findings: list[Finding]
    event: Event


def draft(
    office: Office,
    question: Question,
    sections: Mapping[str, str],
    kind: str | None = None,
    reason: str | None = None,
) -> Event:
    """Drafts the text of sections, or rewords it; raises Refusal."""
    with office.journal.reading() as connection:
        setting, _ = drafted_setting(connection, office.editions, question)
    require_references(setting.edition, sections)
    data: dict[str, Any] = {"sections": dict(sections)}
    data |= {"edition": question.edition} if question.edition else {}
    data |= {name: told for name, told in (("kind", kind), ("reason", reason)) if told}
    return _step(office, setting, "report.drafted", data)


def waive(
    office: Office, question: Question, constraint: str, at: str | None, reason: str
) -> Event:
    """Lets a constraint pass, with the reason that the report prints; raises Refusal."""
    setting = _setting_with(office, question, constraint, at)
    return _step(office, setting, "report.waived", _named(constraint, at) | {"reason": reason})


def withdraw_waiver(office: Office, question: Question, constraint: str, at: str | None) -> Event:
    """Takes a waiver back; raises Refusal."""
    setting = _setting_with(office, question, constraint, at)
    return _step(office, setting, "report.waiver-withdrawn", _named(constraint, at))


def check_for_issue(office: Office, question: Question) -> Checked:
    """Checks the report as it is known now, and fixes what it says; raises Refusal."""
    with office.journal.reading() as connection:
        told = full_report(connection, office.editions, question)
        require_over(told.setting)
        _require_a_change(connection, office.editions, told)
        _require_balances(connection, told.setting)
        findings = check_full_report(connection, office.editions, told)
    broken = [finding for finding in findings if finding.verdict in ("broken", "blank")]
    errors = sum(finding.constraint.severity == "error" for finding in broken)
    data = {
        "position": told.setting.position,
        "digest": digest_of(told),
        "errors": errors,
        "warnings": len(broken) - errors,
        "waived": sum(finding.verdict == "waived" for finding in findings),
    }
    return Checked(told, findings, _step(office, told.setting, "report.checked", data))


def approve(office: Office, question: Question) -> Event:
    """Approves what was checked, by a person who did not draft it; raises Refusal."""
    with office.journal.reading() as connection:
        told = full_report(connection, office.editions, question)
        check = _require_check(told.setting, _life(connection, told.setting))
        _require_unmoved(connection, told, check)
    return _step(office, told.setting, "report.approved", {"digest": check.data["digest"]})


def issue(
    office: Office,
    question: Question,
    on: date | None = None,
    before: Callable[[], object] = lambda: None,
) -> FullReport:
    """Issues what was approved, or restates what was issued; raises Refusal.

    `before` runs once nothing stands against the issue; what it raises keeps it from being recorded.
    """
    with office.journal.reading() as connection:
        now = full_report(connection, office.editions, question)
        check = _require_check(now.setting, _life(connection, now.setting))
        _require_unmoved(connection, now, check)
        asked = msgspec.structs.replace(question, as_at=str(check.data["position"]))
        told = full_report(connection, office.editions, asked)
    if on is not None and on <= told.setting.period.last:
        params = {"period": told.setting.period.code, "last": told.setting.period.last.isoformat()}
        raise Refusal(Problem("year-not-over", params=params))
    data = _frozen(told)
    type_ = "report.issued"
    if told.restatement is not None:
        type_ = "report.restated"
        data |= {
            "replaces": told.restatement.replaces.id,
            "kind": told.restatement.kind,
            "reason": told.restatement.reason,
            "changes": [
                {"address": change.figure.address, "old": change.old, "new": change.new}
                for change in told.restatement.changes
            ],
        }
    before()
    return msgspec.structs.replace(told, issue=_step(office, told.setting, type_, data, on))


def require_over(setting: Setting) -> None:
    """Raises Refusal where the period still runs."""
    if setting.period.last >= today():
        params = {"period": setting.period.code, "last": setting.period.last.isoformat()}
        raise Refusal(Problem("year-not-over", params=params))


def _frozen(told: FullReport) -> dict[str, Any]:
    setting = told.setting
    return {
        "period": setting.period.code,
        "edition": setting.edition.id,
        "edition_digest": setting.edition.digest,
        "below": setting.below,
        "members": list(setting.members),
        "position": setting.position,
        "cells": {address: cell.quantity for address, cell in told.report.cells.items()},
        "digest": digest_of(told),
    }


def _step(
    office: Office, setting: Setting, type_: str, data: Mapping[str, Any], on: date | None = None
) -> Event:
    step = {
        "type": type_,
        "organ": setting.organ.code,
        "subject": report_subject(setting.period, below=setting.below),
        "occurred_on": (on or today()).isoformat(),
        "data": data,
    }
    return record_own(office.journal, office.definitions, step, office.person)


def _life(connection: Connection, setting: Setting) -> Life:
    return life_at(connection, setting.organ.code, setting.period, below=setting.below)


def _require_check(setting: Setting, life: Life) -> Event:
    if life.check is None:
        subject = report_subject(setting.period, below=setting.below)
        raise Refusal(Problem("not-checked", params={"subject": subject}))
    return life.check


def _require_unmoved(connection: Connection, told: FullReport, check: Event) -> None:
    """A figure that moved since the check was not seen by who checked and approved."""
    position = check.data["position"]
    seen = report_in(connection, known_at(connection, told.setting, position)).cells
    moved = [name for name, cell in told.report.cells.items() if cell != seen[name]]
    if moved:
        params = {"position": position, "period": told.setting.period.code}
        raise Refusal(Problem("figures-moved", params=params | _some(moved)))


def _require_a_change(
    connection: Connection, editions: Mapping[str, Edition], told: FullReport
) -> None:
    """A restatement says something else than what it replaces, and calls changed figures material."""
    restatement = told.restatement
    if restatement is None:
        return
    if restatement.changes and restatement.kind == "editorial":
        moved = [change.figure.address for change in restatement.changes]
        raise Refusal(Problem("figures-are-material", params=_some(moved)))
    before = regenerated(connection, editions, restatement.replaces)
    same = (before.narrative, before.waivers) == (told.narrative, told.waivers)
    if same and not restatement.changes:
        raise Refusal(Problem("same-as-issued", params={"issue": restatement.replaces.id}))


def _require_balances(connection: Connection, setting: Setting) -> None:
    found = overdrawn(connection, setting)
    if found:
        days = ", ".join(sorted({each.day.isoformat() for each in found}))
        params = {"period": setting.period.code, "days": days}
        raise Refusal(Problem("balance-overdrawn", params=params))


def _setting_with(office: Office, question: Question, constraint: str, at: str | None) -> Setting:
    """The setting of a report whose form has a constraint; raises Refusal."""
    with office.journal.reading() as connection:
        setting, _ = drafted_setting(connection, office.editions, question)
    edition = setting.edition
    for known in edition.constraints:
        if known.id == constraint and (
            at is None or any(equation.at == at for equation in known.equations)
        ):
            return setting
    params = {"edition": edition.id, "constraint": constraint, "at": at or "—"}
    listed = ", ".join(known.id for known in edition.constraints)
    raise Refusal(Problem("no-such-constraint", params=params | {"constraints": listed}))


def _named(constraint: str, at: str | None) -> dict[str, str]:
    return {"constraint": constraint} | ({"at": at} if at else {})


def _some(addresses: list[str]) -> dict[str, Any]:
    return {"count": len(addresses), "addresses": ", ".join(addresses[:3])}
