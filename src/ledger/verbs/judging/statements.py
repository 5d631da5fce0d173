"""Statements: numbers of the prose whose words say which figures of the tables they are.

Only what can be recognised surely becomes a statement: words that narrow a number, another
organ or another year before it, and everything behind them in the sentence, are left alone.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cached_property
from itertools import product

from msgspec import Struct

from ledger.verbs.judging.lexicon import (
    ADVERBS,
    AREA,
    COMPARED,
    EVERYONE,
    NARROWED,
    OF_WHICH,
    SELF,
    TIMES,
    fragment,
)
from ledger.verbs.judging.organs import shared
from ledger.verbs.judging.prose import Number, Paragraph
from ledger.words.figures import Edition
from ledger.words.wording import OrganKind, Phrase, Topic

_COUNTERS = frozenset({"", "件", "宗", "起", "份", "次", "条", "件次"})
"""Units in which applications and cases are counted; what has no topic is also counted by 个, 项."""
_MORE_COUNTERS = _COUNTERS | {"个", "项"}

_TRAIL = (
    r"(?:的)?(?:数量|件数|总数|总量|数)?"
    r"(?:为|是|有|共计|共|合计|总计|计|达到?|各|了|答复|的|约|:|：|\s)*"
)
_JOINED = r"(?:、|及|和|与|以及|或)"
_NONE = r"(?:未曾|尚未|从未|均未|未|没有|无)"
_END = r"(?:的)?(?:案件|案|情况|情形|事项|事件|现象|等)*(?=[，,；;。！!）)….]|$)"
_CLAUSE = re.compile(r"[^，,；;：:（(]*$")
_CLOSED = re.compile(r"[（(][^（()）]*[)）]")
"""A remark in brackets says nothing of what stands behind it."""
_YEAR = re.compile(r"(?<![0-9])(20[0-9]{2})年|去年|上一?年度?|往年")
_FAR = 1_000
"""Letters before a number that may bear on it."""


class Statement(Struct, frozen=True):
    """A number of the prose that stands for cells: the sum of one of `sums`, the usual first."""

    phrases: tuple[str, ...]
    sums: tuple[tuple[str, ...], ...]
    value: Decimal
    slack: Decimal
    """How far the exact value may be from `value`."""
    paragraph: Paragraph
    start: int
    end: int
    number: Number | None
    """None where words say it: 未收到, 均维持."""
    whole_area: bool
    """It speaks of a whole area: 全县, 我市."""

    @property
    def sentence(self) -> str:
        """The sentence that it stands in."""
        return self.paragraph.sentence_at(self.start).text.strip()

    @property
    def printed(self) -> str:
        """The number as printed, or the words that say it with the number they mean."""
        if self.number:
            return self.number.printed
        return f"{self.paragraph.text[self.start : self.end]}（{self.value:f}）"


class Speaker(Struct, frozen=True):
    """Whose report it is: its year, the organ's name as printed, and the kind of organ."""

    year: int
    name: str | None
    kind: OrganKind | None


class _Named(Struct, frozen=True):
    """Phrases found beside a number, and the words of the clause that lead up to them."""

    phrases: tuple[Phrase, ...]
    lead: str


def statements_of(
    paragraphs: Sequence[Paragraph], edition: Edition, speaker: Speaker
) -> tuple[Statement, ...]:
    """What the prose states of the figures of an edition, in its order."""
    listener = _Listener(edition, speaker)
    return tuple(statement for paragraph in paragraphs for statement in listener.hear(paragraph))


