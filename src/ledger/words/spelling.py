"""The same words spelt in different ways: full-width signs, stray spaces, quotes and dashes of any kind."""

from __future__ import annotations

import functools
import re
import unicodedata

_INVISIBLE = "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
_STRAY = "".join(filter(str.isspace, map(chr, range(0x3001)))) + _INVISIBLE
_BLANK = re.compile(f"[\\s{_INVISIBLE}]+")
_SAME = str.maketrans(dict.fromkeys("“”„‟«»『』「」", '"') | dict.fromkeys("‘’‚‛", "'"))
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−﹣ー", "-"))
_NOTHING = re.compile(r"[-/\\]+")
_SHORT = 20
_ASIDE = re.compile(r"\([^()]*\)$")


def halfwidth(text: str) -> str:
    """Full-width letters, digits and signs in their ordinary form, dashes alike, no spaces around."""
    return unicodedata.normalize("NFKC", text).translate(_DASHES).strip(_STRAY)


def trimmed(text: str) -> str:
    """The text without the blanks around it, and otherwise as it is."""
    return text.strip(_STRAY)


@functools.lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """The words by which two texts are told to be the same: no spaces, no case, one kind of quotes."""
    return _BLANK.sub("", halfwidth(text)).translate(_SAME).casefold()


def without_asides(text: str) -> str:
    """Plain words without what stands in brackets at their end, and without marks of what is required."""
    words = plain(text).strip("*:")
    while (shorter := _ASIDE.sub("", words).strip("*:")) != words:
        words = shorter
    return words


def is_mark_of_nothing(text: str) -> bool:
    """Whether a text only says that there is nothing: a dash or a slash."""
    return len(text) < _SHORT and _NOTHING.fullmatch(plain(text)) is not None
