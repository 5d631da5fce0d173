"""Commands that keep the ledger: rebuild, verify, migrate."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from ledger.doors.cli.auditing import verify_file
from ledger.doors.cli.desk import Format, FormatOption, app, desk_of
from ledger.doors.cli.signing import KeysOption, KnownOption, TilesOption, known_to
from ledger.drawing.documents import fault_document
from ledger.drawing.faults import sentence
from ledger.rooms.proof import keys as keyring
from ledger.rooms.proof.notes import LOG
from ledger.rooms.proof.tiles import published
from ledger.rooms.storage import checkpoints, reading
from ledger.rooms.storage.database import open_engine
from ledger.rooms.storage.migrations import migrate as migrate_tables
from ledger.verbs import rebuilding, verifying
from ledger.verbs.checkpointing import last_signed
from ledger.verbs.holding import held_in
from ledger.verbs.issues import all_closings, all_issues
from ledger.verbs.regenerating import issue_faults
from ledger.verbs.verifying import Signed, readable


@app.command()
def rebuild(context: typer.Context, format_: FormatOption = Format.text) -> None:
    """由日志重建事实 · Derive the facts anew from the journal."""
    desk = desk_of(context, format_)
    with desk.journal.reading() as connection:
        events = reading.last_position(connection)
    with desk.progress(events) as progress:
        facts = rebuilding.rebuild(desk.journal, progress)
    if desk.json:
        desk.give({"events": events, "facts": facts})
    else:
        desk.say("rebuilt", events=events, facts=facts)


@app.command()
def verify(
    context: typer.Context,
    file: Annotated[
        Path | None,
        typer.Argument(metavar="[FILE]", help="审计包或证明 · a bundle or a proof, by itself"),
    ] = None,
    against: Annotated[
        list[Path] | None,
        typer.Option(
            "--against", help="与外部保存的检查点或印发的报告核对 · a checkpoint or issued report"
        ),
    ] = None,
    keys: KeysOption = None,
    known: KnownOption = None,
    tiles: TilesOption = None,
    format_: FormatOption = Format.text,
) -> None:
    """核验台账，或一个审计包、一个证明 · Verify the ledger; or a bundle or a proof by itself."""
    desk = desk_of(context, format_)
    held = keyring.load(desk.beside(keys, ".keys"), LOG, desk.signing_keys)
    trusted = known_to(desk, held, known)
    if file is not None:
        verify_file(desk, file, trusted)
        return
    folder = desk.beside(tiles, ".tiles")
    outside = [Signed(str(path), held_in(path)) for path in against or ()]
    outside += _remembered(held, folder)
    with desk.journal.reading() as connection:
        events = reading.last_position(connection)
    with desk.progress(events * 2) as progress:
        faults = list(verifying.verify(desk.journal, trusted, outside, folder, progress))
    if not any(fault.what in ("unreadable", "meaningless") for fault in faults):
        house = desk.house
        with desk.journal.reading() as connection:
            drawn = issue_faults(connection, house.definitions, house.editions)
            faults += readable("facts, shapes", drawn)
    with desk.journal.reading() as connection:
        signed = len(checkpoints.sizes(connection)) + len(outside)
    if desk.json:
        found = [fault_document(fault) for fault in faults]
        desk.give({"events": events, "checkpoints": signed, "faults": found})
    elif not faults:
        desk.say("verified", events=events, checkpoints=signed)
        if not signed:
            desk.say("never-signed")
        elif not held.known and not known:
            desk.say("followed-keys")
        for each in outside:
            if not each.checkpoint.note.lines:
                desk.say("only-printed", place=each.place)
        with desk.journal.reading() as connection:
            issues, closings = (
                len(list(all_issues(connection))),
                len(list(all_closings(connection))),
            )
        if issues or closings:
            desk.say("regenerated", issues=issues, closings=closings)
    else:
        desk.say("faults", count=len(faults))
        for fault in faults:
            desk.console.out(sentence(fault, desk.language), highlight=False)
    if faults:
        raise typer.Exit(1)


@app.command()
def migrate(context: typer.Context) -> None:
    """把数据库结构升到最新 · Bring the tables of a database to the newest version."""
    desk = desk_of(context)
    migrate_tables(open_engine(desk.database))
    desk.say("migrated", database=desk.database)


def _remembered(held: keyring.Keys, folder: Path) -> Iterator[Signed]:
    """What was signed, as the files beside the database remember it."""
    signed = last_signed(held)
    if signed is not None:
        yield Signed(str(held.folder), signed)
    published_ = published(folder)
    if published_ is not None:
        yield Signed(str(folder), published_)
