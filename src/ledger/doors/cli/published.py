"""Commands for reports that were published elsewhere: read."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from ledger.doors.cli.desk import Format, FormatOption, FormsOption, app, desk_of
from ledger.doors.cli.reading import add_forms
from ledger.drawing.published import published_document, published_sheet
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


def taken(file: str) -> tuple[str, bytes]:
    """A file's name and bytes, or what comes from the standard input; raises Refusal."""
    if file == "-":
        return "-", sys.stdin.buffer.read()
    path = Path(file)
    try:
        return path.name, path.read_bytes()
    except OSError as error:
        params = {"path": file, "detail": error.strerror}
        raise Refusal(Problem("no-such-file", params=params)) from None
