"""XML read as a stream in bounded memory; a document type, which no office program writes, is refused."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol
from xml.parsers import expat

from ledger.rooms.packages import damaged
from ledger.rooms.sheets import limits


class Walker(Protocol):
    """What is done with the elements of a part; names come without their prefix."""

    def start(self, name: str, attributes: dict[str, str], /) -> None:
        """An element begins."""

    def end(self, name: str, /) -> None:
        """An element ends."""

    def text(self, data: str, /) -> None:
        """Text within an element, perhaps in several pieces."""


def walk(chunks: Iterable[bytes], walker: Walker) -> Iterator[None]:
    """Gives the walker what the chunks hold, and the caller a turn after each; raises Refusal."""
    parser = _parser(walker)
    fed = 0
    for chunk in chunks:
        fed += len(chunk)
        _parse(parser, chunk, last=False)
        if fed - max(parser.CurrentByteIndex, 0) > limits.TOKEN_BYTES:
            raise damaged("one tag is too long")
        yield
    _parse(parser, b"", last=True)
    yield


def _parse(parser: expat.XMLParserType, chunk: bytes, *, last: bool) -> None:
    try:
        parser.Parse(chunk, last)
    except expat.ExpatError as error:
        raise damaged(str(error)) from None
    except (ValueError, LookupError) as error:  # an encoding that is not known
        raise damaged(str(error)) from None


def _parser(walker: Walker) -> expat.XMLParserType:
    parser = expat.ParserCreate()
    parser.buffer_text = True
    local = _LocalNames()
    depth = seen = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth, seen
        depth += 1
        seen += 1
        if depth > limits.DEPTH or seen > limits.ELEMENTS:
            raise damaged("too many elements" if depth <= limits.DEPTH else "nested too deep")
        walker.start(local[name], attributes)

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        walker.end(local[name])

    def refuse(*_: object) -> None:
        raise damaged("<!DOCTYPE")

    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = walker.text
    return parser


class _LocalNames(dict[str, str]):
    """Names without their prefix; a few hundred are kept, a hostile file may invent more."""

    def __missing__(self, name: str) -> str:
        local = name.rpartition(":")[2]
        if len(self) < 500:
            self[name] = local
        return local
