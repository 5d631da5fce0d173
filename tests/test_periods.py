"""Quarters and months: the same definitions as a year, over any period and over the year so far."""

import itertools
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from ledger.drawing.traces import predicate
from ledger.rooms.storage import figures, reading
from ledger.rooms.storage.figures import Scope
from ledger.rooms.storage.journal import Journal
from ledger.verbs.checking import Finding, check_report
from ledger.verbs.crosswalking import crosswalk
from ledger.verbs.differing import differences
from ledger.verbs.excluding import whereabouts
from ledger.verbs.opening import House, open_journal
from ledger.verbs.recording import record
from ledger.verbs.reporting import Question, Report, report, setting_of
from ledger.verbs.straddling import straddling
from ledger.verbs.tracing import trace
from ledger.words.figures import Edition, Measure
from ledger.words.years import Period, day_of, month, period_of, quarter, year
from ledgers import YEARS, A, B, ledgers
from test_command_line import DECIDED, RECEIVED, REGISTERED, Ledger, lines, runs
from test_properties import STOCKS, kept, many

HOUSE = House()
MONTHLY, QUARTERLY = "local-dingxi-monthly", "local-luan-quarterly"


def happens(type_: str, subject: str, on: str, **data: Any) -> dict[str, Any]:
    return {"type": type_, "organ": "office", "subject": subject, "occurred_on": on, "data": data}


def published(nth: int, on: str, topic: str, **data: Any) -> dict[str, Any]:
    told = {"channels": ["website", "wechat"], "kind": "other-information", "topic": topic}
    return happens("document.published", f"document:{nth}", on, **(told | data))


