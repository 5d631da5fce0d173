"""What a clerk writes in a cell, and what is read from it: the plain cases, the odd ones, the refused."""

from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest

from ledger.rooms.definitions.columns import Column, columns_of
from ledger.rooms.sheets.cells import Cell
from ledger.verbs.registers.amounts import money_in, units_in, whole_in
from ledger.verbs.registers.changes import Changes
from ledger.verbs.registers.dates import date_in
from ledger.verbs.registers.fields import Field, Place
from ledger.verbs.registers.texts import Codes, boolean_in, identifier_in, text_in
from ledger.words.problems import Problem
from workbooks import DEFINITIONS

MARCH = datetime(2020, 3, 5)


def outcome(value: Any) -> Any:
    """A value, or the kind of a problem, whose sentences can be said."""
    if isinstance(value, Problem):
        assert value.sentence("zh-CN") and value.sentence("en")
        return value.code
    return value


def column(type_: str, pointer: str) -> Column:
    """A column of a type."""
    found = [column for column in columns_of(DEFINITIONS, type_, 1) if column.pointer == pointer]
    return found[0]


@pytest.mark.parametrize(
    "cell",
    [
        Cell(MARCH, "yyyy/m/d"),
        Cell(MARCH, 'yyyy"年"m"月"d"日"'),
        Cell(MARCH, "d-mmm-yy"),
        Cell(datetime(2020, 3, 5, 14, 30), "yyyy/m/d h:mm"),
        Cell(Decimal(20200305)),
        Cell("2020-03-05"),
        Cell("2020-3-5"),
        Cell("2020/3/5"),
        Cell("2020.3.5"),
        Cell("2020.03.05"),
        Cell("2020年3月5日"),
        Cell("2020 年 3 月 5 日"),
        Cell("2020年3月5号"),
        Cell("２０２０年３月５日"),
        Cell("２０２０／３／５"),
        Cell("２０２０．３．５"),
        Cell("2020—3—5"),
        Cell("　2020-03-05\u00a0"),
        Cell("20200305"),
        Cell("2020-03-05 00:00:00"),
        Cell("2020-03-05T14:30"),
        Cell("2020年3月5日14:30"),
    ],
    ids=repr,
)
def test_a_date_is_read_however_it_is_written(cell: Cell) -> None:
    assert outcome(date_in(cell)) == "2020-03-05"


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        (Cell("2020年3月"), "not-a-day"),
        (Cell("3月5日"), "not-a-day"),
        (Cell("20/3/5"), "not-a-day"),
        (Cell("5/3/2020"), "not-a-day"),
        (Cell("2020-3.5"), "not-a-day"),
        (Cell("2020-02-30"), "not-a-day"),
        (Cell("20201305"), "not-a-day"),
        (Cell("2020-03-055"), "not-a-day"),
        (Cell("2020-3-514:30"), "not-a-day"),
        (Cell("2020-03-05至2020-03-09"), "not-a-day"),
        (Cell("二〇二〇年三月五日"), "not-a-day"),
        (Cell("2020٣5"), "not-a-day"),
        (Cell(True), "not-a-day"),
        (Cell(Decimal("2020.3")), "not-a-day"),
        (Cell(Decimal(2020)), "not-a-day"),
        (Cell(Decimal(43895)), "number-for-a-date"),
        (Cell(Decimal("43895.5")), "number-for-a-date"),
        (Cell(MARCH, 'yyyy"年"m"月"'), "date-partly-shown"),
        (Cell(MARCH, 'm"月"d"日"'), "date-partly-shown"),
        (Cell(MARCH, "mmm-yy"), "date-partly-shown"),
        (Cell(datetime(1900, 1, 5), "yyyy/m/d"), "unlikely-day"),
    ],
    ids=repr,
)
def test_a_day_that_is_not_written_in_full_is_refused(cell: Cell, code: str) -> None:
    assert outcome(date_in(cell)) == code


@pytest.mark.parametrize(
    ("cell", "heading", "fen"),
    [
        (Cell("12.5万元"), "金额", 12_500_000),
        (Cell("１２．５万元"), "金额", 12_500_000),
        (Cell("1,234.50元"), "金额", 123_450),
        (Cell("1，234.50 元"), "金额", 123_450),
        (Cell("0.3亿元"), "金额", 3_000_000_000),
        (Cell("5分"), "金额", 5),
        (Cell("300元整"), "金额", 30_000),
        (Cell("¥300"), "金额", 30_000),
        (Cell("￥1,300.05"), "金额（元）", 130_005),
        (Cell("人民币8040元"), "金额", 804_000),
        (Cell(Decimal("62.5")), "采购金额（万元）", 62_500_000),
        (Cell(Decimal("62.5")), "采购金额(单位：万元)", 62_500_000),
        (Cell(Decimal("62.5")), "采购金额万元", 62_500_000),
        (Cell(Decimal("62.5")), "合同价（人民币，万元）", 62_500_000),
        (Cell(Decimal("62.5")), "金额［元］", 6_250),
        (Cell(Decimal("62.5")), "Amount (yuan)", 6_250),
        (Cell(Decimal("62.5"), '"￥"#,##0.00'), "金额", 6_250),
        (Cell(Decimal("62.5"), "[$¥-804]#,##0.00"), "金额（元）", 6_250),
        (Cell(Decimal("62.5"), '0.00"万元"'), "金额", 62_500_000),
        (Cell("8040元"), "金额（万元）", 804_000),
        (Cell("1.2万元"), "金额（元）", 1_200_000),
        (Cell(Decimal(0)), "金额（元）", 0),
        (Cell(Decimal("0.333")), "金额（万元）", 333_000),
    ],
    ids=repr,
)
def test_an_amount_is_read_in_the_unit_that_is_named(cell: Cell, heading: str, fen: int) -> None:
    assert outcome(money_in(cell, units_in([heading]))) == fen


