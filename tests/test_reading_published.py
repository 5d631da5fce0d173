"""Published reports read from files: every cell where it stands, and nothing that was not printed."""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import offices
import papers
from ledger.drawing.excel import report_xlsx
from ledger.drawing.html import report_html
from ledger.drawing.paper import Paper
from ledger.drawing.pdf import report_pdf
from ledger.drawing.reports import report_sheet
from ledger.drawing.text import plain
from ledger.drawing.word import report_docx
from ledger.rooms.files import Cell, Grid
from ledger.verbs.opening import House
from ledger.verbs.published import read_published
from ledger.verbs.published.labels import Form
from ledger.verbs.published.pages import over_pages
from ledger.words.published import Place, Published
from offices import FLATTENED, GRIDDED, STYLES, Box, Cells, Part, Sheet, Style
from published import read as as_collected

HERE = Path(__file__).parent / "data/reports"
ELSEWHERE = os.environ.get("LEDGER_REPORTS")
NAMES = ("2019-shanghai-gov-office", "2020-yueqing-jgsw", "2023-suqian-city")
FORMS = ("cn-annual-report-2019", "cn-annual-report-2021")
PLAIN = {ord(sign) + 0xFEE0: sign for sign in "0123456789+-."}
EDITIONS = House().editions

Writer = Callable[[list[Part]], bytes]


def published(path: Path) -> tuple[str, Cells, str, int]:
    """The form, the cells as printed, the organ and the year of a report of our collection."""
    told = as_collected(json.loads(path.read_text(encoding="utf-8")), EDITIONS)
    return told.edition.id if told.edition else "", told.texts, told.organ, told.year


def written(path: Path, style: Style, write: Writer) -> tuple[Published, Cells, str]:
    """A report of our collection written as an office would, and read back."""
    form, cells, organ, year = published(path)
    told = offices.parts(EDITIONS[form], cells, organ, year, style)
    return read_published("report", write(told), EDITIONS), cells, form


def narrowed(text: str) -> str:
    return text.translate(PLAIN).replace(" ", "")


def differing(read: Published, cells: Cells) -> dict[str, tuple[str, str | None]]:
    """The cells read otherwise than they are printed; one not in the collection is left blank."""
    return {
        address: (cell.text, cells.get(address))
        for address, cell in read.cells.items()
        if narrowed(cell.text) != narrowed(cells.get(address, ""))
    }


def numbered(form: str) -> dict[str, str]:
    """A report in which no two cells are alike."""
    return {address: str(1000 + at) for at, address in enumerate(EDITIONS[form].figures)}


def text_of(form: str, cells: Cells, write: Writer = offices.as_tabbed_text) -> str:
    told = offices.parts(EDITIONS[form], cells, "示例市人民政府", 2022, STYLES[0])
    return write(told).decode("utf-8")


# Every file, every layout


@pytest.mark.parametrize("media", GRIDDED)
def test_every_cell_of_a_real_report_comes_back_from_every_kind_of_file(media: str) -> None:
    read, cells, form = written(HERE / f"{NAMES[0]}.json", STYLES[0], GRIDDED[media])
    assert differing(read, cells) == {}
    assert set(read.cells) == set(cells)
    assert (read.organ, read.year) == ("上海市人民政府办公厅", 2019)
    assert read.edition and (read.edition.id, read.edition.certainty) == (form, "certain")
    assert {fit.certainty for fit in read.tables} == {"certain"}


@pytest.mark.slow
@pytest.mark.parametrize("style", STYLES, ids=lambda style: style.name)
@pytest.mark.parametrize("media", GRIDDED)
@pytest.mark.parametrize("name", NAMES)
def test_layouts_do_not_matter(name: str, media: str, style: Style) -> None:
    read, cells, form = written(HERE / f"{name}.json", style, GRIDDED[media])
    assert differing(read, cells) == {}
    assert set(read.cells) == set(cells)
    assert read.edition and read.edition.id == form


