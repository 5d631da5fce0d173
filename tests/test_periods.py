"""Quarters and months: the same definitions as a year, over any period."""

import json
from typing import Any

import pytest

from ledger.rooms.storage.journal import Journal
from ledger.verbs.checking import Finding, check_report
from ledger.verbs.opening import House, open_journal
from ledger.verbs.recording import record
from ledger.verbs.reporting import Question, Report, report
from ledger.words.years import Period, day_of, month, period_of, quarter, year
from test_command_line import DECIDED, RECEIVED, REGISTERED, Ledger, lines, runs

HOUSE = House()

TOLD = [
    REGISTERED,
    RECEIVED | {"subject": "application:1", "occurred_on": "2020-03-30"},
    RECEIVED | {"subject": "application:2", "occurred_on": "2020-05-06"},
    DECIDED | {"subject": "application:1", "occurred_on": "2020-04-10"},
]


def quarters(of: int) -> list[Period]:
    return [quarter(of, number) for number in range(1, 5)]


def months(of: int) -> list[Period]:
    return [month(of, number) for number in range(1, 13)]


def asked(journal: Journal, period: Period, organ: str, form: str | None = None) -> Report:
    with journal.reading() as connection:
        return report(connection, HOUSE.editions, Question(period, organ, edition=form))


def judged(journal: Journal, period: Period, organ: str, form: str | None = None) -> list[Finding]:
    with journal.reading() as connection:
        question = Question(period, organ, edition=form)
        return check_report(connection, HOUSE.editions, question)[1]


def told(ledger: Ledger, *arguments: str) -> Any:
    return json.loads(ledger(*arguments, "--format", "json").stdout)


@pytest.fixture
def journal(database_url: str) -> Journal:
    journal = open_journal(database_url, create=True)
    record(journal, HOUSE.definitions, TOLD, "clerk")
    return journal


# How a period is written


@pytest.mark.parametrize(
    ("written", "begin", "last", "chinese", "english"),
    [
        ("2020", "2020-01-01", "2020-12-31", "2020年", "2020"),
        ("2020-Q1", "2020-01-01", "2020-03-31", "2020年第一季度", "first quarter of 2020"),
        ("2020-Q4", "2020-10-01", "2020-12-31", "2020年第四季度", "fourth quarter of 2020"),
        ("2020-02", "2020-02-01", "2020-02-29", "2020年2月", "February 2020"),
        ("2021-12", "2021-12-01", "2021-12-31", "2021年12月", "December 2021"),
    ],
)
def test_a_period_is_read_and_named(
    written: str, begin: str, last: str, chinese: str, english: str
) -> None:
    period = period_of(written)
    assert period is not None
    assert (period.begin, period.last.isoformat()) == (day_of(begin), last)
    assert (period.name("zh-CN"), period.name("en")) == (chinese, english)
    assert period.code == written


@pytest.mark.parametrize(
    "written",
    [
        *("", "20", "20x", "2020-", "2020-Q0", "2020-Q5", "2020-13", "2020-00", "2020 "),
        *("２０２０", "1948", "2201", "2020-3", "2020-03-05", "2020Q1"),
    ],
)
def test_what_is_not_quite_a_period_is_not_guessed(written: str) -> None:
    assert period_of(written) is None


def test_each_period_begins_where_the_one_before_it_ends() -> None:
    for of in (2019, 2020, 2021):
        for period in (year(of), *quarters(of), *months(of)):
            assert period.before.end == period.begin
            assert period.before.kind == period.kind
            assert period_of(period.code) == period
            assert period.over("period") == period
            so_far = period.over("year-to-date")
            assert (so_far.begin, so_far.end) == (year(of).begin, period.end)


# The national form over a quarter or a month


def test_an_application_of_march_decided_in_april_is_carried_over_between_the_quarters(
    journal: Journal,
) -> None:
    rows = ("new", "carried-in", "total", "carried-out")

    def of(period: Period) -> tuple[int, ...]:
        cells = asked(journal, period, "office").cells
        return tuple(cells[f"applications/{row}/total"].quantity for row in rows)

    assert of(quarter(2020, 1)) == (1, 0, 0, 1)
    assert of(quarter(2020, 2)) == (1, 1, 1, 1)
    assert of(month(2020, 4)) == (0, 1, 1, 0)
    assert of(year(2020)) == (2, 0, 1, 1)
    (carried,) = (
        finding
        for finding in judged(journal, quarter(2020, 2), "office")
        if finding.constraint.id == "applications.carry-over" and finding.equation.at == "total"
    )
    assert (carried.left, carried.right, carried.verdict) == (1, 1, "holds")


