"""Numbers and money as a clerk writes them: 1,234.50元, １２.５万元, ¥300; the unit is never guessed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

from ledger.rooms.sheets.cells import Cell
from ledger.rooms.sheets.formats import GENERAL, literal
from ledger.words.problems import Problem
from ledger.words.spelling import halfwidth, plain

FEN = {
    "分": 1,
    "元": 100,
    "百元": 10_000,
    "千元": 100_000,
    "万元": 1_000_000,
    "十万元": 10_000_000,
    "百万元": 100_000_000,
    "千万元": 1_000_000_000,
    "亿元": 10_000_000_000,
    "fen": 1,
    "yuan": 100,
}
"""How many fen make one of each unit."""

_UNITS = "|".join(sorted(FEN, key=len, reverse=True))
_NUMBER = r"(?P<number>[+-]?(?:\d{1,3}(?:,\d{3})+|\d{1,15})(?:\.\d{1,12})?)"
_MONEY = re.compile(
    rf"(?P<sign>¥|cny|rmb|人民币)?{_NUMBER}(?P<unit>{_UNITS}|[万亿千百]+)?整?", re.ASCII
)
_COUNT = re.compile(rf"{_NUMBER}(?:件|项|个|条|宗|份|次|起|篇|人次)?", re.ASCII)
_WORKING_DAYS = re.compile(rf"{_NUMBER}(?:个?工作日)?", re.ASCII)
_ASIDE = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_NAMED = re.compile(r"(?:金额)?(?:计量)?(?:单位|unit)[:为]?")
_TAIL = re.compile(rf"(?:{_UNITS})$")
_SCALED = re.compile(r"[0#?.],+(?![0#?])|%|!")
_OTHER_MONEY = re.compile("[$€£₩₽]|usd|hkd|eur|美元|港元|港币|欧元|日元|美金")


def units_in(texts: Iterable[str]) -> frozenset[str]:
    """The units of money that headings name: 金额（万元）, 单位：元."""
    return frozenset(unit for text in texts for unit in _units(plain(text)))


def money_in(cell: Cell, heading: frozenset[str]) -> int | Problem:
    """An amount in fen. `heading`: the units that stand over it."""
    told = _number(cell, _MONEY)
    if isinstance(told, Problem):
        return told
    number, found = told
    if _OTHER_MONEY.search(plain(f"{_shown_with(cell)}{cell.value}")):
        return Problem("other-money")
    unit = _unit(found, cell, heading)
    if isinstance(unit, Problem):
        return unit
    fen = number * FEN[unit]
    if fen != fen.to_integral_value():
        return Problem("part-of-a-fen", params={"value": f"{number} {unit}"})
    return int(fen)


def whole_in(cell: Cell, *, working_days: bool = False) -> int | Problem:
    """A whole number; a counter such as 件 may stand behind it."""
    told = _number(cell, _WORKING_DAYS if working_days else _COUNT)
    if isinstance(told, Problem):
        return told
    number, _ = told
    if number != number.to_integral_value():
        return Problem("not-whole", params={"value": str(number)})
    return int(number)


def _number(cell: Cell, form: re.Pattern[str]) -> tuple[Decimal, re.Match[str] | None] | Problem:
    value = cell.value
    if isinstance(value, bool | datetime):
        return Problem("not-a-number", params={"value": str(value)})
    if isinstance(value, Decimal):
        if _SCALED.search(cell.format):
            return Problem("shown-otherwise", params={"value": str(value)})
        return value, None
    found = form.fullmatch(plain(value))
    if found is None:
        return Problem("not-a-number", params={"value": halfwidth(value)[:60]})
    return Decimal(found["number"].replace(",", "")), found


def _unit(found: re.Match[str] | None, cell: Cell, heading: frozenset[str]) -> str | Problem:
    """The unit that the cell names, or its heading; a currency sign must not contradict the heading."""
    written = (found["unit"] or "") if found else ""
    if written and written not in FEN:
        return Problem("half-a-unit", params={"value": halfwidth(str(cell.value))[:60]})
    if written:
        return written
    weak = _units_of_format(cell.format) | ({"元"} if found and found["sign"] else set())
    units = {"元" if unit == "yuan" else "分" if unit == "fen" else unit for unit in heading | weak}
    if len(units) == 1:
        return units.pop()
    if units:
        return Problem("which-unit", params={"units": "、".join(sorted(units))})
    return Problem("no-unit", params={"value": str(cell.value)[:60]})


def _units_of_format(code: str) -> set[str]:
    shown = plain(_shown_with(Cell("", code)))
    if not shown:
        return set()
    sign = {"元"} if re.search("¥|cny|rmb|人民币", shown) else set()
    return sign | set(re.findall(_UNITS, shown))


def _shown_with(cell: Cell) -> str:
    """What the number format prints beside the number."""
    if cell.format.lower() in GENERAL:
        return ""
    currency = "".join(re.findall(r"\[\$([^\]-]*)", cell.format))
    bare = "".join(re.findall("[¥￥$€£]", re.sub(r"\[[^\]]*\]", "", cell.format)))
    return literal(cell.format) + currency + bare


def _units(words: str) -> Iterable[str]:
    """The units in a heading: in its brackets, after 单位, or at its end."""
    for aside in _ASIDE.findall(words):
        for part in re.split("[/、,;或和]", _NAMED.sub("", aside).removeprefix("人民币")):
            if part.removeprefix("rmb") in FEN:
                yield part
    bare = _ASIDE.sub("", words).strip("*:")
    named = _NAMED.search(bare)
    tail = bare[named.end() :] if named else bare
    found = _TAIL.fullmatch(tail.removeprefix("人民币")) if named else _TAIL.search(tail)
    if found and not bare.endswith(
        ("单元", "公元", "美元", "港元", "欧元", "日元", "部分", "评分")
    ):
        yield found[0]
