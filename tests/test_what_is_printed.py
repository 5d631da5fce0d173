"""What a reader of the page sees counts: not what was struck out, is hidden, or marks a note."""

from __future__ import annotations

import io
from collections.abc import Callable

import docx
import pytest
from docx.oxml import parse_xml
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

import offices
from ledger.verbs.opening import House
from ledger.verbs.published import read_published

EDITIONS = House().editions
FORM = "cn-annual-report-2021"
LICENCE = "services/licence/decisions"
ROWS = (("信息内容", "本年处理决定数量"), ("行政许可", ""))
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def read(data: bytes) -> tuple[str, str | None]:
    """What stands in the cell 行政许可: its kind and its value."""
    cell = read_published("report", data, EDITIONS).cells[LICENCE]
    return cell.kind, None if cell.value is None else str(cell.value)


def page(cell: str) -> bytes:
    head, (label, _) = ROWS
    return (
        f"<table><tr><td>{head[0]}</td><td>{head[1]}</td></tr>"
        f"<tr><td>{label}</td><td>{cell}</td></tr></table>"
    ).encode()


def document(runs: str, row: str = "") -> bytes:
    """A Word document with the cell made of these runs; `row` stands after its row."""
    made = docx.Document()
    table = made.add_table(2, 2)
    for line, texts in zip(table.rows, ROWS, strict=True):
        for cell, text in zip(line.cells, texts, strict=True):
            cell.text = text
    cell = table.rows[1].cells[1]
    for element in parse_xml(f"<w:p {W}>{runs}</w:p>"):
        cell.paragraphs[0]._p.append(element)
    if row:
        table._tbl.append(parse_xml(row))
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def run(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def workbook(fill: Callable[[Workbook], None]) -> bytes:
    made = Workbook()
    for row in ROWS:
        made.active.append(row)
    fill(made)
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def field(instruction: str, result: str) -> str:
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'.format
    return f"{mark('begin')}{instruction}{mark('separate')}{result}{mark('end')}"


@pytest.mark.parametrize("cell", [
    "12①", "12<sup>1</sup>", "12<sup>[1]</sup>", "12<sub>1</sub>", "12※",
    "<s>7</s>12", "<del>7</del>12", "<span style='text-decoration: line-through'>7</span>12",
    "1<ins>2</ins>", "1&#8203;2", "&#65279;12&shy;",
    "<input value='12'>", "<input type=hidden value=3>12",
    "<select><option>3<option selected>12</select>",
])  # fmt: skip
def test_a_web_page_shows_twelve(cell: str) -> None:
    assert read(page(cell)) == ("number", "12")


@pytest.mark.parametrize("cell", ["①", "<sup>12</sup>", "½", "12²"])
def test_a_mark_alone_and_a_power_are_no_number(cell: str) -> None:
    assert read(page(cell)) == ("other", None)


@pytest.mark.parametrize("cell", ["&#8203;", "<s>7</s>", "&nbsp;&zwnj;"])
def test_a_cell_in_which_nothing_is_seen_is_blank(cell: str) -> None:
    assert read(page(cell)) == ("blank", None)


@pytest.mark.parametrize("runs", [
    run("12") + run("1", '<w:vertAlign w:val="superscript"/>'),
    run("7", "<w:strike/>") + run("8", '<w:dstrike w:val="true"/>') + run("12"),
    run("1", '<w:strike w:val="0"/>') + run("2"),
    field("<w:r><w:instrText> IF </w:instrText></w:r>" + field("", run("4")), run("12")),
])  # fmt: skip
def test_a_word_document_shows_twelve(runs: str) -> None:
    assert read(document(runs)) == ("number", "12")


def test_a_hidden_row_of_a_word_table_is_not_read() -> None:
    cells = "".join(f"<w:tc><w:p>{run(text)}</w:p></w:tc>" for text in ("行政许可", "7"))
    row = f"<w:tr {W}><w:trPr><w:hidden/></w:trPr>{cells}</w:tr>"
    assert read(document(run("12"), row)) == ("number", "12")


def test_cells_merged_in_the_old_way_over_rows_and_columns_take_no_more_than_their_places() -> None:
    def line(*cells: tuple[str, str]) -> str:
        made = "".join(
            f"<w:tc><w:tcPr>{merge}</w:tcPr><w:p>{run(text)}</w:p></w:tc>" for text, merge in cells
        )
        return f"<w:tr {W}>{made}</w:tr>"

    across, down = '<w:hMerge w:val="{}"/>'.format, '<w:vMerge w:val="{}"/>'.format
    corner = [
        ("信息内容", across("restart") + down("restart")), ("", across("continue") + down("restart")),
        ("", across("restart") + down("continue")), ("", across("continue") + down("continue")),
    ]  # fmt: skip
    headers = [(text, "") for text in ("本年制发件数", "本年废止件数", "现行有效件数")]
    label = [("行政规范性文件", across("restart")), ("", across("continue"))]
    made = docx.Document()
    table = made.add_table(0, 5)
    for row in (
        line(*corner[:2], *[("", "")] * 3),
        line(*corner[2:], *headers),
        line(*label, *[(text, "") for text in ("3", "4", "5")]),
    ):
        table._tbl.append(parse_xml(row))
    file = io.BytesIO()
    made.save(file)
    told = read_published("report", file.getvalue(), EDITIONS)
    assert {address.rpartition("/")[2]: cell.text for address, cell in told.cells.items()} == {
        "issued": "3",
        "repealed": "4",
        "in-force": "5",
    }


@pytest.mark.parametrize("parts", [
    ("12", TextBlock(InlineFont(vertAlign="superscript"), "1")),
    (TextBlock(InlineFont(strike=True), "7"), "12"),
    ("12", "_x000D_\n"),
])  # fmt: skip
def test_a_workbook_shows_twelve(parts: tuple[str | TextBlock, ...]) -> None:
    def fill(made: Workbook) -> None:
        made.active["B2"] = CellRichText(*parts)

    assert read(workbook(fill)) == ("number", "12")


def test_what_follows_a_table_on_the_same_sheet_is_no_second_row_of_it() -> None:
    figures = [name for name in EDITIONS[FORM].figures if not name.startswith("summary/")]
    cells = {address: str(at) for at, address in enumerate(figures)}
    told = offices.parts(EDITIONS[FORM], cells, "示例县人民政府", 2022, offices.STYLES[0])

    def fill(made: Workbook) -> None:
        made.active.delete_rows(1, 2)
        offices._fill(made.active, told)
        made.active.append(["六、其他需要报告的事项"])
        made.active.append(["无。"])

    read_back = read_published("report", workbook(fill), EDITIONS)
    assert {address: cell.text for address, cell in read_back.cells.items()} == cells
    assert read_back.unplaced == ()
