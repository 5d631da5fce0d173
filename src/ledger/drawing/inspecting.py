"""The inspector: one figure with its source, its facts and events, its constraints and its changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from ledger.drawing.changes import change_in_words
from ledger.drawing.phrases import say
from ledger.drawing.reports import label_of, path_of, printed, printed_value
from ledger.drawing.traces import in_words, predicate, state_in_words, until_in_words
from ledger.rooms.definitions.schemas import Definitions
from ledger.verbs.checking import Finding
from ledger.verbs.differing import ChangedCell, Difference
from ledger.verbs.reporting import figure_at, in_unit
from ledger.verbs.tracing import Fed, Trace, fed
from ledger.words.events import Event, moment
from ledger.words.figures import Edition
from ledger.words.years import date_of


class Inspector(msgspec.Struct, frozen=True):
    """All that stands beside a figure."""

    trace: Trace
    findings: tuple[Finding, ...]
    change: ChangedCell | None
    told: Difference | None
    feeds: tuple[Fed, ...]
    definitions: Definitions
    public: bool

    @classmethod
    def of(
        cls,
        trace: Trace,
        findings: Sequence[Finding],
        told: Difference | None,
        editions: Mapping[str, Edition],
        definitions: Definitions,
        *,
        public: bool,
    ) -> Inspector:
        """The inspector of a traced figure; for everyone without persons and notes."""
        address = trace.cell.figure.address
        joined = tuple(
            finding
            for finding in findings
            if any(
                ref.address == address for ref in (*finding.equation.left, *finding.equation.right)
            )
        )
        changed = (
            next((c for c in told.cells if c.figure.address == address), None) if told else None
        )
        facts = [traced.known.fact for traced in trace.facts]
        feeds = () if public else tuple(fed(editions, facts))
        return cls(trace, joined, changed, told, feeds, definitions, public)

    def drawn(self, language: str) -> dict[str, Any]:
        """What the template of the inspector takes."""
        figure, setting = self.trace.cell.figure, self.trace.setting
        table = setting.edition.table(figure.table)
        return {
            "address": figure.address,
            "path": path_of(figure, table, language),
            "value": printed(self.trace.cell, language),
            "unit": "" if figure.show_unit else figure.unit.label[language],
            "recorded": figure.recorded,
            "sources": [source[language] for source in figure.sources],
            "notes": [note[language] for note in figure.notes],
            "predicate": predicate(figure, setting.period, self.definitions, language),
            "facts": [self._fact(traced, language) for traced in self.trace.facts],
            "more": self.trace.count - len(self.trace.facts),
            "events": self._events(language),
            "findings": [
                finding_view(finding, setting.edition, language) for finding in self.findings
            ],
            "change": self._change(language),
            "feeds": [
                {
                    "organ": each.organ,
                    "year": each.year,
                    "address": each.figure.address,
                    "label": label_of(each.figure, language),
                    "share": printed_value(
                        in_unit(each.contribution, each.figure), each.figure, language
                    ),
                }
                for each in self.feeds
                if (each.organ, each.year, each.figure.address)
                != (setting.organ.code, setting.year, figure.address)
            ],
            "public": self.public,
        }

    def _fact(self, traced: Any, language: str) -> dict[str, Any]:
        fact = traced.known.fact
        return {
            "subject": traced.subject,
            "organ": traced.organ,
            "state": state_in_words(fact.shape, self.definitions, language),
            "since": date_of(fact.since).isoformat(),
            "until": until_in_words(fact, language),
            "quantity": printed_value(self.trace.part(traced), self.trace.cell.figure, language),
            "evidence": fact.evidence,
        }

    def _events(self, language: str) -> list[dict[str, Any]]:
        labels = self.definitions.labels(language)
        events = sorted(self.trace.events.items())
        return [self._event(event, labels, language) for _, event in events]

    def _event(self, event: Event, labels: Mapping[str, str], language: str) -> dict[str, Any]:
        told = {
            "position": event.position,
            "type": labels[event.type],
            "occurred_on": event.occurred_on.isoformat(),
            "amends": event.data.get("event", "") if event.type.startswith("event.") else "",
        }
        if self.public:
            return told | {"by": "", "details": "", "paper": "", "recorded": ""}
        return told | {
            "by": event.recorded_by,
            "details": in_words(event, self.definitions, language),
            "paper": "; ".join((event.source or {}).values()),
            "recorded": moment(event.recorded_at).strftime("%Y-%m-%d %H:%M UTC"),
        }

    def _change(self, language: str) -> dict[str, Any] | None:
        change, told = self.change, self.told
        if change is None or told is None:
            return None
        return {
            "since": told.since,
            "old": printed_value(change.shown(change.old), change.figure, language),
            "new": printed_value(change.shown(change.new), change.figure, language),
            "causes": [
                {
                    "position": at,
                    "kind": say(language, f"cause-{told.causes[at].kind}"),
                    "type": self.definitions.labels(language)[told.causes[at].event.type],
                    "part": change_in_words(change.shown(part), change.figure, language),
                }
                for at, part in sorted(change.parts.items())
            ],
        }


def finding_view(finding: Finding, edition: Edition, language: str) -> dict[str, Any]:
    """A constraint as it was judged, with the cells of this report that it joins."""
    constraint = finding.constraint
    refs = (*finding.equation.left, *finding.equation.right)
    return {
        "id": constraint.id,
        "message": constraint.message[language],
        "source": constraint.source[language],
        "at": finding.equation.at,
        "verdict": finding.verdict,
        "severity": say(language, constraint.severity),
        "left": f"{finding.left:f}",
        "right": f"{finding.right:f}",
        "difference": f"{finding.difference:f}",
        "waiver": finding.waiver.reason if finding.waiver else "",
        "cells": [
            {"address": ref.address, "label": label_of(figure_at(edition, ref.address), language)}
            for ref in refs
            if not ref.year
        ],
    }
