"""Files of published reports checked from the command line: shown, and as xlsx, HTML and JSON."""

import io
import json
from pathlib import Path

import pytest
from lxml import html
from openpyxl import load_workbook

from made_reports import made
from test_command_line import Ledger, runs
from test_judging import CITY_CELLS, NEW, OLD, SOUND

pytestmark = pytest.mark.slow  # each command is a process of its own


@pytest.fixture
def ledger(sqlite_url: str, tmp_path: Path) -> Ledger:
    return runs(sqlite_url, tmp_path)


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    """A sound report, one whose prose differs from its table, and one of the wrong form."""
    pages = {
        "city.html": made(NEW, CITY_CELLS, "各项工作按要求开展。", organ="示例市人民政府"),
        "bureau.html": made(
            NEW, SOUND[NEW.id], "我局新收政府信息公开申请3510件。", organ="示例市教育局"
        ),
        "centre.html": made(OLD, SOUND[OLD.id], "各项工作按要求开展。", organ="示例市交易中心"),
    }
    for name, page in pages.items():
        (tmp_path / name).write_bytes(page)
    return list(pages)


def test_a_sound_report_ends_well_without_a_ledger(ledger: Ledger, files: list[str]) -> None:
    done = ledger("check", "city.html")
    assert done.returncode == 0, done.stderr
    assert "没有发现问题" in done.stdout
    assert "示例市人民政府2023年政府信息公开工作年度报告" in done.stdout


def test_findings_are_shown_in_both_languages(ledger: Ledger, files: list[str]) -> None:
    chinese, english = (
        ledger("check", "bureau.html"),
        ledger("--lang", "en", "check", "bureau.html"),
    )
    assert chinese.returncode == english.returncode == 1
    assert "正文写“3510件”，表中“一、本年新收政府信息公开申请数量”为 3511。" in chinese.stdout
    assert "The text says “3510件”; the table has 3511" in english.stdout
    assert "1 errors, 0 warnings." in english.stdout


def test_several_reports_give_a_table_of_organs(ledger: Ledger, files: list[str]) -> None:
    done = ledger("check", *files)
    assert done.returncode == 1
    rows = [line.split("\t") for line in done.stdout.splitlines()]
    counts = {row[0]: row[4:6] for row in rows if row[-1] in files}
    assert counts == {
        "示例市人民政府": ["0", "0"],
        "示例市教育局": ["1", "0"],
        "示例市交易中心": ["1", "0"],
    }


def test_the_json_document_has_every_finding(ledger: Ledger, files: list[str]) -> None:
    done = ledger("check", *files, "--format", "json")
    document = json.loads(done.stdout)
    assert [report["file"] for report in document["reports"]] == files
    assert (document["errors"], document["warnings"]) == (2, 0)
    (finding,) = document["reports"][1]["findings"]
    assert finding["rule"] == "prose.table"
    assert finding["found"]["en"] == "3510件" and finding["expected"]["en"] == "3511"
    assert finding["at"]["sentence"] == "我局新收政府信息公开申请3510件。"
    assert finding["at"]["cells"] == ["applications/new/total"]
    assert finding["message"].keys() == finding["source"].keys() == {"zh-CN", "en"}


def test_the_workbook_has_a_sheet_of_organs_and_one_of_findings(
    ledger: Ledger, files: list[str], tmp_path: Path
) -> None:
    done = ledger("check", *files, "--output", "findings.xlsx")
    assert (done.returncode, done.stdout) == (1, "")
    book = load_workbook(io.BytesIO((tmp_path / "findings.xlsx").read_bytes()))
    about, organs, findings = book.worksheets
    assert [row[1].value for row in about.iter_rows()] == [2, 0]
    assert [row[0].value for row in organs.iter_rows(min_row=2)] == [
        "示例市人民政府",
        "示例市教育局",
        "示例市交易中心",
    ]
    assert [row[4].value for row in organs.iter_rows(min_row=2)] == [0, 1, 1]
    told = list(findings.iter_rows(min_row=2, values_only=True))
    assert told[0][0] == "示例市教育局" and told[0][4:6] == ("3510件", "3511")
    assert findings.auto_filter.ref == "A1:K3"


def test_the_page_links_each_organ_to_its_findings(
    ledger: Ledger, files: list[str], tmp_path: Path
) -> None:
    ledger("--lang", "en", "check", *files, "--output", "findings.html")
    page = html.fromstring((tmp_path / "findings.html").read_text(encoding="utf-8"))
    links = {link.text: link.get("href") for link in page.iter("a")}
    assert list(links) == ["示例市人民政府", "示例市教育局", "示例市交易中心"]
    assert {heading.get("id") for heading in page.iter("h2")} == {
        target.removeprefix("#") for target in links.values()
    }
    assert page.get("lang") == "en"
    assert len(page.xpath("//td[@class='error']")) == 2


def test_last_years_report_stands_beside_it(
    ledger: Ledger, files: list[str], tmp_path: Path
) -> None:
    before = dict.fromkeys(SOUND[NEW.id], "0")
    page = made(NEW, before, "各项工作按要求开展。", organ="示例市教育局", year=2022)
    (tmp_path / "before.html").write_bytes(page)
    done = ledger("check", "bureau.html", "--last-year", "before.html", "--format", "json")
    (report,) = json.loads(done.stdout)["reports"]
    assert report["last_year"]["file"] == "before.html"
    assert {finding["rule"] for finding in report["findings"]} >= {"applications.carry-over"}
    stray = ledger("--lang", "en", "check", "city.html", "--last-year", "before.html")
    assert stray.returncode == 1
    assert "before.html is the report of 示例市教育局" in stray.stderr


def test_a_file_that_cannot_be_read_does_not_hide_the_others(
    ledger: Ledger, files: list[str], tmp_path: Path
) -> None:
    (tmp_path / "scan.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    done = ledger("check", "scan.png", "city.html")
    assert done.returncode == 1
    assert done.stderr.startswith("scan.png: ")
    assert "没有发现问题" in done.stdout
    document = json.loads(ledger("check", "scan.png", "city.html", "--format", "json").stdout)
    assert len(document["reports"]) == len(document["problems"]) == 1


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["nowhere.docx"], "There is no file nowhere.docx, nor is it a period"),
        (["city.html", "--organ", "office"], "--organ only goes with a period"),
        (["2020", "--last-year", "city.html"], "--last-year only goes with files"),
        (["2020", "--format", "html"], "--format html only goes with files"),
        (["city.html", "--format", "xlsx"], "xlsx cannot be shown on a screen"),
        (["city.html", "--output", "no/such/folder.html"], "cannot be written"),
    ],
)
def test_a_command_that_makes_no_sense_says_so(
    ledger: Ledger, files: list[str], words: list[str], sentence: str
) -> None:
    done = ledger("--lang", "en", "check", *words)
    assert done.returncode == 1
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr
