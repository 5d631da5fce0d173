"""The overview tells what was done in another year: text left over from an earlier report."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ledger.verbs.judging.case import Case
from ledger.verbs.judging.findings import Finding, Rule
from ledger.words.figures import Text

RULE = Rule(
    id="year.stale",
    severity="warning",
    title=Text("正文年份与报告年度不符", "The prose tells of another year"),
    message=Text(
        "这是 {expected} 年度的报告，总体情况却从 {found} 年写起，疑似沿用旧稿。",
        "This is the report for {expected}, but its overview begins with {found}; "
        "it may have been taken over from an earlier one.",
    ),
    source=Text(
        "《政府信息公开条例》第四十九条（公布的是上一年度的年度报告）",
        "Open Government Information Regulations, art. 49 (the report is that of the year before)",
    ),
)

_BEGINS = re.compile(
    r"(?:[（(][一二三四五六七八九十]+[）)][^。]{0,16}。)?\s*(20[0-9]{2})年(?:度)?[，,]?(?=(.{0,80}))"
)
_NEXT_HEADING = re.compile(r"[（(][一二三四五六七八九十]+[）)]")
_WORK = re.compile(
    r"认真|贯彻|坚持|深入|严格|积极|全面|切实|持续|扎实|紧紧围绕|按照|不断|高度重视|主动公开|共"
)
_OTHER = re.compile(r"相比|比较|同期|结转|以来|至|到|起|计划|规划|印发|修订|施行|将")


def find(case: Case) -> Iterator[Finding]:
    """Paragraphs of the overview that begin with the work of a year that is not the report's."""
    year, form = case.published.year, case.form
    if year is None or form is None:
        return
    overview = form.sections[0].id
    for paragraph in case.paragraphs:
        found = _BEGINS.match(paragraph.text) if paragraph.section == overview else None
        if found is None or int(found.group(1)) == year:
            continue
        told = re.split("[。；;]", found.group(2))[0]
        rest = _NEXT_HEADING.split(paragraph.text[found.end() :])[0]
        goes_on = f"{year}年" in rest  # the other year was only the background
        if _WORK.search(told) and not _OTHER.search(told) and not goes_on:
            yield RULE.finding(
                case.in_prose(paragraph, found.start(1)), found=found.group(1), expected=str(year)
            )
