"""Figures stated in the prose that differ from the cells that they stand for."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from ledger.verbs.judging.case import Case
from ledger.verbs.judging.findings import Finding, Rule, shown
from ledger.words.figures import Text

RULE = Rule(
    id="prose.table",
    severity="error",
    title=Text("正文与表格不一致", "Prose and table differ"),
    message=Text(
        "正文写“{found}”，表中“{label}”为 {expected}。",
        "The text says “{found}”; the table has {expected} at {label}.",
    ),
    source=Text(
        "《政府信息公开条例》第五十条（年度报告的内容）",
        "Open Government Information Regulations, art. 50 (content of the annual report)",
    ),
)


def find(case: Case) -> Iterator[Finding]:
    """Each statement that no meaning of its words brings to the figure of the table."""
    for stated in case.statements:
        sums = [_sum(case, cells) for cells in stated.sums]
        known = [value for value in sums if value is not None]
        if len(known) < len(sums) or (stated.whole_area and case.organ_kind != "government"):
            continue
        if not any(abs(value - stated.value) <= stated.slack for value in known):
            yield RULE.finding(
                case.in_prose(stated.paragraph, stated.start, stated.sums[0]),
                found=stated.printed,
                expected=_meanings(known),
                label=case.sum_label(stated.sums[0]),
            )


def _sum(case: Case, cells: tuple[str, ...]) -> Decimal | None:
    """Cells added up; None where one of them is not known."""
    values = [case.figures.get(cell) for cell in cells]
    if any(cell not in case.figures for cell in cells):
        return None
    if all(value is None for value in values):
        return None
    return sum((value or Decimal(0) for value in values), Decimal(0))


def _meanings(values: list[Decimal]) -> Text:
    distinct = list(dict.fromkeys(shown(value, "en") for value in values))
    return Text(" 或 ".join(distinct), " or ".join(distinct))
