"""Judging a published report: every rule is asked, and what each of them finds is told."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from msgspec import Struct

from ledger.verbs.judging.case import Case
from ledger.verbs.judging.findings import Finding
from ledger.verbs.judging.rules import RULES
from ledger.words.figures import Edition
from ledger.words.published import Published

_ORDER = {"error": 0, "warning": 1}


class Judgement(Struct, frozen=True, dict=True):
    """A report as read, and what is wrong in it, errors first."""

    case: Case
    findings: tuple[Finding, ...]

    @property
    def published(self) -> Published:
        """The report that is judged."""
        return self.case.published

    @cached_property
    def errors(self) -> int:
        """How many findings are errors."""
        return sum(finding.severity == "error" for finding in self.findings)

    @property
    def warnings(self) -> int:
        """How many findings may have an explanation."""
        return len(self.findings) - self.errors


def judge(
    published: Published, editions: Mapping[str, Edition], last: Published | None = None
) -> Judgement:
    """What every rule finds in a report, with last year's of the same organ beside it."""
    case = Case(published, editions, last)
    findings = [finding for _, find in RULES for finding in find(case)]
    return Judgement(case, tuple(sorted(findings, key=lambda found: _ORDER[found.severity])))
