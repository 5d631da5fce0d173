"""Cells left blank, or filled with / or -, where a figure is asked for."""

from __future__ import annotations

from collections.abc import Iterator

from ledger.verbs.judging.case import Case
from ledger.verbs.judging.findings import Finding, Rule
from ledger.words.figures import Edition, Text

RULE = Rule(
    id="table.blank",
    severity="warning",
    title=Text("表格有空白", "Cells left blank"),
    message=Text(
        "{table}：共 {expected} 格，有 {found} 格空白或填“/”“-”，首处为“{first}”。"
        "没有发生的应填 0，以区别于漏填。",
        "{table}: {found} of {expected} cells are blank or hold / or -, the first at {first}. "
        "What did not occur is 0; a blank may as well have been forgotten.",
    ),
    source=Text("报告格式：各格均为数字", "The form: each cell holds a figure"),
)


def find(case: Case) -> Iterator[Finding]:
    """One finding for each table with such cells."""
    form = case.used
    if form is None:
        return
    for table in form.tables:
        cells = [f.address for f in table.figures if f.address in case.values]
        blank = [address for address in cells if case.values[address] is None]
        if blank:
            yield RULE.finding(
                case.in_table(blank, table.label),
                found=len(blank),
                expected=len(cells),
                table=table.label,
                first=_place(form, blank[0]),
            )


def _place(form: Edition, address: str) -> Text:
    """A cell by its row and column."""
    figure = form.figures[address]
    parts = [part for part in (figure.row_label, figure.column_label) if part.zh]
    return Text(" / ".join(part.zh for part in parts), " / ".join(part.en for part in parts))