@pytest.mark.parametrize(
    ("cell", "heading", "code"),
    [
        (Cell(Decimal("62.5")), "采购金额", "no-unit"),
        (Cell("62.5"), "评分", "no-unit"),
        (Cell("62.5"), "单元", "no-unit"),
        (Cell("62.5"), "填报单位：示例局", "no-unit"),
        (Cell(Decimal("62.5")), "金额（元/万元）", "which-unit"),
        (Cell(Decimal("62.5")), "金额（元或万元）", "which-unit"),
        (Cell("¥62.5"), "金额（万元）", "which-unit"),
        (Cell(Decimal("62.5"), '"￥"#,##0.00'), "金额（万元）", "which-unit"),
        (Cell("1.2万"), "金额（元）", "half-a-unit"),
        (Cell("约12万元"), "金额", "not-a-number"),
        (Cell("壹万元"), "金额", "not-a-number"),
        (Cell("1,23元"), "金额", "not-a-number"),
        (Cell("12万元3"), "金额", "not-a-number"),
        (Cell("-"), "金额（元）", "not-a-number"),
        (Cell("无"), "金额（元）", "not-a-number"),
        (Cell(True), "金额（元）", "not-a-number"),
        (Cell(MARCH, "yyyy/m/d"), "金额（元）", "not-a-number"),
        (Cell(Decimal("0.001")), "金额（元）", "part-of-a-fen"),
        (Cell("$300"), "金额（元）", "not-a-number"),
        (Cell(Decimal(300), '"$"#,##0'), "金额（元）", "other-money"),
        (Cell(Decimal("0.5"), "0%"), "金额（元）", "shown-otherwise"),
        (Cell(Decimal(12345), '0!.0,"万元"'), "金额", "shown-otherwise"),
        (Cell(Decimal(12345), "0.0,"), "金额（元）", "shown-otherwise"),
        (Cell("300元，另200元"), "金额（元）", "not-a-number"),
    ],
    ids=repr,
)
def test_an_amount_whose_unit_or_number_is_not_clear_is_refused(
    cell: Cell, heading: str, code: str
) -> None:
    assert outcome(money_in(cell, units_in([heading]))) == code


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        (Cell(Decimal(3)), 3),
        (Cell("３件"), 3),
        (Cell("1,200"), 1200),
        (Cell("3.0"), 3),
        (Cell("3.5"), "not-whole"),
        (Cell("3天"), "not-a-number"),
        (Cell("三"), "not-a-number"),
        (Cell(Decimal("0.5"), "0%"), "shown-otherwise"),
    ],
    ids=repr,
)
def test_a_count_is_whole(cell: Cell, told: Any) -> None:
    assert outcome(whole_in(cell)) == told


def test_working_days_are_not_days() -> None:
    assert outcome(whole_in(Cell("20个工作日"), working_days=True)) == 20
    assert outcome(whole_in(Cell("20天"), working_days=True)) == "not-a-number"


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("自然人", "natural-person"),
        (" 自 然\u3000人 ", "natural-person"),
        ("NATURAL PERSON", "natural-person"),
        ("natural-person", "natural-person"),
        ("ｎａｔｕｒａｌ－ｐｅｒｓｏｎ", "natural-person"),
        ("公民", "not-in-the-list"),
        ("自然", "not-in-the-list"),
        ("自然人、商业企业", "not-in-the-list"),
    ],
)
def test_a_code_is_told_by_its_name_in_either_language_or_by_itself(
    written: str, told: str
) -> None:
    codes = Codes(column("application.received", "/data/applicant"))
    assert outcome(codes.one_in(Cell(written))) == told


def test_an_offices_own_words_for_a_code_are_taken_where_a_mapping_says_so() -> None:
    codes = Codes(column("application.received", "/data/applicant"), {"公民": "natural-person"})
    assert codes.one_in(Cell("公民")) == "natural-person"


