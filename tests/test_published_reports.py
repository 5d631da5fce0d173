"""Published reports, told as events: the ledger gives their figures again, and finds their errors."""

import json
import os
import subprocess
import sys
import uuid
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import published
from ledger.rooms.storage.journal import Journal
from ledger.verbs.checking import Finding, check, check_report
from ledger.verbs.opening import House, open_journal
from ledger.verbs.recording import record
from ledger.verbs.reporting import Question, Report, report
from ledger.words.years import year
from published import OTHER_ROWS, ROWS, Published, Unreadable, number, read, tell

FOLDER = Path(__file__).parent / "data/reports"
ELSEWHERE = os.environ.get("LEDGER_REPORTS")
HOUSE = House()
OLD, NEW = HOUSE.editions["cn-annual-report-2019"], HOUSE.editions["cn-annual-report-2021"]
SEED, SHANGHAI, SUQIAN = "2020-yueqing-jgsw", "2019-shanghai-gov-office", "2023-suqian-city"


def documents_in(folder: Path) -> dict[str, dict[str, Any]]:
    paths = sorted(folder.glob("*.json"))
    return {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in paths}


DOCUMENTS = documents_in(FOLDER)
ON_DATABASES = [("sqlite_url", name) for name in DOCUMENTS]
ON_DATABASES += [("fresh_postgres_url", name) for name in (SEED, SHANGHAI, SUQIAN)]


def printed(name: str) -> Published:
    return read(DOCUMENTS[name], HOUSE.editions)


def recorded(journal: Journal, events: tuple[dict[str, Any], ...]) -> None:
    for begin in range(0, len(events), 1000):
        record(journal, HOUSE.definitions, events[begin : begin + 1000], "clerk")


def rebuilt(journal: Journal, report_: Published) -> tuple[Report, list[Finding]]:
    assert report_.edition is not None
    question = Question(year(report_.year), organ=report_.code, edition=report_.edition.id)
    with journal.reading() as connection:
        told, findings = check_report(connection, HOUSE.editions, question)
    return told.report, findings


def broken(report_: Published) -> dict[tuple[str, str], Finding]:
    """The equations of a published report that do not hold, by constraint and place."""
    assert report_.edition is not None
    findings = check(report_.edition, report_.cells)
    return {(f.constraint.id, f.equation.at): f for f in findings if f.verdict != "holds"}


def addresses(finding: Finding) -> set[str]:
    return {ref.address for ref in (*finding.equation.left, *finding.equation.right)}


def assert_told(journal: Journal, report_: Published) -> None:
    """Every printed cell that the events can give is given again, and the rest has its reason.

    What is told satisfies the form, unless more was handled than was ever received.
    """
    told = tell(report_)
    recorded(journal, told.events)
    again, findings = rebuilt(journal, report_)
    assert {address: again.cells[address].value for address in told.aims} == told.aims
    assert told.aims.keys() | told.beyond.keys() == report_.cells.keys()
    assert all(
        again.cells[address].value != (report_.cells[address] or 0) for address in told.beyond
    )
    if "application.decided" not in {event["data"].get("state") for event in told.events}:
        wrong = [f for f in findings if f.verdict != "holds" and f.constraint.severity == "error"]
        assert wrong == []


# The reports of the folder


@pytest.mark.parametrize(("database", "name"), ON_DATABASES)
def test_the_ledger_gives_the_figures_of_a_published_report_again(
    database: str, name: str, request: pytest.FixtureRequest
) -> None:
    journal = open_journal(request.getfixturevalue(database), create=True)
    assert_told(journal, printed(name))
    journal.engine.dispose()


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_blank_cell_is_zero_unless_the_check_explains_it(name: str, sqlite_url: str) -> None:
    journal = open_journal(sqlite_url, create=True)
    report_ = printed(name)
    recorded(journal, tell(report_).events)
    again, _ = rebuilt(journal, report_)
    blank = {address for address, value in report_.cells.items() if value is None}
    not_zero = {address for address in blank if again.cells[address].value}
    explained = {part for finding in broken(report_).values() for part in finding.blanks}
    assert not_zero <= explained


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_report_of_the_folder_holds_figures_and_labels_only(name: str) -> None:
    document = DOCUMENTS[name]
    assert document.keys() <= {
        *("id", "organ", "report_year", "edition", "completeness", "columns_T3"),
        *("tables", "narrative_figures"),
    }
    assert all(len(text) <= 30 and "。" not in text for text in texts(document))


def texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, part in value.items():
            yield from (key, *texts(part))
    elif isinstance(value, list):
        for part in value:
            yield from texts(part)


def test_the_seed_is_read_whole() -> None:
    report_ = printed(SEED)
    assert len(report_.cells) == 22 + 161 + 15 + 3
    assert report_.cells["procurement/centralised/amount"] == Decimal("179.8")
    assert report_.cells["summary/published/total"] == 70
    assert [unread.place for unread in report_.unread] == []
    assert tell(report_).beyond == {}


def test_every_figure_of_the_city_of_2023_satisfies_the_form() -> None:
    report_ = printed(SUQIAN)
    assert len(report_.cells) == 10 + 175 + 15
    assert broken(report_) == {}
    assert tell(report_).beyond == {}


