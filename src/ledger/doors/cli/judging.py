"""Judging files of published reports: `ledger check FILE…`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import typer

from ledger.doors.cli.delivering import deliver
from ledger.doors.cli.desk import Desk
from ledger.doors.cli.published import taken
from ledger.drawing.excel_lists import listings_xlsx
from ledger.drawing.judgement_documents import judgements_document
from ledger.drawing.judgement_pages import judgements_page
from ledger.drawing.judgements import judgements_listings, judgements_sheet
from ledger.drawing.sheet import Sheet
from ledger.verbs.judging import Judgement, judge
from ledger.verbs.judging.pairing import last_years
from ledger.verbs.published import read_published
from ledger.words.problems import Problem, Refusal
from ledger.words.published import Published


def judge_files(
    desk: Desk, files: Sequence[str], last_year: Sequence[str], output: Path | None, format_: str
) -> None:
    """Judges every file that can be read, tells of those that cannot, and ends with 1 on errors."""
    lasts = [_read(desk, file) for file in last_year]
    reports: list[Published] = []
    problems: list[Problem] = []
    with desk.progress(len(files)) as advance:
        for file in files:
            try:
                reports.append(_read(desk, file))
            except Refusal as refusal:
                problems += _named(refusal, file)
            advance(1)
    beside = last_years(reports, lasts)
    editions = desk.house.editions
    judgements = [judge(each, editions, beside.get(at)) for at, each in enumerate(reports)]
    if problems and not desk.json:
        desk.complain(tuple(problems))
    deliver(desk, _drawn(desk, judgements, problems, format_), output)
    if problems or any(judgement.errors for judgement in judgements):
        raise typer.Exit(1)


def _read(desk: Desk, file: str) -> Published:
    name, data = taken(file)
    return read_published(name, data, desk.house.editions)


def _named(refusal: Refusal, file: str) -> Iterator[Problem]:
    """The problems of a file, with its name as their place."""
    for problem in refusal.problems:
        yield Problem(problem.code, problem.pointer or file, problem.line, problem.params)


def _drawn(
    desk: Desk, judgements: Sequence[Judgement], problems: Sequence[Problem], format_: str
) -> Sheet | dict[str, Any] | str | bytes:
    match format_:
        case "xlsx":
            return listings_xlsx(judgements_listings(judgements, desk.language), desk.language)
        case "html":
            return judgements_page(judgements, desk.language)
        case "json":
            document = judgements_document(judgements)
            return document | {"problems": desk.problems(tuple(problems))} if problems else document
        case _:
            return judgements_sheet(judgements, desk.language)
