"""Commands that keep the ledger: rebuild, verify, migrate."""

from __future__ import annotations

import typer

from ledger.doors.cli.desk import Format, FormatOption, app, desk_of
from ledger.drawing.documents import fault_document
from ledger.drawing.phrases import fault as sentence
from ledger.rooms.storage import reading
from ledger.rooms.storage.database import open_engine
from ledger.rooms.storage.migrations import migrate as migrate_tables
from ledger.verbs import rebuilding
from ledger.verbs.issues import all_closings, all_issues
from ledger.verbs.regenerating import issue_faults


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
def verify(context: typer.Context, format_: FormatOption = Format.text) -> None:
    """核验日志完整、事实与日志一致 · Verify that the journal is whole and the facts agree with it."""
    desk = desk_of(context, format_)
    with desk.journal.reading() as connection:
        events = reading.last_position(connection)
    with desk.progress(events * 2) as progress:
        faults = list(rebuilding.verify(desk.journal, progress))
    if not any(fault.what == "unreadable" for fault in faults):
        house = desk.house
        with desk.journal.reading() as connection:
            faults += issue_faults(connection, house.definitions, house.editions)
    if desk.json:
        desk.give({"events": events, "faults": [fault_document(fault) for fault in faults]})
    elif not faults:
        desk.say("verified", events=events)
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
            values = {"place": fault.place, "found": fault.found, "expected": fault.expected}
            line = sentence(desk.language, fault.what, **values)
            desk.console.out(line, highlight=False)
    if faults:
        raise typer.Exit(1)


@app.command()
def migrate(context: typer.Context) -> None:
    """把数据库结构升到最新 · Bring the tables of a database to the newest version."""
    desk = desk_of(context)
    migrate_tables(open_engine(desk.database))
    desk.say("migrated", database=desk.database)
