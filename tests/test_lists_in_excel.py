"""Traces, histories, explanations and differences as workbooks, as an auditor opens them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from ledger.drawing import excel_lists
from ledger.drawing.excel_lists import listings_xlsx
from ledger.drawing.listings import (
    Listing,
    Listings,
    difference_listings,
    explanation_listings,
    history_listings,
    trace_listings,
)
from ledger.rooms.storage import reading
from ledger.rooms.storage.journal import Journal
from ledger.rooms.subjects import facts_of
from ledger.verbs import demo
from ledger.verbs.differing import differences
from ledger.verbs.opening import open_journal
from ledger.verbs.recording import record
from ledger.verbs.reporting import Question, setting_of
from ledger.verbs.tracing import explain, trace
from ledger.words.years import year
from papers import HOUSE
from test_command_line import runs

AMOUNT = "procurement/centralised/amount"
QUESTION = Question(year(demo.YEAR), demo.ORGAN)
FORMULA = '=cmd|"/c calc"!A1'


@pytest.fixture(scope="module")
def journal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Journal]:
    """The demo, and what a clerk might type into it."""
    path = tmp_path_factory.mktemp("lists") / "ledger.db"
    journal = open_journal(f"sqlite:///{path}", create=True)
    record(journal, HOUSE.definitions, list(demo.drafts()), "clerk")
    odd = {
        "id": "odd-1",
        "type": "procurement.concluded",
        "organ": demo.ORGAN,
        "subject": "procurement:2020-9",
        "occurred_on": "2020-12-01",
        "source": {"title": FORMULA, "reference": "+1", "url": "https://example.org/paper"},
        "data": {"title": FORMULA, "method": "centralised", "amount": 12_345},
    }
    record(journal, HOUSE.definitions, [odd], "@SUM(A1)")
    yield journal
    journal.engine.dispose()


def opened(listings: Listings, language: str = "zh-CN") -> Workbook:
    content = listings_xlsx(listings, language)
    assert listings_xlsx(listings, language) == content, "the same lists give the same bytes"
    return load_workbook(BytesIO(content))


def column(sheet: Any, heading: str) -> list[Any]:
    """The cells under a heading."""
    headings = [cell.value for cell in sheet[1]]
    at = headings.index(heading)
    return [row[at] for row in sheet.iter_rows(min_row=2)]


def traced(journal: Journal, language: str = "zh-CN") -> Listings:
    with journal.reading() as connection:
        setting = setting_of(connection, HOUSE.editions, QUESTION)
        return trace_listings(trace(connection, setting, AMOUNT), HOUSE.definitions, language)


def test_a_trace_gives_every_fact_with_a_number_that_adds_up_to_the_figure(
    journal: Journal,
) -> None:
    book = opened(traced(journal))
    assert book.sheetnames == ["说明", "事实", "事件"]
    quantities = column(book["事实"], "数量")
    assert [cell.data_type for cell in quantities] == ["n"] * 5
    total = sum(Decimal(repr(cell.value)) for cell in quantities)
    about = {row[0].value: row[1].value for row in book["说明"].iter_rows()}
    assert about["地址"] == AMOUNT
    assert Decimal(repr(about["数量"])) == total == Decimal("179.812345")
    letter = quantities[0].column_letter
    assert about["事实合计"] == f"=SUM('事实'!${letter}$2:${letter}$6)"
    assert about["截至位置"] == "86"


def test_the_sum_that_excel_adds_up_is_there_before_it_does(journal: Journal) -> None:
    content = listings_xlsx(traced(journal, "en"), "en")
    sheet = load_workbook(BytesIO(content), data_only=True)["About"]
    assert {row[0].value: row[1].value for row in sheet.iter_rows()}[
        "Facts, added up"
    ] == 179.812345


def test_each_dimension_of_the_facts_is_a_column_to_filter(journal: Journal) -> None:
    facts = opened(traced(journal, "en"), "en")["Facts"]
    headings = [cell.value for cell in facts[1]]
    before, after = headings.index("State"), headings.index("Since")
    assert set(headings[before + 1 : after]) == {"Entry", "Procurement method"}
    assert {cell.value for cell in column(facts, "Procurement method")} == {
        "Centralised procurement"
    }


def test_days_and_times_are_dates(journal: Journal) -> None:
    book = opened(traced(journal))
    days = column(book["事件"], "发生日期")
    assert [cell.value for cell in days][:2] == [datetime(2020, 3, 18), datetime(2020, 6, 9)]
    assert {cell.number_format for cell in days} == {"yyyy-mm-dd"}
    times = column(book["事件"], "记录时间（UTC）")
    assert all(cell.is_date and cell.number_format.endswith("hh:mm:ss") for cell in times)
    assert {cell.value for cell in column(book["事实"], "至")} == {None}, "they still stand"


def test_headings_stay_in_sight_and_every_list_can_be_filtered(journal: Journal) -> None:
    book = opened(traced(journal))
    for sheet in book.worksheets[1:]:
        assert sheet.freeze_panes == "B2"
        assert sheet.auto_filter.ref == sheet.dimensions
        widths = [sheet.column_dimensions[letter].width for letter in "ABC"]
        assert all(8 <= width <= 80 for width in widths)


def test_what_begins_as_a_formula_is_a_text_and_stays_one(journal: Journal) -> None:
    events = opened(traced(journal))["事件"]
    for heading, text in (("来源文件", FORMULA), ("文号", "+1"), ("记录人", "@SUM(A1)")):
        cell = column(events, heading)[-1]
        assert (cell.value, cell.data_type, cell.quotePrefix) == (text, "s", True)
    assert column(events, "来源网址")[-1].hyperlink is None


def test_a_history_gives_all_events_and_facts_of_a_subject(journal: Journal) -> None:
    name = f"procurement:2020-9@{demo.ORGAN}"
    with journal.reading() as connection:
        events = reading.history(connection, name)
    told = history_listings(name, events, facts_of(events), HOUSE.definitions, "zh-CN")
    book = opened(told)
    assert [cell.value for cell in column(book["事件"], "事件")] == ["odd-1"]
    facts = book["现在的事实"]
    amounts = zip(column(facts, "数量"), column(facts, "单位"), strict=True)
    assert {(number.value, unit.value) for number, unit in amounts} == {(1, "件"), (123.45, "元")}


def test_an_explanation_gives_every_figure_that_an_event_feeds(journal: Journal) -> None:
    with journal.reading() as connection:
        told = explain(connection, HOUSE.editions, "odd-1")
    book = opened(explanation_listings(told, HOUSE.definitions, "zh-CN"))
    addresses = [cell.value for cell in column(book["计入以下数字"], "地址")]
    assert addresses == [fed.figure.address for fed in told.feeds]
    assert AMOUNT in addresses


def test_a_difference_gives_what_each_event_changed_in_each_figure(journal: Journal) -> None:
    with journal.reading() as connection:
        told = differences(connection, HOUSE.editions, QUESTION, "85")
    book = opened(difference_listings(told, HOUSE.definitions, "zh-CN"))
    causes = book.worksheets[2]
    changed = zip(column(causes, "地址"), column(causes, "差"), strict=True)
    assert (AMOUNT, 0.012345) in {(address.value, part.value) for address, part in changed}
    assert [cell.value for cell in column(book["事件"], "事件")] == ["odd-1"]


def test_a_list_longer_than_a_sheet_goes_on_on_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(excel_lists, "_MOST_ROWS", 1000)
    rows = tuple((number, Decimal(number) / 10) for number in range(2500))
    told = Listings("long", (), (Listing("list", ("a", "b"), rows, 1),))
    book = opened(told, "en")
    assert book.sheetnames == ["About", "list", "list 2", "list 3"]
    read = [row for sheet in book.worksheets[1:] for row in sheet.iter_rows(min_row=2)]
    assert [row[0].value for row in read] == list(range(2500))
    assert book["About"]["B1"].value == (
        "=SUM('list'!$B$2:$B$1001,'list 2'!$B$2:$B$1001,'list 3'!$B$2:$B$501)"
    )


def test_a_day_older_than_excel_knows_stands_as_text() -> None:
    told = Listings("old", (), (Listing("list", ("day",), ((date(1899, 12, 31),),)),))
    assert opened(told, "en")["list"]["A2"].value == "1899-12-31"


@pytest.mark.slow
def test_the_commands_write_workbooks(sqlite_url: str, tmp_path: Path) -> None:
    ledger = runs(sqlite_url, tmp_path)
    assert ledger("demo").returncode == 0
    for arguments in (
        ("trace", "2020", AMOUNT),
        ("history", "procurement:2020-1"),
        ("explain", "82"),
        ("diff", "2020", "--from", "10"),
    ):
        output = tmp_path / f"{arguments[0]}.xlsx"
        done = ledger(*arguments, "--output", output.name)
        assert done.returncode == 0, done.stderr
        assert len(load_workbook(output).sheetnames) >= 3
    for arguments in (
        ("explain", "82", "--in", "2020", AMOUNT),
        ("diff", "2020", "--edition-to", "cn-annual-report-2021"),
    ):
        refused = ledger(*arguments, "--output", "no.xlsx")
        assert refused.returncode == 1 and "xlsx" in refused.stderr
    assert not (tmp_path / "no.xlsx").exists()
    refused = ledger("trace", "2020", AMOUNT, "--format", "xlsx")
    assert refused.returncode == 1 and "--output" in refused.stderr
