"""Opening balances of which more real cases take the place than they had counted."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from ledger.drawing.overdrawing import overdrawn_grid
from ledger.drawing.traces import in_words
from ledger.rooms.storage.journal import Journal
from ledger.rooms.storage.reading import history
from ledger.verbs.issuing import Office, check_for_issue, draft
from ledger.verbs.opening import House, open_journal
from ledger.verbs.overdrawing import Overdrawn, overdrawn
from ledger.verbs.recording import record
from ledger.verbs.reporting import Question, setting_of
from ledger.words.problems import Refusal
from ledger.words.years import year
from test_issuing import RECEIVED, event

HOUSE = House()
EVE = "2020-12-31"


@pytest.fixture
def journal(database_url: str) -> Iterator[Journal]:
    journal = open_journal(database_url, create=True)
    told = [event("organ.registered", "organ:office", "2015-01-01", name="示例县办公室")]
    told += [balance(1, 1, applicant="natural-person"), balance(2, 2)]
    record(journal, HOUSE.definitions, told, "clerk")
    yield journal
    journal.engine.dispose()


def balance(number: int, quantity: int, **dimensions: str) -> dict[str, Any]:
    data = {"state": "application.pending", "dimensions": dimensions, "quantity": quantity}
    stated = event("balance.stated", f"balance:{number}", EVE, **data)
    return stated | {"source": {"title": "2020年台账"}}


def counted(number: int, applicant: str = "natural-person") -> dict[str, Any]:
    data = RECEIVED | {"applicant": applicant, "balance": EVE}
    return event("application.received", f"application:{number}", "2020-11-02", **data)


def found(journal: Journal, as_at: str | None = None) -> list[Overdrawn]:
    with journal.reading() as connection:
        question = Question(year(2021), "office", as_at=as_at)
        return overdrawn(connection, setting_of(connection, HOUSE.editions, question))


def test_cases_that_a_balance_has_room_for_are_no_overdraft(journal: Journal) -> None:
    record(journal, HOUSE.definitions, [counted(1), counted(2), counted(3)], "clerk")
    assert found(journal) == []


def test_a_case_too_many_is_named_with_its_balance(journal: Journal) -> None:
    record(journal, HOUSE.definitions, [counted(number) for number in range(1, 5)], "clerk")
    natural = {"applicant": "natural-person"}
    (over,) = found(journal)
    assert over == Overdrawn("application.pending", natural, date(2020, 12, 31), 3, 4)
    assert found(journal, as_at="6") == []
    ((_, *shown),) = overdrawn_grid([over], HOUSE.definitions, "zh-CN").rows
    assert shown == ["自然人", "2020-12-31", "3", "4"]


def test_a_report_with_an_overdrawn_balance_is_not_checked_for_issue(journal: Journal) -> None:
    """The year before the balance's day does not rest on it, and goes its way."""
    record(journal, HOUSE.definitions, [counted(number) for number in range(1, 5)], "clerk")
    office = Office(journal, HOUSE.definitions, HOUSE.editions, "clerk")
    for told in (2019, 2021):
        draft(office, Question(year(told), "office"), {"overview": "x"})
    assert check_for_issue(office, Question(year(2019), "office")).event.data["errors"] == 0
    with pytest.raises(Refusal) as caught:
        check_for_issue(office, Question(year(2021), "office"))
    (problem,) = caught.value.problems
    assert "2020-12-31" in problem.sentence("zh-CN")


def test_a_balance_is_told_in_words(journal: Journal) -> None:
    with journal.reading() as connection:
        (stated,) = history(connection, "balance:1@office")
    told = in_words(stated, HOUSE.definitions, "zh-CN")
    assert told == "统计状态：办理中的申请；分类口径：自然人；数量：1"


def test_kinds_that_have_room_apart_may_have_none_together(journal: Journal) -> None:
    told = [counted(1), counted(2), counted(3, "other-organisation")]
    record(journal, HOUSE.definitions, [*told, counted(4, "other-organisation")], "clerk")
    assert found(journal) == [Overdrawn("application.pending", {}, date(2020, 12, 31), 3, 4)]


def test_each_organ_of_a_roll_up_is_judged_by_its_own_balance(journal: Journal) -> None:
    """One organ's room is not another's, and what both lack is told of both."""
    told = [
        event(
            "organ.registered", "organ:branch", "2015-01-01", "branch", name="x", parent="office"
        ),
        balance(1, 5, applicant="natural-person") | {"organ": "branch"},
        *(counted(number) for number in range(1, 5)),
    ]
    record(journal, HOUSE.definitions, told, "clerk")
    with journal.reading() as connection:
        asked = Question(year(2021), "office", below=True)
        (over,) = overdrawn(connection, setting_of(connection, HOUSE.editions, asked))
    assert (over.stated, over.taken) == (3, 4)
