"""Reforms of organs: what one held is its successor's from a day on, neither lost nor counted twice."""

import io
import itertools
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update

from ledger.drawing.whereabouts import reasons
from ledger.rooms.storage.tables import head
from ledger.verbs.checking import check_report
from ledger.verbs.closing import close_year, late_entries
from ledger.verbs.differing import Difference, differences
from ledger.verbs.excluding import Whereabouts, whereabouts
from ledger.verbs.importing import import_lines
from ledger.verbs.issuing import Office
from ledger.verbs.opening import House, open_journal
from ledger.verbs.previewing import Preview, preview
from ledger.verbs.rebuilding import rebuild
from ledger.verbs.recording import record
from ledger.verbs.reporting import Question, report, setting_of
from ledger.verbs.rolling_up import roll_up
from ledger.verbs.straddling import straddling
from ledger.verbs.tracing import explain, trace
from ledger.verbs.verifying import verify
from ledger.words.problems import Problem, Refusal
from ledger.words.years import period_of, year
from test_command_line import Ledger, lines, runs
from test_issuing import Bureau

HOUSE = House()
QUARTER = period_of("2021-Q3")
ROWS = ("new", "carried-in", "total", "carried-out")
TRANSFERRED = "applications/other/total"
IN_FORCE = "regulations/normative-document/in-force"
ISSUED = "regulations/normative-document/issued"
PENDING = "reviews/count/reconsideration-pending"
PURCHASES = "procurement/centralised/projects"

Draft = dict[str, Any]

RECEIVED = {"applicant": "natural-person", "channel": "online"}
MADE = {"kind": "normative-document", "title": "示例办法", "attribute": "proactive"}
PURCHASE = {"title": "示例项目", "method": "centralised", "amount": 17_980_000}


