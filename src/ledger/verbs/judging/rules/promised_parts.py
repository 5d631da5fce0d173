"""The preamble announces another number of parts than the form has."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ledger.verbs.judging.case import Case
from ledger.verbs.judging.findings import Finding, Rule
from ledger.words.figures import Text

RULE = Rule(
    id="preamble.parts",
    severity="warning",
    title=Text("前言所说的部分数与格式不符", "The preamble announces another number of parts"),
    message=Text(
        "前言说报告由 {found} 个部分组成，格式规定为 {expected} 个部分。",
        "The preamble says that the report has {found} parts; the form has {expected}.",
    ),
    source=Text("报告格式", "The form of the report"),
)

_HAN = "零一二三四五六七八九十"
_PARTS = re.compile(
    rf"(?:报告|全文)[^。]*?(?:由|包括|包含|分为|共分|分)[^。]*?(?<![第{_HAN}0-9])([{_HAN}]|[0-9])个?(?:部分|大部分)"
)


def find(case: Case) -> Iterator[Finding]:
    """The number announced, where it is not the form's."""
    form = case.due or case.used
    for paragraph in case.paragraphs if form else ():
        found = _PARTS.search(paragraph.text) if paragraph.section == "preamble" else None
        if form is None or found is None:
            continue
        told = found.group(1)
        number = int(told) if told.isdigit() else _HAN.index(told)
        if number != len(form.sections):
            yield RULE.finding(
                case.in_prose(paragraph, found.start(1)), number, len(form.sections)
            ).resting_on(form.source)
