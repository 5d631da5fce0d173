"""The command line as a clerk, an auditor and a program use it."""

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.slow  # each command is a process of its own

LEDGER = Path(__file__).parents[1] / ".venv/bin/ledger"

Ledger = Callable[..., subprocess.CompletedProcess[str]]

REGISTERED = {
    "type": "organ.registered",
    "organ": "office",
    "subject": "organ:office",
    "occurred_on": "2019-01-01",
    "data": {"name": "示例机关"},
}
RECEIVED = {
    "type": "application.received",
    "organ": "office",
    "subject": "application:1",
    "occurred_on": "2020-12-21",
    "data": {"applicant": "natural-person", "channel": "online"},
}
DECIDED = {
    "type": "application.decided",
    "organ": "office",
    "subject": "application:1",
    "occurred_on": "2021-01-11",
    "data": {"outcome": "granted"},
}


def runs(database: str, folder: Path) -> Ledger:
    environment = {name: value for name, value in os.environ.items() if "LEDGER" not in name}

    def ledger(*arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [LEDGER, "--database", database, *arguments],
            cwd=folder,
            env=environment | {"LEDGER_RECORDED_BY": "clerk"},
            input=stdin,
            capture_output=True,
            text=True,
        )

    return ledger


@pytest.fixture
def ledger(sqlite_url: str, tmp_path: Path) -> Ledger:
    return runs(sqlite_url, tmp_path)


def lines(*events: dict[str, Any]) -> str:
    return "".join(json.dumps(event, ensure_ascii=False) + "\n" for event in events)


def test_the_demo_shows_the_published_year_on_every_database(
    database_url: str, tmp_path: Path
) -> None:
    ledger = runs(database_url, tmp_path)
    shown = ledger("demo")
    assert shown.returncode == 0, shown.stderr
    assert "政府集中采购\t4\t179.8 万元" in shown.stdout
    assert "演示编写" in shown.stdout
    report = json.loads(ledger("report", "2020", "--format", "json").stdout)
    cells = {
        cell["address"]: cell["value"]
        for table in report["tables"]
        for row in table["rows"]
        for cell in row["cells"]
    }
    told = {address: value for address, value in cells.items() if value}
    assert told == {
        "summary/published/total": 70,
        "summary/published-official/total": 10,
        "summary/published-other/total": 60,
        "procurement/centralised/projects": 4,
        "procurement/centralised/amount": 179.8,
    }
    assert len(cells) > 200
    again = ledger("demo")
    assert again.returncode == 0
    assert again.stdout == shown.stdout


def test_the_demo_leaves_a_ledger_with_other_events_alone(ledger: Ledger) -> None:
    ledger("import", "-", stdin=lines(REGISTERED))
    refused = ledger("demo")
    assert refused.returncode == 1
    assert "只写入空的台账" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_a_trace_sums_to_its_figure_and_names_its_events(ledger: Ledger) -> None:
    ledger("demo")
    told = json.loads(
        ledger("trace", "2020", "procurement/centralised/amount", "--format", "json").stdout
    )
    assert told["figure"]["value"] == 179.8
    assert told["figure"]["unit"] == "万元"
    assert [fact["quantity"] for fact in told["facts"]] == [62.5, 48.3, 39, 30]
    assert round(sum(fact["quantity"] for fact in told["facts"]), 4) == 179.8
    assert {event["position"] for event in told["events"]} == {
        at for fact in told["facts"] for at in fact["evidence"]
    }
    assert told["label"]["zh-CN"].endswith("采购总金额")
    assert any("第二十条" in source["zh-CN"] for source in told["source"])


