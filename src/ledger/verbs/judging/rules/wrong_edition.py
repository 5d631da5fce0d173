"""Tables of another form than the one in force for the year of the report."""

from __future__ import annotations

from collections.abc import Iterator

from ledger.verbs.judging.case import Case, is_national
from ledger.verbs.judging.findings import Finding, Rule, Where
from ledger.words.figures import Text

RULE = Rule(
    id="edition.wrong",
    severity="error",
    title=Text("用错了年度报告格式", "Tables of the wrong form"),
    message=Text(
        "{year} 年度报告用的是“{found}”的表格（印有“{label}”），该年度应使用“{expected}”。",
        "The report for {year} uses the tables of “{found}” (it prints “{label}”); "
        "the form of that year is “{expected}”.",
    ),
    source=Text("规定该年度格式的通知", "The notice that prescribes the form of that year"),
)


def find(case: Case) -> Iterator[Finding]:
    """The form used, where labels that only it has show that it is not the year's."""
    used, due, fit = case.used, case.due, case.published.edition
    if used is None or due is None or fit is None or used.id == due.id:
        return
    if not is_national(used) or len(fit.own_labels) <= len(fit.foreign_labels):
        return
    first = next(iter(case.published.cells.values()), None)
    where = Where(label=Text("表格", "Tables"), place=first.place if first else None)
    yield RULE.finding(
        where,
        found=used.label,
        expected=due.label,
        year=case.published.year or "",
        label=fit.own_labels[0],
    ).resting_on(due.source)
