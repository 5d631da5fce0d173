"""CSV: the encodings that Chinese offices save it in, and its rows."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Callable, Iterator
from typing import BinaryIO

from ledger.rooms.sheets import limits
from ledger.rooms.sheets.cells import Cell, Row
from ledger.words.problems import Problem, Refusal

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CHUNK = 1024**2
_DELIMITERS = (",", "\t", ";")
# A character of three bytes: Chinese in UTF-8, and rare by chance in GB18030.
_THREE = re.compile(rb"[\xe3-\xe9][\x80-\xbf]{2}")


def encoding_of(file: BinaryIO) -> str:
    """The encoding of a text file; raises Refusal where it has none, or more than one."""
    start = file.read(4)
    file.seek(0)
    for mark, encoding in _MARKS:
        if start.startswith(mark):
            _decodes(file, encoding, refuse=True)
            return encoding
    if _decodes(file, "utf-8"):
        return "utf-8"
    if _mostly_utf8(file):
        raise Refusal(Problem("broken-text", params={"encoding": "UTF-8"}))
    _decodes(file, "gb18030", refuse=True)
    return "gb18030"


def rows_of(file: BinaryIO, encoding: str, progress: Callable[[int], None]) -> Iterator[Row]:
    """The rows that hold something; raises Refusal where quotes do not match."""
    file.seek(0)
    text = io.TextIOWrapper(file, encoding=encoding, newline="")
    reader = csv.reader(_lines(text, file, progress), delimiter=_delimiter(text), strict=True)
    try:
        for number, fields in enumerate(reader, 1):
            if len(fields) > limits.LAST_COLUMN:
                raise csv.Error(f"a row of more than {limits.LAST_COLUMN} columns")
            cells = {column: Cell(field) for column, field in enumerate(fields, 1) if field.strip()}
            if any(len(field) > limits.CELL_CHARACTERS for field in fields):
                raise csv.Error(f"a field of more than {limits.CELL_CHARACTERS} characters")
            if cells:
                yield Row(number, cells)
    except csv.Error as error:
        params = {"line": reader.line_num, "detail": str(error)}
        raise Refusal(Problem("broken-csv", params=params)) from None
    finally:
        text.detach()


def _lines(
    text: io.TextIOWrapper, file: BinaryIO, progress: Callable[[int], None]
) -> Iterator[str]:
    told = number = 0
    while line := text.readline(_CHUNK):
        number += 1
        if len(line) == _CHUNK:
            params = {"line": number, "detail": f"a line of more than {_CHUNK} characters"}
            raise Refusal(Problem("broken-csv", params=params))
        if number > limits.LAST_ROW:
            raise Refusal(Problem("too-many-lines", params={"limit": limits.LAST_ROW}))
        yield line
        # The file is read ahead in blocks; the bar goes on as they are fetched.
        progress(file.tell() - told)
        told = file.tell()


def _delimiter(text: io.TextIOWrapper) -> str:
    start = text.read(64 * 1024)
    text.seek(0)
    return max(_DELIMITERS, key=start.count)


def _decodes(file: BinaryIO, encoding: str, *, refuse: bool = False) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        while chunk := file.read(_CHUNK):
            if "\0" in decoder.decode(chunk):
                raise Refusal(Problem("not-a-table"))
        decoder.decode(b"", True)
    except UnicodeDecodeError:
        if refuse:
            raise Refusal(Problem("broken-text", params={"encoding": encoding})) from None
        return False
    finally:
        file.seek(0)
    return True


def _mostly_utf8(file: BinaryIO) -> bool:
    """Whether a text that is not UTF-8 was meant to be: a byte was lost, or two files were joined."""
    start = file.read(_CHUNK)
    file.seek(0)
    chinese = sum(byte > 0x7F for byte in start)
    return 2 * 3 * len(_THREE.findall(start)) > chinese
