"""Judging files of published reports: `ledger check FILE…`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from ledger.doors.cli.desk import Desk
from ledger.drawing.documents import encoded
from ledger.drawing.judgement_books import judgements_book
from ledger.drawing.judgement_documents import judgements_document
from ledger.drawing.judgement_pages import judgements_page
from ledger.drawing.judgements import judgements_sheet
from ledger.drawing.text import plain
from ledger.verbs.judging import Judgement, judge
from ledger.verbs.judging.pairing import last_years
from ledger.verbs.published import read_published
from ledger.words.problems import Problem, Refusal
from ledger.words.published import Published


class CheckFormat(StrEnum):
    """How a check comes out; xlsx and html are for files of reports."""

    text = "text"
    json = "json"
    xlsx = "xlsx"
    html = "html"


CheckFormatOption = Annotated[
    CheckFormat | None,
    typer.Option("--format", help="输出格式，默认从文件名判断 · else what --output's name says"),
]
LastYearOption = Annotated[
    list[Path] | None,
    typer.Option(
        "--last-year", help="上年的报告文件，可多次 · last year's report, may be repeated"
    ),
]
OutputOption = Annotated[
    Path | None,
    typer.Option("--output", "-o", help="写入文件 · write into this file (xlsx, html, json, txt)"),
]


def format_for(asked: CheckFormat | None, output: Path | None) -> CheckFormat:
    """The format asked for, else the one that the file's name says, else text."""
    suffix = output.suffix[1:].lower() if output else ""
    named = next((known for known in CheckFormat if known == suffix), CheckFormat.text)
    return asked or named


def is_files(targets: Sequence[str]) -> bool:
    """Whether files are to be checked, and not a period; raises Refusal where it is neither."""
    if any(Path(target).is_file() for target in targets):
        return True
    if len(targets) == 1 and not re.search(r"[./\\\\]", targets[0]):
        return False
    raise Refusal(*(Problem("files-or-period", params={"target": each}) for each in targets))


def only_without(options: Mapping[str, object], code: str) -> None:
    """Raises Refusal with this code where one of the options is given."""
    given = ", ".join(name for name, value in options.items() if value)
    if given:
        raise Refusal(Problem(code, params={"options": given}))


def check_files(
    desk: Desk,
    files: Sequence[Path],
    last_year: Sequence[Path],
    output: Path | None,
    format_: CheckFormat,
) -> None:
    """Judges every file that can be read, tells of those that cannot, and ends with 1 on errors."""
    if format_ is CheckFormat.xlsx and output is None:
        raise Refusal(Problem("needs-output-file", params={"format": str(format_)}))
    lasts = [_read(desk, path) for path in last_year]
    reports: list[Published] = []
    problems: list[Problem] = []
    with desk.progress(len(files)) as advance:
        for path in files:
            try:
                reports.append(_read(desk, path))
            except Refusal as refusal:
                problems += _named(refusal, path)
            advance(1)
    beside = last_years(reports, lasts)
    editions = desk.house.editions
    judgements = [judge(each, editions, beside.get(at)) for at, each in enumerate(reports)]
    _deliver(desk, judgements, problems, output, format_)
    if problems or any(judgement.errors for judgement in judgements):
        raise typer.Exit(1)


def _read(desk: Desk, path: Path) -> Published:
    try:
        data = path.read_bytes()
    except OSError as error:
        params = {"path": str(path), "detail": error.strerror}
        raise Refusal(Problem("no-such-file", params=params)) from None
    return read_published(path.name, data, desk.house.editions)


def _named(refusal: Refusal, path: Path) -> Iterator[Problem]:
    """The problems of a file, with its name as their place."""
    for problem in refusal.problems:
        yield Problem(problem.code, problem.pointer or str(path), problem.line, problem.params)


def _deliver(
    desk: Desk,
    judgements: Sequence[Judgement],
    problems: Sequence[Problem],
    output: Path | None,
    format_: CheckFormat,
) -> None:
    if problems and format_ is not CheckFormat.json:
        desk.complain(tuple(problems))
    content = _content(desk, judgements, problems, format_)
    if output is not None:
        _write(output, content)
    elif format_ is CheckFormat.text:
        desk.show(judgements_sheet(judgements, desk.language))
    else:
        typer.echo(content, nl=False)


def _content(
    desk: Desk, judgements: Sequence[Judgement], problems: Sequence[Problem], format_: CheckFormat
) -> bytes:
    match format_:
        case CheckFormat.xlsx:
            return judgements_book(judgements, desk.language)
        case CheckFormat.html:
            return judgements_page(judgements, desk.language).encode()
        case CheckFormat.json:
            document = judgements_document(judgements)
            if problems:
                document["problems"] = desk.problems(tuple(problems))
            return f"{encoded(document)}\n".encode()
        case _:
            lines = plain(judgements_sheet(judgements, desk.language))
            return "".join(f"{line}\n" for line in lines).encode()


def _write(output: Path, content: bytes) -> None:
    try:
        output.write_bytes(content)
    except OSError as error:
        params = {"path": str(output), "detail": error.strerror}
        raise Refusal(Problem("cannot-write-file", params=params)) from None
