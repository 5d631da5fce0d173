"""One figure stated twice in the prose, with two numbers."""

from __future__ import annotations

from collections.abc import Iterator

from ledger.verbs.judging.case import Case
from ledger.verbs.judging.findings import Finding, Rule
from ledger.verbs.judging.statements import Statement
from ledger.words.figures import Text

RULE = Rule(
    id="prose.twice",
    severity="error",
    title=Text("正文前后不一致", "The prose contradicts itself"),
    message=Text(
        "“{label}”在正文中一处写“{found}”，另一处写“{expected}”。",
        "{label}: the text says “{found}” in one place and “{expected}” in another.",
    ),
    source=Text(
        "《政府信息公开条例》第五十条（年度报告的内容）",
        "Open Government Information Regulations, art. 50 (content of the annual report)",
    ),
)


def find(case: Case) -> Iterator[Finding]:
    """Each further number for words that have one meaning only."""
    first: dict[tuple[tuple[str, ...], bool], Statement] = {}
    for stated in case.statements:
        if len(stated.sums) > 1:
            continue
        before = first.setdefault((stated.sums[0], stated.whole_area), stated)
        if abs(before.value - stated.value) > before.slack + stated.slack:
            yield RULE.finding(
                case.in_prose(stated.paragraph, stated.start, stated.sums[0]),
                found=stated.printed,
                expected=before.printed,
                label=case.sum_label(stated.sums[0]),
            )
