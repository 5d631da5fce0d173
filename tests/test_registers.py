"""A clerk's workbook or CSV file, filled in as clerks do, and what the ledger takes from it."""

import io
import json
import re
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl.styles import Alignment
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from ledger.drawing.workbooks.entry_sheet import FIRST, HEADINGS
from ledger.rooms.sheets import limits, open_workbook
from ledger.rooms.storage import reading as journal_reading
from ledger.verbs.importing import Imported, id_of, import_drafts
from ledger.verbs.opening import open_journal
from ledger.verbs.recording import record
from ledger.verbs.registers.books import Drafts, Reading
from workbooks import (
    DEFINITIONS,
    OFFICE,
    column_of,
    decided,
    filled,
    outcome,
    put,
    read,
    received,
    register,
    repacked,
    same,
    saved,
    sheet_of,
)

EXAMPLES: dict[str, Any] = json.loads(
    (Path(__file__).parent / "data/event-examples.json").read_text(encoding="utf-8")
)
GOOD = [
    pytest.param(event, id=f"{type_}-{nth}")
    for type_, examples in EXAMPLES.items()
    for nth, event in enumerate(examples["good"])
    if DEFINITIONS.own_command(event) is None
]
PURCHASE = {
    "type": "procurement.concluded",
    "organ": "office",
    "subject": "procurement:1",
    "occurred_on": "2020-03-05",
    "data": {"title": "办公设备", "method": "centralised", "amount": 62_500_000},
}


def imported(url: str, data: bytes, **ways: Any) -> Imported:
    """What the import of a file does to a ledger."""
    book = open_workbook(io.BytesIO(data))
    drafts = Drafts(DEFINITIONS, Reading(every_row=ways.get("valid_lines", False)))
    drafts.read(book, lambda _: None)
    told = [*drafts.refused, *drafts.lines()]
    journal = open_journal(url, create=True)
    return drafts.told_of(book, import_drafts(journal, DEFINITIONS, told, "clerk", **ways))


def changed(event: dict[str, Any], heading: str, value: Any, language: str = "zh-CN") -> bytes:
    """A template with one event, one cell of which a clerk writes otherwise."""
    book = filled([event], language)
    sheet = book[sheet_of(event["type"], language)]
    put(sheet.cell(FIRST, column_of(sheet, heading)), value)
    return saved(book)


# Every kind of event


@pytest.mark.parametrize("language", ["zh-CN", "en"])
@pytest.mark.parametrize("event", GOOD)
def test_an_event_of_any_kind_comes_back_from_its_sheet(event: Any, language: str) -> None:
    told = read(saved(filled([event], language)))
    expected = {name: value for name, value in event.items() if name != "version"}
    if not expected["data"].get("dimensions", True):
        expected["data"] = {k: v for k, v in expected["data"].items() if k != "dimensions"}
    assert told.problems == []
    assert told.drafts == [expected] or same(told.drafts) == same([expected])


def test_drafts_come_in_the_order_of_the_days_and_of_a_life() -> None:
    told = read(
        saved(
            filled(
                [
                    decided("2", "2020-03-05"),
                    received("2", "2020-03-05"),
                    decided("1", "2020-04-01"),
                    received("1", "2020-03-09"),
                    OFFICE | {"occurred_on": "2021-01-01"},
                ]
            )
        )
    )
    order = [(draft["type"].partition(".")[2], draft["subject"]) for draft in told.drafts]
    assert order == [
        ("registered", "organ:office"),
        ("received", "application:2"),
        ("decided", "application:2"),
        ("received", "application:1"),
        ("decided", "application:1"),
    ]


# Recording it


def test_a_workbook_is_recorded_and_importing_it_again_changes_nothing(database_url: str) -> None:
    data = saved(filled([OFFICE, received("1"), decided("1"), PURCHASE]))
    first = imported(database_url, data)
    assert (first.recorded, first.again, first.problems) == (4, 0, ())
    again = imported(database_url, data)
    assert (again.recorded, again.again, again.problems) == (0, 4, ())