@pytest.mark.parametrize("style", STYLES, ids=lambda style: style.name)
@pytest.mark.parametrize("media", FLATTENED)
@pytest.mark.parametrize("name", NAMES)
def test_a_flattened_table_gives_right_cells_or_says_which_rows_it_cannot_place(
    name: str, media: str, style: Style
) -> None:
    read, cells, form = written(HERE / f"{name}.json", style, FLATTENED[media])
    assert differing(read, cells) == {}
    assert read.edition and read.edition.id == form
    if "" not in cells.values():
        assert set(read.cells) == set(cells)
    elif set(read.cells) != set(cells):
        assert "which-column" in {each.problem.code for each in read.unplaced}
        assert "unsure" in {fit.certainty for fit in read.tables}


def test_a_pdf_without_rules_gives_nothing_wrong() -> None:
    def unruled(told: list[Part]) -> bytes:
        return offices.as_pdf(told, ruled=False)

    read, cells, form = written(HERE / f"{NAMES[2]}.json", STYLES[0], unruled)
    assert differing(read, cells) == {}
    assert len(read.cells) > 100
    assert read.edition and read.edition.id == form


@pytest.mark.slow
@pytest.mark.skipif(not ELSEWHERE, reason="LEDGER_REPORTS names no folder of more reports")
@pytest.mark.parametrize("style", STYLES, ids=lambda style: style.name)
def test_more_reports_come_back_too(style: Style) -> None:
    for path in sorted(Path(ELSEWHERE or "").glob("*.json")):
        form, cells, _, year = published(path)
        if not cells:
            continue
        for media, write in GRIDDED.items():
            read, _, _ = written(path, style, write)
            assert differing(read, cells) == {}, (path.name, media)
            assert set(cells) <= set(read.cells), (path.name, media)
            assert read.year == year
            assert read.edition and read.edition.id == form, (path.name, media)
        for media, write in FLATTENED.items():
            read, _, _ = written(path, style, write)
            assert differing(read, cells) == {}, (path.name, media)


def has_chinese_font() -> bool:
    """Whether the programs of this machine have one."""
    listed = shutil.which("fc-list") and subprocess.run(
        ["fc-list", ":lang=zh", "file"], capture_output=True, check=True
    )
    return bool(listed and listed.stdout.strip())


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not on this machine")
@pytest.mark.parametrize(("write", "suffix", "to"), [
    (offices.as_docx, "docx", "pdf"),
    (offices.as_docx, "docx", "html"),
    (offices.as_docx, "docx", "docx:MS Word 2007 XML"),
    (offices.as_xlsx, "xlsx", "xlsx"),
    (offices.as_xlsx, "xlsx", "html"),
    (offices.as_html, "html", "docx:MS Word 2007 XML"),
])  # fmt: skip
def test_what_another_program_made_of_it_reads_the_same(
    tmp_path: Path, write: Writer, suffix: str, to: str
) -> None:
    if to == "pdf" and not has_chinese_font():
        pytest.skip("without a Chinese font LibreOffice writes a PDF without its text")
    form, cells, organ, year = published(HERE / f"{NAMES[0]}.json")
    told = offices.parts(EDITIONS[form], cells, organ, year, STYLES[0])
    (tmp_path / f"report.{suffix}").write_bytes(write(told))
    made = tmp_path / "made"
    profile = f"-env:UserInstallation=file://{tmp_path / 'profile'}"
    subprocess.run(
        [
            "soffice",
            profile,
            "--headless",
            "--convert-to",
            to,
            "--outdir",
            made,
            f"report.{suffix}",
        ],
        cwd=tmp_path,
        check=True,
        capture_output=True,
        timeout=300,
    )
    (path,) = made.glob("report.*")
    read = read_published(path.name, path.read_bytes(), EDITIONS)
    assert differing(read, cells) == {}
    assert set(read.cells) == set(cells)


# What is printed, and what it means