def test_an_import_with_a_bad_line_records_nothing_and_names_every_bad_line(
    ledger: Ledger,
) -> None:
    text = lines(REGISTERED, RECEIVED) + "{oops\n" + lines(DECIDED | {"data": {"outcome": "yes"}})
    refused = ledger("--lang", "en", "import", "-", stdin=text)
    assert refused.returncode == 1
    assert "line 3: This is not valid JSON" in refused.stderr
    assert "line 4 /data/outcome: yes is not a known code" in refused.stderr
    assert "Nothing was recorded" in refused.stdout
    assert ledger("organs").stdout.count("office") == 0
    told = json.loads(ledger("import", "-", "--format", "json", stdin=text).stdout)
    assert [problem["line"] for problem in told["problems"]] == [3, 4]
    assert told["recorded"] == 0


def test_the_valid_lines_are_recorded_when_asked_and_both_lists_are_shown(ledger: Ledger) -> None:
    text = lines(REGISTERED, RECEIVED, DECIDED | {"subject": "application:2"}, DECIDED)
    done = ledger("--lang", "en", "import", "-", "--valid-lines", stdin=text)
    assert done.returncode == 1
    assert "3 events recorded" in done.stdout
    assert "application:2 has no Application received" in done.stderr


def test_importing_a_file_twice_records_it_once(ledger: Ledger) -> None:
    text = lines(REGISTERED, RECEIVED, DECIDED)
    first = json.loads(ledger("import", "-", "--format", "json", stdin=text).stdout)
    again = json.loads(ledger("import", "-", "--format", "json", stdin=text).stdout)
    assert (first["recorded"], first["again"]) == (3, 0)
    assert (again["recorded"], again["again"]) == (0, 3)


def test_an_import_in_parts_is_taken_up_again_where_it_stopped(ledger: Ledger) -> None:
    many = [RECEIVED | {"subject": f"application:{n}"} for n in range(1500)]
    wrong = [REGISTERED, *many, RECEIVED | {"occurred_on": "2020-02-30"}]
    stopped = ledger("--lang", "en", "import", "-", "--in-parts", stdin=lines(*wrong))
    assert stopped.returncode == 1
    assert "1000 events recorded" in stopped.stdout
    assert "before line 1001 are recorded" in stopped.stderr
    mended = ledger("--lang", "en", "import", "-", "--in-parts", stdin=lines(REGISTERED, *many))
    assert "501 events recorded; 1000 were recorded before" in mended.stdout
    assert ledger("verify").returncode == 0


def test_recording_an_id_twice_is_answered_with_the_first_result(ledger: Ledger) -> None:
    ledger("import", "-", stdin=lines(REGISTERED))
    words = ["application.received", "application:1", "--organ", "office", "--on", "2020-12-21"]
    words += ["--id", "r-1", "applicant=natural-person", "channel=online", "--format", "json"]
    first, again = (json.loads(ledger("record", *words).stdout)["events"][0] for _ in range(2))
    assert (first.pop("again"), again.pop("again")) == (False, True)
    assert first == again
    words[words.index("channel=online")] = "channel=fax"
    other = ledger("record", *words)
    assert other.returncode == 1
    assert "r-1" in json.loads(other.stdout)["problems"][0]["message"]["en"]


def test_a_correction_changes_what_is_known_now_and_not_what_was_known_then(
    ledger: Ledger,
) -> None:
    ledger("import", "-", stdin=lines(REGISTERED, RECEIVED | {"id": "r-1"}, DECIDED))
    words = ["application:1", "--organ", "office", "--on", "2021-02-01", "event=r-1"]
    words += ["reason=wrong-code", "data.applicant=commercial-enterprise"]
    assert ledger("record", "event.corrected", *words).returncode == 0

    def received(kind: str, *more: str) -> Any:
        address = f"applications/new/{kind}"
        told = json.loads(ledger("trace", "2020", address, "--format", "json", *more).stdout)
        return told["figure"]["value"]

    assert received("commercial-enterprise") == 1
    assert received("natural-person") == 0
    assert received("commercial-enterprise", "--as-at", "3") == 0
    assert received("natural-person", "--as-at", "3") == 1
    assert received("natural-person", "--as-at", "2000-01-01") == 0
    told = ledger("--lang", "en", "explain", "r-1")
    assert "Corrected or voided by" in told.stdout
    assert "applications/new/commercial-enterprise" in told.stdout


