"""Tables whose grid was lost: labels and values that follow each other in lines of text.

Only the order of the values tells their columns, so a row is placed where one reading alone is left.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby, product

import msgspec
from msgspec import Struct

from ledger.rooms.files import Paragraph
from ledger.verbs.printed import looks_bare, names_money
from ledger.verbs.published.labels import EXACT, NEAR, PART, FormTable, letters, wording
from ledger.verbs.published.placing import Placement, Value, whole_row
from ledger.verbs.published.strands import BLANK, FILLED, SENTENCE, Lexicon, Segment, Strand
from ledger.words.figures import Row
from ledger.words.published import Place

_HAN = re.compile("[一-鿿]")
_LEAST_VALUES = 3
"""Values behind words that show them to be the label of a row."""
_MOST_BROKEN = 3
"""Headers of a table that are tried as broken into two."""
_PIECE = re.compile(r"[。；;]")


class _Piece(Struct, frozen=True):
    """A part of a paragraph that stands between upright strokes, or a whole line."""

    text: str
    paragraph: int
    place: Place


class _Row(Struct, frozen=True):
    table: FormTable
    row: Row
    rank: int
    words: str
    values: tuple[str, ...]
    reading: tuple[str, ...] | None
    headed: bool
    """Whether the headers of its table stand before it."""
    heading: str | None
    """The headers with the row's label as printed, where they name a unit."""


class FlatReader:
    """Reads runs of paragraphs; a table that a grid has given already is not read again."""

    def __init__(self, placement: Placement, skip: frozenset[str]) -> None:
        self._placement = placement
        self._lexicon = Lexicon(placement.form)
        self._tables = [table for table in placement.form.tables if table.table.id not in skip]
        sections = placement.form.edition.sections
        self._sections = {letters(section.label.zh) for section in sections}

    def read(self, paragraphs: Sequence[Paragraph]) -> Iterator[Paragraph]:
        """Places what stands in lines of labels and values; the other text comes back."""
        pieces = list(_pieces(paragraphs))
        left: dict[int, list[str]] = {}
        are_text = list(map(self._is_text, pieces))
        for at in range(1, len(pieces)):
            if not are_text[at - 1] and _has_values_behind(pieces, at):
                are_text[at] = False
        for is_text, run in groupby(zip(are_text, pieces, strict=True), key=lambda pair: pair[0]):
            pieces_of_run = [piece for _, piece in run]
            consumed = () if is_text else self._run(pieces_of_run)
            for piece in pieces_of_run:
                if piece not in consumed and piece.text not in (BLANK, FILLED):
                    left.setdefault(piece.paragraph, []).append(piece.text)
        for at, told in enumerate(paragraphs):
            if at in left:
                whole = len(left[at]) == sum(
                    piece.paragraph == at and piece.text not in (BLANK, FILLED) for piece in pieces
                )
                yield told if whole else Paragraph("\n".join(left[at]), told.place)

    def _is_text(self, piece: _Piece) -> bool:
        if wording(piece.text).full in self._sections:
            return True
        return self._lexicon.kind(piece.text) == "prose"

    def _run(self, pieces: Sequence[_Piece]) -> frozenset[_Piece]:
        """Places the rows of a run; the pieces that made up its table."""
        strands = self._lexicon.strands([piece.text for piece in pieces])
        known = [segment.text for each in strands for segment in each.segments if segment.known]
        if len(known) > 2:
            self._placement.see(known)
        place = pieces[0].place
        rows = self._rows(strands, place)
        sure = any(row.rank >= NEAR for row in rows)
        rows = [row for row in rows if row.headed or (sure and row.rank >= PART)]
        for row in rows:
            if row.reading is None:
                self._placement.leave_row(row.table, row.row, row.values, place)
                continue
            values = [
                Value(column, row.rank, text, place, heading=row.heading)
                for (column, _), text in zip(row.table.columns, row.reading, strict=True)
            ]
            self._placement.put(row.table, row.row, row.rank, row.words, values)
        if not rows:
            return frozenset()
        return frozenset(
            piece for piece in pieces if self._lexicon.kind(piece.text) == "table" or len(rows) > 2
        )

    def _rows(self, strands: Sequence[Strand], place: Place) -> list[_Row]:
        rows: list[_Row] = []
        headers: list[str] = []
        printed: list[str] = []
        others = ""  # words among the headers that are none of the form's
        worn = False  # whether values stood under the headers, so that the next ones are new
        strange = False  # whether words that the form does not have may be headers
        for strand in strands:
            texts = [segment.text for segment in strand.segments]
            columns = [text for text in texts if self._is_column(text)]
            if worn and (len(columns) > 1 or (columns and len(texts) > 1)):
                headers, printed, others, worn, strange = [], [], "", False, False
            headers += [] if worn else columns
            others += "".join(each.text for each in strand.segments[:-1] if not each.known)
            printed += [] if worn else [strand.words]
            strange = strange or any(map(_may_be_header, strand.segments[:-1]))
            heading = " ".join(printed if not worn else [*printed, strand.words])
            headed = [table for table in self._tables if _has_headers(table, headers, others)]
            row = self._row(strand, headed, strange, heading if names_money(heading) else None)
            if row is not None:
                rows.append(row)
            elif rows and _is_bare(strand):
                filled = list(filter(None, strand.values))
                if len(filled) == len(rows[-1].table.columns) > 1:
                    text = f"{strand.words} {' '.join(filled)}"
                    self._placement.leave("row-not-known", text, place)
            worn = worn or row is not None
        return rows

    def _row(
        self, strand: Strand, under: Sequence[FormTable], strange: bool, heading: str | None
    ) -> _Row | None:
        if not strand.segments or not strand.values:
            return None
        words = strand.segments[-1].text
        found = []
        for table in self._tables:
            headed = table in under
            named = self._named(table, strand.segments, headed)
            if named is None:
                continue
            row, rank = named
            values = tuple(strand.values)
            reading = _reading(strand, table)
            told = _Row(table, row, rank, words, values, reading, headed, heading)
            certain = not strange and _is_bare(strand) and not table.is_column_word(words)
            if (reading and (headed or certain)) or (headed and any(values)):
                found.append(told)
            elif reading and rank == EXACT and _is_bare(strand) and not table.is_column_word(words):
                found.append(msgspec.structs.replace(told, reading=None))
        found = [row for row in found if row.headed] or found
        best = max((row.rank for row in found), default=0)
        found = [row for row in found if row.rank == best]
        return found[0] if len(found) == 1 else None

    def _named(
        self, table: FormTable, segments: Sequence[Segment], headed: bool
    ) -> tuple[Row, int] | None:
        texts = [segment.text for segment in segments]
        if table.single_row:
            return (table.single_row, EXACT) if headed and table.leaf(texts[-1]) else None
        named = table.row(texts)
        return named if named and named[1] >= PART else None

    def _is_column(self, text: str) -> bool:
        least = NEAR if any(self._is_row(table, text) for table in self._tables) else PART
        return any(table.is_column_word(text, least) for table in self._tables)

    def _is_row(self, table: FormTable, text: str) -> bool:
        named = table.row([text])
        return named is not None and named[1] == EXACT


