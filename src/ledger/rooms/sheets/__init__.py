"""Sheets: a clerk's workbook or CSV file becomes rows of cells, whatever program wrote it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import BinaryIO, Protocol

from ledger.rooms.packages import Package, unpacks_too_large
from ledger.rooms.sheets import delimited, limits
from ledger.rooms.sheets.cells import Cell, Row
from ledger.rooms.sheets.parts import Outline, Sheet, number_formats, outline, shared_strings
from ledger.rooms.sheets.soundness import is_small_and_sound
from ledger.rooms.sheets.worksheet import Content, merges_of, rows_of
from ledger.words.problems import Problem, Refusal

__all__ = [
    "Book",
    "Cell",
    "Progress",
    "Row",
    "Sheet",
    "is_small_and_sound",
    "is_workbook",
    "open_csv",
    "open_workbook",
]

Progress = Callable[[int], None]
"""Told how many more bytes are read."""


class Book(Protocol):
    """A file of sheets."""

    @property
    def sheets(self) -> tuple[Sheet, ...]:
        """Its sheets in their order."""

    @property
    def size(self) -> int:
        """Bytes that reading all sheets will tell to a progress bar."""

    @property
    def remarks(self) -> tuple[Problem, ...]:
        """What a reader should know of the file, though nothing is wrong with it."""

    def rows(self, sheet: Sheet, progress: Progress, /) -> Iterator[Row]:
        """The rows of a sheet that hold something; raises Refusal."""


def is_workbook(start: bytes) -> bool:
    """Whether a file that begins so is a workbook; raises Refusal for what offices keep beside it."""
    if start.startswith((b"\xd0\xcf\x11\xe0", b"\x09\x08")):
        raise Refusal(Problem("old-workbook"))
    return start.startswith(b"PK")


def open_workbook(file: BinaryIO) -> Book:
    """A workbook (.xlsx, .xlsm, or .et saved in that format); raises Refusal."""
    _check_size(file)
    return _Workbook(file)


def open_csv(file: BinaryIO, name: str) -> Book:
    """A CSV file as a book of one sheet; raises Refusal."""
    return _Csv(file, name, _check_size(file))


def _check_size(file: BinaryIO) -> int:
    size = file.seek(0, 2)
    file.seek(0)
    if size > limits.FILE_BYTES:
        limit = limits.FILE_BYTES // 1024**2
        raise Refusal(Problem("register-too-large", params={"limit": limit}))
    return size


class _Workbook:
    def __init__(self, file: BinaryIO) -> None:
        self._package = Package(file)
        if sum(map(self._package.size, self._package.parts())) > limits.UNPACKED_BYTES:
            raise unpacks_too_large(limits.UNPACKED_BYTES)
        self._outline: Outline = outline(self._package)
        self._content: Content | None = None

    @property
    def sheets(self) -> tuple[Sheet, ...]:
        return self._outline.sheets

    @property
    def size(self) -> int:
        return sum(self._package.size(sheet.part) for sheet in self.sheets)

    @property
    def remarks(self) -> tuple[Problem, ...]:
        found = []
        if self._package.has("xl/vbaProject.bin"):
            found.append(Problem("macros-not-run"))
        if self._package.has("xl/externalLinks/"):
            found.append(Problem("links-not-followed"))
        return tuple(found)

    def rows(self, sheet: Sheet, progress: Progress) -> Iterator[Row]:
        if self._content is None:
            self._content = Content(
                shared_strings(self._package, self._outline.strings),
                number_formats(self._package, self._outline.styles),
                self._outline.since_1904,
            )
        merges = merges_of(self._package.stream(sheet.part, limits.UNPACKED_BYTES))
        return rows_of(self._told(sheet, progress), self._content, merges)

    def _told(self, sheet: Sheet, progress: Progress) -> Iterator[bytes]:
        for chunk in self._package.stream(sheet.part, limits.UNPACKED_BYTES):
            progress(len(chunk))
            yield chunk


class _Csv:
    remarks: tuple[Problem, ...] = ()

    def __init__(self, file: BinaryIO, name: str, size: int) -> None:
        self._file = file
        self._encoding = delimited.encoding_of(file)
        self.sheets = (Sheet(name, ""),)
        self.size = size

    def rows(self, _: Sheet, progress: Progress, /) -> Iterator[Row]:
        return delimited.rows_of(self._file, self._encoding, progress)
