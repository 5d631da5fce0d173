"""What changed in a year's figures, and through which events; and why an event is not in a figure."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import event

from ledger.drawing.change_documents import whereabouts_document
from ledger.drawing.whereabouts import reasons
from ledger.rooms.storage import reading
from ledger.rooms.storage.journal import Journal
from ledger.verbs.differing import Difference, differences
from ledger.verbs.excluding import Whereabouts, located, whereabouts
from ledger.verbs.histories import background
from ledger.verbs.opening import open_journal
from ledger.verbs.recording import record
from ledger.verbs.reporting import Question, report, setting_of
from ledger.verbs.tracing import trace
from ledger.words.problems import Refusal
from ledger.words.years import year
from small_ledgers import HOUSE, ORGANS, REFORM, YEARS, drafts, ledger_of
from test_command_line import DECIDED, RECEIVED, REGISTERED, Ledger, lines, runs

GRANTED = "applications/granted/natural-person"
NEW = "applications/new/natural-person"

VOIDED = {
    "type": "event.voided",
    "organ": "office",
    "subject": "application:1",
    "occurred_on": "2021-02-01",
    "data": {"event": "d-1", "reason": "recorded-twice"},
}
CORRECTED = VOIDED | {
    "type": "event.corrected",
    "data": {
        "event": "r-1",
        "reason": "wrong-code",
        "data": {"applicant": "legal-service-institution"},
    },
}


@pytest.fixture
def journal(database_url: str) -> Iterator[Journal]:
    journal = open_journal(database_url, create=True)
    yield journal
    journal.engine.dispose()


@pytest.fixture
def ledger(sqlite_url: str, tmp_path: Path) -> Ledger:
    return runs(sqlite_url, tmp_path)


def write_down(journal: Journal, *told: dict[str, Any]) -> None:
    record(journal, HOUSE.definitions, told, "clerk")


def difference(journal: Journal, of: int, since: str, until: str | None = None) -> Difference:
    with journal.reading() as connection:
        return differences(connection, HOUSE.editions, Question(year(of), as_at=until), since)


def changed(told: Difference) -> dict[str, tuple[int, int, dict[int, int]]]:
    return {cell.figure.address: (cell.old, cell.new, cell.parts) for cell in told.cells}


def place(journal: Journal, address: str, id_: str, of: int, **more: Any) -> Whereabouts:
    with journal.reading() as connection:
        question = Question(year(of), **more)
        return whereabouts(connection, HOUSE.editions, question, address, id_)


def sentences(told: Whereabouts, language: str = "en") -> list[str]:
    return [sentence for _, _, sentence in reasons(told, HOUSE.definitions, language)]


# Stories


def test_a_change_is_explained_by_a_late_entry_a_correction_and_a_voiding(
    journal: Journal,
) -> None:
    write_down(journal, REGISTERED, RECEIVED | {"id": "r-1"}, DECIDED | {"id": "d-1"})
    late = RECEIVED | {"subject": "application:2", "occurred_on": "2020-11-02"}
    write_down(journal, late, CORRECTED, VOIDED)
    of_2020 = difference(journal, 2020, "3")
    assert changed(of_2020)["applications/new/total"] == (1, 2, {4: 1})
    assert changed(of_2020)["applications/new/legal-service-institution"] == (0, 1, {5: 1})
    assert {at: cause.kind for at, cause in of_2020.causes.items()} == {
        4: "late",
        5: "correction",
    }
    correction = of_2020.causes[5].changes
    assert correction is not None
    assert (correction.id, correction.position) == ("r-1", 2)
    of_2021 = difference(journal, 2021, "3")
    assert changed(of_2021)["applications/granted/total"] == (1, 0, {6: -1})
    assert changed(of_2021)[GRANTED] == (1, 0, {5: -1})
    assert changed(of_2021)["applications/carried-out/total"] == (0, 2, {4: 1, 6: 1})
    assert of_2021.causes[6].kind == "voiding"
    voided = of_2021.causes[6].changes
    assert voided is not None
    assert voided.id == "d-1"


def test_what_changed_and_changed_back_is_no_difference(journal: Journal) -> None:
    write_down(journal, REGISTERED, RECEIVED | {"id": "r-1"})
    write_down(journal, CORRECTED | {"id": "c-1"})
    write_down(journal, VOIDED | {"data": VOIDED["data"] | {"event": "c-1"}})
    assert changed(difference(journal, 2020, "2")) == {}
    assert changed(difference(journal, 2020, "2", "3"))[NEW] == (1, 0, {3: -1})
    assert changed(difference(journal, 2020, "3"))[NEW] == (0, 1, {4: 1})


def test_what_had_not_happened_when_the_first_figures_were_known_is_new_and_not_late(
    journal: Journal,
) -> None:
    write_down(journal, REGISTERED, RECEIVED)
    assert {cause.kind for cause in difference(journal, 2020, "1").causes.values()} == {"late"}
    assert {cause.kind for cause in difference(journal, 2020, "0").causes.values()} == {"new"}
    early = difference(journal, 2020, "2020-12-20")
    assert {cause.kind for cause in early.causes.values()} == {"new"}
    assert {cause.kind for cause in difference(journal, 2020, "2020-12-21").causes.values()} == {
        "late"
    }


def test_a_report_that_was_never_issued_is_told_so(journal: Journal) -> None:
    write_down(journal, REGISTERED)
    for since, code in (("issued", "never-issued"), ("9", "beyond-the-journal")):
        with pytest.raises(Refusal) as refused:
            difference(journal, 2020, since)
        assert [problem.code for problem in refused.value.problems] == [code]
    with pytest.raises(Refusal) as refused:
        difference(journal, 2020, "1", "0")
    assert [problem.code for problem in refused.value.problems] == ["turned-round"]


def test_superseded_facts_are_looked_up_by_how_long_they_were_known(
    sqlite_url: str,
) -> None:
    journal = open_journal(sqlite_url, create=True)
    write_down(journal, REGISTERED, RECEIVED | {"id": "r-1"}, DECIDED, CORRECTED)
    told: list[tuple[str, Any]] = []

    def listen(_: Any, __: Any, statement: str, parameters: Any, *___: Any) -> None:
        if "facts_superseded" in statement:
            told.append((statement, parameters))

    event.listen(journal.engine, "before_cursor_execute", listen)
    difference(journal, 2020, "3")
    with journal.reading() as connection:
        plan = [
            row[3]
            for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {told[0][0]}", told[0][1])
        ]
    journal.engine.dispose()
    (past,) = (line for line in plan if "facts" in line)
    assert "COVERING INDEX facts_superseded (<expr>=? AND organ=? AND known_from>?)" in past


def test_an_event_that_is_not_where_it_was_expected_is_told_why(journal: Journal) -> None:
    office, other = REGISTERED, {"organ": "other", "subject": "organ:other"}
    write_down(journal, office, REGISTERED | other, RECEIVED | {"id": "r-1"})
    write_down(journal, DECIDED | {"id": "d-1"}, CORRECTED | {"id": "c-1"})
    moved = RECEIVED | {"id": "r-2", "subject": "application:2@office"}
    transfer = {"type": "application.transferred", "id": "t-2", "data": {"to": "other"}}
    write_down(journal, moved, moved | transfer | {"occurred_on": "2020-12-22"})

    def told(id_: str, address: str, year: int = 2020, organ: str | None = None) -> str:
        found = place(journal, address, id_, year, organ=organ)
        assert not found.counted
        assert len(sentences(found)) == len(sentences(found, "zh-CN"))
        return " | ".join(sentences(found))

    carried_out = "applications/carried-out/total"
    assert "is of Applications pending; the figure counts Applications decided" in told(
        "r-1", "applications/granted/total"
    )
    assert "Applicant kind is Legal service institution" in told("r-1", NEW)
    assert "until position 5: Event corrected (event c-1)" in told("r-1", NEW)
    assert "began on 2020-12-21, before 2021-01-01" in told("r-1", "applications/new/total", 2021)
    assert "counts only what began before 2020-01-01" in told("r-1", carried_out, 2019)
    assert "had ended on 2021-01-11; the figure counts only what lasted until 2022-01-01" in told(
        "r-1", carried_out, 2021
    )
    assert "belongs to other; the figure is that of office" in told("t-2", carried_out)
    assert "makes nothing that is counted" in told("1", carried_out, organ="office")
    assert place(journal, carried_out, "t-2", 2020, organ="other").contribution == 1
    write_down(journal, VOIDED | {"id": "v-1"})
    assert "until position 8: Event voided (event v-1)" in told(
        "d-1", "applications/granted/total", 2021
    )
    assert "v-1, position 8) voided it" in told("d-1", "reviews/count/suit-direct-total", 2021)
    assert place(journal, carried_out, "r-1", 2021).contribution == 1


# On the command line


def test_a_difference_is_a_page_to_paste_and_a_document(ledger: Ledger) -> None:
    ledger("import", "-", stdin=lines(REGISTERED, RECEIVED | {"id": "r-1"}, DECIDED, CORRECTED))
    shown = ledger("--lang", "en", "diff", "2020", "--from", "3")
    assert shown.returncode == 0, shown.stderr
    assert f"{NEW}\t1\t0\t-1\t4: -1" in shown.stdout
    assert "correction\t2021-02-01\tapplication:1@office\tEvent corrected" in shown.stdout
    assert "2: Application received 2020-12-21 (r-1)" in shown.stdout
    chinese = ledger("diff", "2020", "--from", "3").stdout
    assert "更正\t2021-02-01" in chinese
    told = json.loads(ledger("diff", "2020", "--from", "3", "--format", "json").stdout)
    assert (told["since"], told["position"]) == (3, 4)
    for cell in told["cells"]:
        assert cell["new"] - cell["old"] == cell["difference"]
        assert sum(cause["quantity"] for cause in cell["causes"]) == cell["difference"]
    assert [(each["kind"], each["amends"]["id"]) for each in told["events"]] == [
        ("correction", "r-1")
    ]
    assert "没有数字变动" in ledger("diff", "2020", "--from", "now").stdout
    refused = ledger("--lang", "en", "diff", "2020")
    assert refused.returncode == 1
    assert "was never issued" in refused.stderr


def test_a_long_difference_is_cut_short_unless_all_is_asked_for(ledger: Ledger) -> None:
    many = [RECEIVED | {"subject": f"application:{n}"} for n in range(25)]
    ledger("import", "-", stdin=lines(REGISTERED, *many))
    short = ledger("--lang", "en", "diff", "2020", "--from", "1").stdout
    assert "… and 5 more; --limit 0 lists all." in short
    assert short.count("\tApplication received\t") == 20
    whole = ledger("--lang", "en", "diff", "2020", "--from", "1", "--limit", "0").stdout
    assert whole.count("\tApplication received\t") == 25
    assert "more" not in whole


def test_explain_says_why_an_event_is_not_in_a_figure(ledger: Ledger) -> None:
    ledger("import", "-", stdin=lines(REGISTERED, RECEIVED | {"id": "r-1"}, DECIDED))
    shown = ledger("--lang", "en", "explain", "r-1", "--in", "2021", NEW)
    assert shown.returncode == 0, shown.stderr
    assert "It began on 2020-12-21, before 2021-01-01" in shown.stdout
    assert "它计入这个数字：+1 件" in ledger("explain", "r-1", "--in", "2020", NEW).stdout
    document = ledger("explain", "r-1", "--in", "2021", NEW, "--format", "json")
    told = json.loads(document.stdout)
    assert (told["counted"], told["quantity"]) == (False, 0)
    assert [reason["code"] for reason in told["reasons"]] == ["entered-before"]
    assert told["reasons"][0]["message"].keys() == {"zh-CN", "en"}
    for words in (["nothing", "--in", "2020", NEW], ["r-1", "--in", "2020", "no/such/cell"]):
        refused = ledger("explain", *words)
        assert refused.returncode == 1
        assert "Traceback" not in refused.stderr


# Laws


@settings(max_examples=40)
@given(told=drafts(), data=st.data())
def test_the_parts_of_a_changed_cell_are_what_each_event_made_of_it(
    told: list[dict[str, Any]], data: st.DataObject
) -> None:
    """The part of an event is the difference of two reports, just before it and just after it."""
    of = data.draw(st.sampled_from(YEARS))
    asked = [("city", True), ("bureau", True), *((code, False) for code in ORGANS)]
    organ, below = data.draw(st.sampled_from(asked))
    with ledger_of(told) as (journal, recorded):
        first = data.draw(st.integers(0, 3 + len(recorded)))
        until = data.draw(st.integers(first, 3 + len(recorded)))
        parts_are_steps(journal, of, organ, first, until, below=below)


@settings(max_examples=40)
@given(told=drafts(least=4, reformed=True), data=st.data())
def test_they_are_where_a_reform_changes_whom_a_report_covers(
    told: list[dict[str, Any]], data: st.DataObject
) -> None:
    of = data.draw(st.sampled_from(YEARS[1:]))
    reform = next(at for at, draft in enumerate(told) if draft["id"] == REFORM)
    with ledger_of(told) as (journal, recorded):
        first = 3 + sum(draft in told[:reform] for draft in recorded)
        successor = told[reform]["data"]["successor"]
        parts_are_steps(journal, of, successor, first, 3 + len(recorded), below=True)


def parts_are_steps(
    journal: Journal, of: int, organ: str, first: int, until: int, *, below: bool
) -> None:
    with journal.reading() as connection:

        def known_at(position: int) -> dict[str, int]:
            question = Question(year(of), organ, below, str(position))
            cells = report(connection, HOUSE.editions, question).cells
            return {address: cell.quantity for address, cell in cells.items()}

        reports = {position: known_at(position) for position in range(first, until + 1)}
        question = Question(year(of), organ, below, str(until))
        found = changed(differences(connection, HOUSE.editions, question, str(first)))
    for address, old in reports[first].items():
        new = reports[until][address]
        steps = {
            at: reports[at][address] - reports[at - 1][address]
            for at in range(first + 1, until + 1)
        }
        if old == new:
            assert address not in found
        else:
            assert found[address] == (old, new, {at: step for at, step in steps.items() if step})
            assert old + sum(found[address][2].values()) == new


@settings(max_examples=25)
@given(told=drafts(), data=st.data())
def test_explain_in_a_figure_agrees_with_its_trace(
    told: list[dict[str, Any]], data: st.DataObject
) -> None:
    of = data.draw(st.sampled_from(YEARS))
    organ, below = data.draw(st.sampled_from([("city", True), ("city", False), ("bureau", False)]))
    with ledger_of(told) as (journal, recorded), journal.reading() as connection:
        setting = setting_of(connection, HOUSE.editions, Question(year(of), organ, below))
        events = reading.events_at(connection, range(1, 4 + len(recorded)))
        backgrounds = {at: background(connection, each) for at, each in events.items()}
        for address, figure in setting.edition.figures.items():
            traced = trace(connection, setting, address)
            for each in events.values():
                found = located(backgrounds[each.position], each, figure, setting)
                behind = [
                    fact for fact in traced.facts if each.position in fact.known.fact.evidence
                ]
                assert bool(found.counted) == bool(behind)
                assert found.contribution == sum(fact.contribution for fact in behind)
                if not behind:
                    _assert_told(found)


def _assert_told(found: Whereabouts) -> None:
    """There is a reason, it is the same in both languages, and each fact has one."""
    document = whereabouts_document(found, HOUSE.definitions)
    assert document["reasons"]
    assert all(reason["message"]["zh-CN"] for reason in document["reasons"])
    assert len(found.exclusions) <= len(document["reasons"])
