"""Charts as pictures: SVG for pages and print, PNG for Word; values stand beside their bars."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

import pylopdf_fonts_zh_cn
import vl_convert

from ledger.drawing.charts import Chart

_VEGA_LITE = "6.4"
_FONTS = (
    "Noto Sans SC, Noto Sans CJK SC, Source Han Sans SC, PingFang SC, Microsoft YaHei, sans-serif"
)
_INK = "#1a1a1a"
_COLOURS = ("#0072B2", "#E69F00", "#009E73", "#CC79A7")
"""Told apart by those who do not see red or green as others do (Okabe and Ito)."""
_WIDTH = 560
_STEP = 30
"""Pixels; a digit takes _DIGIT of them."""
_DIGIT = 8
_PNG_SCALE = 2
_PIXELS = 96
"""In an inch."""
_SVG_WIDTH = re.compile(r'<svg[^>]*? width="([0-9.]+)"')


def chart_svg(chart: Chart, language: str) -> str:
    """A chart as SVG text."""
    return _converter().vegalite_to_svg(_specification(chart, language), vl_version=_VEGA_LITE)


def chart_png(chart: Chart, language: str) -> bytes:
    """A chart as the bytes of a PNG."""
    specification = _specification(chart, language)
    return _converter().vegalite_to_png(specification, vl_version=_VEGA_LITE, scale=_PNG_SCALE)


def width_of(svg: str) -> float:
    """How wide an SVG picture is, in mm."""
    found = _SVG_WIDTH.search(svg)
    assert found is not None, svg[:200]
    return float(found[1]) * 25.4 / _PIXELS


@cache
def _converter() -> Any:
    vl_convert.register_font_directory(str(Path(pylopdf_fonts_zh_cn.__file__).parent))
    return vl_convert


def _specification(chart: Chart, language: str) -> dict[str, Any]:
    several = len(chart.series) > 1
    return {
        "description": chart.in_words(language),
        "title": {"text": chart.title[language], "subtitle": chart.organ},
        "data": {"values": _values(chart, language)},
        **(_columns(chart, language) if several else _beams(chart)),
        "background": "white",
        "padding": 8,
        "config": _CONFIG,
    }


def _values(chart: Chart, language: str) -> list[dict[str, Any]]:
    return [
        {
            "label": bar.label[language],
            "series": bar.series[language],
            "value": float(bar.value),
            "shown": f"{bar.value:f}",
        }
        for bar in chart.bars
    ]


def _beams(chart: Chart) -> dict[str, Any]:
    """Bars that lie, one a line, each label in full to the left."""
    label = {"field": "label", "type": "nominal", "sort": None, "axis": {"title": None}}
    shown = {"type": "text", "align": "left", "dx": 5}
    return {
        "width": _WIDTH,
        "height": {"step": _STEP},
        "encoding": {"y": label, "x": _value(chart)},
        "layer": [
            {"mark": {"type": "bar", "color": _COLOURS[0], "height": {"band": 0.7}}},
            {"mark": shown, "encoding": {"text": {"field": "shown"}}},
        ],
    }


def _columns(chart: Chart, language: str) -> dict[str, Any]:
    """Bars that stand, those of a label together, as wide as the longest number."""
    longest = max(len(f"{bar.value:f}") for bar in chart.bars)
    names = [name[language] for name in chart.series]
    axis = {"title": None, "labelAngle": 0}
    colour = {
        "field": "series",
        "scale": {"domain": names, "range": list(_COLOURS[: len(names)])},
        "legend": {"title": None, "orient": "bottom"},
    }
    return {
        "width": {"step": max(_STEP, (longest + 1) * _DIGIT), "for": "offset"},
        "height": _WIDTH / 2,
        "encoding": {
            "x": {"field": "label", "type": "nominal", "sort": None, "axis": axis},
            "xOffset": {"field": "series", "sort": names},
            "y": _value(chart),
        },
        "layer": [
            {"mark": "bar", "encoding": {"color": colour}},
            {"mark": {"type": "text", "dy": -8}, "encoding": {"text": {"field": "shown"}}},
        ],
    }


def _value(chart: Chart) -> dict[str, Any]:
    # Of zeros alone no scale could be made.
    longest = max(1.0, *(float(bar.value) for bar in chart.bars))
    scale = {"domain": [0, longest], "nice": False}
    return {"field": "value", "type": "quantitative", "axis": None, "scale": scale}


_CONFIG = {
    "font": _FONTS,
    "view": {"stroke": None},
    "title": {"fontSize": 16, "subtitleFontSize": 13, "fontWeight": "normal", "anchor": "start"},
    "axis": {
        "labelFontSize": 13,
        "labelLimit": 400,
        "labelColor": _INK,
        "ticks": False,
        "domainColor": _INK,
        "labelPadding": 6,
    },
    "legend": {"labelFontSize": 13, "labelColor": _INK},
    "text": {"fontSize": 13, "color": _INK},
}
