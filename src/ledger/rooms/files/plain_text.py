"""Plain text, and the encodings that Chinese offices save it in."""

from __future__ import annotations

import codecs
import re

from ledger.rooms.files.blocks import Content, Paragraph, numbered

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([a-z0-9_-]+)", re.I)


def decoded(data: bytes) -> str | None:
    """The text of a file; None where it is no text."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decoded(data, encoding)
    if b"\0" in data:
        return None
    declared = _DECLARED.search(data[:4096])
    named = declared.group(1).decode("ascii").lower() if declared else ""
    # Pages that say gb2312 use characters that only its successor has.
    wished = ["gb18030"] if named.startswith("gb") else []
    for encoding in (*wished, "utf-8", "gb18030"):
        text = _decoded(data, encoding)
        if text is not None:
            return text
    return None


def read_text(text: str) -> Content:
    """Each line is a paragraph."""
    return Content("text", numbered(Paragraph(line) for line in text.splitlines()))


def _decoded(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except ValueError:
        return None