class _Listener:
    """The phrases of an edition, made ready for one report's year and organ."""

    def __init__(self, edition: Edition, speaker: Speaker) -> None:
        self.speaker, self.wording = speaker, edition.wording
        self.phrases = [
            phrase
            for phrase in self.wording.phrases
            if not phrase.only_for or speaker.kind in phrase.only_for
        ]
        self.said = {phrase.id: self._dated(fragment(phrase.said)) for phrase in self.phrases}
        self._spoken: dict[str, list[tuple[int, Topic]]] = {}

    def hear(self, paragraph: Paragraph) -> Iterator[Statement]:
        """What a paragraph states in numbers, and in words that stand for one."""
        numbers = tuple(self._numbers(paragraph))
        yield from numbers
        yield from self._each(paragraph, numbers)
        yield from self._none(paragraph)

    def _numbers(self, paragraph: Paragraph) -> Iterator[Statement]:
        clouded, last = False, -1
        for number in paragraph.numbers:
            sentence = paragraph.sentence_at(number.start)
            if sentence.start != last:
                clouded = clouded and sentence.text.lstrip().startswith(("其中", "分别"))
                last = sentence.start
            if not (number.is_count and number.unit in _MORE_COUNTERS):
                continue
            named = self._named(paragraph, number)
            if named is None:
                continue
            clouded = clouded or not self._is_whole(paragraph, number.start, named)
            if not clouded and number.exact:
                place = (number.start, number.end)
                yield self._statement(paragraph, place, named.phrases, number.value, number)

    def _each(self, paragraph: Paragraph, numbers: Sequence[Statement]) -> Iterator[Statement]:
        """What is said of each of the cases just named: 行政复议2件、行政诉讼1件，均维持."""
        parts: dict[str, dict[str | None, Phrase]] = {}
        for phrase in self.phrases:
            if phrase.part:
                parts.setdefault(self.said[phrase.id], {})[phrase.topic] = phrase
        for said, by_topic in parts.items():
            for found in re.finditer(f"均{self._idle}{{0,6}}?{said}{_END}", paragraph.text):
                begin = paragraph.sentence_at(found.start()).start
                for stated in reversed(numbers):
                    if not begin <= stated.start < found.start():
                        continue
                    one = by_topic.get(stated.phrases[0])
                    if one is None:
                        break
                    yield self._statement(paragraph, found.span(), (one,), stated.value)

    def _none(self, paragraph: Paragraph) -> Iterator[Statement]:
        """What is said not to have come at all: 未收到政府信息公开申请, 未发生行政复议."""
        for topic in self.wording.topics:
            for phrase in self.phrases:
                if phrase.topic != topic.id or phrase.part:
                    continue
                for found in re.finditer(self._denial(topic, phrase), paragraph.text):
                    said = paragraph.text[: found.start()]
                    clause = _CLAUSE.search(said)
                    named = _Named((phrase,), clause.group() if clause else "")
                    if self._is_whole(paragraph, found.start(), named):
                        yield self._statement(paragraph, found.span(), (phrase,), Decimal(0))

    def _denial(self, topic: Topic, phrase: Phrase) -> str:
        said, objects = self.said[phrase.id], fragment(topic.objects)
        if phrase.id == topic.id:  # the phrase is the name of a case: 行政复议
            more = f"(?:{_JOINED}{self._idle}{{0,6}}?[一-鿿]{{2,8}})?"
            return f"{_NONE}{self._idle}{{0,12}}?{said}{objects}?{more}{_END}"
        return f"{_NONE}{said}(?:过|任何|的)*{objects}{_END}"

    def _topic(self, paragraph: Paragraph, number: Number) -> Topic | None:
        """The topic of what a number counts, else of the last word before it, else of the heading."""
        behind = paragraph.after(number)
        for topic in self.wording.topics:
            if topic.objects and re.match(f"的?{fragment(topic.objects)}", behind):
                return topic
        spoken = self._spoken_of(paragraph.text)
        at = bisect_right(spoken, number.start, key=lambda each: each[0])
        if at and spoken[at - 1][0] > number.start - _FAR:
            return spoken[at - 1][1]
        named = self._spoken_of(paragraph.heading)
        return named[-1][1] if named else None

    def _spoken_of(self, text: str) -> list[tuple[int, Topic]]:
        """Where each word for a topic ends in a text; of two that end together the first topic last."""
        if text not in self._spoken:
            ends = [
                (found.end(), -index)
                for index, topic in enumerate(self.wording.topics)
                for found in re.finditer(fragment((*topic.objects, *topic.words)), text)
            ]
            self._spoken[text] = [(end, self.wording.topics[-at]) for end, at in sorted(ends)]
        return self._spoken[text]

    def _named(self, paragraph: Paragraph, number: Number) -> _Named | None:
        """The phrases right before or behind a number."""
        topic = self._topic(paragraph, number)
        if topic and not self._within(paragraph, number, topic):
            return None
        about = (None, topic.id) if topic and number.unit in _COUNTERS else (None,)
        phrases = [phrase for phrase in self.phrases if phrase.topic in about]
        if not phrases:
            return None
        whose = f"(?:{EVERYONE.pattern}(?:提出|提交|递交)?的?)?"
        objects = f"(?:的|了)?{whose}{fragment(topic.objects)}?" if topic and topic.objects else ""
        one = fragment(tuple(self.said[phrase.id] for phrase in phrases))
        before, after = paragraph.before(number), paragraph.after(number)
        if found := re.search(f"({one}(?:{_JOINED}{one})*){objects}{_TRAIL}$", before):
            return self._split(found.group(1), before[: found.start()], phrases)
        if found := re.match(f"(?:的)?{objects}({self._idle}{{0,12}}?)({one})", after):
            return self._split(found.group(2), before + found.group(1), phrases)
        return None

    def _split(self, text: str, lead: str, phrases: list[Phrase]) -> _Named | None:
        """Which phrases a text such as 予以公开及部分公开 is joined of."""
        named: list[Phrase] = []
        while text:
            tried = ((phrase, re.match(self.said[phrase.id], text)) for phrase in phrases)
            first = next(((phrase, found) for phrase, found in tried if found), None)
            if first is None:
                return None
            named.append(first[0])
            text = re.sub(f"^{_JOINED}", "", text[first[1].end() :])
        # 收到和办理12件 says two things of the same 12; 予以公开和部分公开12件 adds up to them.
        verbs = all(phrase.topic and not phrase.part for phrase in named)
        return _Named(tuple(named[:1] if verbs else named), lead)

    def _is_whole(self, paragraph: Paragraph, position: int, named: _Named) -> bool:
        """Whether nothing before a phrase narrows it to a part, another organ or another year."""
        begin = paragraph.sentence_at(position).start
        if position - begin > _FAR:
            return False
        earlier = _CLOSED.sub("", paragraph.text[begin:position])
        earlier = re.sub(self._anything, "", EVERYONE.sub("", earlier))
        earlier = COMPARED.sub("", earlier)
        whole = any(not phrase.part for phrase in named.phrases)
        if whole and OF_WHICH.search(named.lead):
            return False
        if NARROWED.search(earlier) or self._is_joint(named.lead) or not self._is_own(named.lead):
            return False
        years = [found.group(1) for found in _YEAR.finditer(earlier)]
        return not years or years[-1] == str(self.speaker.year)

    def _is_joint(self, lead: str) -> bool:
        """Whether other cases are counted in the same number: 行政复议、行政诉讼案件4件."""
        return bool(re.search(f"{self._anything}{_JOINED}{self._idle}{{0,6}}$", lead))

    def _is_own(self, lead: str) -> bool:
        """Whether a lead is made of idle words and of the organ itself."""
        while lead:
            found = re.match(f"{self._idle}|{AREA}", lead)
            length = found.end() if found else shared(lead, self.speaker.name or "")
            if length < (1 if found else 2) or (not found and self._is_one_of_many(lead[:length])):
                return False
            lead = lead[length:]
        return True

    def _is_one_of_many(self, named: str) -> bool:
        """Whether the government itself is named in a report that adds up all organs below it."""
        return self.speaker.kind == "government" and "政府" in named

    def _within(self, paragraph: Paragraph, number: Number, topic: Topic) -> bool:
        said = f"{paragraph.heading}\n{paragraph.text[: number.end][-_FAR:]}"
        return not topic.within or bool(re.search(fragment(topic.within), said))

    def _statement(
        self,
        paragraph: Paragraph,
        place: tuple[int, int],
        phrases: tuple[Phrase, ...],
        value: Decimal,
        number: Number | None = None,
    ) -> Statement:
        ways = product(*(phrase.sums for phrase in phrases))
        begin = paragraph.sentence_at(place[0]).start
        return Statement(
            phrases=tuple(phrase.id for phrase in phrases),
            sums=tuple(tuple(cell for cells in way for cell in cells) for way in ways),
            value=value,
            slack=number.slack if number else Decimal(0),
            paragraph=paragraph,
            start=place[0],
            end=place[1],
            number=number,
            whole_area=bool(re.search(AREA, paragraph.text[begin : place[0]])),
        )

    @cached_property
    def _idle(self) -> str:
        times = (self._dated(time) for time in TIMES)
        words = fragment((*times, SELF, ADVERBS, *self.wording.leads))
        return f"(?>{words})"  # atomic: a run of such words is read in one way only, in linear time

    @cached_property
    def _anything(self) -> str:
        return fragment(tuple(self.said.values()))

    def _dated(self, pattern: str) -> str:
        year = self.speaker.year
        for name, value in (("year", year), ("last", year - 1), ("next", year + 1)):
            pattern = pattern.replace(f"{{{name}}}", str(value))
        return pattern