def test_explain_and_trace_tell_of_the_same_cells(ledger: Ledger) -> None:
    ledger("import", "-", stdin=lines(REGISTERED, RECEIVED, DECIDED | {"id": "d-1"}))
    told = json.loads(ledger("explain", "d-1", "--format", "json").stdout)
    assert told["feeds"]
    for fed in told["feeds"]:
        trace = json.loads(
            ledger("trace", str(fed["year"]), fed["address"], "--format", "json").stdout
        )
        assert told["event"]["position"] in {event["position"] for event in trace["events"]}
        assert trace["figure"]["value"] == fed["quantity"]


def test_a_new_form_is_a_folder_of_data_and_no_python(ledger: Ledger, tmp_path: Path) -> None:
    ledger("import", "-", stdin=lines(REGISTERED, RECEIVED, DECIDED))
    both = {"zh-CN": "渠道", "en": "Channels"}
    form = tmp_path / "forms" / "channels-2020"
    (form / "tables").mkdir(parents=True)
    online = {"measure": "flow", "where": {"state": "application.pending", "channel": "online"}}
    online["where"]["entry"] = "received"
    table = {
        "id": "channels",
        "number": "1",
        "label": both,
        "kind": "table",
        "columns": [{"id": "count", "label": both}],
        "rows": [
            {
                "id": "online",
                "number": "1",
                "label": both,
                "unit": "件",
                "terms": [online],
                "source": both,
            }
        ],
        "constraints": [],
    }
    edition = {
        "$schema": "edition.v1.json",
        "id": "channels-2020",
        "scope": "local",
        "label": both,
        "title": {"zh-CN": "{organ}{year}", "en": "{organ} {year}"},
        "source": both,
        "period": "year",
        "years": {"from": 2020},
        "sections": [{"number": "一", "id": "all", "label": both, "tables": ["channels"]}],
        "constraints": [],
    }
    (form / "edition.json").write_text(json.dumps(edition), encoding="utf-8")
    (form / "tables" / "channels.json").write_text(json.dumps(table), encoding="utf-8")
    words = ["--projections", str(tmp_path / "forms"), "--edition", "channels-2020"]
    report = json.loads(ledger("report", "2020", *words, "--format", "json").stdout)
    (cell,) = report["tables"][0]["rows"][0]["cells"]
    assert (cell["address"], cell["value"]) == ("channels/online/count", 1)
    del table["rows"][0]["label"]["en"]
    (form / "tables" / "channels.json").write_text(json.dumps(table), encoding="utf-8")
    refused = ledger("report", "2020", *words)
    assert refused.returncode == 1
    assert "channels.json" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_another_edition_than_the_years_own_may_be_asked_for(ledger: Ledger) -> None:
    ledger("import", "-", stdin=lines(REGISTERED, RECEIVED, DECIDED))
    own = json.loads(ledger("report", "2021", "--format", "json").stdout)
    asked = ["--edition", "cn-annual-report-2019", "--format", "json"]
    other = json.loads(ledger("report", "2021", *asked).stdout)
    assert own["edition"]["id"] == "cn-annual-report-2021"
    assert other["edition"]["id"] == "cn-annual-report-2019"
    assert "procurement" in [table["id"] for table in other["tables"]]


