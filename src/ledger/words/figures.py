"""What a report's form is made of: editions, tables, cells and the constraints between them."""

import hashlib
import json
from collections.abc import Iterator
from functools import cached_property
from typing import Any, Literal

from msgspec import Struct

from ledger.words.wording import NO_WORDING, Wording
from ledger.words.years import Period, PeriodKind, Span

Measure = Literal["flow", "kept", "opening", "closing"]
Severity = Literal["error", "warning"]
Origin = Literal["printed", "implied", "derived"]

FLOWS: tuple[Measure, ...] = ("flow", "kept")
STOCKS: tuple[Measure, ...] = ("opening", "closing")

_HAN = "一二三四五六七八九十"
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")


class Window(Struct, frozen=True):
    """The facts that a measure counts: entered from one day to before another, and standing later.

    Storage turns it into a condition on rows, and a fact can be asked by itself.
    """

    since_from: int
    since_before: int
    until_from: int

    def holds(self, since: int, until: int) -> bool:
        """Whether a fact of these days is counted."""
        return self.since_from <= since < self.since_before and until >= self.until_from


def window(measure: Measure, period: Period) -> Window:
    """flow: entered in the period; kept: and still stood at its end; opening, closing: stood then."""
    begin, end = period.begin, period.end
    match measure:
        case "flow":
            return Window(begin, end, 0)
        case "kept":
            return Window(begin, end, end)
        case "opening":
            return Window(0, begin, begin)
        case "closing":
            return Window(0, end, end)


class Text(Struct, frozen=True, rename={"zh": "zh-CN"}):
    """A text in both languages; `text["en"]` is English, any other language Chinese."""

    zh: str
    en: str

    def __getitem__(self, language: str) -> str:
        return self.en if language.startswith("en") else self.zh


class Unit(Struct, frozen=True):
    """A unit of a figure: `scale` of the smallest (a case, a fen) make one."""

    code: str
    label: Text
    measures: Literal["count", "fen"]
    scale: int


class Term(Struct, frozen=True):
    """One addend: a measure of the facts of a state whose dimensions carry the codes named."""

    measure: Measure
    state: str
    where: tuple[tuple[str, tuple[str, ...]], ...] = ()
    sign: Literal[1, -1] = 1
    span: Span = "period"

    def window(self, period: Period) -> Window:
        """The facts that it counts of a period."""
        return window(self.measure, period.over(self.span))


class Column(Struct, frozen=True, kw_only=True):
    """A column; `under` are the spanning headers above it, outermost first."""

    id: str
    label: Text
    under: tuple[Text, ...] = ()
    sum: bool = False
    source: Text | None = None
    note: Text | None = None
    also: tuple[str, ...] = ()
    """Other wordings that offices print."""

    def path(self) -> Text:
        """The column with its spanning headers, as one line."""
        return _joined((*self.under, self.label))


class Row(Struct, frozen=True, kw_only=True):
    """A row; `under` are the spanning headers to its left, outermost first."""

    id: str
    number: str
    label: Text
    source: Text
    under: tuple[Text, ...] = ()
    sum: bool = False
    not_recorded: bool = False
    """The form asks for it and no event tells it: it is shown as not recorded, never as 0."""
    inferred: bool = False
    """The form does not say what it counts; the note says what its terms rest on."""
    note: Text | None = None
    also: tuple[str, ...] = ()
    """Other wordings that offices print."""

    def caption(self) -> Text:
        """The row's number and label as they are printed."""
        return numbered(self.number, self.label)

    def marked(self) -> Text:
        """The caption with an asterisk where the row is inferred."""
        caption, mark = self.caption(), " *" * self.inferred
        return Text(caption.zh + mark, caption.en + mark)

    def path(self) -> Text:
        """The row with its spanning headers, as one line."""
        return _joined((*self.under, self.caption()))


class Figure(Struct, frozen=True, kw_only=True):
    """A cell: the sum of its terms, shown in its unit; one without terms is not recorded."""

    address: str
    table: str
    row: str
    column: str
    terms: tuple[Term, ...]
    unit: Unit
    row_label: Text
    column_label: Text
    sources: tuple[Text, ...]
    notes: tuple[Text, ...] = ()
    format: Literal["number", "signed"] = "number"
    show_unit: bool = False
    sum: bool = False

    @property
    def scale(self) -> int:
        """What the sum of the facts is divided by to be printed."""
        return self.unit.scale

    @property
    def recorded(self) -> bool:
        """Whether the ledger has anything to say of it."""
        return bool(self.terms)


class Ref(Struct, frozen=True):
    """A figure in an equation; `year` -1 is the one in the report of the year, or period, before."""

    address: str
    sign: Literal[1, -1] = 1
    year: Literal[0, -1] = 0