def one_table(*values: str, header: str = "本年收费金额（单位：万元）") -> Published:
    """The tables 行政许可, 处罚, 强制 and 收费 of 2021 with these four cells."""
    licence, penalty, coercion, fee = values
    page = f"""<table><tr><td>信息内容</td><td>本年处理决定数量</td></tr>
    <tr><td>行政许可</td><td>{licence}</td></tr></table>
    <table><tr><td>信息内容</td><td>本年处理决定数量</td></tr>
    <tr><td>行政处罚</td><td>{penalty}</td></tr><tr><td>行政强制</td><td>{coercion}</td></tr></table>
    <table><tr><td>信息内容</td><td>{header}</td></tr>
    <tr><td>行政事业性收费</td><td>{fee}</td></tr></table>"""
    return read_published("page.html", page.encode(), EDITIONS)


def test_blank_slash_dash_zero_and_missing_are_told_apart() -> None:
    read = one_table("", "/", "—", "0")
    kinds = {address: cell.kind for address, cell in read.cells.items()}
    assert kinds == {
        "services/licence/decisions": "blank",
        "enforcement/penalty/decisions": "slash",
        "enforcement/coercion/decisions": "dash",
        "fees/fee/amount": "zero",
    }
    assert "regulations/regulation/issued" not in read.cells


@pytest.mark.parametrize(("text", "value"), [
    ("１２", Decimal(12)), ("1,234", Decimal(1234)), (" 7 件", Decimal(7)), ("+3", Decimal(3)),
    ("－417", Decimal(-417)), ("0.00", Decimal(0)),
])  # fmt: skip
def test_numbers_are_read_as_they_are_printed(text: str, value: Decimal) -> None:
    cell = one_table(text, "0", "0", "0").cells["services/licence/decisions"]
    assert (cell.text, cell.value) == (text.strip(), value)


@pytest.mark.parametrize("text", ["1 2", "3（含上年2）", "1,2", "12/3", "约5", "无", "1.2.3", "三"])
def test_what_is_no_number_is_never_made_one(text: str) -> None:
    read = one_table(text, "0", "0", "0")
    cell = read.cells["services/licence/decisions"]
    assert (cell.kind, cell.value, cell.text) == ("other", None, text)
    assert [each.problem.code for each in read.unplaced] == ["unreadable-cell"]


@pytest.mark.parametrize(("header", "text", "value", "unit_from"), [
    ("本年收费金额（单位：万元）", "179.8", Decimal("179.8"), "heading"),
    ("本年收费金额（单位：元）", "1798000", Decimal("179.8"), "heading"),
    ("本年收费金额（单位：万元）", "251000元", Decimal("25.1"), "cell"),
    ("本年收费金额", "8040", None, "nowhere"),
    ("本年收费金额", "0", Decimal(0), "nowhere"),
])  # fmt: skip
def test_money_takes_its_unit_from_the_cell_or_its_heading_and_from_nowhere_else(
    header: str, text: str, value: Decimal | None, unit_from: str
) -> None:
    cell = one_table("0", "0", "0", text, header=header).cells["fees/fee/amount"]
    assert (cell.value, cell.unit_from) == (value, unit_from)


def test_a_value_over_two_columns_belongs_to_neither() -> None:
    page = """<table><tr><td>信息内容</td><td>本年制发件数</td><td>本年废止件数</td>
    <td>现行有效件数</td></tr><tr><td>规章</td><td colspan=2>5</td><td>9</td></tr></table>"""
    read = read_published("page.html", page.encode(), EDITIONS)
    assert {address: cell.text for address, cell in read.cells.items()} == {
        "regulations/regulation/in-force": "9"
    }
    assert [each.problem.code for each in read.unplaced] == ["over-columns"]


def test_columns_in_another_order_are_told_by_their_headings() -> None:
    page = """<table><tr><td>信息内容</td><td>现行有效件数</td><td>本年制发件数</td>
    <td>本年废止件数</td></tr><tr><td>规章</td><td>9</td><td>5</td><td>1</td></tr></table>"""
    read = read_published("page.html", page.encode(), EDITIONS)
    told = {address.rpartition("/")[2]: cell.text for address, cell in read.cells.items()}
    assert told == {"in-force": "9", "issued": "5", "repealed": "1"}


