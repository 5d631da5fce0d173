"""Places of a template that nobody filled in."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ledger.verbs.judging.case import Case
from ledger.verbs.judging.findings import Finding, Rule
from ledger.words.figures import Text

RULE = Rule(
    id="prose.placeholder",
    severity="error",
    title=Text("模板空位未填", "A place of the template left open"),
    message=Text(
        "“{found}”像是模板中没有填写的位置。",
        "“{found}” looks like a place of a template that nobody filled in.",
    ),
    source=Text(
        "《政府信息公开条例》第五十条（年度报告的内容）",
        "Open Government Information Regulations, art. 50 (content of the annual report)",
    ),
)

_GAP = r"[\s　_]"
_COUNTER = r"(?:条|件|篇|次|份|项|个|期|万元|元)"
_OPEN = re.compile(
    "|".join(
        (
            r"(?<![A-Za-z/._-])(?:[Xx]{2,}|×{2,})(?![A-Za-z0-9/._-])",
            r"(?<![A-Za-z0-9])[Xx×](?=(?:年|月|日|件|条|篇|份|局|镇|乡|街道|县|区|市)(?![光线]))",
            r"_{2,}",
            r"[（(\[【](?:此处|请|待|按实际)[^）)\]】]{0,20}(?:填|补充|插入|核实|修改|删除)[^）)\]】]{0,12}[）)\]】]",
            rf"(?:公开|发布|收到|受理|办结|制发|共|共计)[一-鿿]{{0,12}}{_GAP}+{_COUNTER}(?=[，。；、,;.]|其中|$)",
            rf"(?:信息|文件|稿件|文章){_GAP}*(?:条|篇)(?=[，。；、,;.]|$)",
            rf"(?<![0-9]){_GAP}+年{_GAP}+月{_GAP}+日",
        )
    )
)


def find(case: Case) -> Iterator[Finding]:
    """Each such place of the prose."""
    for paragraph in case.paragraphs:
        for found in _OPEN.finditer(paragraph.text):
            yield RULE.finding(
                case.in_prose(paragraph, found.start()),
                found=re.sub(rf"{_GAP}+", " ", found.group()).strip(),
                expected=Text("填写内容", "what belongs there"),
            )
