"""The catalogue of official documents, as a sheet and as a JSON document."""

from __future__ import annotations

from collections.abc import Iterator

from ledger.drawing.documents import Json, standpoint_document
from ledger.drawing.phrases import YES_OR_NO, say
from ledger.drawing.reports import standpoint_lines
from ledger.drawing.sheet import Grid, Sheet
from ledger.rooms.definitions.schemas import Definitions, title_of
from ledger.verbs.cataloguing import Catalogue, Entry, Stated, Unmade
from ledger.words.events import Event
from ledger.words.figures import Text

_ATTRIBUTE = "disclosure-attribute"
_ENTRY = (
    *("name", "document-number", "made-on", "organ", "document-kind", "attribute"),
    *("classified", "class", "summary", "events"),
)
"""What an entry of such a catalogue holds, in the order of the local rules on it, then its events."""
_CHANGES = ("name", "document-number", "occurred-on", "change", "reason", "at")
_UNMADE = ("name", "document-number", "published-on", "organ", "document-kind", "events")


def catalogue_sheet(catalogue: Catalogue, definitions: Definitions, language: str) -> Sheet:
    """The documents, one a row, what became of them, what cannot be listed, and the totals."""
    parts: list[str | Grid] = [*standpoint_lines(catalogue.stands, language)]
    if catalogue.entries:
        rows = [_row(entry, definitions, language) for entry in catalogue.entries]
        parts.append(_grid(_ENTRY, rows, catalogue, language))
    else:
        parts.append(say(language, "no-documents"))
    rows = [row for entry in catalogue.entries for row in _changes(entry, definitions, language)]
    if rows:
        parts.append(_grid(_CHANGES, rows, catalogue, language, say(language, "later-changes")))
    if catalogue.unmade:
        rows = [_unmade_row(unmade, definitions, language) for unmade in catalogue.unmade]
        parts.append(_grid(_UNMADE, rows, catalogue, language, say(language, "unmade-documents")))
    parts += [
        say(
            language,
            "stated-documents",
            quantity=stated.quantity,
            subject=stated.subject,
            positions=", ".join(map(str, stated.events)),
        )
        for stated in catalogue.stated
    ]
    headings = tuple(say(language, name) for name in ("attribute", "made-with", "standing-with"))
    totals = tuple(_totals(catalogue, definitions, language))
    parts.append(Grid(headings, totals, say(language, "totals"), frozenset({1, 2})))
    return Sheet(_title(catalogue)[language], tuple(parts))


def catalogue_document(catalogue: Catalogue, definitions: Definitions) -> Json:
    """The catalogue: `documents[]`, what it cannot list (`unmade[]`, `stated[]`), and `totals[]`."""
    return {
        "title": _title(catalogue),
        **standpoint_document(catalogue.stands),
        "documents": [_entry(entry, definitions) for entry in catalogue.entries],
        "unmade": [_unmade(unmade, definitions) for unmade in catalogue.unmade],
        "stated": [_stated(stated, definitions) for stated in catalogue.stated],
        "totals": [
            {
                "attribute": _coded(_ATTRIBUTE, total.attribute, definitions),
                "made": total.made,
                "standing": total.standing,
            }
            for total in catalogue.totals(definitions.codes[_ATTRIBUTE])
        ],
    }


def _title(catalogue: Catalogue) -> Text:
    organ, period = catalogue.stands.organ.name, catalogue.stands.period_name
    return Text(
        say("zh-CN", "catalogue-title", organ=organ, period=period.zh),
        say("en", "catalogue-title", organ=organ, period=period.en),
    )


def _grid(
    fields: tuple[str, ...],
    rows: list[dict[str, str]],
    catalogue: Catalogue,
    language: str,
    caption: str = "",
) -> Grid:
    """Rows by the names of their fields; a single organ stands above and needs no column."""
    shown = [name for name in fields if name != "organ" or len(catalogue.stands.members) > 1]
    headings = tuple(say(language, name) for name in shown)
    return Grid(headings, tuple(tuple(row[name] for name in shown) for row in rows), caption)


def _row(entry: Entry, definitions: Definitions, language: str) -> dict[str, str]:
    classified = "" if entry.classified is None else YES_OR_NO[entry.classified][language == "en"]
    return {
        "name": entry.title,
        "document-number": entry.number or "",
        "made-on": entry.made_on.isoformat(),
        "organ": entry.organ.name,
        "document-kind": _label("document-kind", entry.kind, definitions, language),
        "attribute": _label(_ATTRIBUTE, entry.attribute, definitions, language),
        "classified": classified,
        "class": _class(entry.topic, definitions, language),
        "summary": entry.summary or "",
        "events": ", ".join(map(str, entry.events)),
    }


