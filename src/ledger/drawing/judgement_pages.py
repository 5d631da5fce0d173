"""Judgements of published reports as one HTML page that needs nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ledger.drawing.judgements import COUNTS, counts, heading, place, verdict
from ledger.drawing.legible import legible
from ledger.drawing.markup import TEMPLATES
from ledger.drawing.phrases import say
from ledger.verbs.judging import Judgement
from ledger.verbs.judging.findings import Finding

_COLUMNS = ("severity", "place", "printed-there", "against", "what-is-wrong", "source")


def judgements_page(judgements: Sequence[Judgement], language: str) -> str:
    """The page as text: a table of organs, then the findings of each."""
    return TEMPLATES.get_template("findings.html").render(
        language=language,
        title=say(language, "findings-title"),
        headings=[say(language, name) for name in COUNTS],
        columns=[say(language, name) for name in _COLUMNS],
        reports=[_report(judgement, language) for judgement in judgements],
    )


def _report(judgement: Judgement, language: str) -> dict[str, Any]:
    organ, *others = counts(judgement, language)
    title, *lines = heading(judgement, language)
    return {
        "organ": _legible(organ),
        "counts": [_legible(value) for value in others],
        "title": legible(title),
        "lines": [legible(line) for line in lines],
        "findings": [_finding(finding, language) for finding in judgement.findings],
        "verdict": verdict(judgement, language),
    }


def _finding(finding: Finding, language: str) -> dict[str, str]:
    told = {
        "level": say(language, finding.severity),
        "place": place(finding, language),
        "found": finding.found[language],
        "expected": finding.expected[language],
        "message": finding.message[language],
        "sentence": finding.where.sentence,
        "source": finding.source[language],
        "title": finding.title[language],
    }
    return {name: legible(text) for name, text in told.items()} | {
        "severity": finding.severity,
        "rule": finding.rule,
    }


def _legible(value: str | int) -> str | int:
    return legible(value) if isinstance(value, str) else value
