"""The text of published pages, in the writings in which stored copies of them have it."""

from __future__ import annotations

import pytest

from ledger.verbs.judging import judge
from ledger.verbs.opening import House
from ledger.verbs.published import read_published
from ledger.words.published import Published

EDITIONS = House().editions


def read(*lines: str) -> Published:
    return read_published("page.txt", "\n".join(lines).encode(), EDITIONS)


def values(report: Published, table: str) -> list[str]:
    return [cell.text for address, cell in report.cells.items() if address.startswith(f"{table}/")]


TITLE = "示例县示例局2020年政府信息公开工作年度报告"


@pytest.mark.parametrize("end", [" | ", " |\n", "\n|\n"])
def test_headers_that_a_page_cut_to_their_first_line_still_stand_over_their_values(
    end: str,
) -> None:
    rows = ("信息内容|本年新|本年新|对外公开总数量", "规章|0|0|0", "规范性文件|13|11|12")
    report = read(TITLE, *(row.replace("|", end) + end for row in rows))
    assert values(report, "regulations") == ["0", "0", "0", "13", "11", "12"]


def test_headers_cut_short_in_another_order_are_not_taken_for_the_forms() -> None:
    report = read(
        TITLE,
        "信息内容 | 对外公开 | 本年新 | 本年新 |",
        "规章 | 0 | 0 | 0 |",
        "规范性文件 | 3 | 2 | 1 |",
    )
    assert not values(report, "regulations")


def test_remarks_on_how_to_fill_in_a_cell_are_no_part_of_its_label() -> None:
    report = read(
        TITLE,
        "信息内容 | 上一年项目数量（指2019年） | 本年增/减（减用负值，如 -8） | 处理决定数量（指办件量） |",
        "行政许可（含变更、延续） | 71 | -11 | 402 |",
        "其他对外管理服务事项（指许可以外的事项，含确认、奖励、给付，以及公共服务） | 9 | 0 | 30 |",
    )
    assert values(report, "services") == ["71", "-11", "402", "9", "0", "30"]


def test_an_amount_has_the_unit_that_its_header_names_in_brackets() -> None:
    headers = "信息内容 | 采购项目数量 | 采购总金额（万元） |"
    report = read(TITLE, headers, "政府集中采购 | 13 | 477.35 |")
    amount = report.cells["procurement/centralised/amount"]
    assert (amount.text, amount.unit, amount.unit_from) == ("477.35", "万元", "heading")
    assert not judge(report, EDITIONS).findings


def test_a_row_between_strokes_may_leave_out_the_cell_that_spans_rows_above_it() -> None:
    report = read(
        TITLE,
        "| 申请人情况 |",
        "| 自然人 | 法人或其他组织 | 总计 |",
        "| 商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他 |",
        "| 一、本年新收政府信息公开申请数量 | 21 | 5 |  |  | 2 | 1 | 29 |",
        "| 三、本年度办理结果 | （一）予以公开 | 8 | 2 |  |  | 1 |  | 11 |",
        "| （三）不予公开 | 1.属于国家秘密 | 4 |  |  |  |  |  | 4 |",
        "| 2.其他法律行政法规禁止公开 | 3 | 1 |  |  |  |  | 4 |",
    )
    placed = [(cell.text, cell.value) for cell in report.cells.values()]
    assert [text for text, _ in placed] == [
        *("21", "5", "", "", "2", "1", "29"),
        *("8", "2", "", "", "1", "", "11"),
        *("4", "", "", "", "", "", "4"),
        *("3", "1", "", "", "", "", "4"),
    ]
    assert all(value is None for text, value in placed if not text)
