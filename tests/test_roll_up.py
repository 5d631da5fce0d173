"""A city's report by the organs below it: from a published total down to a single case."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ledger.rooms.storage.journal import Journal
from ledger.verbs.opening import House, open_journal
from ledger.verbs.recording import record
from ledger.verbs.reporting import Question, report, setting_of
from ledger.verbs.rolling_up import RollUp, roll_up
from ledger.verbs.tracing import trace
from ledger.words.problems import Refusal
from ledger.words.years import year
from published import read, tell
from test_issuing import Bureau

HOUSE = House()
PUBLISHED = json.loads(
    (Path(__file__).parent / "data/reports/2023-suqian-city.json").read_text(encoding="utf-8")
)
HANDLED = ("applications/new/total", "applications/carried-in/total")
"""收办: what was received this year and what was carried in."""

CITY = "2023-suqian-city"
PARTS: dict[str, int] = PUBLISHED["narrative_figures"]["by_organ"]
CODES = {name: f"part-{nth}" for nth, name in enumerate(PARTS)}
CITY_OWN, DEPARTMENTS = list(PARTS)[:2]
TREE = {
    **dict.fromkeys(CODES.values(), CITY),
    "department-a": CODES[DEPARTMENTS],
    "department-b": CODES[DEPARTMENTS],
    "office-of-a": "department-a",
}
"""Each organ below the city with the one above it; the departments are three storeys deep."""

QUOTAS = [(code, PARTS[name]) for name, code in CODES.items() if name != DEPARTMENTS]
QUOTAS += [("department-a", 400), ("office-of-a", 133), ("department-b", 400)]


def registered(code: str, parent: str | None) -> dict[str, Any]:
    data = {"name": next((name for name, known in CODES.items() if known == code), code)}
    return {
        "type": "organ.registered",
        "organ": code,
        "subject": f"organ:{code}",
        "occurred_on": "2015-01-01",
        "data": data | ({"parent": parent} if parent else {}),
    }


def spread() -> Iterator[dict[str, Any]]:
    """The city's published year as events, its applications handed out to the organs below it."""
    told = tell(read(PUBLISHED, HOUSE.editions)).events
    code = told[0]["organ"]
    cases = dict.fromkeys(
        event["subject"] for event in told if event["subject"].startswith("application:")
    )
    holders = [organ for organ, quota in QUOTAS for _ in range(quota)]
    assert len(cases) == len(holders) == 3607
    of_case = dict(zip(cases, holders, strict=True))
    yield registered(CITY, None)
    for organ, parent in TREE.items():
        yield registered(organ, parent)
    for event in told:
        if event["type"] != "organ.registered":
            organ = of_case.get(event["subject"], CITY)
            yield event | {"organ": organ if event["organ"] == code else event["organ"]}


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Journal]:
    path = tmp_path_factory.mktemp("city") / "ledger.db"
    journal = open_journal(f"sqlite:///{path}", create=True)
    events = list(spread())
    for begin in range(0, len(events), 1000):
        record(journal, HOUSE.definitions, events[begin : begin + 1000], "clerk")
    yield journal
    journal.engine.dispose()


def rolled(journal: Journal, organ: str, *addresses: str) -> RollUp:
    with journal.reading() as connection:
        return roll_up(connection, HOUSE.editions, Question(year(2023), organ), addresses)


def shares(told: RollUp) -> dict[str, int]:
    return {share.organ.name: share.quantity(told.summed) for share in told.shares}


def test_the_published_total_is_the_sum_of_the_eleven_parts(city: Journal) -> None:
    told = rolled(city, CITY, *HANDLED)
    assert told.total == 3607
    assert {name: told_ for name, told_ in shares(told).items() if told_} == PARTS
    assert told.between == 0


def test_a_total_opens_down_to_a_single_case(city: Journal) -> None:
    departments = rolled(city, CODES[DEPARTMENTS], *HANDLED)
    assert (departments.total, shares(departments)) == (
        933,
        {DEPARTMENTS: 0, "department-a": 533, "department-b": 400},
    )
    assert shares(rolled(city, "department-a", *HANDLED)) == {
        "department-a": 400,
        "office-of-a": 133,
    }
    with city.reading() as connection:
        setting = setting_of(connection, HOUSE.editions, Question(year(2023), "office-of-a"))
        cases = [trace(connection, setting, address).facts for address in HANDLED]
        assert sum(len(of_cell) for of_cell in cases) == 133
        case = next(fact for of_cell in cases for fact in of_cell)
    assert case.organ == "office-of-a"
    assert case.subject.endswith("@office-of-a")


def test_every_cell_of_the_whole_is_the_sum_of_its_organs(city: Journal) -> None:
    told = rolled(city, CITY, *HANDLED)
    with city.reading() as connection:
        whole = report(connection, HOUSE.editions, Question(year(2023), CITY, below=True))
    assert {name: cell.quantity for name, cell in whole.cells.items()} == {
        name: sum(member.quantities[name] for member in told.members) for name in whole.cells
    }


def test_figures_of_different_units_are_not_added(city: Journal) -> None:
    with pytest.raises(Refusal) as refusal:
        rolled(city, CITY, HANDLED[0], "fees/fee/amount")
    assert [problem.code for problem in refusal.value.problems] == ["not-of-one-unit"]


def test_organs_without_a_report_and_later_changes_are_named(database_url: str) -> None:
    journal = open_journal(database_url, create=True)
    bureau = Bureau(journal)
    bureau.record(registered("city", None), registered("a", "city"), registered("b", "city"))
    received = {
        "type": "application.received",
        "occurred_on": "2023-03-01",
        "data": {"applicant": "natural-person", "channel": "online"},
    }
    for organ in ("a", "b"):
        bureau.record(received | {"organ": organ, "subject": f"application:1@{organ}"})
    bureau.issue(Question(year(2023), "a"))
    bureau.issue(Question(year(2023), "city", below=True))
    bureau.record(received | {"organ": "a", "subject": "application:2@a"})
    told = rolled(journal, "city", HANDLED[0])
    assert told.total == 3
    lacking = {member.organ.code for member in told.members if member.issue is None}
    changed = {member.organ.code for member in told.members if member.changed}
    unseen = {member.organ.code for member in told.members if member.unseen}
    assert (lacking, changed, unseen) == ({"b"}, {"a"}, {"a"})
    bureau.issue(Question(year(2023), "a"), kind="material", reason="晚记一件")
    bureau.issue(Question(year(2023), "city", below=True), kind="material", reason="甲局更正")
    told = rolled(journal, "city", HANDLED[0])
    assert not any(member.changed or member.unseen for member in told.members)
    journal.engine.dispose()
