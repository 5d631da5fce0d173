"""A report in every format, read back: the same figures in the same places in all of them."""

from __future__ import annotations

import json
import re
from io import BytesIO
from xml.etree import ElementTree

import msgspec
import pdfplumber
import pytest
from docx import Document
from docx.shared import Mm
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from ledger.drawing.addresses import bookmark_of, name_of
from ledger.drawing.documents import encoded, report_document
from ledger.drawing.excel import report_xlsx
from ledger.drawing.html import report_html
from ledger.drawing.paper import Paper, paper_of
from ledger.drawing.pdf import report_pdf
from ledger.drawing.reports import report_sheet
from ledger.drawing.text import plain
from ledger.drawing.word import report_docx
from ledger.verbs.published import read_published
from ledger.verbs.reporting import Report
from ledger.words.narratives import paragraphs
from ledger.words.problems import Refusal
from papers import (
    DIGEST,
    EDITIONS,
    FORMS,
    HOUSE,
    LANGUAGES,
    MOST,
    NARRATIVE,
    big,
    papers,
    papers_of_ledgers,
    seed,
    seed_report,
    with_quantities,
)
from reading_back import (
    Grid,
    docx_bookmarks,
    docx_paragraphs,
    docx_references,
    docx_tables,
    html_figures,
    html_paragraphs,
    html_tables,
    number_in,
    part_of,
    pdf_tables,
    pdf_text,
    xlsx_names,
    xlsx_rows,
)

PAPERS = {"seed": seed, "big": big}


def in_tables(paper: Paper, language: str) -> list[str]:
    """The figures of the tables with the units printed, in the order of print."""
    tables = (block for block in paper.blocks if not block.in_prose)
    return [cell.text(language) for block in tables for line in block.lines for cell in line.cells]


def in_order(tables: list[Grid]) -> list[str]:
    """All that is a number in tables, with its unit if it has one, row by row."""
    texts = (text for table in tables for row in table for text in row)
    number = r"[+-]?\d+(\.\d+)?( \D+| ×10,000 yuan)?|未记录|not recorded"
    return [text for text in texts if re.fullmatch(number, text)]


def by_address(paper: Paper, language: str) -> dict[str, set[str]]:
    return {address: {printed.number(language)} for address, printed in paper.figures.items()}


def assert_text_and_json_agree(paper: Paper, language: str) -> None:
    document = json.loads(encoded(report_document(paper)), parse_float=str, parse_int=str)
    cells = [c for table in document["tables"] for row in table["rows"] for c in row["cells"]]
    assert {c["address"]: c["value"] for c in cells} == {
        address: None if printed.value is None else f"{printed.value:f}"
        for address, printed in paper.figures.items()
    }
    lines = [line.split("\t") for line in plain(report_sheet(paper, language)) if "\t" in line]
    shown = [
        text for line in lines for text in line[1:] if re.match(r"[+-]?\d|未记录|not rec", text)
    ]
    assert shown == [printed.text(language) for printed in paper.figures.values()]


def assert_html_agrees(paper: Paper, language: str) -> None:
    page = report_html(paper, language)
    assert html_figures(page) == by_address(paper, language)
    assert in_order(html_tables(page)) == in_tables(paper, language)


def assert_docx_agrees(paper: Paper, language: str) -> None:
    content = report_docx(paper, language)
    assert in_order(docx_tables(content)) == in_tables(paper, language)
    assert docx_bookmarks(content) == {
        bookmark_of(address): printed.number(language) for address, printed in paper.figures.items()
    }


def assert_xlsx_agrees(paper: Paper, language: str) -> None:
    cells = xlsx_names(report_xlsx(paper, language))
    assert {name: number_in(cell) for name, cell in cells.items()} == {
        name_of(address): printed.value for address, printed in paper.figures.items()
    }


def assert_pdf_agrees(paper: Paper, language: str) -> None:
    content = report_pdf(paper, language)
    assert in_order(pdf_tables(content)) == in_tables(paper, language)
    text = pdf_text(content)
    for line in (line for part in paper.parts for line in part.unsaid()):
        (printed,) = line.cells
        colon = ":" if language == "en" else ""
        said = f"{line.row.label[language]}{colon}{printed.number(language)}"
        assert re.sub(r"\s", "", said) in text


