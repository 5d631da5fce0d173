"""A copy of a clerk's file with the bad cells marked: coloured, each with a comment, and listed."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, BinaryIO

import msgspec
from openpyxl import Workbook, load_workbook
from openpyxl.cell import MergedCell, WriteOnlyCell
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from ledger.drawing.phrases import say
from ledger.drawing.places import where
from ledger.drawing.workbooks import look
from ledger.rooms.sheets import Book, is_small_and_sound
from ledger.rooms.sheets.cells import Cell, letters, number_of
from ledger.verbs.registers.plans import NOTES
from ledger.words.problems import Problem
from ledger.words.spelling import trimmed

_AUTHOR = "ledger check"
"""By whom the comments are: those of an earlier check are taken away."""


class Marks(msgspec.Struct, frozen=True):
    """What is wrong, to be shown in a copy."""

    cells: Mapping[str, Mapping[str, str]]
    """The sentences by sheet and cell."""
    lines: Sequence[tuple[str, str]]
    """The place of each problem in words, with its sentence."""

    def count(self) -> int:
        """How many cells are marked."""
        return sum(len(cells) for cells in self.cells.values())


def marks_of(problems: Iterable[Problem], language: str, labels: dict[str, str]) -> Marks:
    """The marks of problems; those of rows and whole sheets are shown in column A."""
    marks: dict[str, dict[str, str]] = {}
    lines: list[tuple[str, str]] = []
    for problem in problems:
        sentence = problem.sentence(language, labels)
        lines.append((where(problem, language), sentence))
        if problem.sheet:
            cells = marks.setdefault(problem.sheet, {})
            at = problem.cell or f"A{problem.line or 1}"
            cells[at] = f"{cells[at]}\n{sentence}" if at in cells else sentence
    return Marks(marks, lines)


def marked_copy(file: BinaryIO, marks: Marks, language: str) -> Workbook | None:
    """The workbook itself with its marks; None where it is too large or peculiar to be copied so."""
    if not is_small_and_sound(file):
        return None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            book = load_workbook(file, keep_links=False)
        except Exception:
            # openpyxl raises whatever it stumbles over in the files of other programs.
            return None
    _take_away_old_marks(book, language)
    for name, cells in marks.cells.items():
        if name in book.sheetnames:
            for at, sentence in cells.items():
                _mark(_shown_at(book[name], at), sentence)
    _list(book, marks, language)
    return book


def marked_values(book: Book, marks: Marks, language: str) -> Workbook:
    """A new workbook with the values of a file and its marks, written row by row."""
    copy = Workbook(write_only=True)
    for sheet in book.sheets:
        if sheet.visible:
            target = copy.create_sheet(_title(sheet.name))
            for values in _rows(book, sheet, target, marks.cells.get(sheet.name, {})):
                target.append(values)
    _list(copy, marks, language)
    return copy


def _rows(book: Book, sheet: Any, target: Any, cells: Mapping[str, str]) -> Iterator[list[Any]]:
    marked: dict[int, set[int]] = {}
    for at in cells:
        name = at.rstrip("0123456789")
        marked.setdefault(int(at[len(name) :]), set()).add(number_of(name))
    next_row = 1
    for row in book.rows(sheet, lambda _: None):
        for _ in range(next_row, row.number):
            yield []
        next_row = row.number + 1
        columns = row.cells.keys() | marked.get(row.number, set())
        yield [
            _copied(target, row.cells.get(column), cells.get(f"{letters(column)}{row.number}"))
            for column in range(1, max(columns) + 1)
        ]


def _copied(target: Any, cell: Cell | None, sentence: str | None) -> Any:
    value = None if cell is None or cell.repeated else cell.value
    copy = WriteOnlyCell(target, float(value) if isinstance(value, Decimal) else value)
    if isinstance(value, str):
        copy.data_type = "s"
    if cell is not None and cell.format:
        copy.number_format = cell.format
    if sentence is not None:
        _mark(copy, sentence)
    return copy


def _mark(cell: Any, sentence: str) -> None:
    cell.fill = look.BAD
    cell.comment = Comment(sentence, _AUTHOR)
    cell.comment.width, cell.comment.height = 340, 140


def _shown_at(sheet: Worksheet, at: str) -> Any:
    """The cell of an address, or the first one of the merged range that hides it."""
    cell = sheet[at]
    if isinstance(cell, MergedCell):
        for span in sheet.merged_cells.ranges:
            if at in span:
                return sheet.cell(span.min_row, span.min_col)
    return cell


def _take_away_old_marks(book: Workbook, language: str) -> None:
    for sheet in list(book.worksheets):
        if sheet.cell(2, 1).value == NOTES and sheet.title == say(language, "problems-sheet"):
            book.remove(sheet)
            continue
        for row in sheet.iter_rows():
            for cell in row:
                if cell.comment is not None and cell.comment.author == _AUTHOR:
                    cell.comment = None
                    cell.fill = PatternFill()


def _list(book: Workbook, marks: Marks, language: str) -> None:
    """A sheet that lists what is wrong."""
    sheet = book.create_sheet(say(language, "problems-sheet"), 0)
    for letter, width in zip("AB", (46, 100), strict=True):
        sheet.column_dimensions[letter].width = width
    look.paper(sheet, language, headings=None)
    title = say(language, "problems-title", count=marks.count())
    sheet.append([_styled(sheet, title, look.TITLE, wrapped=False)])
    sheet.append([_styled(sheet, NOTES, look.SMALL)])
    for line in marks.lines:
        sheet.append([_styled(sheet, text, look.ENTRY) for text in line])
    book.active = 0


def _styled(sheet: Any, text: str, font: Any, *, wrapped: bool = True) -> Any:
    cell = WriteOnlyCell(sheet, text)
    cell.data_type = "s"
    cell.font = font
    if wrapped:
        cell.alignment = look.TOP
    return cell


def _title(name: str) -> str:
    """A name that a sheet may have."""
    kept = "".join("-" if sign in "[]:*?/\\'" else sign for sign in trimmed(name))
    return kept[:31] or "-"
