"""A notice cited that prescribes the form of other years, and not the one of this year."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ledger.verbs.judging.case import Case
from ledger.verbs.judging.findings import Finding, Rule
from ledger.words.figures import Edition, Text

RULE = Rule(
    id="document.wrong",
    severity="warning",
    title=Text("引用的文件不是该年度的格式文件", "The notice cited is not that of the year"),
    message=Text(
        "文中引用了 {found}，它规定的是“{form}”；{year} 年度的格式由 {expected} 规定，文中没有引用。",
        "The text cites {found}, which prescribes “{form}”; the form for {year} is prescribed by "
        "{expected}, which it does not cite.",
    ),
    source=Text("规定该年度格式的通知", "The notice that prescribes the form of that year"),
)

_NUMBER = re.compile(r"([一-鿿]{2,20})[〔\[［【(（](\d{4})[〕\]］】)）](\d+)号")


def find(case: Case) -> Iterator[Finding]:
    """The first citation of another form's notice, where the year's own is cited nowhere."""
    if case.due is None:
        return
    own, others = _notice(case.due), {_notice(e): e for e in case.editions.values()}
    cited = [
        (found.groups(), paragraph)
        for paragraph in case.paragraphs
        for found in _NUMBER.finditer(re.sub(r"\s", "", paragraph.text))
    ]
    numbers = [number for number, _ in cited]
    if own is None or any(_same(number, own) for number in numbers):
        return
    for number, paragraph in cited:
        form = next((e for notice, e in others.items() if notice and _same(number, notice)), None)
        if form is not None:
            position = min(paragraph.text.find(number[2] + "号"), len(paragraph.text) - 1)
            yield RULE.finding(
                case.in_prose(paragraph, max(position, 0)),
                found=_printed(*(_notice(form) or number)),
                expected=_printed(*own),
                form=form.label,
                year=case.published.year or "",
            ).resting_on(case.due.source)
            return


def _notice(edition: Edition) -> tuple[str, ...] | None:
    """Issuer, year and number of the notice that an edition rests on."""
    found = _NUMBER.search(edition.source.zh)
    return found.groups() if found else None


def _same(number: tuple[str, ...], notice: tuple[str, ...]) -> bool:
    # The words before a number run on from the sentence, so only their end is compared.
    return number[0].endswith(notice[0]) and number[1:] == notice[1:]


def _printed(issuer: str, year: str, number: str) -> str:
    return f"{issuer}〔{year}〕{number}号"
