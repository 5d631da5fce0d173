"""Files as other programs write them, and as nobody should: what is read, and what gets a sentence."""

import csv
import io
import struct
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.utils.escape import escape

from ledger.rooms.sheets import Row, is_workbook, open_csv, open_workbook
from ledger.rooms.sheets.formats import moment, shows_day, shows_whole_date
from ledger.words.problems import Refusal
from workbooks import loaded, saved

DATA = Path(__file__).parent / "data/workbooks"

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"


def package(
    sheet: str = "<sheetData/>", more: Mapping[str, str] | None = None, **parts: str
) -> bytes:
    """A workbook of one sheet whose XML is written by hand."""
    whole = {
        "_rels/.rels": relations(("r1", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": (
            f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
            '<sheet name="台账" sheetId="1" r:id="r1"/></sheets></workbook>'
        ),
        "xl/_rels/workbook.xml.rels": relations(
            ("r1", "worksheet", "worksheets/sheet1.xml"),
            ("r2", "sharedStrings", "sharedStrings.xml"),
            ("r3", "styles", "/xl/styles.xml"),
        ),
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}">{sheet}</worksheet>',
        **{
            f"xl/{name}.xml": f'<{name} xmlns="{MAIN}">{part}</{name}>'
            for name, part in parts.items()
        },
        **(more or {}),
    }
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in whole.items():
            archive.writestr(name, part)
    return stream.getvalue()


def relations(*of: tuple[str, str, str]) -> str:
    listed = "".join(
        f'<Relationship Id="{id_}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for id_, kind, target in of
    )
    return f'<Relationships xmlns="{RELATIONS}">{listed}</Relationships>'


def cells(*told: str) -> str:
    return f"<sheetData>{''.join(told)}</sheetData>"


def rows(data: bytes) -> list[Row]:
    book = open_workbook(io.BytesIO(data))
    return [row for sheet in book.sheets for row in book.rows(sheet, lambda _: None)]


def values(data: bytes) -> list[dict[int, Any]]:
    return [{at: cell.value for at, cell in row.cells.items()} for row in rows(data)]


def refusal(data: bytes) -> str:
    """The kind of the refusal that a file gets, whose sentences can be said."""
    with pytest.raises(Refusal) as refused:
        assert is_workbook(data[:8])
        rows(data)
    (problem,) = refused.value.problems
    assert problem.sentence("zh-CN") and problem.sentence("en")
    return problem.code


# The same as another reader reads


TEXTS = st.text(
    st.characters(
        min_codepoint=32, exclude_categories=["Cs", "Cc", "Cn"], exclude_characters="\ufffe\uffff"
    ),
    min_size=1,
    max_size=12,
).filter(lambda text: text.strip() == text and text[0] != "=")
CELLS = st.one_of(
    st.none(),
    TEXTS,
    st.booleans(),
    st.integers(-(10**14), 10**14),
    st.decimals(-(10**6), 10**6, places=4).map(float),
    st.datetimes(datetime(1900, 3, 1), datetime(2099, 12, 31)).map(
        lambda m: m.replace(microsecond=0)
    ),
)


@given(st.lists(st.lists(CELLS, max_size=6), max_size=8))
@settings(max_examples=60)
def test_a_workbook_is_read_as_the_library_reads_it(grid: list[list[Any]]) -> None:
    book = Workbook()
    for number, row in enumerate(grid, 1):
        for at, value in enumerate(row, 1):
            cell = book.active.cell(number, at)
            cell.value = escape(value) if isinstance(value, str) else value
            if isinstance(value, str):
                cell.data_type = "s"
    data = saved(book)
    theirs = {
        (cell.row, cell.column): cell.value
        for row in loaded(data).active.iter_rows()
        for cell in row
        if cell.value is not None
    }
    ours = {(row.number, at): cell.value for row in rows(data) for at, cell in row.cells.items()}
    assert ours.keys() == theirs.keys()
    for place, value in ours.items():
        other = theirs[place]
        if isinstance(value, Decimal):
            assert value == Decimal(format(other, ".15g"))
        elif isinstance(other, str):
            # The library leaves the escapes of the format as they are.
            assert escape(value) == other
        else:
            assert value == other


