"""The rows of a ruled table as HTML, the same at the pages and in the document.

Made without a template: a report has some three hundred boxes, and every page of it draws them all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from markupsafe import Markup, escape

from ledger.drawing.paper import Printed
from ledger.drawing.ruling import Box

DrawFigure = Callable[[Printed, bool], str]
"""Gives the HTML of a figure; true where it is the one place at which to find it."""


def rows_html(rows: Iterable[tuple[Box, ...]], language: str, figure: DrawFigure) -> Markup:
    """Rows of a table, each on a line of its own."""
    lines = ("".join(_box(box, language, figure) for box in row) for row in rows)
    return Markup("\n".join(f"<tr>{line}</tr>" for line in lines))


def _box(box: Box, language: str, figure: DrawFigure) -> str:
    spans = f' colspan="{box.columns}"' if box.columns > 1 else ""
    if box.rows > 1:
        spans += f' rowspan="{box.rows}"'
    printed = box.content
    if isinstance(printed, Printed):
        unit = printed.unit(language)
        behind = f' <span class="unit">{escape(unit)}</span>' if unit else ""
        return f"<td{spans}>{figure(printed, True)}{behind}</td>"
    text = escape(printed[language])
    if box.kind == "corner":
        return f'<td class="corner"{spans}>{text}</td>'
    if box.kind == "label":
        scope = "rowgroup" if box.rows > 1 else "row"
        return f'<th class="label" scope="{scope}"{spans}>{text}</th>'
    scope = "colgroup" if box.columns > 1 else "col"
    return f'<th class="{box.kind}" scope="{scope}"{spans}><span>{text}</span></th>'
