"""A report with its text: as a sheet, and as a JSON document."""

from __future__ import annotations

from collections.abc import Iterator

from ledger.drawing.documents import Json, carried_document, report_document
from ledger.drawing.phrases import say
from ledger.drawing.reports import path_of, printed_value, setting_lines, table_grid
from ledger.drawing.sheet import Grid, Sheet
from ledger.verbs.papers import Carried, Paper, Restatement, digest_of, filled
from ledger.verbs.reporting import in_unit
from ledger.words.events import Event
from ledger.words.figures import Edition, Figure, Section


def paper_sheet(paper: Paper, language: str) -> Sheet:
    """A year's report as its form prints it: sections with their text and tables."""
    setting = paper.setting
    edition = setting.edition
    parts: list[str | Grid] = [*setting_lines(setting, language), *_standing(paper, language)]
    for section in edition.sections:
        parts += ["", section.caption()[language], *text_of(paper, section)]
        parts += [
            table_grid(paper.report, edition.table(name), language) for name in section.tables
        ]
    # The last section of every form is for what else must be told (六、其他需要报告的事项).
    parts += notes_of(paper, language)
    if any(row.inferred for table in edition.tables for row in table.rows):
        parts.append(say(language, "inferred"))
    if paper.restatement is not None:
        parts += [_changes(paper.restatement, edition, language)]
    title = setting.title[language]
    return Sheet(title, tuple(parts))


def paper_document(paper: Paper) -> Json:
    """A report as JSON: its tables, its text with the numbers filled in, and what it restates."""
    document = report_document(paper.report) | {
        "narrative": {section: lines_of(paper, section) for section in paper.narrative},
        "waivers": paper.waivers,
        "carried": [carried_document(carried) for carried in paper.carried],
    }
    if paper.restatement is not None:
        document["restates"] = _restatement_document(paper.restatement)
    if paper.issue is not None:
        document["issue"] = issue_document(paper.issue) | {"digest": digest_of(paper)}
    return document


def issue_document(issue: Event) -> Json:
    """An issue or a restatement without its cells."""
    told = {name: value for name, value in issue.data.items() if name != "cells"}
    return {
        "id": issue.id,
        "type": issue.type,
        "recorded_at_position": issue.position,
        "occurred_on": issue.occurred_on,
        "recorded_by": issue.recorded_by,
        **told,
    }


def text_of(paper: Paper, section: Section) -> list[str]:
    """The paragraphs of a section, indented as they are printed."""
    return [f"　　{line}" for line in lines_of(paper, section.id)]


def lines_of(paper: Paper, section: str) -> list[str]:
    """The paragraphs of a section, their numbers filled in."""
    told = paper.narrative.get(section, ())
    return ["".join(filled(paragraph, paper.report)) for paragraph in told]


def notes_of(paper: Paper, language: str) -> Iterator[str]:
    """What the last section adds of itself: breaches explained, and figures carried over otherwise."""
    messages = {known.id: known.message for known in paper.setting.edition.constraints}
    for waiver in paper.waivers:
        where = f"（{waiver.at}）" if waiver.at else ""
        told = messages.get(waiver.constraint)
        message = f"{told[language] if told else waiver.constraint}{where}"
        values = {"message": message, "reason": waiver.reason, "by": waiver.by}
        yield say(language, "waiver-note", **values)
    yield from carried_lines(paper, language)


def carried_lines(paper: Paper, language: str) -> Iterator[str]:
    """Each figure carried over that last year's report, as issued, has otherwise."""
    for carried in paper.carried:
        yield _carried(carried, paper.setting.edition, language)


def _standing(paper: Paper, language: str) -> Iterator[str]:
    issue, restatement = paper.issue, paper.restatement
    if restatement is not None:
        replaced = restatement.replaces
        yield say(
            language,
            "restates",
            kind=say(language, restatement.kind),
            on=replaced.occurred_on.isoformat(),
            id=replaced.id,
            reason=restatement.reason,
        )
    if issue is not None:
        on, by = issue.occurred_on.isoformat(), issue.recorded_by
        yield say(language, "issued-on", on=on, id=issue.id, by=by)
        yield f"{say(language, 'digest')}: {digest_of(paper)}"


def _carried(carried: Carried, edition: Edition, language: str) -> str:
    figure = carried.figure
    values = {
        "figure": _named(figure, edition, language),
        "on": carried.issue.occurred_on.isoformat(),
        "issued": printed_value(in_unit(carried.issued, figure), figure, language),
        "known": printed_value(in_unit(carried.known, figure), figure, language),
    }
    line = say(language, "carried-note", **values)
    if carried.restated is None:
        return line + say(language, "not-restated")
    on = carried.restated.occurred_on.isoformat()
    return line + say(language, "restated-on", on=on, id=carried.restated.id)


def _changes(told: Restatement, edition: Edition, language: str) -> str | Grid:
    if not told.changes:
        return say(language, "no-figure-changed")
    rows = tuple(
        (
            _named(change.figure, edition, language),
            change.figure.address,
            printed_value(in_unit(change.old, change.figure), change.figure, language),
            printed_value(in_unit(change.new, change.figure), change.figure, language),
        )
        for change in told.changes
    )
    headings = tuple(say(language, name) for name in ("figure", "address", "old", "new"))
    return Grid(headings, rows, say(language, "list-of-changes"), frozenset({2, 3}))


def _named(figure: Figure, edition: Edition, language: str) -> str:
    """A figure in words; last year's may be of another form, whose table is not at hand."""
    if figure.address in edition.figures:
        return path_of(figure, edition.table(figure.table), language)
    return f"{figure.row_label[language]} / {figure.column_label[language]}"


def _restatement_document(told: Restatement) -> Json:
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
