"""Commands for reports that were published elsewhere: read, adopt."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from ledger.doors.cli.desk import (
    ByOption,
    Format,
    FormatOption,
    FormsOption,
    OrganOption,
    add_forms,
    app,
    desk_of,
    whoami,
)
from ledger.drawing.adoptions import adoption_document, adoption_sheet
from ledger.drawing.published import published_document, published_sheet
from ledger.rooms.files import limits
from ledger.verbs import adopting
from ledger.verbs.published import read_published
from ledger.words.problems import Problem, Refusal

FileArgument = Annotated[
    str,
    typer.Argument(
        metavar="FILE",
        help="docx、xlsx、HTML、PDF 或文本，- 为标准输入 · docx, xlsx, HTML, PDF or text; - for stdin",
    ),
]


@app.command()
def read(
    context: typer.Context,
    file: FileArgument,
    projections: FormsOption = None,
    format_: FormatOption = Format.text,
) -> None:
    """读取已公布的年度报告 · Read a published report: cells with addresses, prose and its numbers."""
    desk = desk_of(context, format_)
    add_forms(desk, projections)
    name, data = taken(file)
    told = read_published(name, data, desk.house.editions)
    edition = desk.house.editions[told.edition.id] if told.edition else None
    if desk.json:
        labels = {name: desk.house.definitions.labels(name) for name in ("zh-CN", "en")}
        desk.give(published_document(told, edition, labels))
    else:
        desk.show(published_sheet(told, edition, desk.language))


@app.command()
def adopt(
    context: typer.Context,
    file: FileArgument,
    organ: OrganOption = None,
    year: Annotated[
        int | None, typer.Option("--year", help="报告年度 · the year, where the file does not say")
    ] = None,
    preview: Annotated[
        bool, typer.Option("--preview", help="只预览，不记录 · only tell, record nothing")
    ] = False,
    projections: FormsOption = None,
    by: ByOption = None,
    format_: FormatOption = Format.text,
) -> None:
    """采用已公布的年度报告 · Record a published report as counted statements, its file as source."""
    desk = desk_of(context, format_)
    add_forms(desk, projections)
    told = read_published(*taken(file), desk.house.editions)
    done = adopting.adopt(
        desk.journal,
        desk.house.definitions,
        desk.house.editions,
        told,
        organ,
        by or whoami(),
        of_year=year,
        keep=not preview,
    )
    if desk.json:
        labels = {name: desk.house.definitions.labels(name) for name in ("zh-CN", "en")}
        desk.give(adoption_document(done, labels) | {"preview": preview})
    else:
        desk.show(adoption_sheet(done, desk.language, preview=preview))


def taken(file: str) -> tuple[str, bytes]:
    """A file's name and bytes, or what comes from the standard input; raises Refusal."""
    # One byte more than a file may have tells that it is too large.
    most = limits.FILE_BYTES + 1
    if file == "-":
        return "-", sys.stdin.buffer.read(most)
    path = Path(file)
    try:
        with path.open("rb") as stream:
            return path.name, stream.read(most)
    except OSError as error:
        params = {"path": file, "detail": error.strerror}
        raise Refusal(Problem("no-such-file", params=params)) from None
