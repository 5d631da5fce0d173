"""Cataloguing: the official documents made in a period (公文类信息目录备案), as they stand."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

import msgspec

from ledger.rooms import subjects
from ledger.rooms.storage import figures, reading
from ledger.rooms.storage.reading import Connection
from ledger.rooms.subjects.organ import Organ
from ledger.verbs.reporting import Question, Standpoint, organ_as_known, standpoint_of
from ledger.words.events import Event
from ledger.words.facts import Known, read_shape
from ledger.words.figures import Term
from ledger.words.predicates import satisfies
from ledger.words.years import date_of

OFFICIAL = ("regulation", "normative-document", "official-document")
MADE = Term("flow", "document.in-force", (("entry", ("made",)), ("kind", OFFICIAL)))
"""What the catalogue of a period holds: the same predicate as a figure that counts it."""
PUBLISHED = Term("flow", "document.public", (("entry", ("published",)), ("kind", OFFICIAL)))


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """A document of the catalogue; codes as they are recorded, None where nothing is."""

    subject: str
    organ: Organ
    kind: str
    title: str
    number: str | None
    made_on: date
    first_attribute: str
    attribute: str
    """As it stands; that of a document repealed since is the one it had then."""
    reevaluations: tuple[Event, ...]
    """What was decided of its attribute later (《条例》第十八条)."""
    classified: bool | None
    topic: str | None
    summary: str | None
    repeal: Event | None
    events: tuple[int, ...]
    """The positions of all that is recorded of it."""


class Unmade(msgspec.Struct, frozen=True, kw_only=True):
    """A document published in the period whose making is not recorded: no date, no attribute."""

    subject: str
    organ: Organ
    kind: str
    title: str | None
    number: str | None
    published_on: date
    events: tuple[int, ...]


class Stated(msgspec.Struct, frozen=True):
    """Documents that a counted statement gives as a number: they cannot be listed."""

    subject: str
    organ: Organ
    kind: str | None
    attribute: str | None
    quantity: int
    events: tuple[int, ...]


class Total(msgspec.Struct, frozen=True):
    """How many were made with an attribute, and how many of those listed have it and are in force."""

    attribute: str | None
    made: int
    standing: int


class Catalogue(msgspec.Struct, frozen=True):
    """The catalogue of a period: documents by the day they were made, and what it cannot list."""

    stands: Standpoint
    entries: tuple[Entry, ...]
    unmade: tuple[Unmade, ...]
    stated: tuple[Stated, ...]

    def totals(self, attributes: Iterable[str]) -> tuple[Total, ...]:
        """One for each attribute, and one for None where a statement names no attribute."""
        made: list[tuple[str | None, int]] = [(each.first_attribute, 1) for each in self.entries]
        made += [(stated.attribute, stated.quantity) for stated in self.stated]
        standing = [entry.attribute for entry in self.entries if entry.repeal is None]
        unnamed = [None] if any(attribute is None for attribute, _ in made) else []
        return tuple(
            Total(
                attribute,
                sum(quantity for each, quantity in made if each == attribute),
                sum(each == attribute for each in standing),
            )
            for attribute in (*attributes, *unnamed)
        )


class _Row(msgspec.Struct, frozen=True):
    """A fact of the period with the name of its subject and its organ."""

    subject: str
    organ: Organ
    known: Known

    @property
    def is_document(self) -> bool:
        """Whether it is of a single document, not of a counted statement."""
        return self.subject.startswith("document:")


def catalogue(connection: Connection, question: Question) -> Catalogue:
    """The catalogue that a question asks for; raises Refusal where it cannot be answered."""
    stands = standpoint_of(connection, question)
    made, published = (_rows(connection, term, stands) for term in (MADE, PUBLISHED))
    public: dict[str, _Row] = {}
    for row in published:  # what was withdrawn and published again stands once, by its first day
        if row.is_document:
            public.setdefault(row.subject, row)
    documents = {row.known.subject for row in (*made, *public.values()) if row.is_document}
    histories = _histories(connection, documents, stands.position)
    return Catalogue(
        stands,
        tuple(_entry(row, histories[row.subject]) for row in made if row.is_document),
        tuple(
            _unmade(row, histories[name])
            for name, row in public.items()
            if not _is_made(histories[name])
        ),
        tuple(_stated(row) for row in made if not row.is_document),
    )


def _rows(connection: Connection, term: Term, stands: Standpoint) -> list[_Row]:
    """The facts of the period that meet a term, by their days."""
    shapes = figures.numbered_shapes(connection).items()
    numbers = [number for key, number in shapes if satisfies(read_shape(key), term)]
    found = list(figures.traced(connection, term.measure, numbers, stands.scope))
    found.sort(key=lambda row: (row[1].fact.since, row[1].subject))
    names = reading.subjects_of(connection, {known.subject for _, known in found})
    organs = _organs(connection, {organ for organ, _ in found}, stands)
    return [_Row(names[known.subject], organs[organ], known) for organ, known in found]


def _organs(
    connection: Connection, numbers: Collection[int], stands: Standpoint
) -> dict[int, Organ]:
    """The organs of these numbers as they were on the last day of the period."""
    names = reading.subjects_of(connection, numbers)
    return {
        number: organ_as_known(
            connection, name.removeprefix("organ:"), stands.period.last, stands.position
        )
        for number, name in names.items()
    }


def _histories(
    connection: Connection, numbers: Collection[int], position: int
) -> Mapping[str, Sequence[Event]]:
    """What was known of subjects at a position, by their full names."""
    return {
        name: [event for event in history if event.position <= position]
        for name, history in reading.histories(connection, numbers).items()
    }


def _is_made(history: Sequence[Event]) -> bool:
    return any(event.type == "document.made" for event in subjects.standing(history))


def _entry(row: _Row, history: Sequence[Event]) -> Entry:
    events = subjects.standing(history)
    made = next(event for event in events if event.type == "document.made")
    spells = [
        fact
        for fact in subjects.facts_of(history)
        if (shape := read_shape(fact.shape))["state"] == MADE.state
        and shape["entry"] in ("made", "reevaluated")
    ]
    return Entry(
        subject=row.subject,
        organ=row.organ,
        kind=made.data["kind"],
        title=made.data["title"],
        number=_told(events, "number"),
        made_on=made.occurred_on,
        first_attribute=made.data["attribute"],
        attribute=read_shape(spells[-1].shape)["attribute"],
        reevaluations=tuple(event for event in events if event.type == "document.reevaluated"),
        classified=made.data.get("classified"),
        topic=_told(events, "topic"),
        summary=made.data.get("summary"),
        repeal=next((event for event in events if event.type == "document.repealed"), None),
        events=tuple(event.position for event in history),
    )


def _unmade(row: _Row, history: Sequence[Event]) -> Unmade:
    events = subjects.standing(history)
    return Unmade(
        subject=row.subject,
        organ=row.organ,
        kind=read_shape(row.known.fact.shape)["kind"],
        title=_told(events, "title"),
        number=_told(events, "number"),
        published_on=date_of(row.known.fact.since),
        events=tuple(event.position for event in history),
    )


def _stated(row: _Row) -> Stated:
    fact = row.known.fact
    shape = read_shape(fact.shape)
    return Stated(
        row.subject,
        row.organ,
        shape.get("kind"),
        shape.get("attribute"),
        fact.quantity,
        fact.evidence,
    )


def _told(events: Sequence[Event], field: str) -> str | None:
    """A field as it was first given: when the document was made, or else when it was published."""
    return next((event.data[field] for event in events if field in event.data), None)
