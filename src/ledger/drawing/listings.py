"""Facts and events as lists of values, for those who filter, sort and add up in Excel."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal

from msgspec import Struct

from ledger.drawing.phrases import say
from ledger.drawing.reports import label_of, path_of, setting_lines
from ledger.drawing.traces import in_words, predicate
from ledger.rooms.definitions.schemas import Definitions
from ledger.verbs.differing import Difference
from ledger.verbs.reporting import Setting, in_unit
from ledger.verbs.tracing import Explanation, Trace
from ledger.words.events import Event, moment
from ledger.words.facts import Fact, read_shape
from ledger.words.years import FOREVER, date_of

Value = str | int | Decimal | date | datetime | None
Row = tuple[Value, ...]


class Listing(Struct, frozen=True):
    """Rows of values under headings; `total` is the column that adds up to something."""

    caption: str
    headings: tuple[str, ...]
    rows: Iterable[Row]
    """A tuple, or an iterator where they need not be in memory all at once; that is read once."""
    total: int | None = None
    sentences: bool = False
    """It holds sentences, which are broken into lines instead of running on."""


class Listings(Struct, frozen=True):
    """Lists that belong together, and what they are about, as names and values."""

    title: str
    about: tuple[tuple[str, Value], ...]
    lists: tuple[Listing, ...]


def trace_listings(trace: Trace, definitions: Definitions, language: str) -> Listings:
    """A figure, every fact behind it with its dimensions, and every event behind those."""
    figure, setting = trace.cell.figure, trace.setting
    path = path_of(figure, setting.edition.table(figure.table), language)
    value = trace.cell.value
    counted = predicate(figure, setting.period, definitions, language)
    about: list[tuple[str, Value]] = [
        (say(language, "figure"), path),
        (say(language, "address"), figure.address),
        (say(language, "quantity"), say(language, "not-recorded") if value is None else value),
        (say(language, "unit"), figure.unit.label[language]),
        (say(language, "source"), "\n".join(source[language] for source in figure.sources)),
        (say(language, "note"), "\n".join(note[language] for note in figure.notes)),
        (say(language, "predicate"), "\n".join(counted)),
        *_setting(setting, language),
    ]
    facts = _traced(trace, definitions, language)
    events = [event for _, event in sorted(trace.events.items())]
    told = tuple((name, value) for name, value in about if value != "")
    return Listings(path, told, (facts, events_listing(events, definitions, language)))


def history_listings(
    name: str,
    events: Sequence[Event],
    facts: Sequence[Fact],
    definitions: Definitions,
    language: str,
) -> Listings:
    """What is recorded of a subject, and what it means for counting."""
    shapes = _Shapes(facts, definitions, language)
    rows = tuple(
        (
            *shapes.values(fact),
            *_days(fact),
            *_amount(fact, definitions, language),
            _evidence(fact),
        )
        for fact in facts
    )
    headings = (
        *shapes.headings,
        *_say(language, "since", "until", "quantity", "unit", "events"),
    )
    standing = Listing(say(language, "standing-facts"), headings, rows)
    recorded = events_listing(events, definitions, language)
    return Listings(name, ((say(language, "subject"), name),), (recorded, standing))


def explanation_listings(told: Explanation, definitions: Definitions, language: str) -> Listings:
    """An event with what changed it, and the figures of all years that it feeds."""
    headings = _say(language, "year", "address", "figure", "share", "unit")
    rows = tuple(
        (
            fed.year,
            fed.figure.address,
            label_of(fed.figure, language),
            in_unit(fed.contribution, fed.figure),
            fed.figure.unit.label[language],
        )
        for fed in told.feeds
    )
    feeds = Listing(say(language, "feeds"), headings, rows)
    events = events_listing((told.event, *told.changed_by), definitions, language)
    about = ((say(language, "event"), told.event.id),)
    return Listings(told.event.id, about, (events, feeds))


def difference_listings(told: Difference, definitions: Definitions, language: str) -> Listings:
    """The figures that changed, what each event changed in them, and those events."""
    edition = told.setting.edition
    between = say(language, "from-to", first=told.since, last=told.setting.position)
    cells: tuple[Row, ...] = tuple(
        (
            path_of(cell.figure, edition.table(cell.figure.table), language),
            cell.figure.address,
            *(cell.shown(quantity) for quantity in (cell.old, cell.new, cell.new - cell.old)),
            cell.figure.unit.label[language],
        )
        for cell in told.cells
    )
    parts: tuple[Row, ...] = tuple(
        (
            cell.figure.address,
            at,
            say(language, f"cause-{told.causes[at].kind}"),
            told.causes[at].event.id,
            cell.shown(part),
            cell.figure.unit.label[language],
        )
        for cell in told.cells
        for at, part in cell.parts.items()
    )
    changed = _say(language, "figure", "address", "old", "new", "difference", "unit")
    caused = _say(language, "address", "at", "cause", "event", "difference", "unit")
    return Listings(
        told.setting.title[language],
        (*_setting(told.setting, language), ("", between)),
        (
            Listing(say(language, "changed-figures"), changed, cells),
            Listing(say(language, "causes"), caused, parts),
            events_listing((c.event for c in told.causes.values()), definitions, language),
        ),
    )


def events_listing(events: Iterable[Event], definitions: Definitions, language: str) -> Listing:
    """Events: where they stand, what they say, their papers, who recorded them and when (UTC)."""
    rows = tuple(_event_rows(events, definitions, language))
    return Listing(say(language, "events"), _say(language, *_OF_EVENTS), rows)


def found_listings(
    events: Iterable[Event],
    asked: Sequence[tuple[str, Value]],
    definitions: Definitions,
    language: str,
) -> Listings:
    """The events that a search found, read once and as they are written; and what was asked."""
    rows = _event_rows(events, definitions, language)
    listing = Listing(say(language, "events"), _say(language, *_OF_EVENTS), rows)
    return Listings(say(language, "events"), tuple(asked), (listing,))


_PAPERS = ("reference", "title", "digest", "url")
_OF_EVENTS = (
    *("at", "occurred-on", "type-code", "type", "organ", "subject", "details"),
    *(f"paper-{name}" for name in _PAPERS),
    *("by", "recorded-utc", "event"),
)


def _event_rows(events: Iterable[Event], definitions: Definitions, language: str) -> Iterator[Row]:
    labels = definitions.labels(language)
    for event in events:
        source = event.source or {}
        yield (
            event.position,
            event.occurred_on,
            event.type,
            labels[event.type],
            event.organ,
            event.subject,
            in_words(event, definitions, language),
            *(source.get(name) for name in _PAPERS),
            event.recorded_by,
            moment(event.recorded_at).replace(tzinfo=None),
            event.id,
        )


def _traced(trace: Trace, definitions: Definitions, language: str) -> Listing:
    facts = [traced.known.fact for traced in trace.facts]
    shapes = _Shapes(facts, definitions, language)
    rows = tuple(
        (
            traced.subject,
            traced.organ,
            *shapes.values(traced.known.fact),
            *_days(traced.known.fact),
            trace.part(traced),
            _evidence(traced.known.fact),
            traced.known.known_from,
            traced.known.known_until,
        )
        for traced in trace.facts
    )
    headings = (
        *_say(language, "subject", "organ"),
        *shapes.headings,
        *_say(language, "since", "until", "quantity", "events", "known-from", "known-until"),
    )
    total = 2 + len(shapes.headings) + 2
    return Listing(say(language, "facts"), headings, rows, total)


class _Shapes:
    """The states of facts with a column for each of their dimensions."""

    def __init__(self, facts: Sequence[Fact], definitions: Definitions, language: str) -> None:
        self._definitions, self._language = definitions, language
        shapes = [read_shape(fact.shape) for fact in facts]
        states = {name: shape["state"] for shape in shapes for name in shape if name != "state"}
        self._dimensions = tuple(states)
        titles = (definitions.dimension(state, name, language) for name, state in states.items())
        self.headings = (say(language, "state"), *titles)

    def values(self, fact: Fact) -> Row:
        """The state of a fact and its code in each dimension, in words."""
        shape = read_shape(fact.shape)
        state = shape["state"]
        codes = (
            self._definitions.code(state, name, shape[name], self._language)
            if name in shape
            else None
            for name in self._dimensions
        )
        return self._definitions.state(state, self._language), *codes


def _days(fact: Fact) -> Row:
    """From when a fact stood and until when; nothing where it still does."""
    return date_of(fact.since), None if fact.until == FOREVER else date_of(fact.until)


def _evidence(fact: Fact) -> Value:
    """The positions that say so; a single one as a number."""
    first, *others = fact.evidence
    return ", ".join(map(str, fact.evidence)) if others else first


def _amount(fact: Fact, definitions: Definitions, language: str) -> Row:
    """What a fact counts, with its unit; money in 元."""
    if definitions.states[fact.state]["unit"] == "fen":
        return Decimal(fact.quantity) / 100, say(language, "yuan")
    return fact.quantity, say(language, "cases")


def _setting(setting: Setting, language: str) -> list[tuple[str, Value]]:
    parted = (str(line).partition(": ") for line in setting_lines(setting, language))
    return [(name, value) if value else ("", name) for name, _, value in parted]


def _say(language: str, *names: str) -> tuple[str, ...]:
    return tuple(say(language, name) for name in names)
