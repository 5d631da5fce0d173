"""Bundling: what an outsider needs to count a report's figures again and to check where they come from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from ledger.rooms.proof.checkpoints import Checkpoint
from ledger.rooms.storage import reading, tree
from ledger.rooms.storage.reading import Connection
from ledger.verbs.full_reports import FullReport, full_report
from ledger.verbs.issues import ISSUED, life_at
from ledger.verbs.proving import covered_by
from ledger.verbs.reporting import Question, Setting, figure_at
from ledger.verbs.tracing import Trace, trace
from ledger.words.events import Event
from ledger.words.figures import Edition
from ledger.words.problems import Problem, Refusal
from ledger.words.trees import Range, pruned


class Bundle(msgspec.Struct, frozen=True):
    """A report, the traces of some of its figures, and the proof of every event behind them."""

    told: FullReport
    traces: tuple[Trace, ...]
    states: dict[int, bytes]
    """The stored bytes of the events, by position."""
    pruned: dict[Range, bytes]
    """The hashes of the subtrees that hold none of them."""
    checkpoint: Checkpoint
    issue: Event | None
    """The issue of the report that says exactly this."""


def bundle(
    connection: Connection,
    editions: Mapping[str, Edition],
    question: Question,
    addresses: Sequence[str] = (),
) -> Bundle:
    """The bundle of some figures, of all if none is named; raises Refusal."""
    told = full_report(connection, editions, question)
    setting = told.setting
    for address in addresses:
        figure_at(setting.edition, address)
    figures = setting.edition.figures.items()
    wanted = addresses or [address for address, figure in figures if figure.recorded]
    traces = tuple(trace(connection, setting, address) for address in wanted)
    issue = _issue(connection, setting) if question.as_at == ISSUED else None
    names = _subjects(connection, setting, traces)
    states = reading.states_of(connection, names, setting.position)
    if issue is not None:
        states |= reading.states_at(connection, [issue.position])
    checkpoint = _covering(connection, states)
    ranges = list(pruned([position - 1 for position in sorted(states)], 0, checkpoint.size))
    hashes = dict(zip(ranges, tree.hashes(connection, ranges), strict=True))
    return Bundle(told, traces, states, hashes, checkpoint, issue)


def _subjects(connection: Connection, setting: Setting, traces: Iterable[Trace]) -> set[str]:
    """The subjects behind figures whole, and the organs that say what their histories mean."""
    facts = [fact for traced in traces for fact in traced.facts]
    organs = {*setting.covers, *(fact.organ for fact in facts)}
    organs |= reading.succeeded_organs(connection).keys()
    return {fact.subject for fact in facts} | {f"organ:{code}" for code in organs}


def _issue(connection: Connection, setting: Setting) -> Event | None:
    return life_at(connection, setting.organ.code, setting.period, below=setting.below).issue


def _covering(connection: Connection, states: Mapping[int, bytes]) -> Checkpoint:
    position = max(states, default=0)
    found = covered_by(connection, position)
    if found is None:
        params = {"event": f"event-{position}", "position": position}
        raise Refusal(Problem("not-signed-yet", params=params))
    return found
