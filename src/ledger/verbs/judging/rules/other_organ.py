"""Applications said to have come in at another organ: a sentence copied from its report."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ledger.verbs.judging.case import Case
from ledger.verbs.judging.findings import Finding, Rule
from ledger.verbs.judging.lexicon import SELF
from ledger.verbs.judging.organs import is_part_of_name
from ledger.words.figures import Text

RULE = Rule(
    id="prose.other-organ",
    severity="warning",
    title=Text("写的是别的机关收到的申请", "Applications to another organ"),
    message=Text(
        "文中写的是向“{found}”提出的申请，这是“{expected}”的报告，疑似照抄。",
        "The text speaks of applications to {found}; this is the report of {expected}. "
        "It may have been copied.",
    ),
    source=Text(
        "《政府信息公开条例》第五十条（年度报告的内容）",
        "Open Government Information Regulations, art. 50 (content of the annual report)",
    ),
)

_TO = re.compile(
    r"(?:组织|公民|法人|申请人|群众)[^，,。；;]{0,6}?向(?P<organs>[^，,。；;]{2,24}?)提出的(?:政府)?信息公开申请"
)
_AND = re.compile(r"、|及|和|与|以及")


def find(case: Case) -> Iterator[Finding]:
    """The first sentence in which none of the organs named is the one that reports."""
    organ = case.published.organ
    for paragraph in case.paragraphs if organ else ():
        for found in _TO.finditer(paragraph.text):
            if not any(_is_own(name, organ or "") for name in _AND.split(found["organs"])):
                where = case.in_prose(paragraph, found.start())
                yield RULE.finding(where, found["organs"], organ or "")
                return


def _is_own(name: str, organ: str) -> bool:
    return bool(re.match(SELF, name)) or is_part_of_name(name, organ)
