"""Commands of proof: checkpoint, keys, witness, prove."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import Annotated, Any
from uuid import uuid4

import typer

from ledger.doors.cli.delivering import OutputOption, deliver
from ledger.doors.cli.desk import Desk, Format, FormatOption, app, desk_of, opened
from ledger.drawing.proofs import judged_document, key_document, keys_sheet, proof_document
from ledger.rooms.proof import keys as keyring
from ledger.rooms.proof.checkpoints import Checkpoint
from ledger.rooms.proof.keys import Keys
from ledger.rooms.proof.notes import LOG, WITNESS, Verifier
from ledger.rooms.storage import reading
from ledger.verbs.checkpointing import checkpoint
from ledger.verbs.proving import growth, prove
from ledger.verbs.sealing import keys_that_sign
from ledger.verbs.witnessing import cosigned, read_request, trust, witness

KeysOption = Annotated[
    Path | None,
    typer.Option(
        "--keys",
        envvar="LEDGER_KEYS",
        help="密钥文件夹 · folder of the keys, else DATABASE.keys beside the database",
    ),
]
TilesOption = Annotated[
    Path | None,
    typer.Option(
        "--tiles",
        envvar="LEDGER_TILES",
        help="公布日志的文件夹 · folder that the log is published in, else DATABASE.tiles",
    ),
]
NoTilesOption = Annotated[bool, typer.Option("--no-tiles", help="不公布日志 · publish no tiles")]
KnownOption = Annotated[
    list[str] | None,
    typer.Option("--key", metavar="KEY", help="可信的公钥 · a public key that is trusted"),
]
EveryOption = Annotated[
    float | None,
    typer.Option("--every", min=0.1, help="每隔几秒再做，直到中断 · again every … seconds"),
]
NameOption = Annotated[
    str | None,
    typer.Option("--name", help="新密钥的名称 · name of a new key: ledger.example.gov.cn"),
]


@app.command("checkpoint")
def checkpoint_(
    context: typer.Context,
    keys: KeysOption = None,
    tiles: TilesOption = None,
    no_tiles: NoTilesOption = False,
    name: NameOption = None,
    since: Annotated[
        int | None,
        typer.Option("--since", min=0, help="给见证的请求 · a witness's request, from this size"),
    ] = None,
    cosignatures: Annotated[
        str | None,
        typer.Option("--cosignatures", help="收存见证的签名 · keep a witness's answer: file or -"),
    ] = None,
    every: EveryOption = None,
    output: OutputOption = None,
    format_: FormatOption = Format.text,
) -> None:
    """签署检查点：台账现有的全部事件 · Sign a checkpoint of all that the ledger holds."""
    desk = desk_of(context, format_)
    held = keys_of(desk, keys, name)
    if cosignatures is not None:
        _keep(desk, held, cosignatures)
        return
    folder = None if no_tiles else desk.beside(tiles, ".tiles")
    before = None
    while True:
        made = checkpoint(desk.journal, held, folder)
        if made != before:
            _hand_out(desk, made, held, since, output)
        if every is None:
            return
        before = made
        time.sleep(every)


def _hand_out(
    desk: Desk, made: Checkpoint, held: Keys, since: int | None, output: Path | None
) -> None:
    told: str | dict[str, Any] = str(made)
    if since is not None:
        with desk.journal.reading() as connection:
            told = str(growth(connection, since, made))
    elif desk.json:
        told = judged_document(made, held.known)
    deliver(desk, told, output)
    sys.stdout.flush()


@app.command("keys")
def keys_(
    context: typer.Context,
    keys: KeysOption = None,
    name: NameOption = None,
    rotate: Annotated[
        bool, typer.Option("--rotate", help="添加新密钥，新旧同签 · a new key beside the old")
    ] = False,
    retire: Annotated[
        str | None, typer.Option("--retire", metavar="ID", help="停用旧密钥 · retire an old key")
    ] = None,
    trusted: Annotated[
        list[str] | None,
        typer.Option("--trust", metavar="KEY", help="信任见证的公钥 · trust a witness's key"),
    ] = None,
    format_: FormatOption = Format.text,
) -> None:
    """签名密钥：查看、更换 · The keys that sign: list, rotate, retire."""
    desk = desk_of(context, format_)
    folder = desk.beside(keys, ".keys")
    held = keys_of(desk, keys, name)
    if rotate:
        keyring.make(folder, LOG, name or held.signers[-1].verifier.name)
    if retire:
        keyring.retire(folder, retire)
    keyring.trust(folder, keyring.read_known(trusted or ()))
    held = keyring.load(folder, LOG, desk.signing_keys)
    witnesses = keyring.load(folder, WITNESS).known
    if desk.json:
        desk.give({"keys": [key_document(key, held) for key in (*held.known, *witnesses)]})
    else:
        desk.show(keys_sheet(held, witnesses, desk.language))


@app.command("witness")
def witness_(
    context: typer.Context,
    request: Annotated[
        str | None, typer.Argument(metavar="[REQUEST]", help="ledger checkpoint --since …, -")
    ] = None,
    folder: Annotated[
        Path,
        typer.Option("--folder", envvar="LEDGER_WITNESS", help="见证的文件夹 · the witness's own"),
    ] = Path("ledger.witness"),
    trusted: Annotated[
        list[str] | None,
        typer.Option("--trust", metavar="KEY", help="信任某台账的公钥 · trust a ledger's key"),
    ] = None,
    name: NameOption = None,
) -> None:
    """见证另一台账的检查点 · Cosign another ledger's checkpoint, if it grew out of the last one seen."""
    desk = desk_of(context)
    held = _held(folder, WITNESS, name, "witness")
    trust(folder, keyring.read_known(trusted or ()))
    if request is None:
        sys.stdout.write("".join(f"{key.text()}\n" for key in held.known))
        return
    with opened(request) as (stream, _):
        asked = read_request(stream.read().decode("utf-8", "replace"), request)
    for line in witness(folder, held, asked):
        desk.console.out(line, highlight=False)


