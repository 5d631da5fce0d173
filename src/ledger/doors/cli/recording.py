"""Commands that record: record, demo."""

from __future__ import annotations

import json
from typing import Annotated, Any

import typer

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
from ledger.drawing.documents import event_document
from ledger.drawing.full_reports import full_report_sheet
from ledger.drawing.sheet import Sheet
from ledger.drawing.traces import events_grid, trace_sheet
from ledger.rooms.definitions.schemas import Definitions
from ledger.verbs import demo as telling
from ledger.verbs.closing import late_entries
from ledger.verbs.full_reports import full_report
from ledger.verbs.recording import Receipt, record
from ledger.verbs.reporting import Question
from ledger.verbs.tracing import trace
from ledger.words.problems import Problem, Refusal
from ledger.words.years import year

TypeArgument = Annotated[
    str | None, typer.Argument(metavar="[TYPE]", help="事件类型 · application.received")
]
SubjectArgument = Annotated[
    str | None, typer.Argument(metavar="[SUBJECT]", help="对象 · application:2020-0001")
]
FieldsArgument = Annotated[
    list[str] | None, typer.Argument(metavar="[NAME=VALUE…]", help="各项 · applicant=…")
]
OnOption = Annotated[str | None, typer.Option("--on", help="发生日期 · 2020-03-05")]
IdOption = Annotated[str | None, typer.Option("--id", help="事件编号 · id of the event")]
SourceOption = Annotated[
    list[str] | None, typer.Option("--source", help="来源 · reference=… title=… url=…")
]
FileOption = Annotated[
    str | None, typer.Option("--json", help="从文件或 - 读取事件 · an event or a list")
]


@app.command("record")
def record_(
    context: typer.Context,
    type_: TypeArgument = None,
    subject: SubjectArgument = None,
    fields: FieldsArgument = None,
    on: OnOption = None,
    organ: OrganOption = None,
    id_: IdOption = None,
    source: SourceOption = None,
    file: FileOption = None,
    by: ByOption = None,
    format_: FormatOption = Format.text,
) -> None:
    """记录事件，全部记录或全部不记录 · Record an event, or a list of them whole or not at all."""
    desk = desk_of(context, format_)
    drafts = drafts_of(desk, type_, subject, fields, on, organ, id_, source, file)
    receipts = record(desk.new_journal, desk.house.definitions, drafts, by or whoami())
    _answer(desk, receipts)


@app.command()
def demo(context: typer.Context) -> None:
    """用一份真实年度报告演示 · Show the ledger at work on a real year."""
    desk = desk_of(context)
    drafts = list(telling.drafts())
    journal = desk.new_journal
    with journal.writing() as writing:
        strange = writing.position and drafts[0]["id"] not in writing.found([drafts[0]["id"]])
    if strange:
        params = {"database": desk.database, "count": writing.position}
        raise Refusal(Problem("not-empty", params=params))
    record(journal, desk.house.definitions, drafts, "demo")
    question = Question(year(telling.YEAR), telling.ORGAN)
    with journal.reading() as connection:
        made = full_report(connection, desk.house.editions, question)
        traced = trace(connection, made.setting, telling.TRACED)
    desk.say("demo-note")
    desk.show(Sheet("", ("",)))
    desk.show(full_report_sheet(made, desk.language))
    desk.show(Sheet("", ("",)))
    desk.show(trace_sheet(traced, desk.house.definitions, desk.language, limit=20))
    desk.show(Sheet("", ("",)))
    desk.say("demo-next", url=desk.database, address=telling.TRACED)


def drafts_of(
    desk: Desk,
    type_: str | None,
    subject: str | None,
    fields: list[str] | None,
    on: str | None,
    organ: str | None,
    id_: str | None,
    source: list[str] | None,
    file: str | None,
) -> list[Any]:
    """The drafts that the words of a command or its file make; raises Refusal."""
    if file is not None:
        return _read(file)
    if type_ is None or subject is None or on is None or organ is None:
        raise Refusal(Problem("what-to-record"))
    data = _typed(desk.house.definitions, type_, fields or [])
    draft = {"type": type_, "organ": organ, "subject": subject, "occurred_on": on, "data": data}
    if source:
        draft["source"] = pairs_of(source)
    if id_:
        draft["id"] = id_
    return [draft]


def _answer(desk: Desk, receipts: list[Receipt]) -> None:
    definitions = desk.house.definitions
    with desk.journal.reading() as connection:
        fresh = (receipt.event for receipt in receipts if not receipt.again)
        late = list(late_entries(connection, fresh))
    if desk.json:
        late_for = {event.position: closing.id for event, closing in late}
        desk.give(
            {
                "events": [
                    event_document(receipt.event, definitions)
                    | {"again": receipt.again, "late": late_for.get(receipt.event.position)}
                    for receipt in receipts
                ]
            }
        )
        return
    for event, closing in late:
        desk.say(
            "late-entry",
            id=event.id,
            on=event.occurred_on,
            year=event.occurred_on.year,
            closed=closing.occurred_on,
        )
    for phrase, again in (("recorded-event", False), ("recorded-again", True)):
        events = [receipt.event for receipt in receipts if receipt.again is again]
        if events:
            desk.say(phrase)
            desk.show(Sheet("", (events_grid(events, definitions, desk.language, ""),)))


def _read(file: str) -> list[Any]:
    with opened(file) as (stream, _):
        try:
            told = json.loads(stream.read().decode("utf-8-sig"))
        except (ValueError, RecursionError) as error:
            raise Refusal(Problem("not-json", params={"detail": str(error)})) from None
    return told if isinstance(told, list) else [told]


def pairs_of(texts: list[str]) -> dict[str, str]:
    """NAME=VALUE as written on the command line; raises Refusal."""
    pairs: dict[str, str] = {}
    for text in texts:
        name, sign, value = text.partition("=")
        if not sign or not name:
            raise Refusal(Problem("not-key-value", params={"value": text}))
        pairs[name] = value
    return pairs


def _typed(definitions: Definitions, type_: str, texts: list[str]) -> dict[str, Any]:
    """Fields as written on the command line, in the types that the schema gives them."""
    known = definitions.fields(type_) if type_ in definitions.newest else {}
    data: dict[str, Any] = {}
    for name, value in pairs_of(texts).items():
        outer, dot, inner = name.partition(".")
        if dot:
            data.setdefault(outer, {})[inner] = value
        else:
            data[name] = _value(value, known.get(name, {}))
    return data


def _value(text: str, schema: dict[str, Any]) -> Any:
    match schema.get("type"):
        case "integer" if text.lstrip("-").isdecimal():
            return int(text)
        case "boolean" if text in ("true", "false"):
            return text == "true"
        case "array":
            return text.split(",")
        case _:
            return text
