"""Why an event is or is not behind a figure, in words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ledger.drawing.changes import change_in_words
from ledger.drawing.phrases import reason, say
from ledger.drawing.reports import path_of, setting_lines
from ledger.drawing.sheet import Grid, Sheet
from ledger.drawing.traces import events_grid, predicate, state_in_words
from ledger.rooms.definitions.schemas import Definitions
from ledger.verbs.excluding import Exclusion, Whereabouts
from ledger.verbs.reporting import in_unit
from ledger.words.events import Event
from ledger.words.facts import Fact, read_shape
from ledger.words.years import date_of


def whereabouts_sheet(told: Whereabouts, definitions: Definitions, language: str) -> Sheet:
    """An event, a figure, and what the event counts in it or why nothing."""
    figure, setting = told.figure, told.setting
    parts: list[str | Grid] = [
        events_grid([told.event], definitions, language),
        "",
        path_of(figure, setting.edition.table(figure.table), language),
        f"{say(language, 'address')}: {figure.address}",
        *predicate(figure, setting.period, definitions, language),
        *setting_lines(setting, language),
    ]
    if told.counted:
        return Sheet("", (*parts, say(language, "counted-there", share=share(told, language))))
    rows = tuple(
        (state_in_words(fact.shape, definitions, language) if fact else "", sentence)
        for fact, _, sentence in reasons(told, definitions, language)
    )
    headings = (say(language, "fact"), say(language, "reason"))
    return Sheet("", (*parts, Grid(headings, rows, say(language, "not-counted-there"))))


def share(told: Whereabouts, language: str, contribution: int | None = None) -> str:
    """What is counted, with its unit: +1 件."""
    counted = told.contribution if contribution is None else contribution
    text = change_in_words(in_unit(counted, told.figure), told.figure, language)
    return text if told.figure.show_unit else f"{text} {told.figure.unit.label[language]}"


def reasons(
    told: Whereabouts, definitions: Definitions, language: str
) -> Iterator[tuple[Fact | None, str, str]]:
    """Each reason why an event is not counted: the fact that it is about, a code and a sentence."""
    labels = definitions.labels(language)
    if not told.figure.recorded:
        yield None, "not-recorded", say(language, "why-not-recorded")
        return

    def by(event: Event) -> dict[str, Any]:
        return {"type": labels[event.type], "event": event.id, "at": event.position}

    for lost in told.superseded:
        values = by(lost.by) | {"share": share(told, language, lost.contribution)}
        yield lost.fact, "superseded", reason(language, "superseded", **values)
    if told.voided_by is not None:
        yield None, "voided", reason(language, "voided", **by(told.voided_by))
    for excluded in told.exclusions:
        values = _values(excluded, definitions, language)
        yield excluded.fact, excluded.clause, reason(language, excluded.clause, **values)
    if not (told.exclusions or told.superseded or told.voided_by):
        yield None, "no-fact", reason(language, "no-fact")


def _values(excluded: Exclusion, definitions: Definitions, language: str) -> dict[str, Any]:
    state, found, allowed = excluded.state, excluded.found or "", excluded.allowed
    values: dict[str, Any] = {"found": found, "allowed": ", ".join(allowed)}
    if excluded.clause == "state":
        values = {
            "found": definitions.state(found, language),
            "allowed": definitions.state(state, language),
        }
    elif excluded.clause == "dimension":
        name = excluded.dimension
        codes = [definitions.code(state, name, code, language) for code in allowed]
        values = {
            "dimension": definitions.dimension(state, name, language),
            "found": definitions.code(state, name, found, language)
            if found
            else say(language, "not-stated"),
            "allowed": " / ".join(codes),
        }
    elif excluded.clause == "passed-within":
        named = read_shape(excluded.fact.shape)
        values = {"from_": named["from"], "to": named["to"]}
    values |= {"since": date_of(excluded.fact.since), "until": date_of(excluded.fact.until)}
    return values | ({"day": date_of(excluded.day)} if excluded.day else {})
