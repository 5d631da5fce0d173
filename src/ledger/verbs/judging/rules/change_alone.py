"""Decisions written into the column of the items' change: 0, +33, 0."""

from __future__ import annotations

from collections.abc import Iterator

from ledger.verbs.judging.case import Case
from ledger.verbs.judging.findings import Finding, Rule
from ledger.words.figures import Text

RULE = Rule(
    id="table.change-alone",
    severity="warning",
    title=Text("疑似把处理决定数填进了本年增/减", "Decisions written into the column of change?"),
    message=Text(
        "{row}：上一年没有项目，本年增加 {found} 项，却没有作出一件处理决定。如果 {found} 是处理决定数，"
        "应填在第三列；如果确是新增事项，请核实处理决定数量。",
        "{row}: no item last year, {found} added this year, and not one decision taken. If {found} is the "
        "number of decisions, it belongs in the third column; if these are new items, please check the "
        "decisions.",
    ),
    source=Text("报告格式：三列的标签", "The form: labels of the three columns"),
)

_ROWS = ("services/licence", "services/other-service")
_MANY = 10
"""A few new items may well find no one who asks for them in their first year."""


def find(case: Case) -> Iterator[Finding]:
    """Services of an office; townships are given whole lists of powers that they do not use yet."""
    for row in _ROWS if case.organ_kind in ("department", "office") else ():
        cells = [f"{row}/{column}" for column in ("previous-items", "change", "decisions")]
        before, change, decisions = (case.values.get(cell) for cell in cells)
        if before == decisions == 0 and change is not None and change >= _MANY:
            where = case.in_table(cells[1:2])
            yield RULE.finding(where, change, "0", row=case.sum_label((cells[1],)))
