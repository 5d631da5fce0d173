"""A report in full: its tables with its text, what it waives and restates, and its canonical bytes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import msgspec

from ledger.rooms.proof.checkpoints import Checkpoint
from ledger.rooms.storage.reading import Connection
from ledger.rooms.subjects.report import Life, Waiver
from ledger.verbs.issues import ISSUED, life_at
from ledger.verbs.proving import covered_by
from ledger.verbs.reporting import (
    Cell,
    Question,
    Report,
    Setting,
    hints_of,
    in_unit,
    report_in,
    setting_of,
)
from ledger.words.events import Event
from ledger.words.figures import Edition, Figure
from ledger.words.narratives import Paragraph, Reference, paragraphs, references
from ledger.words.problems import Problem, Refusal
from ledger.words.years import Period, period_of

FORMAT = "disclosure-report/1"
"""The layout of the canonical JSON; another layout gets another name, and this one stays readable."""


class Change(msgspec.Struct, frozen=True):
    """A figure that a restatement changes, in 件 or 分."""

    figure: Figure
    old: int
    new: int


class Restatement(msgspec.Struct, frozen=True):
    """What a report replaces, why, and every figure that differs."""

    replaces: Event
    kind: str
    reason: str
    changes: tuple[Change, ...]


class Carried(msgspec.Struct, frozen=True):
    """A figure that last year's report handed on otherwise than it is known by now, in 件 or 分."""

    figure: Figure
    issue: Event
    issued: int
    known: int
    restated: Event | None
    """The restatement that brought it to what is known."""


class FullReport(msgspec.Struct, frozen=True):
    """All that a report says, as known at the position of its setting."""

    report: Report
    narrative: dict[str, tuple[Paragraph, ...]] = {}
    waivers: tuple[Waiver, ...] = ()
    carried: tuple[Carried, ...] = ()
    restatement: Restatement | None = None
    issue: Event | None = None
    """The issue or restatement that says exactly this; None for a view that was not issued."""
    checkpoint: Checkpoint | None = None
    """The first that was signed when it was issued; None where it was not issued, or not signed since."""

    @property
    def setting(self) -> Setting:
        """Its setting."""
        return self.report.setting


def full_report(
    connection: Connection, editions: Mapping[str, Edition], question: Question
) -> FullReport:
    """The report that a question asks for, with its text; raises Refusal."""
    setting, life = drafted_setting(connection, editions, question)
    if question.as_at == ISSUED:
        issue = life_at(connection, setting.organ.code, setting.period, below=setting.below).issue
        # By another form it is another report than the one that was issued.
        if issue is not None and issue.data["edition"] == setting.edition.id:
            told = regenerated(connection, editions, issue)
            signed = covered_by(connection, issue.position)
            return msgspec.structs.replace(told, checkpoint=signed)
    return full_report_of(connection, editions, setting, life)


def drafted_setting(
    connection: Connection, editions: Mapping[str, Edition], question: Question
) -> tuple[Setting, Life]:
    """The setting of a report in the form that it is drafted in, and its life; raises Refusal."""
    setting = setting_of(connection, editions, question)
    life = _life(connection, setting, setting.period)
    if question.edition is None and life.edition is not None:
        asked = msgspec.structs.replace(question, edition=life.edition)
        setting = setting_of(connection, editions, asked)
    return setting, life


def full_report_of(
    connection: Connection, editions: Mapping[str, Edition], setting: Setting, life: Life
) -> FullReport:
    """The full report of a setting, where the life of its report is what its position knew."""
    report = report_in(connection, setting)
    return FullReport(
        report,
        {section: paragraphs(text) for section, text in life.sections.items()},
        tuple(life.waivers),
        tuple(_carried(connection, editions, setting)),
        _restatement(report, life),
    )


def regenerated(
    connection: Connection, editions: Mapping[str, Edition], issue: Event
) -> FullReport:
    """The full report of an issue, drawn anew from the journal; raises Refusal where that cannot be done."""
    data = issue.data
    period = period_of(data["period"])
    assert period is not None, data["period"]  # its schema says so
    question = Question(period, issue.organ, data["below"], str(data["position"]), data["edition"])
    setting = setting_of(connection, editions, question)
    made = full_report_of(connection, editions, setting, _life(connection, setting, setting.period))
    return msgspec.structs.replace(made, issue=issue)


