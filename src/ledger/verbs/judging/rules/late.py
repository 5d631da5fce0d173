"""Published after the last day that the Regulations give."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from ledger.verbs.judging.case import Case
from ledger.verbs.judging.findings import Finding, Rule
from ledger.verbs.judging.organs import makes_regulations
from ledger.words.figures import Text

RULE = Rule(
    id="published.late",
    severity="warning",
    title=Text("公布晚于法定期限", "Published late"),
    message=Text(
        "注明的发布日期是 {found}，晚于期限 {expected}；如系补发或网站迁移，请核实。",
        "The date of publication given is {found}, after the last day, {expected}; "
        "it may have been posted again: please check.",
    ),
    source=Text(
        "《政府信息公开条例》第四十九条：部门 1 月 31 日前，政府 3 月 31 日前",
        "Regulations, art. 49: departments by 31 January, governments by 31 March",
    ),
)

_DATED = re.compile(
    r"(?:发布|公布|发文)(?:日期|时间)[:：]?\s*(20[0-9]{2})[-年/.]([0-9]{1,2})[-月/.]([0-9]{1,2})"
)
_LAST = {"department": (1, 31), "office": (3, 31), "government": (3, 31)}
"""Month and day, of the year behind the report's; townships are not named in the article."""
_AROUND = ("title", "preamble", "after", "other")
"""Where a page says when it was published; within a section a date is of something else."""


def find(case: Case) -> Iterator[Finding]:
    """The first date of publication that is given, where it is after the last day."""
    year, kind = case.published.year, case.organ_kind
    if year is None or kind not in _LAST or not _is_named(case):
        return
    last = date(year + 1, *_LAST[kind])
    for paragraph in case.paragraphs:
        found = _DATED.search(paragraph.text)
        if found is None or paragraph.section not in _AROUND:
            continue
        dated = _date(*(int(part) for part in found.groups()))
        if dated is not None and dated > last:
            where = case.in_prose(paragraph, found.start())
            yield RULE.finding(where, dated.isoformat(), last.isoformat())
        return


def _is_named(case: Case) -> bool:
    """Whether the organ is surely one that the article speaks of: a department of a place, a government."""
    return case.organ_kind != "department" or makes_regulations(case.published.organ) is False


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
