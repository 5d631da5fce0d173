"""What the verbs answer as JSON documents; numbers are exact decimals in the unit that is printed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Literal

import msgspec

from ledger.drawing import contents
from ledger.drawing.paper import Block, Paper, Part, Printed
from ledger.drawing.traces import predicate
from ledger.rooms.definitions.schemas import Definitions
from ledger.verbs import auditing as audited
from ledger.verbs.checking import Finding
from ledger.verbs.full_reports import Carried, FullReport
from ledger.verbs.reporting import Cell, Setting, Standpoint, in_unit
from ledger.verbs.straddling import Straddling
from ledger.verbs.tracing import Explanation, Trace
from ledger.verbs.warnings import Warnings
from ledger.words.events import Event, moment
from ledger.words.facts import Fact, read_shape
from ledger.words.faults import Fault
from ledger.words.figures import Figure, Ref, Table, Text
from ledger.words.problems import Problem
from ledger.words.years import FOREVER, date_of

Json = dict[str, Any]

_encoder = msgspec.json.Encoder(decimal_format="number")


def encoded(document: Any) -> str:
    """A document as indented JSON text."""
    return msgspec.json.format(_encoder.encode(document), indent=2).decode()


def in_a_line(document: Any) -> str:
    """A document as JSON text without line breaks."""
    return _encoder.encode(document).decode()


def report_document(paper: Paper) -> contents.LaidOut:
    """A report: its setting, the text of its sections, and `tables[].rows[].cells[]`."""
    return {
        **setting_document(paper.setting),
        "sections": [_section(part) for part in paper.parts],
        "tables": [_table(block) for block in paper.blocks],
    }


def setting_document(setting: Setting) -> contents.Setting:
    """Under which edition, for which organ, period and position figures are given."""
    edition = setting.edition
    named: contents.SourcedEdition = {
        "id": edition.id,
        "label": edition.label,
        "source": edition.source,
        "note": edition.note,
    }
    return {"title": setting.title, "edition": named, **standpoint_document(setting)}


def standpoint_document(stands: Standpoint) -> contents.Standpoint:
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


def trace_document(trace: Trace, definitions: Definitions) -> contents.Trace:
    """A trace: `figure`, `facts[]` whose quantities sum to it, and `events[]`."""
    return {
        **traced_document(trace, definitions),
        "events": [event_document(event, definitions) for _, event in sorted(trace.events.items())],
    }


def public_trace_document(trace: Trace, definitions: Definitions) -> contents.PublicTrace:
    """A trace for everyone: without who recorded what, and without the office's own notes."""
    events = [event for _, event in sorted(trace.events.items())]
    return {
        **traced_document(trace, definitions),
        "events": [public_event_document(event, definitions) for event in events],
    }


def traced_document(trace: Trace, definitions: Definitions) -> contents.Traced:
    """A figure with its predicate in words and its facts."""
    figure, setting = trace.cell.figure, trace.setting
    return {
        **setting_document(setting),
        "figure": _cell(trace.cell),
        "label": _path(figure, setting.edition.table(figure.table)),
        "source": figure.sources,
        "notes": figure.notes,
        "predicate": {
            "zh-CN": predicate(figure, setting.period, definitions, "zh-CN"),
            "en": predicate(figure, setting.period, definitions, "en"),
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
    }


def explanation_document(told: Explanation, definitions: Definitions) -> contents.Explanation:
    """An event with what changed it, its facts, and the figures it feeds."""
    return {
        "event": event_document(told.event, definitions),
        "changed_by": [event_document(event, definitions) for event in told.changed_by],
        "facts": [{"organ": fact.organ, **fact_document(fact)} for fact in told.facts],
        "feeds": [
            {
                "organ": fed.organ,
                "year": fed.year,
                "address": fed.figure.address,
                "label": label_of(fed.figure),
                "quantity": in_unit(fed.contribution, fed.figure),
                "unit": fed.figure.unit.label.zh,
            }
            for fed in told.feeds
        ],
    }


def events_document(events: Sequence[Event], definitions: Definitions, *, more: bool) -> Json:
    """A page of events; `after` is where the next one goes on, null where there is none."""
    return {
        "events": [event_document(event, definitions) for event in events],
        "after": events[-1].position if more and events else None,
    }


def history_document(
    name: str, events: Iterable[Event], facts: Iterable[Fact], definitions: Definitions
) -> contents.History:
    """What is recorded of a subject, and its facts as they stand."""
    return {
        "subject": name,
        "events": [event_document(event, definitions) for event in events],
        "facts": [
            {"organ": fact.organ, **fact_document(fact), "quantity": fact.quantity}
            for fact in facts
        ],
    }


def check_document(
    told: FullReport,
    findings: Sequence[Finding],
    warnings: Warnings,
    differences: Sequence[tuple[str, Any, Any]] | None = None,
    recorded: Event | None = None,
) -> contents.Check:
    """A check: how many equations hold, and each that does not; `recorded` is its event, if it was."""
    broken = [finding for finding in findings if finding.verdict != "holds"]
    return {
        **setting_document(told.setting),
        "carried": [carried_document(carried) for carried in told.carried],
        "recorded": None if recorded is None else {"id": recorded.id, **recorded.data},
        "checked": len(findings),
        "held": len(findings) - len(broken),
        "findings": [finding_document(finding) for finding in broken],
        "straddling": [_straddling(stated) for stated in warnings.straddling],
        "overdrawn": warnings.overdrawn,
        "differences": None
        if differences is None
        else [
            {"address": address, "published": published, "ledger": ours}
            for address, published, ours in differences
        ],
    }


def finding_document(finding: Finding) -> contents.Finding:
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
            *(_signed(ref, ref.sign) for ref in finding.equation.left),
            *(_signed(ref, -1 if ref.sign == 1 else 1) for ref in finding.equation.right),
        ],
        "blanks": finding.blanks,
        "waiver": finding.waiver,
    }


