"""Figures of a whole area in the report of one of its offices."""

from __future__ import annotations

from collections.abc import Iterator

from ledger.verbs.judging.case import Case
from ledger.verbs.judging.findings import Finding, Rule
from ledger.words.figures import Text

RULE = Rule(
    id="prose.scope",
    severity="warning",
    title=Text("统计口径是全县、全市而不是本机关", "Figures of the whole area, not of the organ"),
    message=Text(
        "“{found}”按所在句子说的是全县（市、区）的数，而这是“{organ}”自己的报告；请分别写明本机关的数。",
        "“{found}” speaks of the whole area, and this is the report of {organ} alone; "
        "please give the organ's own figure.",
    ),
    source=Text(
        "《政府信息公开条例》第四十九条（部门的年度报告与本级政府的分别公布）",
        "Open Government Information Regulations, art. 49 (departments and governments publish their "
        "reports apart)",
    ),
)


def find(case: Case) -> Iterator[Finding]:
    """Whole-area statements where neither the table nor the prose gives the organ's own figure."""
    if case.organ_kind not in ("office", "department"):
        return
    own = {cells for s in case.statements if not s.whole_area for cells in s.sums}
    for stated in case.statements:
        if not stated.whole_area or own & set(stated.sums):
            continue
        sums = [
            sum(case.figures[cell] or 0 for cell in cells)
            for cells in stated.sums
            if all(cell in case.figures for cell in cells)
        ]
        if stated.value not in sums and stated.value:
            yield RULE.finding(
                case.in_prose(stated.paragraph, stated.start, stated.sums[0]),
                found=stated.printed,
                expected=Text("本机关的数", "the organ's own figure"),
                organ=case.published.organ or "",
            )
            return
