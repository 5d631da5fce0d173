"""Joins the rows and columns of a table into its figures."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import msgspec

from ledger.words.figures import Column, Figure, Row, Term, Unit
from ledger.words.years import Span

Json = dict[str, Any]
Clause = tuple[str, str, Any]


class Cells:
    """One table as its file has it; what is wrong in a cell goes to `complain(place, what)`."""

    def __init__(
        self,
        table: Json,
        units: Mapping[str, Unit],
        states: Mapping[str, Any],
        codes: Mapping[str, Any],
        complain: Callable[[str, str], None],
    ) -> None:
        self.table, self.units = table, units
        self.states, self.codes = states, codes
        self.complain = complain

    def figures(self) -> tuple[Figure, ...]:
        """Every cell, row by row."""
        return tuple(
            self._figure(row, f"/rows/{r}", column, f"/columns/{c}")
            for r, row in enumerate(self.table["rows"])
            for c, column in enumerate(self.table["columns"])
        )

    def _figure(self, row: Json, row_place: str, column: Json, column_place: str) -> Figure:
        shown = {**row, **column}  # the column's unit and format win over its row's
        unit = self.units[shown["unit"]]
        printed_row, printed_column = msgspec.convert(row, Row), msgspec.convert(column, Column)
        sources = (printed_row.source, printed_column.source)
        notes = (printed_row.note, printed_column.note)
        return Figure(
            address=f"{self.table['id']}/{row['id']}/{column['id']}",
            table=self.table["id"],
            row=row["id"],
            column=column["id"],
            terms=tuple(self._terms(row, row_place, column, column_place, unit)),
            unit=unit,
            row_label=printed_row.path(),
            column_label=printed_column.path(),
            sources=tuple(source for source in sources if source),
            notes=tuple(note for note in notes if note),
            format=shown.get("format", "number"),
            show_unit=shown.get("show_unit", False),
            sum=printed_row.sum or printed_column.sum,
        )

    def _terms(
        self, row: Json, row_place: str, column: Json, column_place: str, unit: Unit
    ) -> Iterator[Term]:
        cell = f"{row['id']}/{column['id']}"
        if row.get("not_recorded"):
            if "terms" in row:
                self.complain(row_place, "it is not recorded and has terms; keep one")
            return
        if "terms" in row and "terms" in column:
            self.complain(row_place, f"{cell} has terms in its row and in its column; keep one")
            return
        if "terms" not in row and "terms" not in column:
            self.complain(row_place, f"{cell} has no terms, in its row or in its column")
            return
        shared = [*_clauses(row, row_place), *_clauses(column, column_place)]
        bearer, place = (row, row_place) if "terms" in row else (column, column_place)
        for index, term in enumerate(bearer["terms"]):
            at = f"{place}/terms/{index}"
            state, where = self._joined(at, [*_clauses(term, at), *shared])
            if state in self.states:
                self._check_measure(at, term["measure"], state, where, unit)
                sign = term.get("sign", 1)
                span = self._span({at: term, row_place: row, column_place: column})
                yield Term(term["measure"], state, tuple(sorted(where.items())), sign, span)

    def _span(self, parts: Mapping[str, Json]) -> Span:
        """The span that a term, its row or its column names."""
        named = [(place, part["span"]) for place, part in parts.items() if "span" in part]
        for place, _ in named[1:]:
            self.complain(
                f"{place}/span", f"span is already set at {named[0][0]}/span; set it once"
            )
        return named[0][1] if named else "period"

    def _joined(self, at: str, clauses: list[Clause]) -> tuple[str, dict[str, tuple[str, ...]]]:
        """The state and the clauses of a term with those of its row and its column."""
        places: dict[str, str] = {}
        where: dict[str, tuple[str, ...]] = {}
        for place, key, value in clauses:
            if key in places:
                self.complain(place, f"{key} is already set at {places[key]}; set it once")
                continue
            places[key] = place
            where[key] = (value,) if isinstance(value, str) else tuple(value)
        state = " or ".join(where.pop("state", ()))
        if state not in self.states:
            self.complain(places.get("state", at), f'"{state}" is not a known state; name one')
        else:
            self._check_codes(state, where, places)
        return state, where

    def _check_codes(
        self, state: str, where: dict[str, tuple[str, ...]], places: dict[str, str]
    ) -> None:
        named = self.states[state]["dimensions"]
        lists = {key: codes for key, codes in named.items() if codes in self.codes}
        for key, values in where.items():
            if key not in lists:
                known = ", ".join(lists) or "none"
                self.complain(places[key], f"{key} is not a dimension of {state} (it has: {known})")
                continue
            for code in values:
                if code not in self.codes[lists[key]]:
                    self.complain(places[key], f"{code} is not a code of the list {lists[key]}")

    def _check_measure(
        self, at: str, measure: str, state: str, where: Mapping[str, Any], unit: Unit
    ) -> None:
        counted = self.states[state]
        if unit.measures != counted["unit"]:
            self.complain(at, f"{state} is in {counted['unit']}; the unit {unit.code} is not")
        if counted["nature"] == "act" and measure != "flow":
            self.complain(at, f"{state} is an act: it has a flow, and no {measure}")
        # A balance stood before the period: a flow that did not say its entries would count it.
        unnamed = "entry" in counted["dimensions"] and "entry" not in where
        if measure in ("flow", "kept") and unnamed:
            self.complain(at, f"a {measure} of {state} must name its entry codes")


def _clauses(part: Json, place: str) -> list[Clause]:
    return [(f"{place}/where/{key}", key, value) for key, value in part.get("where", {}).items()]
