"""Copies of a ledger: exported, backed up and restored, followed; on either database, the same head."""

import gzip
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from sqlalchemy import select

import small_ledgers
from ledger.rooms.proof import keys as keyring
from ledger.rooms.proof.keys import Keys
from ledger.rooms.proof.notes import LOG, Signer
from ledger.rooms.storage.journal import Journal
from ledger.rooms.storage.tables import events, facts, head, shapes
from ledger.verbs import demo
from ledger.verbs.checkpointing import checkpoint, last_checkpoint
from ledger.verbs.exporting import items, lines, read_lines
from ledger.verbs.following import follow_database, follow_stream
from ledger.verbs.opening import House, open_journal
from ledger.verbs.recording import record
from ledger.verbs.replaying import Replayed, restore
from ledger.verbs.reporting import Question, report
from ledger.verbs.verifying import Signed, still_holds, verify
from ledger.words.problems import Refusal
from ledger.words.years import year

HOUSE = House()
DRAFTS = list(demo.drafts())
ASKED = Question(year(demo.YEAR), demo.ORGAN)

Opener = Callable[..., Journal]


@pytest.fixture
def keys(tmp_path: Path) -> Keys:
    keyring.make(tmp_path / "keys", LOG, "ledger.example/copied")
    return keyring.load(tmp_path / "keys", LOG)


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Opener]:
    """Opens ledgers by their names in the test's folder, or by an address; made if need be."""
    journals: list[Journal] = []

    def open_(name: str) -> Journal:
        url = name if "://" in name else f"sqlite:///{tmp_path / name}.db"
        journals.append(open_journal(url, create=True))
        return journals[-1]

    yield open_
    for journal in journals:
        journal.engine.dispose()


def filled(journal: Journal, keys: Keys) -> Journal:
    """The demo, signed twice, with some events that are not signed yet."""
    record(journal, HOUSE.definitions, DRAFTS[:30], "clerk")
    checkpoint(journal, keys)
    record(journal, HOUSE.definitions, DRAFTS[30:70], "another clerk")
    checkpoint(journal, keys)
    record(journal, HOUSE.definitions, DRAFTS[70:], "clerk")
    return journal


def exported(journal: Journal) -> list[bytes]:
    with journal.reading() as connection:
        return list(lines(items(connection)))


def restored(journal: Journal, told: list[bytes], keys: Keys) -> Replayed:
    return restore(journal, HOUSE.definitions, read_lines(told), keys.known)


def contents(journal: Journal) -> dict[str, Any]:
    """All that a ledger holds, with the names of shapes in the place of their numbers."""
    queries = {
        "head": select(head.c.position, head.c.recorded_at, head.c.reformed, head.c.edge),
        "events": select(events).order_by(events.c.position),
        "facts": select(shapes.c.key, *(column for column in facts.c if column.name != "shape"))
        .join(facts, shapes.c.shape == facts.c.shape)
        .order_by(facts.c.subject, facts.c.slot, facts.c.known_from),
    }
    with journal.reading() as connection:
        told = {name: connection.execute(query).all() for name, query in queries.items()}
        return {**told, "signed": str(last_checkpoint(connection))}


# Export and restore


def test_an_export_is_the_stored_bytes_with_what_was_signed_between_them(
    opened: Opener, keys: Keys
) -> None:
    told = exported(filled(opened("first"), keys))
    assert len(told) == len(DRAFTS) + 2 + 1
    assert [at for at, line in enumerate(told) if line.startswith(b'{"checkpoint"')] == [30, 71]
    assert json.loads(told[0])["recorded_by"] == "clerk"
    assert json.loads(told[40])["recorded_by"] == "another clerk"
    assert json.loads(told[-1])["head"]["position"] == len(DRAFTS)


@pytest.mark.parametrize("direction", ["to postgresql", "and back"])
def test_a_ledger_moves_to_the_other_database_and_is_the_same(
    opened: Opener, keys: Keys, fresh_postgres_url: str, direction: str
) -> None:
    sqlite, postgresql = opened("here"), opened(fresh_postgres_url)
    first, second = (sqlite, postgresql) if direction == "to postgresql" else (postgresql, sqlite)
    told = exported(filled(first, keys))
    done = restored(second, told, keys)
    assert (done.events, done.checkpoint and done.checkpoint.size) == (len(DRAFTS), 70)
    assert contents(second) == contents(first)
    assert exported(second) == told
    assert list(verify(second, keys.known)) == []
    record(second, HOUSE.definitions, [DRAFTS[0]], "clerk")
    more = DRAFTS[-1] | {"id": "one-more", "subject": "procurement:one-more"}
    record(second, HOUSE.definitions, [more], "clerk")
    assert checkpoint(second, keys).size == len(DRAFTS) + 1