def test_the_same_rows_in_the_other_language_or_as_json_are_the_same_events(
    sqlite_url: str,
) -> None:
    events = [OFFICE, received("1"), PURCHASE]
    imported(sqlite_url, saved(filled(events)))
    again = imported(sqlite_url, saved(filled(events, "en")))
    assert (again.recorded, again.again) == (0, 3)
    journal = open_journal(sqlite_url)
    lines = [{"id": id_of(event)} | event for event in events]
    assert all(receipt.again for receipt in record(journal, DEFINITIONS, lines, "clerk"))


def test_one_bad_cell_and_nothing_is_recorded(sqlite_url: str) -> None:
    book = filled([OFFICE, received("1"), received("2")])
    sheet = book[sheet_of("application.received")]
    put(sheet.cell(FIRST + 1, column_of(sheet, "申请渠道")), "飞鸽传书")
    done = imported(sqlite_url, saved(book))
    assert (done.recorded, len(done.problems)) == (0, 1)
    problem = done.problems[0]
    assert (problem.sheet, problem.line, problem.cell) == ("收到申请", FIRST + 1, f"D{FIRST + 1}")
    assert problem.heading == "申请渠道"
    with open_journal(sqlite_url).reading() as connection:
        assert journal_reading.last_position(connection) == 0


def test_the_other_rows_are_recorded_if_that_is_wished(sqlite_url: str) -> None:
    book = filled([OFFICE, received("1"), received("2")])
    sheet = book[sheet_of("application.received")]
    put(sheet.cell(FIRST + 1, column_of(sheet, "申请渠道")), "飞鸽传书")
    done = imported(sqlite_url, saved(book), valid_lines=True)
    assert (done.recorded, len(done.problems)) == (2, 1)


def test_what_the_ledger_itself_refuses_is_shown_by_its_cell_too(sqlite_url: str) -> None:
    stranger = received("2") | {"organ": "stranger"}
    done = imported(sqlite_url, saved(filled([OFFICE, received("1"), stranger, decided("9")])))
    assert done.recorded == 0
    found = {(problem.sheet, problem.cell, problem.code) for problem in done.problems}
    organ = next(problem for problem in done.problems if problem.code == "unknown-organ")
    assert organ.heading == "机关"
    assert ("作出答复", f"B{FIRST}", "never-happened") in found


def test_a_workbook_in_parts_stops_without_saying_that_it_did_more(sqlite_url: str) -> None:
    done = imported(sqlite_url, saved(filled([OFFICE, decided("9")])), in_parts=True)
    assert done.problems[-1].code == "stopped-between-rows"
    assert "0" in done.problems[-1].sentence("zh-CN")


# Rows as they are


def test_blank_rows_stray_spaces_and_rows_of_blanks_do_not_matter() -> None:
    book = filled([received("1")])
    sheet = book[sheet_of("application.received")]
    sheet.cell(FIRST + 4, 2).value = "  \u3000 "
    sheet.insert_rows(FIRST, 3)
    assert same(read(saved(book)).drafts) == same([received("1")])


def test_two_rows_that_say_the_same_are_one_event_and_are_named() -> None:
    told = read(saved(filled([received("1"), received("2"), received("1")])))
    assert len(told.drafts) == 3
    assert [remark.code for remark in told.remarks] == ["rows-again"]
    assert str(FIRST + 2) in told.remarks[0].sentence("zh-CN")


def test_two_payments_alike_are_two_events_where_each_has_an_id() -> None:
    payment = {
        "type": "application.fee-paid",
        "organ": "office",
        "subject": "application:1",
        "occurred_on": "2020-03-05",
        "data": {"amount": 10_000},
    }
    told = read(saved(filled([payment | {"id": "paid-1"}, payment | {"id": "paid-2"}])))
    assert [draft["id"] for draft in told.drafts] == ["paid-1", "paid-2"]
    assert told.remarks == []


def test_a_hidden_row_is_neither_taken_nor_passed_over() -> None:
    book = filled([received("1"), received("2"), received("3")])
    sheet = book[sheet_of("application.received")]
    sheet.row_dimensions[FIRST + 1].hidden = True
    assert outcome(saved(book)).codes() == [(f"A{FIRST + 1}", "hidden-row")]


