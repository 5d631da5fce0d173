"""The numbers of the prose, each with its sentence and what it counts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from ledger.words.published import Hedge, Mention, MentionKind, Passage, Place

_LONGEST = 1000
"""Letters of a sentence; what is longer, a page without a full stop, is cut after a clause."""
_SENTENCE = re.compile(
    rf"[^。！？!?]{{1,{_LONGEST}}}(?:[。！？!?]|\Z)"
    rf"|[^。！？!?]{{1,{_LONGEST}}}(?<=[，；、,; ])"
    rf"|[^。！？!?]{{1,{_LONGEST}}}"
)
_CLAUSE = "，；、：,;:。（）()"

_NOT_FIGURES: tuple[tuple[MentionKind, str], ...] = (
    ("contact", r"(?:https?://|www\.)[\w./?=&%#:@+-]+|[A-Za-z\d_.+-]{1,64}@[A-Za-z\d.-]{1,255}"),
    (
        "contact",
        r"(?<![\d.])(?:0\d{2,3}[-—－ ]?\d{7,8}|1[3-9]\d{9}|\d{3,4}-\d{7,8}|400-?\d{3}-?\d{4})(?!\d)",
    ),
    (
        "contact",
        r"(?<=邮编)[:：]?\d{6}|(?<=邮政编码)[:：]?\d{6}|(?<!\d)123(?:45|88|80|33|15)(?![\d,.]|\s*[件条次个份])",
    ),
    (
        "reference",
        r"[〔\[（(【]\s*\d{4}\s*[〕\])）】]\s*第?\s*\d+\s*号|第\s*\d+\s*[号条款项章期次届批页]",
    ),
    (
        "date",
        r"\d{4}年\d{1,2}月(?:\d{1,2}日)?|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}月(?:\d{1,2}日)?(?!\d)",
    ),
    ("date", r"\d{1,2}日(?=[至到起前止，。])|第?\d季度|\d{1,2}[:：]\d{2}"),
    ("year", r"(?<!\d)(?:19|20)\d{2}(?=年|[-—至]\d{4}年)"),
    ("marker", r"(?:(?<=^)|(?<=[。；：:;，]))\s*[(（]?\d{1,2}(?:[)）、]|[.．](?!\d))"),
    ("marker", r"第\d+(?!\d)"),
)
_SKIP = re.compile(
    "|".join(f"(?P<k{at}>{pattern})" for at, (_, pattern) in enumerate(_NOT_FIGURES))
)

_FIGURE = re.compile(
    r"(?<![\d.A-Za-z_])(?P<number>[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)"
    r"(?P<many>余|多)?(?P<unit>%|％|‰|个百分点|百分点|[^\W\d_A-Za-z]{0,4})"
)
_HAN_FIGURE = re.compile(
    r"(?<![第一二三四五六七八九十百零两每逐同])(?P<number>[二两三四五六七八九]?十[一二三四五六七八九]?|[两二三四五六七八九])"
    r"(?P<many>余|多)?(?P<unit>件|条|份|次|起|篇|宗|人次|场|期)(?![事办])"
)
_HAN = {sign: value for value, sign in enumerate("零一二三四五六七八九十")} | {"两": 2}

_SCALES = "万萬亿億"
_UNITS = frozenset(
    "件条份次项个篇宗起场期名人部家处户种类幅例款台册套张页字位组元天日年月條項個笔%‰"
)
_UNITS |= {"人次", "件次", "份次", "户次", "期次", "篇次", "批次", "个百分点", "百分点"}
_UNITS |= {"工作日", "个工作日", "小时", "平方米", "公里"}
_MONEY = re.compile(r"[万萬亿億千百]*元$")
_ABOUT = re.compile(r"(?:约|近|大约|将近|接近)[占为有达]?$")
_MORE = re.compile(r"(?<!不)(?:超过|超|逾|多于|至少|不少于|高于)[了达]?$")
_LESS = re.compile(r"(?:不足|少于|不到|至多|不超过|低于)$")


def mentions(passages: tuple[Passage, ...]) -> Iterator[Mention]:
    """Every number of the prose, in reading order."""
    for passage in passages:
        for text, place in zip(passage.paragraphs, passage.places, strict=True):
            for found in _SENTENCE.finditer(text):
                sentence = found.group().strip()
                yield from _of_sentence(sentence, passage.section, place)


def _of_sentence(sentence: str, section: str, place: Place) -> Iterator[Mention]:
    found = [*_set_aside(sentence, section, place)]
    masked = list(sentence)
    for mention in found:
        masked[mention.start : mention.end] = "\0" * (mention.end - mention.start)
    text = "".join(masked)
    for match in _FIGURE.finditer(text):
        value = Decimal(match["number"].replace(",", ""))
        found.append(_figure(sentence, match, value, section, place))
    for match in _HAN_FIGURE.finditer(text):
        found.append(_figure(sentence, match, Decimal(_han(match["number"])), section, place))
    yield from sorted(found, key=lambda mention: mention.start)


def _set_aside(sentence: str, section: str, place: Place) -> Iterator[Mention]:
    """Days, years, document and telephone numbers, list markers: numbers that are no figures."""
    for match in _SKIP.finditer(sentence):
        kind = _NOT_FIGURES[int((match.lastgroup or "k0")[1:])][0]
        digits = re.search(r"\d+", match.group())
        if digits is None:
            continue
        yield Mention(
            sentence=sentence,
            start=match.start(),
            end=match.end(),
            kind=kind,
            value=Decimal(digits.group()),
            section=section,
            place=place,
        )


def _figure(
    sentence: str, match: re.Match[str], value: Decimal, section: str, place: Place
) -> Mention:
    start, end = match.span("number")
    unit = _unit(match["unit"].replace("％", "%"))
    after_at = match.start("unit") + len(unit)
    before = re.split(f"[{_CLAUSE}]", sentence[:start])[-1]
    after = re.split(f"[{_CLAUSE}]", sentence[after_at:])[0]
    return Mention(
        sentence=sentence,
        start=start,
        end=end,
        kind=_kind(unit),
        value=value,
        unit=unit,
        hedge=_hedge(before, match["many"], after),
        before=before,
        after=after,
        section=section,
        place=place,
    )


def _unit(text: str) -> str:
    """The unit that a text begins with; 万 and 亿 before it belong to it."""
    scale = len(text) - len(text.lstrip(_SCALES))
    rest = text[scale:].removeprefix("余").removeprefix("多")
    gone = len(text) - scale - len(rest)
    units = [unit for unit in _UNITS if rest.startswith(unit)]
    if units:
        return text[: scale + gone + len(max(units, key=len))]
    if text[:1] in "%‰":
        return text[:1]
    return text[:scale]


def _kind(unit: str) -> MentionKind:
    if unit in ("%", "‰", "个百分点", "百分点"):
        return "share"
    return "money" if _MONEY.search(unit) else "quantity"


def _hedge(before: str, many: str | None, after: str) -> Hedge:
    if many or _MORE.search(before) or after.startswith(("以上", "多", "余")):
        return "more"
    if _LESS.search(before) or after.startswith("以下"):
        return "less"
    return "about" if _ABOUT.search(before) or after.startswith("左右") else "exact"


def _han(text: str) -> int:
    """A Chinese numeral below a hundred.

    >>> _han("二十三")
    23
    """
    tens, ten, ones = text.rpartition("十")
    value = _HAN[ones] if ones else 0
    return value + 10 * (_HAN[tens] if tens else 1) if ten else value