def assert_all_agree(paper: Paper, language: str) -> None:
    """Read back by readers of others, every format gives the figures of the report."""
    assert_text_and_json_agree(paper, language)
    assert_html_agrees(paper, language)
    assert_docx_agrees(paper, language)
    assert_xlsx_agrees(paper, language)
    assert_pdf_agrees(paper, language)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", ["seed", pytest.param("big", marks=pytest.mark.slow)])
def test_every_format_gives_the_same_figures(name: str, form: str, language: str) -> None:
    paper = PAPERS[name](form)
    assert len(paper.figures) >= (200 if form in EDITIONS else 10)
    assert_all_agree(paper, language)


@pytest.mark.slow
@settings(max_examples=settings.default.max_examples // 5, suppress_health_check=list(HealthCheck))
@given(st.one_of(papers(), papers_of_ledgers()), st.sampled_from(LANGUAGES))
def test_every_format_gives_the_same_figures_whatever_they_are(paper: Paper, language: str) -> None:
    assert_all_agree(paper, language)


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
    page = report_html(seed(), "en", "/trace/{organ}/{period}/{address}?as-at={position}")
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


# Word


def test_the_word_file_has_the_title_the_sections_and_the_drafted_text() -> None:
    told = docx_paragraphs(report_docx(seed(), "zh-CN"))
    assert told[0] == ("Title", "乐清市机关事务管理中心\n2020年政府信息公开工作年度报告")
    headings = [text for style, text in told if style == "Heading 1"]
    assert headings == [part.section.caption()["zh-CN"] for part in seed().parts]
    assert told[2:5] == [
        ("Normal", "（一）主动公开。本年主动公开政府信息70条，其中公文类10条。"),
        ("Normal", "（二）依申请公开"),
        ("Normal", "新收申请0件，办结0件；<b>&“引号”。"),
    ]


def test_header_cells_are_merged_in_the_word_file_and_the_note_stands_in_the_corner() -> None:
    by_browser = html_tables(report_html(seed(), "zh-CN"))
    assert docx_tables(report_docx(seed(), "zh-CN")) == by_browser


def test_a_number_in_the_text_refers_to_the_cell_that_it_comes_from() -> None:
    content = report_docx(seed(), "zh-CN")
    assert docx_references(content) == [
        ("applications__new__total", "0"),
        ("applications__total__total", "0"),
    ]
    assert {name for name, _ in docx_references(content)} <= docx_bookmarks(content).keys()


@pytest.mark.parametrize("edition", EDITIONS)
def test_names_are_such_as_word_and_excel_accept_and_no_two_are_alike(edition: str) -> None:
    addresses = list(seed(edition).figures)
    bookmarks = [bookmark_of(address) for address in addresses]
    names = [name_of(address) for address in addresses]
    assert all(re.fullmatch(r"[a-z][a-z0-9_]{0,39}", bookmark) for bookmark in bookmarks)
    assert all(re.fullmatch(r"[a-z][a-z0-9_.]*\.[a-z0-9_.]+", name) for name in names)
    assert len(set(bookmarks)) == len(set(names)) == len(addresses)


def test_a_program_finds_the_address_of_every_bookmark() -> None:
    root = ElementTree.fromstring(part_of(report_docx(seed(), "zh-CN"), "customXml/item1.xml"))
    assert root.attrib == {
        **{"edition": "cn-annual-report-2019", "organ": "yueqing-jgsw", "period": "2020"},
        **{"position": "85", "digest": DIGEST},
    }
    assert {f.get("address"): (f.get("bookmark"), f.text) for f in root} == {
        address: (bookmark_of(address), f"{printed.value:f}")
        for address, printed in seed().figures.items()
    }


def test_the_page_of_the_word_file_is_that_of_an_official_document() -> None:
    document = Document(BytesIO(report_docx(seed(), "zh-CN")))
    (section,) = document.sections
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    text = section.page_width - section.left_margin - section.right_margin
    assert round(text / Mm(1)) == 156
    for table in document.tables:
        assert sum(column.width.mm for column in table.columns) == pytest.approx(156, abs=1)
    for footer in (section.footer, section.even_page_footer):
        number, edition, digest = (paragraph.text for paragraph in footer.paragraphs)
        assert number == "— 1 —"
        for told in ("cn-annual-report-2019", "yueqing-jgsw", "2020", "85"):
            assert told in edition
        assert digest.endswith(DIGEST)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_report_gives_the_same_bytes(language: str) -> None:
    again = paper_of(seed_report.__wrapped__(), NARRATIVE, DIGEST)
    assert report_docx(again, language) == report_docx(seed(), language)
    assert report_html(again, language) == report_html(seed(), language)
    assert report_xlsx(again, language) == report_xlsx(seed(), language)
    assert report_pdf(again, language) == report_pdf(seed(), language)


def test_a_name_that_no_document_can_hold_is_marked_where_it_cannot_be_printed() -> None:
    told = seed_report()
    organ = msgspec.structs.replace(told.setting.organ, name="甲\x01\x0b乙<&\ud800")
    odd = paper_of(Report(msgspec.structs.replace(told.setting, organ=organ), told.cells))
    assert "甲□□乙&lt;&amp;□" in report_html(odd, "zh-CN")
    assert docx_paragraphs(report_docx(odd, "zh-CN"))[0][1].startswith("甲□□乙<&□\n")
    assert "甲□□乙<&□2020年" in pdf_text(report_pdf(odd, "zh-CN"))
    assert "甲□□乙<&□2020年" in str(xlsx_rows(report_xlsx(odd, "zh-CN")))


# Excel


def test_each_section_is_a_sheet_laid_out_as_the_form_is() -> None:
    content = report_xlsx(seed(), "zh-CN")
    sheets = xlsx_rows(content)
    assert list(sheets) == [
        part.section.caption()["zh-CN"] for part in seed().parts if part.paragraphs or part.blocks
    ]
    for name, printed in (("二、", 0), ("三、", 1), ("四、", 2)):
        rows = next(rows for caption, rows in sheets.items() if caption.startswith(name))
        form = html_tables(report_html(seed(), "zh-CN"))[printed]
        laid = [[str("" if value is None else value) for value in row] for row in rows[2:]]
        assert laid[: len(form)] == [[text.removesuffix(" 万元") for text in row] for row in form]


def test_a_number_is_shown_with_its_sign_its_decimals_and_its_unit() -> None:
    cells = xlsx_names(report_xlsx(seed(), "zh-CN"))
    amount = cells["procurement.centralised.amount"]
    assert (amount.value, amount.number_format) == (179.8, '0.0 "万元"')
    change = cells["services.licence.change"]
    assert change.number_format == "+0;-0;0"


def test_a_figure_too_long_for_excel_stands_as_text_with_all_its_digits() -> None:
    told = with_quantities(seed_report(), [MOST - 1])
    cells = xlsx_names(report_xlsx(paper_of(told), "zh-CN"))
    assert cells["applications.new.total"].value == MOST - 1
    longer = with_quantities(seed_report(), [10 * MOST - 1])
    cells = xlsx_names(report_xlsx(paper_of(longer), "zh-CN"))
    assert cells["applications.new.total"].value == "9999999999999999"
    assert cells["procurement.centralised.amount"].value == "9999999999.999999 万元"


def test_a_name_that_begins_as_a_formula_is_a_text() -> None:
    told = seed_report()
    organ = msgspec.structs.replace(told.setting.organ, name='=HYPERLINK("http://example.org")')
    odd = paper_of(Report(msgspec.structs.replace(told.setting, organ=organ), told.cells))
    book = load_workbook(BytesIO(report_xlsx(odd, "zh-CN")))
    title = book.worksheets[0]["A1"]
    assert (title.data_type, title.quotePrefix) == ("s", True)
    assert title.value.startswith("=HYPERLINK")


def test_the_workbook_says_what_it_is_of() -> None:
    book = load_workbook(BytesIO(report_xlsx(seed(), "en")))
    assert {told.name: told.value for told in book.custom_doc_props.props} == {
        **{"edition": "cn-annual-report-2019", "organ": "yueqing-jgsw", "period": "2020"},
        **{"position": "85", "digest": DIGEST},
    }
    sheets = xlsx_rows(report_xlsx(seed(), "en"))
    foot = [str(row[0]) for row in sheets["IV. Reconsideration and litiga…"]]
    assert foot[-1].endswith(DIGEST)
    assert "cn-annual-report-2019" in foot[-2]


# PDF


def test_the_pdf_is_read_as_it_was_written_by_a_machine_without_chinese_fonts() -> None:
    content = report_pdf(seed(), "zh-CN")
    text = pdf_text(content)
    assert "乐清市机关事务管理中心2020年政府信息公开工作年度报告" in text
    for part in seed().parts:
        assert part.section.caption()["zh-CN"] in text
    assert "新收申请0件，办结0件；<b>&“引号”。" in text
    with pdfplumber.open(BytesIO(content)) as book:
        fonts = {char["fontname"].partition("+")[2] for page in book.pages for char in page.chars}
        sizes = {(round(page.width), round(page.height)) for page in book.pages}
    assert {font.split("-")[0] for font in fonts} == {"NotoSerifSC", "NotoSansSC"}
    assert sizes == {(595, 842)}


def test_every_page_of_the_pdf_has_its_number_and_the_foot() -> None:
    with pdfplumber.open(BytesIO(report_pdf(seed(), "zh-CN"))) as book:
        for number, page in enumerate(book.pages, 1):
            text = page.extract_text()
            assert re.search(rf"— ?{number} ?—", text)
            assert "cn-annual-report-2019" in text and DIGEST in text


def test_table_three_stands_whole_on_a_page_of_the_pdf() -> None:
    tables = pdf_tables(report_pdf(seed(), "zh-CN"))
    assert [len(table) for table in tables] == [18, 26, 4]
    assert tables[1][0][0].startswith("（本列数据的勾稽关系为")


def test_text_in_a_draft_is_never_read_as_markup_by_the_typesetter() -> None:
    told = paragraphs('#panic("no") = $x$ *b* \\ @a <b> // /* [ ] ${applications/new/total}')
    text = pdf_text(report_pdf(paper_of(seed_report(), {"overview": told}), "zh-CN"))
    assert '#panic("no")=$x$*b*\\@a<b>///*[]$0' in text


def test_a_figure_of_the_pdf_can_lead_to_its_trace() -> None:
    at = "https://ledger.example/{organ}/{period}/{address}"
    with pdfplumber.open(BytesIO(report_pdf(seed(), "en", at))) as book:
        links = {link["uri"] for page in book.pages for link in page.hyperlinks}
    assert links == {
        f"https://ledger.example/yueqing-jgsw/2020/{address}" for address in seed().figures
    }


def test_a_character_that_no_font_has_is_refused_with_what_to_do() -> None:
    told = paragraphs("无字𪚥之处")
    with pytest.raises(Refusal) as refused:
        report_pdf(paper_of(seed_report(), {"overview": told}), "zh-CN")
    (problem,) = refused.value.problems
    assert "--fonts" in problem.sentence("zh-CN") and "--fonts" in problem.sentence("en")


# Read back by the ledger itself


@pytest.mark.slow
@pytest.mark.parametrize("edition", EDITIONS)
def test_the_ledger_reads_its_own_documents_as_it_reads_those_of_others(edition: str) -> None:
    told = with_quantities(seed_report(edition), [3, 17, 0, 120, 9, 45, 2, 31, 5, 8, 1, 1234])
    paper = paper_of(told, NARRATIVE, DIGEST)
    tables = (block for block in paper.blocks if not block.in_prose)
    cells = {c.address: c.value for block in tables for line in block.lines for c in line.cells}
    drawn = {
        "report.html": report_html(paper, "zh-CN").encode(),
        "report.docx": report_docx(paper, "zh-CN"),
        "report.xlsx": report_xlsx(paper, "zh-CN"),
        "report.pdf": report_pdf(paper, "zh-CN"),
    }
    for name, content in drawn.items():
        again = read_published(name, content, HOUSE.editions)
        assert again.edition is not None and again.edition.id == edition
        assert (again.organ, again.year) == ("乐清市机关事务管理中心", 2020)
        assert {address: cell.value for address, cell in again.cells.items()} == cells
        assert again.unplaced == ()
