"""Commands for an auditor: bundle, and the checking of a bundle or a proof by itself."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated

import typer

from ledger.doors.cli.delivering import deliver
from ledger.doors.cli.desk import (
    AsAtOption,
    BelowOption,
    Desk,
    EditionOption,
    Format,
    FormatOption,
    FormsOption,
    OrganOption,
    PeriodArgument,
    add_forms,
    app,
    desk_of,
    period_from,
)
from ledger.doors.cli.signing import KeysOption, NameOption, TilesOption, keys_of, known_to
from ledger.drawing.audits import sentences
from ledger.drawing.bundles import bundle_files
from ledger.drawing.documents import finding_told
from ledger.drawing.proofs import proof_document
from ledger.rooms.proof import keys as keyring
from ledger.rooms.proof.notes import LOG, Verifier
from ledger.rooms.storage import reading
from ledger.rooms.storage.mapper import decode
from ledger.verbs.auditing import audit
from ledger.verbs.bundling import Bundle, bundle
from ledger.verbs.checkpointing import checkpoint
from ledger.verbs.proving import covered_by, proved
from ledger.verbs.reporting import Question
from ledger.verbs.witnessing import must_be_signed
from ledger.words.problems import Problem, Refusal


@app.command("bundle")
def bundle_(
    context: typer.Context,
    period: PeriodArgument,
    cells: Annotated[
        list[str] | None,
        typer.Argument(metavar="[TABLE/ROW/COLUMN…]", help="不给则为全部数字 · all, if none"),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="文件 · the file, else bundle-PERIOD.zip")
    ] = None,
    organ: OrganOption = None,
    below: BelowOption = False,
    as_at: AsAtOption = None,
    edition: EditionOption = None,
    projections: FormsOption = None,
    keys: KeysOption = None,
    tiles: TilesOption = None,
    name: NameOption = None,
    format_: FormatOption = Format.text,
) -> None:
    """审计包：数字、事件和证明，可脱离台账核验 · Figures, events and proofs, to be checked elsewhere."""
    desk = desk_of(context, format_)
    add_forms(desk, projections)
    question = Question(period_from(period), organ, below, as_at, edition)
    with desk.journal.reading() as connection:
        last = reading.last_position(connection)
        signed = covered_by(connection, last)
    if signed is None:
        checkpoint(desk.journal, keys_of(desk, keys, name), desk.beside(tiles, ".tiles"))
    held = keyring.load(desk.beside(keys, ".keys"), LOG, desk.signing_keys)
    with desk.journal.reading() as connection:
        made = bundle(connection, desk.house.editions, question, cells or ())
    path = output or Path(f"bundle-{period}.zip")
    deliver(desk, zipped(_files(desk, made, known_to(desk, held, None))), path)
    told = {"cells": len(made.traces), "events": len(made.states), "size": made.checkpoint.size}
    if desk.json:
        desk.give({"path": str(path), **told})
    else:
        desk.say("bundled", path=path, **told)


def verify_file(desk: Desk, path: Path, known: Sequence[Verifier]) -> None:
    """Checks a bundle or a proof by what it holds; ends with 1 where it does not hold."""
    if zipfile.is_zipfile(path):
        _verify_bundle(desk, path, known)
    else:
        _verify_proof(desk, path, known)


def _verify_bundle(desk: Desk, path: Path, known: Sequence[Verifier]) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            files = {name: archive.read(name) for name in archive.namelist()}
    except zipfile.BadZipFile as error:
        params = {"what": str(path), "detail": str(error)}
        raise Refusal(Problem("not-a-bundle", params=params)) from None
    findings = list(audit(files, known))
    if desk.json:
        desk.give({"findings": [finding_told(finding) for finding in findings]})
    else:
        for line in sentences(findings, desk.language):
            desk.console.out(line, highlight=False)
    if not all(finding.good for finding in findings):
        raise typer.Exit(1)


def _verify_proof(desk: Desk, path: Path, known: Sequence[Verifier]) -> None:
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        params = {"what": str(path), "detail": str(error)}
        raise Refusal(Problem("not-a-proof", params=params)) from None
    told = proved(text, str(path))
    if told is None:
        desk.say("proof-fails")
        raise typer.Exit(1)
    must_be_signed(told.proof.checkpoint, known)
    if desk.json:
        desk.give(proof_document(told, known, desk.house.definitions))
        return
    signed = told.proof.checkpoint
    values = {"position": told.event.position, "origin": signed.origin, "size": signed.size}
    desk.say("proof-holds", event=told.event.id, **values)
    desk.console.out(told.data.decode(), highlight=False)


def _files(desk: Desk, made: Bundle, known: Sequence[Verifier]) -> dict[str, bytes]:
    events = [decode(data, at, 0) for at, data in made.states.items()]
    schemas = desk.house.schema_files({(event.type, event.version) for event in events})
    edition = desk.house.edition_files(made.told.setting.edition.id)
    definitions = desk.house.definitions
    return bundle_files(made, definitions, edition, schemas, known, desk.language)


def zipped(files: Mapping[str, bytes]) -> bytes:
    """Files as one zip file."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return packed.getvalue()