@settings(max_examples=20)
@given(small_ledgers.drafts(least=6))
def test_any_ledger_restored_is_the_same(told: list[dict[str, Any]]) -> None:
    secret = Signer.new("ledger.example/random", LOG)
    keys = Keys(Path("nowhere"), (secret,), (secret.verifier,))
    with small_ledgers.ledger_of(told) as (first, _), small_ledgers.empty_ledger() as second:
        checkpoint(first, keys)
        restored(second, exported(first), keys)
        assert contents(second) == contents(first)


def test_only_an_empty_ledger_is_restored_into(opened: Opener, keys: Keys) -> None:
    told = exported(filled(opened("first"), keys))
    second = opened("second")
    record(second, HOUSE.definitions, DRAFTS[:1], "clerk")
    with pytest.raises(Refusal, match="already holds 1 events"):
        restored(second, told, keys)


def flip(told: list[bytes]) -> list[bytes]:
    return [*told[:9], told[9].replace(b"clerk", b"clerc"), *told[10:]]


def leave_out(told: list[bytes]) -> list[bytes]:
    return [*told[:40], *told[41:]]


def exchange(told: list[bytes]) -> list[bytes]:
    return [*told[:40], told[41], told[40], *told[42:]]


def add(told: list[bytes]) -> list[bytes]:
    extra = told[-2].replace(b"demo-", b"more-").replace(b"2020-4", b"2020-5")
    return [*told[:-1], extra, told[-1]]


def nonsense(told: list[bytes]) -> list[bytes]:
    return [*told[:5], b'{"id": "x"}\n', *told[5:]]


def cut(told: list[bytes]) -> list[bytes]:
    return told[:60]


def sign_otherwise(told: list[bytes]) -> list[bytes]:
    note = json.loads(told[30])["checkpoint"].split("\n\n")[0] + "\n"
    line = Signer.new("ledger.example/copied", LOG).sign(note, 0)
    forged = json.dumps({"checkpoint": f"{note}\n{line}\n"}, ensure_ascii=False).encode()
    return [*told[:30], forged.replace(b'{"checkpoint": ', b'{"checkpoint":') + b"\n", *told[31:]]


@pytest.mark.parametrize(
    "change",
    [flip, leave_out, exchange, add, nonsense, cut, sign_otherwise],
    ids=lambda f: f.__name__,
)
def test_an_export_that_was_changed_is_not_taken_in_at_all(
    opened: Opener, keys: Keys, change: Callable[[list[bytes]], list[bytes]]
) -> None:
    told = change(exported(filled(opened("first"), keys)))
    second = opened("second")
    with pytest.raises(Refusal) as refused:
        restored(second, told, keys)
    assert all(problem.sentence("zh-CN") for problem in refused.value.problems)
    assert second.max_notification_id() is None


def test_a_backup_that_is_older_than_what_was_signed_is_noticed(
    opened: Opener, keys: Keys, tmp_path: Path
) -> None:
    first = opened("first")
    record(first, HOUSE.definitions, DRAFTS[:30], "clerk")
    old = exported(first)
    record(first, HOUSE.definitions, DRAFTS[30:], "clerk")
    witnessed = Signed("the witness", checkpoint(first, keys))
    second = opened("second")
    restored(second, old, keys)
    with second.reading() as connection:
        (problem,) = still_holds(connection, [witnessed])
    assert "the last 55 are not in this backup" in problem.sentence("en")
    (fault,) = verify(second, keys.known, [witnessed])
    assert (fault.what, fault.found, fault.expected) == ("cut", "30", str(len(DRAFTS)))
    with pytest.raises(Refusal, match="restored to an older state"):
        checkpoint(second, keys)


# Following


