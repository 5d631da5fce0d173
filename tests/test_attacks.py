"""Whoever writes to the database at will is found out, and the place is named."""

import os
import random
import re
import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import pytest

import attacks
from ledger.drawing.faults import sentence
from ledger.rooms.proof import keys as keyring
from ledger.rooms.proof.checkpoints import Checkpoint
from ledger.rooms.proof.keys import Keys
from ledger.rooms.proof.notes import LOG
from ledger.rooms.storage.journal import Journal
from ledger.verbs import demo
from ledger.verbs.checkpointing import checkpoint, last_checkpoint
from ledger.verbs.issuing import Office, approve, check_for_issue, draft, issue
from ledger.verbs.opening import House, open_journal
from ledger.verbs.recording import record
from ledger.verbs.regenerating import issue_faults
from ledger.verbs.reporting import Question
from ledger.verbs.verifying import Signed, verify
from ledger.words.faults import Fault
from ledger.words.years import year

HOUSE = House()
DEFINITIONS = HOUSE.definitions

ATTACKS = int(os.environ.get("LEDGER_ATTACKS", "3"))
"""How often each attack is made."""


class Kept(NamedTuple):
    """A ledger that was signed three times, its keys, and what an outsider holds."""

    path: Path
    keys: Keys
    folder: Path
    outside: Checkpoint


def applications(first: int, count: int) -> Iterator[dict[str, Any]]:
    for number in range(first, first + count):
        received = {
            "id": f"received-no-{number}",
            "type": "application.received",
            "organ": demo.ORGAN,
            "subject": f"application:{number}",
            "occurred_on": "2020-05-06",
            "data": {"applicant": "natural-person", "channel": "online"},
        }
        yield received
        changes = {"type": "application.decided", "data": {"outcome": "granted"}}
        yield received | changes | {"id": f"decided-no-{number}", "occurred_on": "2020-05-20"}


def issued(journal: Journal) -> None:
    question = Question(year(demo.YEAR), demo.ORGAN)
    drafter, chief = (
        Office(journal, DEFINITIONS, HOUSE.editions, person) for person in ("drafter", "chief")
    )
    draft(drafter, question, {"overview": "示例"})
    check_for_issue(drafter, question)
    approve(chief, question)
    issue(drafter, question)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    folder = tmp_path_factory.mktemp("kept")
    path = folder / "ledger.db"
    keyring.make(folder / "keys", LOG, "ledger.example/attacked")
    keys = keyring.load(folder / "keys", LOG)
    journal = open_journal(f"sqlite:///{path}", create=True)
    record(journal, DEFINITIONS, list(demo.drafts()), "clerk")
    checkpoint(journal, keys, folder / "tiles")
    record(journal, DEFINITIONS, list(applications(0, 75)), "clerk")
    checkpoint(journal, keys, folder / "tiles")
    issued(journal)
    record(journal, DEFINITIONS, list(applications(100, 30)), "clerk")
    outside = checkpoint(journal, keys, folder / "tiles")
    record(journal, DEFINITIONS, list(applications(200, 4)), "clerk")
    journal.engine.dispose()
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA journal_mode=DELETE")
    return Kept(path, keys, folder / "tiles", outside)


@contextmanager
def attacked(kept: Kept, attack: attacks.Attack, dice: random.Random) -> Iterator[tuple[Any, str]]:
    """What an attack gave back, and the address of a copy that suffered it."""
    victim = kept.path.with_name("victim.db")
    shutil.copy(kept.path, victim)
    with closing(sqlite3.connect(victim)) as database:
        attacks.disarm(database)
        told = attack(database, dice)
        database.commit()
    yield told, f"sqlite:///{victim}"
    for path in kept.path.parent.glob("victim.db*"):
        path.unlink()


def found(url: str, kept: Kept, outside: Sequence[Signed] = ()) -> list[Fault]:
    journal = open_journal(url)
    try:
        return list(verify(journal, kept.keys.known, outside))
    finally:
        journal.engine.dispose()


def positions_named(faults: Sequence[Fault]) -> Iterator[range]:
    for fault in faults:
        place = fault.found if fault.what == "cut" else fault.place
        span = re.match(r"(\d+)(?:–(\d+))?", place)
        if span:
            yield range(int(span[1]), int(span[2] or span[1]) + 1)


def is_named(struck: attacks.Struck, faults: Sequence[Fault]) -> bool:
    if isinstance(struck, str):
        return struck in [fault.place for fault in faults]
    return any(at in span for span in positions_named(faults) for at in struck)


def test_a_ledger_that_nobody_touched_is_found_whole(kept: Kept) -> None:
    outside = [Signed("outside", kept.outside)]
    assert found(f"sqlite:///{kept.path}", kept, outside) == []


