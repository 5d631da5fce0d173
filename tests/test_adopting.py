"""Published reports adopted: years before the ledger, traceable to the paper."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

import pytest

import offices
from ledger.rooms.storage.journal import Journal
from ledger.verbs.adopting import Adoption, adopt
from ledger.verbs.opening import House, open_journal
from ledger.verbs.published import read_published
from ledger.verbs.recording import record
from ledger.verbs.reporting import Question, report
from ledger.verbs.tracing import trace
from ledger.verbs.verifying import verify
from ledger.words.problems import Refusal
from ledger.words.published import Published
from ledger.words.years import year
from published import read as as_collected

HERE = Path(__file__).parent / "data/reports"
HOUSE = House()
FORMS = {
    2020: "cn-annual-report-2019",
    2021: "cn-annual-report-2021",
    2022: "cn-annual-report-2021",
}
NAMES = ("2019-shanghai-gov-office", "2020-yueqing-jgsw", "2023-suqian-city")
Cells = Mapping[str, str]


@pytest.fixture
def journal(sqlite_url: str) -> Journal:
    made = open_journal(sqlite_url, create=True)
    registered = {
        "type": "organ.registered",
        "organ": "office",
        "subject": "organ:office",
        "occurred_on": "2010-01-01",
        "data": {"name": "示例局"},
    }
    record(made, HOUSE.definitions, [registered], "clerk")
    return made


def paper(number: int, cells: Cells, form: str | None = None) -> Published:
    """A report of our office with these cells; the others are 0."""
    edition = HOUSE.editions[form or FORMS[number]]
    zeros = {a: "0" for a in edition.figures if not a.startswith("summary/")}
    told = offices.parts(edition, zeros | dict(cells), "示例局", number, offices.STYLES[0])
    return read_published(f"{number}.html", offices.as_html(told), HOUSE.editions)


def of_applications(new: int, carried_in: int, granted: int, carried_out: int) -> dict[str, str]:
    rows = {"new": new, "carried-in": carried_in, "granted": granted, "total": granted}
    rows |= {"carried-out": carried_out}
    columns = ("natural-person", "total")
    return {f"applications/{row}/{c}": str(v) for row, v in rows.items() for c in columns}


def adopted(journal: Journal, told: Published, **options: bool) -> Adoption:
    return adopt(journal, HOUSE.definitions, HOUSE.editions, told, "office", "clerk", **options)


def figures(journal: Journal, number: int, form: str | None = None) -> dict[str, Decimal]:
    with journal.reading() as connection:
        made = report(connection, HOUSE.editions, Question(year(number), "office", edition=form))
    return {address: cell.value for address, cell in made.cells.items() if cell.value is not None}


def refused(journal: Journal, told: Published) -> str:
    with pytest.raises(Refusal) as caught:
        adopted(journal, told)
    return caught.value.problems[0].code


@pytest.mark.parametrize("name", NAMES)
def test_the_report_rebuilt_from_a_real_one_equals_it_wherever_it_obeys_its_own_form(
    journal: Journal, name: str
) -> None:
    collected = as_collected(json.loads((HERE / f"{name}.json").read_text("utf-8")), HOUSE.editions)
    assert collected.edition is not None
    told = offices.parts(
        collected.edition, collected.texts, "示例局", collected.year, offices.STYLES[0]
    )
    read = read_published("report.docx", offices.as_docx(told), HOUSE.editions)
    done = adopted(journal, read)
    rebuilt = figures(journal, collected.year, collected.edition.id)
    apart = {each.address: each for each in done.apart}
    for address, printed in collected.cells.items():
        if address in collected.texts and address not in apart:
            assert rebuilt[address] == (printed or 0), address
    for address, each in apart.items():
        assert rebuilt[address] == each.ledger != (collected.cells[address] or 0)
        assert each.constraints or collected.cells[address] is None
    assert done.left == ()
    assert done.equal == len(collected.texts) - len(apart)
    assert list(verify(journal)) == []


def test_what_is_left_over_is_what_the_next_year_begins_with(journal: Journal) -> None:
    done = adopted(journal, paper(2020, of_applications(9, 2, 7, 4)))
    assert (done.apart, done.left, done.again) == ((), (), False)
    assert figures(journal, 2020)["applications/carried-out/natural-person"] == 4
    assert figures(journal, 2021)["applications/carried-in/natural-person"] == 4


@pytest.mark.parametrize("order", [(2020, 2021, 2022), (2022, 2021, 2020), (2021, 2020, 2022)])
def test_years_may_be_adopted_in_any_order(journal: Journal, order: tuple[int, ...]) -> None:
    """The chain holds: each begins with what the one before it left."""
    cells = {
        2020: of_applications(9, 2, 7, 4),
        2021: of_applications(3, 4, 6, 1) | {"regulations/normative-document/in-force": "12"},
        2022: of_applications(5, 1, 6, 0) | {"regulations/normative-document/in-force": "14"},
    }
    for number in order:
        done = adopted(journal, paper(number, cells[number]))
        assert (done.apart, done.left) == ((), ()), number
    for number, printed in cells.items():
        found = figures(journal, number)
        assert {address: str(found[address]) for address in printed} == printed
        others = {a: v for a, v in found.items() if a not in printed and "summary" not in a}
        assert set(others.values()) == {0}
    assert figures(journal, 2023)["applications/carried-in/total"] == 0
    assert list(verify(journal)) == []


def test_a_carry_over_that_two_reports_print_differently_is_said_and_not_bent(
    journal: Journal,
) -> None:
    adopted(journal, paper(2020, of_applications(9, 2, 7, 4)))
    done = adopted(journal, paper(2021, of_applications(3, 5, 7, 1)))
    assert {each.address: (each.printed, each.ledger) for each in done.apart} == {
        "applications/carried-in/natural-person": ("5", 4),
        "applications/carried-in/total": ("5", 4),
    }
    assert figures(journal, 2020)["applications/carried-out/natural-person"] == 4


def test_a_total_that_its_parts_do_not_give_is_said(journal: Journal) -> None:
    printed = of_applications(9, 2, 7, 4) | {"applications/total/total": "8"}
    done = adopted(journal, paper(2020, printed))
    (apart,) = done.apart
    assert (apart.address, apart.printed, apart.ledger) == ("applications/total/total", "8", 7)
    assert "applications.identity" in apart.constraints


def test_items_and_their_change_carry_on(journal: Journal) -> None:
    row = "services/licence"
    printed = {f"{row}/previous-items": "716", f"{row}/change": "-417", f"{row}/decisions": "298"}
    done = adopted(journal, paper(2020, printed))
    assert done.apart == ()
    found = figures(journal, 2020)
    assert [found[address] for address in printed] == [716, -417, 298]
    found = figures(journal, 2021, FORMS[2020])
    assert found[f"{row}/previous-items"] == 299


def test_blank_cells_are_not_stated_and_unreadable_ones_are_named(journal: Journal) -> None:
    printed = {
        "services/licence/decisions": "",
        "enforcement/penalty/decisions": "约5",
        "procurement/centralised/amount": "8040",
    }
    done = adopted(journal, paper(2020, printed))
    assert {each.address: each.problem.code for each in done.left} == {
        "enforcement/penalty/decisions": "no-whole-number",
        "procurement/centralised/amount": "no-whole-number",
    }
    assert figures(journal, 2020)["enforcement/penalty/decisions"] == 0


def test_a_figure_leads_to_the_paper(journal: Journal) -> None:
    told = paper(2020, of_applications(9, 2, 7, 4))
    adopted(journal, told)
    with journal.reading() as connection:
        question = Question(year(2020), "office")
        setting = report(connection, HOUSE.editions, question).setting
        traced = trace(connection, setting, "applications/granted/natural-person")
    (event,) = traced.events.values()
    assert event.source == {"title": told.title, "digest": told.digest}
    assert event.data["published_as"] == {
        "edition": FORMS[2020],
        "figure": "applications/granted/natural-person",
    }


def test_adopting_a_file_twice_is_harmless(journal: Journal) -> None:
    told = paper(2020, of_applications(9, 2, 7, 4))
    first = adopted(journal, told)
    again = adopted(journal, told)
    assert (first.again, again.again, again.recorded) == (False, True, 0)
    assert figures(journal, 2020)["applications/new/total"] == 9


def test_a_preview_tells_the_same_and_records_nothing(journal: Journal) -> None:
    told = paper(2020, of_applications(9, 2, 8, 4))
    preview = adopted(journal, told, keep=False)
    assert figures(journal, 2020)["applications/new/total"] == 0
    done = adopted(journal, told)
    assert (preview.apart, preview.equal, preview.recorded) == (
        done.apart,
        done.equal,
        done.recorded,
    )


def test_a_year_that_the_ledger_has_counted_is_refused(journal: Journal) -> None:
    adopted(journal, paper(2020, of_applications(9, 2, 7, 4)))
    assert refused(journal, paper(2020, of_applications(9, 2, 7, 5))) == "year-is-counted"


def test_a_file_without_tables_or_without_a_year_is_refused(journal: Journal) -> None:
    nothing = read_published("x", "2020年共发布信息3条。".encode(), HOUSE.editions)
    assert refused(journal, nothing) == "nothing-to-adopt"
    page = b"<table><tr><td>a</td></tr></table>"
    edition = HOUSE.editions[FORMS[2021]]
    told = offices.parts(edition, dict.fromkeys(edition.figures, "1"), "", 2021, offices.STYLES[0])
    sheets = [part for part in told if not isinstance(part, str)]
    page = offices.as_html(["表", *sheets])
    assert refused(journal, read_published("x", page, HOUSE.editions)) == "which-year"


def test_real_records_may_follow_an_adopted_year(journal: Journal) -> None:
    """A case that the last adopted report counted as carried over takes its place."""
    adopted(journal, paper(2020, of_applications(9, 2, 7, 4)))
    case = {"organ": "office", "subject": "application:1"}
    received = case | {
        "type": "application.received",
        "occurred_on": "2020-12-21",
        "data": {"applicant": "natural-person", "channel": "online", "balance": "2020-12-31"},
    }
    decided = case | {
        "type": "application.decided",
        "occurred_on": "2021-01-11",
        "data": {"outcome": "granted"},
    }
    record(journal, HOUSE.definitions, [received, decided], "clerk")
    found = figures(journal, 2021)
    rows = ("carried-in", "granted", "carried-out")
    assert [found[f"applications/{row}/natural-person"] for row in rows] == [4, 1, 3]
