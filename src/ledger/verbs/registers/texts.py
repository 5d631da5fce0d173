"""Words as a clerk writes them: names of codes in either language, yes and no, numbers of papers."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from ledger.rooms.definitions.columns import Column
from ledger.rooms.sheets.cells import Cell
from ledger.rooms.sheets.formats import GENERAL
from ledger.words.problems import Problem
from ledger.words.spelling import halfwidth, plain, trimmed

_YES = {"是", "yes", "y", "true", "√", "✓"}
_NO = {"否", "no", "n", "false", "×", "✗"}
_BETWEEN = re.compile("[、,;/\n]+")
_SHOWN_AT_MOST = 12


def text_in(cell: Cell) -> str | Problem:
    """The text of a cell as it stands, without the blanks around it."""
    value = cell.value
    if isinstance(value, str):
        text = trimmed(value)
        # A formula that is kept as text shows itself and not what it was to work out.
        return Problem("formula-as-text", params={"value": text[:60]}) if text[:1] == "=" else text
    if isinstance(value, Decimal) and cell.format.lower() in GENERAL:
        if value == value.to_integral_value() and abs(value) < 10**15:
            return str(int(value))
        return Problem("number-for-a-text", params={"value": str(value)})
    shown = value.date().isoformat() if isinstance(value, datetime) else str(value)
    return Problem("turned-by-the-program", params={"value": shown})


def identifier_in(cell: Cell) -> str | Problem:
    """A number or code in ordinary letters and digits."""
    told = text_in(cell)
    return told if isinstance(told, Problem) else halfwidth(told)


def boolean_in(cell: Cell) -> bool | Problem:
    """Yes or no."""
    if isinstance(cell.value, bool):
        return cell.value
    told = plain(str(cell.value))
    if told in _YES | _NO:
        return told in _YES
    return Problem("yes-or-no", params={"value": str(cell.value)[:60]})


class Codes:
    """The codes of a column by what people write for them: the code, its names, an office's own words."""

    def __init__(self, column: Column, own: Mapping[str, str] | None = None) -> None:
        self._column = column
        self._known: dict[str, str] = {}
        for code, label in column.codes.items():
            self._known |= {plain(label.zh): code, plain(label.en): code}
        self._known |= {code: code for code in column.codes}
        self._known |= {plain(words): code for words, code in (own or {}).items()}
        self._unparted = {_BETWEEN.sub("", words): code for words, code in self._known.items()}

    def one_in(self, cell: Cell) -> str | Problem:
        """The code that a cell names."""
        told = self._told(cell)
        code = self._known.get(told) if told is not None else None
        return code if code is not None else self._unknown(cell)

    def several_in(self, cell: Cell) -> list[str] | Problem:
        """The codes that a cell names one after the other; names may hold the signs that part them."""
        told = self._told(cell, parted=True)
        found: list[str] = []
        rest = _BETWEEN.split(told) if told is not None else []
        rest = [part for part in rest if part]
        while rest:
            lengths = range(len(rest), 0, -1)
            taken = next((n for n in lengths if "".join(rest[:n]) in self._unparted), 0)
            if not taken:
                return self._unknown(cell, rest[0])
            found.append(self._unparted["".join(rest[:taken])])
            rest = rest[taken:]
        return list(dict.fromkeys(found)) if found else self._unknown(cell)

    def _told(self, cell: Cell, *, parted: bool = False) -> str | None:
        value = cell.value
        if isinstance(value, bool | datetime):
            return None
        if not parted:
            return plain(str(value))
        return "\n".join(plain(part) for part in str(value).splitlines())

    def _unknown(self, cell: Cell, part: str = "") -> Problem:
        value = (part or trimmed(str(cell.value)))[:60]
        names = {language: self._near(value, language) for language in ("zh-CN", "en")}
        params = {"value": value, "known": names["zh-CN"], "known_en": names["en"]}
        return Problem("not-in-the-list", params=params)

    def _near(self, value: str, language: str) -> str:
        """The names of the list, those most like the value where there are many."""
        labels = [label[language] for label in self._column.codes.values()]
        if len(labels) > _SHOWN_AT_MOST:
            near = difflib.get_close_matches(value, labels, 5, 0.2)
            labels = [*(near or labels[:5]), "…"]
        return ("；" if language == "zh-CN" else "; ").join(labels)