@app.command("prove")
def prove_(
    context: typer.Context,
    event: Annotated[str, typer.Argument(metavar="EVENT", help="编号或位置 · id or position")],
    keys: KeysOption = None,
    format_: FormatOption = Format.text,
) -> None:
    """证明一个事件在签过的台账里 · Prove that an event stands in what was signed."""
    desk = desk_of(context, format_)
    with desk.journal.reading() as connection:
        proved = prove(connection, event)
    if desk.json:
        known = keyring.load(desk.beside(keys, ".keys"), LOG, desk.signing_keys).known
        desk.give(proof_document(proved, known, desk.house.definitions))
    else:
        sys.stdout.write(str(proved.proof))


def keys_of(desk: Desk, folder: Path | None, name: str | None) -> Keys:
    """The keys that sign; made where there are none yet."""
    place = desk.beside(folder, ".keys")
    return keys_that_sign(desk.journal_if_any, place, desk.signing_keys, name)


def known_to(desk: Desk, held: Keys, given: list[str] | None) -> tuple[Verifier, ...]:
    """The public keys to believe: those held here and those given; in a copy, else, those it follows.

    The last stand in the database: they are not asked where there are others.
    """
    known = (*held.known, *keyring.read_known(given or ()))
    if known or desk.journal_if_any is None:
        return known
    with desk.journal.reading() as connection:
        return tuple(keyring.read_known(reading.followed(connection).split()))


def _held(folder: Path, kind: int, name: str | None, what: str) -> Keys:
    """The keys of a folder; the first is made, under a name that no other has unless one is given."""
    held = keyring.load(folder, kind)
    if held.signers:
        return held
    keyring.make(folder, kind, name or f"{what}/{uuid4().hex[:12]}")
    return keyring.load(folder, kind)


def _keep(desk: Desk, held: Keys, file: str) -> None:
    witnesses = keyring.load(held.folder, WITNESS).known
    with opened(file) as (stream, _):
        text = stream.read().decode("utf-8", "replace")
    made = cosigned(desk.journal, text, witnesses)
    if desk.json:
        desk.give(judged_document(made, (*held.known, *witnesses)))
    else:
        sys.stdout.write(str(made))
