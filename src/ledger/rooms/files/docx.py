"""Word documents: what a reader of the printed page would see, tracked deletions left out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ledger.rooms.files import limits
from ledger.rooms.files.blocks import (
    Block,
    Box,
    Content,
    Paragraph,
    laid_out,
    note,
    numbered,
)
from ledger.rooms.files.parts import Parts

_UNSEEN = frozenset(
    {"del", "moveFrom", "instrText", "delText", "pPr", "rPr", "tcPr", "trPr", "tblPr", "rt"}
)
_GONE = ("del", "cellDel", "hidden")
"""What a row or cell is marked with that was deleted or is not shown."""
_OUT = ("vanish", "strike", "dstrike")
"""What a run is set in that does not count: hidden, or struck out by hand."""
_AS_TEXT = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


def read_docx(parts: Parts, main: str) -> Content:
    """The blocks of a document; headers, footers, notes and macros are not read."""
    root = parts.xml(main)
    body = next((child for child in root if _name(child) == "body"), None)
    return Content("docx", numbered(_blocks(body) if body is not None else ()))


def _blocks(parent: Any) -> Iterator[Block]:
    for child in _seen(parent):
        match _name(child):
            case "p":
                boxes: list[Any] = []
                yield Paragraph("".join(_text(child, boxes, [])))
                for box in boxes:
                    yield from _blocks(box)
            case "tbl":
                yield from laid_out(_boxes(child))
            case "sectPr":
                pass
            case _:
                yield from _blocks(child)


def _text(parent: Any, boxes: list[Any], fields: list[bool]) -> Iterator[str]:
    """The text of a paragraph; text boxes anchored in it go to `boxes`.

    `fields` are those that are open, each with whether its result has begun: what stands before
    that, results of inner fields too, only says how to compute it.
    """
    for child in _seen(parent):
        name = _name(child)
        if name == "fldChar":
            _turn(fields, child)
        elif not all(fields):
            yield from _text(child, boxes, fields)
        elif name == "t":
            yield child.text or ""
        elif name == "txbxContent":
            boxes.append(child)
        elif name in _AS_TEXT:
            yield _AS_TEXT[name]
        elif name == "r" and _is_raised(child):
            yield note("".join(_text(child, boxes, fields)))
        elif not (name == "r" and any(_is_set(_property(child, "rPr", out)) for out in _OUT)):
            yield from _text(child, boxes, fields)


def _turn(fields: list[bool], mark: Any) -> None:
    """Opens a field, begins the result of the innermost one, or closes it."""
    kind = next((value for name, value in mark.attrib.items() if name.endswith("}fldCharType")), "")
    if kind == "begin":
        fields.append(False)
    elif fields:
        fields.pop()
        if kind == "separate":
            fields.append(True)


def _seen(parent: Any) -> Iterator[Any]:
    """The children that are printed; of alternatives the first."""
    if _name(parent) == "AlternateContent":
        yield from [child for child in parent if isinstance(child.tag, str)][:1]
        return
    for child in parent:
        if isinstance(child.tag, str) and _name(child) not in _UNSEEN:
            yield child


def _boxes(table: Any) -> list[Box]:
    boxes: list[Box] = []
    above: dict[int, Box] = {}
    for row, line in enumerate(_inside(table, "tr")):
        column = _number(_property(line, "trPr", "gridBefore"))
        below: dict[int, Box] = {}
        previous: Box | None = None
        for cell in _inside(line, "tc"):
            span = max(1, min(_number(_property(cell, "tcPr", "gridSpan")), limits.SPAN))
            if previous is not None and _continues(cell, "hMerge"):
                previous.columns += span if previous.row == row else 0
            elif _continues(cell, "vMerge") and column in above:
                previous = above[column]
                previous.rows = row + 1 - previous.row
                below[column] = previous
            else:
                blocks = [part for part in _blocks(cell) if not _is_empty(part)]
                previous = below[column] = Box(blocks, row, column, 1, span)
                boxes.append(previous)
            column += span
        above = below
    return boxes


def _inside(parent: Any, wanted: str) -> Iterator[Any]:
    """The rows of a table or cells of a row, those in content controls too; hidden ones not."""
    for child in _seen(parent):
        if _name(child) == wanted:
            properties = f"{wanted}Pr"
            if not any(_is_set(_property(child, properties, gone)) for gone in _GONE):
                yield child
        elif _name(child) not in ("tbl", "tr", "tc", "p", "tblGrid"):
            yield from _inside(child, wanted)


def _continues(cell: Any, merge: str) -> bool:
    found = _property(cell, "tcPr", merge)
    return found is not None and _value(found) != "restart"


def _property(element: Any, properties: str, name: str) -> Any:
    for child in element:
        if isinstance(child.tag, str) and _name(child) == properties:
            for found in child:
                if isinstance(found.tag, str) and _name(found) == name:
                    return found
    return None


def _is_set(switch: Any) -> bool:
    return switch is not None and _value(switch) not in ("0", "false", "off")


def _is_raised(run: Any) -> bool:
    found = _property(run, "rPr", "vertAlign")
    return found is not None and _value(found) in ("superscript", "subscript")


def _is_empty(block: Block) -> bool:
    return isinstance(block, Paragraph) and not block.text.strip()


def _value(element: Any) -> str:
    return next((value for name, value in element.attrib.items() if name.endswith("}val")), "")


def _number(element: Any) -> int:
    text = _value(element) if element is not None else ""
    # Python refuses to read thousands of digits.
    return min(int(text[:9]), limits.SPAN) if text.isdecimal() else 0


def _name(element: Any) -> str:
    """The local name: transitional and strict documents differ only in the namespace."""
    return str(element.tag).rpartition("}")[2]