def test_published_figures_are_checked_and_compared(ledger: Ledger, tmp_path: Path) -> None:
    ledger("import", "-", stdin=lines(REGISTERED, RECEIVED, DECIDED))
    printed = {"applications/new/natural-person": "１", "applications/new/total": "/"}
    printed |= {"procurement/centralised/amount": "251000元"}
    (tmp_path / "printed.json").write_text(json.dumps({"cells": printed}), encoding="utf-8")
    told = ledger("check", "2020", "--published", "printed.json", "--format", "json")
    assert told.returncode == 1
    differences = {each["address"]: each for each in json.loads(told.stdout)["differences"]}
    assert differences["procurement/centralised/amount"]["published"] == 25.1
    assert differences["applications/new/total"] == {
        "address": "applications/new/total",
        "published": None,
        "ledger": 1,
    }
    assert "applications/new/natural-person" not in differences
    (tmp_path / "printed.json").write_text('{"fees/fee/change": "约三项"}', encoding="utf-8")
    unreadable = ledger("check", "2020", "--published", "printed.json")
    assert "读不懂“约三项”" in unreadable.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["report", "20x"], "not a year"),
        (["report", "1999"], "No edition is made for 1999"),
        (["report", "2020", "--organ", "nobody"], "no organ nobody"),
        (["report", "2020", "--edition", "none"], "no edition none"),
        (["report", "2020", "--as-at", "soon"], "neither a position"),
        (["report", "2020", "--as-at", "99"], "ends at position 1"),
        (["trace", "2020", "nothing/at/all"], "Tables:"),
        (["trace", "2020", "applications/new/everyone"], "Columns:"),
        (["explain", "nothing"], "no event"),
        (["history", "application:9"], "Nothing is recorded"),
        (["import", "no-such-file.jsonl"], "cannot be read"),
        (["record"], "Name the type"),
        (["record", "application.received", "application:1"], "Name the type"),
        (["types", "application.dreamt"], "no event type"),
        (["report", "2020", "--projections", "nowhere"], "cannot be read"),
    ],
)
def test_what_a_person_gets_wrong_comes_back_as_a_sentence(
    ledger: Ledger, arguments: list[str], said: str
) -> None:
    ledger("import", "-", stdin=lines(REGISTERED))
    told = ledger("--lang", "en", *arguments)
    assert told.returncode == 1
    assert said in told.stderr
    assert "Traceback" not in told.stderr
    in_chinese = ledger(*arguments)
    assert in_chinese.returncode == 1
    assert in_chinese.stderr
    assert said not in in_chinese.stderr


@pytest.mark.parametrize(
    ("database", "said"),
    [
        ("mysql://localhost/x", "sqlite:///"),
        ("nonsense", "sqlite:///"),
        ("postgresql://nobody@localhost:1/none", "Connection refused"),
        ("sqlite:////proc/none/ledger.db", "unable to open"),
    ],
)
def test_a_database_that_cannot_be_reached_is_told_in_a_sentence(
    tmp_path: Path, database: str, said: str
) -> None:
    told = runs(database, tmp_path)("import", "-", stdin=lines(REGISTERED))
    assert told.returncode == 1
    assert said in told.stderr
    assert "Traceback" not in told.stderr


def test_reading_where_there_is_no_ledger_makes_no_file(ledger: Ledger, tmp_path: Path) -> None:
    told = ledger("--lang", "en", "report", "2020")
    assert told.returncode == 1
    assert "no ledger" in told.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_password_is_never_shown(tmp_path: Path) -> None:
    told = runs("mysql://me:secret@localhost/x", tmp_path)("report", "2020")
    assert "secret" not in told.stdout + told.stderr


def test_several_organs_are_named_and_an_organ_reports_with_those_below_it(
    ledger: Ledger,
) -> None:
    def registered(code: str, **data: str) -> dict[str, Any]:
        subject = {"organ": code, "subject": f"organ:{code}"}
        return REGISTERED | subject | {"data": {"name": code, **data}}

    events = [registered("city"), registered("bureau", parent="city"), registered("elsewhere")]
    for code in ("city", "bureau", "elsewhere"):
        events.append(RECEIVED | {"organ": code})
    ledger("import", "-", stdin=lines(*events))
    refused = ledger("--lang", "en", "report", "2020")
    assert "bureau, city, elsewhere" in refused.stderr

    def received(*words: str) -> Any:
        address = "applications/new/total"
        told = json.loads(
            ledger("trace", "2020", address, "--organ", "city", "--format", "json", *words).stdout
        )
        return told["figure"]["value"], {fact["organ"] for fact in told["facts"]}

    assert received() == (1, {"city"})
    assert received("--below") == (2, {"city", "bureau"})
    several = ledger("--lang", "en", "history", "application:1")
    assert "application:1@bureau, application:1@city" in several.stderr
    assert ledger("history", "application:1", "--organ", "city").returncode == 0


