"""Differences, crosswalks, previews and whereabouts as JSON documents."""

from __future__ import annotations

from ledger.drawing import contents
from ledger.drawing.documents import (
    Json,
    event_document,
    fact_document,
    finding_document,
    label_of,
    setting_document,
    standpoint_document,
)
from ledger.drawing.full_reports import issue_document
from ledger.drawing.whereabouts import reasons
from ledger.rooms.definitions.schemas import Definitions
from ledger.verbs.crosswalking import Comparison, Counterpart, Crosswalk
from ledger.verbs.differing import ChangedCell, Difference
from ledger.verbs.excluding import Whereabouts
from ledger.verbs.previewing import MovedYear, Preview
from ledger.verbs.reporting import Report, in_unit
from ledger.words.figures import Edition, Figure


def difference_document(told: Difference, definitions: Definitions) -> contents.Difference:
    """`cells[]` that changed, with `causes[]` that sum to the difference, and the `events[]`."""
    return {
        **setting_document(told.setting),
        "since": told.since,
        "cells": [_changed(cell, told) for cell in told.cells],
        "events": [
            {
                **event_document(cause.event, definitions),
                "kind": cause.kind,
                "amends": None
                if cause.changes is None
                else event_document(cause.changes, definitions),
            }
            for cause in told.causes.values()
        ],
    }


def crosswalk_document(walked: Crosswalk) -> Json:
    """Both editions, and each cell of one as the other has it."""
    return {
        "from": _edition(walked.before),
        "to": _edition(walked.after),
        "cells": [_counterpart(one) for one in walked.forward],
        "backwards": [_counterpart(one) for one in walked.backward],
    }


def comparison_document(told: Comparison) -> Json:
    """A crosswalk with the values of a period: `value` by the cell's edition, `other` by the other's."""
    return {
        **standpoint_document(told.after.setting),
        "from": _edition(told.crosswalk.before),
        "to": _edition(told.crosswalk.after),
        "cells": [
            _counterpart(one)
            | _value(one, told.before)
            | {"other": told.across(one).value if one.has_equivalent else None}
            for one in told.crosswalk.forward
        ],
        "only_in_to": [
            _counterpart(one) | _value(one, told.after)
            for one in told.crosswalk.backward
            if not one.has_equivalent
        ],
    }


def preview_document(told: Preview) -> Json:
    """`years[]`: the cells that would move, and the equations that would break or hold again."""
    return {
        "position": told.position,
        "recorded": told.recorded,
        "again": told.again,
        "years": [_moved(moved) for moved in told.years],
    }


def whereabouts_document(told: Whereabouts, definitions: Definitions) -> Json:
    """Whether an event is `counted` in a figure, its `quantity`, and else the `reasons[]`."""
    both = [
        [] if told.counted else list(reasons(told, definitions, language))
        for language in ("zh-CN", "en")
    ]
    return {
        **setting_document(told.setting),
        "event": event_document(told.event, definitions),
        "figure": _figure(told.figure),
        "counted": bool(told.counted),
        "quantity": in_unit(told.contribution, told.figure),
        "reasons": [
            {
                "code": code,
                "fact": fact and fact_document(fact),
                "message": {"zh-CN": chinese, "en": english},
            }
            for (fact, code, chinese), (_, _, english) in zip(*both, strict=True)
        ],
    }


def _changed(cell: ChangedCell, told: Difference) -> contents.ChangedCell:
    return {
        **_figure(cell.figure),
        "old": cell.shown(cell.old),
        "new": cell.shown(cell.new),
        "difference": cell.shown(cell.new - cell.old),
        "causes": [
            {"position": at, "kind": told.causes[at].kind, "quantity": cell.shown(part)}
            for at, part in cell.parts.items()
        ],
    }


def _moved(moved: MovedYear) -> Json:
    return {
        "organ": {"code": moved.organ.code, "name": moved.organ.name},
        "year": moved.year,
        "edition": _edition(moved.edition),
        "cells": [
            {
                **_figure(cell.figure),
                "old": cell.old,
                "new": cell.new,
                "difference": cell.new - cell.old,
            }
            for cell in moved.cells
        ],
        "broken": [finding_document(finding) for finding in moved.broken],
        "mended": [finding_document(finding) for finding in moved.mended],
        "issues": [issue_document(issue) for issue in moved.issues],
    }


def _counterpart(one: Counterpart) -> Json:
    return {
        **_figure(one.figure),
        "relation": one.relation,
        "counterparts": [_figure(cell) for cell in one.cells],
    }


def _value(one: Counterpart, report: Report) -> Json:
    return {"value": report.cells[one.figure.address].value}


def _figure(figure: Figure) -> contents.Figure:
    return {
        "address": figure.address,
        "label": label_of(figure),
        "unit": figure.unit.label.zh,
    }


def _edition(edition: Edition) -> contents.NamedEdition:
    return {"id": edition.id, "label": edition.label}