@pytest.mark.parametrize("by", ["database", "stream"])
def test_a_follower_takes_in_what_was_signed_and_answers_the_same(
    opened: Opener, keys: Keys, database_url: str, by: str
) -> None:
    first, copy = opened("first"), opened(database_url)

    def follow() -> Replayed:
        if by == "database":
            return follow_database(copy, HOUSE.definitions, first, keys.known)
        told = read_lines(exported(first), to_the_end=False)
        return follow_stream(copy, HOUSE.definitions, told, keys.known)

    record(first, HOUSE.definitions, DRAFTS[:30], "clerk")
    assert follow().events == 0, "nothing is signed yet"
    checkpoint(first, keys)
    assert follow().events == 30
    assert follow().events == 0
    record(first, HOUSE.definitions, DRAFTS[30:], "clerk")
    assert follow().events == 0
    checkpoint(first, keys)
    assert follow().events == len(DRAFTS) - 30
    assert contents(copy) == contents(first)
    assert list(verify(copy, keys.known)) == []
    with first.reading() as one, copy.reading() as other:
        assert (
            report(one, HOUSE.editions, ASKED).cells == report(other, HOUSE.editions, ASKED).cells
        )


def test_nobody_records_in_a_copy(opened: Opener, keys: Keys) -> None:
    first, copy = filled(opened("first"), keys), opened("copy")
    follow_database(copy, HOUSE.definitions, first, keys.known)
    with pytest.raises(Refusal, match="can only be read"):
        record(copy, HOUSE.definitions, DRAFTS[-1:], "clerk")
    with pytest.raises(Refusal, match="already holds 1 events"):
        own = opened("own")
        record(own, HOUSE.definitions, DRAFTS[:1], "clerk")
        follow_database(own, HOUSE.definitions, first, keys.known)


def test_a_follower_must_be_told_whom_to_follow(opened: Opener, keys: Keys, tmp_path: Path) -> None:
    first, copy = filled(opened("first"), keys), opened("copy")
    with pytest.raises(Refusal, match="--key"):
        follow_database(copy, HOUSE.definitions, first)
    stranger = keyring.make(tmp_path / "stranger", LOG, "ledger.example/copied").verifier
    with pytest.raises(Refusal, match="no signature by a key"):
        follow_database(copy, HOUSE.definitions, first, [stranger])
    follow_database(copy, HOUSE.definitions, first, keys.known)
    assert follow_database(copy, HOUSE.definitions, first).events == 0


def test_a_follower_stops_where_the_past_was_rewritten_or_cut(
    opened: Opener, keys: Keys, tmp_path: Path
) -> None:
    first, copy = filled(opened("first"), keys), opened("copy")
    follow_database(copy, HOUSE.definitions, first, keys.known)
    forger = Keys(tmp_path / "nowhere", keys.signers, keys.known)

    shorter = opened("shorter")
    record(shorter, HOUSE.definitions, DRAFTS[:40], "clerk")
    checkpoint(shorter, forger)
    with pytest.raises(Refusal, match="cut, or restored"):
        follow_database(copy, HOUSE.definitions, shorter)

    rewritten = opened("rewritten")
    record(rewritten, HOUSE.definitions, DRAFTS[:70], "someone else")
    checkpoint(rewritten, forger)
    with pytest.raises(Refusal, match="The past was rewritten"):
        follow_database(copy, HOUSE.definitions, rewritten)
    told = exported(rewritten)
    with pytest.raises(Refusal, match="The past was rewritten"):
        follow_stream(copy, HOUSE.definitions, read_lines(told))
    record(rewritten, HOUSE.definitions, DRAFTS[70:], "someone else")
    checkpoint(rewritten, forger)
    with pytest.raises(Refusal, match="do not agree with the checkpoint"):
        follow_database(copy, HOUSE.definitions, rewritten)
    assert copy.max_notification_id() == 70
    assert list(verify(copy, keys.known)) == []


def test_a_backup_is_made_while_others_record(opened: Opener, keys: Keys) -> None:
    first, second = filled(opened("first"), keys), opened("second")
    told: list[bytes] = []
    with first.reading() as connection:
        for number, line in enumerate(lines(items(connection))):
            told.append(line)
            if number == 10:
                more = DRAFTS[-1] | {"id": "meanwhile", "subject": "procurement:meanwhile"}
                record(first, HOUSE.definitions, [more], "clerk")
    assert restored(second, told, keys).events == len(DRAFTS)
    assert gzip.decompress(gzip.compress(b"".join(told))) == b"".join(told)
