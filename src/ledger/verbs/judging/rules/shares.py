"""Percentages of a whole that are not what the two numbers give."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from ledger.verbs.judging.case import Case
from ledger.verbs.judging.findings import Finding, Rule
from ledger.verbs.judging.ratios import Share, fits, is_cut, rounded, shares_of
from ledger.verbs.judging.statements import Statement
from ledger.words.figures import Text

RULE = Rule(
    id="prose.share",
    severity="error",
    title=Text("占比与数字不符", "A percentage that is not the share"),
    message=Text(
        "{part} 占 {whole} 的 {expected}，正文写 {found}。{why}",
        "{part} is {expected} of {whole}; the text says {found}. {why}",
    ),
    source=Text("由正文所述两数重新计算", "Recomputed from the two numbers"),
)

_CUT = Text("这是截去尾数而不是四舍五入的结果。", "Places were cut off instead of rounded.")
_NONE = Text("", "")


def find(case: Case) -> Iterator[Finding]:
    """Each share that no whole known from the report explains."""
    totals = set(_totals(case))
    for paragraph in case.paragraphs:
        others = totals | {number.value for number in paragraph.numbers if number.is_count}
        for share in shares_of(paragraph):
            if share.part.exact and share.percent.exact and not share.part.slack:
                yield from _judged(case, share, others)


def _judged(case: Case, share: Share, others: set[Decimal]) -> Iterator[Finding]:
    """A share that none of the numbers that it may be of makes right."""
    wholes = list(dict.fromkeys(_wholes(case, share)))
    part, percent = share.part.value, share.percent
    if not wholes or any(fits(percent, part, whole) for whole in (*wholes, *others)):
        return
    cut = next((whole for whole in wholes if is_cut(percent, part, whole)), None)
    if cut is None and any(_near(percent.value, percent.place, part, whole) for whole in others):
        return
    whole = cut or wholes[0]
    found = RULE.finding(
        case.in_prose(share.paragraph, percent.start),
        found=percent.printed,
        expected=f"{rounded(percent, part, whole)}%",
        part=share.part.printed,
        whole=whole,
        why=_CUT if cut else _NONE,
    )
    yield found if cut is None else found.as_warning()


def _wholes(case: Case, share: Share) -> Iterator[Decimal]:
    """What the share may be of, by the text or by the form, the likeliest first."""
    for breakdown in case.breakdowns:
        if share.part in breakdown.parts and breakdown.paragraph is share.paragraph:
            yield from (total.value for total in reversed(breakdown.totals))
    for stated in case.statements:
        if stated.number == share.part and stated.paragraph is share.paragraph:
            yield from _sums_around(case, stated)


def _sums_around(case: Case, stated: Statement) -> Iterator[Decimal]:
    """The totals of the form that the cells of a statement are parts of, as the report has them."""
    for constraint in case.form.constraints if case.form else ():
        for equation in constraint.equations:
            if len(equation.left) != 1 or len(equation.right) < 2 or equation.right[0].year:
                continue
            parts = {ref.address for ref in equation.right}
            total = equation.left[0].address
            if any(parts.issuperset(cells) for cells in stated.sums):
                yield from (s.value for s in case.statements if (total,) in s.sums)
                value = case.figures.get(total)
                if value is not None:
                    yield value


def _totals(case: Case) -> Iterator[Decimal]:
    """Every number that the prose states of a figure, and every total of the tables."""
    yield from (stated.value for stated in case.statements)
    for breakdown in case.breakdowns:
        yield from (total.value for total in breakdown.totals)
    for stated in case.statements:
        for cells in stated.sums:
            values = [case.figures.get(cell) for cell in cells]
            if all(value is not None for value in values):
                yield sum((value or Decimal(0) for value in values), Decimal(0))


def _near(percent: Decimal, place: Decimal, part: Decimal, whole: Decimal) -> bool:
    return bool(whole) and abs(100 * part / whole - percent) < place
