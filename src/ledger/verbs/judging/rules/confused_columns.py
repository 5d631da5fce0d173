"""Items of the power list written into the column of decisions: 16, +3, 19."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from msgspec import Struct

from ledger.verbs.judging.case import Case
from ledger.verbs.judging.findings import Finding, Rule, listed
from ledger.words.figures import Text

RULE = Rule(
    id="table.columns-confused",
    severity="warning",
    title=Text("把事项数填进了处理决定数量", "Items written into the column of decisions"),
    message=Text(
        "{rows}：处理决定数量（{found}）恰好等于上一年项目数量加本年增/减（{expected}）。前两列数的是权力事项，"
        "第三列数的是一年作出的处理决定，请核实。",
        "{rows}: the decisions ({found}) equal the items of last year and their change added up "
        "({expected}). Those are items of the power list, these the decisions of a year: please check.",
    ),
    source=Text("报告格式：三列的标签", "The form: labels of the three columns"),
)

_COLUMNS = ("previous-items", "change", "decisions")


class _Row(Struct, frozen=True):
    cells: tuple[str, ...]
    label: Text
    items: Decimal
    change: Decimal
    decisions: Decimal

    @property
    def fits(self) -> bool:
        return self.decisions == self.items + self.change


def find(case: Case) -> Iterator[Finding]:
    """One finding where chance does not explain it: the items changed, and every row fits."""
    rows = [row for row in _rows(case) if row.items or row.change or row.decisions]
    changed = [row for row in rows if row.change]
    firm = any(row.items for row in changed) or len(changed) > 1
    if firm and all(row.fits for row in rows):
        names = listed(row.label for row in rows)
        yield RULE.finding(
            case.in_table([cell for row in rows for cell in row.cells], names),
            found=listed(row.decisions for row in rows),
            expected=listed(f"{row.items:f}{row.change:+f}" for row in rows),
            rows=names,
        )


def _rows(case: Case) -> Iterator[_Row]:
    for table in case.used.tables if case.used else ():
        if not set(_COLUMNS) <= {column.id for column in table.columns}:
            continue
        for row in table.rows:
            cells = tuple(f"{table.id}/{row.id}/{column}" for column in _COLUMNS)
            values = [case.values.get(cell) or Decimal(0) for cell in cells]
            yield _Row(cells, row.label, *values)
