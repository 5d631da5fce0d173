"""Commands for the clerk's files: import, template."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Annotated, Any, BinaryIO

import typer

from ledger.doors.cli.delivering import write
from ledger.doors.cli.desk import (
    ByOption,
    Desk,
    Format,
    FormatOption,
    OrganOption,
    app,
    desk_of,
    opened,
    whoami,
)
from ledger.drawing.phrases import say
from ledger.drawing.workbooks.marking import marked_copy, marked_values, marks_of
from ledger.drawing.workbooks.template import file_of, template, told_by_hand
from ledger.rooms.definitions.mappings import read_mapping, written
from ledger.rooms.sheets import Book
from ledger.verbs.importing import Imported, import_drafts, import_lines
from ledger.verbs.registers.books import Drafts, Reading
from ledger.verbs.registers.files import book_in
from ledger.verbs.registers.proposing import proposed
from ledger.words.problems import Problem, Refusal

OutputOption = Annotated[
    Path, typer.Option("--output", "-o", help="写入的文件 · the file to write")
]


@app.command("import")
def import_(
    context: typer.Context,
    file: Annotated[
        str,
        typer.Argument(
            help="xlsx、csv 或 JSON Lines 文件，- 为标准输入的 JSON Lines · a file, or - for stdin"
        ),
    ],
    mapping: Annotated[
        Path | None,
        typer.Option("--mapping", help="机关自有台账的对照文件 · mapping of your own register"),
    ] = None,
    type_: Annotated[
        str | None,
        typer.Option("--type", help="没有写明类型的表是哪类事件 · the type of a plain table"),
    ] = None,
    organ: OrganOption = None,
    marked: Annotated[
        Path | None,
        typer.Option("--marked", help="标出错误的副本写到哪里 · a copy with the bad cells marked"),
    ] = None,
    valid_lines: Annotated[
        bool,
        typer.Option("--valid-lines", help="只记录正确的行 · record the lines that are right"),
    ] = False,
    in_parts: Annotated[
        bool,
        typer.Option(
            "--in-parts",
            help="每千个事件提交一次，可续 · commit every 1000 events; import again to resume",
        ),
    ] = False,
    by: ByOption = None,
    format_: FormatOption = Format.text,
) -> None:
    """导入事件：工作簿、csv 或每行一个的 JSON · Import events; all of them or none unless asked otherwise."""
    desk = desk_of(context, format_)
    ways: dict[str, Any] = {"valid_lines": valid_lines, "in_parts": in_parts}
    with opened(file) as (stream, size):
        book = _book(file, stream)
        if book is not None:
            reading = _reading(desk, mapping, type_, organ, valid_lines)
            done = _import_book(desk, book, reading, by or whoami(), ways)
            if marked is not None and done.problems:
                _mark(desk, stream, book, done, marked)
        elif mapping or type_ or organ or marked:
            raise Refusal(Problem("only-of-workbooks"))
        else:
            with desk.progress(size, size=True) as progress:
                done = import_lines(
                    desk.new_journal,
                    desk.house.definitions,
                    stream,
                    by or whoami(),
                    progress=progress,
                    **ways,
                )
    _answer(desk, done, partly=valid_lines or in_parts)


@app.command("template")
def template_(
    context: typer.Context,
    output: OutputOption,
    types: Annotated[
        list[str] | None,
        typer.Argument(metavar="[TYPE…]", help="哪些事件，默认全部 · which events, else all"),
    ] = None,
    mapping: Annotated[
        Path | None,
        typer.Option(
            "--mapping",
            help="为机关自有的台账起草对照文件 · draft a mapping of this register of your own",
        ),
    ] = None,
    format_: FormatOption = Format.text,
) -> None:
    """生成供填写的工作簿，或者起草对照文件 · Make a workbook to fill in, or draft a mapping."""
    desk = desk_of(context, format_)
    definitions = desk.house.definitions
    for name in types or ():
        _check_type(desk, name)
    if mapping is not None:
        _draft_mapping(desk, mapping, types or (), output)
        return
    book = template(definitions, types or (), desk.language)
    write(output, file_of(book))
    count = len(book.worksheets) - 2
    if desk.json:
        desk.give({"path": str(output), "types": count})
    else:
        desk.say("template-made", path=output, count=count)


def _draft_mapping(desk: Desk, file: Path, types: Sequence[str], output: Path) -> None:
    definitions = desk.house.definitions
    with opened(str(file)) as (stream, _):
        book = _book(str(file), stream)
        if book is None:
            raise Refusal(Problem("not-a-workbook"))
        drafted = proposed(definitions, book, types or told_by_hand(definitions), file.stem)
    write(output, written(drafted).encode())
    events = [event for sheet in drafted.sheets for event in sheet.events]
    placed = sum(len(event.fields) for event in events)
    unplaced = sum(len(sheet.unplaced) for sheet in drafted.sheets)
    if desk.json:
        desk.give({"path": str(output), "placed": placed, "unplaced": unplaced})
    else:
        desk.say("mapping-made", path=output, placed=placed, unplaced=unplaced)


def _book(file: str, stream: BinaryIO) -> Book | None:
    """The file as a book of sheets; None for JSON Lines."""
    return None if file == "-" else book_in(stream, file)


def _reading(
    desk: Desk, mapping: Path | None, type_: str | None, organ: str | None, every_row: bool
) -> Reading:
    if type_ is not None:
        _check_type(desk, type_)
    told = read_mapping(mapping, desk.house.definitions) if mapping else None
    return Reading(type_, organ, told, every_row)


def _check_type(desk: Desk, name: str) -> None:
    definitions = desk.house.definitions
    if name not in definitions.newest:
        raise Refusal(Problem("unknown-type", params={"type": name}))
    command = definitions.own_command({"type": name})
    if command is not None:
        raise Refusal(Problem("own-command", params={"type": name, "command": command}))


def _import_book(
    desk: Desk, book: Book, reading: Reading, by: str, ways: dict[str, Any]
) -> Imported:
    definitions = desk.house.definitions
    drafts = Drafts(definitions, reading)
    with desk.progress(book.size, say(desk.language, "reading"), size=True) as progress:
        drafts.read(book, progress)
    with desk.progress(len(drafts), say(desk.language, "recording")) as progress:
        told = chain(drafts.refused, _counted(drafts.lines(), progress))
        done = import_drafts(desk.new_journal, definitions, told, by, **ways)
    return drafts.told_of(book, done)


def _counted(lines: Iterable[Any], progress: Any) -> Iterator[Any]:
    for line in lines:
        progress(1)
        yield line


def _mark(desk: Desk, stream: BinaryIO, book: Book, done: Imported, output: Path) -> None:
    labels = desk.house.definitions.labels(desk.language)
    marks = marks_of(done.problems, desk.language, labels)
    stream.seek(0)
    copy = marked_copy(stream, marks, desk.language)
    phrase = "marked" if copy is not None else "marked-values"
    write(output, file_of(copy or marked_values(book, marks, desk.language)))
    if not desk.json:
        desk.say(phrase, path=output, count=marks.count())


def _answer(desk: Desk, done: Imported, *, partly: bool) -> None:
    if desk.json:
        document: dict[str, Any] = {"recorded": done.recorded, "again": done.again}
        document["problems"] = desk.problems(done.problems)
        if done.remarks:
            document["remarks"] = desk.problems(done.remarks)
        desk.give(document)
    elif done.problems and not partly:
        desk.complain(done.problems)
        desk.say("nothing-recorded", count=len(done.problems))
    else:
        desk.say("recorded-lines", recorded=done.recorded, again=done.again)
        if done.problems:
            desk.say("some-refused", count=len(done.problems))
            desk.complain(done.problems)
    if not desk.json:
        desk.complain(done.remarks)
    if done.problems:
        raise typer.Exit(1)
