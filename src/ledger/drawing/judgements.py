"""Judgements of published reports as sheets: the organs with their counts, and every finding."""

from __future__ import annotations

from collections.abc import Sequence

from ledger.drawing.listings import Listing, Listings, Value
from ledger.drawing.phrases import say
from ledger.drawing.sheet import Grid, Sheet
from ledger.verbs.judging import Judgement
from ledger.verbs.judging.findings import Finding
from ledger.words.published import Published

COUNTS = ("organ", "year", "edition", "cells-read", "errors", "warnings", "file")


def judgements_sheet(judgements: Sequence[Judgement], language: str) -> Sheet:
    """What is found in each report; with several reports a table of all of them comes first."""
    if len(judgements) == 1:
        title, *lines = heading(judgements[0], language)
        return Sheet(title, (*lines, *_told(judgements[0], language)))
    parts: list[str | Grid] = [counts_grid(judgements, language)] if judgements else []
    for judgement in judgements:
        parts += ["", *heading(judgement, language), *_told(judgement, language)]
    return Sheet(say(language, "findings-title"), tuple(parts))


def _told(judgement: Judgement, language: str) -> list[str | Grid]:
    grids = [_findings_grid(judgement, language)] if judgement.findings else []
    return [*grids, verdict(judgement, language)]


def counts_grid(judgements: Sequence[Judgement], language: str) -> Grid:
    """One row for each report: whose it is, and how much was found."""
    headings = tuple(say(language, name) for name in COUNTS)
    rows = tuple(tuple(map(str, counts(judgement, language))) for judgement in judgements)
    return Grid(headings, rows, right=frozenset({3, 4, 5}))


def counts(judgement: Judgement, language: str) -> tuple[str | int, ...]:
    """Whose report it is, and how much was found, as in `COUNTS`."""
    report, used = judgement.published, judgement.case.used
    return (
        report.organ or "—",
        report.year or "—",
        used.label[language] if used else say(language, "no-form"),
        len(report.cells),
        judgement.errors,
        judgement.warnings,
        report.name,
    )


def judgements_listings(judgements: Sequence[Judgement], language: str) -> Listings:
    """The reports, and all their findings, as lists to filter and sort."""
    names = ("organ", "year", "severity", "place", "printed-there", "against", "what-is-wrong")
    headings = (*names, "source", "rule", "sentence", "file")
    organs = Listing(
        say(language, "reports-judged"),
        tuple(say(language, name) for name in COUNTS),
        tuple(counts(judgement, language) for judgement in judgements),
    )
    findings = Listing(
        say(language, "findings"),
        tuple(say(language, name) for name in headings),
        tuple(
            _row(judgement.published, finding, language)
            for judgement in judgements
            for finding in judgement.findings
        ),
        sentences=True,
    )
    errors = sum(judgement.errors for judgement in judgements)
    warnings = sum(judgement.warnings for judgement in judgements)
    about = ((say(language, "errors"), errors), (say(language, "warnings"), warnings))
    return Listings(say(language, "findings-title"), about, (organs, findings))


def heading(judgement: Judgement, language: str) -> list[str]:
    """Whose report it is, from which file, by which form."""
    report, case = judgement.published, judgement.case
    lines = [
        report.title or report.name,
        f"{say(language, 'file')}: {report.name}",
        f"{say(language, 'edition')}: "
        + (case.used.label[language] if case.used else say(language, "no-form")),
    ]
    if case.last is not None:
        lines.append(f"{say(language, 'beside-last-year')}: {case.last.name}")
    return lines


def verdict(judgement: Judgement, language: str) -> str:
    """How many errors and warnings, or that nothing was found."""
    if not judgement.findings:
        return say(language, "nothing-found", statements=len(judgement.case.statements))
    return say(language, "found", errors=judgement.errors, warnings=judgement.warnings)


def place(finding: Finding, language: str) -> str:
    """Where it stands: the section or table, and the place in the file."""
    where = finding.where
    if where.place is None:
        return where.label[language]
    told = [
        say(language, f"at-{name}", number=number)
        for name in ("page", "table", "row", "paragraph")
        if (number := getattr(where.place, name))
    ]
    if where.place.part:
        told.insert(0, where.place.part)
    if not told:
        return where.label[language]
    listed = say(language, "comma").join(told)
    return say(language, "with-remark", text=where.label[language], remark=listed)


def _row(report: Published, finding: Finding, language: str) -> tuple[Value, ...]:
    return (
        report.organ or "—",
        report.year,
        say(language, finding.severity),
        place(finding, language),
        finding.found[language],
        finding.expected[language],
        finding.message[language],
        finding.source[language],
        finding.rule,
        finding.where.sentence,
        report.name,
    )


def _findings_grid(judgement: Judgement, language: str) -> Grid:
    """Findings for a terminal: the message has the two numbers, so they need no columns."""
    headings = tuple(
        say(language, name) for name in ("severity", "place", "what-is-wrong", "source")
    )
    rows = tuple(
        (
            say(language, finding.severity),
            place(finding, language),
            finding.message[language],
            finding.source[language],
        )
        for finding in judgement.findings
    )
    return Grid(headings, rows)
