"""The parts of a docx or xlsx file that is held whole, and the XML in them."""

from __future__ import annotations

import io
from typing import Any

from lxml import etree

from ledger.rooms.files import limits
from ledger.rooms.packages import Package, damaged, unpacks_too_large
from ledger.words.problems import Problem, Refusal


class Parts:
    """The parts of a package; reading more than the limits raises Refusal."""

    def __init__(self, data: bytes) -> None:
        self._package = Package(io.BytesIO(data))
        self.names = frozenset(self._package.parts())
        self._left = limits.UNPACKED_BYTES

    def read(self, name: str) -> bytes:
        """A part's bytes."""
        self._left -= self._package.size(name)
        if self._left < 0:
            raise unpacks_too_large(limits.UNPACKED_BYTES)
        return b"".join(self._package.stream(name, limits.UNPACKED_BYTES))

    def xml(self, name: str) -> Any:
        """A part's root element; a document type, which no office program writes, is refused."""
        return parsed(self.read(name))

    def main_part(self, kind: str) -> str | None:
        """The name of the part whose content type names this kind, such as wordprocessingml."""
        if not self._package.has("[Content_Types].xml"):
            return None
        for element in self.xml("[Content_Types].xml"):
            type_ = str(element.get("ContentType", "")) if isinstance(element.tag, str) else ""
            if kind in type_ and ".main+xml" in type_ and element.get("PartName"):
                return str(element.get("PartName")).lstrip("/")
        return None


def parsed(data: bytes) -> Any:
    """The root element of XML; entities are never expanded and nothing is fetched."""
    if b"<!DOCTYPE" in data or "<!DOCTYPE".encode("utf-16-le") in data:
        raise damaged("<!DOCTYPE")
    # Each element has one or two of them; counted before a tree is made, which is far larger.
    if data.count(b"<") > 2 * limits.ELEMENTS:
        raise too_many_elements()
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise broken(error) from None
    check_depth(root)
    return root


def too_many_elements() -> Refusal:
    """The refusal of XML that holds more elements than the limit."""
    return Refusal(Problem("too-many-elements", params={"limit": limits.ELEMENTS}))


def check_depth(root: Any) -> None:
    """Refuses elements nested beyond the limit."""
    depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > limits.DEPTH:
            raise Refusal(Problem("too-deep", params={"limit": limits.DEPTH}))


def broken(error: Exception) -> Refusal:
    """The refusal of a file that its reader could not make sense of."""
    detail = str(error).splitlines()[0] if str(error) else type(error).__name__
    return damaged(detail)