TOLD = [
    REGISTERED,
    RECEIVED | {"subject": "application:1", "occurred_on": "2020-03-30"},
    RECEIVED | {"subject": "application:2", "occurred_on": "2020-05-06"},
    DECIDED | {"subject": "application:1", "occurred_on": "2020-04-10"},
    happens("application.decided", "application:2", "2020-05-20", outcome="refused-third-party"),
    RECEIVED | {"subject": "application:3", "occurred_on": "2020-12-21"},
    happens("application.withdrawn", "application:3", "2020-12-30"),
    happens(
        "document.made",
        "document:1",
        "2020-02-03",
        kind="normative-document",
        title="示例办法",
        number="示例〔2020〕1号",
        attribute="proactive",
        topic="article-20-1",
    ),
    happens("document.published", "document:1", "2020-02-10", channels=["website"]),
    published(2, "2020-04-01", "article-20-7"),
    published(3, "2020-06-30", "unspecified"),
    happens("review.opened", "review:1", "2020-05-30", kind="reconsideration"),
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


def quantities(of: Report) -> dict[str, int]:
    return {address: cell.quantity for address, cell in of.cells.items()}


def flows(of: Report) -> dict[str, int]:
    """The cells that count what entered in the period itself, and nothing that stands or stays."""
    return {
        address: cell.quantity
        for address, cell in of.cells.items()
        if {(term.measure, term.span) for term in cell.figure.terms} == {("flow", "period")}
    }


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
    assert of(quarter(2020, 2)) == (1, 1, 2, 0)
    assert of(month(2020, 4)) == (0, 1, 1, 0)
    assert of(year(2020)) == (3, 0, 3, 0)
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


# The local forms


def test_the_quarterly_return_of_a_local_form(journal: Journal) -> None:
    made = asked(journal, quarter(2020, 2), "office", QUARTERLY)
    shown = {
        address.split("/")[1]: cell.value for address, cell in made.cells.items() if cell.value != 0
    }
    assert shown == {
        "published": 2,
        "published-budgets": 1,
        "published-other": 1,
        "applications": 1,
        "applications-online": 1,
        "replies": 2,
        "replies-granted": 1,
        "replies-refused": 1,
        "complaints": None,
        "reconsiderations": 1,
    }
    assert made.setting.title.zh == "示例机关2020年第二季度政府信息公开情况统计表"
    with journal.reading() as connection:
        rest = trace(connection, made.setting, "return/published-other/quantity")
    assert [fact.subject for fact in rest.facts] == ["document:3@office"]


def test_what_was_withdrawn_was_not_replied_to(journal: Journal) -> None:
    cells = asked(journal, quarter(2020, 4), "office", QUARTERLY).cells
    assert cells["return/applications/quantity"].quantity == 1
    assert cells["return/replies/quantity"].quantity == 0


def test_the_monthly_return_has_the_month_and_the_year_so_far(journal: Journal) -> None:
    cells = asked(journal, month(2020, 5), "office", MONTHLY).cells

    def of(row: str) -> tuple[int, ...]:
        return tuple(cells[f"return/{row}/{column}"].quantity for column in ("period", "to-date"))

    assert of("applications") == (1, 2)
    assert of("replies") == (1, 2)
    assert of("replies-refused") == (1, 1)
    assert of("published") == (0, 2)
    assert of("new-normative") == (0, 1)
    assert of("reconsiderations") == (1, 1)


def test_the_year_so_far_is_traced_explained_and_compared_from_the_first_of_january(
    journal: Journal,
) -> None:
    address = "return/applications/to-date"
    question = Question(month(2020, 5), "office", edition=MONTHLY)
    with journal.reading() as connection:
        setting = setting_of(connection, HOUSE.editions, question)
        found = trace(connection, setting, address)
        there = whereabouts(connection, HOUSE.editions, question, address, "2")
        later = whereabouts(connection, HOUSE.editions, question, address, "7")
        changed = differences(connection, HOUSE.editions, question, "1")
    assert [fact.subject for fact in found.facts] == [
        "application:1@office",
        "application:2@office",
    ]
    assert predicate(found.cell.figure, setting.period, HOUSE.definitions, "en")[0].endswith(
        "entered from 2020-01-01 to 2020-05-31"
    )
    assert there.contribution == 1
    assert ("entered-after", 20200601) in [(each.clause, each.day) for each in later.exclusions]
    parts = {cell.figure.address: cell.parts for cell in changed.cells}
    assert parts[address] == {2: 1, 3: 1}
    assert parts["return/applications/period"] == {3: 1}


FORMS = [
    (edition, period)
    for edition in HOUSE.editions.values()
    for period in {
        "year": [year(2020)],
        "quarter": quarters(2020),
        "month": [month(2020, 2), month(2020, 5)],
    }[edition.period]
]


@pytest.mark.parametrize(
    ("edition", "period"), FORMS, ids=[f"{edition.id} {period.code}" for edition, period in FORMS]
)
def test_every_figure_of_a_shipped_form_opens_to_facts_that_sum_to_it(
    journal: Journal, edition: Edition, period: Period
) -> None:
    made = asked(journal, period, "office", edition.id)
    assert made.cells.keys() == edition.figures.keys()
    with journal.reading() as connection:
        for address, cell in made.cells.items():
            found = trace(connection, made.setting, address)
            assert found.cell == cell
            assert sum(fact.contribution for fact in found.facts) == cell.quantity
            if not cell.figure.recorded:
                assert (cell.value, found.facts) == (None, ())


def test_no_row_that_is_not_recorded_has_an_equal_in_another_form() -> None:
    forms = HOUSE.editions
    walked = crosswalk(forms[MONTHLY], forms[QUARTERLY], HOUSE.definitions)
    relations = {one.figure.address: one.relation for one in (*walked.forward, *walked.backward)}
    assert relations["return/appeals/period"] == relations["return/complaints/quantity"] == "none"
    assert relations["return/applications/period"] == "equal"
    assert relations["return/applications/to-date"] == "none"


# Statements that cover more than a quarter or a month


def licences(nth: int, begin: str, end: str, quantity: int) -> dict[str, Any]:
    counted = {"state": "administrative-decision.made", "dimensions": {"kind": "licence"}}
    told = counted | {"from": begin, "to": end, "quantity": quantity}
    draft = happens("statement.counted", f"statement:{nth}", "2021-01-04", **told)
    return draft | {"source": {"title": "许可系统"}, "id": f"stated-{nth}"}


STATED = [
    licences(1, "2020-01-01", "2020-03-31", 10),
    licences(2, "2020-01-01", "2020-12-31", 11),
    licences(3, "2020-05-01", "2020-05-31", 12),
]


def beyond(journal: Journal, period: Period, **more: Any) -> list[tuple[str, bool]]:
    with journal.reading() as connection:
        asked_ = Question(period, "office", **more)
        setting = setting_of(connection, HOUSE.editions, asked_)
        return [
            (stated.event.subject, stated.counted) for stated in straddling(connection, setting)
        ]


def test_a_statement_counts_whole_on_its_last_day(journal: Journal) -> None:
    record(journal, HOUSE.definitions, STATED, "clerk")
    address = "services/licence/decisions"
    parts = [asked(journal, part, "office").cells[address].quantity for part in quarters(2020)]
    assert parts == [10, 12, 0, 11]
    assert asked(journal, year(2020), "office").cells[address].quantity == 33


def test_the_statements_that_cover_more_than_the_period_are_named(journal: Journal) -> None:
    record(journal, HOUSE.definitions, STATED, "clerk")
    assert beyond(journal, quarter(2020, 1)) == [("statement:2", False)]
    assert beyond(journal, quarter(2020, 4)) == [("statement:2", True)]
    assert beyond(journal, month(2020, 2)) == [("statement:1", False), ("statement:2", False)]
    assert beyond(journal, month(2020, 3)) == [("statement:1", True), ("statement:2", False)]
    assert beyond(journal, month(2020, 5)) == [("statement:2", False)]
    assert beyond(journal, year(2020)) == beyond(journal, quarter(2021, 1)) == []
    # The monthly return has no licences, so it does not depend on a statement of them.
    assert beyond(journal, month(2020, 3), edition=MONTHLY) == []


def test_a_statement_is_named_as_it_was_known_and_corrected(journal: Journal) -> None:
    record(journal, HOUSE.definitions, STATED, "clerk")
    data = {"event": "stated-2", "reason": "wrong-date", "data": {"from": "2020-10-01"}}
    correction = happens("event.corrected", "statement:2", "2021-01-05", **data)
    record(journal, HOUSE.definitions, [correction], "clerk")
    assert beyond(journal, quarter(2020, 4)) == beyond(journal, quarter(2020, 1)) == []
    assert beyond(journal, quarter(2020, 4), as_at="15") == [("statement:2", True)]


# What holds for every ledger


@pytest.mark.slow
@given(ledger=ledgers(), data=st.data())
@many(0.4)
def test_the_flows_of_a_year_are_those_of_its_quarters_and_of_its_months(
    ledger: Any, data: st.DataObject
) -> None:
    organ, of = data.draw(st.sampled_from((A, B))), data.draw(st.sampled_from(YEARS))
    with kept(ledger) as journal:
        for form in (None, QUARTERLY, MONTHLY):
            whole = flows(asked(journal, year(of), organ, form))
            assert whole
            for parts in (quarters(of), months(of)):
                told_ = [flows(asked(journal, part, organ, form)) for part in parts]
                assert {name: sum(each[name] for each in told_) for name in whole} == whole


@pytest.mark.slow
@given(ledger=ledgers(), data=st.data())
@many(0.4)
def test_the_year_so_far_is_the_sum_of_its_periods_and_at_the_last_the_year(
    ledger: Any, data: st.DataObject
) -> None:
    organ, of = data.draw(st.sampled_from((A, B))), data.draw(st.sampled_from(YEARS))
    with kept(ledger) as journal:
        whole = quantities(asked(journal, year(of), organ, MONTHLY))
        assert all(
            quantity == whole[name.replace("/period", "/to-date")]
            for name, quantity in whole.items()
        )
        for parts in (quarters(of), months(of)):
            so_far: Counter[str] = Counter()
            for part in parts:
                cells = quantities(asked(journal, part, organ, MONTHLY))
                for name, quantity in cells.items():
                    if name.endswith("/period"):
                        row = name.removesuffix("/period")
                        so_far[row] += quantity
                        assert cells[f"{row}/to-date"] == so_far[row], (name, part)
            assert all(whole[f"{row}/period"] == quantity for row, quantity in so_far.items())


@pytest.mark.slow
@given(ledger=ledgers(), data=st.data())
@many(0.4)
def test_what_stands_when_a_period_ends_stands_when_the_next_begins(
    ledger: Any, data: st.DataObject
) -> None:
    organ, of = data.draw(st.sampled_from((A, B))), data.draw(st.sampled_from(YEARS))
    with kept(ledger) as journal, journal.reading() as connection:
        shapes = figures.numbered_shapes(connection)
        stocks = [number for key, number in shapes.items() if key.split(" ")[0] in STOCKS]
        wanted: dict[Measure, list[int]] = {"opening": stocks, "closing": stocks}
        members = (reading.organs(connection)[organ],)

        def standing(measure: Measure, period: Period) -> dict[int, int]:
            found = figures.totals(connection, wanted, Scope(period, members))[measure]
            return {shape: quantity for shape, quantity in found.items() if quantity}

        for parts in (quarters(of), months(of)):
            for this, following in itertools.pairwise(parts):
                assert standing("closing", this) == standing("opening", following)
            assert standing("opening", parts[0]) == standing("opening", year(of))
            assert standing("closing", parts[-1]) == standing("closing", year(of))


@pytest.mark.slow
@given(ledger=ledgers(), data=st.data())
@many(0.4)
def test_a_quarter_and_a_month_of_the_ledger_satisfy_the_forms(
    ledger: Any, data: st.DataObject
) -> None:
    organ = data.draw(st.sampled_from((A, B)))
    accounted = [of for of in YEARS if of > ledger.balanced_until]
    assume(accounted)
    of = data.draw(st.sampled_from(accounted))
    period = data.draw(st.sampled_from([*quarters(of), *months(of)]))
    with kept(ledger) as journal:
        for form in (None, MONTHLY, QUARTERLY):
            findings = judged(journal, period, organ, form)
            # Whether an organ has the power to make rules is not a matter of its sums.
            sums = [finding for finding in findings if not finding.constraint.only_if]
            assert sums
            assert [finding for finding in sums if finding.verdict != "holds"] == []


# At the command line


@pytest.fixture
def ledger(sqlite_url: str, tmp_path: Path) -> Ledger:
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
def test_the_check_of_a_quarter_warns_of_a_statement_for_the_year(ledger: Ledger) -> None:
    ledger("import", "-", stdin=lines(*TOLD, *STATED))
    checked = ledger("--lang", "en", "check", "2020-Q4")
    assert checked.returncode == 0
    assert "Note: these statements cover more than the period" in checked.stdout
    assert "2020-01-01\t2020-12-31\t11\tyes\t许可系统\t14" in checked.stdout
    (stated,) = told(ledger, "check", "2020-Q4")["straddling"]
    assert (stated["subject"], stated["quantity"]) == ("statement:2@office", 11)
    assert (stated["from"], stated["to"], stated["counted"]) == ("2020-01-01", "2020-12-31", True)
    assert "these statements" not in ledger("--lang", "en", "check", "2020").stdout


@pytest.mark.slow
def test_what_is_not_recorded_says_so_and_is_null_and_never_zero(
    ledger: Ledger, tmp_path: Path
) -> None:
    ledger("import", "-", stdin=lines(*TOLD))
    words = ["2020-05", "--edition", MONTHLY]
    rows = {
        row["number"]: [cell["value"] for cell in row["cells"]]
        for row in told(ledger, "report", *words)["tables"][0]["rows"]
    }
    assert rows["05"] == [None, None]
    assert rows["11"] == [0, 0]
    shown = ledger("report", *words).stdout.splitlines()
    assert "05.网站专栏页面访问量\t未记录\t未记录" in shown
    assert "　11.当面\t0 条\t0 条" in shown
    assert "03.新增的行政规范性文件数 *\t0 条\t1 条" in shown
    assert shown[-1].strip("　").startswith("* 表式没有说明本行如何计数")
    ledger("report", *words, "--output", "may.html")
    page = (tmp_path / "may.html").read_text(encoding="utf-8")
    assert '<th class="label" scope="row" colspan="3">03.新增的行政规范性文件数 *</th>' in page
    assert 'data-address="return/page-views/period">未记录</a></td>' in page
    assert "* 表式没有说明本行如何计数" in page
    views = "return/page-views/period"
    opened = ledger("--lang", "en", "trace", "2020-05", views, *words[1:])
    assert "which is not a zero" in opened.stdout
    assert "so it is zero" not in opened.stdout
    absent = ledger("--lang", "en", "explain", "2", "--in", "2020-05", views, *words[1:])
    assert "which is not a zero" in absent.stdout
    forms = ["--edition-from", QUARTERLY, "--edition-to", MONTHLY]
    both = ledger("--lang", "en", "diff", "2020-05", *forms).stdout
    assert "05. Page views of the disclosure column\treturn/page-views\tnot recorded" in both
    # The ledger cannot say that a published figure of such a row is wrong.
    printed = {views: "1024", "return/applications/period": "1"}
    (tmp_path / "printed.json").write_text(json.dumps({"cells": printed}), encoding="utf-8")
    agreed = ledger("--lang", "en", "check", *words, "--published", "printed.json")
    assert (agreed.returncode, agreed.stderr) == (0, "")
    divided = ledger("--lang", "en", "breakdown", "2020-05", views, *words[1:])
    assert "there is no figure to divide" in divided.stderr
    assert "All 1 published figures equal the ledger's." in agreed.stdout


@pytest.mark.slow
def test_a_quarterly_return_is_issued_like_a_report_and_stays_as_it_was(ledger: Ledger) -> None:
    ledger("import", "-", stdin=lines(*TOLD))
    form = ["--edition", QUARTERLY]
    said = "return=本季度收到申请{return/applications/quantity}件。"
    for arguments in (
        ["draft", "2020-Q2", *form, said, "--by", "clerk"],
        ["check", "2020-Q2", *form, "--record", "--by", "clerk"],
        ["approve", "2020-Q2", "--by", "head"],
        ["issue", "2020-Q2", "--by", "head"],
    ):
        done = ledger(*arguments)
        assert done.returncode == 0, (arguments, done.stderr)
    issued = ledger("report", "2020-Q2", *form, "--as-at", "issued").stdout
    assert "本季度收到申请1件。" in issued
    late = RECEIVED | {"subject": "application:4", "occurred_on": "2020-06-01"}
    ledger("import", "-", stdin=lines(late))
    assert ledger("report", "2020-Q2", *form, "--as-at", "issued").stdout == issued
    (changed, *_) = told(ledger, "diff", "2020-Q2", *form)["cells"]
    assert (changed["address"], changed["old"], changed["new"]) == (
        "return/applications/quantity",
        1,
        2,
    )
    assert ledger("verify").returncode == 0
    closed = ledger("--lang", "en", "close", "2020-Q2")
    assert "only years are closed" in closed.stderr


@pytest.mark.slow
def test_a_form_of_ones_own_is_checked_over_its_quarter(ledger: Ledger, tmp_path: Path) -> None:
    """Its opening is compared with its own closing of the quarter before."""
    ledger("import", "-", stdin=lines(*TOLD))
    both = {"zh-CN": "待办", "en": "Pending"}

    def row(name: str, measure: str) -> dict[str, Any]:
        term = {"measure": measure, "where": {"state": "application.pending"}}
        part = {"id": name, "number": "", "label": both, "unit": "件", "source": both}
        return part | {"terms": [term]}

    carry = {
        "id": "pending.carry-over",
        "severity": "error",
        "origin": "implied",
        "source": both,
        "message": both,
        "each": "column",
        "left": ["opening"],
        "right": ["closing"],
        "right_year": -1,
    }
    table = {"id": "pending", "number": "1", "label": both, "kind": "table"}
    table |= {"columns": [{"id": "count", "label": both}], "constraints": [carry]}
    table |= {"rows": [row("opening", "opening"), row("closing", "closing")]}
    named = {"zh-CN": "{organ}{period}待办", "en": "{organ}: pending, {period}"}
    edition = {"$schema": "edition.v1.json", "id": "our-own", "scope": "local", "label": both}
    edition |= {"title": named, "source": both, "period": "quarter", "years": {"from": 2020}}
    section = {"number": "", "id": "all", "label": both, "tables": ["pending"]}
    edition |= {"sections": [section], "constraints": []}
    form = tmp_path / "forms" / "our-own"
    (form / "tables").mkdir(parents=True)
    (form / "edition.json").write_text(json.dumps(edition), encoding="utf-8")
    (form / "tables/pending.json").write_text(json.dumps(table), encoding="utf-8")
    words = ["--projections", str(tmp_path / "forms"), "--edition", "our-own"]
    for period in ("2020-Q1", "2020-Q2", "2020-05"):
        checked = told(ledger, "check", period, *words)
        assert (checked["checked"], checked["held"]) == (1, 1)
    assert told(ledger, "report", "2020-Q2", *words)["title"]["en"] == (
        "示例机关: pending, second quarter of 2020"
    )


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
