"""Text that every format can hold: XML, and so Word and Excel, has no control characters."""

from __future__ import annotations

import re

_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def legible(text: str) -> str:
    """The text with a mark in place of each character that cannot be printed."""
    return _UNPRINTABLE.sub("□", text)
