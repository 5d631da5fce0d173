"""The parts of a Word file beside its text: the styles to begin with, and the addresses of figures."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from io import BytesIO
from xml.etree import ElementTree
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part

from ledger.drawing.addresses import bookmark_of
from ledger.drawing.paper import Paper

NAMESPACE = "urn:disclosure-ledger:figures:1"


def base() -> bytes:
    """An empty document with the styles of an official document."""
    return _zipped(_parts(files("ledger.drawing") / "templates/docx"))


def add_addresses(document: Document, paper: Paper) -> None:
    """Adds a custom part that says which bookmark is the figure of which address, for programs."""
    setting = paper.setting
    told = {
        "edition": setting.edition.id,
        "organ": setting.organ.code,
        "period": setting.period.code,
        "position": str(setting.position),
        "digest": paper.digest,
    }
    known = {name: value for name, value in told.items() if value}
    root = ElementTree.Element(f"{{{NAMESPACE}}}figures", known)
    for address, printed in paper.figures.items():
        named = {"bookmark": bookmark_of(address), "address": address}
        figure = ElementTree.SubElement(root, f"{{{NAMESPACE}}}figure", named)
        figure.text = None if printed.value is None else f"{printed.value:f}"
    ElementTree.register_namespace("", NAMESPACE)
    content = ElementTree.tostring(root, encoding="UTF-8", xml_declaration=True)
    name = PackURI("/customXml/item1.xml")
    part = Part(name, "application/xml", content, document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.CUSTOM_XML)


def steady(written: bytes) -> bytes:
    """The same file without the time at which it was zipped."""
    with ZipFile(BytesIO(written)) as zipped:
        return _zipped((name, zipped.read(name)) for name in zipped.namelist())


def _parts(folder: Traversable, path: str = "") -> Iterator[tuple[str, bytes]]:
    for each in sorted(folder.iterdir(), key=lambda each: each.name):
        if each.is_dir():
            yield from _parts(each, f"{path}{each.name}/")
        else:
            yield path + each.name, each.read_bytes()


def _zipped(parts: Iterator[tuple[str, bytes]]) -> bytes:
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as zipped:
        for name, content in parts:
            zipped.writestr(ZipInfo(name), content, ZIP_DEFLATED)
    return file.getvalue()