def test_a_refused_word_comes_with_the_names_most_like_it() -> None:
    codes = Codes(column("application.decided", "/data/outcome"))
    problem = codes.one_in(Cell("不予公开：国家秘密"))
    assert isinstance(problem, Problem)
    assert "不予公开：属于国家秘密" in problem.sentence("zh-CN")


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("政府网站", ["website"]),
        ("政府网站、政务微博", ["website", "weibo"]),
        ("政府网站,政务微博；政务微信", ["website", "weibo", "wechat"]),
        ("政府网站\n政务微博", ["website", "weibo"]),
        ("报刊、广播、电视、政府网站", ["newspaper-broadcast", "website"]),
        ("Newspapers, radio and television, Gazette", ["newspaper-broadcast", "gazette"]),
        ("website,weibo", ["website", "weibo"]),
        ("政府网站、政府网站", ["website"]),
        ("政府网站、抖音", "not-in-the-list"),
        ("报刊、广播", "not-in-the-list"),
        ("、", "not-in-the-list"),
    ],
)
def test_several_codes_may_stand_in_one_cell(written: str, told: Any) -> None:
    codes = Codes(column("document.published", "/data/channels"))
    assert outcome(codes.several_in(Cell(written))) == told


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        (Cell("  《示例 办法》\u3000"), "《示例 办法》"),
        (Cell("示例发〔2020〕5号"), "示例发〔2020〕5号"),
        (Cell(Decimal(5)), "5"),
        (Cell(Decimal("5.1")), "number-for-a-text"),
        (Cell(Decimal(10**15)), "number-for-a-text"),
        (Cell(Decimal(5), "0000"), "turned-by-the-program"),
        (Cell(MARCH, "yyyy/m/d"), "turned-by-the-program"),
        (Cell(True), "turned-by-the-program"),
        (Cell('=DISPIMG("ID_1",1)'), "formula-as-text"),
    ],
    ids=repr,
)
def test_text_is_kept_as_it_stands_and_never_what_a_program_made_of_it(
    cell: Cell, told: str
) -> None:
    assert outcome(text_in(cell)) == told


def test_a_number_in_full_width_is_the_same_number() -> None:
    assert identifier_in(Cell("２０２０－０００１")) == "2020-0001"


@pytest.mark.parametrize(
    ("value", "told"),
    [("是", True), ("否", False), ("Yes", True), (True, True), ("√", True), ("有", "yes-or-no")],
)
def test_yes_and_no(value: Any, told: Any) -> None:
    assert outcome(boolean_in(Cell(value))) == told


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("applicant=自然人\nchannel＝online", {"applicant": "natural-person", "channel": "online"}),
        ("amount=62.5万元", {"amount": 62_500_000}),
        ("amount=62.5", "no-unit"),
        ("quantity=5件", {"quantity": 5}),
        ("quantity=5元", {"quantity": 500}),
        ("quantity=5", "no-unit"),
        ("number=", {"number": None}),
        ("days=20", {"days": 20}),
        ("kind=其他", "not-in-the-list"),
        ("outcome=其他", "rectification"),
        ("colour=red", "not-a-change"),
        ("自然人", "not-a-change"),
        ("days=1\ndays=2", "not-a-change"),
    ],
)
def test_the_new_values_of_a_correction_are_read_by_their_fields(written: str, told: Any) -> None:
    found = outcome(Changes(DEFINITIONS).read(Cell(written)))
    if told == "rectification":  # 其他 is a name of this code in one list only
        told = {"outcome": "other"}
    assert found == told


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        (Cell("#N/A", fault="error"), "cell-error"),
        (Cell("", fault="formula"), "formula-without-value"),
        (Cell("60", "yyyy/m/d", fault="serial"), "no-such-day"),
        (Cell(Decimal(5), merged="across"), "merged-across"),
        (Cell(Decimal(5), merged="down"), "merged-number"),
        (Cell(Decimal(5), merged="down", repeated=True), "merged-number"),
    ],
    ids=repr,
)
def test_a_cell_without_a_value_of_its_own_is_refused(cell: Cell, code: str) -> None:
    place = Place(column=1, units=frozenset(["元"]))
    field = Field(
        column("procurement.concluded", "/data/amount"), place, DEFINITIONS, "procurement"
    )
    assert outcome(field.read({1: cell}, {"data": {}})) == code


def test_a_date_that_is_merged_over_several_rows_counts_in_each() -> None:
    place = Place(column=1)
    field = Field(
        column("procurement.concluded", "/occurred_on"), place, DEFINITIONS, "procurement"
    )
    cell = Cell("2020-03-05", merged="down", repeated=True)
    assert field.read({1: cell}, {"data": {}}) == "2020-03-05"


@pytest.mark.parametrize("mark", ["-", "——", "/", "\\", "／", " － "])
def test_a_dash_or_slash_is_no_text(mark: str) -> None:
    place = Place(column=1)
    field = Field(
        column("procurement.concluded", "/data/number"), place, DEFINITIONS, "procurement"
    )
    assert field.read({1: Cell(mark)}, {"data": {}}) is None
