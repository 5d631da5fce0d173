"""Files that are whole or not there at all, also after a power cut."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO
from uuid import uuid4


def write_whole(path: Path, data: bytes, mode: int = 0o644) -> None:
    """Puts a file in its place when all of it is on the disk."""
    with written(path, mode) as file:
        file.write(data)


@contextmanager
def written(path: Path, mode: int = 0o644) -> Iterator[BinaryIO]:
    """A file to write into that takes its place when it is whole; readers see the old one or the new."""
    fresh = path.with_name(f".{path.name}.{uuid4().hex[:8]}")
    try:
        if path.exists() and not path.is_file():
            with path.open("wb") as device:  # a pipe or a device is not to be replaced
                yield device
            return
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
        settle(path.parent)
    except OSError as error:
        error.filename = str(path)
        raise
    finally:
        fresh.unlink(missing_ok=True)


def settle(folder: Path) -> None:
    """Makes durable that a file of a folder has taken its place."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def private_folder(path: Path) -> None:
    """Makes a folder that only its owner may enter, where there is none."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