# As other programs write


def test_a_workbook_that_libreoffice_saved_is_read() -> None:
    told = values((DATA / "libreoffice.xlsx").read_bytes())
    assert told == [
        {1: "申请台账号", 2: "发生日期", 3: "申请人类别", 4: "申请渠道", 5: "金额（万元）"},
        {1: "2020-0001", 2: datetime(2020, 3, 5), 3: "自然人", 4: "网络", 5: Decimal("179.8")},
        {1: "2020-0002", 2: datetime(2020, 3, 6), 3: "商业企业", 4: "当面", 5: Decimal("62.5")},
    ]


def test_a_csv_that_libreoffice_saved_for_an_older_office_is_read() -> None:
    data = (DATA / "libreoffice-gb18030.csv").read_bytes()
    book = open_csv(io.BytesIO(data), "台账.csv")
    told = [row.cells for row in book.rows(book.sheets[0], lambda _: None)]
    assert [cell.value for cell in told[1].values()] == [
        "2020-0001",
        "2020-03-05",
        "自然人",
        "网络",
        "179.8",
    ]


def test_an_old_workbook_is_named_as_such() -> None:
    assert refusal((DATA / "libreoffice.xls").read_bytes()) == "old-workbook"


def test_a_file_is_read_by_the_markup_of_wps() -> None:
    """Its own namespace, a size that is wrong, inline and rich text, dates that need no format."""
    data = package(
        '<sheetPr/><dimension ref="A1"/>'
        + cells(
            '<row r="2" spans="1:3" s="1" customFormat="1"><c r="A2" t="s"><v>0</v></c>'
            '<c r="B2" s="1"><v>43895</v></c><c r="D2" t="inlineStr"><is><t>网络</t></is></c>'
            '<c r="E2" s="2"/></row>',
            '<row r="9"><c r="C9"><v>0.1</v></c></row>',
        )
        + '<extLst><ext xmlns:etc="http://www.wps.cn/officeDocument/2017/etCustomData"><etc:f>x</etc:f>'
        "</ext></extLst>",
        sst="<si><r><t>自</t></r><r><t>然人</t></r><rPh><t>zi ran</t></rPh></si>",
        styles="<cellXfs><xf numFmtId='0'/><xf numFmtId='31'/><xf numFmtId='57'/></cellXfs>",
    )
    data = renamed(data, "xl/sst.xml", "xl/sharedStrings.xml")
    told = rows(data)
    assert [row.number for row in told] == [2, 9]
    first = told[0].cells
    assert {at: cell.value for at, cell in first.items()} == {
        1: "自然人",
        2: datetime(2020, 3, 5),
        4: "网络",
    }
    assert told[1].cells[3].value == Decimal("0.1")


def renamed(data: bytes, old: str, new: str) -> bytes:
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(result, "w", 8) as copy:
        for name in archive.namelist():
            copy.writestr(new if name == old else name, archive.read(name))
    return result.getvalue()


def test_cells_without_an_address_follow_one_another_and_prefixes_do_not_matter() -> None:
    sheet = (
        f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData><x:row><x:c><x:v>1</x:v></x:c>'
        '<x:c t="str"><x:v>二</x:v></x:c></x:row><x:row><x:c t="b"><x:v>1</x:v></x:c></x:row>'
        "</x:sheetData></x:worksheet>"
    )
    data = package(more={"xl/worksheets/sheet1.xml": sheet})
    assert values(data) == [{1: Decimal(1), 2: "二"}, {1: True}]


def test_text_that_the_format_escapes_is_shown_as_people_see_it() -> None:
    told = cells('<row><c t="inlineStr"><is><t>甲_x000D_乙_x005F_x0041_</t></is></c></row>')
    assert values(package(told)) == [{1: "甲\r乙_x0041_"}]


