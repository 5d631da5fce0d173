"""Many clerks at once, each in a process of its own: nothing is lost, and nobody is misled."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from typing import Any

import pytest

from ledger.rooms.storage.journal import Journal
from ledger.verbs.opening import House, open_journal
from ledger.verbs.recording import record
from ledger.words.problems import Refusal

pytestmark = pytest.mark.slow

HOUSE = House()
# Each process is forked from a clean one that has the imports done and nothing else.
FORK = get_context("forkserver")
FORK.set_forkserver_preload(["alembic.autogenerate", "ledger.verbs.tracing", "pytest"])
PATIENCE = 90.0

WRITERS = 16
EACH = 40
ROUNDS = 40


def draft(type_: str, subject: str, on: str, data: dict[str, Any], **more: Any) -> dict[str, Any]:
    envelope = {"type": type_, "organ": "example-office", "subject": subject, "occurred_on": on}
    return envelope | {"data": data} | more


OFFICE = draft(
    "organ.registered", "organ:example-office", "2015-01-01", {"name": "示例县政府办公室"}
)


def received(number: str) -> dict[str, Any]:
    data = {"applicant": "natural-person", "channel": "online"}
    return draft("application.received", f"application:{number}", "2020-03-05", data)


def decided(number: str, on: str, id_: str) -> dict[str, Any]:
    data = {"outcome": "granted"}
    return draft("application.decided", f"application:{number}", on, data, id=id_)


@contextmanager
def opened(url: str, *, create: bool = False) -> Iterator[Journal]:
    journal = open_journal(url, create=create)
    yield journal
    journal.engine.dispose()


def one_of_many(name: str, gate: Any, answers: Any, work: Any, *arguments: Any) -> None:
    """What a process does: its work, from the moment at which all are ready, and an answer."""
    try:
        assert HOUSE.definitions
        gate.wait(PATIENCE)
        answers.put((name, None, work(name, *arguments)))
    except BaseException as error:
        answers.put((name, f"{type(error).__name__}: {error}", None))
        for barrier in arguments:
            if hasattr(barrier, "abort"):
                barrier.abort()  # nobody needs to wait for this process


def at_once(work: dict[str, tuple[Any, ...]]) -> dict[str, Any]:
    """What came of pieces of work, each done in a process of its own, all at the same time."""
    gate, answers = FORK.Barrier(len(work)), FORK.Queue()
    processes = [
        FORK.Process(target=one_of_many, args=(name, gate, answers, *each))
        for name, each in work.items()
    ]
    for process in processes:
        process.start()
    told = [answers.get(timeout=PATIENCE) for _ in processes]
    for process in processes:
        process.join(PATIENCE)
    assert {name: error for name, error, _ in told if error} == {}
    return {name: answer for name, _, answer in told}


# Sixteen writers and a reader of the tail


def write_one_by_one(name: str, url: str) -> list[tuple[int, str]]:
    """Records cases one by one; returns the position and id of each as it was acknowledged."""
    acknowledged = []
    with opened(url) as journal:
        for number in range(EACH):
            (receipt,) = record(journal, HOUSE.definitions, [received(f"{name}-{number}")], name)
            acknowledged.append((receipt.event.position, receipt.event.id))
    return acknowledged


def follow_the_tail(name: str, url: str) -> list[tuple[int, str]]:
    """Asks again and again for what comes after the last event seen, until all writers are done."""
    seen: list[tuple[int, str]] = []
    deadline = time.monotonic() + PATIENCE / 2
    with opened(url) as journal:
        while len(seen) < 1 + WRITERS * EACH and time.monotonic() < deadline:
            after = seen[-1][0] if seen else 0
            found = journal.select_notifications(after, 50, inclusive_of_start=False)
            time.sleep(0.002)
            seen += [(each.id, json.loads(each.state)["id"]) for each in found]
    return seen


def test_who_follows_sixteen_writers_sees_each_event_once_and_in_order(database_url: str) -> None:
    with opened(database_url, create=True) as journal:
        record(journal, HOUSE.definitions, [OFFICE | {"id": "office"}], "clerk")
    writers = {f"writer-{number:02}": (write_one_by_one, database_url) for number in range(WRITERS)}
    told = at_once({"tail": (follow_the_tail, database_url), **writers})
    seen = told.pop("tail")
    acknowledged = sorted(pair for pairs in told.values() for pair in pairs)
    assert [position for position, _ in seen] == list(range(1, 2 + WRITERS * EACH))
    assert seen == [(1, "office"), *acknowledged]
    with opened(database_url) as journal:
        assert journal.max_notification_id() == len(seen)


# Two clerks and one application


def decide_each(name: str, url: str, on: str, turn: Any) -> list[tuple[str, list[str]]]:
    """Decides every application, each at the same moment as the other clerk.

    Returns the id of each decision with what the clerk was told where it was refused.
    """
    outcomes = []
    with opened(url) as journal:
        for number in range(ROUNDS):
            decision = decided(str(number), on, f"{name}-{number}")
            sentences: list[str] = []
            turn.wait(PATIENCE)
            try:
                record(journal, HOUSE.definitions, [decision], name)
            except Refusal as refusal:
                (problem,) = refusal.problems
                sentences = [problem.sentence(language) for language in ("zh-CN", "en")]
            outcomes.append((decision["id"], sentences))
    return outcomes


@pytest.mark.parametrize("days", [("2020-03-25", "2020-03-25"), ("2020-03-20", "2020-03-25")])
def test_of_two_clerks_who_decide_the_same_case_one_wins_and_the_other_is_told_by_whom(
    database_url: str, days: tuple[str, str]
) -> None:
    with opened(database_url, create=True) as journal:
        cases = [received(str(number)) for number in range(ROUNDS)]
        record(journal, HOUSE.definitions, [OFFICE, *cases], "clerk")
    turn = FORK.Barrier(2)
    clerks = zip(("clerk-a", "clerk-b"), days, strict=True)
    told = at_once({name: (decide_each, database_url, on, turn) for name, on in clerks})
    winners, misled = [], []
    for outcomes in zip(*told.values(), strict=True):
        won = [id_ for id_, sentences in outcomes if not sentences]
        assert len(won) == 1, outcomes
        winners += won
        (sentences,) = (sentences for _, sentences in outcomes if sentences)
        misled += [(won[0], sentence) for sentence in sentences if won[0] not in sentence]
    with opened(database_url) as journal:
        decisions = journal.select_notifications(None, 1000, topics=["application.decided"])
    assert sorted(json.loads(each.state)["id"] for each in decisions) == sorted(winners)
    assert misled == []