def _signed(ref: Ref, sign: Literal[1, -1]) -> contents.SignedCell:
    return {"address": ref.address, "sign": sign, "year": ref.year}


def carried_document(carried: Carried) -> contents.Carried:
    """A figure that last year's report handed on otherwise than it is known by now."""
    return {
        "address": carried.figure.address,
        "issue": carried.issue.id,
        "issued": in_unit(carried.issued, carried.figure),
        "known": in_unit(carried.known, carried.figure),
        "restated": None if carried.restated is None else carried.restated.id,
    }


def _straddling(stated: Straddling) -> contents.Straddling:
    return {
        "subject": stated.event.originator_id,
        **fact_document(stated.fact),
        "from": stated.first,
        "to": stated.last,
        "quantity": stated.fact.quantity,
        "counted": stated.counted,
    }


def event_document(event: Event, definitions: Definitions) -> contents.Event:
    """An event with its place in the journal; times are UTC."""
    return {
        **public_event_document(event, definitions),
        "recorded_by": event.recorded_by,
        "data": event.data,
        "source": event.source,
    }


def public_event_document(event: Event, definitions: Definitions) -> contents.PublicEvent:
    """An event without who recorded it, and without what may hold notes of the office."""
    named = definitions.types[event.type, event.version]
    return {
        "position": event.position,
        "id": event.id,
        "type": event.type,
        "version": event.version,
        "label": Text(named.label("zh-CN"), named.label("en")),
        "organ": event.organ,
        "subject": event.subject,
        "occurred_on": event.occurred_on,
        "recorded_at": moment(event.recorded_at).isoformat().replace("+00:00", "Z"),
    }


def fact_document(fact: Fact) -> contents.Fact:
    """A fact without its quantity, which is given in the unit of what is asked."""
    named = read_shape(fact.shape)
    return {
        "state": named.pop("state"),
        "dimensions": named,
        "since": date_of(fact.since),
        "until": None if fact.until == FOREVER else date_of(fact.until),
        "evidence": fact.evidence,
    }


def problem_document(problem: Problem, labels: dict[str, dict[str, str]]) -> contents.Problem:
    """A problem with its place and its sentence in both languages."""
    document: contents.Problem = {
        "code": problem.code,
        "line": problem.line,
        "pointer": problem.pointer,
        "message": Text(
            problem.sentence("zh-CN", labels["zh-CN"]), problem.sentence("en", labels["en"])
        ),
    }
    if problem.sheet:
        document["sheet"] = problem.sheet
        document["cell"] = problem.cell
        document["heading"] = problem.heading
    return document


def finding_told(finding: audited.Finding) -> Json:
    """What an audit of a bundle found of one thing."""
    return {"what": finding.what, "good": finding.good, **finding.params}


def fault_document(fault: Fault) -> Json:
    """A fault that verification found."""
    return msgspec.to_builtins(fault)


def _section(part: Part) -> contents.Section:
    section = part.section
    return {
        "number": section.number,
        "id": section.id,
        "label": section.label,
        "paragraphs": [[_piece(piece) for piece in told] for told in part.paragraphs],
        "tables": section.tables,
    }


def _piece(piece: str | Printed) -> str | contents.Number:
    if isinstance(piece, str):
        return piece
    return {"address": piece.address, "value": piece.value}


def _table(block: Block) -> contents.Table:
    table = block.table
    return {
        "id": table.id,
        "number": table.number,
        "label": table.label,
        "heading": table.heading,
        "kind": table.kind,
        "columns": [{"id": column.id, "label": column.path()} for column in table.columns],
        "rows": [
            {
                "id": line.row.id,
                "number": line.row.number,
                "label": line.row.label,
                "path": line.row.path(),
                "source": line.row.source,
                "note": line.row.note,
                "inferred": line.row.inferred,
                "cells": [_cell(cell) for cell in line.cells],
            }
            for line in block.lines
        ],
    }


def _cell(cell: Cell | Printed) -> contents.Cell:
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