def _unmade_row(unmade: Unmade, definitions: Definitions, language: str) -> dict[str, str]:
    return {
        "name": unmade.title or unmade.subject,
        "document-number": unmade.number or "",
        "published-on": unmade.published_on.isoformat(),
        "organ": unmade.organ.name,
        "document-kind": _label("document-kind", unmade.kind, definitions, language),
        "events": ", ".join(map(str, unmade.events)),
    }


def _changes(entry: Entry, definitions: Definitions, language: str) -> Iterator[dict[str, str]]:
    """What became of a document: each re-evaluation of its attribute, and its repeal."""

    def told(event: Event, change: str) -> dict[str, str]:
        return {
            "name": entry.title,
            "document-number": entry.number or "",
            "occurred-on": event.occurred_on.isoformat(),
            "change": change,
            "reason": event.data.get("reason", event.data.get("by", "")),
            "at": str(event.position),
        }

    before = entry.first_attribute
    for event in entry.reevaluations:
        after = event.data["attribute"]
        names = {
            name: _label(_ATTRIBUTE, code, definitions, language)
            for name, code in (("before", before), ("after", after))
        }
        yield told(event, say(language, "re-evaluated", **names))
        before = after
    if entry.repeal is not None:
        yield told(entry.repeal, say(language, "repealed"))


def _class(topic: str | None, definitions: Definitions, language: str) -> str:
    """The item of the Regulations without its words, which would fill the page."""
    if topic is None:
        return ""
    return _label("topic", topic, definitions, language).partition("：")[0].partition(":")[0]


def _totals(
    catalogue: Catalogue, definitions: Definitions, language: str
) -> Iterator[tuple[str, ...]]:
    totals = catalogue.totals(definitions.codes[_ATTRIBUTE])
    for total in totals:
        label = say(language, "not-stated")
        if total.attribute is not None:
            label = _label(_ATTRIBUTE, total.attribute, definitions, language)
        yield label, str(total.made), str(total.standing)
    made, standing = sum(t.made for t in totals), sum(t.standing for t in totals)
    yield say(language, "total"), str(made), str(standing)


def _entry(entry: Entry, definitions: Definitions) -> Json:
    return {
        "subject": entry.subject,
        "organ": entry.organ.code,
        "kind": _coded("document-kind", entry.kind, definitions),
        "title": entry.title,
        "number": entry.number,
        "made_on": entry.made_on,
        "attribute": _coded(_ATTRIBUTE, entry.attribute, definitions),
        "first_attribute": _coded(_ATTRIBUTE, entry.first_attribute, definitions),
        "reevaluations": [_reevaluation(event, definitions) for event in entry.reevaluations],
        "classified": entry.classified,
        "topic": _coded("topic", entry.topic, definitions),
        "summary": entry.summary,
        "repealed_on": entry.repeal and entry.repeal.occurred_on,
        "events": entry.events,
    }


def _reevaluation(event: Event, definitions: Definitions) -> Json:
    return {
        "occurred_on": event.occurred_on,
        "attribute": _coded(_ATTRIBUTE, event.data["attribute"], definitions),
        "reason": event.data.get("reason"),
        "position": event.position,
    }


def _unmade(unmade: Unmade, definitions: Definitions) -> Json:
    return {
        "subject": unmade.subject,
        "organ": unmade.organ.code,
        "kind": _coded("document-kind", unmade.kind, definitions),
        "title": unmade.title,
        "number": unmade.number,
        "published_on": unmade.published_on,
        "events": unmade.events,
    }


def _stated(stated: Stated, definitions: Definitions) -> Json:
    return {
        "subject": stated.subject,
        "organ": stated.organ.code,
        "kind": _coded("document-kind", stated.kind, definitions),
        "attribute": _coded(_ATTRIBUTE, stated.attribute, definitions),
        "quantity": stated.quantity,
        "events": stated.events,
    }


def _coded(listed: str, code: str | None, definitions: Definitions) -> Json | None:
    if code is None:
        return None
    names = {name: _label(listed, code, definitions, name) for name in ("zh-CN", "en")}
    return {"code": code, "label": names}


def _label(listed: str, code: str, definitions: Definitions, language: str) -> str:
    return title_of(definitions.codes[listed][code], language)