def test_what_lies_under_a_merged_range_is_not_seen() -> None:
    told = cells(
        '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row>',
        '<row r="2"><c r="A2"><v>3</v></c><c r="B2"><v>4</v></c></row>',
    )
    merged = told + '<mergeCells><mergeCell ref="A1:A2"/><mergeCell ref="B1:C1"/></mergeCells>'
    assert values(package(merged)) == [
        {1: Decimal(1), 2: Decimal(2), 3: Decimal(2)},
        {1: Decimal(1), 2: Decimal(4)},
    ]


@pytest.mark.parametrize(
    ("code", "day", "whole"),
    [
        ("yyyy-mm-dd", True, True),
        ('yyyy"年"m"月"d"日";@', True, True),
        ("[$-804]yyyy/m/d", True, True),
        ("[DBNum1][$-804]yyyy年m月d日", True, True),
        ("yyyy/m/d h:mm", True, True),
        ("e/m/d", True, True),
        ('m"月"d"日"', True, False),
        ("mmm-yy", True, False),
        ("yyyy", True, False),
        ("h:mm:ss", False, False),
        ("[h]:mm:ss", False, False),
        ("mm:ss", False, False),
        ("0.00E+00", False, False),
        ('#,##0.00"元"', False, False),
        ("General", False, False),
        ("G/通用格式", False, False),
        ("@", False, False),
        ('0"day"', False, False),
    ],
)
def test_a_number_is_a_day_if_its_format_shows_one(code: str, day: bool, whole: bool) -> None:
    assert (shows_day(code), day and shows_whole_date(code)) == (day, whole)


def test_the_day_that_never_was_is_no_day() -> None:
    assert moment(59, since_1904=False) == datetime(1900, 2, 28)
    assert moment(60, since_1904=False) is None
    assert moment(61, since_1904=False) == datetime(1900, 3, 1)
    assert moment(43895, since_1904=False) == datetime(2020, 3, 5)
    assert moment(42433, since_1904=True) == datetime(2020, 3, 5)
    assert moment(0.5, since_1904=False) is None
    assert moment(1e12, since_1904=False) is None


# As nobody should write


BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
ROW = '<row r="1"><c r="A1"><v>1</v></c></row>'
SHEET = "xl/worksheets/sheet1.xml"


