"""What the verbs answer as JSON documents; numbers are exact decimals in the unit that is printed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from ledger.drawing.traces import predicate
from ledger.rooms.definitions.schemas import Definitions
from ledger.verbs.checking import Finding
from ledger.verbs.papers import Carried, Paper
from ledger.verbs.rebuilding import Fault
from ledger.verbs.reporting import Cell, Report, Setting, Standpoint, in_unit
from ledger.verbs.tracing import Explanation, Trace
from ledger.words.events import Event, moment
from ledger.words.facts import Fact, read_shape
from ledger.words.figures import Figure, Table, Text
from ledger.words.problems import Problem
from ledger.words.years import FOREVER, date_of

Json = dict[str, Any]

_encoder = msgspec.json.Encoder(decimal_format="number")


def encoded(document: Any) -> str:
    """A document as indented JSON text."""
    return msgspec.json.format(_encoder.encode(document), indent=2).decode()


def report_document(report: Report) -> Json:
    """A report: its setting, and `tables[].rows[].cells[]`."""
    edition = report.setting.edition
    return setting_document(report.setting) | {
        "sections": [
            {"number": part.number, "id": part.id, "label": part.label, "tables": part.tables}
            for part in edition.sections
        ],
        "tables": [_table(report, table) for table in edition.tables],
    }


def setting_document(setting: Setting) -> Json:
    """Under which edition, for which organ, period and position figures are given."""
    edition = setting.edition
    named = {"id": edition.id, "label": edition.label, "source": edition.source}
    if edition.note:
        named["note"] = edition.note
    return {"title": setting.title, "edition": named, **standpoint_document(setting)}


def standpoint_document(stands: Standpoint) -> Json:
    """For which organ, period and position."""
    organ, period = stands.organ, stands.period
    return {
        "organ": {"code": organ.code, "name": organ.name, "members": stands.members},
        "year": period.year,
        "period": {
            "id": period.code,
            "kind": period.kind,
            "name": stands.period_name,
            "from": date_of(period.begin),
            "to": period.last,
        },
        "position": stands.position,
    }


def trace_document(trace: Trace, definitions: Definitions) -> Json:
    """A trace: `figure`, `facts[]` whose quantities sum to it, and `events[]`."""
    figure, setting = trace.cell.figure, trace.setting
    return setting_document(setting) | {
        "figure": _cell(trace.cell),
        "label": _path(figure, setting.edition.table(figure.table)),
        "source": figure.sources,
        "notes": figure.notes,
        "predicate": {
            language: predicate(figure, setting.period, definitions, language)
            for language in ("zh-CN", "en")
        },
        "facts": [
            {
                "subject": traced.subject,
                "organ": traced.organ,
                **fact_document(traced.known.fact),
                "quantity": trace.part(traced),
                "unit": figure.unit.label.zh,
                "known_from": traced.known.known_from,
                "known_until": traced.known.known_until,
            }
            for traced in trace.facts
        ],
        "events": [event_document(event, definitions) for _, event in sorted(trace.events.items())],
    }


def explanation_document(told: Explanation, definitions: Definitions) -> Json:
    """An event with what changed it, its facts, and the figures it feeds."""
    return {
        "event": event_document(told.event, definitions),
        "changed_by": [event_document(event, definitions) for event in told.changed_by],
        "facts": [fact_document(fact) for fact in told.facts],
        "feeds": [
            {
                "year": fed.year,
                "address": fed.figure.address,
                "label": label_of(fed.figure),
                "quantity": in_unit(fed.contribution, fed.figure),
                "unit": fed.figure.unit.label.zh,
            }
            for fed in told.feeds
        ],
    }


def history_document(
    name: str, events: Iterable[Event], facts: Iterable[Fact], definitions: Definitions
) -> Json:
    """What is recorded of a subject, and its facts as they stand."""
    return {
        "subject": name,
        "events": [event_document(event, definitions) for event in events],
        "facts": [fact_document(fact) | {"quantity": fact.quantity} for fact in facts],
    }


def check_document(
    paper: Paper,
    findings: Sequence[Finding],
    differences: Sequence[tuple[str, Any, Any]] | None,
    recorded: Event | None = None,
) -> Json:
    """A check: how many equations hold, and each that does not; `recorded` is its event, if it was."""
    broken = [finding for finding in findings if finding.verdict != "holds"]
    document = setting_document(paper.setting) | {
        "carried": [carried_document(carried) for carried in paper.carried],
        "recorded": recorded and {"id": recorded.id, **recorded.data},
        "checked": len(findings),
        "held": len(findings) - len(broken),
        "findings": [finding_document(finding) for finding in broken],
    }
    if differences is not None:
        document["differences"] = [
            {"address": address, "published": published, "ledger": ours}
            for address, published, ours in differences
        ]
    return document


def finding_document(finding: Finding) -> Json:
    """An equation judged, with its two sides and the cells that it is between."""
    return {
        "constraint": finding.constraint.id,
        "verdict": finding.verdict,
        "severity": finding.constraint.severity,
        "origin": finding.constraint.origin,
        "source": finding.constraint.source,
        "message": finding.constraint.message,
        "at": finding.equation.at,
        "left": finding.left,
        "right": finding.right,
        "difference": finding.difference,
        "cells": [
            {"address": ref.address, "sign": ref.sign * side, "year": ref.year}
            for side, refs in ((1, finding.equation.left), (-1, finding.equation.right))
            for ref in refs
        ],
        "blanks": finding.blanks,
        "waiver": finding.waiver,
    }


def carried_document(carried: Carried) -> Json:
    """A figure that last year's report handed on otherwise than it is known by now."""
    return {
        "address": carried.figure.address,
        "issue": carried.issue.id,
        "issued": in_unit(carried.issued, carried.figure),
        "known": in_unit(carried.known, carried.figure),
        "restated": carried.restated and carried.restated.id,
    }


