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
    compared = _COMPARED.replace("{last}", str(year - 1))
    first = re.compile(rf"[\s，,、（(]*{compared}{_CHANGE}")
    more = re.compile(rf"[\s，,、（(]*(?:同比)?{_CHANGE}")
    numbers = paragraph.numbers
    for now, change, further in zip(numbers, numbers[1:], (*numbers[2:], None), strict=False):
        found = first.fullmatch(paragraph.between(now, change))
        if not now.is_count or found is None or "至" in found.group():
            continue
        up = found.group("verb") in _UP.split("|")
        if change.unit == "%":
            yield Growth(paragraph, now, up, percent=change)
        elif change.is_count and change.unit == now.unit:
            percent = further if further and further.unit == "%" else None
            again = percent and more.fullmatch(paragraph.between(change, percent))
            same = again and (again.group("verb") in _UP.split("|")) == up
            yield Growth(paragraph, now, up, percent if same else None, change)


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
