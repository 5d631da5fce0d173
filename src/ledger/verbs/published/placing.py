"""Putting what is printed at the addresses of a form; what cannot be placed is said."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from msgspec import Struct

from ledger.verbs.printed import as_printed
from ledger.verbs.published.labels import EXACT, NEAR, Form, FormTable, wording
from ledger.words.figures import Column, Row
from ledger.words.problems import Problem
from ledger.words.published import Certainty, Place, Printed, TableFit, Unplaced

MOST_UNPLACED = 200
"""As many as a person reads; a file that is no report at all would have thousands."""

_LABEL_WEIGHT = 10
"""A label found says more of the form than a cell: values can be placed by order alone."""

_DIGIT = re.compile("[1-9１-９]")
_WRAPPED = re.compile(r"\d+(?:\n\d+)+")


class Value(Struct, frozen=True):
    """A value of a printed row with the column that it stands in."""

    column: Column
    rank: int
    text: str
    place: Place
    words: str | None = None
    """The headers over it as printed; None where only its place in the row tells the column."""
    heading: str | None = None
    """The words that name its unit, where only its place tells the column."""


class Found(Struct, frozen=True):
    """A cell of the form found in the file: `rank` is the likeness of its worst label."""

    printed: Printed
    rank: int
    by_order: bool
    """Whether the order of the values stood in for a heading."""


class Placement:
    """What one form's labels find in a file."""

    def __init__(self, form: Form) -> None:
        self.form = form
        self.unplaced: list[Unplaced] = []
        self.hits: set[str] = set()
        """The letters of the labels that stand in the file just as the form has them."""
        self._found: dict[str, list[Found]] = {}
        self._doubts: dict[str, list[Problem]] = {}
        self._places: dict[str, dict[Place, None]] = {}

    def has(self, table: FormTable) -> bool:
        """Whether any cell of a table was found."""
        return any(address.startswith(f"{table.table.id}/") for address in self._found)

    def put(
        self, table: FormTable, row: Row, rank: int, row_words: str, values: Sequence[Value]
    ) -> None:
        """Puts the values of a row; `row_words` are its header cells as printed."""
        for value in values:
            address = f"{table.table.id}/{row.id}/{value.column.id}"
            heading = value.heading if value.words is None else f"{value.words} {row_words}"
            figure = self.form.edition.figures[address]
            text = self._unwrapped(value, rank, table)
            printed = as_printed(text, figure, value.place, heading)
            found = Found(printed, min(rank, value.rank), value.words is None)
            self._found.setdefault(address, []).append(found)
            self._places.setdefault(table.table.id, {})[_whole(value.place)] = None
            if printed.kind == "other":
                self.leave("unreadable-cell", value.text, value.place, address=address)
            elif printed.unit_from == "nowhere" and printed.value is None:
                self.leave("amount-without-unit", value.text, value.place, address=address)
        if rank < NEAR and row_words:
            self.doubt(table, "other-words", printed=row_words[-60:], label=row.label.zh)

    def _unwrapped(self, value: Value, rank: int, table: FormTable) -> str:
        """A number that a narrow cell of a PDF broke over lines, joined: its row has one label alone.

        Where the ruling between two rows was lost, the labels would not be the form's.
        """
        if not (value.place.page and rank == EXACT and _WRAPPED.fullmatch(value.text)):
            return value.text
        self.doubt(table, "number-wrapped", text=value.text.replace("\n", " "))
        return "".join(value.text.split())

    def see(self, texts: Iterable[str]) -> None:
        """Notes which labels stand in the file just as the form has them."""
        self.hits.update(self.form.words & {wording(text).full for text in texts})

    def leave(self, code: str, text: str, place: Place, **params: object) -> None:
        """Notes what cannot be placed."""
        if len(self.unplaced) < MOST_UNPLACED:
            shown = " ".join(text.split())[:200]
            problem = Problem(code, params={"text": shown[:60], **params})
            self.unplaced.append(Unplaced(text=shown, problem=problem, place=place))

    def leave_row(self, table: FormTable, row: Row, values: Iterable[str], place: Place) -> None:
        """Notes a row of which it cannot be told which value belongs to which column."""
        shown = " ".join(value or "□" for value in values)
        self.leave("which-column", shown, place, row=row.label.zh)
        self.doubt(table, "rows-not-placed")

    def doubt(self, table: FormTable, code: str, **params: object) -> None:
        """Notes why a table is not certain."""
        problem = Problem(code, params=params)
        doubts = self._doubts.setdefault(table.table.id, [])
        if problem not in doubts:
            doubts.append(problem)

    def cells(self) -> dict[str, Printed]:
        """The cells in the order of the form; one printed twice with unlike contents is left out."""
        return {
            address: surest[0].printed
            for address in self.form.edition.figures
            if address in self._found and _agree(surest := _surest(self._found[address]))
        }

    def contradictions(self) -> list[Unplaced]:
        """The cells that the file prints twice, unlike each other."""
        return [
            Unplaced(
                text=" | ".join(each.printed.text for each in found),
                problem=Problem("printed-unlike", params={"address": address, "count": len(found)}),
                place=found[-1].printed.place,
            )
            for address, found in self._found.items()
            if not _agree(found)
        ]

    def score(self) -> int:
        """How well the form fits: how alike the labels of all cells placed are, and how many of its
        own labels stand there letter by letter.
        """
        alike = sum(max(each.rank for each in found) for found in self._found.values())
        return alike + _LABEL_WEIGHT * len(self.hits)

    def fits(self) -> tuple[TableFit, ...]:
        """How each table was found; one of which nothing was found is not among them."""
        return tuple(
            self._fit(table)
            for table in self.form.tables
            if self.has(table) or table.table.id in self._doubts
        )

    def _fit(self, table: FormTable) -> TableFit:
        figures = [figure.address for figure in table.table.figures]
        found = [_surest(self._found[address]) for address in figures if address in self._found]
        placed = sum(_agree(each) for each in found)
        if placed < len(figures):
            self.doubt(table, "cells-missing", count=len(figures) - placed, all=len(figures))
        if any(each.by_order for cell in found for each in cell):
            self.doubt(table, "by-order")
        rank = min((each.rank for cell in found for each in cell), default=0)
        certainty: Certainty = "likely"
        if placed < len(figures):
            certainty = "unsure"
        elif rank >= NEAR and not self._doubts.get(table.table.id):
            certainty = "certain"
        return TableFit(
            table=table.table.id,
            certainty=certainty,
            placed=placed,
            expected=len(figures),
            places=tuple(self._places.get(table.table.id, ())),
            doubts=tuple(self._doubts.get(table.table.id, ())),
        )


def whole_row(values: Sequence[str], width: int) -> tuple[str, ...] | None:
    """The values of a row of `width` columns that stand together between blanks; None if in doubt.

    >>> whole_row(["", "3", "4", ""], 2), whole_row(["3", "", "4"], 2), whole_row(["3"], 2)
    (('3', '4'), None, None)
    """
    filled = [at for at, value in enumerate(values) if value]
    if not filled:
        return None
    together = tuple(values[filled[0] : filled[-1] + 1])
    if len(together) > width and len(set(together)) == 1 and not _DIGIT.search(together[0]):
        return together[:width]  # one too many, but zeros or dashes all: any reading is the same
    return together if len(filled) == len(together) == width else None


def _surest(found: Sequence[Found]) -> list[Found]:
    """Those under the label most like the form's: what stands under another one is less likely it."""
    rank = max(each.rank for each in found)
    return [each for each in found if each.rank == rank]


def _agree(found: Sequence[Found]) -> bool:
    first = found[0].printed
    return all(
        (each.printed.kind, each.printed.value) == (first.kind, first.value) for each in found
    )


def _whole(place: Place) -> Place:
    return Place(part=place.part, page=place.page, table=place.table)
