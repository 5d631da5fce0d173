"""The lives of applications, documents, procurements, reviews: what may happen, and what may not."""

import itertools
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from ledger.rooms.storage.journal import Journal
from ledger.rooms.storage.reading import last_position
from ledger.verbs.checking import check_report
from ledger.verbs.opening import House, open_journal
from ledger.verbs.recording import record
from ledger.verbs.reporting import Question, report
from ledger.words.problems import Problem, Refusal
from ledger.words.years import year

HOUSE = House()
OLD, NEW = "cn-annual-report-2019", "cn-annual-report-2021"
APPLICATION, DOCUMENT, PROCUREMENT = "application:1", "document:1", "procurement:1"
RECEIVED = {"applicant": "natural-person", "channel": "online"}
MADE = {"kind": "normative-document", "title": "示例办法", "attribute": "proactive"}
PURCHASE = {"title": "办公设备", "method": "centralised", "amount": 17_980_000}
LISTED = {"kind": "licence", "title": "示例许可"}
PAPER = {"title": "2019年度统计表"}


class Office:
    """A ledger with the organs a and b, told one event after the other."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._ids = (f"e-{n}" for n in itertools.count(1))
        self.journal: Journal
        self.anew(create=True)
        for organ in ("a", "b"):
            self.happens("organ.registered", f"organ:{organ}", "2018-01-01", organ, name=organ)

    def anew(self, *, create: bool = False) -> None:
        """Opens the ledger again, as the next process would."""
        self.journal = open_journal(self._url, create=create)

    def happens(self, type_: str, subject: str, on: str, organ: str = "a", **data: Any) -> str:
        """Records an event; its id."""
        id_ = data.pop("id", None) or next(self._ids)
        draft = {"id": id_, "type": type_, "organ": organ, "subject": subject}
        draft |= {"occurred_on": on, "data": data.pop("data", data)}
        if type_ in ("statement.counted", "balance.stated"):
            draft["source"] = PAPER
        record(self.journal, HOUSE.definitions, [draft], "clerk")
        return str(id_)

    def corrected(self, subject: str, event: str, organ: str = "a", **told: Any) -> str:
        data = {"event": event, "reason": "other", **told}
        return self.happens("event.corrected", subject, "2023-01-10", organ, data=data)

    def voided(self, subject: str, event: str, organ: str = "a") -> str:
        data = {"event": event, "reason": "other"}
        return self.happens("event.voided", subject, "2023-01-10", organ, data=data)

    def refuses(self, type_: str, subject: str, on: str, organ: str = "a", **data: Any) -> Problem:
        """The one problem of an event that cannot be; nothing of it is recorded."""
        before = self.position()
        with pytest.raises(Refusal) as refusal:
            self.happens(type_, subject, on, organ, **data)
        assert self.position() == before
        (problem,) = refusal.value.problems
        return problem

    def refuses_correction(
        self, subject: str, event: str, organ: str = "a", **told: Any
    ) -> Problem:
        data = {"event": event, "reason": "other", **told}
        return self.refuses("event.corrected", subject, "2023-01-10", organ, data=data)

    def refuses_voiding(self, subject: str, event: str, organ: str = "a") -> Problem:
        data = {"event": event, "reason": "other"}
        return self.refuses("event.voided", subject, "2023-01-10", organ, data=data)

    def position(self) -> int:
        with self.journal.reading() as connection:
            return last_position(connection)

    def figure(self, address: str, of: int, organ: str = "a", form: str | None = None) -> Decimal:
        with self.journal.reading() as connection:
            question = Question(year(of), organ=organ, edition=form)
            return report(connection, HOUSE.editions, question).cells[address].value

    def figures(self, address: str, *years: int, form: str | None = None) -> list[int]:
        return [int(self.figure(address, year, form=form)) for year in years]

    def applications(self, year: int, organ: str = "a") -> tuple[int, int, int, int]:
        """New, carried in, handled, carried out."""
        rows = ("new", "carried-in", "total", "carried-out")
        new, carried_in, handled, carried_out = (
            int(self.figure(f"applications/{row}/total", year, organ)) for row in rows
        )
        return new, carried_in, handled, carried_out


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = Office(f"sqlite:///{tmp_path / 'ledger.db'}")
    yield office
    office.journal.engine.dispose()


def names(problem: Problem, *events: str) -> bool:
    """Whether the sentence names the events in the way, in both languages."""
    sentences = [problem.sentence(language) for language in ("zh-CN", "en")]
    return all(event in sentence for event in events for sentence in sentences)


# An application


def test_an_application_goes_through_every_step_of_the_law(office: Office) -> None:
    steps = [
        ("received", RECEIVED),
        ("clarification-requested", {}),
        ("clarification-supplied", {}),
        ("reasons-requested", {}),
        ("reasons-supplied", {}),
        ("third-party-consulted", {}),
        ("third-party-answered", {"consent": True}),
        ("organ-consulted", {}),
        ("organ-answered", {}),
        ("extended", {"days": 20}),
        ("delayed", {}),
        ("fee-charged", {"method": "by-count", "amount": 10_000}),
        ("fee-paid", {"amount": 10_000}),
        ("decided", {"outcome": "granted"}),
        ("served", {"method": "post"}),
        ("redecided", {"outcome": "partially-granted"}),
        ("fee-refunded", {"amount": 4_000}),
    ]
    for day, (step, data) in enumerate(steps, 1):
        office.happens(f"application.{step}", APPLICATION, f"2020-03-{day:02}", data=data)
    assert office.applications(2020) == (1, 0, 1, 0)
    assert office.figure("applications/granted/natural-person", 2020) == 1
    assert office.figure("applications/partially-granted/total", 2020) == 0
    assert office.figure("summary/information-fee-amount/total", 2020) == 60


def test_an_application_is_decided_once(office: Office) -> None:
    office.happens("application.received", APPLICATION, "2020-03-01", **RECEIVED)
    first = office.happens("application.decided", APPLICATION, "2020-03-09", outcome="granted")
    again = ("application.decided", APPLICATION, "2020-03-10")
    problem = office.refuses(*again, outcome="other")
    assert (problem.code, problem.pointer) == ("closed-already", "/type")
    assert names(problem, first, "2020-03-09")
    problem = office.refuses("application.withdrawn", APPLICATION, "2020-03-10")
    assert names(problem, first)
    office.voided(APPLICATION, first)
    office.happens(*again, outcome="other")
    assert office.figure("applications/other/total", 2020) == 1


def test_a_decision_that_comes_first_by_its_day_is_in_the_way_too(office: Office) -> None:
    office.happens("application.received", APPLICATION, "2020-03-01", **RECEIVED)
    first = office.happens("application.decided", APPLICATION, "2020-03-09", outcome="granted")
    earlier = ("application.decided", APPLICATION, "2020-03-05")
    assert names(office.refuses(*earlier, outcome="other"), first)


def test_an_application_is_not_decided_before_it_is_received(office: Office) -> None:
    received = office.happens("application.received", APPLICATION, "2020-03-02", **RECEIVED)
    early = ("application.decided", APPLICATION, "2020-03-01")
    problem = office.refuses(*early, outcome="granted")
    assert (problem.code, problem.pointer) == ("before-its-cause", "/occurred_on")
    assert names(problem, received, "2020-03-02")
    office.happens("application.decided", APPLICATION, "2020-03-02", outcome="granted")


def test_what_was_never_received_is_not_decided(office: Office) -> None:
    problem = office.refuses("application.decided", APPLICATION, "2020-03-01", outcome="granted")
    assert problem.code == "never-happened"
    assert names(problem, "application.received", APPLICATION)


@pytest.mark.parametrize(
    ("step", "cause"),
    [
        ("clarification-supplied", "clarification-requested"),
        ("reasons-supplied", "reasons-requested"),
        ("third-party-answered", "third-party-consulted"),
        ("organ-answered", "organ-consulted"),
        ("served", "decided"),
    ],
)
def test_an_answer_needs_what_it_answers(office: Office, step: str, cause: str) -> None:
    office.happens("application.received", APPLICATION, "2020-03-01", **RECEIVED)
    answer = (f"application.{step}", APPLICATION, "2020-03-20")
    assert names(office.refuses(*answer), f"application.{cause}")
    data = {"outcome": "granted"} if cause == "decided" else {}
    office.happens(f"application.{cause}", APPLICATION, "2020-03-10", data=data)
    office.happens(*answer)


def test_an_application_is_received_and_extended_once(office: Office) -> None:
    received = office.happens("application.received", APPLICATION, "2020-03-01", **RECEIVED)
    again = ("application.received", APPLICATION, "2020-03-02")
    problem = office.refuses(*again, **RECEIVED)
    assert problem.code == "happened-already"
    assert names(problem, received)
    extended = office.happens("application.extended", APPLICATION, "2020-03-20")
    assert names(office.refuses("application.extended", APPLICATION, "2020-03-21"), extended)


def test_a_step_may_be_entered_late_but_not_dated_after_the_end(office: Office) -> None:
    office.happens("application.received", APPLICATION, "2020-03-01", **RECEIVED)
    decided = office.happens("application.decided", APPLICATION, "2020-03-20", outcome="granted")
    assert names(office.refuses("application.extended", APPLICATION, "2020-03-21"), decided)
    office.happens("application.extended", APPLICATION, "2020-03-10")


def test_a_fee_in_two_parts_is_one_case_with_a_fee(office: Office) -> None:
    office.happens("application.received", APPLICATION, "2020-03-01", **RECEIVED)
    charge = {"method": "by-volume", "amount": 10_000}
    office.happens("application.fee-charged", APPLICATION, "2020-03-02", **charge)
    office.happens("application.fee-paid", APPLICATION, "2020-03-05", amount=6_000)
    office.happens("application.fee-paid", APPLICATION, "2020-03-06", amount=4_000)
    assert office.figure("summary/information-fee-amount/total", 2020) == 100
    assert office.figure("summary/information-fee-cases/total", 2020) == 1


# Two organs


def test_two_organs_may_both_have_an_application_of_one_number(office: Office) -> None:
    for organ in ("a", "b"):
        office.happens("application.received", APPLICATION, "2020-03-01", organ, **RECEIVED)
    assert office.applications(2020, "a") == office.applications(2020, "b") == (1, 0, 0, 1)


def test_another_organs_case_is_not_touched(office: Office) -> None:
    office.happens("application.received", APPLICATION, "2020-03-01", **RECEIVED)
    theirs = ("application.decided", f"{APPLICATION}@a", "2020-03-05", "b")
    problem = office.refuses(*theirs, outcome="granted")
    assert (problem.code, problem.pointer) == ("another-organ's", "/organ")
    assert names(problem, "a", "b", f"{APPLICATION}@a")


def test_a_case_that_was_transferred_is_decided_by_the_other_organ(office: Office) -> None:
    full = f"{APPLICATION}@a"
    office.happens("application.received", APPLICATION, "2019-12-30", **RECEIVED)
    office.happens("application.transferred", APPLICATION, "2020-01-05", to="b")
    assert office.refuses("application.withdrawn", APPLICATION, "2020-01-07").code == (
        "another-organ's"
    )
    office.happens("application.decided", full, "2021-01-02", "b", outcome="granted")
    assert office.applications(2019, "a") == (1, 0, 0, 1)
    assert office.applications(2020, "a") == (0, 1, 1, 0)
    assert office.applications(2020, "b") == (1, 0, 0, 1)
    assert office.applications(2021, "b") == (0, 1, 1, 0)


def test_a_case_is_not_transferred_to_an_unknown_organ(office: Office) -> None:
    office.happens("application.received", APPLICATION, "2020-03-01", **RECEIVED)
    problem = office.refuses("application.transferred", APPLICATION, "2020-03-02", to="c")
    assert (problem.code, problem.pointer) == ("unknown-organ", "/data/to")
    assert names(problem, "c")


def test_a_transfer_is_not_corrected_to_an_unknown_organ(office: Office) -> None:
    office.happens("application.received", APPLICATION, "2020-03-01", **RECEIVED)
    moved = office.happens("application.transferred", APPLICATION, "2020-03-02", to="b")
    full = f"{APPLICATION}@a"
    assert office.refuses_correction(full, moved, "b", data={"to": "c"}).code == "unknown-organ"


def test_a_case_is_not_transferred_to_the_organ_that_has_it(office: Office) -> None:
    office.happens("application.received", APPLICATION, "2020-03-01", **RECEIVED)
    assert office.refuses("application.transferred", APPLICATION, "2020-03-02", to="a")
    assert office.applications(2020) == (1, 0, 0, 1)


def test_the_organ_that_has_a_case_may_correct_what_came_before(office: Office) -> None:
    full = f"{APPLICATION}@a"
    received = office.happens("application.received", APPLICATION, "2020-03-01", **RECEIVED)
    moved = office.happens("application.transferred", APPLICATION, "2020-03-02", to="b")
    office.anew()
    office.corrected(full, received, "b", data={"applicant": "research-institution"})
    assert office.figure("applications/new/research-institution", 2020, "a") == 1
    office.anew()
    office.voided(full, moved, "b")
    assert office.applications(2020, "a") == (1, 0, 0, 1)
    assert office.applications(2020, "b") == (0, 0, 0, 0)


def test_a_case_is_not_opened_in_the_name_of_another_organ(office: Office) -> None:
    theirs = ("application.received", "application:7@a", "2020-03-01", "b")
    assert office.refuses(*theirs, **RECEIVED)
    office.happens("application.received", "application:7", "2020-03-01", "a", **RECEIVED)


def test_an_organ_that_was_never_registered_has_no_cases(office: Office) -> None:
    problem = office.refuses("application.received", APPLICATION, "2020-03-01", "c", **RECEIVED)
    assert (problem.code, problem.pointer) == ("unknown-organ", "/organ")


def test_an_organ_with_cases_is_not_voided(office: Office) -> None:
    office.happens("application.received", APPLICATION, "2020-03-01", **RECEIVED)
    assert office.refuses_voiding("organ:a", "e-1")


def test_an_organ_is_not_placed_under_itself(office: Office) -> None:
    office.happens("organ.placed", "organ:b", "2020-01-01", "b", parent="a")
    assert office.refuses("organ.placed", "organ:a", "2020-01-01", parent="a").code == "own-parent"
    assert office.refuses("organ.placed", "organ:a", "2020-01-01", parent="b").code == "own-parent"


# Corrections and voidings


def test_a_correction_changes_the_date_or_a_field_from_then_on(office: Office) -> None:
    office.happens("application.received", APPLICATION, "2019-12-30", **RECEIVED)
    decided = office.happens("application.decided", APPLICATION, "2020-01-05", outcome="granted")
    before = office.position()
    office.corrected(APPLICATION, decided, occurred_on="2019-12-31")
    office.corrected(APPLICATION, decided, data={"outcome": "other"})
    assert office.applications(2019) == (1, 0, 1, 0)
    assert office.figure("applications/other/total", 2019) == 1
    with office.journal.reading() as connection:
        question = Question(year(2019), organ="a", as_at=str(before))
        then = report(connection, HOUSE.editions, question)
    assert then.cells["applications/carried-out/total"].value == 1


def test_what_does_not_exist_is_not_corrected(office: Office) -> None:
    office.happens("application.received", APPLICATION, "2020-03-01", **RECEIVED)
    for problem in (
        office.refuses_correction(APPLICATION, "no-such", occurred_on="2020-03-02"),
        office.refuses_correction("application:9", "no-such", occurred_on="2020-03-02"),
        office.refuses_voiding(APPLICATION, "no-such"),
        office.refuses_correction(APPLICATION, "e-1", occurred_on="2020-03-02"),
    ):
        assert (problem.code, problem.pointer) == ("no-such-event", "/data/event")
        assert names(problem, str(problem.params["event"]))


def test_a_subject_of_no_known_kind_is_refused_and_nothing_is_raised(office: Office) -> None:
    assert office.refuses_voiding("report:2020", "e-1")
    assert office.refuses_correction("event:e-1", "e-1", occurred_on="2020-03-02")


def test_an_event_that_others_lean_on_is_not_voided(office: Office) -> None:
    received = office.happens("application.received", APPLICATION, "2020-03-01", **RECEIVED)
    decided = office.happens("application.decided", APPLICATION, "2020-03-05", outcome="granted")
    problem = office.refuses_voiding(APPLICATION, received)
    assert problem.code == "never-happened"
    assert names(problem, decided, "application.received")
    office.voided(APPLICATION, decided)
    office.voided(APPLICATION, received)
    assert office.applications(2020) == (0, 0, 0, 0)


def test_an_event_is_voided_once_and_a_voided_one_is_not_corrected(office: Office) -> None:
    received = office.happens("application.received", APPLICATION, "2020-03-01", **RECEIVED)
    voiding = office.voided(APPLICATION, received)
    for problem in (
        office.refuses_voiding(APPLICATION, received),
        office.refuses_correction(APPLICATION, received, occurred_on="2020-03-02"),
    ):
        assert problem.code == "voided-already"
        assert names(problem, received, voiding)


def test_a_voiding_is_voided_not_corrected(office: Office) -> None:
    received = office.happens("application.received", APPLICATION, "2020-03-01", **RECEIVED)
    voiding = office.voided(APPLICATION, received)
    problem = office.refuses_correction(APPLICATION, voiding, occurred_on="2020-03-02")
    assert problem.code == "cannot-correct-void"
    assert names(problem, voiding)
    office.voided(APPLICATION, voiding)
    assert office.applications(2020) == (1, 0, 0, 1)


def test_a_voiding_is_not_voided_where_another_took_the_place(office: Office) -> None:
    office.happens("application.received", APPLICATION, "2020-03-01", **RECEIVED)
    first = office.happens("application.decided", APPLICATION, "2020-03-05", outcome="granted")
    voiding = office.voided(APPLICATION, first)
    second = office.happens("application.decided", APPLICATION, "2020-03-09", outcome="other")
    assert names(office.refuses_voiding(APPLICATION, voiding), second)


def test_a_correction_that_would_turn_the_order_round_is_refused(office: Office) -> None:
    received = office.happens("application.received", APPLICATION, "2020-03-01", **RECEIVED)
    decided = office.happens("application.decided", APPLICATION, "2020-03-05", outcome="granted")
    problem = office.refuses_correction(APPLICATION, received, occurred_on="2020-03-06")
    assert problem.code == "before-its-cause"
    assert names(problem, received, decided) or names(problem, received)
    earlier = office.corrected(APPLICATION, received, occurred_on="2020-02-01")
    office.corrected(APPLICATION, decided, occurred_on="2020-02-10")
    assert office.refuses_voiding(APPLICATION, earlier).code == "before-its-cause"


def test_a_correction_keeps_to_the_schema_of_what_it_corrects(office: Office) -> None:
    received = office.happens("application.received", APPLICATION, "2020-03-01", **RECEIVED)
    for data in ({"applicant": "company"}, {"applicant": None}, {"name": "某某"}):
        assert office.refuses_correction(APPLICATION, received, data=data)
    first = office.corrected(APPLICATION, received, data={"channel": "fax"})
    office.corrected(APPLICATION, first, data={"data": {"channel": "post"}})
    assert office.figure("applications/new/natural-person", 2020) == 1


def test_a_correction_of_a_correction_keeps_to_that_schema_too(office: Office) -> None:
    received = office.happens("application.received", APPLICATION, "2020-03-01", **RECEIVED)
    first = office.corrected(APPLICATION, received, data={"channel": "fax"})
    nonsense = {"data": {"applicant": "company"}}
    assert office.refuses_correction(APPLICATION, first, data=nonsense)


def test_a_correction_is_not_turned_to_an_event_that_does_not_exist(office: Office) -> None:
    received = office.happens("application.received", APPLICATION, "2020-03-01", **RECEIVED)
    first = office.corrected(APPLICATION, received, data={"channel": "fax"})
    problem = office.refuses_correction(APPLICATION, first, data={"event": "no-such"})
    assert problem.code == "no-such-event"


def test_voiding_a_correction_keeps_to_the_schema_too(office: Office) -> None:
    statement = "statement:1"
    counted = {
        "state": "administrative-decision.made",
        "dimensions": {"kind": "penalty"},
        "from": "2019-01-01",
        "to": "2019-06-30",
        "quantity": 7,
    }
    stated = office.happens("statement.counted", statement, "2021-01-05", data=counted)
    year = {"from": "2020-01-01", "to": "2020-12-31"}
    first = office.corrected(statement, stated, data=year)
    office.corrected(statement, stated, data={"from": "2020-07-01"})
    assert office.refuses_voiding(statement, first)


def test_a_correction_moves_nothing_into_the_future(office: Office) -> None:
    received = office.happens("application.received", APPLICATION, "2020-03-01", **RECEIVED)
    problem = office.refuses_correction(APPLICATION, received, occurred_on="2098-01-01")
    assert problem.code == "in-the-future"


def test_an_id_stands_for_one_event(office: Office) -> None:
    received = ("application.received", APPLICATION, "2020-03-01")
    office.happens(*received, id="mine", **RECEIVED)
    before = office.position()
    office.happens(*received, id="mine", **RECEIVED)
    assert office.position() == before
    problem = office.refuses("application.extended", APPLICATION, "2020-03-02", id="mine")
    assert problem.code == "same-id"
    assert names(problem, "mine", "application.received")


# Opening balances


def balance(office: Office, state: str, quantity: int, **dimensions: str) -> str:
    data = {"state": state, "dimensions": dimensions, "quantity": quantity}
    subject = f"balance:{state}-{'-'.join(dimensions.values())}"
    return office.happens("balance.stated", subject, "2019-12-31", data=data)


def test_real_cases_take_the_place_of_an_opening_balance(office: Office) -> None:
    balance(office, "application.pending", 3, applicant="natural-person")
    assert office.applications(2020) == (0, 3, 0, 3)
    replacing = RECEIVED | {"balance": "2019-12-31"}
    office.happens("application.received", APPLICATION, "2019-12-01", **replacing)
    assert office.applications(2020) == (0, 3, 0, 3)
    office.happens("application.decided", APPLICATION, "2020-01-10", outcome="granted")
    assert office.applications(2020) == (0, 3, 1, 2)
    assert office.figure("applications/carried-in/natural-person", 2021) == 2


def test_documents_items_and_reviews_take_the_place_of_a_balance_too(office: Office) -> None:
    balance(office, "document.in-force", 50, kind="normative-document")
    balance(office, "document.public", 40, kind="normative-document")
    balance(office, "item.listed", 30, kind="licence")
    balance(office, "review.pending", 2, kind="reconsideration")
    counted = {"balance": "2019-12-31"}
    office.happens("document.made", DOCUMENT, "2018-05-01", **MADE, **counted)
    published = {"channels": ["website"], **counted}
    office.happens("document.published", DOCUMENT, "2018-05-02", **published)
    office.happens("item.listed", "item:1", "2018-05-01", **LISTED, **counted)
    office.happens("review.opened", "review:1", "2019-12-01", kind="reconsideration", **counted)
    addresses = (
        ("regulations/normative-document/public-total", OLD, 40),
        ("regulations/normative-document/in-force", NEW, 50),
        ("services/licence/previous-items", OLD, 30),
        ("reviews/count/reconsideration-pending", OLD, 2),
    )
    for address, form, quantity in addresses:
        assert office.figure(address, 2020, form=form) == quantity, address
    office.happens("document.repealed", DOCUMENT, "2020-05-01")
    office.happens("document.withdrawn", DOCUMENT, "2020-05-01")
    office.happens("item.removed", "item:1", "2020-05-01")
    office.happens("review.concluded", "review:1", "2020-05-01", result="upheld")
    assert office.figure("services/licence/change", 2020, form=OLD) == -1
    for address, form, quantity in addresses:
        year = 2021 if address.endswith("previous-items") else 2020
        assert office.figure(address, year, form=form) == quantity - 1, address


def test_a_balance_cannot_have_counted_what_began_after_it(office: Office) -> None:
    balance(office, "application.pending", 3, applicant="natural-person")
    late = RECEIVED | {"balance": "2019-12-31"}
    problem = office.refuses("application.received", APPLICATION, "2020-01-01", **late)
    assert (problem.code, problem.pointer) == ("balance-after", "/data/balance")
    assert names(problem, "2019-12-31", "2020-01-01")


def test_a_balance_cannot_have_counted_what_ended_before_it(office: Office) -> None:
    balance(office, "application.pending", 3, applicant="natural-person")
    replacing = RECEIVED | {"balance": "2019-12-31"}
    office.happens("application.received", APPLICATION, "2019-11-01", **replacing)
    assert office.refuses("application.decided", APPLICATION, "2019-12-01", outcome="granted")
    assert office.applications(2020) == (0, 3, 0, 3)


def test_there_is_no_balance_of_purchases_since_they_do_not_stand(office: Office) -> None:
    for state in ("procurement.project", "procurement.amount"):
        with pytest.raises(Refusal) as refused:
            balance(office, state, 4, method="centralised")
        assert refused.value.problems[0].pointer == "/data/state"


def test_a_document_published_through_several_channels_counts_once(office: Office) -> None:
    office.happens("document.made", DOCUMENT, "2020-03-01", **MADE)
    for day, channel in enumerate(("website", "gazette", "wechat"), 2):
        on = f"2020-03-{day:02}"
        office.happens("document.published", DOCUMENT, on, channels=[channel])
    assert office.figure("regulations/normative-document/published", 2020) == 1
    assert office.figure("summary/published/total", 2020) == 1
    assert office.figure("regulations/normative-document/public-total", 2020) == 1


SHOWN = {"kind": "other-information", "channels": ["website"]}


def test_a_document_that_was_taken_down_may_be_published_again(office: Office) -> None:
    office.happens("document.published", DOCUMENT, "2020-03-01", **SHOWN)
    office.happens("document.withdrawn", DOCUMENT, "2020-03-02")
    assert office.figure("summary/published-other/total", 2020) == 1
    office.happens("document.published", DOCUMENT, "2021-03-01", **SHOWN)
    assert office.figures("summary/published-other/total", 2020, 2021) == [1, 1]
    problem = office.refuses("document.withdrawn", "document:2", "2020-03-02")
    assert names(problem, "document.published")


def test_what_was_not_recorded_as_made_says_its_kind_when_it_is_published(office: Office) -> None:
    problem = office.refuses("document.published", DOCUMENT, "2020-03-01", channels=["website"])
    assert (problem.code, problem.pointer) == ("missing-field", "/data/kind")


def test_a_reevaluation_does_not_count_as_made(office: Office) -> None:
    office.happens("document.made", DOCUMENT, "2020-03-01", **(MADE | {"attribute": "none"}))
    office.happens("document.reevaluated", DOCUMENT, "2021-03-01", attribute="proactive")
    row = "regulations/normative-document"
    assert office.figures(f"{row}/issued", 2020, 2021, form=NEW) == [1, 0]
    assert office.figures(f"{row}/in-force", 2020, 2021, form=NEW) == [1, 1]
    assert office.figures(f"{row}/made", 2020, 2021, form=OLD) == [1, 0]


def test_what_was_never_made_is_not_repealed(office: Office) -> None:
    problem = office.refuses("document.repealed", DOCUMENT, "2020-03-01")
    assert problem.code == "never-happened"
    assert names(problem, "document.made")
    office.happens("document.made", DOCUMENT, "2020-03-01", **MADE)
    repealed = office.happens("document.repealed", DOCUMENT, "2020-04-01")
    assert names(office.refuses("document.repealed", DOCUMENT, "2020-05-01"), repealed)
    later = ("document.reevaluated", DOCUMENT, "2020-05-01")
    assert names(office.refuses(*later, attribute="none"), repealed)


def test_a_document_is_not_made_after_it_was_published(office: Office) -> None:
    """Or it is in force from that day on; but it is not lost, and nothing is raised."""
    published = {"kind": "normative-document", "channels": ["website"]}
    office.happens("document.published", DOCUMENT, "2020-03-01", **published)
    try:
        office.happens("document.made", DOCUMENT, "2020-04-01", **MADE)
    except Refusal as refusal:
        assert refusal.problems[0].code in ("before-its-cause", "followed-already")
        return
    assert office.figure("regulations/normative-document/made", 2020) == 1
    office.happens("document.repealed", DOCUMENT, "2020-05-01")
    assert office.figure("regulations/normative-document/repealed", 2020, form=NEW) == 1


# Procurement


def test_a_procurement_cancelled_in_its_year_is_not_counted(office: Office) -> None:
    office.happens("procurement.concluded", PROCUREMENT, "2020-03-01", **PURCHASE)
    office.happens("procurement.cancelled", PROCUREMENT, "2020-12-31")
    assert office.figure("procurement/centralised/projects", 2020) == 0
    assert office.figure("procurement/centralised/amount", 2020) == 0


def test_a_procurement_cancelled_in_a_later_year_leaves_the_earlier_figure(office: Office) -> None:
    office.happens("procurement.concluded", PROCUREMENT, "2019-03-01", **PURCHASE)
    office.happens("procurement.amended", PROCUREMENT, "2019-04-01", amount=20_000_000)
    office.happens("procurement.amended", PROCUREMENT, "2020-02-01", amount=19_000_000)
    cancelled = office.happens("procurement.cancelled", PROCUREMENT, "2020-03-01")
    assert office.figures("procurement/centralised/projects", 2019, 2020) == [1, 0]
    assert office.figures("procurement/centralised/amount", 2019, 2020) == [20, 0]
    amendment = ("procurement.amended", PROCUREMENT, "2020-04-01")
    assert names(office.refuses(*amendment, amount=1), cancelled)


def test_an_amendment_of_a_later_year_counts_with_its_difference_there(office: Office) -> None:
    office.happens("procurement.concluded", PROCUREMENT, "2019-03-01", **PURCHASE)
    office.happens("procurement.amended", PROCUREMENT, "2020-02-01", amount=16_980_000)
    amounts = [office.figure("procurement/centralised/amount", year) for year in (2019, 2020)]
    assert amounts == [Decimal("17.98"), Decimal(-1)]
    assert office.figures("procurement/centralised/projects", 2019, 2020) == [1, 0]


# Counted statements


@pytest.mark.parametrize(
    ("state", "dimensions", "address"),
    [
        ("administrative-decision.made", {"kind": "penalty"}, "enforcement/penalty/decisions"),
        ("application.decided", {"outcome": "granted"}, "applications/granted/total"),
        ("document.public", {"kind": "regulation"}, "regulations/regulation/published"),
        ("document.in-force", {"kind": "regulation"}, "regulations/regulation/made"),
        ("information-fee.case", {}, "summary/information-fee-cases/total"),
        ("procurement.project", {"method": "centralised"}, "procurement/centralised/projects"),
    ],
)
def test_a_counted_statement_is_in_the_figure_of_its_year(
    office: Office, state: str, dimensions: dict[str, str], address: str
) -> None:
    period = {"from": "2019-01-01", "to": "2019-12-31"}
    data = {"state": state, "dimensions": dimensions, **period, "quantity": 40}
    office.happens("statement.counted", "statement:1", "2020-01-08", data=data)
    assert office.figures(address, 2019, 2020) == [40, 0]


# Reviews


def test_a_review_counts_in_the_year_of_its_conclusion(office: Office) -> None:
    office.happens("review.opened", "review:1", "2019-12-20", kind="suit-direct")
    concluded = office.happens("review.concluded", "review:1", "2020-02-01", result="corrected")
    assert office.figures("reviews/count/suit-direct-pending", 2019, 2020) == [1, 0]
    assert office.figures("reviews/count/suit-direct-corrected", 2019, 2020) == [0, 1]
    assert office.figures("reviews/count/suit-direct-total", 2019, 2020) == [1, 1]
    again = ("review.concluded", "review:1", "2020-03-01")
    assert names(office.refuses(*again, result="upheld"), concluded)


def test_an_item_is_removed_once_and_only_if_listed(office: Office) -> None:
    assert names(office.refuses("item.removed", "item:1", "2020-03-01"), "item.listed")
    office.happens("item.listed", "item:1", "2019-03-01", **LISTED)
    removed = office.happens("item.removed", "item:1", "2020-03-01")
    assert names(office.refuses("item.removed", "item:1", "2020-04-01"), removed)
    assert office.figures("services/licence/change", 2019, 2020) == [1, -1]
    assert office.figures("services/licence/previous-items", 2019, 2020) == [0, 1]


# The whole year


def test_the_year_of_a_busy_office_satisfies_the_form(office: Office) -> None:
    for nth in range(1, 25):
        subject = f"application:{nth}"
        office.happens("application.received", subject, f"20{19 + nth % 2}-12-{nth:02}", **RECEIVED)
        if nth % 3:
            on = f"20{20 + nth % 2}-01-{nth:02}"
            office.happens("application.decided", subject, on, outcome="granted")
    with office.journal.reading() as connection:
        for of in (2019, 2020, 2021, 2022):
            _, findings = check_report(connection, HOUSE.editions, Question(year(of), organ="a"))
            assert [finding for finding in findings if finding.verdict != "holds"] == []
