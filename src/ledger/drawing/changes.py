"""A difference and a preview as sheets: what changed or would change, and why."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import islice

from ledger.drawing.checks import findings_grid
from ledger.drawing.phrases import say
from ledger.drawing.reports import path_of, printed_value, setting_lines
from ledger.drawing.sheet import Grid, Sheet
from ledger.drawing.traces import in_words
from ledger.rooms.definitions.schemas import Definitions
from ledger.verbs.differing import Cause, ChangedCell, Difference
from ledger.verbs.previewing import MovedYear, Preview
from ledger.words.events import moment
from ledger.words.figures import Edition, Figure


def difference_sheet(
    told: Difference, definitions: Definitions, language: str, limit: int
) -> Sheet:
    """The figures that changed with the events behind each, `limit` events at most (0: all)."""
    setting = told.setting
    title = setting.title[language]
    between = say(language, "from-to", first=told.since, last=setting.position)
    parts = setting_lines(setting, language, between)
    if not told.cells:
        return Sheet(title, (*parts, say(language, "nothing-changed")))
    names = ("figure", "address", "old", "new", "difference", "causes")
    cells = Grid(
        tuple(say(language, name) for name in names),
        tuple(_changed(cell, setting.edition, language, limit) for cell in told.cells),
        say(language, "changed-figures"),
        frozenset({2, 3, 4}),
    )
    causes = Grid(
        tuple(
            say(language, name)
            for name in (
                *("at", "cause", "occurred-on", "subject", "type", "details", "amends"),
                *("paper", "by", "recorded"),
            )
        ),
        tuple(
            _cause(cause, definitions, language)
            for cause in islice(told.causes.values(), limit or None)
        ),
        say(language, "causes-of-change"),
    )
    counts = {"cells": len(told.cells), "events": len(told.causes)}
    parts += [say(language, "changed", **counts), cells, causes]
    if limit and len(told.causes) > limit:
        parts += [say(language, "and-more", count=len(told.causes) - limit)]
    return Sheet(title, tuple(parts))


def preview_sheet(told: Preview, language: str) -> Sheet:
    """What drafts would change in the report of each organ and year."""
    counts = {"recorded": told.recorded, "position": told.position, "again": told.again}
    parts: list[str | Grid] = [say(language, "preview", **counts)]
    for moved in told.years:
        parts += _moved(moved, language)
    if not told.years:
        parts += [say(language, "would-change-nothing")]
    return Sheet("", tuple(parts))


def change_in_words(change: Decimal, figure: Figure, language: str) -> str:
    """A difference with its sign, in the format of its figure: +1, -0.5 万元."""
    text = f"{change:+f}"
    return f"{text} {figure.unit.label[language]}" if figure.show_unit else text


def _changed(cell: ChangedCell, edition: Edition, language: str, limit: int) -> tuple[str, ...]:
    figure = cell.figure
    causes = [
        f"{at}: {change_in_words(cell.shown(part), figure, language)}"
        for at, part in islice(cell.parts.items(), limit or None)
    ]
    if len(causes) < len(cell.parts):
        causes += [say(language, "more-causes", count=len(cell.parts) - len(causes))]
    return (
        path_of(figure, edition.table(figure.table), language),
        figure.address,
        printed_value(cell.shown(cell.old), figure, language),
        printed_value(cell.shown(cell.new), figure, language),
        change_in_words(cell.shown(cell.new - cell.old), figure, language),
        "; ".join(causes),
    )


def _cause(cause: Cause, definitions: Definitions, language: str) -> tuple[str, ...]:
    event, labels = cause.event, definitions.labels(language)
    amends = ""
    if cause.changes is not None:
        amended = cause.changes
        amends = f"{amended.position}: {labels[amended.type]} {amended.occurred_on} ({amended.id})"
    return (
        str(event.position),
        say(language, f"cause-{cause.kind}"),
        event.occurred_on.isoformat(),
        event.originator_id,
        labels[event.type],
        in_words(event, definitions, language),
        amends,
        "; ".join((event.source or {}).values()),
        event.recorded_by,
        moment(event.recorded_at).isoformat(timespec="seconds").replace("+00:00", "Z"),
    )


def _moved(moved: MovedYear, language: str) -> Iterator[str | Grid]:
    whose = f"{moved.year} {moved.organ.name} ({moved.organ.code})"
    if moved.cells:
        names = ("figure", "address", "old", "new", "difference")
        rows = tuple(
            (
                path_of(cell.figure, moved.edition.table(cell.figure.table), language),
                cell.figure.address,
                printed_value(cell.old, cell.figure, language),
                printed_value(cell.new, cell.figure, language),
                change_in_words(cell.new - cell.old, cell.figure, language),
            )
            for cell in moved.cells
        )
        headings = tuple(say(language, name) for name in names)
        yield Grid(headings, rows, whose, frozenset({2, 3, 4}))
    for issue in moved.issues:
        on = issue.occurred_on.isoformat()
        yield say(language, "issued-otherwise", organ=issue.organ, on=on, id=issue.id)
    for phrase, findings in (("would-break", moved.broken), ("would-mend", moved.mended)):
        if findings:
            yield findings_grid(findings, language, f"{whose}: {say(language, phrase)}")