def test_a_table_printed_twice_with_unlike_numbers_gives_neither() -> None:
    read = read_published("x", (text_of(FORMS[1], numbered(FORMS[1])) * 2).encode(), EDITIONS)
    assert len(read.cells) == 200
    other = dict.fromkeys(numbered(FORMS[1]), "7")
    both = text_of(FORMS[1], numbered(FORMS[1])) + "\n" + text_of(FORMS[1], other)
    read = read_published("x", both.encode(), EDITIONS)
    assert read.cells == {}
    assert {each.problem.code for each in read.unplaced} == {"printed-unlike"}


# The form that is really used


def test_the_form_is_the_one_of_the_tables_whatever_year_it_is() -> None:
    cells = dict.fromkeys(EDITIONS[FORMS[0]].figures, "0")
    told = offices.parts(EDITIONS[FORMS[0]], cells, "示例县民政局", 2023, STYLES[0])
    read = read_published("x", offices.as_html(told), EDITIONS)
    assert read.year == 2023
    assert read.edition and read.edition.id == FORMS[0]
    assert "政府集中采购" in read.edition.own_labels


def test_words_of_another_form_in_the_tables_are_named() -> None:
    cells = dict.fromkeys(EDITIONS[FORMS[0]].figures, "0")
    page = text_of(FORMS[0], cells, offices.as_html).replace(">规范性文件<", ">行政规范性文件<")
    read = read_published("x", page.encode(), EDITIONS)
    assert read.edition and (read.edition.id, read.edition.certainty) == (FORMS[0], "likely")
    assert read.edition.foreign_labels == ("行政规范性文件",)
    assert len(read.cells) == 198


def test_a_form_that_is_a_folder_of_data_is_read_as_well() -> None:
    form = "local-dingxi-monthly"
    if form not in EDITIONS:
        pytest.skip("this form is not there")
    cells = {address: str(at) for at, address in enumerate(EDITIONS[form].figures)}
    told = offices.parts(EDITIONS[form], cells, "示例局", 2012, STYLES[0])
    read = read_published("x", offices.as_docx(told), EDITIONS)
    assert read.edition and read.edition.id == form
    assert differing(read, cells) == {}


def test_a_form_published_blank_is_known_by_its_labels() -> None:
    cells = dict.fromkeys(EDITIONS[FORMS[0]].figures, "")
    told = offices.parts(EDITIONS[FORMS[0]], cells, "示例乡", 2019, STYLES[0])
    read = read_published("x", offices.as_lines(told), EDITIONS)
    assert read.edition and read.edition.id == FORMS[0]
    assert read.cells == {}


def test_text_without_any_table_says_so() -> None:
    read = read_published("x", "2016年共发布信息2483条。".encode(), EDITIONS)
    assert (read.edition, read.cells) == (None, {})
    assert [each.problem.code for each in read.unplaced] == ["no-form-fits"]
    assert [(each.number, each.unit) for each in read.mentions if each.kind == "quantity"] == [
        ("2483", "条")
    ]


# Prose


PROSE = """示例市教育局2022年政府信息公开工作年度报告
根据国办公开办函〔2021〕30号和《条例》第五十条编制，统计期限自2022年1月1日至2022年12月31日，电话：0577-61880000。
一、总体情况
（一）主动公开。全年主动公开政府信息１６５条，其中文件10条，约占6.1%，比上年增加12.5个百分点；接待约30余人次。
2.收取信息处理费3笔，共计2950元；公开两件，网站发布1,204篇。
"""


def test_the_numbers_of_the_prose_stand_in_their_sentences() -> None:
    read = read_published("x", PROSE.encode(), EDITIONS)
    stated = [each for each in read.mentions if each.kind in ("quantity", "share", "money")]
    assert [(each.number, each.unit, each.kind) for each in stated] == [
        ("165", "条", "quantity"),
        ("10", "条", "quantity"),
        ("6.1", "%", "share"),
        ("12.5", "个百分点", "share"),
        ("30", "人次", "quantity"),
        ("3", "笔", "quantity"),
        ("2950", "元", "money"),
        ("两", "件", "quantity"),
        ("1,204", "篇", "quantity"),
    ]
    assert [each.hedge for each in stated[:5]] == ["exact", "exact", "about", "exact", "more"]
    assert stated[0].before == "全年主动公开政府信息"
    assert stated[0].sentence.startswith("全年主动公开政府信息165条")
    assert (stated[-2].value, stated[-1].value) == (2, 1204)
    assert {each.section for each in stated} == {"overview"}


