"""A report and a check as sheets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from ledger.drawing.legible import legible
from ledger.drawing.paper import Block, Paper, Printed
from ledger.drawing.phrases import say
from ledger.drawing.sheet import Grid, Sheet
from ledger.verbs.checking import Finding
from ledger.verbs.reporting import Cell, Report, Setting
from ledger.words.figures import Figure, Table


def report_sheet(paper: Paper, language: str) -> Sheet:
    """A report as its form prints it: sections, their text, and the tables that stand in them."""
    parts: list[str | Grid] = setting_lines(paper.setting, language)
    if paper.digest:
        parts += [f"{say(language, 'digest')}: {paper.digest}"]
    for part in paper.parts:
        parts += ["", part.section.caption()[language]]
        parts += ["".join(map(str, told)) for told in part.paragraphs]
        parts += [_grid(block, language) for block in part.blocks]
    return Sheet(paper.setting.title[language], tuple(parts))


def setting_lines(setting: Setting, language: str) -> list[str | Grid]:
    """Under which edition, for which organ and at which position figures are given."""
    return [
        f"{say(language, 'edition')}: {setting.edition.label[language]} ({setting.edition.id})",
        f"{say(language, 'organ')}: {_organ(setting, language)}",
        f"{say(language, 'position')}: {setting.position}",
    ]


def footer_lines(paper: Paper, language: str) -> list[str]:
    """The foot of a page: by which form, for whom, of which year, as known when; and the digest."""
    edition, organ, position = setting_lines(paper.setting, language)
    year = f"{say(language, 'year')}: {paper.setting.year}"
    lines = [legible(" · ".join(map(str, (edition, organ, year, position))))]
    return [*lines, f"{say(language, 'digest')}: {paper.digest}"] if paper.digest else lines


def _organ(setting: Setting, language: str) -> str:
    organ = f"{setting.organ.name} ({setting.organ.code})"
    below = len(setting.members) - 1
    return f"{organ}; {say(language, 'with-below')}: {below}" if below else organ


def printed(cell: Cell, language: str) -> str:
    """A figure as the form prints it: 0, +3, 179.8 万元."""
    return Printed(cell.figure, cell.value).text(language)


def printed_value(value: Decimal, figure: Figure, language: str) -> str:
    """A value in a figure's own format."""
    return Printed(figure, value).text(language)


def path_of(figure: Figure, table: Table, language: str) -> str:
    """Where a figure stands, in words: 三、收到和处理… / 予以公开 / 自然人."""
    steps = [table.label[language], figure.row_label[language], figure.column_label[language]]
    return " / ".join(step for step in steps if step)


def check_sheet(
    report: Report,
    findings: Sequence[Finding],
    language: str,
    compared: int = 0,
    differences: Sequence[tuple[str, str, str]] = (),
) -> Sheet:
    """The findings of a check: what does not hold, and how much was checked and compared."""
    parts = setting_lines(report.setting, language)
    broken = [finding for finding in findings if finding.verdict != "holds"]
    if broken:
        parts += [findings_grid(broken, language)]
    errors = sum(finding.constraint.severity == "error" for finding in broken)
    parts += [
        say(
            language,
            "checked",
            checked=len(findings),
            held=len(findings) - len(broken),
            errors=errors,
            warnings=len(broken) - errors,
        )
    ]
    if differences:
        names = tuple(say(language, name) for name in ("address", "published", "in-ledger"))
        caption = say(language, "differs")
        parts += [Grid(names, tuple(differences), caption, frozenset({1, 2}))]
    elif compared:
        parts += [say(language, "all-equal", count=compared)]
    return Sheet(report.setting.title[language], tuple(parts))


def findings_grid(findings: Sequence[Finding], language: str, caption: str = "") -> Grid:
    """Findings as rows: what should hold, where, and its two sides."""
    headings = ("constraint", "place", "severity", "left", "right", "difference", "origin")
    rows = tuple(_finding(finding, language) for finding in findings)
    names = tuple(say(language, name) for name in headings)
    return Grid(names, rows, caption, frozenset({3, 4, 5}))


def _finding(finding: Finding, language: str) -> tuple[str, ...]:
    constraint = finding.constraint
    message = constraint.message[language]
    if finding.verdict == "blank":
        message += f"（{say(language, 'blank')}: {', '.join(finding.blanks)}）"
    return (
        message,
        finding.equation.at,
        say(language, constraint.severity),
        f"{finding.left:f}",
        f"{finding.right:f}",
        f"{finding.difference:f}",
        say(language, constraint.origin),
    )


def _grid(block: Block, language: str) -> Grid:
    table = block.table
    caption = table.heading[language] if table.heading else ""
    if len(block.lines) == 1 and len(table.columns) > _WIDEST:
        return Grid(("", ""), tuple(_turned(block, language)), caption, frozenset({1}))
    corner = table.corner[language] if table.corner else ""
    headings = [column.label[language] for column in table.columns]
    return Grid(
        ("", "") if block.in_prose else (corner, *headings),
        tuple(_rows(block, language)),
        caption,
        frozenset(range(1, len(table.columns) + 1)),
    )


_WIDEST = 7
"""Columns that a terminal has room for; a single row of more is set one below the other."""


def _rows(block: Block, language: str) -> Iterator[tuple[str, ...]]:
    """The rows as the form prints them; a header that spans several stands once, above them."""
    above: tuple[str, ...] = ()
    for line in block.lines:
        under = tuple(text[language] for text in line.row.under)
        yield from _new_headers(above, under, len(line.cells))
        above = under
        cells = (cell.text(language) for cell in line.cells)
        yield (_indented(line.row.caption()[language], len(under)), *cells)


def _turned(block: Block, language: str) -> Iterator[tuple[str, ...]]:
    """The cells of a single row, one below the other, under the headers that span them."""
    above: tuple[str, ...] = ()
    for column, cell in zip(block.table.columns, block.lines[0].cells, strict=True):
        under = tuple(text[language] for text in column.under)
        yield from _new_headers(above, under, 1)
        above = under
        yield _indented(column.label[language], len(under)), cell.text(language)


def _new_headers(
    above: tuple[str, ...], under: tuple[str, ...], width: int
) -> Iterator[tuple[str, ...]]:
    for depth, header in enumerate(under):
        if above[: depth + 1] != under[: depth + 1]:
            yield (_indented(header, depth), *[""] * width)


def _indented(text: str, depth: int) -> str:
    return "　" * depth + text
