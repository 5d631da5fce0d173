"""A trace, an explanation and a history as sheets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

import msgspec

from ledger.drawing.phrases import YES_OR_NO, say
from ledger.drawing.reports import label_of, path_of, printed, printed_value, setting_lines
from ledger.drawing.sheet import Grid, Sheet
from ledger.rooms.definitions.schemas import Definitions, title_of
from ledger.verbs.reporting import in_unit
from ledger.verbs.tracing import Explanation, Trace
from ledger.words.events import VOIDED, Event, moment
from ledger.words.facts import Fact, read_shape
from ledger.words.figures import Figure, Term
from ledger.words.years import FOREVER, Period, date_of


def trace_sheet(trace: Trace, definitions: Definitions, language: str, limit: int) -> Sheet:
    """A figure with its predicate in words, its facts, and the events behind them."""
    figure, setting = trace.cell.figure, trace.setting
    table = setting.edition.table(figure.table)
    has_unit = figure.show_unit or not figure.recorded
    unit = "" if has_unit else f" {figure.unit.label[language]}"
    stop = "; " if language == "en" else "；"
    parts: list[str | Grid] = [
        f"{path_of(figure, table, language)} = {printed(trace.cell, language)}{unit}",
        f"{say(language, 'address')}: {figure.address}",
        f"{say(language, 'source')}: {stop.join(source[language] for source in figure.sources)}",
        *(f"{say(language, 'note')}: {note[language]}" for note in figure.notes),
        *predicate(figure, setting.period, definitions, language),
        *setting_lines(setting, language),
    ]
    shown = trace.facts[:limit] if limit else trace.facts
    if not trace.facts:
        why = "no-facts" if figure.recorded else "why-not-recorded"
        return Sheet("", (*parts, say(language, why)))
    organs = [traced.organ for traced in trace.facts]
    names = ("subject", *_one_of("organ", organs), "state", "since", "until", "quantity", "events")
    rows = tuple(
        (
            traced.subject,
            *_one_of(traced.organ, organs),
            state_in_words(traced.known.fact.shape, definitions, language),
            date_of(traced.known.fact.since).isoformat(),
            until_in_words(traced.known.fact, language),
            printed_value(trace.part(traced), figure, language),
            ", ".join(map(str, traced.known.fact.evidence)),
        )
        for traced in shown
    )
    headings = tuple(say(language, name) for name in names)
    right = frozenset({names.index("quantity")})
    parts += [Grid(headings, rows, say(language, "facts"), right)]
    if len(trace.facts) > len(shown):
        parts += [say(language, "and-more", count=len(trace.facts) - len(shown))]
    positions = sorted({at for traced in shown for at in traced.known.fact.evidence})
    events = [trace.events[at] for at in positions]
    return Sheet("", (*parts, events_grid(events, definitions, language)))


def explanation_sheet(told: Explanation, definitions: Definitions, language: str) -> Sheet:
    """An event, what changed it, and the figures of all years that it feeds."""
    parts: list[str | Grid] = [events_grid([told.event], definitions, language)]
    if told.changed_by:
        parts += [events_grid(told.changed_by, definitions, language, say(language, "changed-by"))]
    if not told.feeds:
        voided = any(event.type == VOIDED for event in told.changed_by) and not told.facts
        return Sheet("", (*parts, say(language, "voided" if voided else "feeds-nothing")))
    organs = [fed.organ for fed in told.feeds]
    rows = tuple(
        (
            *_one_of(fed.organ, organs),
            str(fed.year),
            fed.figure.address,
            label_of(fed.figure, language),
            f"{printed_value(in_unit(fed.contribution, fed.figure), fed.figure, language)}"
            + ("" if fed.figure.show_unit else f" {fed.figure.unit.label[language]}"),
        )
        for fed in told.feeds
    )
    names = (*_one_of("organ", organs), "year", "address", "figure", "share")
    headings, right = tuple(say(language, name) for name in names), frozenset({len(names) - 1})
    return Sheet("", (*parts, Grid(headings, rows, say(language, "feeds"), right)))


def history_sheet(
    name: str,
    events: Sequence[Event],
    facts: Sequence[Fact],
    definitions: Definitions,
    language: str,
) -> Sheet:
    """What is recorded of a subject, and what it means for counting."""
    parts: list[str | Grid] = [events_grid(events, definitions, language)]
    if facts:
        organs = [fact.organ for fact in facts]
        names = (*_one_of("organ", organs), "state", "since", "until", "quantity", "events")
        headings = tuple(say(language, phrase) for phrase in names)
        rows = tuple(
            (
                *_one_of(fact.organ, organs),
                state_in_words(fact.shape, definitions, language),
                date_of(fact.since).isoformat(),
                until_in_words(fact, language),
                quantity_in_words(fact.quantity, fact.state, definitions, language),
                ", ".join(map(str, fact.evidence)),
            )
            for fact in facts
        )
        right = frozenset({names.index("quantity")})
        parts += [Grid(headings, rows, say(language, "standing-facts"), right)]
    return Sheet(name, tuple(parts))


def events_sheet(
    events: Sequence[Event], definitions: Definitions, language: str, *, more: bool
) -> Sheet:
    """A page of events; `more` says that others follow."""
    if not events:
        return Sheet("", (say(language, "no-events-found"),))
    grid = events_grid(events, definitions, language, with_subjects=True)
    rest = (say(language, "go-on-after", position=events[-1].position),) if more else ()
    return Sheet("", (grid, *rest))


def _one_of(cell: str, organs: Iterable[str]) -> tuple[str, ...]:
    """A cell of a column that is needed only where there are several organs."""
    return (cell,) if len(set(organs)) > 1 else ()


def events_grid(
    events: Iterable[Event],
    definitions: Definitions,
    language: str,
    caption: str | None = None,
    *,
    with_subjects: bool = False,
) -> Grid:
    """Events as rows: where they stand, what they say, who recorded them and when."""
    labels = definitions.labels(language)
    of_what = ("subject",) if with_subjects else ()
    names = ("at", "occurred-on", "type", *of_what, "details", "paper", "by", "recorded", "event")
    rows = tuple(
        (
            str(event.position),
            event.occurred_on.isoformat(),
            labels[event.type],
            *([event.originator_id] if with_subjects else ()),
            in_words(event, definitions, language),
            "; ".join((event.source or {}).values()),
            event.recorded_by,
            moment(event.recorded_at).isoformat(timespec="seconds").replace("+00:00", "Z"),
            event.id,
        )
        for event in events
    )
    headings = tuple(say(language, name) for name in names)
    return Grid(headings, rows, say(language, "events") if caption is None else caption)


def predicate(figure: Figure, period: Period, definitions: Definitions, language: str) -> list[str]:
    """What a figure counts, in words: the same predicate that gives its number and its trace."""
    lines = []
    for term in figure.terms:
        over = period.over(term.span)
        dates = {"begin": date_of(over.begin).isoformat(), "end": over.last.isoformat()}
        head = say(language, "counts" if term.sign > 0 else "minus")
        measure = say(language, term.measure, **dates)
        wanted = _condition(term, definitions, language)
        if language == "en":
            lines.append(f"{head}: {wanted}, {measure}")
        else:
            lines.append(f"{head}: {measure}“{wanted}”")
    return lines


def state_in_words(shape: str, definitions: Definitions, language: str) -> str:
    """A shape as a person reads it: 办结的申请（申请人类别：自然人；办理结果：予以公开）."""
    named = read_shape(shape)
    state = named.pop("state")
    between = [named.pop(end) for end in ("from", "to") if end in named]
    codes = [definitions.code(state, name, code, language) for name, code in named.items()]
    codes += [" → ".join(between)] if between else []
    title = definitions.state(state, language)
    if not codes:
        return title
    return f"{title} ({', '.join(codes)})" if language == "en" else f"{title}（{'，'.join(codes)}）"


def _condition(term: Term, definitions: Definitions, language: str) -> str:
    clauses = [definitions.state(term.state, language)]
    for dimension, codes in term.where:
        names = [definitions.code(term.state, dimension, code, language) for code in codes]
        title = definitions.dimension(term.state, dimension, language)
        joined = " / ".join(names)
        clauses.append(f"{title}: {joined}" if language == "en" else f"{title}：{joined}")
    return "; ".join(clauses) if language == "en" else "；".join(clauses)


def until_in_words(fact: Fact, language: str) -> str:
    """The day until which a fact stood, or that it still does."""
    if fact.until == FOREVER:
        return say(language, "still")
    return date_of(fact.until).isoformat()


def quantity_in_words(quantity: int, state: str, definitions: Definitions, language: str) -> str:
    """A quantity of a state, money in yuan."""
    is_money = definitions.states[state]["unit"] == "fen"
    return money_in_words(quantity, language) if is_money else str(quantity)


def in_words(event: Event, definitions: Definitions, language: str) -> str:
    """What an event says, field by field, with the names of fields and codes."""
    told = _Telling(definitions, language).fields(event.data, definitions.fields(event.type))
    return ("; " if language == "en" else "；").join(told)


class _Telling(msgspec.Struct, frozen=True):
    """Tells the data of events in a language."""

    definitions: Definitions
    language: str

    def fields(self, data: Mapping[str, Any], fields: Mapping[str, Any]) -> list[str]:
        """Each field with its name, in the order of its schema; one that no schema names comes last."""
        colon = ": " if self.language == "en" else "："
        counted = self._counted(data) if "state" in data else {}
        names = [*(name for name in fields if name in data), *sorted(data.keys() - fields.keys())]
        return [
            f"{self._title(name, fields.get(name, {}))}{colon}"
            f"{counted.get(name) or self._value(data[name], fields.get(name, {}))}"
            for name in names
        ]

    def _counted(self, data: Mapping[str, Any]) -> dict[str, str]:
        """A state, its dimensions and its quantity, which only the state's own definition explains."""
        definitions, language, state = self.definitions, self.language, data["state"]
        told = {"state": definitions.state(state, language)}
        dimensions = data.get("dimensions", {})
        if dimensions:
            told["dimensions"] = ", ".join(
                definitions.code(state, name, code, language) for name, code in dimensions.items()
            )
        if "quantity" in data:
            told["quantity"] = quantity_in_words(data["quantity"], state, definitions, language)
        return told

    def _title(self, name: str, field: Mapping[str, Any]) -> str:
        if "title" not in field:
            return name
        # Events keep money in 分; people read it in 元.
        return title_of(dict(field), self.language).removesuffix("（分）").removesuffix(" (fen)")

    def _value(self, value: Any, field: Mapping[str, Any]) -> str:
        language = self.language
        if isinstance(value, list):
            nested = any(isinstance(each, dict) for each in value)
            told = [self._value(each, field.get("items", {})) for each in value]
            return ("; " if nested else ", ").join(_few(told, language) if nested else told)
        if isinstance(value, dict):
            told = self.fields(value, field.get("properties", {}))
            return ", ".join(_few(told, language))
        if field.get("unit") == "fen":
            return money_in_words(value, language)
        if isinstance(value, bool):
            return YES_OR_NO[value][language == "en"]
        code = next((code for code in field.get("oneOf", ()) if code.get("const") == value), None)
        return title_of(code, language) if code else str(value)


def money_in_words(fen: int, language: str) -> str:
    """Money (分) in 元."""
    return f"{Decimal(fen) / 100:f} {'CNY' if language == 'en' else '元'}"


_FEW = 12
"""Parts of one field that are told in words: an issue holds every cell, which its document has."""


def _few(parts: list[str], language: str) -> list[str]:
    if len(parts) <= _FEW:
        return parts
    return [*parts[:_FEW], say(language, "more-causes", count=len(parts) - _FEW)]
