"""A report in draft: its texts as they will be printed, and the figures that they may refer to."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ledger.drawing.inspecting import finding_view
from ledger.drawing.paper import Paper
from ledger.drawing.prose import prose_of
from ledger.drawing.reports import path_of
from ledger.verbs.checking import Finding
from ledger.verbs.full_reports import FullReport


def draft_view(
    paper: Paper, told: FullReport, findings: Iterable[Finding], language: str
) -> dict[str, Any]:
    """What the page of a draft shows."""
    edition = paper.setting.edition
    return {
        "parts": [
            {
                "id": part.section.id,
                "caption": part.section.caption()[language],
                "note": part.section.note[language] if part.section.note else "",
                "paragraphs": paragraphs,
            }
            for part, paragraphs in zip(paper.parts, prose_of(paper, language), strict=True)
        ],
        "figures": [
            (
                address,
                path_of(printed.figure, edition.table(printed.figure.table), language),
                printed.text(language),
            )
            for address, printed in paper.figures.items()
        ],
        "findings": [
            finding_view(finding, edition, language)
            for finding in findings
            if finding.verdict != "holds"
        ],
        "restates": told.restatement,
    }
