"""A case as its page shows it: what stands, what may come next, and every event with what amended it."""

from __future__ import annotations

from typing import Any

from ledger.drawing.forms import steps_view
from ledger.drawing.phrases import say
from ledger.drawing.reports import label_of, printed_value
from ledger.drawing.traces import in_words, quantity_in_words, state_in_words, until_in_words
from ledger.rooms.definitions.schemas import Definitions, title_of
from ledger.verbs.cases import Case, amendments
from ledger.verbs.reporting import in_unit
from ledger.verbs.tracing import Explanation
from ledger.words.events import VOIDED, Event, moment
from ledger.words.years import date_of


def case_view(
    case: Case, definitions: Definitions, language: str, *, may_record: bool
) -> dict[str, Any]:
    """What the template of a case takes."""
    changed: dict[str, list[Event]] = {}
    for id_, by in amendments(case):
        changed.setdefault(id_, []).append(by)
    return {
        "name": case.name,
        "title": _title(case, definitions, language),
        "subject": case.subject,
        "holder": case.holder,
        "may_record": may_record,
        "steps": steps_view(definitions, case.steps, language) if may_record else [],
        "facts": [
            {
                "organ": fact.organ,
                "state": state_in_words(fact.shape, definitions, language),
                "since": date_of(fact.since).isoformat(),
                "until": until_in_words(fact, language),
                "quantity": quantity_in_words(fact.quantity, fact.state, definitions, language),
                "evidence": fact.evidence,
            }
            for fact in case.facts
        ],
        "events": [
            _event(case, event, changed.get(event.id, []), definitions, language, may_record)
            for event in case.events
        ],
    }


def recorded_view(
    told: Explanation, definitions: Definitions, language: str, *, late: bool
) -> dict[str, Any]:
    """What was just recorded, and the figures that it feeds."""
    event = told.event
    return {
        "title": definitions.labels(language)[event.type],
        "on": event.occurred_on.isoformat(),
        "position": event.position,
        "id": event.id,
        "late": say(language, "late-in-the-case", year=event.occurred_on.year) if late else "",
        "feeds": [
            {
                "organ": fed.organ,
                "year": fed.year,
                "address": fed.figure.address,
                "label": label_of(fed.figure, language),
                "share": printed_value(in_unit(fed.contribution, fed.figure), fed.figure, language),
            }
            for fed in told.feeds
        ],
    }


def _title(case: Case, definitions: Definitions, language: str) -> str:
    kind, _, number = case.name.partition("@")[0].partition(":")
    named = definitions.codes["subject-kind"]
    return f"{title_of(named[kind], language)} {number}" if kind in named else case.name


def _event(
    case: Case,
    event: Event,
    changed: list[Event],
    definitions: Definitions,
    language: str,
    may_record: bool,
) -> dict[str, Any]:
    voided = any(by.type == VOIDED for by in changed)
    return {
        "position": event.position,
        "id": event.id,
        "on": event.occurred_on.isoformat(),
        "title": definitions.labels(language)[event.type],
        "details": in_words(event, definitions, language),
        "paper": "; ".join((event.source or {}).values()),
        "by": event.recorded_by,
        "recorded": moment(event.recorded_at).strftime("%Y-%m-%d %H:%M UTC"),
        "changed": [by.position for by in changed],
        "mark": say(language, "voided-mark" if voided else "corrected-mark") if changed else "",
        "voided": voided,
        "may_correct": may_record and event.id in case.correctable,
        "may_void": may_record and event.id in case.voidable,
    }
