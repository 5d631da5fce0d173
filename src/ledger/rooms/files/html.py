"""Web pages: the text and tables that a browser would show."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree
from lxml.html import defs

from ledger.rooms.files import limits
from ledger.rooms.files.blocks import (
    Block,
    Box,
    Content,
    Paragraph,
    check_size,
    laid_out,
    note,
    numbered,
)
from ledger.rooms.files.parts import broken, check_depth

_STRUCK = frozenset(("s", "strike", "del"))
_UNSEEN = _STRUCK | {"script", "style", "template", "head", "noscript", "iframe", "object", "svg"}
_BLOCKS = defs.block_tags - {"ins"}
_BLOCKS |= {"html", "body", "li", "dd", "tr", "td", "th", "section", "article"}
_GROUPS = frozenset(("thead", "tbody", "tfoot", "form"))
_SET = {"thead": -1, "tfoot": 1}
_FILLED_IN = frozenset(("text", "number", "tel", "search"))
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|text-decoration[^;]*line-through", re.I
)


def read_html(text: str) -> Content:
    """The blocks of a page; nothing that it refers to is fetched and no script is run."""
    # The text is decoded already: what the page says of its encoding no longer holds.
    parser = etree.HTMLParser(
        no_network=True, huge_tree=False, remove_comments=True, encoding="utf-8"
    )
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise broken(error) from None
    if root is None:
        return Content("html", ())
    check_depth(root)
    title = root.find(".//head/title")
    head = "" if title is None else _narrow(title.text or "")
    return Content("html", numbered(_blocks(root)), head)


def _blocks(parent: Any) -> Iterator[Block]:
    """Text runs on through inline elements; a block ends the paragraph."""
    running: list[str] = []

    def ended() -> Iterator[Block]:
        text = _narrow("".join(running))
        running.clear()
        if text:
            yield Paragraph(text)

    def walk(element: Any) -> Iterator[Block]:
        running.append(_collapsed(element.text))
        for child in element:
            if isinstance(child.tag, str) and not _is_hidden(child):
                name = child.tag.lower()
                if name == "br":
                    running.append("\n")
                elif name in ("input", "select"):
                    running.append(_filled_in(child))
                elif name in ("sup", "sub"):
                    running.append(note(_collapsed("".join(child.itertext()))))
                elif name == "table":
                    yield from ended()
                    yield from laid_out(_boxes(child))
                elif name in _BLOCKS:
                    yield from ended()
                    yield from walk(child)
                    yield from ended()
                else:
                    yield from walk(child)
            running.append(_collapsed(child.tail))

    yield from walk(parent)
    yield from ended()


def _boxes(table: Any) -> list[Box]:
    boxes: list[Box] = []
    taken: set[tuple[int, int]] = set()
    lines = list(_lines(table))
    for row, line in enumerate(lines):
        column = 0
        for cell in line:
            if not isinstance(cell.tag, str) or cell.tag.lower() not in ("td", "th"):
                continue
            while (row, column) in taken:
                column += 1
            rows = _span(cell.get("rowspan"), len(lines) - row)
            columns = _span(cell.get("colspan"), limits.SPAN)
            if not _is_hidden(cell):
                boxes.append(Box(list(_blocks(cell)), row, column, rows, columns))
            taken |= {(row + r, column + c) for r in range(rows) for c in range(columns)}
            check_size(len(taken))
            column += columns
    return boxes


def _lines(table: Any) -> Iterator[Any]:
    """The rows in the order that a browser sets them: the head first, the foot last."""
    shown = [child for child in table if isinstance(child.tag, str) and not _is_hidden(child)]
    for child in sorted(shown, key=lambda child: _SET.get(child.tag.lower(), 0)):
        if child.tag.lower() == "tr":
            yield child
        elif child.tag.lower() in _GROUPS:
            yield from _lines(child)


def _span(text: str | None, most: int) -> int:
    found = re.match(r"\s*(\d{1,6})", text or "")
    wanted = int(found.group(1)) if found else 1
    # A row span of 0 reaches to the end of the table.
    return max(1, min(wanted or most, most))


def _filled_in(field: Any) -> str:
    """What a field of a form shows: its text, or the choice that is made."""
    if field.tag.lower() == "input":
        kind = str(field.get("type", "text")).lower()
        return str(field.get("value", "")) if kind in _FILLED_IN else ""
    choices = list(field.iter("option"))
    chosen = [choice for choice in choices if choice.get("selected") is not None] or choices[:1]
    return "".join("".join(choice.itertext()) for choice in chosen)


def _is_hidden(element: Any) -> bool:
    if element.tag.lower() in _UNSEEN or element.get("hidden") is not None:
        return True
    return bool(_HIDDEN.search(element.get("style") or ""))


def _collapsed(text: str | None) -> str:
    return re.sub(r"[ \t\r\n\f]+", " ", text or "")


def _narrow(text: str) -> str:
    lines = (re.sub(r"[ \t]+", " ", line).strip() for line in text.split("\n"))
    return "\n".join(lines).strip()
