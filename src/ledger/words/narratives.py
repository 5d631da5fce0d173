"""The text of a report: paragraphs in which numbers are references to cells, never typed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

_REFERENCE = re.compile(r"\{([^{}]*)\}")


class Reference(Struct, frozen=True):
    """A number that stands in a text: the cell of this address."""

    address: str


Paragraph = tuple[str | Reference, ...]
"""Text and references in turn."""


def paragraphs(text: str) -> tuple[Paragraph, ...]:
    """The paragraphs of a text, one a line; empty lines part nothing.

    >>> paragraphs("新收{applications/new/total}件。")
    (('新收', Reference(address='applications/new/total'), '件。'),)
    """
    lines = (line.strip() for line in text.splitlines())
    return tuple(tuple(_pieces(line)) for line in lines if line)


def references(text: str) -> list[str]:
    """The addresses that a text refers to, in its order."""
    return [found.strip() for found in _REFERENCE.findall(text)]


def _pieces(line: str) -> Iterator[str | Reference]:
    # A pattern with one group: the odd pieces are what stood in braces.
    for at, piece in enumerate(_REFERENCE.split(line)):
        if at % 2:
            yield Reference(piece.strip())
        elif piece:
            yield piece
