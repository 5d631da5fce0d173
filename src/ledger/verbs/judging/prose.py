"""The prose of a report as paragraphs, sentences and numbers, each in its place."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from functools import cached_property, lru_cache
from itertools import accumulate

from msgspec import Struct

from ledger.words.published import Mention, Passage, Place, Published

_SENTENCE = re.compile(r"(?:(?!\.{3})[^。！？!?…])+(?:[。！？!?…]|\.{3,})*|(?:[。！？!?…]|\.{3,})+")
_CLAUSE_END = "，,；;：:。！？!?（(）)…"
_CLAUSE_BEGIN = f"{_CLAUSE_END}“”《》"
_HEADING = re.compile(
    r"[一二三四五六七八九十]、|[（(][一二三四五六七八九十]+[）)]|\d{1,2}[.．、](?!\d)"
)
_UNIT = re.compile(r"(?P<scale>[百千]?[万萬亿億]|[百千](?=元))?(?P<many>[余多])?(?P<unit>.*)")
_SCALES = {"百": 2, "千": 3, "万": 4, "萬": 4, "亿": 8, "億": 8}
"""Powers of ten."""
_MOST_NUMBERS = 2_000
_LONGEST = 50_000
"""A report has a few hundred numbers, and paragraphs of some hundred letters, a few thousand where
a whole page was pasted as one; a file with more is no report and shall not cost time."""


@lru_cache(maxsize=1000)
def _parted(unit: str) -> re.Match[str]:
    found = _UNIT.fullmatch(unit)
    assert found  # every text has this form
    return found


class Number(Struct, frozen=True):
    """A number of a paragraph; `start` and `end`, behind its unit, count from the paragraph's start."""

    mention: Mention
    start: int
    end: int

    @property
    def exact(self) -> bool:
        """Whether nothing around it says that it is more, less or about that."""
        return self.mention.hedge == "exact" and not self._unit["many"]

    @property
    def is_count(self) -> bool:
        """Whether it counts something, rather than being a share, an amount or a date."""
        return self.mention.kind == "quantity"

    @property
    def unit(self) -> str:
        """What is counted, without 万 or 亿: 件, 条, 元; empty where the number stands alone."""
        return self._unit["unit"]

    @property
    def value(self) -> Decimal:
        """In single pieces, or in yuan."""
        return self.mention.value * self._scale

    @property
    def slack(self) -> Decimal:
        """How far the exact value may be from it: half of its last place where it is rounded."""
        return self.place / 2 if self.place != 1 else Decimal(0)

    @property
    def place(self) -> Decimal:
        """What one of its last printed place stands for."""
        exponent = self.mention.value.as_tuple().exponent
        return Decimal(10) ** (exponent if isinstance(exponent, int) else 0) * self._scale

    @property
    def printed(self) -> str:
        """As printed, with its unit."""
        return self.mention.number + self.mention.unit

    @property
    def _scale(self) -> Decimal:
        return Decimal(10) ** sum(_SCALES[sign] for sign in self._unit["scale"] or "")

    @property
    def _unit(self) -> re.Match[str]:
        return _parted(self.mention.unit)


class Sentence(Struct, frozen=True):
    """A stretch of a paragraph, from `start` to `end`."""

    text: str
    start: int
    end: int


class Paragraph(Struct, frozen=True, dict=True):
    """A paragraph with the numbers that state a figure, in order."""

    section: str
    text: str
    place: Place
    numbers: tuple[Number, ...]
    heading: str
    """The heading that it stands under within its section, as printed."""

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """Its sentences, full stop included."""
        found = _SENTENCE.finditer(self.text)
        return tuple(Sentence(each.group(), each.start(), each.end()) for each in found)

    def sentence_at(self, position: int) -> Sentence:
        """The sentence that a position stands in."""
        at = bisect_right(self.sentences, position, key=lambda sentence: sentence.start)
        return self.sentences[at - 1]

    @cached_property
    def _begins(self) -> tuple[int, ...]:
        return tuple(number.start for number in self.numbers)

    def numbers_in(self, begin: int, end: int) -> tuple[Number, ...]:
        """The numbers that begin from one position on and before another."""
        return self.numbers[bisect_left(self._begins, begin) : bisect_left(self._begins, end)]

    @cached_property
    def _depths(self) -> tuple[int, ...]:
        steps = ((sign in "（(") - (sign in "）)") for sign in self.text)
        return tuple(accumulate(steps, initial=0))

    def depth(self, position: int) -> int:
        """How many brackets are open at a position."""
        return max(0, self._depths[position])

    def before(self, number: Number) -> str:
        """The clause before a number, from the last punctuation or the number before it."""
        at = bisect_left(self._begins, number.start)
        earlier = self.numbers[at - 1].end if at else 0
        floor = max(earlier, self.sentence_at(number.start).start)
        begin = number.start
        while begin > floor and self.text[begin - 1] not in _CLAUSE_BEGIN:
            begin -= 1
        return self.text[begin : number.start].strip().lstrip("、").strip()

    def after(self, number: Number) -> str:
        """The clause behind a number; empty where it leads on to the next number."""
        at = bisect_left(self._begins, number.end)
        following = self._begins[at] if at < len(self.numbers) else -1
        ceiling = len(self.text) if following < 0 else following
        end = number.end
        while end < ceiling and self.text[end] not in _CLAUSE_END:
            end += 1
        return "" if end == following else self.text[number.end : end].strip()

    def between(self, left: Number, right: Number) -> str:
        """The text from the end of a number to the start of another."""
        return self.text[left.end : right.start]


def paragraphs_of(published: Published) -> tuple[Paragraph, ...]:
    """The paragraphs of a report in reading order, with their numbers."""
    mentions: dict[tuple[str, Place], list[Mention]] = defaultdict(list)
    for mention in published.mentions[:_MOST_NUMBERS]:
        mentions[mention.section, mention.place].append(mention)
    return tuple(
        paragraph for passage in published.passages for paragraph in _paragraphs(passage, mentions)
    )


def _paragraphs(
    passage: Passage, mentions: dict[tuple[str, Place], list[Mention]]
) -> Iterator[Paragraph]:
    heading = passage.heading
    for whole, place in zip(passage.paragraphs, passage.places, strict=True):
        text = whole[:_LONGEST]
        if _HEADING.match(text):
            heading = re.split("[。：:]", text, maxsplit=1)[0]
        numbers = tuple(_numbers(text, mentions[passage.section, place]))
        yield Paragraph(passage.section, text, place, numbers, heading)


def _numbers(text: str, mentions: list[Mention]) -> Iterator[Number]:
    sentence, offset = "", 0
    for mention in mentions:
        if mention.sentence != sentence:
            sentence, offset = mention.sentence, text.find(mention.sentence, offset)
        if offset < 0 or mention.kind not in ("quantity", "share", "money"):
            continue  # a sentence is only missing where the paragraph was cut off
        end = offset + mention.end
        unit = text[end:].lstrip()
        if unit.startswith(mention.unit):
            end += len(text[end:]) - len(unit) + len(mention.unit)
        if text[end : end + 1] not in ("百", "千"):  # a scale that the number does not have yet
            yield Number(mention, offset + mention.start, end)
