"""A report in full: laid out with what the ledger adds to its text, as a sheet, and as a document."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import cast

from ledger.drawing import contents
from ledger.drawing.charts import Chart
from ledger.drawing.documents import carried_document, report_document
from ledger.drawing.paper import Paper, paper_of
from ledger.drawing.phrases import say
from ledger.drawing.proofs import checkpoint_document
from ledger.drawing.reports import label_of, path_of, printed_value, report_sheet
from ledger.drawing.sheet import Sheet
from ledger.rooms.proof.checkpoints import printed_line
from ledger.verbs.full_reports import Carried, Change, FullReport, Restatement, digest_of
from ledger.verbs.reporting import in_unit
from ledger.words.events import Event
from ledger.words.figures import Edition, Figure, Text


def laid_out(told: FullReport, charts: tuple[Chart, ...] = ()) -> Paper:
    """The report as it stands on paper, with the lines that say what it replaces and waives."""
    return paper_of(
        told.report,
        told.narrative,
        digest_of(told) if told.issue else None,
        _issued(told),
        _signed(told),
        tuple(_preface(told)),
        tuple(_notes(told)),
        charts,
    )


def full_report_sheet(told: FullReport, language: str) -> Sheet:
    """The report as its form prints it."""
    return report_sheet(laid_out(told), language)


def full_report_document(told: FullReport) -> contents.Report:
    """The report as JSON: its tables and text, what it waives and restates, and its issue."""
    restated = told.restatement
    return {
        **report_document(laid_out(told)),
        "waivers": told.waivers,
        "carried": [carried_document(carried) for carried in told.carried],
        "restates": None if restated is None else _restatement_document(restated),
        "issue": None if told.issue is None else _sealed(told, told.issue),
    }


def _sealed(told: FullReport, issue: Event) -> contents.SealedIssue:
    signed = None if told.checkpoint is None else checkpoint_document(told.checkpoint)
    return {**issue_document(issue), "digest": digest_of(told), "checkpoint": signed}


def issue_document(issue: Event) -> contents.Issue:
    """An issue or a restatement without its cells."""
    # The schemas of the two types hold their data to these fields.
    told = cast(
        contents.IssueData,
        {name: value for name, value in issue.data.items() if name != "cells"},
    )
    return {
        "id": issue.id,
        "type": issue.type,
        "recorded_at_position": issue.position,
        "occurred_on": issue.occurred_on,
        "recorded_by": issue.recorded_by,
        **told,
    }


def carried_lines(told: FullReport, language: str) -> list[str]:
    """Each figure carried over that last year's report, as issued, has otherwise."""
    return [_carried(carried, told.setting.edition)[language] for carried in told.carried]


def _preface(told: FullReport) -> Iterator[Text]:
    restatement = told.restatement
    if restatement is not None:
        replaced = restatement.replaces
        yield _both(
            lambda language: say(
                language,
                "restates",
                kind=say(language, restatement.kind),
                on=replaced.occurred_on.isoformat(),
                id=replaced.id,
                reason=restatement.reason,
            )
        )


def _issued(told: FullReport) -> Text | None:
    if told.issue is None:
        return None
    issue = told.issue
    named = {"on": issue.occurred_on.isoformat(), "id": issue.id, "by": issue.recorded_by}
    return _both(lambda language: say(language, "issued-on", **named))


def _signed(told: FullReport) -> Text | None:
    if told.checkpoint is None:
        return None
    line = printed_line(told.checkpoint)
    return _both(lambda language: f"{say(language, 'checkpoint')}: {line}")


def _notes(told: FullReport) -> Iterator[Text]:
    edition = told.setting.edition
    messages = {known.id: known.message for known in edition.constraints}
    for waiver in told.waivers:
        message = messages.get(waiver.constraint, Text(waiver.constraint, waiver.constraint))
        where = f"（{waiver.at}）" if waiver.at else ""
        yield Text(
            *(
                say(
                    language,
                    "waiver-note",
                    message=message[language] + where,
                    reason=waiver.reason,
                    by=waiver.by,
                )
                for language in ("zh-CN", "en")
            )
        )
    for carried in told.carried:
        yield _carried(carried, edition)
    if told.restatement is not None:
        for change in told.restatement.changes:
            yield _changed(change, edition)
        if not told.restatement.changes:
            yield _both(lambda language: say(language, "no-figure-changed"))


def _carried(carried: Carried, edition: Edition) -> Text:
    figure, restated = carried.figure, carried.restated

    def line(language: str) -> str:
        told = say(
            language,
            "carried-note",
            figure=_named(figure, edition, language),
            on=carried.issue.occurred_on.isoformat(),
            issued=_printed(carried.issued, figure, language),
            known=_printed(carried.known, figure, language),
        )
        if restated is None:
            return told + say(language, "not-restated")
        on = restated.occurred_on.isoformat()
        return told + say(language, "restated-on", on=on, id=restated.id)

    return _both(line)


def _changed(change: Change, edition: Edition) -> Text:
    figure = change.figure
    return _both(
        lambda language: say(
            language,
            "restated-figure",
            figure=_named(figure, edition, language),
            old=_printed(change.old, figure, language),
            new=_printed(change.new, figure, language),
        )
    )


def _both(line: Callable[[str], str]) -> Text:
    return Text(line("zh-CN"), line("en"))


def _printed(quantity: int, figure: Figure, language: str) -> str:
    return printed_value(in_unit(quantity, figure), figure, language)


def _named(figure: Figure, edition: Edition, language: str) -> str:
    """A figure in words; last year's may be of another form, whose table is not at hand."""
    if figure.address in edition.figures:
        return path_of(figure, edition.table(figure.table), language)
    return label_of(figure, language)


def _restatement_document(told: Restatement) -> contents.Restatement:
    return {
        "event": told.replaces.id,
        "kind": told.kind,
        "reason": told.reason,
        "changes": [
            {
                "address": change.figure.address,
                "old": in_unit(change.old, change.figure),
                "new": in_unit(change.new, change.figure),
            }
            for change in told.changes
        ],
    }
