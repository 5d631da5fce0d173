"""Business of the office listed as applications for information: filings, notices, licences."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ledger.verbs.judging.case import Case
from ledger.verbs.judging.findings import Finding, Rule
from ledger.words.figures import Text

RULE = Rule(
    id="prose.not-applications",
    severity="warning",
    title=Text("把业务事项当作依申请公开", "Business listed as applications for information"),
    message=Text(
        "“{found}”列举的是备案、公示、许可等业务事项；依申请公开指的是收到的政府信息公开申请，请核实。",
        "“{found}” lists filings, notices or licences; disclosure on application means the "
        "applications for information that came in: please check.",
    ),
    source=Text(
        "《政府信息公开条例》第二十七条、第二十九条",
        "Open Government Information Regulations, art. 27, 29",
    ),
)

_LISTED = re.compile(
    r"(?<!受理)(?<!收到)(?<!办理)依申请公开(?:政府信息|信息)?(?:的)?事项(?:共|有|为)*(?P<number>[0-9]+)项"
    r"[^。；;]{0,12}?(?:含|包括|分别为|分别是|主要(?:有|为))[^。；;]{0,300}?(?:备案|公示|许可|审批|资格|资质|登记)"
)


def find(case: Case) -> Iterator[Finding]:
    """Sentences that count such items and name what they are."""
    for paragraph in case.paragraphs:
        for found in _LISTED.finditer(paragraph.text):
            if int(found["number"]):
                yield RULE.finding(
                    case.in_prose(paragraph, found.start()),
                    found=found.group(),
                    expected=Text("收到的申请数", "the applications received"),
                )