class County:
    """A county with two bureaus and one that is yet to come, told one event after the other."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._ids = (f"e-{n}" for n in itertools.count(1))
        self.journal = open_journal(url, create=True)
        for organ in ("county", "old", "new", "third"):
            parent = {} if organ == "county" else {"parent": "county"}
            self.happens(organ, "registered", f"organ:{organ}", "2018-01-01", name=organ, **parent)

    def happens(self, organ: str, what: str, subject: str, on: str, **data: Any) -> str:
        """Records an event; its id."""
        draft = self.draft(organ, what, subject, on, **data)
        record(self.journal, HOUSE.definitions, [draft], "clerk")
        return str(draft["id"])

    def draft(self, organ: str, what: str, subject: str, on: str, **data: Any) -> Draft:
        """An event as it is handed in; corrections and voidings are of the subject too."""
        kind = "event" if what in ("corrected", "voided") else subject.partition(":")[0]
        told = {"id": data.pop("id", None) or next(self._ids), "type": f"{kind}.{what}"}
        told |= {"organ": organ, "subject": subject, "occurred_on": on}
        told |= {"data": data.pop("data", data)}
        return told | ({"source": {"title": "示例统计表"}} if what in ("stated", "counted") else {})

    def succeeded(self, on: str = "2021-07-01", organ: str = "old", by: str = "new") -> str:
        return self.happens(organ, "succeeded", f"organ:{organ}", on, successor=by, kind="merger")

    def amend(self, what: str, event: str, organ: str = "old", **told: Any) -> str:
        """Corrects or voids an event of an organ."""
        data = {"event": event, "reason": "other", **told}
        return self.happens(organ, what, f"organ:{organ}", "2022-03-01", data=data)

    def receive(self, number: int, on: str, organ: str = "old") -> None:
        self.happens(organ, "received", f"application:{number}", on, **RECEIVED)

    def decide(self, number: int, on: str, organ: str = "new", of: str = "old") -> None:
        subject = f"application:{number}@{of}"
        self.happens(organ, "decided", subject, on, outcome="granted")

    def refuses(self, *told: Any, **data: Any) -> Problem:
        """The one problem of an event that cannot be; nothing of it is recorded."""
        before = self.journal.max_notification_id()
        with pytest.raises(Refusal) as refusal:
            self.happens(*told, **data)
        assert self.journal.max_notification_id() == before
        (problem,) = refusal.value.problems
        assert problem.sentence("zh-CN")
        assert problem.sentence("en")
        return problem

    def cells(self, of: int, organ: str, **more: Any) -> dict[str, int]:
        with self.journal.reading() as connection:
            found = report(connection, HOUSE.editions, Question(year(of), organ, **more))
            return {address: cell.quantity for address, cell in found.cells.items()}

    def applications(self, of: int, organ: str, **more: Any) -> tuple[int, ...]:
        """New, carried in, handled, carried out."""
        cells = self.cells(of, organ, **more)
        return tuple(cells[f"applications/{row}/total"] for row in ROWS)

    def difference(self, of: int, organ: str, since: int, **more: Any) -> Difference:
        with self.journal.reading() as connection:
            question = Question(year(of), organ, **more)
            return differences(connection, HOUSE.editions, question, str(since))

    def preview(self, *drafts: Draft) -> Preview:
        return preview(self.journal, HOUSE.definitions, HOUSE.editions, drafts, "clerk")

    def place(self, event: str, address: str, of: int, organ: str, **more: Any) -> Whereabouts:
        with self.journal.reading() as connection:
            question = Question(year(of), organ, **more)
            return whereabouts(connection, HOUSE.editions, question, address, event)

    def is_whole(self) -> bool:
        """Facts derived anew from the journal are those that recording made."""
        return list(verify(self.journal)) == []


def told_on(url: str) -> Iterator[County]:
    county = County(url)
    yield county
    assert county.is_whole()
    county.journal.engine.dispose()


@pytest.fixture
def county(sqlite_url: str) -> Iterator[County]:
    yield from told_on(sqlite_url)


@pytest.fixture
def county_anywhere(database_url: str) -> Iterator[County]:
    yield from told_on(database_url)


def moved(told: Difference) -> dict[str, tuple[int, int, dict[int, int]]]:
    return {cell.figure.address: (cell.old, cell.new, cell.parts) for cell in told.cells}


# A merger in the middle of a year


def test_pending_applications_pass_as_transferred_and_none_is_lost(county: County) -> None:
    county.receive(1, "2020-12-01")
    county.receive(2, "2021-03-01")
    county.receive(3, "2021-04-01")
    county.happens("old", "decided", "application:3", "2021-05-01", outcome="granted")
    county.succeeded("2021-07-01")
    assert county.applications(2021, "old") == (2, 1, 3, 0)
    assert county.cells(2021, "old")[TRANSFERRED] == 2
    assert county.applications(2021, "new") == (2, 0, 0, 2)
    county.decide(1, "2021-08-01")
    assert county.applications(2021, "new") == (2, 0, 1, 1)
    assert county.applications(2022, "new") == (0, 1, 0, 1)
    assert county.applications(2022, "old") == (0, 0, 0, 0)


def test_a_report_of_both_organs_counts_each_application_once(county_anywhere: County) -> None:
    county = county_anywhere
    county.receive(1, "2020-12-01")
    county.receive(2, "2021-03-01")
    county.receive(3, "2021-09-01", organ="new")
    county.succeeded("2021-07-01")
    county.decide(1, "2021-08-01")
    assert county.applications(2021, "county", below=True) == (2, 1, 1, 2)
    assert county.applications(2021, "new", below=True) == (2, 1, 1, 2)
    assert county.applications(2022, "county", below=True) == (0, 2, 0, 2)
    with county.journal.reading() as connection:
        whole = report(connection, HOUSE.editions, Question(year(2021), "county", below=True))
        for address, cell in whole.cells.items():
            found = trace(connection, whole.setting, address)
            assert sum(fact.contribution for fact in found.facts) == cell.quantity


def test_an_ordinary_transfer_still_counts_at_both_organs(county: County) -> None:
    county.receive(1, "2021-03-01")
    county.happens("old", "transferred", "application:1", "2021-04-01", to="third")
    county.succeeded("2021-07-01")
    assert county.applications(2021, "county", below=True) == (2, 0, 1, 1)
    assert county.applications(2021, "third") == (1, 0, 0, 1)


def test_what_was_made_stays_its_organs_work_and_what_stands_is_the_successors(
    county: County,
) -> None:
    county.happens("old", "made", "document:1", "2020-03-01", **MADE)
    county.happens("old", "made", "document:2", "2021-03-01", **MADE)
    county.happens("old", "opened", "review:1", "2021-05-01", kind="reconsideration")
    county.succeeded("2021-07-01")
    old, new = county.cells(2021, "old"), county.cells(2021, "new")
    assert (old[ISSUED], old[IN_FORCE], old[PENDING]) == (1, 0, 0)
    assert (new[ISSUED], new[IN_FORCE], new[PENDING]) == (0, 2, 1)
    both = county.cells(2021, "county", below=True)
    assert (both[ISSUED], both[IN_FORCE], both[PENDING]) == (1, 2, 1)
    county.happens("new", "repealed", "document:1@old", "2021-10-01")
    county.happens("new", "concluded", "review:1@old", "2022-02-01", result="upheld")
    assert county.cells(2021, "new")[IN_FORCE] == 1
    assert county.cells(2021, "new")["regulations/normative-document/repealed"] == 1
    assert county.cells(2022, "new")["reviews/count/reconsideration-upheld"] == 1
    assert county.cells(2022, "new")[PENDING] == 0


def test_a_purchase_counts_where_it_was_concluded_and_an_amendment_where_it_was_made(
    county: County,
) -> None:
    amount = "procurement/centralised/amount"
    county.happens("old", "concluded", "procurement:1", "2020-03-01", **PURCHASE)
    county.succeeded("2020-07-01")
    county.happens("new", "amended", "procurement:1@old", "2020-10-01", amount=18_000_000)
    assert (county.cells(2020, "old")[PURCHASES], county.cells(2020, "new")[PURCHASES]) == (1, 0)
    assert (county.cells(2020, "old")[amount], county.cells(2020, "new")[amount]) == (
        17_980_000,
        20_000,
    )
    assert county.cells(2020, "county", below=True)[amount] == 18_000_000
    assert county.cells(2021, "county", below=True, edition="cn-annual-report-2019")[amount] == 0
    county.happens("new", "cancelled", "procurement:1@old", "2020-11-01")
    assert county.cells(2020, "county", below=True)[amount] == 0


def test_a_statement_counts_for_who_stood_on_its_last_day(county: County) -> None:
    for nth, (first, last) in enumerate((("01-01", "06-30"), ("07-01", "12-31"))):
        data = {"state": "administrative-decision.made", "dimensions": {"kind": "penalty"}}
        data |= {"from": f"2021-{first}", "to": f"2021-{last}", "quantity": 7}
        county.happens("old", "counted", f"statement:{nth}", "2021-06-30", data=data)
    county.succeeded("2021-07-01")
    penalties = "enforcement/penalty/decisions"
    assert [county.cells(2021, organ)[penalties] for organ in ("old", "new")] == [7, 7]
    with county.journal.reading() as connection:
        setting = setting_of(connection, HOUSE.editions, Question(QUARTER, "new"))
        assert [each.event.subject for each in straddling(connection, setting)] == ["statement:1"]


def test_an_opening_balance_and_the_cases_that_replace_it_pass_together(county: County) -> None:
    data = {"state": "application.pending", "quantity": 3}
    data |= {"dimensions": {"applicant": "natural-person"}}
    county.happens("old", "stated", "balance:1", "2020-12-31", data=data)
    listed = {"state": "document.in-force", "quantity": 5}
    listed |= {"dimensions": {"kind": "normative-document"}}
    county.happens("old", "stated", "balance:2", "2020-12-31", data=listed)
    replacing = RECEIVED | {"balance": "2020-12-31"}
    county.happens("old", "received", "application:1", "2020-11-01", **replacing)
    county.happens("old", "decided", "application:1", "2021-02-01", outcome="granted")
    county.happens("old", "received", "application:2", "2020-12-01", **replacing)
    county.succeeded("2021-07-01")
    assert county.applications(2021, "old") == (0, 3, 3, 0)
    assert county.applications(2021, "new") == (2, 0, 0, 2)
    assert county.applications(2021, "county", below=True) == (0, 3, 1, 2)
    assert (county.cells(2021, "old")[IN_FORCE], county.cells(2021, "new")[IN_FORCE]) == (0, 5)
    county.decide(2, "2021-08-01")
    assert county.applications(2022, "new") == (0, 1, 0, 1)


@pytest.mark.parametrize("on", ["2021-01-01", "2021-07-01", "2021-12-31"])
def test_every_report_of_the_year_of_change_satisfies_its_form(county: County, on: str) -> None:
    county.receive(1, "2020-12-01")
    county.receive(2, "2020-12-31", organ="new")
    county.happens("old", "opened", "review:1", "2020-05-01", kind="reconsideration")
    county.succeeded(on)
    county.decide(1, "2021-12-31")
    with county.journal.reading() as connection:
        for of, (organ, below) in itertools.product(
            (2020, 2021, 2022), (("old", False), ("new", False), ("county", True))
        ):
            question = Question(year(of), organ, below)
            _, findings = check_report(connection, HOUSE.editions, question)
            wrong = [finding for finding in findings if finding.verdict != "holds"]
            assert [each for each in wrong if each.constraint.severity == "error"] == []


# A split, an abolition, a chain


def test_a_transfer_on_the_day_of_a_split_takes_a_case_past_the_default_successor(
    county: County,
) -> None:
    for number in (1, 2, 3):
        county.receive(number, "2021-03-01")
    data = {"successor": "new", "kind": "split"}
    county.happens("old", "succeeded", "organ:old", "2021-07-01", data=data)
    county.happens("old", "transferred", "application:1", "2021-07-01", to="third")
    county.happens("new", "transferred", "application:2@old", "2021-07-02", to="third")
    assert county.applications(2021, "old") == (3, 0, 3, 0)
    assert county.applications(2021, "new") == (2, 0, 1, 1)
    assert county.applications(2021, "third") == (2, 0, 0, 2)
    problem = county.refuses("new", "transferred", "application:3@old", "2021-07-01", to="new")
    assert problem.code == "there-already"
    problem = county.refuses("new", "decided", "application:1@old", "2021-07-03", outcome="other")
    assert problem.params["holder"] == "third"


def test_an_abolition_names_who_takes_over_what_is_unfinished(county: County) -> None:
    problem = county.refuses("old", "succeeded", "organ:old", "2021-07-01", kind="abolition")
    assert (problem.code, problem.pointer) == ("missing-field", "/data/successor")


def test_a_case_goes_along_a_chain_of_reforms(county: County) -> None:
    county.receive(1, "2021-03-01")
    county.happens("old", "made", "document:1", "2021-03-01", **MADE)
    county.succeeded("2021-07-01")
    county.succeeded("2022-02-01", "new", "third")
    assert county.applications(2021, "new") == (1, 0, 0, 1)
    assert county.applications(2022, "new") == (0, 1, 1, 0)
    assert county.applications(2022, "third") == (1, 0, 0, 1)
    for organ, standing in (("old", 0), ("new", 0), ("third", 1)):
        assert county.cells(2022, organ)[IN_FORCE] == standing
    assert county.applications(2022, "county", below=True) == (0, 1, 0, 1)
    problem = county.refuses("new", "decided", "application:1@old", "2022-02-01", outcome="other")
    assert problem.params["successor"] == "third"
    county.decide(1, "2022-02-01", "third")
    assert county.applications(2022, "third") == (1, 0, 1, 0)


def test_two_organs_merge_into_a_third(county: County) -> None:
    county.receive(1, "2021-03-01")
    county.receive(1, "2021-04-01", organ="new")
    county.succeeded("2021-07-01", "old", "third")
    county.succeeded("2021-07-01", "new", "third")
    assert county.applications(2021, "third") == (2, 0, 0, 2)
    assert county.applications(2021, "third", below=True) == (2, 0, 0, 2)


# Who records


def test_what_happens_from_the_day_on_is_the_successors(county: County) -> None:
    county.receive(1, "2021-03-01")
    county.succeeded("2021-07-01")
    for told in (
        ("old", "received", "application:2", "2021-07-01"),
        ("old", "extended", "application:1", "2021-08-01"),
    ):
        problem = county.refuses(*told, **(RECEIVED if told[1] == "received" else {}))
        assert (problem.code, problem.pointer) == ("organ-succeeded", "/organ")
        assert "new" in problem.sentence("en")
        assert "new" in problem.sentence("zh-CN")
    problem = county.refuses("third", "extended", "application:1@old", "2021-08-01")
    assert problem.params["holder"] == "new"
    problem = county.refuses("new", "extended", "application:1@old", "2021-06-30")
    assert problem.params["holder"] == "old"
    county.receive(1, "2021-09-01", organ="third")
    problem = county.refuses("third", "transferred", "application:1", "2021-09-02", to="old")
    assert (problem.code, problem.pointer) == ("organ-succeeded", "/data/to")
    problem = county.refuses("third", "placed", "organ:third", "2021-09-02", parent="old")
    assert (problem.code, problem.pointer) == ("organ-succeeded", "/data/parent")


def test_what_the_old_organ_did_may_become_known_later(county: County) -> None:
    county.receive(1, "2021-03-01")
    county.succeeded("2021-07-01")
    county.happens("old", "decided", "application:1", "2021-06-30", outcome="granted")
    county.receive(2, "2021-06-01")
    assert county.applications(2021, "old") == (2, 0, 2, 0)
    assert county.applications(2021, "new") == (1, 0, 0, 1)


def test_what_was_recorded_before_the_reform_was_known_counts_for_the_successor(
    county: County,
) -> None:
    county.receive(1, "2021-03-01")
    county.receive(2, "2021-08-01")
    county.happens("old", "decided", "application:1", "2021-09-01", outcome="granted")
    county.receive(3, "2021-03-01")
    county.happens("old", "transferred", "application:3", "2021-08-01", to="new")
    county.receive(4, "2021-08-01", organ="third")
    county.happens("third", "transferred", "application:4", "2021-08-02", to="old")
    county.receive(5, "2021-08-01", organ="new")
    county.happens("new", "transferred", "application:5", "2021-08-02", to="old")
    before = {organ: county.applications(2021, organ) for organ in ("old", "new", "third")}
    reform = county.succeeded("2021-07-01")
    assert county.applications(2021, "old") == (2, 0, 2, 0)
    assert county.applications(2021, "new") == (5, 0, 1, 4)
    assert county.applications(2021, "county", below=True) == (6, 0, 2, 4)
    county.amend("corrected", reform, occurred_on="2021-07-02")
    assert county.applications(2021, "new") == (5, 0, 1, 4)
    county.amend("voided", reform)
    assert {organ: county.applications(2021, organ) for organ in before} == before


# Corrections of a reform


def test_the_day_of_a_reform_is_corrected_and_everything_moves_with_it(
    county_anywhere: County,
) -> None:
    county = county_anywhere
    county.receive(1, "2020-11-01")
    county.happens("old", "made", "document:1", "2020-03-01", **MADE)
    reform = county.succeeded("2020-12-01")
    county.decide(1, "2020-12-10")
    assert county.applications(2020, "new") == (1, 0, 1, 0)
    county.amend("corrected", reform, occurred_on="2021-02-01")
    assert county.applications(2020, "old") == (1, 0, 1, 0)
    assert county.applications(2020, "new") == (0, 0, 0, 0)
    assert county.cells(2021, "new")[IN_FORCE] == 1
    county.amend("corrected", reform, data={"successor": "third"})
    assert county.cells(2021, "new")[IN_FORCE] == 0
    assert county.cells(2021, "third")[IN_FORCE] == 1


def test_a_reform_that_was_voided_never_was_and_its_voiding_may_be_voided(county: County) -> None:
    county.receive(1, "2021-03-01")
    county.receive(2, "2021-03-01")
    reform = county.succeeded("2021-07-01")
    county.decide(1, "2021-08-01")
    voiding = county.amend("voided", reform)
    assert county.applications(2021, "old") == (2, 0, 1, 1)
    assert county.applications(2021, "new") == (0, 0, 0, 0)
    county.happens("old", "decided", "application:2", "2021-08-02", outcome="granted")
    county.amend("voided", voiding)
    assert county.applications(2021, "old") == (2, 0, 2, 0)
    assert county.applications(2021, "new") == (2, 0, 2, 0)


def test_reports_as_known_before_the_reform_stay_what_they_were(county: County) -> None:
    county.receive(1, "2021-03-01")
    county.happens("old", "made", "document:1", "2020-03-01", **MADE)
    reform = county.succeeded("2021-07-01")
    known = str(county.journal.max_notification_id())
    asked = [(organ, below) for organ in ("old", "new", "county") for below in (False, True)]
    before = {each: county.cells(2021, each[0], below=each[1], as_at="6") for each in asked}
    then = {each: county.cells(2021, each[0], below=each[1], as_at=known) for each in asked}
    assert before["old", False]["applications/carried-out/total"] == 1
    assert then["old", False]["applications/carried-out/total"] == 0
    county.amend("corrected", reform, occurred_on="2021-09-01")
    county.amend("voided", reform)
    county.succeeded("2021-10-01", "old", "third")
    for position, told in (("6", before), (known, then)):
        for each in asked:
            assert county.cells(2021, each[0], below=each[1], as_at=position) == told[each]


# Reforms that cannot be


def test_an_organ_cannot_succeed_itself_or_come_full_circle(county: County) -> None:
    succeeded = ("succeeded", "organ:old", "2021-07-01")
    problem = county.refuses("old", *succeeded, successor="old", kind="merger")
    assert problem.code == "own-successor"
    problem = county.refuses("old", *succeeded, successor="nobody", kind="merger")
    assert problem.code == "unknown-organ"
    county.succeeded("2021-07-01")
    problem = county.refuses(
        "new", "succeeded", "organ:new", "2021-08-01", successor="old", kind="merger"
    )
    assert (problem.code, problem.pointer) == ("organ-succeeded", "/data/successor")
    problem = county.refuses(
        "new", "succeeded", "organ:new", "2021-06-01", successor="third", kind="merger"
    )
    assert (problem.code, problem.params["organ"]) == ("succeeds-later", "old")
    later = county.succeeded("2021-09-01", "new", "third")
    with pytest.raises(Refusal) as refused:
        county.amend("corrected", later, "new", occurred_on="2021-07-01")
    assert [each.code for each in refused.value.problems] == ["succeeds-later"]


def test_a_successor_stands_on_the_day_of_the_reform(county: County) -> None:
    county.happens("late", "registered", "organ:late", "2021-08-01", name="晚设的局")
    told = {"successor": "late", "kind": "merger"}
    problem = county.refuses("old", "succeeded", "organ:old", "2021-07-01", **told)
    assert (problem.code, problem.params["registered"]) == ("successor-not-yet", "2021-08-01")
    reform = county.succeeded("2021-08-01", "old", "late")
    with pytest.raises(Refusal) as refused:
        county.amend("corrected", reform, occurred_on="2021-07-31")
    assert [each.code for each in refused.value.problems] == ["successor-not-yet"]
    county.succeeded("2021-09-01", "late", "new")
    with pytest.raises(Refusal) as refused:
        county.amend("corrected", reform, occurred_on="2021-09-01")
    assert [each.code for each in refused.value.problems] == ["organ-succeeded"]


# What moved, and why


def test_a_difference_names_the_reform_and_is_explained_in_full(county_anywhere: County) -> None:
    county = county_anywhere
    county.receive(1, "2021-03-01")
    county.happens("old", "made", "document:1", "2020-03-01", **MADE)
    before = county.journal.max_notification_id() or 0
    reform = county.succeeded("2021-07-01")
    at = county.journal.max_notification_id() or 0
    told = county.difference(2021, "new", before)
    assert moved(told)["applications/new/total"] == (0, 1, {at: 1})
    assert moved(told)[IN_FORCE] == (0, 1, {at: 1})
    assert told.causes[at].event.id == reform
    assert moved(county.difference(2021, "old", before))[IN_FORCE] == (1, 0, {at: -1})
    assert moved(county.difference(2021, "county", before, below=True)) == {}
    correction = county.amend("corrected", reform, occurred_on="2022-01-01")
    told = county.difference(2021, "new", at)
    assert moved(told)["applications/new/total"] == (1, 0, {at + 1: -1})
    changes = told.causes[at + 1].changes
    assert (told.causes[at + 1].event.id, changes and changes.id) == (correction, reform)


def test_a_branch_that_goes_elsewhere_takes_the_year_with_it(county: County) -> None:
    county.happens("town", "registered", "organ:town", "2018-01-01", name="镇", parent="new")
    county.receive(1, "2021-03-01", organ="town")
    county.receive(1, "2021-03-01")
    before = county.journal.max_notification_id() or 0
    assert county.applications(2021, "old", below=True) == (1, 0, 0, 1)
    assert county.applications(2021, "third", below=True) == (0, 0, 0, 0)
    county.succeeded("2021-07-01", "old", "third")
    county.succeeded("2021-08-01", "new", "third")
    assert county.applications(2021, "third", below=True) == (2, 0, 0, 2)
    assert county.applications(2020, "third", below=True) == (0, 0, 0, 0)
    told = county.difference(2021, "third", before, below=True)
    assert moved(told)["applications/new/total"] == (0, 2, {before + 1: 1, before + 2: 1})
    with county.journal.reading() as connection:
        asked = Question(year(2021), "third")
        told_by = roll_up(connection, HOUSE.editions, asked, ["applications/new/total"])
    assert {share.organ.code: share.quantity(told_by.summed) for share in told_by.shares} == {
        "third": 1,
        "old": 1,
        "new": 0,
        "town": 1,
    }
    assert (told_by.total, told_by.between) == (2, -1)


def test_an_organ_is_no_longer_listed_in_the_years_after_it(county: County) -> None:
    county.receive(1, "2021-03-01")
    county.succeeded("2021-07-01")
    with county.journal.reading() as connection:
        for of, members in (
            (2021, {"county", "old", "new", "third"}),
            (2022, {"county", "new", "third"}),
        ):
            asked = Question(year(of), "county", below=True)
            assert set(setting_of(connection, HOUSE.editions, asked).members) == members


def test_a_preview_names_the_figures_of_both_organs(county: County) -> None:
    county.receive(1, "2021-03-01")
    county.happens("old", "made", "document:1", "2020-03-01", **MADE)
    draft = county.draft(
        "old", "succeeded", "organ:old", "2021-07-01", successor="new", kind="merger"
    )
    told = county.preview(draft)
    cells = {
        (of.organ.code, of.year, cell.figure.address): (cell.old, cell.new)
        for of in told.years
        for cell in of.cells
    }
    assert cells["old", 2021, "applications/carried-out/total"] == (1, 0)
    assert cells["old", 2021, TRANSFERRED] == (0, 1)
    assert cells["new", 2021, "applications/new/total"] == (0, 1)
    assert cells["new", 2021, IN_FORCE] == (0, 1)
    assert cells["old", 2022, IN_FORCE] == (1, 0)
    before = {(organ, of): county.cells(of, organ) for organ, of, _ in cells}
    record(county.journal, HOUSE.definitions, [draft], "clerk")
    for (organ, of), was in before.items():
        now = county.cells(of, organ)
        moved_there = {
            each: (was[each], now[each])
            for each in now
            if was[each] != now[each] and not each.startswith(("procurement", "fees"))
        }
        told_there = {each: pair for (o, y, each), pair in cells.items() if (o, y) == (organ, of)}
        assert told_there.keys() == moved_there.keys()


def test_the_reform_is_evidence_of_what_it_moved(county_anywhere: County) -> None:
    county = county_anywhere
    county.receive(1, "2021-03-01")
    county.happens("old", "made", "document:1", "2020-03-01", **MADE)
    reform = county.succeeded("2021-07-01")
    with county.journal.reading() as connection:
        setting = setting_of(connection, HOUSE.editions, Question(year(2021), "new"))
        found = trace(connection, setting, IN_FORCE)
        assert [event.type for event in found.events.values()] == [
            "document.made",
            "organ.succeeded",
        ]
        told = explain(connection, HOUSE.editions, reform)
    fed = {(each.organ, each.year, each.figure.address): each.contribution for each in told.feeds}
    assert fed["old", 2021, IN_FORCE] == -1
    assert fed["new", 2021, IN_FORCE] == 1
    assert fed["new", 2021, "applications/new/total"] == 1
    assert county.place(reform, IN_FORCE, 2021, "new").contribution == 1
    both = county.place(reform, TRANSFERRED, 2021, "county", below=True)
    assert not both.counted
    assert [reason.clause for reason in both.exclusions if "decided" in reason.fact.shape] == [
        "passed-within"
    ]
    sentences = [
        sentence
        for language in ("zh-CN", "en")
        for _, _, sentence in reasons(both, HOUSE.definitions, language)
    ]
    assert any("from old to its successor new" in sentence for sentence in sentences)
    county.amend("voided", reform)
    lost = county.place(reform, IN_FORCE, 2021, "new")
    assert [each.by.type for each in lost.superseded] == ["event.voided"]


# Many at once


def test_a_reform_in_an_import_reaches_what_stands_before_and_after_it(
    county_anywhere: County,
) -> None:
    county = county_anywhere
    for number in range(5):
        county.receive(number, "2021-03-01")
    told = [
        county.draft("old", "received", "application:7", "2021-04-01", **RECEIVED),
        county.draft("old", "succeeded", "organ:old", "2021-07-01", successor="new", kind="merger"),
        county.draft("old", "received", "application:8", "2021-06-01", **RECEIVED),
        county.draft("new", "decided", "application:7@old", "2021-08-01", outcome="granted"),
        county.draft("new", "decided", "application:0@old", "2021-08-01", outcome="granted"),
    ]
    fillers = [
        county.draft("third", "received", f"application:{nth}", "2021-03-01", **RECEIVED)
        for nth in range(1000)
    ]
    raw = io.BytesIO(
        b"\n".join(json.dumps(each).encode() for each in [*told[:2], *fillers, *told[2:]])
    )
    found = import_lines(county.journal, HOUSE.definitions, raw, "clerk")
    assert found.problems == ()
    assert county.applications(2021, "new") == (7, 0, 2, 5)
    assert county.applications(2021, "old") == (7, 0, 7, 0)


def test_another_process_learns_of_a_reform(county_anywhere: County) -> None:
    county = county_anywhere
    other = open_journal(county._url)
    county.receive(1, "2021-03-01")
    told = [county.draft("third", "received", "application:9", "2021-03-01", **RECEIVED)]
    record(other, HOUSE.definitions, told, "clerk")
    county.succeeded("2021-07-01")
    late = county.draft("old", "extended", "application:1", "2021-08-01")
    with pytest.raises(Refusal) as refused:
        record(other, HOUSE.definitions, [late], "clerk")
    assert [problem.code for problem in refused.value.problems] == ["organ-succeeded"]
    told = [county.draft("new", "decided", "application:1@old", "2021-08-01", outcome="granted")]
    record(other, HOUSE.definitions, told, "clerk")
    assert county.applications(2021, "new") == (1, 0, 1, 0)
    other.engine.dispose()


def test_rebuilding_gives_the_same_facts_after_reforms(county: County) -> None:
    county.receive(1, "2021-03-01")
    reform = county.succeeded("2021-07-01")
    county.succeeded("2021-08-01", "new", "third")
    county.amend("corrected", reform, occurred_on="2021-06-01")
    before = county.cells(2021, "third")
    rebuild(county.journal)
    assert county.cells(2021, "third") == before


def test_a_head_that_knows_of_no_reform_is_found_and_mended(county: County) -> None:
    county.receive(1, "2021-03-01")
    county.succeeded("2021-07-01")
    with county.journal.engine.begin() as connection:
        connection.execute(update(head).values(reformed=0))
    assert [(fault.what, fault.expected) for fault in verify(county.journal)] == [("reform", "6")]
    rebuild(county.journal)
    late = ("old", "extended", "application:1", "2021-08-01")
    assert county.refuses(*late).code == "organ-succeeded"


def test_a_head_with_another_time_is_found_and_mended(county: County) -> None:
    county.receive(1, "2021-03-01")
    with county.journal.engine.begin() as connection:
        connection.execute(update(head).values(recorded_at=head.c.recorded_at + 10**15))
    assert [fault.what for fault in verify(county.journal)] == ["head-time"]
    rebuild(county.journal)
    assert list(verify(county.journal)) == []


# Reports and years


def test_the_part_year_report_of_an_organ_is_issued_after_its_end(county: County) -> None:
    county.receive(1, "2021-03-01")
    county.succeeded("2021-07-01")
    bureau = Bureau(county.journal)
    question = Question(year(2021), "old")
    bureau.issue(question)
    close_year(Office(county.journal, HOUSE.definitions, HOUSE.editions, "li"), question)
    whole = Question(year(2021), "county", below=True)
    bureau.issue(whole)
    county.receive(2, "2021-06-01")
    bureau.issue(question, kind="material", reason="晚记一件")
    assert bureau.faults() == []


def test_a_reform_learnt_late_is_a_late_entry_in_the_closed_years_of_both(county: County) -> None:
    office = Office(county.journal, HOUSE.definitions, HOUSE.editions, "li")
    closed = [close_year(office, Question(year(2021), organ)) for organ in ("old", "new")]
    draft = county.draft(
        "old", "succeeded", "organ:old", "2021-07-01", successor="new", kind="merger"
    )
    (receipt,) = record(county.journal, HOUSE.definitions, [draft], "clerk")
    with county.journal.reading() as connection:
        late = list(late_entries(connection, [receipt.event]))
    assert late == [(receipt.event, closing) for closing in closed]


# On the command line


def test_a_history_tells_which_organ_holds_what(sqlite_url: str, tmp_path: Path) -> None:
    ledger: Ledger = runs(sqlite_url, tmp_path)
    county = County(sqlite_url)
    told: Sequence[Draft] = [
        county.draft("old", "received", "application:1", "2021-03-01", **RECEIVED),
        county.draft("old", "succeeded", "organ:old", "2021-07-01", successor="new", kind="merger"),
    ]
    county.journal.engine.dispose()
    assert ledger("import", "-", stdin=lines(*told)).returncode == 0
    shown = ledger("--lang", "en", "history", "application:1@old")
    assert shown.returncode == 0, shown.stderr
    assert "old → new" in shown.stdout
    document = json.loads(ledger("history", "application:1@old", "--format", "json").stdout)
    assert [fact["organ"] for fact in document["facts"]] == ["old", "new", "old"]
    explained = ledger("--lang", "en", "explain", str(told[1]["id"]))
    assert "applications/new/total" in explained.stdout
    assert "organ" in explained.stdout.lower()
    assert "Succeeded by" in ledger("--lang", "en", "organs").stdout
    refused = ledger(
        *("--lang", "en", "record", "application.received", "application:2", "--organ", "old"),
        *("--on", "2021-08-01", "applicant=natural-person", "channel=online"),
    )
    assert refused.returncode == 1
    assert "new stands in the place of old" in refused.stderr
