"""A report as it stands on paper: the one model from which text, JSON and every document are drawn."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cached_property

from msgspec import Struct

from ledger.drawing.charts import Chart
from ledger.drawing.phrases import say
from ledger.verbs.reporting import Report, Setting
from ledger.words.figures import Figure, Row, Section, Table, Text
from ledger.words.narratives import Paragraph, Reference

Narrative = Mapping[str, tuple[Paragraph, ...]]
"""The drafted paragraphs of each section, by its id."""


class Printed(Struct, frozen=True):
    """A figure as it is printed: its address, and its value in the unit that is printed."""

    figure: Figure
    value: Decimal | None
    """None where the ledger does not record it."""

    @property
    def address(self) -> str:
        """Where it stands: table/row/column."""
        return self.figure.address

    def number(self, language: str) -> str:
        """The number alone: 0, +3, 179.8; or that it is not recorded."""
        if self.value is None:
            return say(language, "not-recorded")
        sign = "+" if self.figure.format == "signed" and self.value > 0 else ""
        return f"{sign}{self.value:f}"

    def unit(self, language: str) -> str:
        """The unit where the form prints it behind the number; else nothing."""
        shown = self.figure.show_unit and self.value is not None
        return self.figure.unit.label[language] if shown else ""

    def text(self, language: str) -> str:
        """The number with the unit that is printed: 179.8 万元."""
        return f"{self.number(language)} {self.unit(language)}".rstrip()


Sentence = tuple[str | Printed, ...]
"""A paragraph whose numbers are the figures that it refers to."""


def in_words(sentence: Sentence, language: str) -> str:
    """A paragraph as plain text."""
    pieces = (p.number(language) if isinstance(p, Printed) else p for p in sentence)
    return "".join(pieces)


class Heading(Struct, frozen=True):
    """A header cell: how many columns and rows it spans."""

    text: Text
    columns: int = 1
    rows: int = 1


class Line(Struct, frozen=True):
    """A row: the headings that begin on it, and its figures."""

    row: Row
    headings: tuple[Heading, ...]
    cells: tuple[Printed, ...]


class Block(Struct, frozen=True):
    """A table with its header cells merged; `labels` is how many columns the row headings take."""

    table: Table
    labels: int
    head: tuple[tuple[Heading, ...], ...]
    lines: tuple[Line, ...]

    @property
    def in_prose(self) -> bool:
        """Whether its figures stand in the text of their section, not in a table."""
        return self.table.kind == "prose"

    @property
    def columns(self) -> int:
        """All columns, those of the row headings too."""
        return self.labels + len(self.table.columns)


class Part(Struct, frozen=True):
    """A section: its drafted paragraphs, and the tables that stand in it."""

    section: Section
    paragraphs: tuple[Sentence, ...]
    blocks: tuple[Block, ...]
    notes: tuple[Text, ...] = ()
    """What the ledger adds to the text: breaches explained, figures restated."""

    @property
    def tables(self) -> Iterator[Block]:
        """What is ruled as a table."""
        return (block for block in self.blocks if not block.in_prose)

    def unsaid(self) -> list[Line]:
        """The figures of the section's text that no drafted paragraph says."""
        pieces = (piece for told in self.paragraphs for piece in told)
        said = {piece.address for piece in pieces if isinstance(piece, Printed)}
        lines = (line for block in self.blocks if block.in_prose for line in block.lines)
        return [line for line in lines if any(cell.address not in said for cell in line.cells)]


class Paper(Struct, frozen=True, dict=True):
    """A report with its title, its sections in order, and the digest where it has one."""

    setting: Setting
    parts: tuple[Part, ...]
    blocks: tuple[Block, ...]
    digest: str | None = None
    issued: Text | None = None
    """When and by whom it was issued, and by which event."""
    signed: Text | None = None
    """The checkpoint that was signed when it was issued: which ledger, how many events, their root."""
    preface: tuple[Text, ...] = ()
    """Under the title: which report it replaces."""
    charts: tuple[Chart, ...] = ()
    """In an annex, for a form has none."""

    @cached_property
    def figures(self) -> dict[str, Printed]:
        """Every figure of the tables by its address, in the order of print."""
        lines = (line for block in self.blocks for line in block.lines)
        return {cell.address: cell for line in lines for cell in line.cells}