def test_a_quarter_takes_the_tables_of_its_years_national_form(journal: Journal) -> None:
    assert asked(journal, quarter(2020, 3), "office").setting.edition.id == "cn-annual-report-2019"
    assert asked(journal, month(2021, 1), "office").setting.edition.id == "cn-annual-report-2021"
    # The first quarter of the new form is compared with the last of the old one.
    findings = judged(journal, quarter(2021, 1), "office")
    assert "applications.carry-over" in {finding.constraint.id for finding in findings}


# At the command line


@pytest.fixture
def ledger(sqlite_url: str, tmp_path: Any) -> Ledger:
    return runs(sqlite_url, tmp_path)


@pytest.mark.slow
def test_the_commands_of_a_year_take_a_quarter_and_a_month(ledger: Ledger) -> None:
    ledger("import", "-", stdin=lines(*TOLD))
    document = told(ledger, "report", "2020-Q2")
    assert document["year"] == 2020
    assert document["period"] == {
        "id": "2020-Q2",
        "kind": "quarter",
        "name": {"zh-CN": "2020年第二季度", "en": "second quarter of 2020"},
        "from": "2020-04-01",
        "to": "2020-06-30",
    }
    assert document["title"]["zh-CN"].startswith("示例机关2020年第二季度：")
    assert (
        told(ledger, "trace", "2020-03", "applications/carried-out/total")["figure"]["value"] == 1
    )
    assert told(ledger, "check", "2020-Q2")["findings"] == []
    changed = told(ledger, "diff", "2020-04", "--from", "2")["cells"]
    assert "applications/granted/natural-person" in [cell["address"] for cell in changed]
    there = told(ledger, "explain", "4", "--in", "2020-04", "applications/granted/total")
    assert (there["counted"], there["quantity"]) == (True, 1)
    elsewhere = ledger(
        "--lang", "en", "explain", "4", "--in", "2020-Q1", "applications/granted/total"
    )
    assert "the figure counts only what began before 2020-04-01" in elsewhere.stdout
    walked = ["--edition-from", "cn-annual-report-2019", "--edition-to", "cn-annual-report-2021"]
    assert told(ledger, "diff", "2020-Q2", *walked)["period"]["id"] == "2020-Q2"


@pytest.mark.slow
def test_a_report_says_which_period_it_is_of_and_for_which_its_form_is_made(
    ledger: Ledger,
) -> None:
    ledger("import", "-", stdin=lines(*TOLD))
    shown = ledger("--lang", "en", "report", "2020-Q2").stdout
    assert "Period: second quarter of 2020 (2020-04-01 to 2020-06-30)" in shown
    assert "“this year”, “last year” and the like stand for this period" in shown
    assert "“this year”" not in ledger("--lang", "en", "report", "2020").stdout


@pytest.mark.slow
@pytest.mark.parametrize("command", ["report", "check", "trace", "diff", "explain"])
def test_a_period_that_is_none_is_refused_in_both_languages(ledger: Ledger, command: str) -> None:
    ledger("import", "-", stdin=lines(REGISTERED))
    arguments = {
        "trace": ["2020-Q5", "applications/new/total"],
        "explain": ["1", "--in", "2020-Q5", "applications/new/total"],
    }.get(command, ["2020-Q5"])
    english = ledger("--lang", "en", command, *arguments)
    chinese = ledger(command, *arguments)
    assert (english.returncode, chinese.returncode) == (1, 1)
    assert "2020-Q5 is not a year, a quarter or a month; write 2020, 2020-Q1" in english.stderr
    assert "“2020-Q5”不是年度、季度或月份" in chinese.stderr


@pytest.mark.slow
def test_the_quarter_that_was_never_issued_is_named(ledger: Ledger) -> None:
    ledger("import", "-", stdin=lines(REGISTERED))
    refused = ledger("--lang", "en", "diff", "2020-Q2")
    assert "The report of office for 2020-Q2 was never issued" in refused.stderr
