"""Shares and growth stated in the prose, with the number that each is of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

from msgspec import Struct

from ledger.verbs.judging.prose import Number, Paragraph

_SHARE = re.compile(
    r"[\s，,、（(]*(?:约|大约)?(?P<each>分别)?占(?:比|据)?[^，,；;。（()）0-9]{0,16}?(?:的)?(?:比例|比重|百分比)?(?:约|为|达|是|:|：)*"
)
_UP = "增长|增加|上升|提高|提升|增幅"
_DOWN = "下降|减少|回落|降低|下滑|减幅|降幅"
_COMPARED = (
    r"(?:数量|件数|总数|申请量)?"
    r"(?:同比|(?:较|比|与)(?:去年|上一?年度?|{last}年度?)(?:度)?(?:同期)?(?:相比)?)"
)
_CHANGE = rf"(?:略有|大幅|有所|显著|共)?(?P<verb>{_UP}|{_DOWN})(?:幅度|率)?(?:了|约|为|达到?|至)*"
_MARK = r"[\s，,、（(]*"
_AND = r"[\s，,、和及；;]*"


class Share(Struct, frozen=True):
    """A count and the percentage of some whole that the text gives it."""

    paragraph: Paragraph
    part: Number
    percent: Number


class Growth(Struct, frozen=True):
    """A count with its change against last year: in per cent, in pieces, or both."""

    paragraph: Paragraph
    now: Number
    up: bool
    percent: Number | None = None
    pieces: Number | None = None
    before: Number | None = None
    """Last year's count, where the sentence has it."""

    @property
    def sign(self) -> int:
        """1 for more than last year, -1 for less."""
        return 1 if self.up else -1


def shares_of(paragraph: Paragraph) -> Iterator[Share]:
    """The shares of a paragraph whose count stands right before them."""
    counts: list[Number] = []
    numbers = paragraph.numbers
    for at, number in enumerate(numbers):
        if number.is_count:
            counts.append(number)
        elif number.unit == "%" and counts:
            behind = numbers[at - 1]
            found = _SHARE.fullmatch(paragraph.between(behind, number))
            if behind.is_count and found and found.group("each"):
                run = _run(paragraph, at)
                paired = counts[-len(run) :]
                if len(run) > 1 and len(paired) == len(run):
                    yield from (Share(paragraph, *pair) for pair in zip(paired, run, strict=True))
            elif behind.is_count and found:
                yield Share(paragraph, behind, number)


def growths_of(paragraph: Paragraph, year: int) -> Iterator[Growth]:
    """The changes against last year of a paragraph whose count stands right before them."""
    words = _Changes(year)
    numbers = paragraph.numbers
    for one, two, three in zip(numbers, numbers[1:], (*numbers[2:], None), strict=False):
        if one.is_count:
            found = words.against(paragraph, one, two, three) if three else None
            yield from [found] if found else words.by(paragraph, one, two, three)


class _Changes:
    """The words of a change, made ready for a year."""

    def __init__(self, year: int) -> None:
        compared = _COMPARED.replace("{last}", str(year - 1))
        last = f"(?:去年|上一?年度?|{year - 1}年度?)(?:度)?(?:同期)?"
        self.first = re.compile(rf"{_MARK}{compared}{_CHANGE}")
        self.more = re.compile(rf"{_MARK}(?:同比)?{_CHANGE}")
        self.than = re.compile(rf"{_MARK}(?:较|比|与){last}(?:的|为)?")
        self.to = re.compile(rf"(?:{_UP}|{_DOWN}|增|减|升|降)(?:至|到)")

    def by(
        self, paragraph: Paragraph, now: Number, change: Number, further: Number | None
    ) -> Iterator[Growth]:
        """120件，比上年增加20件，增长20%."""
        found = self.first.fullmatch(paragraph.between(now, change))
        if found is None or "至" in found.group():
            return
        up = _is_up(found)
        if change.unit == "%":
            yield Growth(paragraph, now, up, percent=change)
        elif change.is_count and change.unit == now.unit:
            percent = further if further and further.unit == "%" else None
            again = percent and self.more.fullmatch(paragraph.between(change, percent))
            yield Growth(
                paragraph, now, up, percent if again and _is_up(again) == up else None, change
            )

    def against(
        self, paragraph: Paragraph, one: Number, two: Number, percent: Number
    ) -> Growth | None:
        """500条，较上年的400条增长25%; 由400条增至500条，增长25%."""
        if percent.unit != "%" or not two.is_count or one.unit != two.unit:
            return None
        change = self.more.fullmatch(paragraph.between(two, percent))
        between = paragraph.between(one, two)
        if change is None:
            return None
        if self.than.fullmatch(between):
            return Growth(paragraph, one, _is_up(change), percent, before=two)
        if self.to.fullmatch(between):
            return Growth(paragraph, two, _is_up(change), percent, before=one)
        return None


def _is_up(found: re.Match[str]) -> bool:
    return found.group("verb") in _UP.split("|")


def fits(percent: Number, part: Decimal, whole: Decimal) -> bool:
    """Whether a percentage as printed is part of whole, rounded."""
    return bool(whole) and rounded(percent, part, whole) == percent.value


def is_cut(percent: Number, part: Decimal, whole: Decimal) -> bool:
    """Whether it is part of whole with places cut off instead of rounded."""
    return bool(whole) and rounded(percent, part, whole, ROUND_DOWN) == percent.value


def rounded(
    percent: Number, part: Decimal, whole: Decimal, rounding: str = ROUND_HALF_UP
) -> Decimal:
    """Part of whole in per cent, to as many places as the number has."""
    return (100 * part / whole).quantize(percent.place, rounding)


def _run(paragraph: Paragraph, at: int) -> list[Number]:
    """The percentages that stand in a row from one on: 占60%、40%."""
    run = [paragraph.numbers[at]]
    for number in paragraph.numbers[at + 1 :]:
        if number.unit != "%" or not re.fullmatch(_AND, paragraph.between(run[-1], number)):
            break
        run.append(number)
    return run
