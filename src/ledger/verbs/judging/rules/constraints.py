"""The constraints of the form (勾稽关系), within the tables and with last year's."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import structs

from ledger.rooms.subjects.organ import Organ
from ledger.verbs.checking import Finding as Judged
from ledger.verbs.checking import check
from ledger.verbs.judging.case import Case
from ledger.verbs.judging.findings import Finding, Rule, listed, shown
from ledger.verbs.judging.organs import makes_regulations
from ledger.words.figures import Edition, Equation, Text

RULE = Rule(
    id="constraint",
    severity="error",
    title=Text("勾稽关系不成立", "A constraint between figures does not hold"),
    message=Text(
        "{at}：{rule}左边为 {found}，右边为 {expected}。",
        "{at}: {rule} The left side is {found}, the right side {expected}.",
    ),
    source=Text("报告格式", "The form of the report"),
)

_BLANK = structs.replace(
    RULE,
    message=Text(
        "{rule}有格子留空，按 0 计不成立：{at}。",
        "{rule} Cells were left blank, and with 0 it does not hold: {at}.",
    ),
)


def find(case: Case) -> Iterator[Finding]:
    """Every equation between figures of tables that does not hold."""
    form = case.used
    if form is None:
        return
    together: dict[tuple[str, str], list[Judged]] = {}
    for judged in check(form, case.values, case.last_values, _organ(case)):
        if judged.verdict not in ("broken", "blank") or not _between_tables(judged.equation, form):
            continue
        if judged.verdict == "blank" and not _is_firm(judged):
            continue
        if judged.verdict == "broken" and judged.equation.right:
            yield _finding(case, form, [judged])
        else:
            together.setdefault((judged.constraint.id, judged.verdict), []).append(judged)
    for group in together.values():
        yield _finding(case, form, group)


def _organ(case: Case) -> Organ | None:
    """What the constraints ask of the organ; None where its name does not tell."""
    power = makes_regulations(case.published.organ)
    if power is None:
        return None
    return Organ(code="", name=case.published.organ or "", makes_regulations=power)


def _between_tables(equation: Equation, form: Edition) -> bool:
    refs = (*equation.left, *equation.right)
    return all(form.table(ref.address.partition("/")[0]).kind == "table" for ref in refs)


def _is_firm(judged: Judged) -> bool:
    """Whether a blank is enough to go by: not for what is only derived, nor from one year to another."""
    refs = (*judged.equation.left, *judged.equation.right)
    return judged.constraint.severity == "error" and not any(ref.year for ref in refs)


def _finding(case: Case, form: Edition, group: list[Judged]) -> Finding:
    """One equation that is broken, or all of a constraint that say the same: that blank cells
    keep them from holding, or that a row should be zero."""
    constraint, blank = group[0].constraint, group[0].verdict == "blank"
    refs = [ref for j in group for ref in (*j.equation.left, *j.equation.right) if not ref.year]
    places = [_placed(form, judged) for judged in group]
    rule = _BLANK if blank else RULE
    filled = rule.finding(
        case.in_table(dict.fromkeys(ref.address for ref in refs), _table(form, group[0].equation)),
        found=listed(judged.left for judged in group),
        expected=listed(judged.right for judged in group),
        at=Text("；".join(at.zh for at in places), "; ".join(at.en for at in places)),
        rule=constraint.message,
    )
    return filled.of(constraint.id, constraint.severity).resting_on(constraint.source)


def _placed(form: Edition, judged: Judged) -> Text:
    """Where an equation fails, with its two sides where it is one of several."""
    at = _label(form, judged.equation)
    sides = f"{shown(judged.left, 'en')} ≠ {shown(judged.right, 'en')}"
    return at if judged.verdict == "broken" else Text(f"{at.zh}（{sides}）", f"{at.en} ({sides})")


def _table(form: Edition, equation: Equation) -> Text:
    return form.table(form.figures[equation.left[0].address].table).label


def _label(form: Edition, equation: Equation) -> Text:
    """The line that an equation holds for, its row or its column, without its outermost header."""
    figures = [form.figures[ref.address] for ref in (*equation.left, *equation.right)]
    of_row = len({figure.row for figure in figures}) == 1 and len(figures) > 1
    name = figures[0].row_label if of_row else figures[0].column_label
    if not name.zh:
        return _table(form, equation)
    steps = (name[language].split(" / ") for language in ("zh-CN", "en"))
    return Text(*(" / ".join(each[1:] or each) for each in steps))
