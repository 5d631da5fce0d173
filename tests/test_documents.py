"""A report in every format, read back: the same figures in the same places in all of them."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import HealthCheck, given, settings

from ledger.drawing.documents import encoded, report_document
from ledger.drawing.html import report_html
from ledger.drawing.paper import Paper, paper_of
from ledger.drawing.reports import report_sheet
from ledger.drawing.text import plain
from papers import DIGEST, EDITIONS, LANGUAGES, big, papers, seed, seed_report
from reading_back import Grid, html_figures, html_paragraphs, html_tables

PAPERS = {"seed": seed, "big": big}
few = settings(max_examples=15, suppress_health_check=list(HealthCheck))


def in_tables(paper: Paper, language: str) -> list[str]:
    """The figures of the tables with the units printed, in the order of print."""
    tables = (block for block in paper.blocks if not block.in_prose)
    return [cell.text(language) for block in tables for line in block.lines for cell in line.cells]


def in_order(tables: list[Grid]) -> list[str]:
    """All that is a number in tables, with its unit if it has one, row by row."""
    texts = (text for table in tables for row in table for text in row)
    return [text for text in texts if re.fullmatch(r"[+-]?\d+(\.\d+)?( \D+| ×10,000 yuan)?", text)]


def by_address(paper: Paper) -> dict[str, set[str]]:
    return {address: {printed.digits} for address, printed in paper.figures.items()}


def assert_text_and_json_agree(paper: Paper, language: str) -> None:
    document = json.loads(encoded(report_document(paper)), parse_float=str, parse_int=str)
    cells = [c for table in document["tables"] for row in table["rows"] for c in row["cells"]]
    assert {c["address"]: c["value"] for c in cells} == {
        address: f"{printed.value:f}" for address, printed in paper.figures.items()
    }
    lines = [line.split("\t") for line in plain(report_sheet(paper, language)) if "\t" in line]
    shown = [text for line in lines for text in line[1:] if re.match(r"[+-]?\d", text)]
    assert shown == [printed.text(language) for printed in paper.figures.values()]


def assert_html_agrees(paper: Paper, language: str) -> None:
    page = report_html(paper, language)
    assert html_figures(page) == by_address(paper)
    assert in_order(html_tables(page)) == in_tables(paper, language)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("name", PAPERS)
def test_every_format_gives_the_same_figures(name: str, edition: str, language: str) -> None:
    paper = PAPERS[name](edition)
    assert len(paper.figures) > 200
    assert_text_and_json_agree(paper, language)
    assert_html_agrees(paper, language)


@few
@given(papers())
def test_every_format_gives_the_same_figures_whatever_they_are(paper: Paper) -> None:
    assert_text_and_json_agree(paper, "zh-CN")
    assert_html_agrees(paper, "zh-CN")


# The page


def test_the_page_has_the_title_the_six_sections_and_the_note_in_the_corner_of_table_three() -> (
    None
):
    page = report_html(seed(), "zh-CN")
    for text in (
        *("一、总体情况", "二、主动公开政府信息情况", "三、收到和处理政府信息公开申请情况"),
        *("四、政府信息公开行政复议、行政诉讼情况", "五、存在的主要问题及改进情况"),
        "六、其他需要报告的事项",
    ):
        assert f"<h2>{text}</h2>" in page
    applications = html_tables(page)[1]
    assert applications[0][0].startswith("（本列数据的勾稽关系为")
    assert applications[0][3] == "申请人情况"
    assert applications[1][3:] == ["自然人", "法人或其他组织", "", "", "", "", "总计"]
    assert applications[2][4:9] == ["商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"]
    assert applications[5][:3] == ["三、本年度办理结果", "（一）予以公开", ""]
    assert applications[7][1:4] == ["（三）不予公开", "1.属于国家秘密", "0"]


def test_tables_under_headings_of_their_own_share_one_frame() -> None:
    proactive = html_tables(report_html(seed(), "zh-CN"))[0]
    assert [row[0] for row in proactive if not any(row[1:])] == [
        f"第二十条第（{number}）项" for number in "一五六八九"
    ]
    assert proactive[-1] == ["政府集中采购", "4", "179.8 万元", ""]


def test_the_page_stands_alone() -> None:
    page = report_html(seed(), "en")
    assert not re.search(r"<script|<link|<img|@import|url\(|https?:", page)


def test_a_figure_leads_to_its_trace() -> None:
    page = report_html(seed(), "en", "/trace/{organ}/{year}/{address}?as-at={position}")
    assert 'href="/trace/yueqing-jgsw/2020/applications/new/total?as-at=85"' in page


def test_a_figure_in_the_text_leads_to_its_cell_and_each_cell_can_be_led_to_once() -> None:
    page = report_html(seed(), "zh-CN")
    targets = re.findall(r'<a class="figure" id="([^"]+)"', page)
    assert sorted(targets) == sorted(seed().figures)
    assert set(re.findall(r'href="#([^"]+)"', page)) == set(targets)


def test_drafted_text_stands_as_it_was_written_and_its_numbers_are_figures() -> None:
    first, second, third, fourth, last = html_paragraphs(report_html(seed(), "zh-CN"))
    assert first == "（一）主动公开。本年主动公开政府信息70条，其中公文类10条。"
    assert second == "（二）依申请公开"
    assert third == "新收申请0件，办结0件；<b>&“引号”。"
    assert fourth.startswith("非公文类政府信息60条；收到政府信息公开申请0件；")
    assert last == "没有其他需要报告的事项。"


def test_figures_that_no_drafted_text_says_are_stated() -> None:
    bare = paper_of(seed_report())
    stated = html_paragraphs(report_html(bare, "zh-CN"))
    assert len(stated) == 1
    assert stated[0].startswith("主动公开政府信息70条；公文类政府信息10条；非公文类政府信息60条；")
    english = html_paragraphs(report_html(bare, "en"))
    assert english[0].startswith("Government information published proactively: 70 pieces; ")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_foot_says_edition_organ_year_position_and_digest(language: str) -> None:
    page = report_html(seed(), language)
    foot = page[page.index("<footer>") :]
    for told in ("cn-annual-report-2019", "yueqing-jgsw", "2020", "85", DIGEST):
        assert told in foot
    assert "sha256" not in report_html(paper_of(seed_report()), language)
