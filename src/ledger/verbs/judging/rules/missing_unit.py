"""Amounts of money for which the report names no unit: 8040 may be yuan or 万元."""

from __future__ import annotations

from collections.abc import Iterator

from ledger.verbs.judging.case import Case
from ledger.verbs.judging.findings import Finding, Rule
from ledger.words.figures import Text

RULE = Rule(
    id="table.unit-missing",
    severity="warning",
    title=Text("金额没有单位", "An amount without a unit"),
    message=Text(
        "{cell}填为 {found}，没有写明是元还是万元；表上也没有印出单位。",
        "{cell} is given as {found}, without saying whether in yuan or 万元 (×10,000 yuan); "
        "the table prints no unit either.",
    ),
    source=Text("报告格式：金额栏", "The form: cells for amounts"),
)


def find(case: Case) -> Iterator[Finding]:
    """Each such cell that is not zero."""
    for address, printed in case.published.cells.items():
        if printed.kind == "number" and printed.unit_from == "nowhere":
            where = case.in_table((address,))
            yield RULE.finding(
                where,
                found=printed.text,
                expected=Text("写明元或万元", "yuan or 万元 named"),
                cell=where.label,
            )
