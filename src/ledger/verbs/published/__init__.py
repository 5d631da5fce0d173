"""Reading published reports: a file's bytes become cells with addresses, prose and its numbers."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence

from msgspec import Struct

from ledger.rooms.files import Content, Grid, Paragraph, read_file
from ledger.verbs.published.english import in_english, title_in_english
from ledger.verbs.published.flat import FlatReader
from ledger.verbs.published.grids import GridReader
from ledger.verbs.published.heads import organ_named_in, signature_of, title_of, year_of_period
from ledger.verbs.published.labels import Form
from ledger.verbs.published.mentions import mentions
from ledger.verbs.published.pages import over_pages
from ledger.verbs.published.passages import passages
from ledger.verbs.published.placing import Placement
from ledger.verbs.published.tabs import gridded
from ledger.words.figures import Edition
from ledger.words.problems import Problem
from ledger.words.published import Certainty, EditionFit, Published, Unplaced

__all__ = ["read_published"]


_LEAST_SCORE = 12
"""A row of one value with its label makes a form out, and four labels of one published blank."""


class _Reading(Struct):
    """A file read by the labels of one form."""

    placement: Placement
    prose: list[Paragraph]


def read_published(name: str, data: bytes, editions: Mapping[str, Edition]) -> Published:
    """A published report from a file's bytes; raises Refusal where the file cannot be read at all."""
    content = read_file(data)
    told = _told(name, data, content, editions)
    if told.edition is None:
        english = {id_: in_english(edition) for id_, edition in editions.items()}
        told_in_english = _told(name, data, content, english)
        told = told_in_english if told_in_english.edition else told
    return told


def _told(name: str, data: bytes, content: Content, editions: Mapping[str, Edition]) -> Published:
    readings = {id_: _read(content, Form(edition)) for id_, edition in editions.items()}
    plain = [part for part in content.blocks if isinstance(part, Paragraph)]
    any_sections = next(iter(editions.values())).sections
    _, _, titled = title_of(passages(plain, any_sections), content.head)
    fit = _choose(readings, titled or year_of_period(passages(plain, any_sections)), editions)
    reading = readings[fit.id] if fit else None
    sections = editions[fit.id].sections if fit else any_sections
    told = passages(reading.prose if reading else plain, sections)
    title, organ, year = title_of(told, content.head)
    if fit and not title:
        title, organ, year = title_in_english(editions[fit.id], told) or (title, organ, year)
    return Published(
        name=name,
        digest=f"sha256:{hashlib.sha256(data).hexdigest()}",
        media=content.media,
        title=title,
        organ=organ or organ_named_in(told) or signature_of(told),
        year=year or year_of_period(told),
        edition=fit,
        cells=reading.placement.cells() if reading else {},
        tables=reading.placement.fits() if reading else (),
        passages=told,
        mentions=tuple(mentions(told)),
        unplaced=tuple(_unplaced(content, reading)),
    )


def _read(content: Content, form: Form) -> _Reading:
    """Grids first: what they give is not looked for in lines of text."""
    placement = Placement(form)
    reader = GridReader(placement)
    parts: list[Paragraph] = []
    for block in over_pages(gridded(content.blocks), form):
        if isinstance(block, Grid):
            parts += reader.read(block)
        else:
            parts.append(block)
    given = frozenset(table.table.id for table in form.tables if placement.has(table))
    prose = list(FlatReader(placement, given).read(parts))
    return _Reading(placement, prose)


def _choose(
    readings: Mapping[str, _Reading], year: int | None, editions: Mapping[str, Edition]
) -> EditionFit | None:
    """The form whose labels fit best; the year decides only between forms that fit alike."""
    scores = {id_: reading.placement.score() for id_, reading in readings.items()}
    best = max(scores.values(), default=0)
    if best < _LEAST_SCORE:
        return None
    alike = [id_ for id_, score in scores.items() if score == best]
    by_year = [id_ for id_ in alike if year is not None and editions[id_].is_for(year)]
    if len(alike) > 1 and len(by_year) != 1:
        return None
    chosen = alike[0] if len(alike) == 1 else by_year[0]
    hits = readings[chosen].placement.hits
    others = [reading.placement for id_, reading in readings.items() if id_ != chosen]
    form = readings[chosen].placement.form
    foreign = {hit for other in others for hit in other.hits} - form.all_words
    own = hits - set().union(*(other.form.all_words for other in others))
    certainty: Certainty = "unsure"
    if len(alike) == 1:
        certainty = "certain" if own and not foreign else "likely"
    return EditionFit(
        id=chosen,
        certainty=certainty,
        own_labels=tuple(sorted(own)),
        foreign_labels=tuple(sorted(foreign)),
    )


def _unplaced(content: Content, reading: _Reading | None) -> Sequence[Unplaced]:
    lacks = [Unplaced(text="", problem=problem) for problem in content.lacks]
    if reading is not None:
        placement = reading.placement
        return [*lacks, *placement.contradictions(), *placement.unplaced]
    grids = [block for block in content.blocks if isinstance(block, Grid)]
    problem = Problem("no-form-fits", params={"count": len(grids)})
    return [*lacks, Unplaced(text="", problem=problem)]
