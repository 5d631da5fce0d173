"""All the words of a file without its layout, those of headers and footers too."""

from __future__ import annotations

from collections.abc import Iterator

from ledger.rooms.files import limits, pdf_process
from ledger.rooms.files.blocks import Block, Grid
from ledger.rooms.files.parts import Parts
from ledger.rooms.files.plain_text import decoded
from ledger.words.problems import Problem, Refusal


def words_of(data: bytes) -> str:
    """The text of a docx, xlsx or PDF; that of any other file as it stands in it. Raises Refusal."""
    if len(data) > limits.FILE_BYTES:
        limit = limits.FILE_BYTES // 1024**2
        raise Refusal(Problem("file-too-large", params={"limit": limit}))
    if b"%PDF-" in data[:1024]:
        blocks = pdf_process.read_pdf(data).blocks
        return "\n".join(line for block in blocks for line in _lines(block))
    if data.startswith(b"PK\x03\x04"):
        parts = Parts(data)
        names = sorted(name for name in parts.names if name.endswith(".xml"))
        return "\n".join("\n".join(parts.xml(name).itertext()) for name in names)
    text = decoded(data)
    if text is None:
        raise Refusal(Problem("unknown-file"))
    return text


def _lines(block: Block) -> Iterator[str]:
    if isinstance(block, Grid):
        yield from (cell.text for cell in block.cells)
    else:
        yield block.text
