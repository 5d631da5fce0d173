"""Labels as they are printed against labels as a form has them: numbers, brackets and blanks aside."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from typing import TypeVar

from msgspec import Struct

from ledger.words.figures import Column, Edition, Row, Table

EXACT, NEAR, PART, LIKE, NOTHING = 4, 3, 2, 1, 0
"""How alike two labels are: the same; the same but for a bracket, number or known other wording;
one stands whole in the other, or lacks a word of it; one is left when more words of the other are
taken out; not at all."""

_NUMBER = re.compile(
    r"\(?(?P<han>[一二三四五六七八九十]{1,3})[)、.]|\(?(?P<digit>\d{1,2})[)、.:]|[IVX]{1,4}\."
)
_BRACKET = re.compile(r"\([^()]*\)")

_LONGEST_UNIT = 4
"""Letters of what may stand behind a label."""

Part = TypeVar("Part", bound=Row | Column)


class Wording(Struct, frozen=True):
    """A label reduced to its letters: `full`, `short` without what stands in brackets, its number."""

    full: str
    short: str
    number: str


def narrowed(text: str) -> str:
    """Full-width forms made ordinary, all blanks taken out.

    >>> narrowed("（三） 不予 公开")
    '(三)不予公开'
    """
    return "".join(_usual(text).split())


def _usual(text: str) -> str:
    """A text in ordinary widths; 其它 is written for 其他."""
    return unicodedata.normalize("NFKC", text).replace("其它", "其他")


def letters(text: str) -> str:
    """Only the letters and digits of a text, full-width ones made ordinary."""
    return "".join(sign for sign in _usual(text) if unicodedata.category(sign)[0] in "LN")


@lru_cache(maxsize=20_000)
def wording(text: str) -> Wording:
    """A label's wording.

    >>> wording("（二）部分公开（区分处理的，只计这一情形）").short
    '部分公开'
    """
    plain = narrowed(text)
    found = _NUMBER.match(plain)
    rest = plain[found.end() :] if found else plain
    number = (found.group("han") or found.group("digit")) if found else ""
    return Wording(letters(rest), letters(_BRACKET.sub("", rest)), number)


def likeness(printed: Wording, label: Wording) -> int:
    """How alike a printed label is to one of the form."""
    if not printed.full or not label.full:
        return NOTHING
    other_number = bool(printed.number and label.number and printed.number != label.number)
    if printed.full == label.full:
        return NEAR if other_number else EXACT
    if other_number:
        return NOTHING
    if printed.short and printed.short in (label.short, label.full):
        return NEAR
    short, long = sorted((printed.short or printed.full, label.short), key=len)
    if len(short) < 2 or len(long) > 4 * len(short) + 4:
        return NOTHING
    if long.startswith(short) or long.endswith(short):
        return PART
    if not _is_left_of(short, long):
        return NOTHING
    return PART if 5 * len(short) >= 4 * len(long) else LIKE  # a word was forgotten


def best(
    printed: Wording, known: Iterable[tuple[Part, Sequence[Wording]]]
) -> list[tuple[Part, int]]:
    """The parts of the form that a printed label may be: those most like it, with their likeness."""
    found: list[tuple[Part, int]] = []
    for part, wordings in known:
        rank = max(likeness(printed, label) for label in wordings)
        if rank and (not found or rank >= found[0][1]):
            found = [pair for pair in found if pair[1] == rank]
            found.append((part, rank))
    return found


class FormTable:
    """The labels of one table of a form, ready to be looked up."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.rows = [(row, _wordings(row)) for row in table.rows]
        self._paths = [(row, frozenset(_paths(row))) for row in table.rows]
        self.columns = [(column, _wordings(column)) for column in table.columns]
        parts: tuple[Row | Column, ...] = (*table.rows, *table.columns)
        self.parts = parts
        self.spanning = {wording(text.zh).full for part in parts for text in part.under}
        self.over = {wording(text.zh).full for part in table.columns for text in part.under}
        self._like_rows: dict[str, list[tuple[Row, int]]] = {}
        self._like_columns: dict[str, list[tuple[Column, int]]] = {}
        framing = (table.heading, table.corner)
        self.framing = {wording(text.zh).full for text in framing if text is not None}

    @property
    def single_row(self) -> Row | None:
        """The row of a table that prints no row headers."""
        return self.table.rows[0] if self.table.corner is None else None

    def row(self, printed: Sequence[str]) -> tuple[Row, int] | None:
        """The row that the header cells of a printed row name, outermost first; None if in doubt."""
        for texts in (printed[-1:], printed[-2:], printed):
            found = self._rows_like("".join(texts))
            if len(found) > 1:
                found = [pair for pair in found if _stands_under(pair[0], printed)]
            if len(found) == 1:
                return found[0]
        for text in reversed(printed):
            # A running number or a unit may stand behind the label; words there name another row.
            found = self._rows_like(text)
            if len(found) == 1 and found[0][1] >= NEAR:
                return found[0]
            if len(letters(text)) > _LONGEST_UNIT:
                return None
        return None

    def column(self, printed: Sequence[str]) -> tuple[Column, int] | None:
        """The column that a stack of headers names, topmost first; None if in doubt."""
        for text in reversed(printed):
            found = self._columns_like(text)
            if len(found) > 1:
                found = [pair for pair in found if _stands_under(pair[0], printed)]
            if len(found) == 1:
                return found[0]
            if found:
                return None
        return None

    def _rows_like(self, text: str) -> list[tuple[Row, int]]:
        if text not in self._like_rows:
            printed = wording(text)
            found = best(printed, self.rows)
            if not found or found[0][1] < EXACT:
                whole = [(row, EXACT) for row, paths in self._paths if letters(text) in paths]
                # The label of a group is none of its rows, however much of it they share.
                found = whole or ([] if printed.full in self.spanning else found)
            self._like_rows[text] = found
        return self._like_rows[text]

    def _columns_like(self, text: str) -> list[tuple[Column, int]]:
        if text not in self._like_columns:
            self._like_columns[text] = best(wording(text), self.columns)
        return self._like_columns[text]

    def is_column_word(self, text: str, least: int = PART) -> bool:
        """Whether a text is a header of columns, or one that spans several."""
        printed = wording(text)
        if printed.full in self.over:
            return True
        found = self._columns_like(text)
        return bool(found) and found[0][1] >= least

    def is_header_alone(self, text: str) -> bool:
        """Whether a row of headers may have this one only: it spans others or is the sole column."""
        if wording(text).full in self.over:
            return True
        return len(self.columns) == 1 and self.is_column_word(text)

    def leaf(self, text: str) -> str:
        """The letters of the column label that a header stands for; "" where it is none."""
        printed = wording(text)
        if printed.full in self.over:
            return ""
        found = self._columns_like(text)
        if not found or found[0][1] < PART:
            return ""
        named = {wording(column.label.zh).full for column, _ in found}
        return named.pop() if len(named) == 1 else ""

    @cached_property
    def words(self) -> set[str]:
        """The letters of every label of its rows and columns."""
        return {label.full for _, labels in (*self.rows, *self.columns) for label in labels[:1]}

    @property
    def all_texts(self) -> Iterator[str]:
        """Every label, heading and other wording as the form has it."""
        for part in self.parts:
            yield from (part.label.zh, *part.also, *(text.zh for text in part.under))
            if isinstance(part, Row):
                yield part.caption().zh
        for text in (self.table.heading, self.table.corner):
            if text is not None:
                yield text.zh


