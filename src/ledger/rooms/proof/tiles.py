"""The log as files that any client reads (c2sp.org/tlog-tiles): checkpoint, tiles of hashes, entries."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

from ledger.rooms.proof.checkpoints import Checkpoint, read_checkpoint
from ledger.rooms.proof.files import settle, write_whole
from ledger.rooms.proof.notes import Malformed
from ledger.words.problems import Problem, Refusal

WIDTH = 256
"""Hashes of a full tile, entries of a full bundle."""

Span = tuple[int, int]

Hashes = Callable[[int, int, int], bytes]
"""The hashes of a level, from one index to before another, one behind the other."""

Entries = Callable[[int, int], Iterator[bytes]]
"""The bytes of the leaves from one index to before another."""


def published(folder: Path) -> Checkpoint | None:
    """The checkpoint up to which a folder holds the log; None where it holds none. Raises Refusal."""
    path = folder / "checkpoint"
    try:
        return read_checkpoint(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except (Malformed, UnicodeDecodeError) as error:
        params = {"what": str(path), "detail": str(error)}
        raise Refusal(Problem("not-a-checkpoint", params=params)) from None


def publish(
    folder: Path, old: int, checkpoint: Checkpoint, hashes: Hashes, entries: Entries
) -> None:
    """Writes what a folder that holds `old` events lacks; its checkpoint last, when all is there."""
    for begin, end in _spans(old, checkpoint.size):
        _put(folder / "tile" / "entries", begin, end, _bundle(entries(begin, end)))
    level, below, size = 0, old, checkpoint.size
    while size:
        for begin, end in _spans(below, size):
            _put(folder / "tile" / str(level), begin, end, hashes(level, begin, end))
        level, below, size = level + 1, below // WIDTH, size // WIDTH
    folder.mkdir(parents=True, exist_ok=True)
    write_whole(folder / "checkpoint", str(checkpoint).encode())


def tile_path(number: int, width: int) -> str:
    """Where a tile lies in the folder of its level: x001/x234/067, or 067.p/8 for a partial one."""
    digits = str(number)
    digits = digits.zfill(-(-len(digits) // 3) * 3)
    parts = [digits[at : at + 3] for at in range(0, len(digits), 3)]
    path = "/".join((*(f"x{part}" for part in parts[:-1]), parts[-1]))
    return path if width == WIDTH else f"{path}.p/{width}"


def leaf_hashes(folder: Path, size: int, begin: int) -> bytes | None:
    """The hashes of the tile of leaves that begins at an index; None where the file is not there."""
    width = min(WIDTH, size - begin)
    try:
        return (folder / "tile" / "0" / tile_path(begin // WIDTH, width)).read_bytes()
    except FileNotFoundError:
        return None


def _spans(old: int, size: int) -> Iterator[Span]:
    """The tiles that are new or wider in a level that has grown."""
    for begin in range(old - old % WIDTH, size, WIDTH):
        end = min(begin + WIDTH, size)
        if end > old:
            yield begin, end


def _put(folder: Path, begin: int, end: int, data: bytes) -> None:
    path = folder / tile_path(begin // WIDTH, end - begin)
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.is_file() and path.read_bytes() == data:
        settle(path.parent)  # so that a publication that was cut short is taken up where it stopped
    else:
        write_whole(path, data)
    if end - begin == WIDTH:
        shutil.rmtree(f"{path}.p", ignore_errors=True)


def _bundle(entries: Iterator[bytes]) -> bytes:
    return b"".join(len(entry).to_bytes(2, "big") + entry for entry in entries)


def entries_in(bundle: bytes) -> Iterator[bytes]:
    """The entries of a bundle."""
    at = 0
    while at < len(bundle):
        begin = at + 2
        at = begin + int.from_bytes(bundle[at:begin], "big")
        yield bundle[begin:at]