def spoilt(part: str, content: str) -> bytes:
    return package(cells(ROW), more={part: content})


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (spoilt(SHEET, f"{BOMB}<worksheet>&b;</worksheet>"), "broken-file"),
        (spoilt("xl/workbook.xml", f"{BOMB}<workbook/>"), "broken-file"),
        (spoilt("xl/styles.xml", f"{BOMB}<styleSheet/>"), "broken-file"),
        (spoilt("xl/sharedStrings.xml", f"{BOMB}<sst/>"), "broken-file"),
        (spoilt("_rels/.rels", f"{BOMB}<Relationships/>"), "broken-file"),
        (spoilt(SHEET, '<!DOCTYPE x SYSTEM "file:///etc/passwd"><worksheet/>'), "broken-file"),
        (spoilt(SHEET, "<worksheet><sheetData><row>"), "broken-file"),
        (spoilt(SHEET, ""), "broken-file"),
        (spoilt(SHEET, "<worksheet>\x00</worksheet>"), "broken-file"),
        (spoilt(SHEET, '<?xml version="1.0" encoding="klingon"?><worksheet/>'), "broken-file"),
        (spoilt(SHEET, "<a>" * 10_000), "broken-file"),
        (spoilt(SHEET, f"<worksheet a='{'x' * 3_000_000}'/>"), "broken-file"),
        (package(cells('<row r="2"/><row r="1"/>')), "broken-file"),
        (package(cells('<row r="1048577"/>')), "broken-file"),
        (package(cells('<row r="99999999999999999999"/>')), "broken-file"),
        (package(cells('<row r="-1"/>')), "broken-file"),
        (package(cells('<row r="1"><c r="B1"/><c r="A1"/></row>')), "broken-file"),
        (package(cells('<row r="1"><c r="A1"/><c r="A1"/></row>')), "broken-file"),
        (package(cells('<row r="1"><c r="A2"/></row>')), "broken-file"),
        (package(cells('<row r="1"><c r="XFE1"/></row>')), "broken-file"),
        (package(cells('<row r="1"><c r="ZZZZZZ1"/></row>')), "broken-file"),
        (package(cells('<row r="1"><c r="１"/></row>')), "broken-file"),
        (package(cells('<row r="1"><c r="A1"><v>1e999</v></c></row>')), "broken-file"),
        (package(cells('<row r="1"><c r="A1"><v>nan</v></c></row>')), "broken-file"),
        (package(cells('<row r="1"><c r="A1"><v>一</v></c></row>')), "broken-file"),
        (package(cells('<row r="1"><c r="A1" t="s"><v>7</v></c></row>')), "broken-file"),
        (package(cells('<row r="1"><c r="A1" t="s"><v>-1</v></c></row>')), "broken-file"),
        (package(cells('<row r="1"><c r="A1" t="?"><v>7</v></c></row>')), "broken-file"),
        (
            package(cells(f'<row r="1"><c r="A1" t="str"><v>{"x" * 40_000}</v></c></row>')),
            "broken-file",
        ),
        (
            package(
                f'{cells(ROW)}<mergeCells><mergeCell ref="A1"/><mergeCell ref="?"/></mergeCells>'
            ),
            "broken-file",
        ),
        (
            package(
                f"{cells(ROW)}<mergeCells>" + '<mergeCell ref="A1:XFD9"/>' * 20 + "</mergeCells>"
            ),
            "broken-file",
        ),
        (spoilt("xl/workbook.xml", "<workbook/>"), "not-a-workbook"),
        (
            spoilt("_rels/.rels", relations(("r1", "officeDocument", "word/document.xml"))),
            "broken-file",
        ),
        (
            spoilt("_rels/.rels", relations(("r1", "officeDocument", "../../etc/passwd"))),
            "broken-file",
        ),
        (spoilt("_rels/.rels", relations()), "not-a-workbook"),
        (b"PK\x03\x04" + b"\0" * 100, "broken-file"),
        (b"PK", "broken-file"),
        (package(cells(ROW))[:-40], "broken-file"),
        (package(cells(ROW))[:200] + package(cells(ROW))[260:], "broken-file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old-workbook"),
    ],
    ids=range(40),
)
def test_a_broken_or_hostile_workbook_gets_a_sentence(data: bytes, code: str) -> None:
    assert refusal(data) == code


def test_a_workbook_with_a_password_says_so() -> None:
    data = bytearray(package(cells(ROW)))
    for at in range(len(data) - 4):
        if data[at : at + 4] in (b"PK\x03\x04", b"PK\x01\x02"):
            data[at + (6 if data[at + 2] == 3 else 8)] |= 1
    assert refusal(bytes(data)) == "locked-file"


def test_a_package_of_very_many_parts_is_not_listed() -> None:
    assert refusal(package(more={f"x/{n}": "" for n in range(5_001)})) == "too-many-members"


def test_a_table_of_contents_that_is_too_large_is_not_even_read() -> None:
    data = bytearray(package())
    at = data.rfind(b"PK\x05\x06")
    data[at + 12 : at + 16] = struct.pack("<I", 50 * 1024**2)
    assert refusal(bytes(data)) == "too-many-members"


def test_sheets_beyond_number_and_sheets_that_share_a_part_are_refused() -> None:
    def workbook(*ids: str) -> str:
        listed = "".join(f'<sheet name="{n}" r:id="{id_}"/>' for n, id_ in enumerate(ids))
        return f'<workbook xmlns:r="{OFFICE}"><sheets>{listed}</sheets></workbook>'

    assert refusal(spoilt("xl/workbook.xml", workbook("r1", "r1"))) == "broken-file"
    assert refusal(spoilt("xl/workbook.xml", workbook(*["r1"] * 256))) == "too-many-sheets"


