"""Tables in a page's text whose fields stand between upright strokes, as copies of pages have them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from ledger.verbs.opening import House
from ledger.verbs.published import read_published
from ledger.words.published import Published

EDITIONS = House().editions
FORM = EDITIONS["cn-annual-report-2021"]
Line = Sequence[str]

DOCUMENTS: list[Line] = [
    ["第二十条第（一）项"],
    ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"],
    ["规章", "0", "", "7"],
    ["行政规范性文件", "12", "3", ""],
    ["第二十条第（五）项"],
    ["信息内容", "本年处理决定数量"],
    ["行政许可", ""],
]
RESULTS = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
REVIEWS: list[Line] = [
    ["行政复议", "行政诉讼"],
    [*RESULTS, "未经复议直接起诉", "复议后起诉"],
    RESULTS * 2,
    [str(number) for number in range(20, 35)],
]
APPLICANTS: list[Line] = [
    ["（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）", "申请人情况"],
    ["自然人", "法人或其他组织", "总计"],
    ["商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"],
    ["一、本年新收政府信息公开申请数量", "", "", "", "", "", "", "4"],
    ["二、上年结转政府信息公开数量", "1", "", "", "", "2", "", "3"],
]


def strokes(width: int, cells: Line) -> str:
    return "|" * max(0, width - len(cells))


WRITINGS: dict[str, Callable[[Line, int], str]] = {
    "a row a line": lambda cells, width: f"| {' | '.join(cells)} | {strokes(width, cells)}",
    "no stroke before": lambda cells, width: f"{' | '.join(cells)} | {strokes(width, cells)}",
    "a field a line": lambda cells, width: "\n".join(
        (*(f"{cell} |" if cell else "|" for cell in cells), strokes(width, cells))
    ),
    "a stroke before": lambda cells, width: "\n".join(
        ("|", *(f"{cell} |" if cell else "|" for cell in cells), strokes(width, cells))
    ),
    "strokes on lines of their own": lambda cells, width: (
        "| " + "\n|\n".join(cells) + f"\n|\n{strokes(width, cells)}"
    ),
}


def read(write: Callable[[Line, int], str], *tables: tuple[list[Line], int]) -> Published:
    rows = [write(cells, width) for table, width in tables for cells in table]
    page = "\n".join(("示例市民政局2023年政府信息公开工作年度报告", *rows))
    return read_published("page.txt", page.encode(), EDITIONS)


def texts(report: Published, table: str) -> list[str | None]:
    cells = [report.cells.get(figure.address) for figure in FORM.table(table).figures]
    return [cell.text if cell else None for cell in cells]


@pytest.mark.parametrize("write", WRITINGS.values(), ids=WRITINGS)
def test_a_field_between_strokes_is_a_cell_and_an_empty_one_is_blank(
    write: Callable[[Line, int], str],
) -> None:
    report = read(write, (DOCUMENTS, 4), (APPLICANTS, 9), (REVIEWS, 15))
    assert texts(report, "regulations") == ["0", "", "7", "12", "3", ""]
    assert texts(report, "applications")[:14] == [
        *("", "", "", "", "", "", "4"),
        *("1", "", "", "", "2", "", "3"),
    ]
    assert texts(report, "reviews") == [str(number) for number in range(20, 35)]
    assert [each.problem.code for each in report.unplaced] == []


def test_one_value_for_the_whole_row_is_not_that_of_its_first_column() -> None:
    row = ["一、本年新收政府信息公开申请数量", "4"]
    report = read(WRITINGS["no stroke before"], ([*APPLICANTS[:3], row], 9), (REVIEWS, 15))
    assert "applications/new/natural-person" not in report.cells
    assert [each.problem.code for each in report.unplaced] == ["which-column"]


def test_a_value_under_a_header_that_the_form_does_not_have_is_told_and_not_placed() -> None:
    rows = [*DOCUMENTS[:5], ["信息内容", "本年处理绝对数量"], ["行政许可", "31"]]
    report = read(WRITINGS["no stroke before"], (rows, 4), (REVIEWS, 15))
    assert texts(report, "services") == [None]
    assert [(each.problem.code, each.text) for each in report.unplaced] == [("which-column", "31")]


@pytest.mark.parametrize(("above", "below", "placed"), [
    (["商业", "科研"], ["企业", "机构"], True),
    (["科研", "商业"], ["机构", "企业"], False),
    (["商业", "科研"], ["机构", "企业"], False),
])  # fmt: skip
def test_headers_broken_into_two_rows_stand_over_their_columns_in_the_order_of_the_form(
    above: list[str], below: list[str], placed: bool
) -> None:
    headers = [*APPLICANTS[:2], [*above, *APPLICANTS[2][2:]], below]
    rows = [*headers, *(["一、本年新收政府信息公开申请数量", "5", "", "", "", "", "", "5"],)]
    report = read(lambda cells, _: f"{' | '.join(cells)} |", (rows, 9), (REVIEWS, 15))
    assert texts(report, "applications")[:7] == (
        ["5", "", "", "", "", "", "5"] if placed else [None] * 7
    )
    assert [each.problem.code for each in report.unplaced] == ["which-column"] * (not placed)


def test_rows_that_only_another_form_has_are_told() -> None:
    """The documents of the form of 2019 over the applications of that of 2021."""
    old = EDITIONS["cn-annual-report-2019"]
    services = [
        ["信息内容", "上一年项目数量", "本年增/减", "处理决定数量"],
        ["行政许可", "3", "1", "4"],
    ]
    rows = [
        ["（五）不予处理", "2.重复申请", *"0000000"],
        ["（六）其他处理", "1.申请人无正当理由逾期不补正、行政机关不再处理其申请", *"2000002"],
        ["（七）总计", *"2000002"],
    ]
    report = read(WRITINGS["no stroke before"], (services, 4), ([*APPLICANTS[:3], *rows], 9))
    assert report.edition and report.edition.id == old.id
    assert report.cells["applications/total/natural-person"].text == "2"
    assert [each.problem.code for each in report.unplaced] == ["row-not-known"]
