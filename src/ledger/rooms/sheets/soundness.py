"""Whether a workbook may be given to a library that holds all of it and trusts what it reads."""

from __future__ import annotations

from typing import BinaryIO

from ledger.rooms.packages import Package
from ledger.rooms.sheets import limits
from ledger.rooms.sheets.markup import walk
from ledger.words.problems import Refusal


def is_small_and_sound(file: BinaryIO) -> bool:
    """Whether every part is XML without entities, and all of them together are small."""
    left = limits.COPIED_BYTES
    try:
        package = Package(file)
        for part in package.parts():
            left -= package.size(part)
            if left < 0:
                return False
            if part.endswith((".xml", ".rels", ".vml")):
                for _ in walk(package.stream(part, limits.COPIED_BYTES), _Nothing()):
                    pass
    except Refusal:
        return False
    return True


class _Nothing:
    def start(self, _: str, __: dict[str, str]) -> None:
        """Seen, and well formed."""

    def end(self, _: str) -> None:
        """Seen."""

    def text(self, _: str) -> None:
        """Seen."""
