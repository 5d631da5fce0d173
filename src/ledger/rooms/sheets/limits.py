"""How much a clerk's file may cost; 100,000 rows of twelve columns need about a tenth of each."""

from __future__ import annotations

FILE_BYTES = 100 * 1024**2
"""Of a workbook or a CSV file as it lies on the disk."""
UNPACKED_BYTES = 256 * 1024**2
"""Of all that is unpacked from one workbook; its sheets are streamed and never held whole."""
PART_BYTES = 16 * 1024**2
"""Of a part that is held whole: the list of sheets, the styles."""
STRINGS_BYTES = 128 * 1024**2
"""Of the shared strings, which are held whole too."""
COPIED_BYTES = 24 * 1024**2
"""Of a workbook, unpacked, that is held whole so as to be copied with its bad cells marked."""
ELEMENTS = 20_000_000
"""Of one part; a cell has three of them. So much takes half a minute to walk through."""
STRINGS = 2_000_000
STYLES = 100_000
"""Elements of a small part; a spreadsheet has at most 65,000 styles."""
TOKEN_BYTES = 1024**2
"""Of one tag of XML."""
DEPTH = 64
"""Elements within elements."""
SHEETS = 255
MERGES = 200_000
"""Merged ranges of a sheet."""
ROWS = 300_000
"""Rows of a file that hold something."""
CELL_CHARACTERS = 32_767
"""What a spreadsheet itself allows in a cell."""
LAST_ROW = 1_048_576
LAST_COLUMN = 16_384
PROBLEMS = 2_000
"""Bad cells that are told one by one; a file with more has one mistake many times."""
