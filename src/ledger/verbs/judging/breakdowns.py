"""Breakdowns: a number of the prose and the parts that the text gives of it (100条，其中……)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from msgspec import Struct

from ledger.verbs.judging.prose import Number, Paragraph

_OPENS = re.compile(
    r"其中(?:包括|包含|含)?|包括|(?:其中)?包含|分别(?:为|是|有)|(?<=[（(])含|(?<=[0-9][条件篇份])[:：]|(?:在|的)[^，,。；;]{2,16}中(?=[，,])"
)
_RESPECTIVELY = re.compile(r"分别(?:为|是|有)")
_ADDED_UP = re.compile(r"[\s，,、；;]*(?:合计|共计|总计)(?:为|有|：|:)*")
_CLAUSES = re.compile(r"[，,；;]")
"""Within the words for a part they show that it belongs to another clause."""
_FAR = 1_000
"""Letters from an opening within which its totals and parts stand."""
_REST = re.compile(
    r"(?:以及|及|和|与)?(?:其[他它]|其余)(?:各?类|方面|渠道|方式|形式|栏目)?(?:政府|政务)?(?:信息|内容|文件)?(?:类)?(?:信息)?(?:共|共计|有|为)?"
)
_NO_PART = re.compile(
    r"同比|环比|较上|较去|比上|比去|增长|增加|减少|下降|办结|(?<!公开)答复|结转|受理|收到|接收|接到|回应|回复|引发|"
    r"被|未|复议|诉讼|均|全部|另|此外|同时|累计|(?<!公)共(?![享同建])|合计|总计|平均|阅读|点击|浏览|访问|关注|粉丝|举办|召开|"
    r"组织(?:开展|参加)|培训|制定|修订|报送|采用|录用|更新|维护|新增|新开|办理|(?<!不予|其他|其它)处理|占"
)
_CHANNEL = re.compile(
    r"网站|网页|门户|微信|微博|公众号|抖音|视频号|头条|客户端|媒体|公开栏|公示栏|电子屏|报刊|报纸|广播|电视|平台|"
    r"网络|网上|线上|线下|在线|信函|邮寄|邮件|快递|当面|现场|传真|窗口"
)
_OVERLAP = re.compile(r"同时|同步|重复|交叉|重叠|分别计|各计")
"""The text says itself that a piece may be counted more than once."""
_PERSONS = re.compile(r"自然人")
_LEGAL = re.compile(r"法人(?:或|和|及|与|、)其[他它]组织")
_APPLICANT = re.compile(r"自然人|法人|企业|公民|其[他它]组织|公益组织|个人")


class Breakdown(Struct, frozen=True):
    """A total and its parts, all counted in one unit.

    Where several numbers stand before 其中, each may be the total.
    """

    paragraph: Paragraph
    totals: tuple[Number, ...]
    parts: tuple[Number, ...]
    labels: tuple[str, ...]
    complete: bool
    """The text gives every part: the last is all others, or 分别为 joins them to the total, or they
    are the two kinds of applicant."""

    loose: bool = False
    """Its parts may belong to something else: a semicolon stands where others had a comma."""
    runs: bool = False
    """The total may be of the last parts only, as it stands behind them."""

    @property
    def sum(self) -> Decimal:
        """The parts added up."""
        return sum((part.value for part in self.parts), Decimal(0))

    @property
    def total(self) -> Number:
        """The total nearest before the parts; the greatest where they are more than any."""
        greatest = max(self.totals, key=lambda number: number.value)
        return greatest if self.sum > greatest.value else self.totals[-1]

    @property
    def contradicts(self) -> bool:
        """Whether the parts are more than the total, or not all of it where they should be."""
        if not self._comparable:
            return False
        values = [part.value for part in self.parts]
        if self.runs:
            sums = (sum(values[at:], Decimal(0)) for at in range(len(values) - 1))
            return self.total.value not in sums
        return not any(_explained(total.value, values, self.complete) for total in self.totals)

    @property
    def is_firm(self) -> bool:
        """Whether nothing explains parts that do not add up: pieces are counted again in another
        channel, and two kinds of content may overlap."""
        return self.complete or (
            {_kind(each) for each in self.labels} != {"channel"} and len(self.parts) > 2
        )

    @property
    def _comparable(self) -> bool:
        """Whether the parts are of one kind: channels and contents of the same pieces overlap."""
        if _OVERLAP.search(self.paragraph.sentence_at(self.parts[0].start).text):
            return False
        kinds = {_kind(label) for label in self.labels}
        exact = all(n.exact and not n.slack for n in (*self.totals, *self.parts))
        return exact and not self.loose and (self.runs or len(kinds) == 1)


def breakdowns_of(paragraph: Paragraph) -> Iterator[Breakdown]:
    """The breakdowns of a paragraph, in its order."""
    for opening in _OPENS.finditer(paragraph.text):
        totals = tuple(_totals(paragraph, opening))
        run = _parts(paragraph, opening, totals)
        if totals and run.parts:
            listed = bool(_RESPECTIVELY.fullmatch(opening.group()))
            all_told = listed and run.ended and all(run.labels)
            complete = len(run.parts) > 1 and (
                bool(_REST.fullmatch(run.labels[-1]))
                or (all_told and _adjacent(paragraph, totals[-1], opening))
                or _are_all_applicants(run.labels)
            )
            complete = complete and not _goes_on(paragraph, totals[-1], run.parts)
            yield Breakdown(paragraph, totals, run.parts, run.labels, complete, run.loose)
    yield from _summed_up(paragraph)


def _summed_up(paragraph: Paragraph) -> Iterator[Breakdown]:
    """Parts that a total behind them adds up: 网上申请105件，信函17件，合计122件."""
    for at, total in enumerate(paragraph.numbers):
        if at < 2 or not total.is_count:
            continue
        if not _ADDED_UP.fullmatch(paragraph.between(paragraph.numbers[at - 1], total)):
            continue
        begin = max(paragraph.sentence_at(total.start).start, total.start - _FAR)
        before = [n for n in paragraph.numbers_in(begin, total.start) if n.unit == total.unit]
        labels = tuple(_label(paragraph.before(number)) for number in before)
        if len(before) > 1 and not any(_NO_PART.search(label) for label in labels[1:]):
            yield Breakdown(paragraph, (total,), tuple(before), labels, complete=True, runs=True)


def _totals(paragraph: Paragraph, opening: re.Match[str]) -> Iterator[Number]:
    """The counts before the parts: in the same sentence, or in the one before that it begins."""
    text, at = paragraph.text, opening.start()
    sentence = paragraph.sentence_at(at)
    lead = text[sentence.start : at].strip("（( ，,")
    floor = sentence.start
    if not lead and floor:
        floor = paragraph.sentence_at(floor - 1).start
    depth = paragraph.depth(at)
    near = paragraph.numbers_in(max(floor, at - _FAR), at)
    before = [number for number in near if number.end <= at and number.is_count]
    if depth:  # （其中……）: the number right before the bracket
        bracket = max(text.rfind("（", 0, at), text.rfind("(", 0, at))
        yield from (n for n in before if n.end <= bracket and not text[n.end : bracket].strip())
        return
    if before:
        unit = before[-1].unit
        yield from (n for n in before if n.unit == unit and not paragraph.depth(n.start))


class _Run(Struct, frozen=True):
    """Parts in a row; `ended` where nothing but the sentence stopped them."""

    parts: tuple[Number, ...] = ()
    labels: tuple[str, ...] = ()
    ended: bool = False
    loose: bool = False


def _parts(paragraph: Paragraph, opening: re.Match[str], totals: tuple[Number, ...]) -> _Run:
    """The parts behind an opening with their labels."""
    text, end = paragraph.text, opening.end()
    depth, stop = paragraph.depth(end), paragraph.sentence_at(opening.start()).end
    parts: list[Number] = []
    labels: list[str] = []
    marks: list[str] = []

    def run(ended: bool) -> _Run:
        mixed = len(set(marks)) > 1 or (set(marks) == {";"} and len(parts) < 3)
        return _Run(tuple(parts), tuple(labels), ended, mixed and ";" in marks)

    for number in paragraph.numbers_in(end, min(stop, end + _FAR)) if totals else ():
        gap = text[end : number.start]
        if paragraph.depth(number.start) > depth:
            continue  # a remark in brackets on the part before
        label = _label(gap)
        closed = paragraph.depth(number.start) < depth
        if closed or _OPENS.search(label):
            return run(closed)
        if not number.is_count and "占" in label:
            end = number.end
            continue
        if not number.is_count or _NO_PART.search(label) or _CLAUSES.search(label):
            return run(False)
        if number.unit not in ("", totals[-1].unit):
            return run(False)
        if parts:
            marks.append(";" if re.match(r"[^，,、]*[；;]", gap) else ",")
        parts.append(number)
        labels.append(label)
        end = number.end
    return run(stop <= opening.end() + _FAR)


def _label(gap: str) -> str:
    """The words for a part, without remarks in brackets and what parts it from the one before."""
    plain = re.sub(r"[（(][^（）()]*[）)]", "", gap)
    plain = re.sub(r"^[）)]", "", plain.strip())
    return re.sub(r"^[\s，,、；;：:。]+|[\s：:]+$|\d{1,2}[.．、)）]", "", plain)


def _adjacent(paragraph: Paragraph, total: Number, opening: re.Match[str]) -> bool:
    return not paragraph.text[total.end : opening.start()].strip(" ，,：:")


def _goes_on(paragraph: Paragraph, total: Number, parts: tuple[Number, ...]) -> bool:
    """Whether counts further on in the sentence make up what the parts leave of the total."""
    left = total.value - sum(part.value for part in parts)
    for number in paragraph.numbers_in(parts[-1].end, paragraph.sentence_at(parts[0].start).end):
        left -= number.value if number.unit == total.unit else 0
        if not left:
            return True
    return False


def _are_all_applicants(labels: tuple[str, ...]) -> bool:
    """Whether the parts are natural persons, and legal persons with all other organisations."""
    return len(labels) == 2 and bool(_PERSONS.match(labels[0]) and _LEGAL.match(labels[1]))


def _kind(label: str) -> str:
    if _CHANNEL.search(label):
        return "channel"
    return "applicant" if _APPLICANT.search(label) else "content"


def _explained(total: Decimal, parts: list[Decimal], complete: bool) -> bool:
    """Whether some reading makes sense of the parts.

    They add up; or the first ones do and the rest divides the total anew; or some of them
    divide the part before them.
    """
    whole = sum(parts, Decimal(0))
    if whole == total or (whole < total and not complete):
        return True
    for end in range(2, len(parts)):
        if sum(parts[:end], Decimal(0)) == total and _explained(total, parts[end:], False):
            return True
    for at, part in enumerate(parts):
        for end in range(at + 3, len(parts) + 1):
            if part and sum(parts[at + 1 : end], Decimal(0)) == part:
                return _explained(total, parts[: at + 1] + parts[end:], complete)
    return False
