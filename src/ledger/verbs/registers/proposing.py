"""Drafts a mapping of an office's own register: the likeliest field of each heading, all to be confirmed."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice

import msgspec

from ledger.rooms import subjects
from ledger.rooms.definitions.columns import Column, columns_of
from ledger.rooms.definitions.mappings import MappedSheet, RegisterMapping, Source, Told
from ledger.rooms.definitions.schemas import Definitions, EventType
from ledger.rooms.sheets import Book
from ledger.rooms.sheets.cells import Cell, Row
from ledger.verbs.registers.plans import HEAD, is_remarks, texts
from ledger.verbs.registers.texts import Codes
from ledger.words.problems import Problem, Refusal
from ledger.words.spelling import plain, trimmed, without_asides

_LIKE_ENOUGH = 0.6
_ALMOST_THE_SAME = 0.8
"""For codes: 不予公开 and 予以公开 are alike enough, and say the contrary."""
_LONGEST_HEADING = 40
_MOST_WORDS = 60
"""Different words of a column for which codes are proposed; a column with more holds no codes."""
_SIGNS = (
    dict.fromkeys("〔［[（(【第", "") | dict.fromkeys("〕］]）)】", "-") | dict.fromkeys("号 ", "")
)
_SHARED = ("/subject", "/organ")
"""Fields that all events of a row read from the same column."""


class Match(msgspec.Struct, frozen=True, order=True):
    """How like a heading is to a field."""

    likeness: float
    heading: str
    type: str
    pointer: str


def proposed(
    definitions: Definitions, book: Book, types: Sequence[str], title: str
) -> RegisterMapping:
    """A mapping of every visible sheet that has headings; raises Refusal where there are none."""
    types = [name for name in subjects.in_life_order() if name in types]
    sheets = []
    for sheet in book.sheets:
        rows = book.rows(sheet, lambda _: None)
        head = list(islice(rows, HEAD))
        row = _heading_row(head)
        if sheet.visible and row is not None:
            below = (other for other in chain(head, rows) if other.number > row.number)
            drafted = _Sheet(definitions, types, texts(row)).drafted(below, title)
            if drafted is not None:
                sheets.append(msgspec.structs.replace(drafted, sheet=sheet.name))
    if not sheets:
        raise Refusal(Problem("nothing-to-map"))
    return RegisterMapping(sheets)


class _Sheet:
    """One sheet by its headings, and the types that it may tell."""

    def __init__(
        self, definitions: Definitions, types: Iterable[str], headings: Mapping[int, str]
    ) -> None:
        self._definitions = definitions
        self._headings = {
            at: heading for at, heading in headings.items() if heading and not is_remarks(heading)
        }
        self._types = {name: definitions.types[name, definitions.newest[name]] for name in types}
        self._columns = {
            name: {
                c.pointer: c for c in columns_of(definitions, name, type_.version) if not c.states
            }
            for name, type_ in self._types.items()
        }

    def drafted(self, rows: Iterable[Row], title: str) -> MappedSheet | None:
        """What the sheet seems to tell; None where no heading is like any field."""
        matches = self._matches()
        told = {match.type for match in matches if match.pointer == "/occurred_on"}
        matches = [match for match in matches if match.type in told]
        if not matches:
            return None
        words = _words(rows, self._headings)
        events = [
            Told(name, self._fields(name, matches, words, title))
            for name in self._types
            if name in told
        ]
        placed = {match.heading for match in matches}
        unplaced = [heading for heading in self._headings.values() if heading not in placed]
        return MappedSheet(sheet="", events=events, unplaced=unplaced, skip=_sums(words))

    def _matches(self) -> list[Match]:
        """The best pairs of heading and field; a heading tells one field, unless events share it."""
        found: list[Match] = []
        for match in sorted(self._likely(), reverse=True):
            taken = any(
                other.heading == match.heading and not _may_share(other, match) for other in found
            )
            told = any(
                (other.type, other.pointer) == (match.type, match.pointer) for other in found
            )
            if not taken and not told:
                found.append(match)
        return found

    def _likely(self) -> Iterator[Match]:
        for heading in dict.fromkeys(self._headings.values()):
            for name, columns in self._columns.items():
                for column in columns.values():
                    likeness = _likeness(without_asides(heading), _calls(column, self._types[name]))
                    if likeness >= _LIKE_ENOUGH:
                        yield Match(likeness, heading, name, column.pointer)

    def _fields(
        self, name: str, matches: Iterable[Match], words: Mapping[str, Sequence[str]], title: str
    ) -> dict[str, Source]:
        headings = {match.pointer: match.heading for match in matches if match.type == name}
        fields: dict[str, Source] = {}
        for pointer, column in self._columns[name].items():
            field = pointer.strip("/").replace("/", ".")
            if pointer in headings:
                heading = headings[pointer]
                fields[field] = Source(
                    column=heading,
                    codes=self._codes(column, words[heading]),
                    replace=_signs(words[heading]) if column.kind == "subject" else (),
                    confirmed=False,
                )
            elif pointer == "/source/title" and self._types[name].schema.get("sourceRequired"):
                fields[field] = Source(value=title, confirmed=False)
        return fields

    def _codes(self, column: Column, words: Sequence[str]) -> dict[str, str | None]:
        """A code, or nothing yet, for each word that is not the name of one."""
        if not column.codes or len(words) > _MOST_WORDS:
            return {}
        known = Codes(column)
        several = column.kind == "codes"
        unknown = [
            word
            for word in words
            if isinstance(
                known.several_in(Cell(word)) if several else known.one_in(Cell(word)), Problem
            )
        ]
        return {word: None if several else _code_like(column, word) for word in unknown}


def _may_share(one: Match, other: Match) -> bool:
    return one.pointer == other.pointer and one.pointer in _SHARED and one.type != other.type


def _calls(column: Column, type_: EventType) -> list[str]:
    """What people call a field; the date of an event by what happened on it."""
    names = [column.label.zh, column.label.en, *column.also]
    if column.pointer == "/occurred_on":
        names += [
            f"{name}日期" for name in (type_.schema["title"], *type_.schema.get("alsoCalled", ()))
        ]
        names += [f"{name}时间" for name in type_.schema.get("alsoCalled", ())]
        names.append(f"{type_.label('en')} date")
    return names


def _likeness(words: str, names: Iterable[str]) -> float:
    """How like plain words are to the likest of some names, from 0 to 1."""
    matcher = difflib.SequenceMatcher(b=words, autojunk=False)
    best = 0.0
    for name in names:
        matcher.set_seq1(without_asides(name))
        best = max(best, matcher.ratio())
    return round(best, 3)


def _code_like(column: Column, word: str) -> str | None:
    """The code whose names are most like a word; None where none is."""
    likeness = {
        code: _likeness(plain(word), [label.zh, label.en, *column.also_codes.get(code, ())])
        for code, label in column.codes.items()
    }
    best = max(likeness, key=lambda code: likeness[code])
    return best if likeness[best] >= _ALMOST_THE_SAME else None


def _heading_row(head: Sequence[Row]) -> Row | None:
    """The first row of several short texts, all different."""
    for row in head:
        own = [cell for cell in row.cells.values() if cell.merged != "across"]
        words = [trimmed(cell.value) for cell in own if isinstance(cell.value, str)]
        short = all(len(word) <= _LONGEST_HEADING for word in words)
        if len(words) >= 3 and len(words) == len(own) == len(set(words)) and short:
            return row
    return None


def _words(rows: Iterable[Row], headings: Mapping[int, str]) -> dict[str, list[str]]:
    """The different words of each column, as far as they are few."""
    found: dict[str, dict[str, None]] = {heading: {} for heading in headings.values()}
    for row in rows:
        for at, cell in row.cells.items():
            if at in headings and isinstance(cell.value, str):
                words = found[headings[at]]
                if len(words) <= _MOST_WORDS:
                    words[trimmed(cell.value)] = None
    return {heading: list(words) for heading, words in found.items()}


def _sums(words: Mapping[str, Iterable[str]]) -> list[str]:
    """The words for sums that stand in a column."""
    there = {plain(word) for listed in words.values() for word in listed}
    return [word for word in ("合计", "小计", "总计") if word in there]


def _signs(words: Iterable[str]) -> list[tuple[str, str]]:
    """What must be replaced for the numbers of papers to be numbers of the ledger: 〔2020〕5号."""
    there = set("".join(words))
    return [(sign, new) for sign, new in _SIGNS.items() if sign in there]
