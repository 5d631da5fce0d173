"""Charts: their bars are figures, their pictures can be read by everyone, and zeros are no accident."""

from __future__ import annotations

import json
import re
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import msgspec
import pdfplumber
import pytest
from docx import Document

from ledger.drawing.charts import Chart, outcomes_chart, trend_chart
from ledger.drawing.html import report_html
from ledger.drawing.paper import paper_of
from ledger.drawing.pdf import report_pdf
from ledger.drawing.pictures import chart_png, chart_svg
from ledger.drawing.word import report_docx
from ledger.verbs.reporting import Report
from ledger.words.years import year
from papers import EDITIONS, FORMS, LANGUAGES, seed_report, with_quantities
from reading_back import pdf_text
from test_command_line import Ledger, runs

QUANTITIES = [3, 17, 0, 120, 9, 45, 2, 31, 5, 8, 1]
OUTCOMES = ["予以公开", "部分公开", "不予公开", "无法提供", "不予处理", "其他处理"]


def told(edition: str = EDITIONS[1], of_year: int = 2023, shift: int = 0) -> Report:
    """A report of a year with figures that differ from one another."""
    report = with_quantities(seed_report(edition), [n + shift for n in QUANTITIES])
    scope = msgspec.structs.replace(report.setting.scope, period=year(of_year))
    return Report(msgspec.structs.replace(report.setting, scope=scope), report.cells)


def outcomes(report: Report) -> Chart:
    chart = outcomes_chart(report)
    assert chart is not None
    return chart


def trend(*reports: Report) -> Chart:
    chart = trend_chart(reports)
    assert chart is not None
    return chart


def texts_of(svg: str) -> list[str]:
    """All text of a picture, in its order."""
    return [text for text in ElementTree.fromstring(svg).itertext() if text.strip()]


def sizes_of(svg: str) -> list[float]:
    """How long the bars of a picture are, by what they say to a screen reader."""
    bars = ElementTree.fromstring(svg).iter("{http://www.w3.org/2000/svg}path")
    labels = [bar.get("aria-label", "") for bar in bars]
    return [float(found[1]) for label in labels if (found := re.search(r"value: ([0-9.]+)", label))]


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_bars_of_outcomes_add_up_each_outcome_of_the_form_once(edition: str) -> None:
    report = told(edition)
    chart = outcomes(report)
    assert [label["zh-CN"] for label in chart.labels] == OUTCOMES
    assert chart.labels[0]["en"] == "Granted" and chart.labels[2]["en"] == "Refused"
    table = report.setting.edition.table("applications")
    rows = [row.id for row in table.rows if row.under and not row.sum]
    added = [address for bar in chart.bars for address in bar.addresses]
    assert added == [f"applications/{row}/total" for row in rows]
    for bar in chart.bars:
        assert bar.value == sum(report.cells[address].quantity for address in bar.addresses)


def test_a_trend_shows_what_came_in_was_decided_and_is_left_of_each_year() -> None:
    reports = [told(of_year=2019 + nth, shift=nth) for nth in range(3)]
    chart = trend(*reports)
    assert chart.title["zh-CN"] == "2019年至2021年政府信息公开申请（件）"
    assert [name["zh-CN"] for name in chart.series] == ["新收", "办结", "结转"]
    rows = ("new", "total", "carried-out")
    assert [bar.value for bar in chart.bars] == [
        report.cells[f"applications/{row}/total"].value for report in reports for row in rows
    ]


@pytest.mark.parametrize("form", [form for form in FORMS if form not in EDITIONS])
def test_a_form_that_does_not_part_all_decisions_has_no_chart(form: str) -> None:
    assert outcomes_chart(seed_report(form)) is None
    assert trend_chart([seed_report(form)]) is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_picture_says_its_values_beside_its_bars(language: str) -> None:
    chart = outcomes(told())
    svg = chart_svg(chart, language)
    shown = texts_of(svg)
    assert {label[language] for label in chart.labels} <= set(shown)
    assert [text for text in shown if text.isdecimal()] == [f"{bar.value}" for bar in chart.bars]
    assert sizes_of(svg) == [float(bar.value) for bar in chart.bars]
    assert chart.title[language] in shown


def test_a_chart_of_zeros_shows_zeros_at_the_foot_of_the_scale() -> None:
    zeros = with_quantities(told(), [0])
    svg = chart_svg(outcomes(zeros), "zh-CN")
    assert texts_of(svg).count("0") == len(OUTCOMES)
    assert sizes_of(svg) == [0.0] * len(OUTCOMES)
    places = re.findall(r'<text text-anchor="start" transform="translate\(([0-9.]+),', svg)
    assert float(places[-1]) < 10
    before = with_quantities(told(of_year=2022), [0])
    assert texts_of(chart_svg(trend(before, zeros), "zh-CN")).count("0") == 6


