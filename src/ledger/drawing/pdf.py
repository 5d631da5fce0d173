"""A report as a PDF in the style of official documents, typeset with fonts that come with the ledger."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import pylopdf_fonts_zh_cn
import typst

from ledger.drawing import page
from ledger.drawing.charts import Chart
from ledger.drawing.legible import legible
from ledger.drawing.links import Links
from ledger.drawing.paper import Paper, Part, Printed
from ledger.drawing.phrases import say
from ledger.drawing.pictures import chart_svg, width_of
from ledger.drawing.prose import Prose, Said, prose_of
from ledger.drawing.reports import footer_lines
from ledger.drawing.ruling import Box, Ruled, ruled_tables
from ledger.words.problems import Problem, Refusal

_TEMPLATE = (files("ledger.drawing") / "templates/report.typ").read_bytes()
_OWN_FONTS = Path(pylopdf_fonts_zh_cn.__file__).parent
_SERIF, _SANS = "Noto Serif SC", "Noto Sans SC"
FACES = {
    "title": ("FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05", "STZhongsong", _SERIF),
    "text": ("FangSong_GB2312", "FangSong", "STFangsong", "FandolFang R", "FandolFang", _SERIF),
    "heading": ("SimHei", "STHeiti", "FandolHei", _SANS),
    "lead": ("KaiTi_GB2312", "KaiTi", "STKaiti", "FandolKai", _SERIF),
}
"""What GB/T 9704 asks for where a folder with fonts has it, and what the ledger brings along."""


def report_pdf(
    paper: Paper, language: str, trace_at: str | None = None, fonts: Sequence[Path] = ()
) -> bytes:
    """The report as the bytes of a PDF; the same report and fonts give the same bytes. Raises Refusal.

    Only the ledger's own fonts and those of the folders named are used, whatever the machine has.
    `trace_at` is where a figure leads to, as for HTML.
    """
    links = Links(trace_at, paper.setting) if trace_at else None
    compiler = typst.Compiler(
        _TEMPLATE,
        font_paths=_fonts(tuple(fonts)),
        sys_inputs={"told": json.dumps(_told(paper, language, links), ensure_ascii=False)},
    )
    try:
        made = compiler.compile(format="pdf", pdf_standards="ua-1")
    except typst.TypstError as error:
        # What can be said wrongly from outside is a character that no font has.
        raise Refusal(Problem("cannot-typeset", params={"detail": error.message})) from None
    assert isinstance(made, bytes)
    return made


@lru_cache(maxsize=4)
def _fonts(folders: tuple[Path, ...]) -> typst.Fonts:
    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=True,
        font_paths=[*map(str, folders), str(_OWN_FONTS)],
    )


def _told(paper: Paper, language: str, links: Links | None) -> dict[str, Any]:
    setting = paper.setting
    return {
        "language": language,
        "faces": FACES,
        "page": {
            "top": page.TOP,
            "right": page.RIGHT,
            "bottom": page.BOTTOM,
            "left": page.LEFT,
            "padding": page.PADDING,
            "text-size": page.TEXT_SIZE,
            "text-leading": page.TEXT_LEADING,
        },
        "title": legible(setting.title[language]),
        "title-lines": page.title_lines(setting, language),
        "title-size": page.title_size(language),
        "author": legible(setting.organ.name),
        "preface": [legible(line[language]) for line in paper.preface],
        "parts": [
            _part(part, paragraphs, language, links)
            for part, paragraphs in zip(paper.parts, prose_of(paper, language), strict=True)
        ],
        "charts-caption": say(language, "charts"),
        "charts": [_chart(chart, language) for chart in paper.charts],
        "foot": footer_lines(paper, language),
    }


def _chart(chart: Chart, language: str) -> dict[str, Any]:
    svg = chart_svg(chart, language)
    wide = min(page.WIDTH, width_of(svg))
    return {"svg": svg, "words": chart.in_words(language), "width": wide}


def _part(
    part: Part, paragraphs: tuple[Prose, ...], language: str, links: Links | None
) -> dict[str, Any]:
    tables = ruled_tables(part)
    return {
        "caption": part.section.caption()[language],
        "alone": page.begins_a_page(tables, language) and not paragraphs,
        "paragraphs": [
            {"lead": told.lead, "pieces": [_piece(piece, language, links) for piece in told.pieces]}
            for told in paragraphs
        ],
        "tables": [_table(table, language, links) for table in tables],
    }


def _piece(piece: str | Said, language: str, links: Links | None) -> str | dict[str, Any]:
    if isinstance(piece, str):
        return piece
    return _figure(piece.printed, piece.home, language, links)


def _figure(printed: Printed, home: bool, language: str, links: Links | None) -> dict[str, Any]:
    return {
        "number": printed.number(language),
        "address": printed.address,
        "home": home,
        "url": links.to(printed.address) if links else None,
    }


def _table(table: Ruled, language: str, links: Links | None) -> dict[str, Any]:
    wide = page.widths(table, language)
    rows: list[list[dict[str, Any]]] = [[] for _ in table.rows]
    turned = page.turned(table, language)
    for row, column, box in table.placed():
        points = page.points(box, wide, column, table, language)
        rows[row].append(
            {
                "kind": box.kind,
                "columns": box.columns,
                "rows": box.rows,
                "points": points,
                "left": page.is_to_the_left(box),
                "turned": turned if page.is_leaf(box) else 0,
                "text": box.text(language),
                **_content(box, language, links),
            }
        )
    return {"widths": wide, "head": rows[: table.head], "body": rows[table.head :]}


def _content(box: Box, language: str, links: Links | None) -> dict[str, Any]:
    if not isinstance(box.content, Printed):
        return {"figure": None}
    unit = box.content.unit(language)
    figure = _figure(box.content, True, language, links)
    return {"figure": figure, "unit": f" {unit}" if unit else ""}
