"""The laws of the domain, on random ledgers: what holds of every history, however odd."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count, groupby
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from ledger.rooms.definitions.schemas import ORGAN
from ledger.rooms.storage import figures
from ledger.rooms.storage.figures import Scope
from ledger.rooms.storage.journal import Journal
from ledger.rooms.storage.tables import facts, shapes
from ledger.verbs.checking import check_report
from ledger.verbs.opening import House, open_journal
from ledger.verbs.rebuilding import rebuild
from ledger.verbs.recording import record
from ledger.verbs.reporting import Question, report, setting_of
from ledger.verbs.tracing import trace
from ledger.verbs.verifying import verify
from ledger.words.facts import read_shape
from ledger.words.problems import Refusal
from ledger.words.years import year
from ledgers import (
    ORGANS,
    PREFIX,
    TOP,
    YEARS,
    A,
    B,
    Draft,
    Ledger,
    Passes,
    as_corrected,
    holder_on,
    ledgers,
    nonsense,
    passes_in,
    stands,
)

HOUSE = House()
APPLICANTS = list(HOUSE.definitions.codes["applicant-kind"])
STOCKS = [name for name, state in HOUSE.definitions.states.items() if state["nature"] == "state"]

Asked = tuple[int, str, bool]
"""A year, an organ, and whether those below it are in the report too."""
ASKED: list[Asked] = [(y, o, b) for y in YEARS for o, b in ((A, False), (B, False), (TOP, True))]
"""Every report of a random ledger: of each organ by itself, and of all below the top."""


def many(part: float) -> Callable[[Any], Any]:
    """So many random ledgers, as a part of what the profile asks of a property."""
    examples = max(1, round(part * settings.default.max_examples))
    return settings(max_examples=examples, suppress_health_check=list(HealthCheck))


@contextmanager
def empty() -> Iterator[Journal]:
    """A journal in an SQLite file of its own."""
    with TemporaryDirectory() as folder:
        journal = open_journal(f"sqlite:///{folder}/ledger.db", create=True)
        yield journal
        journal.engine.dispose()


def write_down(journal: Journal, batches: Sequence[Sequence[Draft]]) -> None:
    for batch in batches:
        record(journal, HOUSE.definitions, batch, "clerk")


@contextmanager
def kept(ledger: Ledger) -> Iterator[Journal]:
    with empty() as journal:
        write_down(journal, ledger.batches)
        yield journal


def question(asked: Asked, **more: Any) -> Question:
    of_year, organ, below = asked
    return Question(year(of_year), organ=organ, below=below, **more)


def tables(
    journal: Journal, asked: Sequence[Asked] = ASKED, as_at: int | None = None
) -> dict[Asked, dict[str, int]]:
    """The cells of reports, as known now or at a position."""
    when = None if as_at is None else str(as_at)
    with journal.reading() as connection:
        return {
            one: {
                address: cell.quantity
                for address, cell in report(
                    connection, HOUSE.editions, question(one, as_at=when)
                ).cells.items()
            }
            for one in asked
        }


def rows(journal: Journal) -> list[Any]:
    """The stored facts, with their shapes by name: rebuilding may number shapes anew."""
    query = select(facts, shapes.c.key).join(shapes, shapes.c.shape == facts.c.shape)
    with journal.reading() as connection:
        found = [dict(row._mapping) for row in connection.execute(query)]
    named = [
        sorted((name, str(value)) for name, value in row.items() if name != "shape")
        for row in found
    ]
    return sorted(named)


def undeclared(shape: str) -> list[str]:
    """What of a state with its dimensions is not declared in schemas/codes/."""
    state, *_ = read_shape(shape).values()
    if state not in HOUSE.definitions.states:
        return [state]
    lists = HOUSE.definitions.states[state]["dimensions"]
    return [
        f"{state}: {name}={code}"
        for name, code in read_shape(shape).items()
        if name != "state"
        and (
            name not in lists
            or (lists[name] != ORGAN and code not in HOUSE.definitions.codes[lists[name]])
        )
    ]


# Every year accounts for every case


@pytest.mark.slow
@given(ledgers())
@many(1.5)
def test_new_and_carried_in_is_handled_and_carried_out(ledger: Ledger) -> None:
    with kept(ledger) as journal:
        found = tables(journal)
        for (of_year, organ, below), cells in found.items():
            before = found.get((of_year - 1, organ, below))
            for column in (*APPLICANTS, "total"):
                new, carried_in, handled, carried_out = (
                    cells[f"applications/{row}/{column}"]
                    for row in ("new", "carried-in", "total", "carried-out")
                )
                if of_year > ledger.balanced_until:
                    assert new + carried_in == handled + carried_out, (of_year, organ, column)
                if before and not (below and moves(ledger)):
                    assert carried_in == before[f"applications/carried-out/{column}"]


def moves(ledger: Ledger) -> bool:
    """Whether an organ ever comes under another, with the stocks that it has."""
    return any(draft["subject"].startswith("organ:") for draft in ledger.drafts[len(ORGANS) :])


@pytest.mark.slow
@given(ledgers())
@many(1)
def test_a_report_of_the_ledger_satisfies_its_own_form(ledger: Ledger) -> None:
    with kept(ledger) as journal, journal.reading() as connection:
        for asked in ASKED:
            if asked[0] <= ledger.balanced_until or (asked[2] and moves(ledger)):
                continue
            _, findings = check_report(connection, HOUSE.editions, question(asked))
            wrong = [f for f in findings if f.verdict != "holds"]
            assert [f for f in wrong if f.constraint.severity == "error"] == []


@pytest.mark.slow
@given(ledgers())
@many(1.5)
def test_what_stands_when_a_year_ends_stands_when_the_next_begins(ledger: Ledger) -> None:
    with kept(ledger) as journal, journal.reading() as connection:
        numbers = figures.numbered_shapes(connection)
        stocks = [number for key, number in numbers.items() if key.split(" ")[0] in STOCKS]
        for organ in (A, B):
            closing: dict[int, int] = {}
            for number in range(2017, 2025):
                asked = Question(year(2019), organ=organ)
                organs = setting_of(connection, HOUSE.editions, asked).scope.organs
                wanted = {"opening": stocks, "closing": stocks}
                found = figures.totals(connection, wanted, Scope(year(number), organs))
                opening, last = (
                    {n: q for n, q in s.items() if q} for s in (found["opening"], closing)
                )
                assert opening == last
                closing = found["closing"]


# A small reckoning of applications, straight from what was handed in


Reckoning = Counter[tuple[int, str, str, str]]
"""Applications by (year, organ, row, applicant)."""


def reckoned(drafts: Sequence[Draft]) -> Reckoning:
    """New, handled and carried-out applications."""
    found: Reckoning = Counter()
    passes = passes_in(drafts)
    standing = [as_corrected(drafts, draft) for draft in drafts if stands(drafts, draft)]
    named = sorted(standing, key=lambda draft: draft["subject"].partition("@")[0])
    for subject, life in groupby(named, key=lambda draft: draft["subject"].partition("@")[0]):
        if subject.startswith("application:"):
            steps = sorted(life, key=lambda draft: draft["occurred_on"])
            reckon_application(found, steps, passes)
        elif subject.startswith("balance:"):
            steps = sorted(life, key=lambda draft: draft["occurred_on"])
            ends = [step["occurred_on"] for step in steps if step["type"] == "balance.ended"]
            for stated in steps:
                if stated["data"].get("state") == "application.pending":
                    applicant = stated["data"]["dimensions"]["applicant"]
                    stay = Stay(found, stated["organ"], applicant, stated["occurred_on"])
                    until = ends[0] if ends else "9999-12-31"
                    stay.held(passes, until, by=stated["data"]["quantity"])
    return found


def reckon_application(found: Reckoning, steps: Sequence[Draft], passes: Passes) -> None:
    received = next((step for step in steps if step["type"] == "application.received"), None)
    if received is None:
        return
    applicant, balance = received["data"]["applicant"], received["data"].get("balance")
    stay = Stay(found, received["subject"].partition("@")[2], applicant, received["occurred_on"])
    if balance:
        Stay(found, stay.organ, applicant, balance).held(passes, by=-1)
    stay.count("new", holder_on(stay.organ, stay.since, passes), stay.since)
    for step in steps:
        kind, on = step["type"].removeprefix("application."), step["occurred_on"]
        moves = kind == "transferred"
        to = holder_on(step["data"]["to"], on, passes) if moves else ""
        if kind in ("decided", "withdrawn") or (moves and to != holder_on(stay.organ, on, passes)):
            last = stay.held(passes, on, moves=moves)
            stay.count("total", last, on)
            if not moves:
                return
            stay = Stay(found, step["data"]["to"], applicant, on)
            stay.count("new", to, on)
    stay.held(passes)


@dataclass
class Stay:
    """An application with an organ from a day on, and with those who stand in its place."""

    found: Reckoning
    organ: str
    applicant: str
    since: str

    def count(self, row: str, organ: str, on: str, by: int = 1) -> None:
        self.found[int(on[:4]), organ, row, self.applicant] += by

    def held(
        self, passes: Passes, until: str = "9999-12-31", by: int = 1, moves: bool = False
    ) -> str:
        """Carries it out of each year, and hands it on where its organ is succeeded; who had it last."""
        organ, since = holder_on(self.organ, self.since, passes), self.since
        while organ in passes:
            on, successor = passes[organ]
            if on > until or (on == until and moves):
                break
            self._carry(organ, since, on, by)
            self.count("total", organ, on, by)
            self.count("new", successor, on, by)
            organ, since = successor, on
        self._carry(organ, since, until, by)
        return organ

    def _carry(self, organ: str, since: str, until: str, by: int) -> None:
        for number in YEARS:
            if since <= f"{number}-12-31" < until:
                self.count("carried-out", organ, f"{number}-12-31", by)


@pytest.mark.slow
@given(ledgers(kinds=("application", "application", "application", "balance")))
@many(2.5)
def test_a_reckoning_by_hand_gives_the_same_applications(ledger: Ledger) -> None:
    by_hand = reckoned(ledger.drafts)
    event(f"{sum(draft['type'] == 'application.transferred' for draft in ledger.drafts)} transfers")
    with kept(ledger) as journal:
        for (of_year, organ, below), cells in tables(journal).items():
            for applicant in APPLICANTS if not below else ():
                for row in ("new", "total", "carried-out"):
                    told = cells[f"applications/{row}/{applicant}"]
                    assert told == by_hand[of_year, organ, row, applicant], (of_year, organ, row)


# Every figure opens to its facts


@pytest.mark.slow
@given(ledgers(), st.sampled_from(ASKED))
@many(2)
def test_the_facts_behind_every_figure_sum_to_it(ledger: Ledger, asked: Asked) -> None:
    with kept(ledger) as journal, journal.reading() as connection:
        whole = report(connection, HOUSE.editions, question(asked))
        for address, cell in whole.cells.items():
            found = trace(connection, whole.setting, address)
            assert sum(fact.contribution for fact in found.facts) == cell.quantity
            assert found.cell == cell
            for fact in found.facts:
                assert set(fact.known.fact.evidence) <= found.events.keys()
                assert fact.organ in whole.setting.covers


# Journal and facts agree


@pytest.mark.slow
@given(ledgers())
@many(1.5)
def test_rebuilding_gives_the_same_facts_and_verifying_finds_nothing(ledger: Ledger) -> None:
    with kept(ledger) as journal:
        assert list(verify(journal)) == []
        before, told = rows(journal), tables(journal)
        assert rebuild(journal) == len(before)
        assert rows(journal) == before
        assert tables(journal) == told
        assert [name for key in counted(journal) for name in undeclared(key)] == []


def counted(journal: Journal) -> list[str]:
    """The states with their dimensions that occur."""
    with journal.reading() as connection:
        return list(figures.numbered_shapes(connection))


# What was known does not change


@pytest.mark.slow
@given(ledgers(), st.data())
@many(1.5)
def test_what_is_recorded_later_changes_no_earlier_report(ledger: Ledger, data: Any) -> None:
    cut = data.draw(st.integers(1, len(ledger.batches)), label="batches known")
    asked = data.draw(st.lists(st.sampled_from(ASKED), min_size=2, max_size=6, unique=True))
    with empty() as journal:
        write_down(journal, ledger.batches[:cut])
        position, then = journal.max_notification_id(), tables(journal, asked)
        write_down(journal, ledger.batches[cut:])
        assert tables(journal, asked, as_at=position) == then


# One answer on every database


@pytest.mark.slow
def test_every_database_gives_the_same_tables(fresh_postgres_url: str) -> None:
    numbers = count(1)
    server = open_journal(fresh_postgres_url, create=True)

    @given(ledgers())
    @many(1.2)
    def the_same_tables(ledger: Ledger) -> None:
        prefix = f"t{next(numbers)}-"
        write_down(server, ledger.named(prefix).batches)
        with kept(ledger) as journal:
            for asked, cells in tables(journal).items():
                theirs = (asked[0], asked[1].replace(PREFIX, prefix), asked[2])
                assert tables(server, [theirs])[theirs] == cells

    the_same_tables()
    assert list(verify(server)) == []
    before = rows(server)
    rebuild(server)
    assert rows(server) == before
    server.engine.dispose()


# Nonsense is refused, and nothing else happens


def try_all(journal: Journal, ledger: Ledger) -> tuple[int, int]:
    """Hands in every batch; how many were recorded and how many refused, whole."""
    taken = refused = 0
    for batch in ledger.batches:
        before = journal.max_notification_id() or 0
        try:
            record(journal, HOUSE.definitions, batch, "clerk")
        except Refusal as refusal:
            refused += 1
            assert (journal.max_notification_id() or 0) == before
            for problem in refusal.problems:
                assert problem.sentence("zh-CN") and problem.sentence("en")
        else:
            taken += 1
            assert journal.max_notification_id() == before + len(batch)
    return taken, refused


def assert_whole(journal: Journal) -> None:
    """Journal and facts agree, each fact is of a declared state, and every figure can be told."""
    assert list(verify(journal)) == []
    assert [name for key in counted(journal) for name in undeclared(key)] == []
    before = rows(journal)
    rebuild(journal)
    assert rows(journal) == before


@given(nonsense())
@many(0.3)
def test_nonsense_is_refused_and_leaves_nothing_half_recorded(ledger: Ledger) -> None:
    with empty() as journal:
        try_all(journal, ledger)
        assert_whole(journal)


@pytest.mark.slow
@given(nonsense())
@many(3)
def test_much_nonsense_is_refused_and_leaves_nothing_half_recorded(ledger: Ledger) -> None:
    with empty() as journal:
        taken, refused = try_all(journal, ledger)
        event(f"taken {taken // 3 * 3}+, refused {refused // 5 * 5}+")
        assert_whole(journal)
        tables(journal, ASKED[:4])
