"""Files: a published file's bytes become paragraphs and grids, whatever program wrote it."""

from __future__ import annotations

import re

from ledger.rooms.files import limits, pdf_process
from ledger.rooms.files.blocks import Block, Cell, Content, Grid, Paragraph
from ledger.rooms.files.docx import read_docx
from ledger.rooms.files.html import read_html
from ledger.rooms.files.parts import Parts
from ledger.rooms.files.plain_text import decoded, read_text
from ledger.rooms.files.workbook import read_workbook
from ledger.words.problems import Problem, Refusal

__all__ = ["Block", "Cell", "Content", "Grid", "Paragraph", "read_file"]

_PAGE = re.compile(
    r"<\s*(!doctype\s+html|html|head|body|table|div|p|span|meta)\b[^<]*>|</(p|td|div)>", re.I
)
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"BM", b"II*\0", b"MM\0*")


def read_file(data: bytes) -> Content:
    """A file's blocks, by what it is and not by its name; raises Refusal with the reason."""
    if len(data) > limits.FILE_BYTES:
        limit = limits.FILE_BYTES // 1024**2
        raise Refusal(Problem("file-too-large", params={"limit": limit}))
    if b"%PDF-" in data[:1024]:
        return pdf_process.read_pdf(data)
    if data.startswith(b"PK\x03\x04"):
        return _package(data)
    if data.startswith(b"\xd0\xcf\x11\xe0") or data.lstrip().startswith(b"{\\rtf"):
        raise Refusal(Problem("old-office-file"))
    if data.startswith(_PICTURES):
        raise Refusal(Problem("picture-file"))
    return _text(data)


def _package(data: bytes) -> Content:
    parts = Parts(data)
    document = parts.main_part("wordprocessingml") or parts.main_part("ms-word.document")
    if document:
        return read_docx(parts, document)
    if parts.main_part("spreadsheetml") or parts.main_part("ms-excel.sheet"):
        return read_workbook(data, parts)
    raise Refusal(Problem("unknown-file"))


def _text(data: bytes) -> Content:
    if len(data) > limits.TEXT_BYTES:
        limit = limits.TEXT_BYTES // 1024**2
        raise Refusal(Problem("file-too-large", params={"limit": limit}))
    text = decoded(data)
    if text is None:
        raise Refusal(Problem("unknown-file"))
    if text.startswith("MIME-Version:"):
        raise Refusal(Problem("old-office-file"))
    return read_html(text) if _PAGE.search(text[:65536]) else read_text(text)
