"""Files that are whole or not there at all, also after a power cut."""

from __future__ import annotations

import os
from pathlib import Path
from uuid import uuid4


def write_whole(path: Path, data: bytes, mode: int = 0o644) -> None:
    """Puts a file in its place when all of it is on the disk; readers see the old one or the new."""
    fresh = path.with_name(f".{path.name}.{uuid4().hex[:8]}")
    try:
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def private_folder(path: Path) -> None:
    """Makes a folder that only its owner may enter, where there is none."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
