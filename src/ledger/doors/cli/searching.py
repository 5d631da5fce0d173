"""The command that searches the journal: events."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer

from ledger.doors.cli.delivering import (
    ListFormat,
    ListFormatOption,
    OutputOption,
    deliver,
    format_of,
)
from ledger.doors.cli.desk import BelowOption, Desk, OrganOption, app, desk_of
from ledger.drawing.formats import events_as, write_events
from ledger.drawing.phrases import say
from ledger.rooms.proof.files import written
from ledger.verbs.searching import (
    Filter,
    all_events,
    events,
    first_recorded,
    last_recorded,
    organs_asked,
)
from ledger.words.problems import Problem, Refusal

_PAGE = 50


@app.command("events")
def events_(
    context: typer.Context,
    types: Annotated[
        list[str] | None, typer.Option("--type", help="事件类型，可多次 · may be repeated")
    ] = None,
    organ: OrganOption = None,
    below: BelowOption = False,
    subject: Annotated[
        str,
        typer.Option(
            "--subject", help="对象，* 结尾为前缀 · application:2020-0001, application:2020-*"
        ),
    ] = "",
    since: Annotated[
        str | None,
        typer.Option("--from", metavar="DAY", help="发生日期，自（含） · happened from, included"),
    ] = None,
    until: Annotated[
        str | None,
        typer.Option("--to", metavar="DAY", help="发生日期，至（含） · happened until, included"),
    ] = None,
    recorded_from: Annotated[
        str | None,
        typer.Option(
            "--recorded-from", help="自某位置或时间记录（含） · recorded from a position or time on"
        ),
    ] = None,
    recorded_to: Annotated[
        str | None,
        typer.Option(
            "--recorded-to", help="至某位置或时间记录（含） · until a position or time, included"
        ),
    ] = None,
    by: Annotated[str, typer.Option("--by", help="记录人 · who recorded it")] = "",
    text: Annotated[
        str, typer.Option("--text", help="内容、来源或编号中的文字 · words in it, its source or id")
    ] = "",
    newest_first: Annotated[
        bool, typer.Option("--newest-first", help="最新的在前 · the newest first")
    ] = False,
    after: Annotated[
        int | None, typer.Option("--after", metavar="POSITION", help="接着上一页 · the next page")
    ] = None,
    limit: Annotated[
        int | None,
        typer.Option(
            "--limit",
            min=0,
            help=f"最多列出几条，0 为全部；默认 {_PAGE}，写入 xlsx 为全部 · at most; 0 for all",
        ),
    ] = None,
    output: OutputOption = None,
    format_: ListFormatOption = None,
) -> None:
    """查找事件 · The events that answer to a search, on the screen or as a workbook."""
    chosen = format_of(ListFormat, format_, output)
    desk = desk_of(context, chosen)
    definitions, language = desk.house.definitions, desk.language
    with desk.journal.reading() as connection:
        wanted = Filter(
            types=_known(desk, types or []),
            organs=organs_asked(connection, organ, with_below=below),
            subject=subject,
            since=_day(since),
            until=_day(until),
            first=first_recorded(connection, recorded_from),
            last=last_recorded(connection, recorded_to),
            by=by,
            text=text,
        )
        if chosen is ListFormat.xlsx and output is not None:
            found = all_events(connection, wanted, after, newest_first=newest_first)
            with written(output) as file:
                write_events(file, found, _asked(context, language), definitions, language, limit)
            return
        most = _PAGE if limit is None else limit or None
        page = events(
            connection,
            wanted,
            after,
            None if most is None else most + 1,
            newest_first=newest_first,
        )
    deliver(desk, events_as(chosen, page, definitions, language, most), output)


def _known(desk: Desk, types: list[str]) -> tuple[str, ...]:
    for type_ in types:
        if type_ not in desk.house.definitions.newest:
            raise Refusal(Problem("unknown-type", params={"type": type_}))
    return tuple(types)


def _day(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Refusal(Problem("not-a-date", params={"value": text})) from None


def _asked(context: typer.Context, language: str) -> list[tuple[str, str]]:
    """The options as they were given, to stand in the workbook."""
    asked = []
    for parameter in context.command.params:
        value = context.params.get(parameter.name or "")
        if value and parameter.name not in ("output", "format_"):
            told = ", ".join(value) if isinstance(value, list) else str(value)
            asked.append((parameter.opts[0], told))
    return asked or [(say(language, "events"), say(language, "all-events"))]
