"""Number formats: whether a number is shown as a day, and how much of the day is shown."""

from __future__ import annotations

import functools
import re
from datetime import datetime, timedelta

GENERAL = ("", "general", "g/通用格式", "@")

# ECMA-376 part 1, 18.8.30, with those that a Chinese Excel and WPS keep without writing them down.
BUILT_IN = {
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    12: "# ?/?",
    13: "# ??/??",
    14: "yyyy/m/d",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM",
    20: "h:mm",
    21: "h:mm:ss",
    22: "yyyy/m/d h:mm",
    27: 'yyyy"年"m"月"',
    28: 'm"月"d"日"',
    29: 'm"月"d"日"',
    30: "m-d-yy",
    31: 'yyyy"年"m"月"d"日"',
    32: 'h"时"mm"分"',
    33: 'h"时"mm"分"ss"秒"',
    34: 'h"时"mm"分"',
    35: 'h"时"mm"分"ss"秒"',
    36: 'yyyy"年"m"月"',
    37: "#,##0;-#,##0",
    38: "#,##0;[Red]-#,##0",
    39: "#,##0.00;-#,##0.00",
    40: "#,##0.00;[Red]-#,##0.00",
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mm:ss.0",
    48: "##0.0E+0",
    49: "@",
    50: 'yyyy"年"m"月"',
    51: 'm"月"d"日"',
    52: 'yyyy"年"m"月"',
    53: 'm"月"d"日"',
    54: 'm"月"d"日"',
    55: 'h"时"mm"分"',
    56: 'h"时"mm"分"ss"秒"',
    57: 'yyyy"年"m"月"',
    58: 'm"月"d"日"',
}

_ELAPSED = re.compile(r"\[[hms]+\]", re.I)
_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')


@functools.lru_cache(maxsize=4096)
def shows_day(code: str) -> bool:
    """Whether a number in this format is a moment with a day, not only a time of the day."""
    signs = _signs(code)
    if any(sign in signs for sign in "0#?"):
        return False
    clock = "h" in signs or "s" in signs or _ELAPSED.search(code) is not None
    return any(sign in signs for sign in "yde") or ("m" in signs and not clock)


@functools.lru_cache(maxsize=4096)
def shows_whole_date(code: str) -> bool:
    """Whether year, month and day are all to be seen: Excel fills in what a person left out."""
    signs = _signs(code)
    return ("y" in signs or "e" in signs) and "m" in signs and "d" in signs


@functools.lru_cache(maxsize=4096)
def literal(code: str) -> str:
    """The words that a format prints beside the number: 元."""
    return "".join(re.findall(r'"([^"]*)"', code)) + "".join(re.findall(r"\\(.)", code))


def moment(serial: float, *, since_1904: bool) -> datetime | None:
    """The moment of a serial number; None where there is none, as 29 February 1900."""
    days = int(serial)
    if since_1904:
        start = datetime(1904, 1, 1)
    elif days >= 61:
        start = datetime(1899, 12, 30)
    elif 1 <= days <= 59:
        start = datetime(1899, 12, 31)
    else:
        return None
    try:
        return start + timedelta(days=days, seconds=round((serial - days) * 86_400))
    except OverflowError:
        return None


def _signs(code: str) -> str:
    plain = _LITERAL.sub("", code).partition(";")[0].lower().strip()
    return "" if plain in GENERAL else plain.replace("am/pm", "")
