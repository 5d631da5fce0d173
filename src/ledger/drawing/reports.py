"""A report and a check as sheets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from ledger.drawing.phrases import say
from ledger.drawing.sheet import Grid, Sheet
from ledger.verbs.checking import Finding
from ledger.verbs.reporting import Cell, Report, Setting, Standpoint
from ledger.words.figures import Figure, Table
from ledger.words.years import date_of


def report_sheet(report: Report, language: str) -> Sheet:
    """A report as its form prints it: sections, and the tables that stand in them."""
    setting = report.setting
    edition = setting.edition
    parts: list[str | Grid] = setting_lines(setting, language)
    for section in edition.sections:
        parts += ["", section.caption()[language]]
        parts += [_grid(report, edition.table(name), language) for name in section.tables]
    if any(row.inferred for table in edition.tables for row in table.rows):
        parts.append(say(language, "inferred"))
    return Sheet(setting.title[language], tuple(parts))


def setting_lines(setting: Setting, language: str, known: str = "") -> list[str | Grid]:
    """Under which edition, for which organ and period and at which position figures are given.

    `known` stands in place of the position where the figures are of more than one.
    """
    edition = setting.edition
    lines: list[str | Grid] = [
        f"{say(language, 'edition')}: {edition.label[language]} ({edition.id})",
        *standpoint_lines(setting, language, known),
    ]
    if edition.period != setting.period.kind:
        form = say(language, f"of-{edition.period}")
        lines.append(say(language, "over-another-period", form=form))
    if edition.note:
        lines.append(f"{say(language, 'note')}: {edition.note[language]}")
    return lines


def standpoint_lines(stands: Standpoint, language: str, known: str = "") -> list[str]:
    """For which organ and period, and at which position."""
    organ = f"{stands.organ.name} ({stands.organ.code})"
    if len(stands.members) > 1:
        organ += f"; {say(language, 'with-below')}: {len(stands.members) - 1}"
    begin, end = date_of(stands.period.begin), stands.period.last
    period = say(language, "period-days", name=stands.period_name[language], begin=begin, end=end)
    return [
        f"{say(language, 'organ')}: {organ}",
        f"{say(language, 'period')}: {period}",
        known or f"{say(language, 'position')}: {stands.position}",
    ]


def printed(cell: Cell, language: str) -> str:
    """A figure as the form prints it: 0, +3, 179.8 万元; or that it is not recorded."""
    if cell.value is None:
        return say(language, "not-recorded")
    return printed_value(cell.value, cell.figure, language)


def printed_value(value: Decimal, figure: Figure, language: str) -> str:
    """A value in a figure's own format."""
    text = f"{value:f}"
    if figure.format == "signed" and value > 0:
        text = f"+{text}"
    return f"{text} {figure.unit.label[language]}" if figure.show_unit else text


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
    warnings: Sequence[Grid] = (),
) -> Sheet:
    """The findings of a check: what does not hold, how much was checked and compared, and warnings."""
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
    return Sheet(report.setting.title[language], (*parts, *warnings))


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


def _grid(report: Report, table: Table, language: str) -> Grid:
    caption = table.heading[language] if table.heading else ""
    if len(table.rows) == 1 and len(table.columns) > _WIDEST:
        return Grid(("", ""), tuple(_turned(report, table, language)), caption, frozenset({1}))
    corner = table.corner[language] if table.corner else ""
    headings = [column.label[language] for column in table.columns]
    prose = table.kind == "prose"
    return Grid(
        ("", "") if prose else (corner, *headings),
        tuple(_rows(report, table, language)),
        caption,
        frozenset(range(1, len(table.columns) + 1)),
    )


_WIDEST = 7
"""Columns that a terminal has room for; a single row of more is set one below the other."""


def _rows(report: Report, table: Table, language: str) -> Iterator[tuple[str, ...]]:
    """The rows as the form prints them; a header that spans several stands once, above them."""
    above: tuple[str, ...] = ()
    for row, figures in table.lines():
        under = tuple(text[language] for text in row.under)
        yield from _new_headers(above, under, len(figures))
        above = under
        cells = (printed(report.cells[figure.address], language) for figure in figures)
        label = row.caption()[language] + " *" * row.inferred
        yield (_indented(label, len(under)), *cells)


def _turned(report: Report, table: Table, language: str) -> Iterator[tuple[str, ...]]:
    """The cells of a single row, one below the other, under the headers that span them."""
    above: tuple[str, ...] = ()
    for column, figure in zip(table.columns, table.figures, strict=True):
        under = tuple(text[language] for text in column.under)
        yield from _new_headers(above, under, 1)
        above = under
        label = _indented(column.label[language], len(under))
        yield label, printed(report.cells[figure.address], language)


def _new_headers(
    above: tuple[str, ...], under: tuple[str, ...], width: int
) -> Iterator[tuple[str, ...]]:
    for depth, header in enumerate(under):
        if above[: depth + 1] != under[: depth + 1]:
            yield (_indented(header, depth), *[""] * width)


def _indented(text: str, depth: int) -> str:
    return "　" * depth + text