def test_days_documents_and_telephones_are_no_figures() -> None:
    read = read_published("x", PROSE.encode(), EDITIONS)
    others = {each.number: each.kind for each in read.mentions if each.section == "preamble"}
    assert others == {
        "2022": "year",
        "〔2021〕30号": "reference",
        "2022年1月1日": "date",
        "2022年12月31日": "date",
        "0577-61880000": "contact",
    }


def test_title_organ_and_year_are_those_printed() -> None:
    read = read_published("x", PROSE.encode(), EDITIONS)
    assert (read.title, read.organ, read.year) == (
        "示例市教育局2022年政府信息公开工作年度报告",
        "示例市教育局",
        2022,
    )


@pytest.mark.parametrize(("lines", "organ", "year"), [
    ("示例中心\n2020 年政府信息公开工作年度报告", "示例中心", 2020),
    ("2019年示例市人民政府办公厅政府信息公开工作年度报告", "示例市人民政府办公厅", 2019),
    ("示例镇二〇二一年度政府信息公开工作年度报告", "示例镇", 2021),
    ("关于2022年度政府信息公开工作年度报告", None, 2022),
    ("示例县民政局政府信息公开工作2022年度报告", "示例县民政局", 2022),
    ("按照要求,示例市水利局编制完成2024年政府信息公开年度报告,现予公布。", "示例市水利局", 2024),
    ("根据规定,现公布区教育局2023年政府信息公开工作年度报告。", "区教育局", 2023),
    ("现发布《示例县示例镇2022年政府信息公开工作年度报告》。", "示例县示例镇", 2022),
    ("特公布2022年示例市民政局信息公开工作年度报告,如下。", "示例市民政局", 2022),
    ("本年度报告由示例省水利厅编制。统计期限自2023年1月1日至2023年12月31日。", "示例省水利厅", 2023),
    ("本报告由示例区人民政府办公室汇总编制,数据为2022年1月1日至12月31日。", None, 2022),
    ("按条例要求,现将我办2022年度政府信息公开情况报告如下:\n2021年的不再重复。", None, 2022),
    ("首页 » 示例区示例街道2022年政府信息公开工作年度报告 » 详情", "示例区示例街道", 2022),
    ("2025示例县示例乡2025年度政府信息公开工作年度报告", "示例县示例乡", 2025),
    ("现公布《示例市2023年政府信息公开工作年度报告》。", "示例市", 2023),
    ("现将2022年度政府信息公开工作报告如下。\n统计自2021年1月1日至2021年12月31日。", None, 2022),
    ("做好2022年政府信息公开工作年度报告编制工作", None, 2022),
    ("统计期限自20241月1日起至202412月31日止,2023年的另报。", None, 2024),
    ("2023年,我局按要求开展工作,2022年的问题已经改正。", None, 2023),
])  # fmt: skip
def test_titles_are_met_in_several_wordings(lines: str, organ: str | None, year: int) -> None:
    read = read_published("x", lines.encode(), EDITIONS)
    assert (read.organ, read.year) == (organ, year)


# Reports that the ledger drew itself

