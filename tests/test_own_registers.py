"""An office's own register: mapped once, confirmed by a person, and remembered in a file."""

import io
import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from ledger.rooms.definitions.mappings import read_mapping, written
from ledger.rooms.sheets import open_csv, open_workbook
from ledger.verbs.registers.proposing import proposed
from ledger.words.problems import Refusal
from workbooks import DEFINITIONS, Told, outcome, read, register, same, saved

HEADINGS = [
    "序号",
    "登记编号",
    "收到日期",
    "申请人类型",
    "申请方式",
    "答复日期",
    "答复结果",
    "经办人",
]
ROWS: list[list[Any]] = [
    ["示例局2020年依申请公开台账"],
    HEADINGS,
    [
        1,
        "〔2020〕1号",
        datetime(2020, 3, 5),
        "公民",
        "网站",
        datetime(2020, 3, 20),
        "予以公开",
        "甲",
    ],
    [2, "〔2020〕2号", "2020.3.6", "法人", "当面", "2020年3月25日", "不予公开（内部事务）", "乙"],
    [3, "〔2020〕3号", "2020.12.20", "公民", "信函", None, None, "甲"],
    ["合计", None, None, 3],
]
EXPECTED = [
    (
        "application.received",
        "2020-03-05",
        "2020-1",
        {"applicant": "natural-person", "channel": "online"},
    ),
    (
        "application.received",
        "2020-03-06",
        "2020-2",
        {"applicant": "commercial-enterprise", "channel": "in-person"},
    ),
    ("application.decided", "2020-03-20", "2020-1", {"outcome": "granted"}),
    ("application.decided", "2020-03-25", "2020-2", {"outcome": "refused-internal-affairs"}),
    (
        "application.received",
        "2020-12-20",
        "2020-3",
        {"applicant": "natural-person", "channel": "post"},
    ),
]
TYPES = ["application.received", "application.decided"]


def book(rows: list[list[Any]] = ROWS, name: str = "台账") -> bytes:
    return saved(register(rows, name))


def draft(data: bytes, types: list[str] = TYPES) -> dict[str, Any]:
    return json.loads(
        written(proposed(DEFINITIONS, open_workbook(io.BytesIO(data)), types, "台账"))
    )


def confirmed(mapping: dict[str, Any]) -> dict[str, Any]:
    """What a person makes of the draft."""
    for sheet in mapping["sheets"]:
        sheet["ignore"] = sheet.pop("unplaced")
        for event in sheet["events"]:
            for source in event["fields"].values():
                source.pop("confirmed")
                for words, code in (
                    ("法人", "commercial-enterprise"),
                    ("不予公开（内部事务）", "refused-internal-affairs"),
                ):
                    if words in source.get("codes", {}):
                        source["codes"][words] = code
    return mapping


@pytest.fixture
def remembered(tmp_path: Path):
    """A mapping as a file, read again."""

    def remember(mapping: dict[str, Any]):
        path = tmp_path / "mapping.json"
        path.write_text(json.dumps(mapping, ensure_ascii=False), encoding="utf-8")
        return read_mapping(path, DEFINITIONS)

    return remember


def refused(remembered: Any, mapping: dict[str, Any]) -> list[tuple[str, str]]:
    with pytest.raises(Refusal) as refusal:
        remembered(mapping)
    for problem in refusal.value.problems:
        assert problem.sentence("zh-CN") and problem.sentence("en")
    return [(problem.pointer, problem.code) for problem in refusal.value.problems]


def told(found: Told) -> list[tuple[Any, ...]]:
    return [
        (draft["type"], draft["occurred_on"], draft["subject"].partition(":")[2], draft["data"])
        for draft in found.drafts
    ]


def test_a_draft_places_headings_by_their_words_and_leaves_the_rest_to_a_person() -> None:
    (sheet,) = draft(book())["sheets"]
    received, decided = sheet["events"]
    assert {field: source["column"] for field, source in received["fields"].items()} == {
        "subject": "登记编号",
        "occurred_on": "收到日期",
        "data.applicant": "申请人类型",
        "data.channel": "申请方式",
    }
    assert {field: source["column"] for field, source in decided["fields"].items()} == {
        "subject": "登记编号",
        "occurred_on": "答复日期",
        "data.outcome": "答复结果",
    }
    assert sheet["unplaced"] == ["序号", "经办人"]
    assert sheet["skip"] == ["合计"]
    assert received["fields"]["subject"]["replace"] == [["〔", ""], ["〕", "-"], ["号", ""]]


