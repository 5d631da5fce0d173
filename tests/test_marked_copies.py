"""The copy of a clerk's file in which the bad cells are marked."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from ledger.drawing.workbooks.entry_sheet import FIRST
from ledger.drawing.workbooks.look import BAD
from ledger.drawing.workbooks.marking import marked_copy, marked_values, marks_of
from ledger.rooms.sheets import is_workbook, limits, open_csv, open_workbook
from ledger.verbs.importing import Refused, drafts_in
from test_command_line import Ledger, runs
from test_own_registers import book, confirmed
from workbooks import (
    OFFICE,
    column_of,
    decided,
    filled,
    loaded,
    outcome,
    put,
    received,
    saved,
    sheet_of,
)


def bad_book() -> bytes:
    """Two applications; the channel of the second and its date are wrong, the third has no number."""
    book = filled([received("1"), received("2"), received("3")])
    sheet = book[sheet_of("application.received")]
    put(sheet.cell(FIRST + 1, column_of(sheet, "申请渠道")), "飞鸽")
    put(sheet.cell(FIRST + 1, column_of(sheet, "发生日期")), "2020年13月")
    sheet.cell(FIRST + 2, 1).value = None
    return saved(book)


def copies(data: bytes, language: str, name: str = "台账.xlsx") -> tuple[Any, Any]:
    """The copy that keeps the workbook, and the one that keeps its values."""
    marks = marks_of(outcome(data, name).problems, language, {})
    stream = io.BytesIO(data)
    book = open_workbook(stream) if is_workbook(data[:8]) else open_csv(stream, name)
    whole = marked_copy(io.BytesIO(data), marks, language) if is_workbook(data[:8]) else None
    return whole and loaded(saved(whole)), loaded(saved(marked_values(book, marks, language)))


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_bad_cells_are_coloured_with_the_sentence_as_their_comment(language: str) -> None:
    for copy in copies(bad_book(), language):
        sheet = copy[sheet_of("application.received")]
        marked = {
            cell.coordinate: cell.comment.text
            for row in sheet.iter_rows(min_row=FIRST)
            for cell in row
            if cell.fill.fgColor.rgb == f"00{BAD.fgColor.rgb[2:]}"
        }
        assert marked.keys() == {f"D{FIRST + 1}", f"B{FIRST + 1}", f"A{FIRST + 2}"}
        assert "飞鸽" in marked[f"D{FIRST + 1}"]
        listed = copy.worksheets[0]
        places = [row[0].value for row in listed.iter_rows(min_row=3)]
        assert len(places) == 3 and all(place for place in places)


def test_the_copy_keeps_the_drop_downs_and_is_mended_in_place() -> None:
    copy, _ = copies(bad_book(), "zh-CN")
    sheet = copy[sheet_of("application.received")]
    assert len(sheet.data_validations.dataValidation) > 5 and sheet.protection.sheet
    put(sheet.cell(FIRST + 1, 4), "网络")
    put(sheet.cell(FIRST + 1, 2), "2020.3.5")
    put(sheet.cell(FIRST + 2, 1), "3")
    assert len(outcome(saved(copy)).drafts) == 3
    assert outcome(saved(copy)).problems == []


def test_marks_of_an_earlier_check_are_taken_away() -> None:
    copy, _ = copies(bad_book(), "zh-CN")
    sheet = copy[sheet_of("application.received")]
    put(sheet.cell(FIRST + 1, 4), "网络")
    again, _ = copies(saved(copy), "zh-CN")
    sheet = again[sheet_of("application.received")]
    assert sheet.cell(FIRST + 1, 4).comment is None
    assert sheet.cell(FIRST + 1, 2).comment is not None
    assert [name for name in again.sheetnames if "问题清单" in name] == ["问题清单"]


def test_a_csv_file_is_marked_in_a_workbook() -> None:
    headings = "申请台账号,发生日期,申请人类别,申请渠道,机关"
    lines = ["ledger-sheet application.received v1", headings, "1,2020-03,自然人,网络,a"]
    whole, values = copies("\n".join(lines).encode(), "zh-CN", "台账.csv")
    assert whole is None
    sheet = values["台账.csv"]
    assert [cell.value for cell in sheet[3]] == ["1", "2020-03", "自然人", "网络", "a"]
    assert sheet["B3"].comment is not None and sheet["A3"].comment is None


def test_a_large_workbook_is_copied_by_its_values(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "COPIED_BYTES", 1000)
    whole, values = copies(bad_book(), "zh-CN")
    assert whole is None
    assert values[sheet_of("application.received")].cell(FIRST, 2).is_date


def test_a_bad_cell_under_a_merged_range_is_marked_where_it_is_seen() -> None:
    book = filled([received("1"), received("2")])
    sheet = book[sheet_of("application.received")]
    sheet.merge_cells(start_row=FIRST, end_row=FIRST, start_column=3, end_column=4)
    copy, _ = copies(saved(book), "zh-CN")
    assert copy[sheet_of("application.received")].cell(FIRST, 3).comment is not None


# The commands


@pytest.fixture
def ledger(sqlite_url: str, tmp_path: Path) -> Ledger:
    return runs(sqlite_url, tmp_path)


@pytest.mark.slow
def test_a_clerk_makes_fills_in_imports_and_mends_a_workbook(
    ledger: Ledger, tmp_path: Path
) -> None:
    made = ledger("template", "organ.registered", "application.received", "--output", "台账.xlsx")
    assert made.returncode == 0 and "2 类事件" in made.stdout
    (tmp_path / "填好.xlsx").write_bytes(saved(filled([OFFICE, received("1"), decided("1")])))
    assert "已记录 3 个事件" in ledger("import", "填好.xlsx").stdout
    again = ledger("import", "填好.xlsx")
    assert (again.returncode, "3 个此前已记录" in again.stdout) == (0, True)
    (tmp_path / "有误.xlsx").write_bytes(bad_book())
    refused = ledger("import", "有误.xlsx", "--marked", "标注.xlsx")
    assert refused.returncode == 1
    assert f"工作表“收到申请”D{FIRST + 1} (申请渠道): “飞鸽”不在可选的范围内" in refused.stderr
    assert "未记录任何内容" in refused.stdout and "标注.xlsx：3 格" in refused.stdout
    assert load_workbook(tmp_path / "标注.xlsx").sheetnames[0] == "问题清单"
    told = json.loads(ledger("import", "有误.xlsx", "--format", "json").stdout)
    assert {problem["cell"] for problem in told["problems"]} == {
        f"B{FIRST + 1}",
        f"D{FIRST + 1}",
        f"A{FIRST + 2}",
    }
    partly = ledger("--lang", "en", "import", "有误.xlsx", "--valid-lines")
    assert partly.returncode == 1 and "1 were recorded before" in partly.stdout


@pytest.mark.slow
def test_what_is_no_workbook_gets_a_sentence_and_no_ledger(ledger: Ledger, tmp_path: Path) -> None:
    (tmp_path / "x.xlsx").write_bytes(b"PK\x03\x04 no workbook")
    refused = ledger("import", "x.xlsx")
    assert (
        refused.returncode == 1 and "已损坏" in refused.stderr and "Traceback" not in refused.stderr
    )
    assert not (tmp_path / "ledger.db").exists()
    assert ledger("template", "report.issued", "--output", "x.xlsx").returncode == 1
    assert ledger("template", "--output", "no/such/folder.xlsx").returncode == 1
    assert ledger("import", "-", "--organ", "a", stdin="{}\n").returncode == 1


@pytest.mark.slow
def test_a_line_that_is_no_event_is_named(ledger: Ledger) -> None:
    refused = ledger("import", "-", stdin="5\n[]\nnull\n")
    assert refused.returncode == 1 and "Traceback" not in refused.stderr
    assert [line.partition(":")[0] for line in refused.stderr.splitlines()] == [
        "第 1 行",
        "第 2 行",
        "第 3 行",
    ]


def test_half_of_a_pair_of_signs_is_no_text() -> None:
    lines = [rb'{"type":"\ud800"}', rb'{"type":"a","data":{"\udc00":1}}', rb'{"id":"\ud83d\ude00"}']
    told = list(drafts_in(io.BytesIO(b"\n".join(lines))))
    codes = [each.problems[0].code if isinstance(each, Refused) else "" for each in told]
    assert codes == ["not-json", "not-json", ""]


def test_a_line_that_never_ends_is_not_held_and_the_next_one_is_still_numbered() -> None:
    file = io.BytesIO(b"7" * 2_500_000 + b"\n[]\n" + b"8" * 1_500_000)
    told = [
        (each.line.origin.line, each.problems[0].code)
        for each in drafts_in(file)
        if isinstance(each, Refused) and each.line.origin
    ]
    assert told == [(1, "too-large-file"), (2, "not-an-object"), (3, "too-large-file")]


@pytest.mark.slow
def test_a_register_is_mapped_confirmed_and_imported(ledger: Ledger, tmp_path: Path) -> None:
    (tmp_path / "台账.xlsx").write_bytes(book())
    (tmp_path / "机关.jsonl").write_text(json.dumps(OFFICE, ensure_ascii=False), encoding="utf-8")
    ledger("import", "机关.jsonl")
    types = ("application.received", "application.decided")
    drafted = ledger("template", *types, "--mapping", "台账.xlsx", "--output", "对照.json")
    assert "对应 7 列，待处理 2 列" in drafted.stdout
    refused = ledger("import", "台账.xlsx", "--mapping", "对照.json", "--organ", "office")
    assert refused.returncode == 1 and "尚未确认" in refused.stderr
    path = tmp_path / "对照.json"
    mapping = confirmed(json.loads(path.read_text(encoding="utf-8")))
    path.write_text(json.dumps(mapping, ensure_ascii=False), encoding="utf-8")
    done = ledger("import", "台账.xlsx", "--mapping", "对照.json", "--organ", "office")
    assert "已记录 5 个事件" in done.stdout and "第 6 行" in done.stderr