class Form:
    """The labels of an edition."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self.tables = [FormTable(table) for table in edition.tables if table.kind == "table"]

    @cached_property
    def in_prose(self) -> frozenset[str]:
        """The letters of what the form has stated in its text."""
        rows = (row for table in self.edition.tables if table.kind == "prose" for row in table.rows)
        return frozenset(letters(row.label.zh) for row in rows)

    @cached_property
    def words(self) -> set[str]:
        """The letters of every label of its tables."""
        return set().union(*(table.words for table in self.tables))

    @cached_property
    def all_words(self) -> set[str]:
        """The letters of every label, those that span others too."""
        return self.words.union(*(table.spanning for table in self.tables))

    def is_label(self, text: str) -> bool:
        """Whether a text is a label, heading or corner of a table."""
        full = wording(text).full
        return full in self.words or any(
            full in table.spanning or full in table.framing for table in self.tables
        )


def _wordings(part: Row | Column) -> tuple[Wording, ...]:
    label = wording(part.label.zh)
    number = letters(part.number) if isinstance(part, Row) else ""
    also = tuple(wording(text) for text in part.also)
    # Another wording that is known is near, never the form's own.
    return (
        Wording(label.full, label.short, number),
        *(Wording(f"{other.full}()", other.full, number) for other in also),
    )


def _paths(row: Row) -> Iterator[str]:
    """The letters of a row's label with its number, and with the labels that span it before it."""
    path = [*(text.zh for text in row.under), row.caption().zh]
    for start in range(len(path)):
        yield letters("".join(path[start:]))
        yield wording("".join(path[start:])).full


def _stands_under(part: Row | Column, printed: Sequence[str]) -> bool:
    shown = [wording(text) for text in printed]
    return all(
        any(likeness(text, wording(over.zh)) >= NEAR for text in shown) for over in part.under
    )


def _is_left_of(short: str, long: str) -> bool:
    rest = iter(long)
    return all(sign in rest for sign in short)
