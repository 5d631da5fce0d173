"""The Regulations cited by the decree of 2007, which the one of 2019 replaced."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ledger.verbs.judging.case import Case
from ledger.verbs.judging.findings import Finding, Rule
from ledger.words.figures import Text

RULE = Rule(
    id="document.old-law",
    severity="warning",
    title=Text("引用了修订前的条例", "The Regulations cited before their revision"),
    message=Text(
        "文中引用国务院令第 {found} 号；《政府信息公开条例》已于 2019 年修订，"
        "以国务院令第 {expected} 号公布。",
        "The text cites State Council decree no. {found}; the Regulations were revised in 2019 "
        "and published by decree no. {expected}.",
    ),
    source=Text(
        "国务院令第711号《中华人民共和国政府信息公开条例》（2019年修订）",
        "State Council decree no. 711, Regulations on Open Government Information (revised 2019)",
    ),
)

_SINCE = 2020
_OLD = re.compile(r"国务院令\D{0,6}492\s*号|国令\D{0,6}492\s*号|492\s*号令")
_NEW = re.compile(r"711")


def find(case: Case) -> Iterator[Finding]:
    """The first such citation, in reports of years that saw only the revised Regulations."""
    if (case.published.year or 0) < _SINCE:
        return
    if any(_NEW.search(paragraph.text) for paragraph in case.paragraphs):
        return
    for paragraph in case.paragraphs:
        if found := _OLD.search(paragraph.text):
            yield RULE.finding(case.in_prose(paragraph, found.start()), 492, 711)
            return