def test_the_blank_totals_of_2019_are_named_by_the_check() -> None:
    report_ = printed(SHANGHAI)
    found = {at: f for (id_, at), f in broken(report_).items() if id_ == "applications.column-sum"}
    not_zero = {
        row.id
        for row, (*kinds, total) in OLD.table("applications").lines()
        if any(report_.cells[cell.address] for cell in kinds)
        and report_.cells[total.address] is None
    }
    assert len(not_zero) == 11
    assert found.keys() == not_zero
    assert {finding.verdict for finding in found.values()} == {"blank"}
    assert found["granted"].blanks[0] == "applications/granted/total"
    assert found["granted"].difference == -272
    others = broken(report_).keys() - {("applications.column-sum", row) for row in not_zero}
    assert others == {("applications.outcome-sum", "total")}
    assert tell(report_).beyond.keys() == {f"applications/{row}/total" for row in not_zero}


@given(data=st.data())
@pytest.mark.parametrize("name", [SHANGHAI, SUQIAN, SEED])
def test_a_wrong_figure_is_always_found(name: str, data: st.DataObject) -> None:
    report_ = printed(name)
    assert report_.edition is not None
    leaves = [figure.address for figure in report_.edition.table("applications").figures]
    leaves = [
        address
        for address in leaves
        if not address.endswith("/total") and not address.startswith("applications/total/")
    ]
    address = data.draw(st.sampled_from(leaves))
    off = data.draw(st.integers(-3000, 3000).filter(bool))
    before = broken(report_)
    report_.cells[address] = (report_.cells[address] or Decimal(0)) + off
    new = {at: finding for at, finding in broken(report_).items() if at not in before}
    assert any(address in addresses(finding) for finding in new.values())


# Any other report


@pytest.mark.skipif(not ELSEWHERE, reason="LEDGER_REPORTS names no folder of more reports")
@pytest.mark.parametrize("name", documents_in(Path(ELSEWHERE)) if ELSEWHERE else ["none"])
def test_a_report_of_another_folder_is_told_too(name: str, sqlite_url: str) -> None:
    report_ = read(documents_in(Path(str(ELSEWHERE)))[name], HOUSE.editions)
    print(f"{name}: {len(report_.cells)} cells, not read: {len(report_.unread)}")
    told = tell(report_)
    journal = open_journal(sqlite_url, create=True)
    if report_.edition is None:
        recorded(journal, told.events)
        assert report_.cells == {}
    else:
        assert_told(journal, report_)
        assert all(
            report_.cells[address] is None or reason for address, reason in told.beyond.items()
        )


FIGURES = st.one_of(
    st.none(),
    st.integers(0, 4).map(str),
    st.sampled_from(["/", "-", "+2", "-2", "３", "12 件", "251000元", "80.40", "1.5万元"]),
    st.sampled_from(["", "约5", "2.5", "1100余", 3, 0.125, True, ["0"], "0.0000001万元"]),
)
TABLE_2 = {
    OLD.id: {
        **dict.fromkeys(("规章", "规范性文件", "行政许可", "其他对外管理服务事项"), 3),
        **dict.fromkeys(("行政处罚", "行政强制"), 3),
        **dict.fromkeys(("行政事业性收费", "政府集中采购"), 2),
    },
    NEW.id: {
        **dict.fromkeys(("规章", "行政规范性文件"), 3),
        **dict.fromkeys(("行政许可", "行政处罚", "行政强制", "行政事业性收费_万元"), 1),
    },
}
COUNTS = st.integers(0, 3).map(str)


@st.composite
def documents(draw: st.DrawFn) -> dict[str, Any]:
    """Reports as they might be published: cut off, blank, contradictory, of the wrong edition."""
    edition = draw(st.sampled_from(sorted(published.EDITIONS)))
    form = published.EDITIONS[edition]

    def some(names: Any, row: Any) -> dict[str, Any]:
        return {name: draw(row(name)) for name in names if draw(st.integers(0, 9))}

    rows_2 = TABLE_2[form]
    sane = draw(st.booleans())
    figure = COUNTS if sane else st.one_of(COUNTS, COUNTS, FIGURES)
    tables = {
        "T2": some(rows_2, lambda name: cells(rows_2[name], st.one_of(COUNTS, FIGURES))),
        "T3": some(ROWS | OTHER_ROWS[form], lambda name: cells(7, figure)),
        "T4": some(
            [f"{kind}_{result}" for kind in published.REVIEWS for result in published.RESULTS],
            lambda name: figure,
        ),
    }
    return {
        "id": f"r-{uuid.uuid4().hex}",
        "organ": "示例局",
        "report_year": draw(st.integers(2019, 2025)),
        "edition": edition,
        "completeness": draw(st.sampled_from(["full", "partial"])),
        "tables": some(tables, lambda name: st.just(tables[name])),
        "narrative_figures": some(["主动公开总数", "公文类", "非公文类"], lambda name: FIGURES),
    }


