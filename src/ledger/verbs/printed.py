"""Reading a figure as it stands printed: full-width digits, signs, units, blanks."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

from ledger.words.figures import Figure
from ledger.words.problems import Problem, Refusal
from ledger.words.published import Kind, Place, Printed, UnitFrom

_NUMBER = re.compile(
    r"(?P<sign>[+-]?)\s*(?P<whole>\d{1,3}(?:,\d{3})+|\d{1,18})(?P<part>\.\d{1,6})?"
    r"\s*(?P<open>\()?(?P<unit>[^\d\W]{0,4})(?(open)\))"
)
_DASHES = "-—–―‒−﹣"
_COUNTERS = frozenset("件项个条宗份起次篇")
_ENGLISH = {
    "×10,000 yuan": "万元",
    "10,000 yuan": "万元",
    "yuan": "元",
    "pieces": "条",
    "cases": "件",
}
_IN_ENGLISH = re.compile(rf"(?<=\d)\s*({'|'.join(map(re.escape, _ENGLISH))})$")
_FEN = {"元": 100, "千元": 100_000, "万元": 1_000_000, "亿元": 10_000_000_000}
_MONEY = re.compile("亿元|万元|千元|元|×?10,000 yuan|yuan")
_NOTE = re.compile(r"(?<=\w)\s*(?:\[\w{1,3}\]|[①-⓿*※])+$")
"""The mark of a note behind a number: 12①, and 12[1] for a raised 1."""

NOTHING_PRINTED = frozenset(("blank", "slash", "dash"))
"""The kinds of a cell in which no number was counted; kept apart from zero."""


def as_printed(text: str, figure: Figure, place: Place, heading: str | None = None) -> Printed:
    """What a cell says of its figure. `heading`: the words over and beside it, None if not found."""
    plain = _plain(text)
    nothing = _nothing(plain)
    if nothing is not None:
        return Printed(text=text.strip(), kind=nothing, value=None, place=place)
    found = _NUMBER.fullmatch(plain.translate(dict.fromkeys(map(ord, _DASHES), "-")))
    unit = found.group("unit") if found else ""
    money = figure.unit.measures == "fen"
    fits = not unit or (unit in _FEN if money else unit in _COUNTERS)
    if found is None or not fits:
        return Printed(text=text.strip(), kind="other", value=None, place=place)
    number = Decimal(f"{found['sign']}{found['whole'].replace(',', '')}{found['part'] or ''}")
    unit_from: UnitFrom = "cell" if unit else "form"
    value: Decimal | None = number
    if money:
        unit, unit_from = _money_unit(unit, figure, heading)
        value = number * _FEN[unit] / figure.scale if unit else (None if number else number)
    return Printed(
        text=text.strip(),
        kind="number" if number else "zero",
        value=value,
        place=place,
        unit=unit,
        unit_from=unit_from,
    )


def looks_printed(text: str) -> bool:
    """Whether a text could stand in a cell: a number, with a unit perhaps, or a mark for none."""
    plain = _plain(text)
    if _nothing(plain) is not None:
        return True
    found = _NUMBER.fullmatch(plain.translate(dict.fromkeys(map(ord, _DASHES), "-")))
    return found is not None and (not found["unit"] or found["unit"] in {*_COUNTERS, *_FEN})


def names_money(words: str) -> bool:
    """Whether words name the unit of an amount: 采购总金额（万元）."""
    return bool(_MONEY.search(unicodedata.normalize("NFKC", words)))


def looks_bare(text: str) -> bool:
    """Whether a text could stand in a cell and is no count with its unit, as sentences have them."""
    plain = _plain(text)
    return looks_printed(text) and not (plain and plain[-1] in _COUNTERS)


def read_printed(text: str | int | float | None, figure: Figure) -> Decimal | None:
    """A printed number in the unit of its figure, None for a blank; raises Refusal, never guesses."""
    told = "" if text is None else str(text)
    printed = as_printed(told, figure, Place(), figure.unit.label["zh-CN"])
    if printed.kind in NOTHING_PRINTED or printed.text == "无":
        return None
    if printed.value is None:
        params = {"value": told, "address": figure.address}
        raise Refusal(Problem("unreadable-figure", params=params))
    return printed.value


def _plain(text: str) -> str:
    """A text in ordinary widths without a note's mark, an English unit by its Chinese name.

    What is no digit is made none: 12① and 12² are not 121 and 122.
    """
    signs = (
        sign if unicodedata.category(sign) == "No" else unicodedata.normalize("NFKC", sign)
        for sign in text
    )
    plain = _NOTE.sub("", "".join(signs).strip())
    return _IN_ENGLISH.sub(lambda found: _ENGLISH[found[1]], plain)


def _nothing(plain: str) -> Kind | None:
    if not plain:
        return "blank"
    if set(plain) <= set("/\\"):
        return "slash"
    if set(plain) <= set(_DASHES):
        return "dash"
    return None


def _money_unit(unit: str, figure: Figure, heading: str | None) -> tuple[str, UnitFrom]:
    if unit:
        return unit, "cell"
    words = figure.column_label["zh-CN"] if heading is None else heading
    named = _MONEY.findall(unicodedata.normalize("NFKC", words))
    if not named:
        return "", "nowhere"
    return _ENGLISH.get(named[-1], named[-1]), "form" if heading is None else "heading"
