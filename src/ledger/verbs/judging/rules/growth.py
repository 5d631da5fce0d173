"""Changes against last year that are not what the numbers give."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from ledger.verbs.judging.case import Case
from ledger.verbs.judging.findings import Finding, Rule, shown
from ledger.verbs.judging.ratios import Growth, fits, growths_of, is_cut, rounded
from ledger.words.figures import Text

RULE = Rule(
    id="prose.growth",
    severity="error",
    title=Text("增减数或增减幅度不符", "A change against last year that does not follow"),
    message=Text(
        "正文写 {now}{verb} {found}；上年为 {before}，应为 {expected}。",
        "The text has {now} as {verb} {found}; last year had {before}, which makes {expected}.",
    ),
    source=Text("由本年和上年两数重新计算", "Recomputed from this year's number and last year's"),
)

_VERBS = {True: Text("增加", "up by"), False: Text("减少", "down by")}


def find(case: Case) -> Iterator[Finding]:
    """Each change that neither the sentence nor last year's report bears out."""
    year = case.published.year
    for paragraph in case.paragraphs if year else ():
        for growth in growths_of(paragraph, year or 0):
            numbers = (growth.now, growth.percent, growth.pieces, growth.before)
            if all(number is None or number.exact for number in numbers):
                yield from _judged(case, growth)


def _judged(case: Case, growth: Growth) -> Iterator[Finding]:
    now, sign = growth.now.value, growth.sign
    if growth.pieces and growth.percent:
        before = now - sign * growth.pieces.value
        yield from _percent(case, growth, [before])
    if growth.before:
        yield from _percent(case, growth, [growth.before.value])
        return
    last = list(_last_year(case, growth))
    if growth.percent and not growth.pieces:
        yield from _percent(case, growth, last)
    if (
        growth.pieces
        and last
        and all(now - before != sign * growth.pieces.value for before in last)
    ):
        change = f"{now - last[0]:+f}{growth.pieces.unit}"
        yield _finding(case, growth, growth.pieces.printed, last[0], change)


def _percent(case: Case, growth: Growth, befores: list[Decimal]) -> Iterator[Finding]:
    percent, now = growth.percent, growth.now.value
    usable = [before for before in befores if before > 0]
    if percent is None or not usable:
        return
    for before in usable:
        change = growth.sign * (now - before)
        if fits(percent, change, before) or is_cut(percent, change, before):
            return
    change = rounded(percent, now - usable[0], usable[0])
    yield _finding(case, growth, percent.printed, usable[0], f"{change:+f}%")


def _finding(case: Case, growth: Growth, found: str, before: Decimal, expected: str) -> Finding:
    return RULE.finding(
        case.in_prose(growth.paragraph, growth.now.start),
        found=found,
        expected=expected,
        now=growth.now.printed,
        verb=_VERBS[growth.up],
        before=shown(before, "en"),
    )


def _last_year(case: Case, growth: Growth) -> Iterator[Decimal]:
    """The same figure in last year's report, in each meaning that the words may have."""
    for stated in case.statements:
        if stated.number == growth.now and stated.paragraph is growth.paragraph:
            for cells in stated.sums:
                values = [case.last_values.get(cell) for cell in cells]
                if all(value is not None for value in values):
                    yield sum((value or Decimal(0) for value in values), Decimal(0))