def _has_headers(table: FormTable, headers: Sequence[str], others: str) -> bool:
    """Whether all the headers of a table stand there, as often as it has them; or in its order, though
    the page cut some of them to their beginning (本年新, 本年新, 对外公开总数量), or broke some into two
    rows (商业, 科研 over 企业, 机构).
    """
    fronts = [letters(text) for text in headers if letters(text) not in table.over]
    labels = [each.full for _, (each, *_) in table.columns]
    if len(fronts) == len(labels) and all(map(str.startswith, labels, fronts)):
        return True
    wanted = Counter(labels[0].full for _, labels in table.columns)
    shown: Counter[str] = Counter()
    for text in headers:
        shown[table.leaf(text)] += 1
    del shown[""]
    broken = [label for label in labels if label not in shown]
    return shown == wanted or (
        shown + Counter(broken) == wanted and bool(broken) and _are_halves(others, broken)
    )


def _are_halves(text: str, labels: Sequence[str]) -> bool:
    """Whether a text is the beginnings of labels in their order and then their ends."""
    cuts = product(*(range(2, len(label) - 1) for label in labels[:_MOST_BROKEN]))
    halves = (
        [(label[:at], label[at:]) for label, at in zip(labels, cut, strict=True)] for cut in cuts
    )
    whole = ("".join(half for row in zip(*each, strict=True) for half in row) for each in halves)
    return len(labels) <= _MOST_BROKEN and text in whole


def _has_values_behind(pieces: Sequence[_Piece], at: int) -> bool:
    """Whether words stand like the label of a row that the form does not have."""
    behind = [piece.text for piece in pieces[at + 1 : at + 1 + _LEAST_VALUES]]
    label = not SENTENCE.search(pieces[at].text)
    return label and len(behind) == _LEAST_VALUES and all(map(looks_bare, behind))


def _may_be_header(segment: Segment) -> bool:
    """Whether words that the form does not have could be the header of a column of another form."""
    return not segment.known and len(_HAN.findall(segment.text)) > 2


def _is_bare(strand: Strand) -> bool:
    """Whether its values are those of cells: in sentences numbers carry what they count."""
    return any(strand.values) and all(map(looks_bare, filter(None, strand.values)))


def _reading(strand: Strand, table: FormTable) -> tuple[str, ...] | None:
    """The values of a row by its columns: between strokes each field is a column from the first on."""
    width = len(table.columns)
    straight = strand.ruled and table.single_row is None and len(strand.values) >= width
    if straight and not any(strand.values[width:]):
        return tuple(strand.values[:width])
    return whole_row(strand.values, width)


def _pieces(paragraphs: Sequence[Paragraph]) -> Iterator[_Piece]:
    is_open = False  # whether the field of the line before has not been closed by its stroke
    for at, told in enumerate(paragraphs):
        for line in told.text.replace("｜", "|").split("\n"):
            ruled = line.strip()
            if not (is_open and ruled == BLANK):
                for text in _fields(ruled) if "|" in ruled else (line,):
                    if text.strip():
                        yield _Piece(text, at, told.place)
            is_open = bool(ruled) and not ruled.endswith("|")


def _fields(line: str) -> Iterator[str]:
    """What stands between the strokes of a line; strokes without a gap only fill up merged cells."""
    words = line.strip("| ")
    for text in words.split("|") if words else ():
        yield from _PIECE.split(text) if text.strip() else (BLANK,)
    rest = line[line.index(words) + len(words) :].lstrip() if words else f"|{line}"
    for strokes in rest.removeprefix("|").split():
        yield BLANK if strokes == "|" else FILLED