def test_macros_and_links_are_named_and_never_followed() -> None:
    more = {"xl/vbaProject.bin": "", "xl/externalLinks/externalLink1.xml": "<x/>"}
    book = open_workbook(io.BytesIO(package(cells(ROW), more=more)))
    assert [remark.code for remark in book.remarks] == ["macros-not-run", "links-not-followed"]
    assert len(list(book.rows(book.sheets[0], lambda _: None))) == 1


def test_a_zip_bomb_is_refused_by_what_it_says_of_itself() -> None:
    data = bytearray(package(cells(ROW)))
    at = data.rfind(b"xl/worksheets/sheet1.xml") - 46
    assert data[at : at + 4] == b"PK\x01\x02"
    data[at + 24 : at + 28] = struct.pack("<I", 2 * 1024**3)
    assert refusal(bytes(data)) == "unpacks-too-large"


def test_a_zip_bomb_that_says_it_is_small_is_read_no_further_than_it_says() -> None:
    data = bytearray(package(cells(*[f'<row r="{n}"/>' for n in range(1, 5000)])))
    at = data.rfind(b"xl/worksheets/sheet1.xml") - 46
    data[at + 24 : at + 28] = struct.pack("<I", 1000)
    assert refusal(bytes(data)) == "broken-file"


@pytest.mark.slow
@pytest.mark.parametrize(
    "content",
    [
        '<row><c t="inlineStr"><is><t>x</t></is></c></row>',
        "<row/>",
        "<row>" + "<c/>" * 1000 + "</row>",
        "<a/>",
    ],
    ids=["rows", "empty rows", "empty cells", "junk"],
)
def test_a_sheet_of_many_megabytes_costs_little_memory(tmp_path: Path, content: str) -> None:
    path = tmp_path / "bomb.xlsx"
    path.write_bytes(package(cells(content * (20 * 1024**2 // len(content)))))
    script = (
        "import sys, resource\n"
        "from ledger.rooms.sheets import open_workbook\n"
        "from ledger.words.problems import Refusal\n"
        "resource.setrlimit(resource.RLIMIT_AS, (200 * 1024**2,) * 2)\n"
        "book = open_workbook(open(sys.argv[1], 'rb'))\n"
        "try:\n"
        "    print(sum(1 for _ in book.rows(book.sheets[0], lambda _: None)))\n"
        "except Refusal as refusal:\n"
        "    print(refusal)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, path], capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip()


# CSV


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"a,b\n\0\0", "not-a-table"),
        ("编号,日期\n".encode("utf-16")[:-1], "broken-text"),
        (b"\xff\xff\xff\xff", "broken-text"),
        (b'a,"b\n' * 3, "broken-csv"),
        (b"a" * 2_000_000, "broken-csv"),
        (("x" * 40_000).encode(), "broken-csv"),
        (b",x" * 20_000, "broken-csv"),
        (b"\n" * 1_100_000, "too-many-lines"),
    ],
    ids=["binary", "cut off", "no text", "quotes", "one line", "one field", "columns", "blanks"],
)
def test_what_is_no_csv_gets_a_sentence(data: bytes, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        book = open_csv(io.BytesIO(data), "x.csv")
        list(book.rows(book.sheets[0], lambda _: None))
    assert refused.value.problems[0].code == code


@given(
    st.lists(
        st.lists(
            st.text(st.characters(codec="gb18030", exclude_characters="\0"), max_size=8), max_size=5
        ),
        max_size=6,
    ),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
@settings(max_examples=60)
def test_csv_is_read_as_it_was_written(grid: list[list[str]], encoding: str) -> None:
    stream = io.StringIO(newline="")
    csv.writer(stream).writerows([["列一", "列二", "列三"], *grid])
    data = stream.getvalue().encode(encoding)
    book = open_csv(io.BytesIO(data), "x.csv")
    told = {
        (row.number, at): cell.value
        for row in book.rows(book.sheets[0], lambda _: None)
        for at, cell in row.cells.items()
    }
    expected = {
        (number, at): text
        for number, row in enumerate([["列一", "列二", "列三"], *grid], 1)
        for at, text in enumerate(row, 1)
        if text.strip()
    }
    assert told == expected
