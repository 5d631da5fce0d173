"""The zip package that an office file is, opened without trusting what it says of its sizes."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from ledger.words.problems import Problem, Refusal

MEMBERS = 5_000
"""Parts of a package."""
DIRECTORY_BYTES = 4 * 1024**2
"""Of the table of contents."""

_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError)
_CHUNK = 64 * 1024


class Package:
    """The parts of a package; one that has too many, or is damaged, raises Refusal."""

    def __init__(self, file: BinaryIO) -> None:
        _check_directory(file)
        try:
            self._zip = zipfile.ZipFile(file)
        except _BROKEN as error:
            raise damaged(str(error)) from None
        if len(self._zip.namelist()) > MEMBERS:
            raise Refusal(Problem("too-many-members", params={"limit": MEMBERS}))
        # Windows programs have been seen to write other cases than the relationships say.
        self._names = {name.lower().lstrip("/"): name for name in self._zip.namelist()}

    def parts(self) -> list[str]:
        """The names of all parts, in lower case."""
        return list(self._names)

    def has(self, part: str) -> bool:
        """Whether a part of this name, or any in this folder (`xl/externalLinks/`), is there."""
        wanted = part.lower()
        if wanted.endswith("/"):
            return any(name.startswith(wanted) for name in self._names)
        return wanted in self._names

    def size(self, part: str) -> int:
        """The unpacked size in bytes that the package claims for a part; no more is ever unpacked."""
        return self._zip.getinfo(self._name(part)).file_size

    def stream(self, part: str, limit: int) -> Iterator[bytes]:
        """A part's bytes, piece by piece; raises Refusal where they are more than the limit."""
        info = self._zip.getinfo(self._name(part))
        # The other methods may ask for gigabytes of memory; office programs never use them.
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise damaged(f"{part}: compression method {info.compress_type}")
        if info.file_size > limit:
            raise unpacks_too_large(limit)
        try:
            with self._zip.open(info) as file:
                while chunk := file.read(_CHUNK):
                    yield chunk
        except RuntimeError:
            raise Refusal(Problem("locked-file")) from None
        except _BROKEN as error:
            raise damaged(f"{part}: {error}") from None

    def _name(self, part: str) -> str:
        name = self._names.get(part.lower())
        if name is None:
            raise damaged(f"{part}: missing")
        return name


def damaged(detail: str) -> Refusal:
    """The refusal of a file that is not what it should be."""
    return Refusal(Problem("broken-file", params={"detail": detail[:200]}))


def unpacks_too_large(limit: int) -> Refusal:
    """The refusal of a package that unpacks to more bytes than the limit."""
    return Refusal(Problem("unpacks-too-large", params={"limit": limit // 1024**2}))


def _check_directory(file: BinaryIO) -> None:
    """Refuses a table of contents that is itself too large to be listed."""
    size = file.seek(0, 2)
    file.seek(max(0, size - 66_000))
    tail = file.read()
    file.seek(0)
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) < at + 22:
        raise damaged("no table of contents; the file may be cut off")
    large = int.from_bytes(tail[at + 12 : at + 16], "little") > DIRECTORY_BYTES
    if large or tail[at - 20 : at - 16] == b"PK\x06\x07":
        raise Refusal(Problem("too-many-members", params={"limit": MEMBERS}))
