"""What every command shares: the database, the language, and how answers and problems come out."""

from __future__ import annotations

import getpass
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, BinaryIO, NoReturn

import typer
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, MofNCompleteColumn, Progress, TextColumn

from ledger.drawing import contents
from ledger.drawing.documents import encoded, problem_document
from ledger.drawing.phrases import say
from ledger.drawing.places import where
from ledger.drawing.sheet import Sheet
from ledger.drawing.text import draw
from ledger.rooms.definitions.editions import EditionError
from ledger.rooms.storage.database import beside, failure_of
from ledger.rooms.storage.journal import Journal
from ledger.verbs.issuing import Office
from ledger.verbs.opening import House, open_journal
from ledger.words.problems import Problem, Refusal
from ledger.words.years import Period, period_of

DEFAULT_DATABASE = "sqlite:///ledger.db"


class Format(StrEnum):
    """How an answer comes out."""

    text = "text"
    json = "json"


class Language(StrEnum):
    """The language of sentences and labels."""

    zh = "zh-CN"
    en = "en"


FormatOption = Annotated[Format, typer.Option("--format", help="输出格式 · text or json")]
PeriodArgument = Annotated[
    str,
    typer.Argument(metavar="PERIOD", help="年度、季度、月份 · 2020, 2020-Q1, 2020-03"),
]
OrganOption = Annotated[str | None, typer.Option("--organ", help="机关代码 · code of the organ")]
BelowOption = Annotated[
    bool, typer.Option("--below", help="含全部下级机关 · with every organ below it")
]
AsAtOption = Annotated[
    str | None,
    typer.Option(
        "--as-at", help="截至某位置或时间所知 · as known at a position or time (2021-01-31)"
    ),
]
EditionOption = Annotated[
    str | None, typer.Option("--edition", help="报告格式 · the edition, else the year's own")
]
ByOption = Annotated[
    str | None, typer.Option("--by", help="记录人 · who records (LEDGER_RECORDED_BY)")
]
FormsOption = Annotated[
    list[Path] | None,
    typer.Option("--projections", help="另加的格式文件夹 · a folder with more editions"),
]