def test_verify_names_what_was_tampered_with_and_rebuild_mends_the_facts(
    ledger: Ledger, tmp_path: Path
) -> None:
    import sqlite3

    ledger("import", "-", stdin=lines(REGISTERED, RECEIVED, DECIDED))
    with sqlite3.connect(tmp_path / "ledger.db") as database:
        database.execute("UPDATE facts SET quantity = 7 WHERE slot = 1")
    told = ledger("--lang", "en", "verify")
    assert told.returncode == 1
    assert "1 faults:" in told.stdout
    assert "Fact 2/1/3" in told.stdout
    assert ledger("rebuild").returncode == 0
    assert ledger("verify").returncode == 0
    with sqlite3.connect(tmp_path / "ledger.db") as database:
        database.execute("DROP TRIGGER events_are_not_changed")
        database.execute("UPDATE events SET type = 'application.withdrawn' WHERE position = 3")
    told = json.loads(ledger("verify", "--format", "json").stdout)
    assert [fault["place"] for fault in told["faults"]] == ["3 type"]


PAGE = """<html><body><p>示例机关2022年政府信息公开工作年度报告</p>
<table><tr><td>信息内容</td><td>本年处理决定数量</td></tr>
<tr><td>行政许可</td><td>12</td></tr></table>
<p>全年公开信息128条。</p></body></html>"""


def test_a_published_report_is_read_from_a_file_and_from_what_is_pasted(
    ledger: Ledger, tmp_path: Path
) -> None:
    (tmp_path / "report.html").write_text(PAGE, encoding="utf-8")
    told = json.loads(ledger("read", "report.html", "--format", "json").stdout)
    assert told["organ"] == "示例机关"
    (cell,) = told["cells"]
    assert (cell["address"], cell["text"], cell["value"]) == (
        "services/licence/decisions",
        "12",
        12,
    )
    assert [each["number"] for each in told["mentions"] if each["kind"] == "quantity"] == ["128"]
    shown = ledger("--lang", "en", "read", "-", stdin=PAGE)
    assert shown.returncode == 0
    assert "Administrative licences\t12" in shown.stdout.splitlines()
    assert "2021 form" in shown.stdout


def test_a_file_that_cannot_be_read_gets_a_sentence(ledger: Ledger, tmp_path: Path) -> None:
    (tmp_path / "old.doc").write_bytes(b"\xd0\xcf\x11\xe0" + b"\0" * 600)
    done = ledger("--lang", "en", "read", "old.doc")
    assert (done.returncode, done.stdout) == (1, "")
    assert "Save it as docx or xlsx" in done.stderr
    assert ledger("read", "nowhere.docx").returncode == 1


def test_a_published_report_is_adopted_and_its_figures_lead_to_it(
    ledger: Ledger, tmp_path: Path
) -> None:
    (tmp_path / "report.html").write_text(PAGE, encoding="utf-8")
    (tmp_path / "organ.json").write_text(json.dumps(REGISTERED), encoding="utf-8")
    assert ledger("record", "--json", "organ.json").returncode == 0
    preview = json.loads(ledger("adopt", "report.html", "--preview", "--format", "json").stdout)
    assert (preview["recorded"], preview["preview"], preview["apart"]) == (1, True, [])
    assert ledger("adopt", "report.html").returncode == 0
    again = json.loads(ledger("adopt", "report.html", "--format", "json").stdout)
    assert (again["recorded"], again["again"]) == (0, True)
    traced = json.loads(
        ledger("trace", "2022", "services/licence/decisions", "--format", "json").stdout
    )
    (event,) = traced["events"]
    assert event["source"]["digest"] == again["digest"]
