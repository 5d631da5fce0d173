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
    rf"(?P<before>[^。；;:：]{{0,60}}?){_YEAR}(?:年度|年|(?!.*\d{{4}}年))(?P<after>[^。；，,;:：]{{0,60}}?)"
    r"(?:政府)?信息公开(?:工作)?(?:年度|年)?(?:工作)?(?:报告|年报|情况报告)"
)
_PATH = re.compile(r"^.*[»>›|-]|^20\d{2}(?!年)")
"""What a page prints before a title: where it stands in the site, its year once more."""
_SENTENCE = re.compile(r"[，,《]|根据|依据|按照|现[将公发]|公布|编制|做好")
"""What a title does not have before its year, and a sentence that names the report has."""
_REPORT = r"(?:政府)?信息公开(?:工作)?(?:年度|情况)?(?:工作)?(?:报告|年报)"
_NAME = r"[^，,。；;:：《》()（）]{2,40}?"
_MAKES = r"(?:公布|发布|公开|编制|报送)(?:了|的)?《?"
_NAMED = tuple(
    re.compile(f"(?={pattern})")
    for pattern in (
        rf"{_MAKES}(?P<organ>{_NAME}){_YEAR}年度?{_REPORT}",
        rf"{_MAKES}{_YEAR}年度?(?P<organ>{_NAME}){_REPORT}",
        rf"(?:^|[，,。》])(?P<organ>{_NAME})(?:组织)?编制(?:完成|了)?{_YEAR}年度?{_REPORT}",
        rf"由(?P<organ>{_NAME})(?:负责|组织)?编制",
        rf"(?:^|填报)单位(?:名称)?[:：](?P<organ>{_NAME}){_YEAR}年度?$",
    )
)
"""How a report without a title says whose it is."""
_PLACE = re.compile(r"[^我本该全].{1,20}[省市县区州旗盟]")
_OF_OFFICE = re.compile(r"[我本该]|.*(?:办公室|办公厅|办|机构)$")
"""Who compiles a report may be the office of the organ whose report it is."""
_YEAR_BEHIND = re.compile(
    rf"(?P<before>[^。；;:：，,《]{{2,60}}?)(?P<after>)(?:政府)?信息公开工作{_YEAR}年度?(?:工作)?(?:年度)?报告"
)
_PERIOD = re.compile(r"(?P<year>20\d{2})年?1月?1日(?:起)?[至到—-]+(?:20\d{2}年?)?12月?31日")
"""With what the copy of a page may have lost: 20221月1日至202212月31日."""
_TOLD = re.compile(
    rf"(?:现将|公布|发布|编制)[^，,。；;《》]{{0,30}}?(?P<year>20\d{{2}})年度?{_REPORT}"
)
_BY_YEAR = re.compile(r"(?P<year>20\d{2})年")
_BEGUN = re.compile(r"^(?:[(（][一二三四五六七八九十]+[)）][^。]{0,16}。)?(?P<year>20\d{2})年")
_ORGAN = re.compile(
    r".{2,40}(?:人民政府|政府|办公厅|办公室|委员会|管委会|街道办事处|办事处|局|厅|委|办|院|中心|处|所|站|会|队|公司|大学|学校|馆|社|集团|镇|乡|街道)"
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

    The words that present the report say so, or "数据的统计期限自2020年1月1日至12月31日"; else the one
    year that it names at all, or that its paragraphs begin with.
    """
    texts = [narrowed(text) for passage in passages for text in passage.paragraphs]
    for pattern in (_TOLD, _PERIOD, _BY_YEAR, _BEGUN):
        years = {int(found["year"]) for text in texts for found in pattern.finditer(text)}
        if len(years) == 1:
            return years.pop()
        if years and pattern is _PERIOD:
            return None
    return None


def organ_named_in(passages: Sequence[Passage]) -> str | None:
    """The organ whose report the text before its figures says that it is."""
    texts = [narrowed(text) for text in _beginning(passages)]
    for number, pattern in enumerate(_NAMED):
        for found in (each for text in texts for each in pattern.finditer(text)):
            named = found["organ"]
            known = _ORGAN.fullmatch(named) or (number < 2 and _PLACE.fullmatch(named))
            if known and not (number > 1 and _OF_OFFICE.match(named)):
                return named
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
    found = _TITLE.search(plain) or _YEAR_BEHIND.match(plain)
    if found is None or len(plain) > _LONGEST_TITLE or _SENTENCE.search(found["before"]):
        return None
    before = (
        _PATH.sub("", found["before"]).strip("“《（( ").removeprefix("关于").removesuffix("关于")
    )
    after = found["after"].strip("的 ")
    named = before or (after if _ORGAN.fullmatch(after) else None)
    return found.group().strip(), named, _year(found["year"])


def _year(text: str) -> int:
    return int("".join(_HAN_DIGITS.get(sign, sign) for sign in text))
