"""Files that are broken, huge or meant to harm: a sentence, within bounded time and memory."""

from __future__ import annotations

import io
import resource
import time
import zipfile
import zlib
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

import offices
from ledger.rooms import packages
from ledger.rooms.files import limits, read_file
from ledger.verbs.opening import House
from ledger.verbs.published import read_published
from ledger.words.problems import Refusal

EDITIONS = House().editions
FORM = EDITIONS["cn-annual-report-2021"]
TOLD = offices.parts(FORM, dict.fromkeys(FORM.figures, "7"), "示例局", 2022, offices.STYLES[0])
DOCX = offices.as_docx(TOLD)
XLSX = offices.as_xlsx(TOLD)
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    f'<Override PartName="/word/document.xml" ContentType="{MAIN}"/></Types>'
)
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def package(document: bytes) -> bytes:
    """A docx of this document part alone."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        archive.writestr("word/document.xml", document)
    return stream.getvalue()


def with_part(data: bytes, name: str, content: bytes) -> bytes:
    """A package with one part put in place of another."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
        for member in old.namelist():
            if member != name:
                new.writestr(member, old.read(member))
        new.writestr(name, content)
    return stream.getvalue()


def refused(data: bytes) -> str:
    """The code of the problem for which a file is refused, in every language a sentence."""
    with pytest.raises(Refusal) as caught:
        read_published("file", data, EDITIONS)
    (problem,) = caught.value.problems
    assert all(problem.sentence(language) for language in ("zh-CN", "en"))
    return problem.code


