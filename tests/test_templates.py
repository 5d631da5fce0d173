"""The template: a workbook made from the schemas, in which a clerk cannot easily go wrong."""

from itertools import pairwise

import pytest

from ledger.drawing.workbooks.entry_sheet import EXAMPLE, FIRST, HEADINGS
from ledger.drawing.workbooks.template import template, told_by_hand
from ledger.rooms.definitions.columns import columns_of
from ledger.words.spelling import plain
from workbooks import (
    DEFINITIONS,
    column_of,
    decided,
    filled,
    loaded,
    outcome,
    put,
    read,
    received,
    saved,
    sheet_of,
)

LANGUAGES = ("zh-CN", "en")
HAND = told_by_hand(DEFINITIONS)


@pytest.fixture(scope="module", params=LANGUAGES)
def whole(request):
    """The template of every type, saved and read again, with its language."""
    return loaded(saved(template(DEFINITIONS, (), request.param))), request.param


def test_there_is_a_sheet_for_each_kind_of_event_that_people_tell(whole) -> None:
    book, language = whole
    told = {DEFINITIONS.types[name, 1].label(language) for name in HAND}
    assert told == set(book.sheetnames[1:-1])
    assert len(told) == len(HAND) > 30
    for computed in ("report.issued", "year.closed"):
        assert DEFINITIONS.types[computed, 1].label(language) not in book.sheetnames


def test_headings_are_the_labels_of_the_schema_and_say_what_is_required(whole) -> None:
    book, language = whole
    sheet = book[sheet_of("procurement.concluded", language)]
    headings = [cell.value for cell in sheet[HEADINGS]]
    if language == "zh-CN":
        expected = [
            "采购项目台账号 *",
            "发生日期 *",
            "项目名称 *",
            "采购组织形式 *",
            "采购金额（元） *",
        ]
        assert [*headings[:5], headings[-1]] == [*expected, "备注（不导入）"]
        assert "合同金额" in sheet.cell(HEADINGS, 5).comment.text
    else:
        assert "Amount (yuan) *" in headings
        assert headings[-1] == "Remarks (not imported)"


def test_what_is_not_for_entries_is_locked_without_a_password(whole) -> None:
    book, language = whole
    for name in book.sheetnames:
        assert book[name].protection.sheet and not book[name].protection.password
    sheet = book[sheet_of("application.received", language)]
    assert sheet.cell(HEADINGS, 1).protection.locked
    assert sheet.cell(EXAMPLE, 1).protection.locked
    assert not sheet.column_dimensions["A"].protection.locked


def test_a_drop_down_offers_exactly_the_names_of_the_code_list(whole) -> None:
    book, language = whole
    offered = 0
    for type_ in HAND:
        sheet = book[sheet_of(type_, language)]
        rules = {
            str(rule.sqref).partition("6:")[0]: rule
            for rule in sheet.data_validations.dataValidation
        }
        for at, column in enumerate(columns_of(DEFINITIONS, type_, 1), 1):
            if column.codes:
                rule = rules[sheet.cell(1, at).column_letter]
                name, _, cells = rule.formula1.partition("!")
                values = [row[0].value for row in book[name.strip("'")][cells.replace("$", "")]]
                assert values == [label[language] for label in column.codes.values()]
                offered += 1
    assert offered > 20


def test_dates_whole_numbers_amounts_and_lengths_are_checked_as_they_are_typed(whole) -> None:
    book, language = whole
    kinds = set()
    for type_ in HAND:
        for rule in book[sheet_of(type_, language)].data_validations.dataValidation:
            kinds.add(rule.type)
            assert len(rule.error or "") <= 225 and len(rule.errorTitle or "") <= 32
            assert len(rule.formula1) <= 255
    assert kinds == {"list", "date", "whole", "decimal", "textLength"}
    received = book[sheet_of("application.received", language)]
    dates = [rule for rule in received.data_validations.dataValidation if rule.type == "date"]
    assert dates[0].formula2 == "TODAY()"


def test_the_printed_page_repeats_the_headings_and_fits_the_paper(whole) -> None:
    book, language = whole
    for type_ in HAND:
        sheet = book[sheet_of(type_, language)]
        assert sheet.print_title_rows == f"${HEADINGS}:${HEADINGS}"
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.freeze_panes == f"B{EXAMPLE}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_untouched_template_records_nothing(language: str) -> None:
    told = read(saved(template(DEFINITIONS, (), language)))
    assert (told.drafts, told.problems, told.remarks) == ([], [], [])


def test_an_example_that_was_written_over_is_not_taken_for_either() -> None:
    book = template(DEFINITIONS, ["application.received"], "zh-CN")
    sheet = book[sheet_of("application.received")]
    put(sheet.cell(EXAMPLE, column_of(sheet, "申请渠道")), "网络")
    assert outcome(saved(book)).codes() == [(f"A{EXAMPLE}", "example-altered")]


def test_an_example_that_was_copied_to_the_end_is_not_recorded() -> None:
    book = template(DEFINITIONS, ["procurement.concluded"], "zh-CN")
    sheet = book[sheet_of("procurement.concluded")]
    for cell in sheet[EXAMPLE]:
        sheet.cell(FIRST + 3, cell.column).value = cell.value
    assert (read(saved(book)).drafts, read(saved(book)).problems) == ([], [])


def test_each_column_of_a_sheet_has_a_heading_of_its_own_in_both_languages() -> None:
    for type_ in HAND:
        names = [name for column in columns_of(DEFINITIONS, type_, 1) for name in column.names()]
        assert len(names) == len(set(names)), type_


def test_no_two_codes_of_a_list_have_names_that_a_clerk_may_mix_up() -> None:
    for codes in DEFINITIONS.codes.values():
        for language in LANGUAGES:
            labels = [
                code["title"] if language == "zh-CN" else code["i18n"]["en"]["title"]
                for code in codes.values()
            ]
            spelt = sorted(plain(label) for label in labels)
            assert all(one != other for one, other in pairwise(spelt))


def test_a_template_for_a_newer_schema_is_named_and_not_read() -> None:
    book = template(DEFINITIONS, ["application.received"], "zh-CN")
    sheet = book[sheet_of("application.received")]
    sheet.cell(3, 1).value = "ledger-sheet application.received v7"
    told = outcome(saved(book))
    assert [problem.code for problem in told.problems] == ["newer-template"]
    assert "ledger template" in told.problems[0].sentence("zh-CN")


def test_a_sheet_of_what_the_ledger_works_out_is_refused() -> None:
    book = template(DEFINITIONS, ["application.received"], "zh-CN")
    sheet = book[sheet_of("application.received")]
    sheet.cell(3, 1).value = "ledger-sheet year.closed v1"
    assert [problem.code for problem in outcome(saved(book)).problems] == ["own-command"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sheet_that_has_lost_its_version_cell_is_refused_and_says_what_it_was(
    language: str,
) -> None:
    book = template(DEFINITIONS, list(HAND), language)
    for type_ in HAND:
        book[sheet_of(type_, language)].cell(3, 1).value = None
    told = outcome(saved(book))
    assert {problem.code for problem in told.problems} == {"version-cell-missing"}
    asked = {problem.sheet: problem.sentence("zh-CN") for problem in told.problems}
    for type_ in HAND:
        assert f"ledger-sheet {type_} v1" in asked[sheet_of(type_, language)]


def test_a_lost_version_cell_keeps_the_other_sheets_from_being_recorded_alone() -> None:
    book = filled([received("1"), decided("1")])
    book[sheet_of("application.decided")].cell(3, 1).value = "第1版"
    assert outcome(saved(book)).codes() == [("", "version-cell-missing")]
