"""Reading a figure as it stands printed: full-width digits, signs, units, blanks."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

from ledger.words.figures import Figure
from ledger.words.problems import Problem, Refusal

_NUMBER = re.compile(r"([+-]?\d+(?:\.\d+)?)(.*)")

BLANKS = frozenset({"", "/", "-", "—", "——", "无"})
"""What offices print where nothing was counted; kept apart from 0."""


def read_printed(text: str | int | float | None, figure: Figure) -> Decimal | None:
    """A printed number in the unit of its figure, None for a blank; raises Refusal, never guesses."""
    plain = unicodedata.normalize("NFKC", "" if text is None else str(text))
    plain = re.sub(r"[\s,，]", "", plain).replace("−", "-")
    if plain in BLANKS:
        return None
    found = _NUMBER.fullmatch(plain)
    unit = found.group(2) if found else ""
    if found is None or not (unit in ("", figure.unit.label["zh-CN"]) or _is_money(unit, figure)):
        params = {"value": str(text), "address": figure.address}
        raise Refusal(Problem("unreadable-figure", params=params))
    value = Decimal(found.group(1))
    if _is_money(unit, figure):
        value = value * _FEN[unit] / figure.scale
    return value


def _is_money(unit: str, figure: Figure) -> bool:
    return figure.unit.measures == "fen" and unit in _FEN


_FEN = {"元": 100, "万元": 1_000_000, "亿元": 10_000_000_000}
