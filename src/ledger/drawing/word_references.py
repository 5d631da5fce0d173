"""Figures in Word: a bookmark where one stands, a reference to it where a text says it again."""

from __future__ import annotations

from itertools import count

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.text.paragraph import Paragraph

from ledger.drawing.addresses import bookmark_of
from ledger.drawing.paper import Printed


class Marks:
    """Numbers the bookmarks of a document, as Word wants them."""

    def __init__(self) -> None:
        self._numbers = count(1)

    def add(self, paragraph: Paragraph, printed: Printed, language: str) -> None:
        """Adds a figure under the bookmark of its address."""
        number = str(next(self._numbers))
        name = bookmark_of(printed.address)
        paragraph._p.append(_element("w:bookmarkStart", {"w:id": number, "w:name": name}))
        paragraph.add_run(printed.number(language))
        paragraph._p.append(_element("w:bookmarkEnd", {"w:id": number}))


def refer_to(paragraph: Paragraph, printed: Printed, language: str) -> None:
    """Adds a figure as a reference to its bookmark, which Word can follow and bring up to date."""
    add_field(paragraph, f"REF {bookmark_of(printed.address)} \\h", printed.number(language))


def add_field(paragraph: Paragraph, instruction: str, shown: str) -> None:
    """Adds a field with what it shows until Word works it out anew.

    Of single runs: most programs that read paragraphs skip what stands in a simple field.
    """
    for element in (_field("begin"), _instruction(instruction), _field("separate")):
        paragraph.add_run()._r.append(element)
    paragraph.add_run(shown)
    paragraph.add_run()._r.append(_field("end"))


def _field(kind: str) -> BaseOxmlElement:
    return _element("w:fldChar", {"w:fldCharType": kind})


def _instruction(text: str) -> BaseOxmlElement:
    element = _element("w:instrText", {"xml:space": "preserve"})
    element.text = f" {text} "
    return element


def _element(tag: str, attributes: dict[str, str]) -> BaseOxmlElement:
    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(name), value)
    return element