def test_a_draft_gives_no_code_to_words_that_only_look_like_one() -> None:
    (sheet,) = draft(book())["sheets"]
    received, decided = (event["fields"] for event in sheet["events"])
    assert received["data.applicant"]["codes"] == {"公民": "natural-person", "法人": None}
    assert received["data.channel"]["codes"] == {"网站": "online"}
    assert decided["data.outcome"]["codes"] == {"不予公开（内部事务）": None}


def test_nothing_is_imported_by_a_draft_that_nobody_confirmed(remembered: Any) -> None:
    found = refused(remembered, draft(book()))
    codes = [code for _, code in found]
    assert codes.count("not-confirmed") == 7
    assert codes.count("code-not-filled-in") == 2
    assert codes[-1] == "headings-unplaced"
    assert ("/sheets/0/events/0/fields/occurred_on", "not-confirmed") in found


def test_a_row_tells_every_event_whose_date_it_has(remembered: Any) -> None:
    mapping = remembered(confirmed(draft(book())))
    found = read(book(), mapping=mapping, organ="office")
    assert told(found) == EXPECTED
    assert found.problems == []
    assert [remark.code for remark in found.remarks] == ["rows-passed-over"]
    assert {draft["organ"] for draft in found.drafts} == {"office"}


def test_the_same_mapping_reads_next_years_register_and_its_csv(remembered: Any) -> None:
    mapping = remembered(confirmed(draft(book())))
    assert told(read(book(name="2021年台账"), mapping=mapping, organ="office")) == EXPECTED
    lines = [
        ",".join(
            "" if v is None else v.strftime("%Y/%m/%d") if isinstance(v, datetime) else str(v)
            for v in row
        )
        for row in ROWS
    ]
    data = "\r\n".join(lines).encode("gb18030")
    assert told(read(data, "台账.csv", mapping=mapping, organ="office")) == EXPECTED


def test_what_is_filled_in_without_its_date_is_missed_and_not_passed_over(remembered: Any) -> None:
    mapping = remembered(confirmed(draft(book())))
    rows = [[*row] for row in ROWS]
    rows[4][6] = "予以公开"
    found = outcome(book(rows), mapping=mapping, organ="office")
    assert found.codes() == [("F5", "cell-missing")]


def test_a_new_column_and_a_new_word_are_refused_until_the_mapping_knows_them(
    remembered: Any,
) -> None:
    mapping = remembered(confirmed(draft(book())))
    rows = [[*row] for row in ROWS]
    rows[1].append("是否收费")
    rows[2].append("否")
    rows[3][3] = "社会组织"
    found = outcome(book(rows), mapping=mapping, organ="office")
    assert found.codes() == [("I2", "unknown-heading"), ("D4", "not-in-the-list")]


def test_a_register_without_a_column_that_the_mapping_names_says_which(remembered: Any) -> None:
    mapping = remembered(confirmed(draft(book())))
    rows = [[cell for at, cell in enumerate(row) if at != 5] for row in ROWS]
    found = outcome(book(rows), mapping=mapping, organ="office")
    assert [problem.code for problem in found.problems] == ["no-headings"]
    assert "答复日期" in found.problems[0].sentence("zh-CN")


def mapping_of(
    fields: dict[str, Any], type_: str = "procurement.concluded", **sheet: Any
) -> dict[str, Any]:
    return {
        "mapping": 1,
        "sheets": [{"sheet": "", "events": [{"type": type_, "fields": fields}], **sheet}],
    }


PURCHASES = [
    ["年度", "编号", "签订日期", "项目", "金额", "方式"],
    [2020, 5, datetime(2020, 3, 5), "办公设备", 62.5, "集中"],
]
FIELDS: dict[str, Any] = {
    "subject": {"pattern": "{年度}-{编号}"},
    "occurred_on": {"column": "签订日期"},
    "organ": {"value": "office"},
    "data.title": {"column": "项目"},
    "data.method": {"column": "方式", "codes": {"集中": "centralised"}},
    "data.amount": {"column": "金额", "unit": "万元"},
    "source.title": {"value": "采购台账"},
}