def paper_of(
    report: Report,
    narrative: Narrative | None = None,
    digest: str | None = None,
    issued: Text | None = None,
    signed: Text | None = None,
    preface: tuple[Text, ...] = (),
    notes: tuple[Text, ...] = (),
    charts: tuple[Chart, ...] = (),
) -> Paper:
    """A report laid out as its form prints it; numbers in the narrative become its figures.

    The notes stand in the last section, which every form has for what else must be told
    (六、其他需要报告的事项).
    """
    edition = report.setting.edition
    if any(row.inferred for table in edition.tables for row in table.rows):
        notes = (*notes, Text(say("zh-CN", "inferred"), say("en", "inferred")))
    blocks = {table.id: _block(report, table) for table in edition.tables}
    parts = tuple(
        Part(
            section,
            tuple(_sentence(report, told) for told in (narrative or {}).get(section.id, ())),
            tuple(blocks[name] for name in section.tables),
            notes if section is edition.sections[-1] else (),
        )
        for section in edition.sections
    )
    ordered = tuple(blocks.values())
    return Paper(report.setting, parts, ordered, digest, issued, signed, preface, charts)


def printed(report: Report, figure: Figure) -> Printed:
    """A figure of a report as it is printed."""
    return Printed(figure, report.cells[figure.address].value)


def _sentence(report: Report, told: Paragraph) -> Sentence:
    figures = report.setting.edition.figures
    return tuple(
        printed(report, figures[piece.address]) if isinstance(piece, Reference) else piece
        for piece in told
    )


def _block(report: Report, table: Table) -> Block:
    # A single row says nothing that the caption of the section does not: the form prints no label.
    alone = len(table.rows) == 1 and table.corner is None
    labels = 0 if alone else 1 + max(len(row.under) for row in table.rows)
    headings = _row_headings(table.rows, labels) if labels else [()]
    lines = tuple(
        Line(row, begun, tuple(printed(report, figure) for figure in figures))
        for (row, figures), begun in zip(table.lines(), headings, strict=True)
    )
    return Block(table, labels, _head(table, labels), lines)


def _head(table: Table, labels: int) -> tuple[tuple[Heading, ...], ...]:
    """The header rows: a heading spans the columns that share it; a column without any goes down."""
    unders = [column.under for column in table.columns]
    depth = 1 + max(map(len, unders))
    corner = [Heading(table.corner or Text("", ""), labels, depth)] if labels else []
    rows: list[list[Heading]] = [corner, *([] for _ in range(depth - 1))]
    for at, column in enumerate(table.columns):
        for level, span in _begun(unders, at):
            rows[level].append(Heading(column.under[level], columns=span))
        level = len(column.under)
        rows[level].append(Heading(column.label, rows=depth - level))
    return tuple(map(tuple, rows))


def _row_headings(rows: tuple[Row, ...], labels: int) -> list[tuple[Heading, ...]]:
    """Of each row the headings that begin on it: those that span several rows, then its own."""
    unders = [row.under for row in rows]
    return [
        (
            *(Heading(row.under[level], rows=span) for level, span in _begun(unders, at)),
            Heading(row.marked(), columns=labels - len(row.under)),
        )
        for at, row in enumerate(rows)
    ]


def _begun(unders: Sequence[tuple[Text, ...]], at: int) -> Iterator[tuple[int, int]]:
    """The levels at which a spanning heading begins here, each with how many it spans."""
    for level in range(len(unders[at])):
        headings = [under[: level + 1] for under in unders]
        if at == 0 or headings[at - 1] != headings[at]:
            yield level, _alike(headings[at:])


def _alike(headings: Sequence[tuple[Text, ...]]) -> int:
    """How many, from the first on, are the same."""
    others = (count for count, each in enumerate(headings) if each != headings[0])
    return next(others, len(headings))
