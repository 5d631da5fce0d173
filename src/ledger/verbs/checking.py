"""Checking: the constraints of an edition (勾稽关系), on a report of the ledger or on a published one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Literal

import msgspec

from ledger.rooms.definitions.closed_json import read_json
from ledger.rooms.storage.reading import Connection
from ledger.rooms.subjects.organ import Organ
from ledger.rooms.subjects.report import Waiver
from ledger.verbs.full_reports import FullReport, full_report, waiver_of
from ledger.verbs.printed import read_printed
from ledger.verbs.reporting import Question, Report, figure_at, report, usual_edition
from ledger.words.figures import Constraint, Edition, Equation, Ref
from ledger.words.problems import Problem, Refusal

Values = Mapping[str, Decimal | None]
"""Cells by address; None is a cell printed blank, a missing address is not there at all."""

Verdict = Literal["holds", "broken", "blank", "waived"]


class Finding(msgspec.Struct, frozen=True):
    """One equation judged. It does not hold where it is `blank` (cells of it were left blank), and
    where it is `waived` (a person gave the reason)."""

    constraint: Constraint
    equation: Equation
    verdict: Verdict
    left: Decimal
    right: Decimal
    blanks: tuple[str, ...]
    waiver: Waiver | None = None

    @property
    def difference(self) -> Decimal:
        """Left minus right, blank cells read as zero."""
        return self.left - self.right


def check_report(
    connection: Connection, editions: Mapping[str, Edition], question: Question
) -> tuple[FullReport, list[Finding]]:
    """The findings on a report, with that of the year, quarter or month before beside it."""
    this = full_report(connection, editions, question)
    return this, check_full_report(connection, editions, this)


def check_full_report(
    connection: Connection, editions: Mapping[str, Edition], told: FullReport
) -> list[Finding]:
    """The findings on a full report, with the period before as its position knew it; waivers are marked."""
    setting = told.setting
    before = setting.period.before
    edition: Edition | None = setting.edition
    if setting.edition.usual:  # one national form succeeds another
        edition = usual_edition(editions, before.year)
    values_before: Values | None = None
    if edition is not None:
        organ, as_at = setting.organ.code, str(setting.position)
        asked = Question(before, organ, setting.below, as_at, edition.id)
        looked_back_at = setting.edition.looked_back_at
        values_before = values_of(report(connection, editions, asked, looked_back_at))
    values = values_of(told.report)
    return [
        _waived(finding, told)
        for finding in check(setting.edition, values, values_before, setting.organ)
    ]


def _waived(finding: Finding, told: FullReport) -> Finding:
    if finding.verdict == "holds":
        return finding
    waiver = waiver_of(finding.constraint.id, finding.equation.at, told.waivers)
    if waiver is None:
        return finding
    return msgspec.structs.replace(finding, verdict="waived", waiver=waiver)


def read_published(path: Path, edition: Edition) -> dict[str, Decimal | None]:
    """The figures of a published report from a JSON file: {"cells": {address: as printed}}."""
    try:
        told = read_json(path)
    except OSError as error:
        params = {"path": str(path), "detail": error.strerror}
        raise Refusal(Problem("no-such-file", params=params)) from None
    except ValueError as error:
        raise Refusal(Problem("not-json", params={"detail": str(error)})) from None
    cells = told.get("cells", told) if isinstance(told, dict) else None
    if not isinstance(cells, dict):
        raise Refusal(Problem("not-json", params={"detail": "an object is expected"}))
    return {
        address: read_printed(text, figure_at(edition, address)) for address, text in cells.items()
    }


def values_of(report_: Report) -> dict[str, Decimal | None]:
    """The cells of a report by address."""
    return {address: cell.value for address, cell in report_.cells.items()}


def check(
    edition: Edition, values: Values, last_year: Values | None = None, organ: Organ | None = None
) -> Iterator[Finding]:
    """Every equation that can be judged, holding or not."""
    for constraint in edition.constraints:
        if not _applies(constraint, organ):
            continue
        for equation in constraint.equations:
            finding = _judge(constraint, equation, values, last_year or {})
            if finding is not None:
                yield finding


def _applies(constraint: Constraint, organ: Organ | None) -> bool:
    return all(
        organ is not None and getattr(organ, name) == wanted for name, wanted in constraint.only_if
    )


def _judge(
    constraint: Constraint, equation: Equation, values: Values, last_year: Values
) -> Finding | None:
    refs = (*equation.left, *equation.right)
    if any(ref.address not in (last_year if ref.year else values) for ref in refs):
        return None

    def told(ref: Ref) -> Decimal | None:
        return (last_year if ref.year else values)[ref.address]

    left, right = (
        sum((ref.sign * (told(ref) or Decimal(0)) for ref in side), Decimal(0))
        for side in (equation.left, equation.right)
    )
    blanks = tuple(ref.address for ref in refs if told(ref) is None)
    verdict: Verdict = "holds" if left == right else "blank" if blanks else "broken"
    return Finding(constraint, equation, verdict, left, right, blanks)
