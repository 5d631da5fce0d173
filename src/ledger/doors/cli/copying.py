"""Commands that copy a ledger: export, backup, restore, follow."""

from __future__ import annotations

import gzip
import sys
import time
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any, BinaryIO

import typer

from ledger.doors.cli.desk import Desk, Format, FormatOption, app, desk_of, opened
from ledger.doors.cli.signing import EveryOption, KeysOption, KnownOption
from ledger.rooms.proof import keys as keyring
from ledger.rooms.proof.files import written
from ledger.rooms.proof.notes import LOG, Verifier
from ledger.rooms.storage import reading
from ledger.verbs.checkpointing import last_signed
from ledger.verbs.exporting import items, lines, read_lines
from ledger.verbs.following import follow_database, follow_stream
from ledger.verbs.holding import held_in
from ledger.verbs.opening import open_journal
from ledger.verbs.replaying import Replayed, restore
from ledger.verbs.verifying import Signed, still_holds
from ledger.words.problems import Problem, Refusal


@app.command("export")
def export_(
    context: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE", help="- 为标准输出 · - for stdout")],
) -> None:
    """导出整个日志，每行一个事件 · Export the whole journal as JSON Lines, with its checkpoints."""
    desk = desk_of(context)
    if file == "-":
        _write(desk, sys.stdout.buffer)
        return
    with written(Path(file)) as stream:
        _write(desk, stream)


@app.command()
def backup(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="ledger-2021-01-31.gz")],
    format_: FormatOption = Format.text,
) -> None:
    """备份，不必停机 · Back up the ledger while it is in use; the keys need a backup of their own."""
    desk = desk_of(context, format_)
    with written(file) as stream, gzip.GzipFile("", "wb", fileobj=stream, mtime=0) as packed:
        events = _write(desk, packed)
    if desk.json:
        desk.give({"path": str(file), "events": events})
    else:
        desk.say("backed-up", path=file, events=events)


@app.command("restore")
def restore_(
    context: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE", help="备份或导出 · a backup or an export")],
    against: Annotated[
        list[Path] | None,
        typer.Option(
            "--against", help="与外部保存的检查点或印发的报告核对 · a checkpoint or issued report"
        ),
    ] = None,
    keys: KeysOption = None,
    known: KnownOption = None,
    format_: FormatOption = Format.text,
) -> None:
    """恢复到空的台账，全部或全不 · Restore into an empty ledger, whole or not at all."""
    desk = desk_of(context, format_)
    held = keyring.load(desk.beside(keys, ".keys"), LOG, desk.signing_keys)
    trusted = (*held.known, *keyring.read_known(known or ()))
    with _unpacked(file) as stream, desk.progress(None) as progress:
        items_ = read_lines(stream)
        done = restore(desk.new_journal, desk.house.definitions, items_, trusted, progress)
    if desk.json:
        desk.give(_told(done))
    else:
        desk.say("restored", events=done.events, signed=_size(done))
    outside = [Signed(str(path), held_in(path)) for path in against or ()]
    signed = last_signed(held)
    outside += [Signed(str(held.folder), signed)] if signed else []
    with desk.journal.reading() as connection:
        problems = tuple(still_holds(connection, outside))
    if problems:
        desk.refuse(problems)


@app.command("follow")
def follow_(
    context: typer.Context,
    source: Annotated[
        str,
        typer.Argument(metavar="SOURCE", help="数据库地址或导出文件 · a database, or an export"),
    ],
    known: KnownOption = None,
    every: EveryOption = None,
    format_: FormatOption = Format.text,
) -> None:
    """跟随另一台账，只接收签过的内容 · Follow another ledger: take in what it signed, or stop."""
    desk = desk_of(context, format_)
    keys = keyring.read_known(known or ())
    while True:
        done = _follow(desk, source, keys)
        if desk.json:
            desk.give(_told(done))
        elif done.events or every is None:
            with desk.journal.reading() as connection:
                last = reading.last_position(connection)
            desk.say("followed", events=done.events, last=last)
        if every is None:
            return
        time.sleep(every)


def _follow(desk: Desk, source: str, keys: Sequence[Verifier]) -> Replayed:
    definitions = desk.house.definitions
    with desk.progress(None) as progress:
        if "://" in source:
            other = open_journal(source)
            try:
                return follow_database(desk.new_journal, definitions, other, keys, progress)
            finally:
                other.engine.dispose()
        with _unpacked(source) as stream:
            told = read_lines(stream, to_the_end=False)
            return follow_stream(desk.new_journal, definitions, told, keys, progress)


def _write(desk: Desk, stream: Any) -> int:
    """Writes every line of the journal as it is now; returns the number of events."""
    with desk.journal.reading() as connection:
        events = reading.last_position(connection)
        with desk.progress(events) as progress:
            for line in lines(items(connection), progress):
                stream.write(line)
    return events


@contextmanager
def _unpacked(file: str) -> Iterator[Iterable[bytes]]:
    """The lines of a file, packed or not; raises Refusal."""
    with opened(file) as (stream, _):
        if file == "-" or not _is_packed(stream):
            yield stream
            return
        try:
            with gzip.GzipFile(fileobj=stream) as packed:
                yield packed
        except (EOFError, gzip.BadGzipFile, zlib.error) as error:
            params = {"path": file, "detail": str(error)}
            raise Refusal(Problem("file-failed", params=params)) from None


def _is_packed(stream: BinaryIO) -> bool:
    begin = stream.read(2)
    stream.seek(0)
    return begin == b"\x1f\x8b"


def _told(done: Replayed) -> dict[str, Any]:
    return {"events": done.events, "checkpoint": str(done.checkpoint) if done.checkpoint else None}


def _size(done: Replayed) -> int:
    return done.checkpoint.size if done.checkpoint else 0