def test_a_hidden_sheet_is_not_imported_and_that_is_said() -> None:
    book = filled([received("1"), decided("1")])
    book[sheet_of("application.decided")].sheet_state = "hidden"
    told = read(saved(book))
    assert [draft["type"] for draft in told.drafts] == ["application.received"]
    assert [(remark.code, remark.sheet) for remark in told.remarks] == [
        ("hidden-sheet", "作出答复")
    ]


def test_a_sheet_of_the_clerks_own_is_not_read_and_that_is_said() -> None:
    book = filled([received("1")])
    book.create_sheet("草稿").cell(1, 1).value = "待核对"
    told = read(saved(book))
    assert len(told.drafts) == 1
    assert [(remark.code, remark.sheet) for remark in told.remarks] == [("sheet-not-read", "草稿")]


def test_the_column_of_remarks_is_the_clerks_own() -> None:
    data = changed(received("1"), "备注（不导入）", "联系人张某")
    assert same(read(data).drafts) == same([received("1")])


def test_a_column_that_is_not_known_is_told_once() -> None:
    book = filled([received("1"), received("2")])
    sheet = book[sheet_of("application.received")]
    put(sheet.cell(HEADINGS, 20), "经办人")
    put(sheet.cell(FIRST, 20), "甲")
    put(sheet.cell(FIRST + 1, 20), "乙")
    assert outcome(saved(book)).codes() == [(f"T{HEADINGS}", "unknown-heading")]


def test_what_stands_under_no_heading_is_told() -> None:
    book = filled([received("1")])
    sheet = book[sheet_of("application.received")]
    put(sheet.cell(FIRST, 20), "？")
    assert outcome(saved(book)).codes() == [(f"T{FIRST}", "no-heading")]


def test_a_column_that_was_moved_is_found_and_one_that_was_deleted_is_missed() -> None:
    book = filled([received("1")])
    sheet = book[sheet_of("application.received")]
    for row in (HEADINGS, FIRST):
        first, second = sheet.cell(row, 3).value, sheet.cell(row, 4).value
        put(sheet.cell(row, 3), second)
        put(sheet.cell(row, 4), first)
    sheet.delete_rows(FIRST - 1)
    assert same(read(saved(book)).drafts) == same([received("1")])
    sheet.delete_cols(3)
    told = outcome(saved(book))
    assert [problem.code for problem in told.problems] == ["heading-missing"]
    assert "申请渠道" in told.problems[0].sentence("zh-CN")


def test_a_heading_that_stands_there_twice_is_refused() -> None:
    book = filled([received("1")])
    sheet = book[sheet_of("application.received")]
    put(sheet.cell(HEADINGS, 20), "申请渠道")
    assert outcome(saved(book)).codes() == [(f"T{HEADINGS}", "heading-twice")]


@pytest.mark.parametrize(
    ("heading", "value", "code"),
    [
        ("发生日期", None, "cell-missing"),
        ("发生日期", "2020.13.1", "not-a-day"),
        ("申请人类别", "法人", "not-in-the-list"),
        ("申请台账号", date(2020, 1, 1), "turned-by-the-program"),
        ("申请台账号", "〔2020〕5号", "wrong-form"),
        ("来源名称", "联系电话13800000000", "personal-data"),
        ("来源名称", "长" * 201, "wrong-form"),
        ("来源名称", " \u200b", ""),
    ],
)
def test_each_bad_cell_is_told_by_its_heading(
    sqlite_url: str, heading: str, value: Any, code: str
) -> None:
    done = imported(sqlite_url, changed(received("1"), heading, value))
    found = [(problem.heading, problem.code) for problem in done.problems if problem.code == code]
    assert found == ([(heading, code)] if code else [])


def test_a_number_that_the_program_turned_into_a_number_is_still_that_number() -> None:
    assert read(changed(received("1"), "申请台账号", 20200001)).drafts[0]["subject"] == (
        "application:20200001"
    )


# Merged cells


def merged(rows: int, heading: str, event: Callable[[str], dict[str, Any]]) -> bytes:
    book = filled([event(str(number)) for number in range(1, rows + 1)])
    sheet = book[sheet_of(event("1")["type"])]
    column = column_of(sheet, heading)
    sheet.merge_cells(
        start_row=FIRST, end_row=FIRST + rows - 1, start_column=column, end_column=column
    )
    return saved(book)


