"""What drafts would change, told before anything is recorded."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.rooms.storage import reading
from ledger.rooms.storage.journal import Journal
from ledger.verbs.checking import check_report
from ledger.verbs.opening import open_journal
from ledger.verbs.previewing import Preview, preview
from ledger.verbs.recording import record
from ledger.verbs.reporting import Question
from ledger.words.problems import Refusal
from ledger.words.years import year
from small_ledgers import HOUSE, ORGANS, drafts, ledger_of
from test_command_line import DECIDED, RECEIVED, REGISTERED, Ledger, lines, runs

STATED = {
    "type": "statement.counted",
    "organ": "office",
    "subject": "statement:1",
    "occurred_on": "2021-01-08",
    "data": {
        "state": "application.decided",
        "dimensions": {"applicant": "natural-person", "outcome": "granted"},
        "from": "2020-01-01",
        "to": "2020-12-31",
        "quantity": 2,
    },
    "source": {"title": "示例"},
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


def previewed(journal: Journal, *told: dict[str, Any]) -> Preview:
    return preview(journal, HOUSE.definitions, HOUSE.editions, told, "clerk")


def moved(told: Preview) -> dict[tuple[str, int], dict[str, tuple[Any, Any]]]:
    return {
        (of.organ.code, of.year): {cell.figure.address: (cell.old, cell.new) for cell in of.cells}
        for of in told.years
    }


def broken(told: Preview) -> set[tuple[Any, ...]]:
    return _named(told, "broken")


def mended(told: Preview) -> set[tuple[Any, ...]]:
    return _named(told, "mended")


def _named(told: Preview, which: str) -> set[tuple[Any, ...]]:
    return {
        (of.organ.code, of.year, finding.constraint.id, finding.equation.at)
        for of in told.years
        for finding in getattr(of, which)
    }


# Stories


def test_a_decision_is_previewed_for_every_year_that_it_moves(journal: Journal) -> None:
    write_down(journal, REGISTERED, RECEIVED)
    told = previewed(journal, DECIDED)
    assert (told.position, told.recorded, told.again) == (2, 1, 0)
    cells = moved(told)
    assert cells["office", 2021]["applications/granted/natural-person"] == (0, 1)
    assert cells["office", 2021]["applications/carried-out/total"] == (1, 0)
    assert cells["office", 2022]["applications/carried-in/total"] == (1, 0)
    assert ("office", 2020) not in cells
    with journal.reading() as connection:
        assert reading.last_position(connection) == 2


def test_a_constraint_that_would_break_is_named_and_one_that_would_hold_again(
    journal: Journal,
) -> None:
    write_down(journal, REGISTERED, RECEIVED)
    told = previewed(journal, STATED)
    assert {(year, at) for _, year, _, at in broken(told)} == {
        (2020, "natural-person"),
        (2020, "total"),
    }
    assert mended(told) == set()
    write_down(journal, STATED | {"id": "s-1"})
    void = {"type": "event.voided", "data": {"event": "s-1", "reason": "other"}}
    again = previewed(journal, {**STATED, **void, "source": {"title": "示例"}})
    assert (broken(again), mended(again)) == (set(), broken(told))


def test_an_organ_that_is_yet_to_be_registered_is_previewed_with_its_events(
    journal: Journal,
) -> None:
    told = previewed(journal, REGISTERED, RECEIVED, DECIDED)
    assert (told.position, told.recorded) == (0, 3)
    assert moved(told)["office", 2020]["applications/new/total"] == (0, 1)
    assert {of.organ.name for of in told.years} == {"示例机关"}


def test_a_transfer_moves_the_figures_of_both_organs(journal: Journal) -> None:
    other = REGISTERED | {"organ": "other", "subject": "organ:other", "data": {"name": "其他"}}
    write_down(journal, REGISTERED, other, RECEIVED)
    transfer = {"type": "application.transferred", "data": {"to": "other"}}
    cells = moved(previewed(journal, RECEIVED | transfer | {"occurred_on": "2020-12-28"}))
    carried_out = "applications/carried-out/total"
    assert cells["office", 2020][carried_out] == (1, 0)
    assert cells["other", 2020][carried_out] == (0, 1)
    assert cells["office", 2020]["applications/other/total"] == (0, 1)


def test_what_was_recorded_before_changes_nothing(journal: Journal) -> None:
    write_down(journal, REGISTERED, RECEIVED | {"id": "r-1"})
    told = previewed(journal, RECEIVED | {"id": "r-1"})
    assert (told.recorded, told.again, told.years) == (0, 1, ())


def test_a_case_that_was_handed_on_twice_is_still_recorded_by_its_last_organ(
    database_url: str,
) -> None:
    """The organs before it are named by no later draft, and each draft comes from a new process."""
    codes = ("office", "second", "third")
    told = [REGISTERED | {"organ": code, "subject": f"organ:{code}"} for code in codes]
    case = RECEIVED | {"subject": "application:1@office"}
    told.append(case)
    for code, to in (("office", "second"), ("second", "third")):
        transfer = {"type": "application.transferred", "organ": code, "data": {"to": to}}
        told.append(case | transfer)
    told.append(DECIDED | {"subject": "application:1@office", "organ": "third"})
    for draft in told:
        journal = open_journal(database_url, create=True)
        write_down(journal, draft)
        journal.engine.dispose()


# On the command line


def test_a_preview_takes_the_words_of_record_and_records_nothing(ledger: Ledger) -> None:
    ledger("import", "-", stdin=lines(REGISTERED, RECEIVED))
    words = ["application.decided", "application:1", "--organ", "office", "--on", "2021-01-11"]
    shown = ledger("--lang", "en", "preview", *words, "outcome=granted")
    assert shown.returncode == 0, shown.stderr
    assert "nothing is recorded: 1 events would follow position 2" in shown.stdout
    assert "applications/granted/natural-person\t0\t1\t+1" in shown.stdout
    assert "2021 示例机关 (office)" in shown.stdout
    told = json.loads(ledger("preview", *words, "outcome=granted", "--format", "json").stdout)
    assert told["years"][0]["year"] == 2021
    assert told["years"][0]["cells"][0].keys() >= {"address", "old", "new", "difference"}
    stated = ledger("--lang", "en", "preview", "--json", "-", stdin=json.dumps([STATED]))
    assert "Would no longer hold" in stated.stdout
    assert json.loads(ledger("verify", "--format", "json").stdout)["events"] == 2


def test_a_preview_is_refused_in_the_words_in_which_recording_is(ledger: Ledger) -> None:
    ledger("import", "-", stdin=lines(REGISTERED, RECEIVED))
    for draft in (
        DECIDED | {"subject": "application:9"},
        DECIDED | {"data": {"outcome": "yes"}},
        DECIDED | {"organ": "nobody"},
    ):
        written = json.dumps(draft)
        would, does = (ledger(verb, "--json", "-", stdin=written) for verb in ("preview", "record"))
        assert would.returncode == does.returncode == 1
        assert would.stderr == does.stderr != ""
    nothing = ledger("--lang", "en", "preview")
    assert nothing.returncode == 1
    assert "Name the type" in nothing.stderr


def test_a_preview_makes_no_ledger(ledger: Ledger, tmp_path: Path) -> None:
    refused = ledger("--lang", "en", "preview", "--json", "-", stdin=json.dumps(REGISTERED))
    assert refused.returncode == 1
    assert "no ledger" in refused.stderr
    assert list(tmp_path.iterdir()) == []


# The law


@settings(max_examples=25)
@given(told=drafts(least=4), data=st.data())
def test_a_preview_is_what_happens_when_it_is_then_recorded(
    told: list[dict[str, Any]], data: st.DataObject
) -> None:
    if data.draw(st.booleans()):  # otherwise some drafts may be refused
        with ledger_of(told) as (_, told):
            pass
    first = data.draw(st.integers(0, max(0, len(told) - 1)))
    years = range(2019, date.today().year + 1)
    with ledger_of(told[:first]) as (journal, recorded):
        last = 3 + len(recorded)
        drafts_ = told[first:]
        try:
            foretold = previewed(journal, *drafts_)
        except Refusal as would:
            with pytest.raises(Refusal) as does:
                write_down(journal, *drafts_)
            assert does.value.problems == would.problems
            return
        before = {key: checked(journal, *key) for key in each(years)}
        with journal.reading() as connection:
            assert reading.last_position(connection) == last
        write_down(journal, *drafts_)
        after = {key: checked(journal, *key) for key in each(years)}
    cells, breaks, mends = {}, set(), set()
    for key, (was, held) in before.items():
        now, holds = after[key]
        changed = {name: (was[name], now[name]) for name in was if was[name] != now[name]}
        breaks |= {(*key, *name) for name in held - holds}
        mends |= {(*key, *name) for name in holds - held}
        if changed:
            cells[key] = changed
    assert {key: of for key, of in moved(foretold).items() if of} == cells
    assert (broken(foretold), mended(foretold)) == (breaks, mends)


def each(years: range) -> Iterator[tuple[str, int]]:
    return ((organ, year) for organ in ORGANS for year in years)


def checked(journal: Journal, organ: str, of: int) -> tuple[dict[str, Any], set[Any]]:
    """The cells of a year's report, and the equations that hold."""
    with journal.reading() as connection:
        made, findings = check_report(connection, HOUSE.editions, Question(year(of), organ))
    held = {(f.constraint.id, f.equation.at) for f in findings if f.verdict == "holds"}
    return {name: cell.value for name, cell in made.report.cells.items()}, held
