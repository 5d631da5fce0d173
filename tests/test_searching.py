"""Searching the journal: what a supervising office or an auditor looks for, page by page and as a file."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from ledger.drawing.formats import write_events
from ledger.rooms.storage import searching
from ledger.rooms.storage.journal import Journal
from ledger.verbs.opening import open_journal
from ledger.verbs.recording import record
from ledger.verbs.searching import (
    Filter,
    all_events,
    events,
    first_recorded,
    last_recorded,
    organs_asked,
)
from ledger.words.events import moment
from ledger.words.problems import Refusal
from papers import HOUSE
from test_command_line import runs


def registered(code: str, **data: str) -> dict[str, Any]:
    draft = {"type": "organ.registered", "organ": code, "subject": f"organ:{code}"}
    return draft | {"occurred_on": "2015-01-01", "data": {"name": f"机关{code}"} | data}


def received(organ: str, number: str, day: str, **more: Any) -> dict[str, Any]:
    draft = {"type": "application.received", "organ": organ, "subject": f"application:{number}"}
    data = {"applicant": "natural-person", "channel": "online"}
    return draft | {"occurred_on": day, "data": data} | more


@pytest.fixture(params=["sqlite_url", "fresh_postgres_url"])
def journal(request: pytest.FixtureRequest) -> Iterator[Journal]:
    """A city with two organs below it, and what two people recorded of them."""
    journal = open_journal(request.getfixturevalue(request.param), create=True)
    organs = [registered("city"), registered("a", parent="city"), registered("b", parent="city")]
    record(journal, HOUSE.definitions, organs, "founder")
    first = [received("a", f"2020-{n:03}", f"2020-03-{n:02}") for n in range(1, 11)]
    record(journal, HOUSE.definitions, first, "clerk of a")
    source = {"title": "依申请公开台账", "reference": "Nr. 7/2020"}
    second = [
        received("b", "2020-001", "2020-03-05", source=source),
        received("city", "2021-001", "2021-01-04", id="Odd-One"),
    ]
    record(journal, HOUSE.definitions, second, "clerk of b")
    yield journal
    journal.engine.dispose()


def positions(journal: Journal, wanted: Filter, **how: Any) -> list[int]:
    with journal.reading() as connection:
        return [event.position for event in events(connection, wanted, **how)]


def test_each_condition_narrows_the_search_down(journal: Journal) -> None:
    assert positions(journal, Filter()) == list(range(1, 16))
    assert positions(journal, Filter(types=("organ.registered",))) == [1, 2, 3]
    assert positions(journal, Filter(organs=frozenset({"b", "city"}))) == [1, 3, 14, 15]
    assert positions(journal, Filter(by="clerk of b")) == [14, 15]
    assert positions(journal, Filter(first=4, last=5)) == [4, 5]
    whole_days = Filter(since=date(2020, 3, 5), until=date(2020, 3, 6))
    assert positions(journal, whole_days) == [8, 9, 14]
    assert positions(journal, Filter(since=date(2021, 1, 4), by="clerk of a")) == []


def test_a_subject_is_found_with_and_without_its_organ_and_by_how_it_begins(
    journal: Journal,
) -> None:
    assert positions(journal, Filter(subject="application:2020-001")) == [4, 14]
    assert positions(journal, Filter(subject="application:2020-001@b")) == [14]
    assert positions(journal, Filter(subject="application:2020-01*")) == [13]
    assert positions(journal, Filter(subject="organ:*")) == [1, 2, 3]
    assert positions(journal, Filter(subject="application:2020")) == []


def test_words_are_found_in_papers_ids_and_what_events_say(journal: Journal) -> None:
    for text, found in (("依申请公开", 14), ("nr. 7", 14), ("ODD-one", 15), ("机关a", 2)):
        assert positions(journal, Filter(text=text)) == [found], text
    assert positions(journal, Filter(text="%")) == []


def test_pages_follow_one_another_in_both_directions_and_leave_nothing_out(
    journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(searching, "_PAGE", 3)
    wanted = Filter(types=("application.received",))
    for newest_first in (False, True):
        pages: list[list[int]] = []
        after = None
        while page := positions(journal, wanted, after=after, limit=5, newest_first=newest_first):
            pages.append(page)
            after = page[-1]
        expected = list(range(4, 16))[:: -1 if newest_first else 1]
        assert [len(page) for page in pages] == [5, 5, 2]
        assert [position for page in pages for position in page] == expected


def test_recording_times_are_positions_too_and_a_day_counts_whole(journal: Journal) -> None:
    with journal.reading() as connection:
        told = events(connection, Filter())
        at = moment(told[3].recorded_at).isoformat()
        assert first_recorded(connection, at) == 4
        assert last_recorded(connection, at) == 13, "a batch is recorded at one moment"
        assert first_recorded(connection, "2000-01-01") == 1
        assert last_recorded(connection, "2000-01-01") == 0
        assert first_recorded(connection, "2999-01-01") == 16
        assert (first_recorded(connection, "7"), last_recorded(connection, "7")) == (7, 7)
        for not_a_time in (first_recorded, last_recorded):
            with pytest.raises(Refusal) as refused:
                not_a_time(connection, "yesterday")
            assert refused.value.problems[0].code == "not-a-moment"


def test_an_organ_comes_with_those_below_it_if_wanted(journal: Journal) -> None:
    with journal.reading() as connection:
        assert organs_asked(connection, None) == frozenset()
        assert organs_asked(connection, "city") == {"city"}
        assert organs_asked(connection, "city", with_below=True) == {"city", "a", "b"}
        with pytest.raises(Refusal) as refused:
            organs_asked(connection, "elsewhere")
    assert "elsewhere" in refused.value.problems[0].sentence("en")


def test_all_that_is_found_goes_into_a_workbook(journal: Journal) -> None:
    file = BytesIO()
    with journal.reading() as connection:
        found = all_events(connection, Filter(by="clerk of a"))
        write_events(file, found, [("--by", "clerk of a")], HOUSE.definitions, "en", None)
    about, sheet = load_workbook(file).worksheets
    assert [cell.value for cell in about[1]] == ["--by", "clerk of a"]
    rows = list(sheet.iter_rows(min_row=2, values_only=True))
    assert [row[0] for row in rows] == list(range(4, 14))
    assert rows[0][1].date() == date(2020, 3, 1)
    assert sheet.auto_filter.ref == f"A1:N{len(rows) + 1}"


@pytest.mark.slow
def test_the_command_shows_pages_and_writes_files(sqlite_url: str, tmp_path: Path) -> None:
    ledger = runs(sqlite_url, tmp_path)
    assert ledger("demo").returncode == 0
    page = ledger("--lang", "en", "events", "--type", "procurement.concluded", "--limit", "3")
    assert "procurement:2020-3@yueqing-jgsw" in page.stdout
    assert "--after 84" in page.stdout
    rest = ledger("events", "--type", "procurement.concluded", "--after", "84", "--format", "json")
    told = json.loads(rest.stdout)
    assert [event["position"] for event in told["events"]] == [85] and told["after"] is None
    assert "没有" in ledger("events", "--from", "2031-01-01").stdout
    done = ledger("events", "--organ", "yueqing-jgsw", "--below", "--output", "found.xlsx")
    assert done.returncode == 0, done.stderr
    assert load_workbook(tmp_path / "found.xlsx").worksheets[1].max_row == 1 + 85
    for wrong in (("--from", "yesterday"), ("--type", "no.such"), ("--organ", "nobody")):
        refused = ledger("events", *wrong)
        assert refused.returncode == 1 and wrong[1] in refused.stderr
