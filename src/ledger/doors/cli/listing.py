"""Commands that list: types, organs, editions."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from ledger.doors.cli.desk import Format, FormatOption, app, desk_of
from ledger.drawing.phrases import say
from ledger.drawing.sheet import Grid, Sheet
from ledger.rooms.definitions.schemas import title_of
from ledger.rooms.storage import reading
from ledger.rooms.subjects.organ import organ_on
from ledger.verbs.recording import today as today_in_beijing
from ledger.words.problems import Problem, Refusal


@app.command()
def types(
    context: typer.Context,
    type_: Annotated[
        str | None, typer.Argument(metavar="[TYPE]", help="application.received")
    ] = None,
    format_: FormatOption = Format.text,
) -> None:
    """可以记录的事件类型及其各项 · The types of event, or the fields of one."""
    desk = desk_of(context, format_)
    definitions, language = desk.house.definitions, desk.language
    if type_ is not None and type_ not in definitions.newest:
        raise Refusal(Problem("unknown-type", params={"type": type_}))
    if desk.json:
        wanted = [type_] if type_ else list(definitions.newest)
        desk.give(
            {name: definitions.types[name, definitions.newest[name]].schema for name in wanted}
        )
        return
    if type_ is None:
        named = tuple(
            (name, definitions.types[name, version].label(language))
            for name, version in definitions.newest.items()
        )
        desk.show(Sheet("", (Grid((say(language, "type"), say(language, "name")), named),)))
        return
    schema = definitions.types[type_, definitions.newest[type_]].schema
    headings = tuple(say(language, name) for name in ("code", "name", "required", "codes"))
    rows = tuple(
        (name, title_of(field, language), "*" * (name in schema.get("required", ())), _codes(field))
        for name, field in definitions.fields(type_).items()
    )
    described = schema["i18n"]["en"]["description"] if language == "en" else schema["description"]
    grid = Grid(headings, rows, say(language, "fields"))
    desk.show(Sheet(f"{type_} · {title_of(schema, language)}", (described, grid)))


@app.command()
def organs(context: typer.Context, format_: FormatOption = Format.text) -> None:
    """已登记的机关 · The organs that are registered, as they stand today."""
    desk = desk_of(context, format_)
    today = today_in_beijing()
    with desk.journal.reading() as connection:
        codes = sorted(reading.organs(connection))
        found = [organ_on(reading.history(connection, f"organ:{code}"), today) for code in codes]
    known = [organ for organ in found if organ]
    if desk.json:
        desk.give({"organs": known})
        return
    fields = ["code", "name", "parent"]
    fields += ["successor"] if any(organ.successor for organ in known) else []
    headings = tuple(say(desk.language, field) for field in fields)
    rows = tuple(tuple(getattr(organ, field) or "" for field in fields) for organ in known)
    desk.show(Sheet("", (Grid(headings, rows),)))


@app.command()
def editions(context: typer.Context, format_: FormatOption = Format.text) -> None:
    """报告格式 · The editions of the report."""
    desk = desk_of(context, format_)
    language = desk.language
    known = desk.house.editions.values()
    if desk.json:
        desk.give({"editions": [_edition(edition) for edition in known]})
        return
    headings = tuple(
        say(language, name) for name in ("edition", "name", "period", "years", "scope")
    )
    rows = tuple(
        (
            edition.id,
            edition.label[language],
            say(language, f"of-{edition.period}"),
            f"{edition.since}–{edition.until or say(language, 'onwards')}",
            say(language, edition.scope),
        )
        for edition in known
    )
    desk.show(Sheet("", (Grid(headings, rows),)))


def _edition(edition: Any) -> dict[str, Any]:
    fields = ("id", "label", "scope", "period", "since", "until", "source")
    return {name: getattr(edition, name) for name in fields}


def _codes(field: dict[str, Any]) -> str:
    """The codes that a field takes."""
    listed = field.get("items", field)
    return ", ".join(str(option["const"]) for option in listed.get("oneOf", ()))