app = typer.Typer(
    name="ledger",
    help="政府信息公开台账 · The disclosure ledger: every figure opens to the events behind it.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


class Desk:
    """One run of a command: where its ledger is and how it speaks."""

    def __init__(self, database: str, language: str) -> None:
        self.database = database
        self.language = language
        self.house = House()
        self.json = False
        self.console = Console(soft_wrap=False)

    @cached_property
    def journal(self) -> Journal:
        """The journal of an existing ledger."""
        return open_journal(self.database)

    @cached_property
    def journal_if_any(self) -> Journal | None:
        """The journal, None where the database holds no ledger."""
        try:
            return self.journal
        except Refusal as refusal:
            if refusal.problems[0].code == "no-ledger":
                return None
            raise

    @property
    def signing_keys(self) -> str | None:
        """The secret keys that the environment gives."""
        return os.environ.get("LEDGER_SIGNING_KEYS")

    def beside(self, given: Path | None, suffix: str) -> Path:
        """A folder as it was named, else the one that lies beside the database."""
        return given or beside(self.database, suffix)

    @cached_property
    def new_journal(self) -> Journal:
        """The journal, made first where the database holds none."""
        return open_journal(self.database, create=True)

    def show(self, sheet: Sheet) -> None:
        """Writes a sheet."""
        draw(sheet, self.console)

    def say(self, phrase: str, **values: object) -> None:
        """Writes a phrase."""
        self.console.out(say(self.language, phrase, **values), highlight=False)

    def give(self, document: Any) -> None:
        """Writes a JSON document."""
        sys.stdout.write(encoded(document) + "\n")

    def refuse(self, problems: tuple[Problem, ...]) -> NoReturn:
        """Tells what is wrong and ends with 1."""
        if self.json:
            self.give({"problems": self.problems(problems)})
        else:
            self.complain(problems)
        raise typer.Exit(1)

    def complain(self, problems: tuple[Problem, ...]) -> None:
        """Writes problems to the error stream, one a line."""
        labels = self.house.definitions.labels(self.language)
        for problem in problems:
            place = where(problem, self.language)
            sentence = problem.sentence(self.language, labels)
            sys.stderr.write(f"{place}: {sentence}\n" if place else f"{sentence}\n")

    def problems(self, problems: tuple[Problem, ...]) -> list[contents.Problem]:
        """Problems as JSON values."""
        labels = {name: self.house.definitions.labels(name) for name in ("zh-CN", "en")}
        return [problem_document(problem, labels) for problem in problems]

    @contextmanager
    def progress(self, total: int | None, what: str = "", *, size: bool = False) -> Iterator[Any]:
        """A bar on the error stream while work goes on; nothing where no terminal watches."""
        count = DownloadColumn() if size else MofNCompleteColumn()
        console = Console(stderr=True)
        columns = (TextColumn("{task.description}"), BarColumn(), count)
        with Progress(*columns, console=console, disable=not console.is_terminal) as bar:
            task = bar.add_task(what, total=total)
            yield lambda more: bar.advance(task, more)


def desk_of(context: typer.Context, format_: str = Format.text) -> Desk:
    """The desk of a command."""
    desk: Desk = context.obj
    desk.json = format_ == Format.json
    return desk


def period_from(text: str) -> Period:
    """The period that a person wrote; raises Refusal."""
    period = period_of(text)
    if period is None:
        raise Refusal(Problem("not-a-period", params={"value": text}))
    return period


def require_folders(folders: list[Path] | None) -> list[Path]:
    """Folders that a person named; raises Refusal where one is none."""
    for folder in folders or ():
        if not folder.is_dir():
            params = {"path": str(folder), "detail": "not a folder"}
            raise Refusal(Problem("no-such-file", params=params))
    return folders or []


def add_forms(desk: Desk, projections: list[Path] | None) -> None:
    """Adds folders with editions to those that the ledger brings; raises Refusal."""
    desk.house = House(require_folders(projections))


def whoami() -> str:
    """Who records, unless the command says: the variable LEDGER_RECORDED_BY or the system's user."""
    return os.environ.get("LEDGER_RECORDED_BY") or getpass.getuser()


def office_of(desk: Desk, by: str | None) -> Office:
    """Where the steps of a report's life are taken, and by whom."""
    house = desk.house
    return Office(desk.journal, house.definitions, house.editions, by or whoami())


@contextmanager
def opened(file: str) -> Iterator[tuple[BinaryIO, int | None]]:
    """A file with its size in bytes, or the standard input; raises Refusal."""
    if file == "-":
        yield sys.stdin.buffer, None
        return
    path = Path(file)
    try:
        stream = path.open("rb")
    except OSError as error:
        params = {"path": file, "detail": error.strerror}
        raise Refusal(Problem("no-such-file", params=params)) from None
    with stream:
        yield stream, path.stat().st_size


@app.callback()
def _options(
    context: typer.Context,
    database: Annotated[
        str,
        typer.Option(
            "--database",
            envvar="LEDGER_DATABASE",
            help="数据库地址 · SQLAlchemy URL: sqlite:///path or postgresql://…",
        ),
    ] = DEFAULT_DATABASE,
    language: Annotated[
        Language, typer.Option("--lang", envvar="LEDGER_LANG", help="语言 · language")
    ] = Language.zh,
) -> None:
    context.obj = _made.desk = Desk(database, language.value)


class _Made:
    """The desk of this process, for what goes wrong outside a command."""

    desk = Desk(DEFAULT_DATABASE, "zh-CN")


_made = _Made()


def run() -> None:
    """Runs the command line; what a person can cause comes back as sentences."""
    try:
        app()
    except Refusal as refusal:
        _end(refusal.problems)
    except EditionError as error:
        sys.stderr.write("\n".join(error.sentences) + "\n")
        sys.exit(1)
    except BrokenPipeError:
        # Whoever read our output has enough; Python must not complain again when it closes.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except OSError as error:
        params = {"path": error.filename or "—", "detail": error.strerror or str(error)}
        _end((Problem("file-failed", params=params),))
    except Exception as error:
        problem = failure_of(error)
        if problem is None:
            raise
        _end((problem,))


def _end(problems: tuple[Problem, ...]) -> NoReturn:
    try:
        _made.desk.refuse(problems)
    except typer.Exit as ended:
        sys.exit(ended.exit_code)