def test_the_colours_of_a_trend_are_told_apart_without_red_and_green() -> None:
    svg = chart_svg(trend(told(of_year=2020), told(of_year=2021)), "zh-CN")
    colours = dict.fromkeys(re.findall(r'fill="(#[0-9A-Fa-f]{6})"', svg))
    assert [c for c in colours if c.upper() not in ("#FFFFFF", "#1A1A1A", "#000000")] == [
        *("#0072B2", "#E69F00", "#009E73"),
    ]


def test_a_picture_needs_nothing_from_elsewhere_and_is_the_same_every_time() -> None:
    chart = trend(told(of_year=2020), told(of_year=2021))
    svg = chart_svg(chart, "zh-CN")
    assert not re.search(r"<script|<image|href=|url\((?!#)", svg)
    assert chart_svg(chart, "zh-CN") == svg
    assert chart_png(chart, "zh-CN") == chart_png(chart, "zh-CN")


def test_a_name_is_never_markup_in_a_picture() -> None:
    report = told()
    organ = msgspec.structs.replace(report.setting.organ, name="<script>甲&乙\x01</script>")
    odd = Report(msgspec.structs.replace(report.setting, organ=organ), report.cells)
    assert "<script>甲&乙□</script>" in texts_of(chart_svg(outcomes(odd), "zh-CN"))
    assert "<script>" not in report_html(paper_of(odd, charts=(outcomes(odd),)), "zh-CN")


@pytest.mark.parametrize("language", LANGUAGES)
def test_charts_stand_in_an_annex_of_the_documents_with_words_for_those_who_do_not_see(
    language: str,
) -> None:
    report = told()
    charts = (outcomes(report), trend(told(of_year=2022, shift=1), report))
    paper = paper_of(report, charts=charts)
    caption = {"zh-CN": "附：图表", "en": "Annex: charts"}[language]
    page = report_html(paper, language)
    assert f"<h2>{caption}</h2>" in page and page.count("<svg") == 2
    document = Document(BytesIO(report_docx(paper, language)))
    assert [p.text for p in document.paragraphs if p.style.name == "Heading 1"][-1] == caption
    assert len(document.inline_shapes) == 2
    content = report_pdf(paper, language)
    assert re.sub(r"\s", "", caption) in pdf_text(content)
    for chart, shape in zip(charts, document.inline_shapes, strict=True):
        words = chart.in_words(language)
        assert f'aria-label="{words}"' in page
        assert shape._inline.docPr.get("descr") == words
        assert re.sub(r"\s", "", chart.title[language]) in pdf_text(content)


def test_chinese_in_a_chart_of_the_pdf_is_set_in_the_fonts_of_the_ledger() -> None:
    report = told()
    content = report_pdf(paper_of(report, charts=(outcomes(report),)), "zh-CN")
    with pdfplumber.open(BytesIO(content)) as book:
        chars = [char for char in book.pages[-1].chars if char["text"] in "予以部分无法提供"]
    assert len(chars) >= 8
    assert all("NotoSansSC" in char["fontname"] for char in chars)


# The command


@pytest.fixture
def demo(sqlite_url: str, tmp_path: Path) -> Ledger:
    ledger = runs(sqlite_url, tmp_path)
    assert ledger("demo").returncode == 0
    return ledger


@pytest.mark.slow
def test_a_chart_is_written_as_what_the_name_of_its_file_says(demo: Ledger, tmp_path: Path) -> None:
    assert demo("chart", "2020", "--output", "outcomes.svg").returncode == 0
    assert demo("chart", "2021", "--from", "2019", "-o", "trend.png").returncode == 0
    assert "予以公开" in texts_of((tmp_path / "outcomes.svg").read_text(encoding="utf-8"))
    picture = (tmp_path / "trend.png").read_bytes()
    assert picture.startswith(b"\x89PNG")
    assert int.from_bytes(picture[16:20]) > 600, "its width"


@pytest.mark.slow
def test_a_report_takes_charts_along_where_it_can(demo: Ledger, tmp_path: Path) -> None:
    assert demo("report", "2020", "--charts-from", "2019", "-o", "report.html").returncode == 0
    assert (tmp_path / "report.html").read_text(encoding="utf-8").count("<svg") == 2
    refused = demo("report", "2020", "--charts", "--format", "json")
    assert refused.returncode == 1
    (problem,) = json.loads(refused.stdout)["problems"]
    assert problem["code"] == "no-charts-in"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("chart", "2020", "--from", "2019-Q1", "-o", "a.png"), "自 2019-Q1 至 2020"),
        (("chart", "2020", "--from", "2021", "-o", "a.png"), "自 2021 至 2020"),
        (("chart", "2020", "--edition", "local-luan-quarterly"), "local-luan-quarterly"),
        (("chart", "2020", "--format", "png"), "--output"),
        (("chart", "2020", "-o", "no-such-folder/a.png"), "no-such-folder/a.png"),
    ],
)
def test_a_chart_that_cannot_be_drawn_is_refused_with_a_reason(
    demo: Ledger, tmp_path: Path, arguments: tuple[str, ...], sentence: str
) -> None:
    refused = demo(*arguments)
    assert refused.returncode == 1 and sentence in refused.stderr
    assert not list(tmp_path.glob("*.png"))
