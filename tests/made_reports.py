"""Published reports made for tests: a web page with the tables of a form, and sentences of ours."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape

from ledger.words.figures import Edition, Table


def web_page(
    edition: Edition,
    cells: Mapping[str, str],
    overview: str,
    *,
    organ: str = "示例市民政局",
    year: int = 2023,
    preamble: str = "",
) -> bytes:
    """A report as an office's page has it; tables none of whose cells are given are left out."""
    parts = [f"<h1>{escape(organ)}{year}年政府信息公开工作年度报告</h1>"]
    parts += [f"<p>{escape(line)}</p>" for line in preamble.splitlines()]
    told = {edition.sections[0].id: overview}
    for section in edition.sections:
        parts.append(f"<p>{escape(section.caption().zh)}</p>")
        parts += [f"<p>{escape(line)}</p>" for line in told.get(section.id, "").splitlines()]
        for name in section.tables:
            table = edition.table(name)
            if table.kind == "table" and any(f.address in cells for f in table.figures):
                parts += ["<table>", *_rows(table, cells), "</table>"]
    page = "\n".join(parts)
    return f"<html><head><meta charset='utf-8'></head><body>{page}</body></html>".encode()


def _rows(table: Table, cells: Mapping[str, str]) -> Iterator[str]:
    if table.heading:
        yield _row([table.heading.zh])
    depth = max(len(row.under) for row in table.rows) + 1
    yield from _headers(table, depth)
    for row, figures in table.lines():
        heads = [*(header.zh for header in row.under), row.caption().zh]
        blanks = [""] * (depth - len(heads))
        labels = [*heads, *blanks] if any(heads) else []
        yield _row([*labels, *(cells.get(figure.address, "") for figure in figures)])


def _headers(table: Table, depth: int) -> Iterator[str]:
    """The column headers; those that span several stand over each of them."""
    corner = table.corner.zh if table.corner else "信息内容"
    labels = [corner, *[""] * (depth - 1)] if any(row.label.zh for row in table.rows) else []
    for level in range(max(len(column.under) for column in table.columns)):
        named = [
            (column.under[level : level + 1] or (column.label,))[0] for column in table.columns
        ]
        yield _row([*labels, *(text.zh for text in named)])
    yield _row([*labels, *(column.label.zh for column in table.columns)])


def _row(texts: list[str]) -> str:
    return f"<tr>{''.join(f'<td>{escape(text)}</td>' for text in texts)}</tr>"