def canonical(told: FullReport) -> bytes:
    """The report as canonical JSON (RFC 8785): the same bytes whenever and wherever it is drawn."""
    setting = told.setting
    document: dict[str, Any] = {
        "format": FORMAT,
        "organ": {"code": setting.organ.code, "name": setting.organ.name},
        "members": list(setting.members),
        "period": setting.period.code,
        "edition": {"id": setting.edition.id, "digest": setting.edition.digest},
        "position": setting.position,
        "cells": {address: _told(cell) for address, cell in told.report.cells.items()},
        "narrative": {
            section: ["".join(filled(paragraph, told.report)) for paragraph in text]
            for section, text in told.narrative.items()
        },
        "waivers": [
            {"constraint": waiver.constraint, "at": waiver.at, "reason": waiver.reason}
            | {"by": waiver.by}
            for waiver in told.waivers
        ],
        "carried": [
            {"address": carried.figure.address, "issue": carried.issue.id}
            | {
                "issued": f"{in_unit(carried.issued, carried.figure):f}",
                "known": f"{in_unit(carried.known, carried.figure):f}",
                "restated": carried.restated.id if carried.restated else None,
            }
            for carried in told.carried
        ],
    }
    if told.restatement is not None:
        document["restates"] = _restates(told.restatement)
    text = json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode()


def digest_of(told: FullReport) -> str:
    """The digest of the canonical JSON: sha256: and 64 hexadecimal digits."""
    return f"sha256:{hashlib.sha256(canonical(told)).hexdigest()}"


def filled(paragraph: Paragraph, report: Report) -> Iterator[str]:
    """The pieces of a paragraph, numbers in the place of references."""
    for piece in paragraph:
        if isinstance(piece, Reference):
            yield _told(report.cells[piece.address]) or "—"
        else:
            yield piece


def waiver_of(constraint: str, at: str, waivers: Iterable[Waiver]) -> Waiver | None:
    """The waiver that speaks of an equation."""
    return next((waiver for waiver in waivers if waiver.covers(constraint, at)), None)


def _life(connection: Connection, setting: Setting, period: Period) -> Life:
    """The life of the same organs' report of a period, as the setting's position knew it."""
    return life_at(
        connection, setting.organ.code, period, below=setting.below, position=setting.position
    )


def _restatement(report: Report, life: Life) -> Restatement | None:
    """What a draft that follows an issue replaces."""
    if life.issue is None or life.draft is None:
        return None
    cells = life.issue.data["cells"]
    changes = tuple(
        Change(cell.figure, cells.get(address, 0), cell.quantity)
        for address, cell in report.cells.items()
        if cells.get(address, 0) != cell.quantity
    )
    data = life.draft.data
    return Restatement(life.issue, data["kind"], data["reason"], changes)


def _carried(
    connection: Connection, editions: Mapping[str, Edition], setting: Setting
) -> Iterator[Carried]:
    """The figures that this year's form looks back at, where last year's issue has them otherwise."""
    issues = _life(connection, setting, setting.period.before).issues
    if not issues:
        return
    question = Question(
        setting.period.before,
        setting.organ.code,
        setting.below,
        str(setting.position),
        issues[0].data["edition"],
    )
    before = setting_of(connection, editions, question)
    known = report_in(connection, before, setting.edition.looked_back_at).cells
    for address in sorted(known):
        issued, cell = issues[0].data["cells"].get(address, 0), known[address]
        if issued != cell.quantity:
            mended = (
                issue for issue in issues[1:] if issue.data["cells"].get(address) == cell.quantity
            )
            yield Carried(cell.figure, issues[0], issued, cell.quantity, next(mended, None))


def _told(cell: Cell) -> str | None:
    """A number as it is printed, without its unit; None where the ledger does not record it."""
    return None if cell.value is None else f"{cell.value:f}"


def _restates(told: Restatement) -> dict[str, Any]:
    return {
        "event": told.replaces.id,
        "digest": told.replaces.data["digest"],
        "kind": told.kind,
        "reason": told.reason,
        "changes": [
            {"address": change.figure.address}
            | {
                name: f"{in_unit(quantity, change.figure):f}"
                for name, quantity in (("old", change.old), ("new", change.new))
            }
            for change in told.changes
        ],
    }


def require_references(edition: Edition, sections: Mapping[str, str]) -> None:
    """Raises Refusal where a text stands in no section of the form or refers to no figure of it."""
    known = [section.id for section in edition.sections]
    found: list[Problem] = []
    for section, text in sections.items():
        pointer = f"/data/sections/{section}"
        if section not in known:
            params = {"section": section, "edition": edition.id, "sections": ", ".join(known)}
            found.append(Problem("no-such-section", pointer, params=params))
        for address in references(text):
            if address not in edition.figures:
                params = {"address": address, "edition": edition.id, **hints_of(edition, address)}
                found.append(Problem("no-such-reference", pointer, params=params))
    if found:
        raise Refusal(*found)
