"""The one cell whose figure, if it were another, would make every broken equation of a table hold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from ledger.verbs.checking import Finding as Judged
from ledger.verbs.checking import check
from ledger.verbs.judging.case import Case
from ledger.verbs.judging.findings import Finding, Rule
from ledger.words.figures import Equation, Text

RULE = Rule(
    id="table.suspect",
    severity="warning",
    title=Text("最可能填错的格子", "The cell that is most likely wrong"),
    message=Text(
        "只要{cell}由 {found} 改为 {expected}，此表不成立的各项勾稽关系就全部成立。",
        "If {cell} were {expected} instead of {found}, every constraint broken in this table would hold.",
    ),
    source=Text("由表中勾稽关系推算", "Worked out from the constraints of the table"),
)


def find(case: Case) -> Iterator[Finding]:
    """For each table in which at least two equations point at the same single cell."""
    form = case.used
    judged = list(check(form, case.values)) if form else []
    for table in form.tables if form else ():
        own = [each for each in judged if _is_within(each.equation, table.id)]
        broken = [each for each in own if each.verdict == "broken"]
        held = [each for each in own if each.verdict == "holds"]
        answers = list(_answers(broken, held)) if len(broken) > 1 else []
        if len(answers) == 1:
            cell, change = answers[0]
            value, where = case.values[cell] or Decimal(0), case.in_table((cell,))
            if value + change >= 0:
                yield RULE.finding(where, value, value + change, cell=where.label)


def _answers(broken: Sequence[Judged], held: Sequence[Judged]) -> Iterator[tuple[str, Decimal]]:
    """Cells that stand in every broken equation and in none that holds, with the change they need."""
    shared = set.intersection(*(set(_signs(judged.equation)) for judged in broken))
    for cell in sorted(shared - {cell for judged in held for cell in _signs(judged.equation)}):
        changes = {-judged.difference * _signs(judged.equation)[cell] for judged in broken}
        if len(changes) == 1:
            yield cell, changes.pop()


def _signs(equation: Equation) -> dict[str, int]:
    """The cells of an equation, 1 on its left and -1 on its right."""
    sides = ((1, equation.left), (-1, equation.right))
    return {ref.address: ref.sign * side for side, refs in sides for ref in refs}


def _is_within(equation: Equation, table: str) -> bool:
    refs = (*equation.left, *equation.right)
    return all(not ref.year and ref.address.startswith(f"{table}/") for ref in refs)
