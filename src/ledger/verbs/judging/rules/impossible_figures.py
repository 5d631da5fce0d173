"""Figures that nothing can be counted to: below zero, or a fraction of a case."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from ledger.verbs.judging.case import Case
from ledger.verbs.judging.findings import Finding, Rule
from ledger.words.figures import Figure, Text

RULE = Rule(
    id="table.impossible",
    severity="error",
    title=Text("数字不可能成立", "A figure that cannot be"),
    message=Text(
        "{cell}填为 {found}；此处只能是不小于 0 的数，以件、项计的只能是整数。",
        "{cell} is given as {found}. It can only be zero or more, and a count only whole.",
    ),
    source=Text("报告格式：该栏的标签和单位", "The form: label and unit of the cell"),
)


def find(case: Case) -> Iterator[Finding]:
    """Each cell with such a figure."""
    figures = case.used.figures if case.used else {}
    for address, value in case.values.items():
        if value is not None and address in figures and not _possible(value, figures[address]):
            where = case.in_table((address,))
            yield RULE.finding(where, found=value, expected="≥ 0", cell=where.label)


def _possible(value: Decimal, figure: Figure) -> bool:
    whole = figure.unit.measures != "count" or value == value.to_integral_value()
    return whole and (value >= 0 or figure.format == "signed")