@pytest.fixture(autouse=True)
def bounded() -> Iterator[None]:
    """Each of these takes seconds at most, and little memory."""
    began, before = time.monotonic(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    yield
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert time.monotonic() - began < 60
    assert after - before < 1024**2  # KiB: one GiB


def test_a_zip_bomb_is_not_unpacked() -> None:
    assert refused(package(b" " * (limits.UNPACKED_BYTES + 1))) == "unpacks-too-large"


def test_a_package_of_very_many_parts_is_not_opened() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for number in range(packages.MEMBERS + 1):
            archive.writestr(str(number), "")
    assert refused(stream.getvalue()) == "too-many-members"


def test_a_compression_that_asks_for_memory_as_it_likes_is_refused() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
    assert refused(stream.getvalue()) == "broken-file"


def test_entities_are_not_expanded() -> None:
    levels = "".join(
        f'<!ENTITY e{n} "{"&e" + str(n - 1) + ";" if n else "ha"}{"&e0;" * 9 if n else ""}">'
        for n in range(9)
    )
    bomb = f'<?xml version="1.0"?><!DOCTYPE d [{levels}]><d>&e8;</d>'.encode()
    assert refused(package(bomb)) == "broken-file"
    assert refused(with_part(XLSX, "xl/sharedStrings.xml", bomb)) == "broken-file"
    page = f"<!DOCTYPE html [{levels}]><html><body><p>&e8;</p></body></html>".encode()
    assert read_published("page", page, EDITIONS).cells == {}


def test_files_outside_are_not_read() -> None:
    page = b'<html><body><img src="file:///etc/passwd"><p>1</p></body></html>'
    assert read_published("page", page, EDITIONS).cells == {}
    document = b'<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><d>&x;</d>'
    assert refused(package(document)) == "broken-file"


@pytest.mark.parametrize("tag", ["sdt", "tbl"])
def test_deep_nesting_is_refused(tag: str) -> None:
    deep = 5_000
    inside = (f"<w:{tag}>" * deep) + (f"</w:{tag}>" * deep)
    document = f'<w:document xmlns:w="{W}"><w:body>{inside}</w:body></w:document>'.encode()
    assert refused(package(document)) in ("too-deep", "broken-file")


def test_a_page_nested_deeply_is_refused_or_read() -> None:
    page = b"<html><body>" + b"<div>" * 50_000 + b"7" + b"</div>" * 50_000
    assert refused(page) in ("too-deep", "broken-file")
    tables = b"<table><tr><td>" * 1_000
    assert refused(b"<html><body>" + tables) in ("too-deep", "broken-file")


def test_a_huge_sheet_is_refused() -> None:
    book = Workbook()
    book.active["XFD1048576"] = 1
    stream = io.BytesIO()
    book.save(stream)
    assert refused(stream.getvalue()) == "too-many-cells"


def test_cells_that_claim_to_span_everything_are_bounded() -> None:
    cell = b'<td rowspan="65534" colspan="1000000">1</td>'
    assert refused(b"<table>" + (b"<tr>" + cell * 50 + b"</tr>") * 500 + b"</table>") == (
        "too-many-cells"
    )
    spans = '<w:tc><w:tcPr><w:gridSpan w:val="999999"/></w:tcPr><w:p/></w:tc>' * 2
    rows = f"<w:tr>{spans}</w:tr>" * 2_000
    document = f'<w:document xmlns:w="{W}"><w:body><w:tbl>{rows}</w:tbl></w:body></w:document>'
    assert refused(package(document.encode())) == "too-many-cells"


def sheet_of(content: str) -> bytes:
    """A workbook whose sheet holds this markup."""
    stream = io.BytesIO()
    Workbook().save(stream)
    name = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    sheet = f'<worksheet xmlns="{name}">{content}</worksheet>'.encode()
    return with_part(stream.getvalue(), "xl/worksheets/sheet1.xml", sheet)


@pytest.mark.parametrize(("content", "code"), [
    ("<sheetData>" + ("<row>" + "<c/>" * 1000 + "</row>") * 6_000 + "</sheetData>",
     "too-many-elements"),
    ('<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>'
     '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>', "too-many-cells"),
    ('<sheetData/><mergeCells><mergeCell ref="here"/></mergeCells>', "broken-file"),
])  # fmt: skip
def test_a_sheet_that_would_fill_the_memory_is_refused_before_it_is_loaded(
    content: str, code: str
) -> None:
    assert refused(sheet_of(content)) == code


def test_sheets_are_bounded_together_and_not_one_by_one() -> None:
    book = Workbook()
    for _ in range(3):
        book.create_sheet()["CV900"] = 1
    stream = io.BytesIO()
    book.save(stream)
    assert refused(stream.getvalue()) == "too-many-cells"


def test_a_document_of_millions_of_runs_is_refused_before_it_is_loaded() -> None:
    runs = "<w:r><w:t>7</w:t></w:r>" * 1_000_000
    document = f'<w:document xmlns:w="{W}"><w:body><w:p>{runs}</w:p></w:body></w:document>'
    assert refused(package(document.encode())) == "too-many-elements"


def test_a_text_longer_than_any_report_is_refused() -> None:
    assert refused("一".encode() * (limits.CHARACTERS + 1)) == "too-much-text"
    page = "<html><table><tr><td>1</td><td>" + "7件，" * 200_000 + "</td></tr></table></html>"
    assert refused(page.encode()) == "too-much-text"


def test_a_span_of_thousands_of_digits_is_bounded() -> None:
    cells = f'<w:tc><w:tcPr><w:gridSpan w:val="{"9" * 9000}"/></w:tcPr><w:p/></w:tc>' * 2
    document = f'<w:document xmlns:w="{W}"><w:body><w:tbl><w:tr>{cells}</w:tr></w:tbl></w:body>'
    read = read_published("x", package(f"{document}</w:document>".encode()), EDITIONS)
    assert read.cells == {}


def test_a_formula_that_was_never_calculated_is_no_blank() -> None:
    book = Workbook()
    for row in (("信息内容", "本年处理决定数量"), ("行政许可", "=SUM(C1:C9)")):
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    cell = read_published("x", stream.getvalue(), EDITIONS).cells["services/licence/decisions"]
    assert (cell.kind, cell.text, cell.value) == ("other", "=SUM(C1:C9)", None)


def test_hidden_rows_columns_and_sheets_are_not_printed() -> None:
    book = Workbook()
    sheet = book.active
    for row in (("信息内容", "x", "本年处理决定数量"), ("行政许可", "", 5), ("行政许可", "", 6)):
        sheet.append(row)
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["B"].hidden = True
    other = book.create_sheet("旧")
    for row in (("信息内容", "本年处理决定数量"), ("行政许可", 99)):
        other.append(row)
    other.sheet_state = "hidden"
    stream = io.BytesIO()
    book.save(stream)
    read = read_published("x", stream.getvalue(), EDITIONS)
    assert {a: c.text for a, c in read.cells.items()} == {"services/licence/decisions": "5"}


def test_text_that_was_deleted_or_hidden_in_word_is_not_read() -> None:
    row = """<w:tr><w:tc><w:p><w:r><w:t>行政许可</w:t></w:r></w:p></w:tc><w:tc><w:p>
    <w:del><w:r><w:delText>7</w:delText></w:r></w:del><w:ins><w:r><w:t>8</w:t></w:r></w:ins>
    <w:r><w:rPr><w:vanish/></w:rPr><w:t>9</w:t></w:r></w:p></w:tc></w:tr>"""
    head = """<w:tr><w:tc><w:p><w:r><w:t>信息内容</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r>
    <w:t>本年处理决定数量</w:t></w:r></w:p></w:tc></w:tr>"""
    document = f'<w:document xmlns:w="{W}"><w:body><w:tbl>{head}{row}</w:tbl></w:body></w:document>'
    read = read_published("x", package(document.encode()), EDITIONS)
    assert read.cells["services/licence/decisions"].text == "8"


@pytest.mark.parametrize(("data", "code"), [
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old-office-file"),
    (b"{\\rtf1\\ansi 1}", "old-office-file"),
    (b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "picture-file"),
    (b"PK\x03\x04" + b"\0" * 40, "broken-file"),
    (DOCX[: len(DOCX) // 2], "broken-file"),
    (with_part(DOCX, "word/document.xml", b"<w:document"), "broken-file"),
    (with_part(DOCX, "[Content_Types].xml", b"<Types/>"), "unknown-file"),
    (b"%PDF-1.7\n" + b"\xff" * 500, "broken-file"),
    (b"\0\1\2\3" * 50, "unknown-file"),
    (b"1" * (limits.TEXT_BYTES + 1), "file-too-large"),
])  # fmt: skip
def test_what_cannot_be_read_is_said_in_a_sentence(data: bytes, code: str) -> None:
    assert refused(data) == code


@pytest.mark.slow
def test_a_pdf_that_unpacks_to_gigabytes_is_stopped() -> None:
    squeeze = zlib.compressobj(9)
    piece = b"BT /F1 12 Tf (7) Tj ET\n" * 100_000
    content = b"".join(squeeze.compress(piece) for _ in range(1_500)) + squeeze.flush()
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 100 100]/Contents 4 0 R>>",
        b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(content), content),
    ]
    body, places = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj%sendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"xref\n0 5\n0000000000 65535 f \n%strailer<</Size 5/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF"
    bomb = body + end % (table, len(body))
    assert len(bomb) < limits.FILE_BYTES
    assert refused(bomb) in ("too-costly", "no-text", "broken-file")


@settings(max_examples=60)
@given(st.binary(max_size=400))
def test_no_bytes_whatever_make_it_fail(data: bytes) -> None:
    try:
        read_file(data)
    except Refusal as refusal:
        assert refusal.problems[0].sentence("en")


@pytest.mark.parametrize("data", [DOCX, XLSX, offices.as_html(TOLD)], ids=["docx", "xlsx", "html"])
@settings(max_examples=60)
@given(st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), min_size=1, max_size=20))
def test_a_damaged_file_is_refused_or_read(data: bytes, hits: list[tuple[float, int]]) -> None:
    damaged = bytearray(data)
    for at, value in hits:
        damaged[min(int(at * len(damaged)), len(damaged) - 1)] = value
    try:
        read_published("x", bytes(damaged), EDITIONS)
    except Refusal as refusal:
        assert refusal.problems[0].sentence("zh-CN")
