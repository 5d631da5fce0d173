"""How an answer leaves a command: shown, or written into a file, in the format asked for."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, TypeVar

import typer

from ledger.doors.cli.desk import Desk
from ledger.drawing.documents import encoded
from ledger.drawing.sheet import Sheet
from ledger.drawing.text import plain
from ledger.words.problems import Problem, Refusal


class ReportFormat(StrEnum):
    """How a report comes out."""

    text = "text"
    json = "json"
    html = "html"
    docx = "docx"
    xlsx = "xlsx"
    pdf = "pdf"


class ListFormat(StrEnum):
    """How facts and events come out."""

    text = "text"
    json = "json"
    xlsx = "xlsx"


WITH_CHARTS = frozenset({ReportFormat.html, ReportFormat.docx, ReportFormat.pdf})
"""The formats that a report's annex of charts is for."""

_BINARY = frozenset({"docx", "xlsx", "pdf", "png"})

OutputOption = Annotated[
    Path | None, typer.Option("--output", "-o", help="写入文件 · write into this file")
]
ReportFormatOption = Annotated[
    ReportFormat | None,
    typer.Option("--format", help="输出格式，默认从文件名判断 · else what the file's name says"),
]

ListFormatOption = Annotated[
    ListFormat | None,
    typer.Option(
        "--format", help="text、json 或 xlsx，默认从文件名判断 · else what the file's name says"
    ),
]
FontsOption = Annotated[
    list[Path] | None,
    typer.Option(
        "--fonts",
        envvar="LEDGER_FONTS",
        help="PDF 先用的字体所在文件夹，如仿宋 · a folder with fonts that a PDF takes first",
    ),
]

Chosen = TypeVar("Chosen", bound=StrEnum)


def format_of(formats: type[Chosen], asked: Chosen | None, output: Path | None) -> Chosen:
    """The format asked for, else the one that the file's name says, else the first.

    Raises Refusal where a document that is not text has no file to go into.
    """
    suffix = output.suffix[1:].lower() if output else ""
    named = next((known for known in formats if known == suffix), None)
    chosen = asked or named or next(iter(formats))
    if chosen in _BINARY and output is None:
        raise Refusal(Problem("needs-output", params={"format": str(chosen)}))
    return chosen


def refuse_workbook(format_: ListFormat, option: str) -> None:
    """Refuses a workbook of what is no list."""
    if format_ is ListFormat.xlsx:
        raise Refusal(Problem("no-workbook-of", params={"option": option}))


def deliver(
    desk: Desk, content: Sheet | Mapping[str, Any] | str | bytes, output: Path | None
) -> None:
    """Shows an answer, or writes it into a file whole or not at all; raises Refusal."""
    if output is not None:
        write(output, _bytes(content))
    elif isinstance(content, Sheet):
        desk.show(content)
    else:
        sys.stdout.write(_bytes(content).decode())


def _bytes(content: Sheet | Mapping[str, Any] | str | bytes) -> bytes:
    match content:
        case bytes():
            return content
        case str():
            return content.encode()
        case Sheet():
            return "".join(f"{line}\n" for line in plain(content)).encode()
        case _:
            return f"{encoded(content)}\n".encode()


def write(output: Path, content: bytes) -> None:
    """Writes a file whole or not at all; raises Refusal."""
    path = output.resolve()
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        if output.exists() and not output.is_file():
            output.write_bytes(content)  # a pipe or a device, which is not to be replaced
            return
        unfinished.write_bytes(content)
        unfinished.replace(path)
    except OSError as error:
        unfinished.unlink(missing_ok=True)
        params = {"path": str(output), "detail": error.strerror}
        raise Refusal(Problem("cannot-write", params=params)) from None
