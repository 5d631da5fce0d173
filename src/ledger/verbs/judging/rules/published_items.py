"""Items published on a page counted as documents made: 文件公开30条 beside 30, 30, 30."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from ledger.verbs.judging.breakdowns import Breakdown
from ledger.verbs.judging.case import Case
from ledger.verbs.judging.findings import Finding, Rule, listed
from ledger.verbs.judging.organs import makes_regulations
from ledger.words.figures import Text

RULE = Rule(
    id="table.published-items",
    severity="warning",
    title=Text("把公开的信息条数填成了制发件数", "Items published, written as documents made"),
    message=Text(
        "表中{rows}的数，恰好等于正文所列公开信息的条数（{found}）。表中数的是制发的规章、规范性文件"
        "和作出的处理决定，不是发布的信息，请核实。",
        "The table's figures for {rows} equal the items that the text says were published ({found}). "
        "The table counts documents made and decisions taken, not items published: please check.",
    ),
    source=Text("报告格式：各列的标签", "The form: labels of the columns"),
)

_ITEMS = ("条", "篇", "则")
"""What published items are counted in; documents and decisions are counted in 件."""
_REGULATION = "regulations/regulation/"
_DOCUMENTS = {
    _REGULATION: re.compile(r"规章制度"),
    "regulations/normative-document/": re.compile(r"^(?:政策|部门|各类|其[他它])?文件"),
}
"""Words for what is not a government rule, or need not be a normative document."""
_DECISIONS = {
    "services/licence/decisions": re.compile(r"许可"),
    "enforcement/penalty/decisions": re.compile(r"处罚"),
    "enforcement/coercion/decisions": re.compile(r"强制"),
}
_BY_CHANCE = 10
"""Smaller numbers may be equal by chance."""


class _Same(Struct, frozen=True):
    cell: str
    printed: str


def find(case: Case) -> Iterator[Finding]:
    """One finding, only where documents are among them: an office may well publish every decision."""
    for breakdown in case.breakdowns:
        documents = list(_documents(case, breakdown)) if breakdown.total.unit in _ITEMS else []
        if documents:
            same = [*documents, *_decisions(case, breakdown)]
            where = case.in_table([each.cell for each in same])
            yield RULE.finding(
                where,
                found=listed(each.printed for each in same),
                expected=Text("制发件数、处理决定数量", "documents made, decisions taken"),
                rows=listed(case.sum_label((each.cell,)) for each in same),
            )
            return


def _documents(case: Case, breakdown: Breakdown) -> Iterator[_Same]:
    """Documents that are all new, and as many as the items of a like name."""
    for row, words in _DOCUMENTS.items():
        made, *others = [
            cell for cell in case.values if cell.startswith(row) and not cell.endswith("repealed")
        ] or [""]
        value = case.values.get(made)
        beyond = row == _REGULATION and makes_regulations(case.published.organ) is False
        sure = value is not None and (beyond or value >= _BY_CHANCE)
        if sure and all(case.values[other] == value for other in others):
            yield from _same(case, breakdown, made, words)


def _decisions(case: Case, breakdown: Breakdown) -> Iterator[_Same]:
    for cell, words in _DECISIONS.items():
        yield from _same(case, breakdown, cell, words)


def _same(case: Case, breakdown: Breakdown, cell: str, words: re.Pattern[str]) -> Iterator[_Same]:
    for label, part in zip(breakdown.labels, breakdown.parts, strict=True):
        if words.search(label) and part.value and part.value == case.values.get(cell):
            yield _Same(cell, label + part.printed)