DRAWN: dict[str, Callable[[Paper], bytes]] = {
    "text": lambda paper: "\n".join(plain(report_sheet(paper, "zh-CN"))).encode(),
    "html": lambda paper: report_html(paper, "zh-CN").encode(),
    "docx": lambda paper: report_docx(paper, "zh-CN"),
    "xlsx": lambda paper: report_xlsx(paper, "zh-CN"),
    "pdf": lambda paper: report_pdf(paper, "zh-CN"),
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("media", DRAWN)
def test_a_report_that_the_ledger_drew_is_read_back_with_the_same_figures(
    media: str, form: str
) -> None:
    paper = papers.big(form)
    read = read_published("report", DRAWN[media](paper), EDITIONS)
    told = {address: cell.value for address, cell in read.cells.items()}
    assert told == {a: f.value for a, f in paper.figures.items() if not a.startswith("summary/")}
    assert (read.organ, read.year) == (paper.setting.organ.name, paper.setting.period.year)
    assert read.edition and read.edition.id == form
    assert read.unplaced == ()
    stated = {mention.value for mention in read.mentions}
    summary = {f.value for a, f in paper.figures.items() if a.startswith("summary/")}
    assert summary <= stated | {-value for value in stated}


DRAWN_IN_ENGLISH: dict[str, Callable[[Paper], bytes]] = {
    "text": lambda paper: "\n".join(plain(report_sheet(paper, "en"))).encode(),
    "html": lambda paper: report_html(paper, "en").encode(),
    "docx": lambda paper: report_docx(paper, "en"),
    "xlsx": lambda paper: report_xlsx(paper, "en"),
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("media", DRAWN_IN_ENGLISH)
def test_a_report_drawn_in_english_is_read_back_too(media: str, form: str) -> None:
    paper = papers.big(form)
    read = read_published("report", DRAWN_IN_ENGLISH[media](paper), EDITIONS)
    told = {address: cell.value for address, cell in read.cells.items()}
    assert told == {a: f.value for a, f in paper.figures.items() if not a.startswith("summary/")}
    assert (read.organ, read.year) == (paper.setting.organ.name, paper.setting.period.year)
    assert read.edition and read.edition.id == form


def test_in_english_nothing_is_read_wrong_from_a_pdf() -> None:
    """Headers that stand on end may be lost in a PDF, and with them a table, which is said."""
    paper = papers.big(FORMS[1])
    read = read_published("report", report_pdf(paper, "en"), EDITIONS)
    told = {address: cell.value for address, cell in read.cells.items()}
    assert told == {address: paper.figures[address].value for address in told}
    assert len(told) > 150
    assert read.unplaced


@pytest.mark.parametrize(
    "line",
    [
        "规章\t1 2\t3\t",
        "规章\t1\t2 3\t4",
        "规章 2 2 2 2",
    ],
)
def test_a_number_that_may_be_two_is_not_read_as_either(line: str) -> None:
    """In the space between two tabs stands one cell; of four numbers for three columns one is a part."""
    text = f"信息内容\t本年制发件数\t本年废止件数\t现行有效件数\n{line}\n行政规范性文件\t5\t6\t7"
    read = read_published("x.txt", text.encode(), EDITIONS)
    numbers = [cell.value for address, cell in read.cells.items() if "/regulation/" in address]
    assert set(numbers) <= {None, Decimal(1), Decimal(3), Decimal(4)}
    assert Decimal(2) not in numbers
    assert read.unplaced


@pytest.mark.parametrize(
    ("line", "heading", "begins"),
    [
        ("一、总体情况 2022年公开信息30条。", "一、总体情况", "2022年公开信息30条。"),
        ("一、总体情况：无", "一、总体情况", "无"),
        ("一、总体情况及主要做法", "一、总体情况及主要做法", "后文有5件。"),
        ("一、总体情况（2022年）", "一、总体情况（2022年）", "后文有5件。"),
    ],
)
def test_text_that_stands_behind_a_heading_on_its_line_is_text(
    line: str, heading: str, begins: str
) -> None:
    lines = ("示例局2022年政府信息公开工作年度报告", line, "后文有5件。")
    page = "".join(f"<p>{text}</p>" for text in lines)
    read = read_published("page.html", f"<html>{page}</html>".encode(), EDITIONS)
    overview = next(passage for passage in read.passages if passage.section == "overview")
    assert (overview.heading, overview.paragraphs[0]) == (heading, begins)


@pytest.mark.parametrize("form", FORMS)
def test_words_that_offices_write_otherwise_are_the_same_headers(form: str) -> None:
    cells = {a: t for a, t in numbered(form).items() if not a.startswith("summary/")}
    text = text_of(form, cells, offices.as_html)
    for printed, met in (("其他", "其它"), ("法律服务机构", "法律服务组织")):
        assert printed in text
        text = text.replace(printed, met)
    read = read_published("page.html", text.encode(), EDITIONS)
    assert {address: cell.text for address, cell in read.cells.items()} == cells


def merged_cells_split_and_filled(sheet: Sheet) -> Sheet:
    return Sheet(
        tuple(
            Box(box.text, row, column)
            for box in sheet.boxes
            for row in range(box.row, box.row + box.rows)
            for column in range(box.column, box.column + box.columns)
        )
    )


def an_empty_row_under_each(sheet: Sheet) -> Sheet:
    return Sheet(tuple(replace(box, row=2 * box.row, rows=2 * box.rows - 1) for box in sheet.boxes))


def an_empty_column_before(sheet: Sheet) -> Sheet:
    moved = (replace(box, column=box.column + 1) for box in sheet.boxes)
    return Sheet((Box("", 0, 0, sheet.height), *moved))


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("write", [offices.as_html, offices.as_xlsx], ids=["html", "xlsx"])
@pytest.mark.parametrize(
    "changed", [merged_cells_split_and_filled, an_empty_row_under_each, an_empty_column_before]
)
def test_a_table_that_was_worked_over_is_read_the_same(
    changed: Callable[[Sheet], Sheet], write: Writer, form: str
) -> None:
    cells = {a: t for a, t in numbered(form).items() if not a.startswith("summary/")}
    told = offices.parts(EDITIONS[form], cells, "示例市人民政府", 2022, STYLES[0])
    parts = [part if isinstance(part, str) else changed(part) for part in told]
    read = read_published("report", write(parts), EDITIONS)
    assert {address: cell.text for address, cell in read.cells.items()} == cells
    assert {left.problem.code for left in read.unplaced} <= {"amount-without-unit"}


def test_pasted_tables_of_other_widths_that_follow_each_other_are_each_read() -> None:
    form = FORMS[0]
    cells = {a: t for a, t in numbered(form).items() if not a.startswith("summary/")}
    told = offices.parts(EDITIONS[form], cells, "示例市人民政府", 2020, STYLES[1])
    read = read_published("report.txt", offices.as_tabbed_text(told), EDITIONS)
    assert set(read.cells) == set(cells)


def test_the_numbers_of_a_page_without_a_full_stop_are_all_read() -> None:
    text = "示例局2022年政府信息公开工作年度报告\n一、总体情况\n" + "公开3条，" * 4000
    read = read_published("page.txt", text.encode(), EDITIONS)
    told = [mention for mention in read.mentions if mention.unit == "条"]
    assert len(told) == 4000
    assert {(mention.before, mention.number) for mention in told} == {("公开", "3")}
    assert max(len(mention.sentence) for mention in told) <= 1000


# Laws


@pytest.mark.parametrize("form", FORMS)
@settings(max_examples=40)
@given(data=st.data())
def test_a_text_damaged_once_gives_no_number_at_a_wrong_address(
    form: str, data: st.DataObject
) -> None:
    cells = {a: t for a, t in numbered(form).items() if not a.startswith("summary/")}
    lines = text_of(form, cells).split("\n")
    at = data.draw(st.integers(0, len(lines) - 1))
    fields = lines[at].split("\t")
    where = data.draw(st.integers(0, len(fields) - 1))
    match data.draw(st.sampled_from(["drop a field", "drop the line", "swap", "glue", "split"])):
        case "drop a field":
            del fields[where]
        case "drop the line":
            fields = []
        case "swap":
            other = data.draw(st.integers(0, len(lines) - 1))
            lines[at], lines[other] = lines[other], lines[at]
            fields = lines[at].split("\t")
        case "glue":
            fields[where : where + 2] = ["".join(fields[where : where + 2])]
        case "split":
            fields[where : where + 1] = [fields[where][:2], fields[where][2:]]
    lines[at] = "\t".join(fields)
    read = read_published("x", "\n".join(lines).encode(), EDITIONS)
    wrong = {a: c.text for a, c in read.cells.items() if c.value and c.text != cells.get(a)}
    assert wrong == {}


CELL = re.compile(r"<td.*?</td>")
ROW = re.compile(r"<tr>.*?</tr>")


@settings(max_examples=60)
@given(data=st.data(), form=st.sampled_from(FORMS), style=st.sampled_from(STYLES[:2]))
def test_a_page_whose_table_is_ill_made_gives_no_number_at_a_wrong_address(
    data: st.DataObject, form: str, style: Style
) -> None:
    """A cell or row too few or too many, a span that is wrong: what stood beside it has moved."""
    cells = {a: t for a, t in numbered(form).items() if not a.startswith("summary/")}
    told = offices.parts(EDITIONS[form], cells, "示例局", 2022, style)
    page = offices.as_html(told).decode()
    harm = data.draw(st.sampled_from(["drop", "again", "colspan", "rowspan", "blank", "drop row"]))
    found = data.draw(st.sampled_from(list((ROW if harm == "drop row" else CELL).finditer(page))))
    cell, span = found.group(), data.draw(st.integers(1, 4))
    put = {
        "drop": "",
        "drop row": "",
        "again": cell * 2,
        "colspan": re.sub(r'colspan="\d+"', f'colspan="{span}"', cell),
        "rowspan": re.sub(r'rowspan="\d+"', f'rowspan="{span}"', cell),
        "blank": re.sub(r"<span>.*?</span>", "", cell),
    }[harm]
    harmed = page[: found.start()] + put + page[found.end() :]
    read = read_published("x", harmed.encode(), EDITIONS)
    assert {a: c.text for a, c in read.cells.items() if c.value and c.text != cells.get(a)} == {}


@settings(max_examples=40)
@given(seed=st.integers(0, 10**6), form=st.sampled_from(FORMS))
def test_a_page_with_rows_and_columns_moved_about_gives_every_number_its_address(
    seed: int, form: str
) -> None:
    """Rows of a block may stand in any order, and blocks too: labels tell, not positions."""
    cells = {a: t for a, t in numbered(form).items() if not a.startswith("summary/")}
    told = offices.parts(EDITIONS[form], cells, "示例局", 2022, STYLES[1])
    random.Random(seed).shuffle(told)
    read = read_published("x", offices.as_html(told), EDITIONS)
    assert {address: cell.text for address, cell in read.cells.items()} == cells


@settings(max_examples=60)
@given(
    text=st.text(
        alphabet="规章行政许可总计0123456789\t\n|、（）一二.，。 本年新收制发件数", max_size=300
    )
)
def test_no_text_whatever_makes_it_fail(text: str) -> None:
    read_published("x", text.encode(), EDITIONS)


def test_the_rest_of_a_row_that_a_page_end_cuts_is_not_another_row() -> None:
    """A page begins with the headers again; under them stands the lower edge of a row that was full."""
    headers = ("信息内容", "本年制发件数", "本年废止件数", "现行有效件数")

    def page(number: int, *rows: tuple[str, ...]) -> Grid:
        lines = enumerate((headers, *rows))
        cells = (Cell(text, at, column) for at, line in lines for column, text in enumerate(line))
        return Grid(tuple(cells), Place(page=number, table=number))

    full, rest, last = ("规章", "1", "2", "3"), ("", "", "", ""), ("行政规范性文件", "4", "5", "6")
    form = Form(EDITIONS[FORMS[1]])
    (joined,) = over_pages([page(1, full), page(2, rest, last)], form)
    assert isinstance(joined, Grid)
    texts = [[cell.text if cell else "" for cell in line] for line in joined.lines()]
    assert texts == [list(headers), list(full), list(last)]
    blank = [page(1, full), page(2, ("行政规范性文件", "", "", ""))]
    assert len(list(over_pages(blank, form))) == 2
