"""The zip package that a docx or xlsx file is, opened without trusting what it says of its sizes."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import Any

from lxml import etree

from ledger.rooms.files import limits
from ledger.words.problems import Problem, Refusal

_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError)


class Package:
    """The parts of a package; reading more than the limits raises Refusal."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            members = self._zip.infolist()
        except _BROKEN as error:
            raise broken(error) from None
        if len(members) > limits.MEMBERS:
            raise Refusal(Problem("too-many-members", params={"limit": limits.MEMBERS}))
        self.names = {member.filename for member in members}
        self._left = limits.UNPACKED_BYTES

    def read(self, name: str) -> bytes:
        """A part's bytes."""
        try:
            with self._zip.open(name) as part:
                data = part.read(self._left + 1)
        except KeyError:
            raise Refusal(Problem("broken-file", params={"detail": f"{name}: missing"})) from None
        except RuntimeError:
            raise Refusal(Problem("locked-file")) from None
        except _BROKEN as error:
            raise broken(error) from None
        self._left -= len(data)
        if self._left < 0:
            limit = limits.UNPACKED_BYTES // 1024**2
            raise Refusal(Problem("unpacks-too-large", params={"limit": limit}))
        return data

    def xml(self, name: str) -> Any:
        """A part's root element; a document type, which no office program writes, is refused."""
        return parsed(self.read(name))

    def main_part(self, kind: str) -> str | None:
        """The name of the part whose content type names this kind, such as wordprocessingml."""
        if "[Content_Types].xml" not in self.names:
            return None
        for element in self.xml("[Content_Types].xml"):
            type_ = str(element.get("ContentType", "")) if isinstance(element.tag, str) else ""
            if kind in type_ and ".main+xml" in type_ and element.get("PartName"):
                return str(element.get("PartName")).lstrip("/")
        return None


def parsed(data: bytes) -> Any:
    """The root element of XML; entities are never expanded and nothing is fetched."""
    if b"<!DOCTYPE" in data or "<!DOCTYPE".encode("utf-16-le") in data:
        raise Refusal(Problem("broken-file", params={"detail": "<!DOCTYPE"}))
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise broken(error) from None
    check_depth(root)
    return root


def check_depth(root: Any) -> None:
    """Refuses elements nested beyond the limit."""
    depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > limits.DEPTH:
            raise Refusal(Problem("too-deep", params={"limit": limits.DEPTH}))


def broken(error: Exception) -> Refusal:
    """The refusal of a file that its reader could not make sense of."""
    detail = str(error).splitlines()[0][:200] if str(error) else type(error).__name__
    return Refusal(Problem("broken-file", params={"detail": detail}))