def event_document(event: Event, definitions: Definitions) -> Json:
    """An event with its place in the journal; times are UTC."""
    label = definitions.types[event.type, event.version]
    document = {
        "position": event.position,
        "id": event.id,
        "type": event.type,
        "version": event.version,
        "label": {"zh-CN": label.label("zh-CN"), "en": label.label("en")},
        "organ": event.organ,
        "subject": event.subject,
        "occurred_on": event.occurred_on,
        "recorded_at": moment(event.recorded_at).isoformat().replace("+00:00", "Z"),
        "recorded_by": event.recorded_by,
        "data": event.data,
    }
    return document if event.source is None else document | {"source": event.source}


def fact_document(fact: Fact) -> Json:
    """A fact without its quantity, which is given in the unit of what is asked."""
    named = read_shape(fact.shape)
    return {
        "state": named.pop("state"),
        "dimensions": named,
        "since": date_of(fact.since),
        "until": None if fact.until == FOREVER else date_of(fact.until),
        "evidence": fact.evidence,
    }


def problem_document(problem: Problem, labels: dict[str, dict[str, str]]) -> Json:
    """A problem with its place and its sentence in both languages."""
    document = {
        "code": problem.code,
        "line": problem.line,
        "pointer": problem.pointer,
        "message": {
            language: problem.sentence(language, named) for language, named in labels.items()
        },
    }
    if not problem.sheet:
        return document
    cell = {"sheet": problem.sheet, "cell": problem.cell, "heading": problem.heading}
    return document | cell


def fault_document(fault: Fault) -> Json:
    """A fault that verification found."""
    return msgspec.to_builtins(fault)


def _table(report: Report, table: Table) -> Json:
    return {
        "id": table.id,
        "number": table.number,
        "label": table.label,
        "heading": table.heading,
        "kind": table.kind,
        "columns": [{"id": column.id, "label": column.path()} for column in table.columns],
        "rows": [
            {
                "id": row.id,
                "number": row.number,
                "label": row.label,
                "path": row.path(),
                "source": row.source,
                "note": row.note,
                "inferred": row.inferred,
                "cells": [_cell(report.cells[figure.address]) for figure in figures],
            }
            for row, figures in table.lines()
        ],
    }


def _cell(cell: Cell) -> Json:
    return {
        "address": cell.figure.address,
        "value": cell.value,
        "unit": cell.figure.unit.label.zh,
        "label": label_of(cell.figure),
    }


def label_of(figure: Figure) -> Text:
    """A figure as its row and column, in both languages."""
    parts = (figure.row_label, figure.column_label)
    return Text(
        " / ".join(part.zh for part in parts if part.zh),
        " / ".join(part.en for part in parts if part.en),
    )


def _path(figure: Figure, table: Table) -> Text:
    label = label_of(figure)
    return Text(f"{table.label.zh} / {label.zh}", f"{table.label.en} / {label.en}")