def cells(count: int, figure: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    row: st.SearchStrategy[Any] = st.lists(figure, min_size=count, max_size=count)
    return st.one_of(row, row, row, row, st.none()) if count > 1 else figure


@given(documents())
@settings(max_examples=60, suppress_health_check=list(HealthCheck))
def test_no_report_is_too_odd_to_be_told(
    tmp_path_factory: pytest.TempPathFactory, document: dict[str, Any]
) -> None:
    journal = open_journal(f"sqlite:///{tmp_path_factory.getbasetemp() / 'odd.db'}", create=True)
    report_ = read(document, HOUSE.editions)
    assert_told(journal, report_)
    journal.engine.dispose()


# Figures as printed

COUNT = NEW.figures["applications/new/total"]
CHANGE = OLD.figures["services/licence/change"]
FEES = NEW.figures["fees/fee/amount"]
AMOUNT = OLD.figures["procurement/centralised/amount"]


@pytest.mark.parametrize(
    ("text", "figure", "header", "value"),
    [
        ("859", COUNT, None, "859"),
        (" ８５９ ", COUNT, None, "859"),
        ("1,808,595", COUNT, None, "1808595"),
        ("１，８０８", COUNT, None, "1808"),
        ("12件", COUNT, None, "12"),
        (0, COUNT, None, "0"),
        ("+3", CHANGE, None, "3"),
        ("－４１７", CHANGE, None, "-417"),
        ("−10", CHANGE, None, "-10"),
        ("179.8 万元", AMOUNT, None, "179.8"),
        ("251000元", AMOUNT, None, "25.1"),
        ("1.2亿元", AMOUNT, None, "12000"),
        ("0", AMOUNT, None, "0"),
        ("59237.2449", FEES, "万元", "59237.2449"),
        ("1720000元", FEES, "万元", "172"),
        (None, COUNT, None, None),
        ("/", COUNT, None, None),
        ("－", COUNT, None, None),
        ("—", COUNT, None, None),
        ("　", COUNT, None, None),
    ],
)
def test_a_figure_is_read_as_it_is_printed(
    text: Any, figure: Any, header: str | None, value: str | None
) -> None:
    assert number(text, figure, header) == (None if value is None else Decimal(value))


@pytest.mark.parametrize(
    ("text", "figure", "why"),
    [
        ("8040", AMOUNT, "an amount without a unit"),
        ("8040美元", AMOUNT, "an amount in 美元"),
        ("1100余", COUNT, "a count in 余"),
        ("2764.2万宗", COUNT, "a count in 万宗"),
        ("258件,占33.9%", COUNT, "not a number"),
        ("约5", COUNT, "not a number"),
        ("1,80", COUNT, "not a number"),
        ("12 345", COUNT, "not a number"),
        ("10²", COUNT, "a count in ²"),
        ("2.5", COUNT, "a count that is not whole"),
        (True, COUNT, "not a figure"),
        (["0"], COUNT, "not a figure"),
    ],
)
def test_what_stands_for_no_one_number_is_not_guessed(text: Any, figure: Any, why: str) -> None:
    with pytest.raises(Unreadable) as error:
        number(text, figure)
    assert str(error.value) == why


def test_what_cannot_be_read_is_listed() -> None:
    document = {
        "id": "x",
        "report_year": 2020,
        "edition": "GBGKB-2019-60",
        "completeness": "partial",
        "tables": {
            "T2": {"政府集中采购": ["1", "8040"], "行政许可": ["1"], "行政处罚": None, "规则": "1"},
            "T3": {"new": ["0"] * 7, "other_misc": ["0"] * 7},
            "T4": None,
            "T5": {},
        },
        "narrative_figures": {"申请": 0},
    }
    report_ = read(document, HOUSE.editions)
    assert {unread.place: unread.why for unread in report_.unread} == {
        "T2/政府集中采购/2": "an amount without a unit",
        "T2/行政许可": "not 3 cells",
        "T2/行政处罚": "blank or cut off",
        "T2/规则": "not a row of this edition",
        "T3/other_misc": "not a row of this edition",
        "T4": "not a table",
        "T5": "not a table of the form",
        "text/申请": "no figure of ours by this name",
    }
    assert report_.cells["procurement/centralised/projects"] == 1
    assert len(report_.cells) == 1 + 7


def test_the_edition_is_the_one_that_the_report_uses(sqlite_url: str) -> None:
    document = DOCUMENTS[SEED] | {"report_year": 2023}
    report_ = read(document, HOUSE.editions)
    assert report_.edition is OLD
    journal = open_journal(sqlite_url, create=True)
    assert_told(journal, report_)
    question = Question(year(2023), organ=report_.code)
    with journal.reading() as connection:
        assert report(connection, HOUSE.editions, question).setting.edition is NEW
    assert read(document | {"edition": "GBF-2014-32"}, HOUSE.editions).cells == {}


def test_a_report_is_written_as_events_by_a_command() -> None:
    path = FOLDER / f"{SEED}.json"
    command = [sys.executable, published.__file__, str(path)]
    run = subprocess.run(command, capture_output=True, check=True, text=True)
    lines = tuple(json.loads(line) for line in run.stdout.splitlines())
    assert lines == tell(printed(SEED)).events
