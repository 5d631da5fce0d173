"""Exporting the whole journal as lines: every event as its stored bytes, and what was signed, in order.

A line is an event, a checkpoint ({"checkpoint": …}) right behind the last event that it covers, or, at
the very end, the head ({"head": …}), by which a file that was cut short is told from a whole one.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterable, Iterator

import msgspec

from ledger.rooms.proof.checkpoints import Checkpoint, read_checkpoint
from ledger.rooms.proof.notes import Malformed, decoded
from ledger.rooms.storage import checkpoints, reading, tree
from ledger.rooms.storage.reading import Connection
from ledger.verbs.checkpointing import kept_checkpoint
from ledger.words.problems import Problem, Refusal

Progress = Callable[[int], None]


class Head(msgspec.Struct, frozen=True):
    """How many events there are, and the root of their tree."""

    position: int
    root: bytes


Item = bytes | Checkpoint | Head
"""An event's stored bytes, a checkpoint, or the head at the end."""


def items(connection: Connection) -> Iterator[Item]:
    """The whole journal, the checkpoints each behind the last event that it covers, and the head."""
    yield from items_after(connection, 0)
    size = reading.last_position(connection)
    yield Head(size, tree.root(connection, size))


def items_after(connection: Connection, after: int, until: int | None = None) -> Iterator[Item]:
    """The journal beyond one position, up to another."""
    sizes = iter(checkpoints.sizes(connection, after or -1))
    due = next(sizes, None)
    position = after
    if due == position:
        yield from _kept(connection, due)
        due = next(sizes, None)
    for page in reading.log(connection, after + 1):
        for _, state in page.events:
            if position == until:
                return
            yield state
            position += 1
            if position == due:
                yield from _kept(connection, due)
                due = next(sizes, None)


def lines(found: Iterable[Item], progress: Progress = lambda _: None) -> Iterator[bytes]:
    """Items as lines; raises Refusal for an event whose bytes are not one line of JSON."""
    for item in found:
        match item:
            case Checkpoint():
                yield _line({"checkpoint": str(item)})
            case Head():
                root = base64.b64encode(item.root).decode()
                yield _line({"head": {"position": item.position, "root": root}})
            case _:
                if b"\n" in item:
                    raise Refusal(Problem("not-one-line", params={"line": item[:60].decode()}))
                yield item + b"\n"
                progress(1)


def read_lines(stream: Iterable[bytes], *, to_the_end: bool = True) -> Iterator[Item]:
    """Lines as items; raises Refusal where they end before the head, unless they may."""
    whole = False
    for number, line in enumerate(stream, 1):
        item = _read(line.rstrip(b"\n"), number)
        whole = isinstance(item, Head)
        yield item
    if to_the_end and not whole:
        raise Refusal(Problem("cut-short"))


def _read(line: bytes, number: int) -> Item:
    try:
        if line.startswith(b'{"checkpoint"'):
            return read_checkpoint(json.loads(line)["checkpoint"])
        if line.startswith(b'{"head"'):
            told = json.loads(line)["head"]
            return Head(told["position"], decoded(told["root"]))
    except (Malformed, ValueError, KeyError, TypeError) as error:
        params = {"detail": str(error)}
        raise Refusal(Problem("not-json", line=number, params=params)) from None
    return line


def _kept(connection: Connection, size: int) -> Iterator[Checkpoint]:
    found = kept_checkpoint(connection, size)
    if found is not None:
        yield found


def _line(told: object) -> bytes:
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