class Equation(Struct, frozen=True):
    """Left equals right; `at` is the row or column that it holds for; an empty right is zero."""

    at: str
    left: tuple[Ref, ...]
    right: tuple[Ref, ...]


class Constraint(Struct, frozen=True, kw_only=True):
    """A relation between figures (勾稽关系), one equation for each row or column it holds for."""

    id: str
    severity: Severity
    origin: Origin
    source: Text
    message: Text
    equations: tuple[Equation, ...]
    only_if: tuple[tuple[str, bool], ...] = ()


class Table(Struct, frozen=True, kw_only=True):
    """A table, or figures stated in prose; `figures` run row by row."""

    id: str
    number: str
    label: Text
    kind: Literal["table", "prose"]
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    figures: tuple[Figure, ...]
    constraints: tuple[Constraint, ...]
    heading: Text | None = None
    corner: Text | None = None

    def lines(self) -> Iterator[tuple[Row, tuple[Figure, ...]]]:
        """Each row with its cells, in print order."""
        width = len(self.columns)
        for index, row in enumerate(self.rows):
            yield row, self.figures[index * width : (index + 1) * width]


class Section(Struct, frozen=True, kw_only=True):
    """A part of the report's text with the tables that stand in it."""

    number: str
    id: str
    label: Text
    tables: tuple[str, ...]
    note: Text | None = None

    def caption(self) -> Text:
        """The section's number and label as they are printed."""
        return numbered(self.number, self.label)


class Edition(Struct, frozen=True, kw_only=True, dict=True):
    """The form of a report for the years `since` to `until`; `until` None is still in use."""

    id: str
    scope: Literal["national", "local"]
    label: Text
    title: Text
    source: Text
    period: PeriodKind
    since: int
    until: int | None
    note: Text | None = None
    sections: tuple[Section, ...]
    tables: tuple[Table, ...]
    own_constraints: tuple[Constraint, ...]
    wording: Wording = NO_WORDING
    digest: str = ""
    """The digest of what its files say of the form: sha256: and 64 hexadecimal digits."""

    def is_for(self, year: int) -> bool:
        """Whether the form was in use for a report year."""
        return self.since <= year and (self.until is None or year <= self.until)

    @property
    def usual(self) -> bool:
        """Whether it is the form that a report takes unless another is asked for."""
        return self.scope == "national" and self.period == "year"

    def table(self, table_id: str) -> Table:
        """The table of this id; KeyError where there is none."""
        return self._tables[table_id]

    @cached_property
    def figures(self) -> dict[str, Figure]:
        """Every cell by its address, table/row/column."""
        return {figure.address: figure for table in self.tables for figure in table.figures}

    @property
    def constraints(self) -> tuple[Constraint, ...]:
        """The constraints of every table, then those between tables."""
        return (*(c for table in self.tables for c in table.constraints), *self.own_constraints)

    @cached_property
    def looked_back_at(self) -> frozenset[str]:
        """The figures of the report of the period before that its constraints name."""
        return frozenset(
            ref.address
            for constraint in self.constraints
            for equation in constraint.equations
            for ref in (*equation.left, *equation.right)
            if ref.year
        )

    @cached_property
    def _tables(self) -> dict[str, Table]:
        return {table.id: table for table in self.tables}


def form_digest(files: list[dict[str, Any]]) -> str:
    """SHA-256 of what the files of a form say: its `edition.json`, then its tables by their names.

    How others word the form (`also`) is left out: it may be learnt while reports by the form are out.
    """
    text = json.dumps(
        _without_also(files), ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )
    return f"sha256:{hashlib.sha256(text.encode()).hexdigest()}"


def _without_also(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _without_also(part) for name, part in value.items() if name != "also"}
    return [_without_also(part) for part in value] if isinstance(value, list) else value


def numbered(number: str, label: Text) -> Text:
    """A label behind its number, punctuated as the form prints it.

    >>> numbered("三", Text("本年度办理结果", "Outcomes"))
    Text(zh='三、本年度办理结果', en='III. Outcomes')
    """
    if not number:
        return label
    if number.startswith("（"):
        return Text(number + label.zh, f"({_value(number[1:-1])}) {label.en}")
    if number[0] in _HAN:
        value = _value(number)
        english = _ROMAN[value - 1] if value <= len(_ROMAN) else str(value)
        return Text(f"{number}、{label.zh}", f"{english}. {label.en}")
    return Text(f"{number}.{label.zh}", f"{number}. {label.en}")


def _value(han: str) -> int:
    tens, ten, ones = han.rpartition("十")
    value = _HAN.index(ones) + 1 if ones else 0
    return value + 10 * (_HAN.index(tens) + 1 if tens else 1) if ten else value


def _joined(texts: tuple[Text, ...]) -> Text:
    return Text(" / ".join(text.zh for text in texts), " / ".join(text.en for text in texts))
