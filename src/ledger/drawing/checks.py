"""The findings of a check as a sheet."""

from __future__ import annotations

from collections.abc import Sequence

from ledger.drawing.full_reports import carried_lines
from ledger.drawing.phrases import say
from ledger.drawing.reports import setting_lines
from ledger.drawing.sheet import Grid, Sheet
from ledger.verbs.checking import Finding
from ledger.verbs.full_reports import FullReport


def check_sheet(
    told: FullReport,
    findings: Sequence[Finding],
    language: str,
    compared: int = 0,
    differences: Sequence[tuple[str, str, str]] = (),
    warnings: Sequence[Grid] = (),
) -> Sheet:
    """The findings of a check: what does not hold, how much was checked and compared, and warnings."""
    parts = setting_lines(told.setting, language)
    parts += carried_lines(told, language)
    failing = [finding for finding in findings if finding.verdict != "holds"]
    broken = [finding for finding in failing if finding.verdict != "waived"]
    if failing:
        parts += [findings_grid(failing, language)]
    errors = sum(finding.constraint.severity == "error" for finding in broken)
    parts += [
        say(
            language,
            "checked",
            checked=len(findings),
            held=len(findings) - len(failing),
            errors=errors,
            warnings=len(broken) - errors,
            waived=len(failing) - len(broken),
        )
    ]
    if differences:
        names = tuple(say(language, name) for name in ("address", "published", "in-ledger"))
        caption = say(language, "differs")
        parts += [Grid(names, tuple(differences), caption, frozenset({1, 2}))]
    elif compared:
        parts += [say(language, "all-equal", count=compared)]
    title = told.setting.title[language]
    return Sheet(title, (*parts, *warnings))


def findings_grid(findings: Sequence[Finding], language: str, caption: str = "") -> Grid:
    """Findings as rows: what should hold, where, and its two sides."""
    headings = ("constraint", "place", "severity", "left", "right", "difference", "origin")
    rows = tuple(_finding(finding, language) for finding in findings)
    names = tuple(say(language, name) for name in headings)
    return Grid(names, rows, caption, frozenset({3, 4, 5}))


def _finding(finding: Finding, language: str) -> tuple[str, ...]:
    constraint = finding.constraint
    message = constraint.message[language]
    if finding.verdict == "blank":
        message += f"（{say(language, 'blank')}: {', '.join(finding.blanks)}）"
    if finding.waiver is not None:
        message += f"（{say(language, 'waived')}: {finding.waiver.reason}）"
    return (
        message,
        finding.equation.at,
        say(language, constraint.severity),
        f"{finding.left:f}",
        f"{finding.right:f}",
        f"{finding.difference:f}",
        say(language, constraint.origin),
    )