def test_a_date_merged_over_rows_counts_in_each_of_them() -> None:
    told = read(merged(3, "发生日期", received))
    assert same(told.drafts) == same([received("1"), received("2"), received("3")])


def test_an_amount_merged_over_rows_is_nobodys() -> None:
    told = outcome(
        merged(2, "采购金额（元）", lambda n: PURCHASE | {"subject": f"procurement:{n}"})
    )
    assert [code for _, code in told.codes()] == ["merged-number", "merged-number"]


def test_a_cell_merged_over_columns_is_refused_and_a_caption_passed_over() -> None:
    book = filled([received("1"), received("2")])
    sheet = book[sheet_of("application.received")]
    sheet.merge_cells(start_row=FIRST, end_row=FIRST, start_column=3, end_column=4)
    sheet.cell(FIRST + 2, 1).value = "以下为第二季度"
    sheet.merge_cells(start_row=FIRST + 2, end_row=FIRST + 2, start_column=1, end_column=9)
    told = outcome(saved(book))
    assert told.codes() == [(f"C{FIRST}", "merged-across"), (f"D{FIRST}", "merged-across")]
    assert [remark.code for remark in told.remarks] == ["rows-passed-over"]


def test_headings_printed_again_are_passed_over() -> None:
    book = filled([received("1")])
    sheet = book[sheet_of("application.received")]
    for cell in sheet[HEADINGS]:
        put(sheet.cell(FIRST + 1, cell.column), cell.value)
    told = read(saved(book))
    assert (len(told.drafts), [remark.code for remark in told.remarks]) == (1, ["rows-passed-over"])


# Formulas and dates of the program


def test_a_formula_counts_by_its_value_and_not_at_all_without_one() -> None:
    book = filled([received("1")])
    sheet = book[sheet_of("application.received")]
    sheet.cell(FIRST, 2).value = "=DATE(2020,3,5)"
    data = saved(book)
    assert outcome(data).codes() == [(f"B{FIRST}", "formula-without-value")]

    def calculated(name: str, part: bytes) -> bytes:
        empty = rb"(<f>DATE\(2020,3,5\)</f>)<v\s*(?:/>|></v>)"  # as the library at hand writes it
        return re.sub(empty, rb"\1<v>43895</v>", part)

    assert same(read(repacked(data, calculated)).drafts) == same([received("1")])


def test_an_error_value_is_named() -> None:
    book = filled([received("1")])
    cell = book[sheet_of("application.received")].cell(FIRST, 3)
    cell.value = "#N/A"
    assert outcome(saved(book)).codes() == [(f"C{FIRST}", "cell-error")]


def test_both_systems_of_dates_are_read_as_the_program_shows_them() -> None:
    book = filled([received("1")])
    book.epoch = CALENDAR_MAC_1904
    data = saved(book)
    assert b'date1904="1"' in repacked_part(data, "xl/workbook.xml")
    assert same(read(data).drafts) == same([received("1")])


def repacked_part(data: bytes, name: str) -> bytes:
    found: list[bytes] = []

    def look(part: str, content: bytes) -> bytes:
        found.extend([content] if part == name else [])
        return content

    repacked(data, look)
    return found[0]


def test_a_day_that_only_shows_its_month_is_refused() -> None:
    book = filled([received("1")])
    cell = book[sheet_of("application.received")].cell(FIRST, 2)
    cell.value, cell.number_format = datetime(2020, 3, 1), 'yyyy"年"m"月"'
    assert outcome(saved(book)).codes() == [(f"B{FIRST}", "date-partly-shown")]


# CSV


def comma_separated(event: dict[str, Any]) -> str:
    """The sheet of a template as a program saves it in CSV."""
    sheet = filled([event])[sheet_of(event["type"])]
    rows = [
        [cell.strftime("%Y/%m/%d") if isinstance(cell, date) else cell or "" for cell in row]
        for row in sheet.iter_rows(values_only=True)
    ]
    return "".join(",".join(f'"{value}"' for value in row) + "\r\n" for row in rows)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_sheet_saved_as_csv_is_read_in_the_encodings_of_offices(encoding: str) -> None:
    text = comma_separated(PURCHASE)
    told = read(text.encode(encoding), "采购.csv")
    assert same(told.drafts) == same([PURCHASE])


