"""Figures of the prose that break a constraint of the form among themselves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from msgspec import Struct

from ledger.verbs.judging.case import Case
from ledger.verbs.judging.findings import Finding, Rule, shown
from ledger.verbs.judging.statements import Statement
from ledger.words.figures import Constraint, Ref, Text

RULE = Rule(
    id="prose.sum",
    severity="error",
    title=Text("正文数字之间不平衡", "Figures of the prose do not balance"),
    message=Text(
        "正文所述各数不平衡：{rule}左边 {found}，右边 {expected}。",
        "The figures of the text do not balance: {rule} Left {found}, right {expected}.",
    ),
    source=Text("报告格式的勾稽关系", "The constraints of the form"),
)
_MOST = 4
"""Numbers for one figure that are tried; prose with more contradicts itself anyway."""


class _Cover(Struct, frozen=True):
    """Statements that together stand for one side of an equation."""

    statements: tuple[Statement, ...]

    @property
    def sum(self) -> Decimal:
        return sum((stated.value for stated in self.statements), Decimal(0))

    @property
    def slack(self) -> Decimal:
        return sum((stated.slack for stated in self.statements), Decimal(0))

    def is_apart_from(self, other: _Cover) -> bool:
        """Whether no statement stands for both sides, and there is something to add up."""
        both = [*self.statements, *other.statements]
        return len(both) > 2 and not any(stated in other.statements for stated in self.statements)

    @property
    def told(self) -> str:
        terms = "+".join(shown(stated.value, "en") for stated in self.statements)
        return f"{terms}={shown(self.sum, 'en')}" if len(self.statements) > 1 else terms


def find(case: Case) -> Iterator[Finding]:
    """Each equation whose both sides the prose tells in full, and that no reading makes hold."""
    form = case.form
    stated = list(_distinct(case))
    for constraint in form.constraints if form else ():
        for equation in constraint.equations:
            refs = (*equation.left, *equation.right)
            if constraint.only_if or not equation.right or any(r.year or r.sign < 0 for r in refs):
                continue
            usable = [one for one in stated if _is_about(one, refs)]
            left, right = (_covers(side, usable) for side in (equation.left, equation.right))
            pairs = [(a, b) for a in left for b in right if a.is_apart_from(b)]
            if pairs and not any(abs(a.sum - b.sum) <= a.slack + b.slack for a, b in pairs):
                yield _finding(case, constraint, *pairs[0])


def _distinct(case: Case) -> Iterator[Statement]:
    """The statements of the organ itself, no more than some of one meaning, each number once."""
    seen: dict[tuple[tuple[str, ...], ...], set[Decimal]] = {}
    for stated in case.statements:
        values = seen.setdefault(stated.sums, set())
        own = not stated.whole_area or case.organ_kind == "government"
        if own and stated.value not in values and len(values) < _MOST:
            values.add(stated.value)
            yield stated


def _is_about(stated: Statement, refs: Sequence[Ref]) -> bool:
    """Whether all that a statement may mean lies within an equation: else it may be of another."""
    addresses = {ref.address for ref in refs}
    return all(addresses.issuperset(cells) for cells in stated.sums)


def _covers(side: Sequence[Ref], stated: Sequence[Statement]) -> list[_Cover]:
    """Every way to make up the cells of a side from statements, each cell once."""
    wanted = frozenset(ref.address for ref in side)
    return [_Cover(tuple(chosen)) for chosen in _chosen(wanted, list(stated))]


def _chosen(wanted: frozenset[str], stated: list[Statement]) -> Iterator[list[Statement]]:
    if not wanted:
        yield []
        return
    first = min(wanted)
    for one in stated:
        for cells in one.sums:
            if first in cells and wanted.issuperset(cells):
                for rest in _chosen(wanted - set(cells), stated):
                    yield [one, *rest]


def _finding(case: Case, constraint: Constraint, left: _Cover, right: _Cover) -> Finding:
    last = max((*left.statements, *right.statements), key=lambda s: s.paragraph.place.paragraph)
    cells = [cell for s in (*left.statements, *right.statements) for cell in s.sums[0]]
    rule = Text(constraint.message.zh, constraint.message.en)
    return RULE.finding(
        case.in_prose(last.paragraph, last.start, dict.fromkeys(cells)),
        found=left.told,
        expected=right.told,
        rule=rule,
    ).resting_on(constraint.source)
