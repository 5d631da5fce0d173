"""Rows and cells as they stand in a file, before anyone asks what they mean."""

from __future__ import annotations

import re
from datetime import datetime
from decimal import Decimal
from typing import Literal

import msgspec

Value = str | Decimal | bool | datetime

Fault = Literal["", "error", "formula", "serial"]
"""Why a cell has no value: an error value, a formula that was never calculated, no such day."""


class Cell(msgspec.Struct, frozen=True, gc=False):
    """One cell that is not empty."""

    value: Value
    """Text as typed, a number in the 15 digits that a spreadsheet keeps, a moment, yes or no."""
    format: str = ""
    """The number format by which it is shown; empty for the general one."""
    fault: Fault = ""
    merged: Literal["", "down", "across"] = ""
    """Whether it stands merged over several rows, or over several columns."""
    repeated: bool = False
    """Whether it repeats here what stands in the first cell of its merged range."""


class Row(msgspec.Struct, frozen=True):
    """One row of a sheet: its number, from 1, and its cells by the number of their column, from 1."""

    number: int
    cells: dict[int, Cell]
    hidden: bool = False

    def is_blank(self) -> bool:
        """Whether nothing stands in it by itself."""
        return all(cell.repeated for cell in self.cells.values())


def letters(column: int) -> str:
    """The name of a column: 1 is A, 28 is AB."""
    name = ""
    while column:
        column, digit = divmod(column - 1, 26)
        name = chr(65 + digit) + name
    return name


def number_of(name: str) -> int:
    """The number of a column: A is 1; raises ValueError."""
    if not _LETTERS.fullmatch(name):
        raise ValueError(f"no column {name[:20]}")
    number = 0
    for letter in name:
        number = number * 26 + ord(letter) - 64
    return number


_LETTERS = re.compile("[A-Z]{1,3}")