@pytest.mark.parametrize("delimiter", ["\t", ";"])
def test_a_plain_table_of_one_kind_of_event_needs_its_type_named(delimiter: str) -> None:
    rows = ["申请台账号,发生日期,申请人类别,申请渠道", "1,2020.3.5,自然人,网络"]
    data = "\n".join(rows).replace(",", delimiter).encode()
    told = read(data, "x.csv", type="application.received", organ="office")
    assert same(told.drafts) == same([received("1")])
    refused = outcome(data, "x.csv")
    assert refused.problems[-1].code == "nothing-to-import"


def test_a_damaged_encoding_is_not_read_as_another_one() -> None:
    good = comma_separated(PURCHASE | {"data": PURCHASE["data"] | {"title": "办公设备" * 10}})
    damaged = good.encode().replace("设备".encode(), "设备".encode()[:-1], 1)
    told = outcome(damaged, "x.csv")
    assert [problem.code for problem in told.problems] == ["broken-text"]


def test_quotes_that_do_not_match_are_told_by_their_line() -> None:
    told = outcome(b'a,"b\nc,d"e,f\n', "x.csv")
    assert [problem.code for problem in told.problems] == ["broken-csv"]


# A register that looks like one


def test_titles_above_the_headings_and_a_unit_for_the_whole_sheet_are_understood() -> None:
    book = register(
        [
            ["示例局采购台账"],
            [None, None, None, "单位：万元"],
            ["采购项目台账号", "发生日期", "项目名称", "采购组织形式", "采购金额"],
            ["1", datetime(2020, 3, 5), "办公设备", "政府集中采购", 62.5],
        ]
    )
    book.active.merge_cells("A1:E1")
    book.active["A1"].alignment = Alignment("center")
    told = read(saved(book), type="procurement.concluded", organ="office")
    assert same(told.drafts) == same([PURCHASE])


def test_an_amount_without_a_unit_is_refused_in_a_register_too() -> None:
    book = register(
        [
            ["采购项目台账号", "发生日期", "项目名称", "采购组织形式", "采购金额"],
            ["1", datetime(2020, 3, 5), "办公设备", "政府集中采购", 62.5],
        ]
    )
    told = outcome(saved(book), type="procurement.concluded", organ="office")
    assert told.codes() == [("E2", "no-unit")]


def test_a_statement_of_money_names_its_unit_in_the_cell(sqlite_url: str) -> None:
    statement = {
        "type": "statement.counted",
        "organ": "office",
        "subject": "statement:1",
        "occurred_on": "2021-01-08",
        "source": {"title": "收费统计表"},
        "data": {
            "state": "administrative-fee.collected",
            "from": "2020-01-01",
            "to": "2020-12-31",
            "quantity": 25_100_000,
        },
    }
    assert same(read(saved(filled([statement]))).drafts) == same([statement])
    assert read(changed(statement, "数量", "25.1万元")).drafts[0]["data"]["quantity"] == 25_100_000
    assert outcome(changed(statement, "数量", 251000)).codes() == [(f"F{FIRST}", "no-unit")]
    wrong = outcome(changed(statement, "申请人类别", "自然人"))
    assert [code for _, code in wrong.codes()] == ["not-of-this-state"]


def test_a_file_with_one_mistake_all_over_is_not_told_row_by_row_for_ever() -> None:
    rows = [["申请台账号", "发生日期", "申请人类别", "申请渠道"]]
    rows += [[str(number), "不详", "自然人", "网络"] for number in range(limits.PROBLEMS + 500)]
    data = "\n".join(",".join(row) for row in rows).encode()
    told = outcome(data, "x.csv", type="application.received", organ="office")
    assert len(told.problems) == limits.PROBLEMS
    assert told.remarks[-1].code == "too-many-problems"
    good = data + b"\nlast,2020-03-05,online,online".replace(b"online", "自然人".encode(), 1)
    told = read(good, "x.csv", type="application.received", organ="office", every_row=True)
    assert [draft["subject"] for draft in told.drafts] == ["application:last"]
    assert (len(told.problems), told.remarks[-1].params) == (limits.PROBLEMS, {"count": 500})
