"""The period of the statistics, or the year of the report as its preamble names it, is another."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ledger.verbs.judging.case import Case
from ledger.verbs.judging.findings import Finding, Rule
from ledger.words.figures import Text

RULE = Rule(
    id="year.period",
    severity="error",
    title=Text("统计期限或报告年度写错", "The period or the year of the report is another"),
    message=Text(
        "这是 {expected} 年度的报告，文中的“{said}”却写的是 {found} 年。",
        "This is the report for {expected}, but “{said}” says {found}.",
    ),
    source=Text(
        "《政府信息公开条例》第四十九条（公布的是上一年度的年度报告）",
        "Open Government Information Regulations, art. 49 (the report is that of the year before)",
    ),
)

_YEAR = r"(?<![0-9])(20[0-9]{2})"
_PERIOD = re.compile(rf"{_YEAR}年0?1月0?1日[^，,。；;]{{0,8}}?(?:{_YEAR}年)?12月31日")
_NAMED = re.compile(
    rf"(?:公布|发布|公开|编制|现将)[^，,。；;《]{{0,24}}?{_YEAR}年度?政府信息公开(?:工作)?(?:年度)?报告"
)
_OF_FIGURES = re.compile(r"统计|数据|报告")


def find(case: Case) -> Iterator[Finding]:
    """Each whole year named as the period, and each year named as the report's, that is not its own."""
    year = case.published.year
    for paragraph in case.paragraphs if year else ():
        named = _NAMED.finditer(paragraph.text) if paragraph.section == "preamble" else ()
        for found in (*_PERIOD.finditer(paragraph.text), *named):
            sentence = paragraph.sentence_at(found.start()).text
            others = [each for each in found.groups() if each and int(each) != year]
            if others and _OF_FIGURES.search(sentence):
                yield RULE.finding(
                    case.in_prose(paragraph, found.start()),
                    found=others[0],
                    expected=str(year),
                    said=found.group(),
                )
