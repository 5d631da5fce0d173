"""How much a file may cost: a published report needs a small part of each."""

from __future__ import annotations

FILE_BYTES = 50 * 1024**2
TEXT_BYTES = 10 * 1024**2
"""Of a web page or a plain text."""
UNPACKED_BYTES = 32 * 1024**2
"""Of the parts of a docx or xlsx that are read, together."""
CELLS = 200_000
"""Cells and paragraphs of a file."""
CHARACTERS = 300_000
"""Of the text of a file; the longest report known has 60,000."""
ELEMENTS = 600_000
"""Of one part of a docx or xlsx file, and of all parts of an xlsx file together."""
SPAN = 500
"""Rows or columns that one cell may cover."""
DEPTH = 200
"""Elements within elements."""
PAGES = 300
PDF_SECONDS = 60
"""Of computing time; PDF files are read by a process of their own."""
PDF_MEMORY = 2 * 1024**3
