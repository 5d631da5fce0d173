"""Judgements of published reports as JSON documents."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from ledger.verbs.judging import Judgement
from ledger.verbs.judging.findings import Finding

Json = dict[str, Any]


def judgements_document(judgements: Sequence[Judgement]) -> Json:
    """`reports[]`, each with its `findings[]`, and how many errors and warnings there are in all."""
    return {
        "reports": [_report(judgement) for judgement in judgements],
        "errors": sum(judgement.errors for judgement in judgements),
        "warnings": sum(judgement.warnings for judgement in judgements),
    }


def _report(judgement: Judgement) -> Json:
    report, case = judgement.published, judgement.case
    last = case.last
    return {
        "file": report.name,
        "digest": report.digest,
        "title": report.title,
        "organ": report.organ,
        "year": report.year,
        "edition": report.edition.id if report.edition else None,
        "edition_of_the_year": case.due.id if case.due else None,
        "last_year": {"file": last.name, "digest": last.digest} if last else None,
        "cells": len(report.cells),
        "statements": len(case.statements),
        "errors": judgement.errors,
        "warnings": judgement.warnings,
        "findings": [_finding(finding) for finding in judgement.findings],
    }


def _finding(finding: Finding) -> Json:
    where = finding.where
    return {
        "rule": finding.rule,
        "title": finding.title,
        "severity": finding.severity,
        "message": finding.message,
        "found": finding.found,
        "expected": finding.expected,
        "source": finding.source,
        "at": {
            "label": where.label,
            "cells": where.cells,
            "sentence": where.sentence,
            "place": msgspec.to_builtins(where.place) if where.place else None,
        },
    }