def test_a_number_is_put_together_and_units_and_fixed_values_are_remembered(
    remembered: Any,
) -> None:
    found = read(book(PURCHASES), mapping=remembered(mapping_of(FIELDS)))
    assert found.drafts == [
        {
            "type": "procurement.concluded",
            "organ": "office",
            "subject": "procurement:2020-5",
            "occurred_on": "2020-03-05",
            "data": {"title": "办公设备", "method": "centralised", "amount": 62_500_000},
            "source": {"title": "采购台账"},
        }
    ]


def test_a_number_of_which_a_part_is_missing_is_refused(remembered: Any) -> None:
    rows = [PURCHASES[0], [None, *PURCHASES[1][1:]]]
    found = outcome(book(rows), mapping=remembered(mapping_of(FIELDS)))
    assert [code for _, code in found.codes()] == ["part-missing"]


def test_the_unit_of_the_mapping_must_not_contradict_the_heading(remembered: Any) -> None:
    rows = [[*PURCHASES[0][:4], "金额（元）", "方式"], PURCHASES[1]]
    fields = FIELDS | {"data.amount": {"column": "金额（元）", "unit": "万元"}}
    found = outcome(book(rows), mapping=remembered(mapping_of(fields)))
    assert found.codes() == [("E1", "unit-otherwise")]


def test_a_statement_by_its_state_has_the_dimensions_of_it(remembered: Any) -> None:
    rows = [
        ["编号", "日期", "起", "止", "类别", "数量"],
        ["1", "2021-01-08", "2020-01-01", "2020-12-31", "行政处罚", 12],
    ]
    fields = {
        "subject": {"column": "编号"},
        "occurred_on": {"column": "日期"},
        "organ": {"value": "office"},
        "data.state": {"value": "administrative-decision.made"},
        "data.from": {"column": "起"},
        "data.to": {"column": "止"},
        "data.dimensions.kind": {"column": "类别"},
        "data.quantity": {"column": "数量"},
        "source.title": {"value": "统计表"},
    }
    found = read(book(rows), mapping=remembered(mapping_of(fields, "statement.counted")))
    assert found.drafts[0]["data"] == {
        "state": "administrative-decision.made",
        "from": "2020-01-01",
        "to": "2020-12-31",
        "dimensions": {"kind": "penalty"},
        "quantity": 12,
    }


@pytest.mark.parametrize(
    ("mapping", "expected"),
    [
        ({}, [("/mapping", "missing-field"), ("/sheets", "missing-field")]),
        (mapping_of({}, "application.eaten"), [("/sheets/0/events/0/type", "unknown-type")]),
        (mapping_of({}, "report.issued"), [("/sheets/0/events/0/type", "own-command")]),
        (mapping_of({"subject": {}}), [("/sheets/0/events/0/fields/subject", "wrong-form")]),
        (
            mapping_of({"subject": {"column": "a", "value": "b"}}),
            [("/sheets/0/events/0/fields/subject", "wrong-form")],
        ),
        (
            mapping_of({"subject": {"column": "a", "colour": "b"}}),
            [("/sheets/0/events/0/fields/subject/colour", "unknown-field")],
        ),
    ],
)
def test_a_mapping_that_is_none_is_told_by_its_place(
    remembered: Any, mapping: dict[str, Any], expected: list[tuple[str, str]]
) -> None:
    assert refused(remembered, mapping) == expected


def test_fields_that_the_type_does_not_have_or_needs_are_told(remembered: Any) -> None:
    fields = {"subject": {"column": "编号"}, "data.colour": {"column": "项目"}}
    found = outcome(book(PURCHASES), mapping=remembered(mapping_of(fields)))
    assert [problem.code for problem in found.problems] == [
        "mapped-unknown",
        *["mapped-missing"] * 5,
    ]


def test_a_file_that_cannot_be_mapped_says_what_to_do() -> None:
    with pytest.raises(Refusal) as refusal:
        draft(book([["甲", "乙", "丙"], [1, 2, 3]]))
    assert refusal.value.problems[0].code == "nothing-to-map"
    with pytest.raises(Refusal):
        proposed(DEFINITIONS, open_csv(io.BytesIO(b"a"), "x.csv"), TYPES, "x")


def test_rows_of_a_mapped_register_are_the_same_events_as_those_of_the_template(
    remembered: Any,
) -> None:
    found = read(book(), mapping=remembered(confirmed(draft(book()))), organ="office")
    assert same(found.drafts) == same(
        {
            "type": type_,
            "organ": "office",
            "subject": f"application:{number}",
            "occurred_on": on,
            "data": data,
        }
        for type_, on, number, data in EXPECTED
    )