@pytest.mark.parametrize(
    "attack", [*attacks.ON_EVENTS, *attacks.ON_THE_REST], ids=lambda attack: attack.__name__
)
def test_an_attack_is_found_and_the_message_names_the_place(
    kept: Kept, attack: attacks.Attack
) -> None:
    for seed in range(ATTACKS):
        with attacked(kept, attack, random.Random(seed)) as (struck, url):
            faults = found(url, kept)
        assert is_named(struck, faults), (seed, struck, faults)
        for fault in faults:
            told = [sentence(fault, language) for language in ("zh-CN", "en")]
            assert all(fault.place in each or fault.found in each for each in told)


def test_an_issued_report_that_was_edited_is_found_though_nothing_was_ever_signed(
    kept: Kept,
) -> None:
    def edit(database: sqlite3.Connection, dice: random.Random) -> set[int]:
        struck = attacks.edit_an_issued_report(database, dice)
        database.execute("DELETE FROM checkpoints")
        database.execute("DELETE FROM signatures")
        return struck

    for seed in range(ATTACKS):
        with attacked(kept, edit, random.Random(seed)) as (struck, url):
            assert found(url, kept) == []
            journal = open_journal(url)
            with journal.reading() as connection:
                faults = list(issue_faults(connection, DEFINITIONS, HOUSE.editions))
            journal.engine.dispose()
        assert [fault.what for fault in faults] == ["issued-cell"]
        assert is_named(struck, faults)


def test_a_flipped_byte_is_told_once_with_the_very_position(kept: Kept) -> None:
    for seed in range(ATTACKS):
        with attacked(kept, attacks.flip_a_byte, random.Random(seed)) as (struck, url):
            faults = found(url, kept)
        (position,) = struck
        assert [fault.place for fault in faults if fault.what == "altered"] == [str(position)]


def test_a_value_of_another_kind_is_a_fault_and_no_crash(kept: Kept) -> None:
    def replace(database: sqlite3.Connection, _: random.Random) -> set[int]:
        database.execute("UPDATE head SET position = 'x'")
        return set()

    with attacked(kept, replace, random.Random(1)) as (_, url):
        faults = found(url, kept)
    spoilt = [fault for fault in faults if fault.what == "spoilt-value"]
    assert ["head" in fault.place for fault in spoilt] == [True] * len(spoilt) != []
    assert all(sentence(fault, language) for fault in spoilt for language in ("zh-CN", "en"))


def test_who_rewrites_and_forgets_all_checkpoints_is_found_by_one_held_outside(kept: Kept) -> None:
    def rewrite(database: sqlite3.Connection, dice: random.Random) -> set[int]:
        struck = attacks.flip_a_byte_and_rehash_all(database, dice)
        database.execute("DELETE FROM checkpoints")
        database.execute("DELETE FROM signatures")
        return struck

    for seed in range(ATTACKS):
        with attacked(kept, rewrite, random.Random(seed)) as (struck, url):
            faults = found(url, kept, [Signed("my own copy", kept.outside)])
        rewritten = [fault for fault in faults if fault.what == "rewritten"]
        assert [fault.found for fault in rewritten] == ["my own copy"]
        assert struck <= set(next(positions_named(rewritten)))


def test_the_published_log_names_the_event_that_was_rewritten(kept: Kept) -> None:
    with attacked(kept, attacks.flip_a_byte_and_rehash_all, random.Random(3)) as (struck, url):
        journal = open_journal(url)
        faults = list(verify(journal, kept.keys.known, folder=kept.folder))
        journal.engine.dispose()
    assert [fault.place for fault in faults if fault.what == "altered"] == [str(*struck)]


def test_a_tail_that_was_cut_is_found_by_a_checkpoint_held_outside(kept: Kept) -> None:
    def cut(database: sqlite3.Connection, dice: random.Random) -> set[int]:
        struck = attacks.cut_the_tail(database, dice)
        database.execute("DELETE FROM checkpoints WHERE size > ?", tuple(struck))
        return struck

    for seed in range(ATTACKS):
        with attacked(kept, cut, random.Random(seed)) as (struck, url):
            assert found(url, kept) == []
            faults = found(url, kept, [Signed("my own copy", kept.outside)])
        (fault,) = faults
        told = (fault.what, fault.place, fault.found, fault.expected)
        assert told == ("cut", "my own copy", str(*struck), str(kept.outside.size))


def test_replaced_keys_are_found_by_who_knows_the_old_ones(kept: Kept) -> None:
    with attacked(kept, attacks.rewrite_and_sign_again, random.Random(1)) as (_, url):
        journal = open_journal(url)
        with journal.reading() as connection:
            forged = last_checkpoint(connection)
        journal.engine.dispose()
        faults = found(url, kept, [Signed("my own copy", kept.outside)])
    assert forged is not None and forged.size == kept.outside.size
    kinds = {fault.what for fault in faults}
    assert {"checkpoint-unsigned", "rewritten"} <= kinds
