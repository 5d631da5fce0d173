"""A published report as it was read: sheets to look at, and the document for programs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from ledger.drawing.documents import Json, label_of, problem_document
from ledger.drawing.phrases import say
from ledger.drawing.sheet import Grid, Sheet
from ledger.words.figures import Edition, Table
from ledger.words.published import Mention, Place, Published, TableFit, Unplaced

_WIDEST = 7
"""Columns that a terminal has room for; a single row of more is set one below the other."""
_STATED = ("quantity", "share", "money")
"""The kinds of numbers that state a figure."""


def published_sheet(told: Published, edition: Edition | None, language: str) -> Sheet:
    """What was read: the head, each table as printed, the numbers of the prose, what has no place."""
    parts: list[str | Grid] = [*_head(told, edition, language)]
    for fit in told.tables if edition else ():
        assert edition is not None
        parts += _table(told, edition.table(fit.table), fit, language)
    mentions = [mention for mention in told.mentions if mention.kind in _STATED]
    if mentions:
        headings = tuple(say(language, name) for name in ("number", "section", "sentence"))
        rows = tuple(_mention(mention, edition, language) for mention in mentions)
        parts.append(Grid(headings, rows, say(language, "in-prose"), frozenset({0})))
    if told.unplaced:
        headings = (say(language, "place"), say(language, "why"))
        left = tuple(
            (place_of(each.place, language), each.problem.sentence(language))
            for each in told.unplaced
        )
        parts.append(Grid(headings, left, say(language, "without-place")))
    return Sheet(told.title or told.name, tuple(parts))


def place_of(place: Place, language: str) -> str:
    """Where in the file: 表“…” 第 2 页 第 3 个表 第 5 行 第 4 列."""
    named = (
        ("in-part", place.part),
        ("on-page", place.page),
        ("in-table", place.table),
        ("in-row", place.row),
        ("in-column", place.column),
        ("in-paragraph", place.paragraph),
    )
    return " ".join(say(language, phrase, at=at) for phrase, at in named if at)


def published_document(
    told: Published, edition: Edition | None, labels: dict[str, dict[str, str]]
) -> Json:
    """A published report: its head, `cells[]`, `tables[]`, `sections[]`, `mentions[]`, `unplaced[]`."""
    return {
        "name": told.name,
        "digest": told.digest,
        "media": told.media,
        "title": told.title,
        "organ": told.organ,
        "year": told.year,
        "edition": told.edition and _plain(told.edition),
        "cells": [
            {
                "address": address,
                "label": label_of(edition.figures[address]) if edition else None,
                "text": cell.text,
                "kind": cell.kind,
                "value": cell.value,
                "unit": edition.figures[address].unit.label.zh if edition else None,
                "printed_unit": cell.unit,
                "unit_from": cell.unit_from,
                "place": _plain(cell.place),
            }
            for address, cell in told.cells.items()
        ],
        "tables": [
            {
                "table": fit.table,
                "certainty": fit.certainty,
                "placed": fit.placed,
                "expected": fit.expected,
                "doubts": [problem_document(doubt, labels) for doubt in fit.doubts],
            }
            for fit in told.tables
        ],
        "sections": [
            {
                "section": passage.section,
                "heading": passage.heading,
                "paragraphs": passage.paragraphs,
            }
            for passage in told.passages
        ],
        "mentions": [_mention_document(mention) for mention in told.mentions],
        "unplaced": [_unplaced_document(each, labels) for each in told.unplaced],
    }


def _head(told: Published, edition: Edition | None, language: str) -> Iterator[str]:
    unknown = say(language, "not-told")
    yield f"{say(language, 'organ')}: {told.organ or unknown}"
    yield f"{say(language, 'year')}: {told.year or unknown}"
    if edition is None or told.edition is None:
        yield f"{say(language, 'edition')}: {unknown}"
    else:
        sure = say(language, told.edition.certainty)
        yield f"{say(language, 'edition')}: {edition.label[language]} ({edition.id}, {sure})"
        if told.edition.foreign_labels:
            words = ", ".join(told.edition.foreign_labels)
            yield say(language, "labels-of-others", labels=words)
    yield f"{say(language, 'file')}: {told.name} ({told.media}, {told.digest})"


def _table(told: Published, table: Table, fit: TableFit, language: str) -> Iterator[str | Grid]:
    sure = say(language, fit.certainty)
    heading = table.heading[language] if table.heading else table.label[language]
    caption = say(
        language, "table-read", name=heading, sure=sure, placed=fit.placed, all=fit.expected
    )
    if len(table.rows) == 1 and len(table.columns) > _WIDEST:
        rows = [
            (column.path()[language], _shown(told, figure.address))
            for column, figure in zip(table.columns, table.figures, strict=True)
        ]
        yield Grid(("", ""), tuple(rows), caption, frozenset({1}))
    else:
        headings = ("", *(column.label[language] for column in table.columns))
        lines = [
            (row.caption()[language], *(_shown(told, figure.address) for figure in figures))
            for row, figures in table.lines()
        ]
        yield Grid(headings, tuple(lines), caption, frozenset(range(1, len(headings))))
    yield from (doubt.sentence(language) for doubt in fit.doubts)


def _shown(told: Published, address: str) -> str:
    """As printed; a blank cell is empty, one that was not found a question mark."""
    cell = told.cells.get(address)
    return "?" if cell is None else cell.text


def _mention(mention: Mention, edition: Edition | None, language: str) -> tuple[str, str, str]:
    sections = (
        {section.id: section.caption()[language] for section in edition.sections} if edition else {}
    )
    return (
        f"{mention.number}{mention.unit}",
        sections.get(mention.section, ""),
        mention.sentence,
    )


def _mention_document(mention: Mention) -> Json:
    document = _plain(mention)
    return {"number": mention.number, **document, "value": mention.value}


def _unplaced_document(each: Unplaced, labels: dict[str, dict[str, str]]) -> Json:
    return {
        "text": each.text,
        "place": _plain(each.place),
        **{name: problem_document(each.problem, labels)[name] for name in ("code", "message")},
    }


def _plain(value: Any) -> Json:
    return msgspec.to_builtins(value)
