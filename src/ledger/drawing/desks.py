"""A desk as its page and its document show it."""

from __future__ import annotations

from typing import Any

from ledger.drawing import contents
from ledger.drawing.documents import event_document, finding_document
from ledger.drawing.phrases import say
from ledger.drawing.traces import in_words, state_in_words
from ledger.rooms.definitions.schemas import Definitions, title_of
from ledger.verbs.desks import Desk
from ledger.words.events import Event, moment


def desk_view(desk: Desk, definitions: Definitions, language: str) -> dict[str, Any]:
    """What the template of a desk takes."""
    named, labels = definitions.codes["subject-kind"], definitions.labels(language)
    return {
        "organ": desk.organ,
        "year": desk.year,
        "cases": [
            {
                "kind": kind,
                "title": title_of(named[kind], language),
                "count": desk.counts[kind],
                "more": desk.counts[kind] - len(cases),
                "rows": [
                    {
                        "subject": case.subject,
                        "since": case.since.isoformat(),
                        "days": case.days,
                        "state": state_in_words(case.fact.shape, definitions, language),
                        "last": labels[case.last.type],
                        "on": case.last.occurred_on.isoformat(),
                    }
                    for case in cases
                ],
            }
            for kind, cases in desk.cases.items()
        ],
        "findings": [
            {
                "severity": say(language, finding.constraint.severity),
                "message": finding.constraint.message[language],
                "at": finding.equation.at,
                "sides": f"{finding.left:f} ≠ {finding.right:f}",
            }
            for finding in desk.findings
        ],
        "reports": [
            {
                "period": report.period,
                "below": report.below,
                "stage": say(language, f"stage-{report.stage}"),
                "on": report.on.isoformat(),
                "by": report.by,
            }
            for report in desk.reports
        ],
        "lately": [event_row(event, definitions, language) for event in desk.lately],
    }


def desk_document(desk: Desk, definitions: Definitions) -> contents.Desk:
    """What waits at an organ, for programs."""
    return {
        "organ": desk.organ,
        "cases": [
            {
                "subject": case.subject,
                "since": case.since,
                "days": case.days,
                "last": event_document(case.last, definitions),
            }
            for cases in desk.cases.values()
            for case in cases
        ],
        "counts": desk.counts,
        "year": desk.year,
        "findings": [finding_document(finding) for finding in desk.findings],
        "reports": desk.reports,
        "lately": [event_document(event, definitions) for event in desk.lately],
    }


def event_row(event: Event, definitions: Definitions, language: str) -> dict[str, Any]:
    """An event as a row of a list."""
    return {
        "position": event.position,
        "on": event.occurred_on.isoformat(),
        "title": definitions.labels(language)[event.type],
        "organ": event.organ,
        "subject": event.originator_id,
        "details": in_words(event, definitions, language),
        "paper": "; ".join((event.source or {}).values()),
        "by": event.recorded_by,
        "recorded": moment(event.recorded_at).strftime("%Y-%m-%d %H:%M UTC"),
    }
