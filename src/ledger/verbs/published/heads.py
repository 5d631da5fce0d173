"""Whose report it is, and of which year: from its title, its period, or its signature."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ledger.verbs.published.labels import narrowed
from ledger.verbs.published.passages import readable
from ledger.words.published import Passage

_HAN_DIGITS = {sign: str(value) for value, sign in enumerate("〇一二三四五六七八九")}
_HAN_DIGITS |= dict.fromkeys("○０零Ｏo", "0")
_YEAR = r"(?P<year>(?:19|20)\d{2}|[一二][〇○零九][〇○零一二三四五六七八九]{2})"
_TITLE = re.compile(
    rf"(?P<before>[^。；;:：]{{0,60}}?){_YEAR}(?:年度|年)?(?P<after>[^。；，,;:：]{{0,60}}?)"
    r"(?:政府)?信息公开(?:工作)?(?:年度|年)?(?:工作)?(?:报告|年报|情况报告)"
)
_PERIOD = re.compile(r"(?P<year>20\d{2})年1月1日(?:起)?[至到—-]+(?:20\d{2}年)?12月31日")
_BY_YEAR = re.compile(r"(?P<year>20\d{2})年")
_ORGAN = re.compile(
    r".{2,40}(?:人民政府|政府|办公厅|办公室|委员会|管委会|街道办事处|办事处|局|厅|委|办|院|中心|处|所|站|会|队|公司|大学|学校|馆|社|集团)"
)
_LONGEST_TITLE = 120
_BEGINNING = 12
"""Paragraphs within which a title stands."""


def title_of(passages: Sequence[Passage], head: str) -> tuple[str, str | None, int | None]:
    """The title as printed, the organ's name in it and its year; "" and None where there is none."""
    beginning = list(_beginning(passages))
    for at, text in enumerate(beginning):
        for lines in (text, *(f"{beginning[at - 1]}{text}" for _ in range(min(at, 1)))):
            found = _titled(lines)
            if found is not None and (found[1] or lines is not text or at == 0):
                return found
    found = _titled(readable(head)) if head else None
    return found or ("", None, None)


def year_of_period(passages: Sequence[Passage]) -> int | None:
    """The year that the text says its figures are of; None where it says several or none.

    "数据的统计期限自2020年1月1日至12月31日" says so, else the one year that it names at all.
    """
    texts = [narrowed(text) for passage in passages for text in passage.paragraphs]
    for pattern in (_PERIOD, _BY_YEAR):
        years = {int(found["year"]) for text in texts for found in pattern.finditer(text)}
        if years:
            return years.pop() if len(years) == 1 else None
    return None


def signature_of(passages: Sequence[Passage]) -> str | None:
    """The organ that signs at the end."""
    closing = [text for passage in passages for text in passage.paragraphs][-3:]
    for text in reversed(closing):
        if _ORGAN.fullmatch(text) and len(text) <= 30:
            return text
    return None


def _beginning(passages: Sequence[Passage]) -> Iterator[str]:
    texts = [text for passage in passages for text in passage.paragraphs]
    yield from texts[:_BEGINNING]


def _titled(text: str) -> tuple[str, str | None, int | None] | None:
    plain = readable(text)
    found = _TITLE.search(plain)
    if found is None or len(plain) > _LONGEST_TITLE:
        return None
    before = found["before"].strip("“《（( ").removeprefix("关于").removesuffix("关于")
    after = found["after"].strip("的 ")
    named = before or (after if _ORGAN.fullmatch(after) else None)
    return found.group().strip(), named, _year(found["year"])


def _year(text: str) -> int:
    return int("".join(_HAN_DIGITS.get(sign, sign) for sign in text))
