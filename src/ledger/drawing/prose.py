"""The text of the sections as paragraphs, the same for every document."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from ledger.drawing.legible import legible
from ledger.drawing.paper import Line, Paper, Part, Printed, Sentence

_LEAD = re.compile(r"（[一二三四五六七八九十]+）[^。；！？]{1,40}?(?:[。：]|$)")


class Said(Struct, frozen=True):
    """A figure in a text; `home` where it has no cell in a table and this is the place to find it."""

    printed: Printed
    home: bool


class Prose(Struct, frozen=True):
    """A paragraph; `lead` is the heading of the second level that it begins with, if it does."""

    lead: str
    pieces: tuple[str | Said, ...]


def prose_of(paper: Paper, language: str) -> list[tuple[Prose, ...]]:
    """The paragraphs of each section: those drafted, then the figures that they leave unsaid."""
    tables = (block for block in paper.blocks if not block.in_prose)
    found = {cell.address for block in tables for line in block.lines for cell in line.cells}
    told = []
    for part in paper.parts:
        paragraphs = []
        for lead, sentence in _sentences(part, language):
            pieces: list[str | Said] = []
            for piece in sentence:
                if isinstance(piece, Printed):
                    pieces.append(Said(piece, piece.address not in found))
                    found.add(piece.address)
                else:
                    pieces.append(legible(piece))
            paragraphs.append(Prose(legible(lead), tuple(pieces)))
        paragraphs += [Prose("", (legible(note[language]),)) for note in part.notes]
        told.append(tuple(paragraphs))
    return told


def _sentences(part: Part, language: str) -> Iterator[tuple[str, Sentence]]:
    for sentence in part.paragraphs:
        yield _led(sentence)
    unsaid = part.unsaid()
    if unsaid:
        yield "", tuple(_stated(unsaid, language))


def _led(sentence: Sentence) -> tuple[str, Sentence]:
    first = sentence[0] if sentence else ""
    found = _LEAD.match(first) if isinstance(first, str) else None
    # What a number cuts off is no heading: one that ends with its text ends the paragraph.
    if not isinstance(first, str) or not found or (found.end() == len(first) and sentence[1:]):
        return "", sentence
    rest = first[found.end() :]
    return found.group(), (rest, *sentence[1:]) if rest else sentence[1:]


def _stated(lines: list[Line], language: str) -> Iterator[str | Printed]:
    colon, blank, stop, end = (": ", " ", "; ", ".") if language == "en" else ("", "", "；", "。")
    for at, line in enumerate(lines, 1):
        for cell in line.cells:
            yield line.row.label[language] + colon
            yield cell
            unit = cell.figure.unit.label[language]
            yield blank + unit + (end if at == len(lines) else stop)
