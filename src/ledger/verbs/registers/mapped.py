"""How a sheet is read by the mapping of an office's own register."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from ledger.rooms.definitions.columns import Column, columns_of
from ledger.rooms.definitions.mappings import MappedSheet, Source, Told
from ledger.rooms.definitions.schemas import Definitions
from ledger.rooms.sheets.cells import Row
from ledger.verbs.registers.amounts import units_in
from ledger.verbs.registers.fields import Field, Place
from ledger.verbs.registers.plans import Plan, Telling, at_heading, is_remarks, texts, unit_lines
from ledger.words.problems import Problem
from ledger.words.spelling import plain

_NAMED = re.compile(r"\{([^{}]+)\}")


def plan_of_mapping(
    definitions: Definitions,
    sheet: str,
    head: Sequence[Row],
    mapped: MappedSheet,
    organ: str | None,
) -> Plan | list[Problem]:
    """How a sheet is read, or which headings and fields do not fit it."""
    wanted = list(dict.fromkeys(_headings(mapped)))
    row = _heading_row(head, wanted, mapped.headings)
    if row is None:
        params = {"wanted": "、".join(wanted), "wanted_en": ", ".join(wanted)}
        return [Problem("no-headings", sheet=sheet, params=params)]
    headings = texts(row)
    problems = list(_unfit(sheet, row, headings, wanted))
    maker = _Maker(definitions, sheet, row.number, headings, unit_lines(head, row.number), organ)
    tellings = tuple(maker.telling(event) for event in mapped.events)
    problems += maker.problems
    if problems:
        return problems
    left_out = {plain(heading) for heading in mapped.ignore}
    return Plan(
        sheet,
        headings,
        row.number,
        tellings,
        frozenset(
            at
            for at, heading in headings.items()
            if plain(heading) in left_out or is_remarks(heading)
        ),
        frozenset(plain(words) for words in mapped.skip),
    )


class _Maker:
    """Makes the fields of each event; what does not fit goes to `problems`."""

    def __init__(
        self,
        definitions: Definitions,
        sheet: str,
        row: int,
        headings: Mapping[int, str],
        over: frozenset[str],
        organ: str | None,
    ) -> None:
        self.problems: list[Problem] = []
        self._definitions = definitions
        self._sheet, self._row = sheet, row
        self._headings = headings
        self._at = {plain(heading): at for at, heading in headings.items()}
        self._over = over
        self._organ = organ

    def telling(self, event: Told) -> Telling:
        """One type of event as the mapping tells it."""
        version = event.version or self._definitions.newest[event.type]
        columns = _of_state(columns_of(self._definitions, event.type, version), event)
        known = {_name(column): column for column in columns}
        for name in event.fields:
            if name not in known:
                params = {"field": name, "known": ", ".join(known)}
                self._complain("mapped-unknown", {"type": event.type, **params})
        fields = [
            self._field(column, event.fields[_name(column)], event.type)
            for column in columns
            if _name(column) in event.fields
        ]
        fields += self._fixed_organ(columns, fields, event.type)
        there = {field.column.pointer for field in fields}
        for column in columns:
            if column.required and column.pointer not in there:
                params = {"label": column.label.zh, "label_en": column.label.en}
                self._complain("mapped-missing", {"type": event.type, **params})
        return Telling(event.type, version, tuple(fields))

    def _field(self, column: Column, source: Source, type_: str) -> Field:
        at = self._at.get(plain(source.column), 0)
        heading = self._headings.get(at, "")
        units = frozenset[str]()
        if column.kind in ("money", "quantity"):
            named = units_in([heading])
            if named and source.unit and named != {source.unit}:
                params = {"unit": source.unit}
                self.problems.append(
                    at_heading("unit-otherwise", self._sheet, self._row, at, heading, **params)
                )
            units = named or (frozenset([source.unit]) if source.unit else self._over)
        place = Place(
            column=at,
            heading=heading,
            pattern=source.pattern,
            parts={name: self._at.get(plain(name), 0) for name in _NAMED.findall(source.pattern)},
            replace=source.replace,
            codes={words: code for words, code in source.codes.items() if code},
            units=units,
            fixed=self._fixed(column, source, type_),
        )
        return Field(column, place, self._definitions, type_.partition(".")[0])

    def _fixed(self, column: Column, source: Source, type_: str) -> object:
        if column.pointer == "/organ" and source.value is None:
            return self._organ
        kind = type_.partition(".")[0]
        if column.kind == "subject" and isinstance(source.value, str) and ":" not in source.value:
            return f"{kind}:{source.value}"
        if column.kind == "codes" and isinstance(source.value, str):
            return source.value.split(",")
        return source.value

    def _fixed_organ(
        self, columns: Iterable[Column], fields: Iterable[Field], type_: str
    ) -> Iterator[Field]:
        if self._organ is not None and all(field.column.pointer != "/organ" for field in fields):
            column = next(column for column in columns if column.pointer == "/organ")
            place = Place(fixed=self._organ)
            yield Field(column, place, self._definitions, type_.partition(".")[0])

    def _complain(self, code: str, params: dict[str, str]) -> None:
        self.problems.append(Problem(code, sheet=self._sheet, params=params))


def _of_state(columns: Iterable[Column], event: Told) -> list[Column]:
    """The columns without those of dimensions that the state which all rows state does not have."""
    state = event.fields["data.state"].value if "data.state" in event.fields else None
    return [column for column in columns if not column.states or state in column.states]


def _name(column: Column) -> str:
    """What the mapping calls a field: data.applicant."""
    return column.pointer.strip("/").replace("/", ".")


def _headings(mapped: MappedSheet) -> Iterator[str]:
    """The headings that the mapping looks for."""
    for event in mapped.events:
        for source in event.fields.values():
            if source.column:
                yield source.column
            yield from _NAMED.findall(source.pattern)


def _heading_row(head: Sequence[Row], wanted: Iterable[str], number: int | None) -> Row | None:
    names = {plain(heading) for heading in wanted}
    for row in head:
        if number is not None and row.number != number:
            continue
        if number is not None or names <= {plain(text) for text in texts(row).values()}:
            return row
    return None


def _unfit(
    sheet: str, row: Row, headings: Mapping[int, str], wanted: Iterable[str]
) -> Iterator[Problem]:
    """Headings that are not there, or that stand there twice."""
    for heading in wanted:
        found = [at for at, text in headings.items() if plain(text) == plain(heading)]
        if not found:
            params = {"label": heading, "label_en": heading}
            yield Problem("heading-missing", line=row.number, sheet=sheet, params=params)
        elif len(found) > 1:
            yield at_heading("heading-twice", sheet, row.number, found[1], heading)
