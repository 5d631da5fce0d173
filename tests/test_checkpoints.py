"""Checkpoints, the keys that sign them, the files that anyone can read, and witnesses who remember."""

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from eventsourcing.persistence import StoredEvent
from sqlalchemy import text

from ledger.rooms.proof import keys as keyring
from ledger.rooms.proof import tiles
from ledger.rooms.proof.checkpoints import read_checkpoint
from ledger.rooms.proof.keys import Keys
from ledger.rooms.proof.notes import LOG, WITNESS
from ledger.rooms.proof.proofs import Growth
from ledger.rooms.storage import checkpoints
from ledger.rooms.storage.journal import Journal
from ledger.verbs import demo
from ledger.verbs.checkpointing import checkpoint, kept_checkpoint, last_checkpoint
from ledger.verbs.opening import House, open_journal
from ledger.verbs.proving import growth, prove, proved
from ledger.verbs.recording import record
from ledger.verbs.witnessing import cosigned, read_request, trust, witness
from ledger.words.problems import Refusal
from ledger.words.trees import leaf_hash
from test_stored_tree import grow, states
from test_trees import defined

NAME = "ledger.example/disclosure"
DEFINITIONS = House().definitions


@pytest.fixture
def journal(database_url: str) -> Iterator[Journal]:
    journal = open_journal(database_url, create=True)
    yield journal
    journal.engine.dispose()


@pytest.fixture
def small(sqlite_url: str) -> Iterator[Journal]:
    """A ledger on SQLite, for what is the same on every database."""
    journal = open_journal(sqlite_url, create=True)
    yield journal
    journal.engine.dispose()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    keyring.make(tmp_path / "keys", LOG, NAME)
    return tmp_path / "keys"


@pytest.fixture
def keys(folder: Path) -> Keys:
    return keyring.load(folder, LOG)


# Signing


def test_a_checkpoint_says_what_the_ledger_holds_and_is_kept(journal: Journal, keys: Keys) -> None:
    grow(journal, 20, 20)
    made = checkpoint(journal, keys)
    assert (made.origin, made.size, made.root) == (NAME, 20, defined(states(journal)))
    assert list(made.note.verified(keys.known).values()) == [keys.signers[0].verifier]
    with journal.reading() as connection:
        assert last_checkpoint(connection) == made
    assert checkpoint(journal, keys) == made
    grow(journal, 21, 1)
    assert checkpoint(journal, keys).size == 21
    with journal.reading() as connection:
        assert checkpoints.sizes(connection) == [20, 21]
        assert kept_checkpoint(connection, 20) == made


def test_an_empty_ledger_can_be_signed(small: Journal, keys: Keys) -> None:
    made = checkpoint(small, keys)
    assert (made.size, made.root) == (0, defined([]))
    grow(small, 5, 5)
    assert checkpoint(small, keys).size == 5


def test_a_ledger_that_lost_what_was_signed_is_not_signed_again(small: Journal, keys: Keys) -> None:
    grow(small, 20, 20)
    checkpoint(small, keys)
    with small.exclusively() as connection:
        for statement in (
            *(f"DROP TRIGGER events_are_not_{what}" for what in ("changed", "deleted", "replaced")),
            *("DELETE FROM events", "DELETE FROM tiles", "DELETE FROM checkpoints"),
            "UPDATE head SET position = 0, edge = x''",
        ):
            connection.execute(text(statement))
    with pytest.raises(Refusal, match="restored to an older state"):
        checkpoint(small, keys)


def test_the_checkpoint_of_one_ledger_is_not_signed_with_the_key_of_another(
    small: Journal, keys: Keys, tmp_path: Path
) -> None:
    grow(small, 2, 2)
    checkpoint(small, keys)
    keyring.make(tmp_path / "others", LOG, "ledger.example/other")
    with pytest.raises(Refusal, match=r"named ledger\.example/other"):
        checkpoint(small, keyring.load(tmp_path / "others", LOG))
    with pytest.raises(Refusal, match="no key to sign with"):
        checkpoint(small, keyring.load(tmp_path / "nobody", LOG))


# Keys


def test_only_the_owner_can_read_a_key(folder: Path) -> None:
    (secret,) = folder.glob("*.key")
    assert folder.stat().st_mode & 0o777 == 0o700
    assert secret.stat().st_mode & 0o777 == 0o600
    secret.chmod(0o640)
    with pytest.raises(Refusal, match="chmod 600"):
        keyring.load(folder, LOG)


def test_while_a_key_is_replaced_both_sign_and_a_retired_one_can_still_be_checked(
    small: Journal, folder: Path
) -> None:
    old = keyring.load(folder, LOG).signers[0].verifier
    grow(small, 2, 2)
    before = checkpoint(small, keyring.load(folder, LOG))
    new = keyring.make(folder, LOG, NAME).verifier
    both = checkpoint(small, keyring.load(folder, LOG))
    assert set(before.note.verified([old, new]).values()) == {old}
    assert set(both.note.verified([old, new]).values()) == {old, new}
    keyring.retire(folder, old.id.hex())
    grow(small, 3, 1)
    after = checkpoint(small, keyring.load(folder, LOG))
    assert set(after.note.verified([old, new]).values()) == {new}
    known = keyring.load(folder, LOG).known
    assert set(known) == {old, new}
    assert all(each.note.verified(known) for each in (before, both, after))
    with pytest.raises(Refusal, match="only key"):
        keyring.retire(folder, new.id.hex())
    with pytest.raises(Refusal, match="no signing key"):
        keyring.retire(folder, old.id.hex())


def test_secret_keys_can_come_from_the_environment(
    small: Journal, keys: Keys, tmp_path: Path
) -> None:
    given = keyring.load(tmp_path / "none", LOG, f"{keys.signers[0].text()}\n")
    assert given.signers == keys.signers
    grow(small, 2, 2)
    made = checkpoint(small, given)
    assert made.note.verified(keys.known)
    assert not (tmp_path / "none").exists()
    with pytest.raises(Refusal, match="is not a key"):
        keyring.load(tmp_path / "none", LOG, "PRIVATE+KEY+spoilt")


# The published log


def leaves_of(folder: Path, size: int) -> list[bytes]:
    """The entries as the format lays them out, read by themselves."""
    found: list[bytes] = []
    for begin in range(0, size, 256):
        width = min(256, size - begin)
        path = folder / "tile/entries" / tiles.tile_path(begin // 256, width)
        found += tiles.entries_in(path.read_bytes())
    return found


def hashes_of(folder: Path, level: int, size: int) -> list[bytes]:
    count = size // 256**level
    found = b""
    for begin in range(0, count, 256):
        width = min(256, count - begin)
        found += (folder / f"tile/{level}" / tiles.tile_path(begin // 256, width)).read_bytes()
    return [found[at : at + 32] for at in range(0, len(found), 32)]


def test_the_log_is_published_in_files_from_which_anyone_can_build_the_tree(
    journal: Journal, keys: Keys, tmp_path: Path
) -> None:
    folder = tmp_path / "tiles"
    for size in (0, 3, 256, 300, 511, 512, 1500):
        grow(journal, size, 1000)
        made = checkpoint(journal, keys, folder)
        assert read_checkpoint((folder / "checkpoint").read_text(encoding="utf-8")) == made
        leaves = leaves_of(folder, size)
        assert leaves == states(journal)
        assert made.root == defined(leaves)
        assert hashes_of(folder, 0, size) == [leaf_hash(leaf) for leaf in leaves]
        groups = [leaves[at : at + 256] for at in range(0, size - size % 256, 256)]
        assert hashes_of(folder, 1, size) == [defined(group) for group in groups]
    assert not (folder / "tile/0/001.p").exists()


def test_a_publication_that_was_cut_short_is_taken_up_where_it_stopped(
    small: Journal, keys: Keys, tmp_path: Path
) -> None:
    folder = tmp_path / "tiles"
    grow(small, 600, 600)
    in_the_way = folder / "tile/entries" / tiles.tile_path(2, 600 % 256)
    in_the_way.mkdir(parents=True)
    with pytest.raises(OSError, match="Is a directory"):
        checkpoint(small, keys, folder)
    assert tiles.published(folder) is None
    done = folder / "tile/entries/000"
    before = done.stat().st_ino
    in_the_way.rmdir()
    assert checkpoint(small, keys, folder) == tiles.published(folder)
    assert done.stat().st_ino == before
    assert leaves_of(folder, 600) == states(small)


def test_a_folder_in_which_another_log_is_published_is_left_alone(
    small: Journal, keys: Keys, tmp_path: Path
) -> None:
    other = open_journal(f"sqlite:///{tmp_path / 'other.db'}", create=True)
    grow(other, 30, 30)
    keyring.make(tmp_path / "others", LOG, "ledger.example/other")
    checkpoint(other, keyring.load(tmp_path / "others", LOG), tmp_path / "tiles")
    other.engine.dispose()
    grow(small, 20, 20)
    with pytest.raises(Refusal, match="another ledger's"):
        checkpoint(small, keys, tmp_path / "tiles")


# Proofs


def test_an_event_is_proved_by_the_first_checkpoint_that_covers_it(
    journal: Journal, keys: Keys
) -> None:
    told = list(demo.drafts())
    record(journal, DEFINITIONS, told[:40], "clerk")
    with journal.reading() as connection, pytest.raises(Refusal, match="ledger checkpoint"):
        prove(connection, told[5]["id"])
    first = checkpoint(journal, keys)
    record(journal, DEFINITIONS, told[40:], "clerk")
    second = checkpoint(journal, keys)
    with journal.reading() as connection:
        early, late = prove(connection, told[5]["id"]), prove(connection, "60")
    assert (early.proof.checkpoint, late.proof.checkpoint) == (first, second)
    for each in (early, late):
        assert each.proof.holds(each.data)
        again = proved(str(each.proof), "file")
        assert again is not None
        assert (again.proof, again.data, again.event.id) == (each.proof, each.data, each.event.id)
    assert early.event.id == told[5]["id"]
    assert late.event.position == 60


def test_a_proof_of_altered_bytes_does_not_hold(small: Journal, keys: Keys) -> None:
    record(small, DEFINITIONS, list(demo.drafts()), "clerk")
    checkpoint(small, keys)
    with small.reading() as connection:
        told = prove(connection, "12").proof
    altered = msgspec.structs.replace(told, data=told.data.replace(b"2020", b"2021", 1))
    moved = msgspec.structs.replace(told, index=12)
    assert proved(str(altered), "file") is None
    assert proved(str(moved), "file") is None
    with pytest.raises(Refusal, match="not a proof"):
        proved("nothing of the kind", "file")


# Witnesses


@pytest.fixture
def seen(tmp_path: Path, keys: Keys) -> tuple[Path, Keys]:
    """A witness who trusts the ledger's key."""
    folder = tmp_path / "witness"
    keyring.make(folder, WITNESS, "witness.example/upper-organ")
    trust(folder, keys.known)
    return folder, keyring.load(folder, WITNESS)


def asked(journal: Journal, keys: Keys, since: int) -> Growth:
    made = checkpoint(journal, keys)
    with journal.reading() as connection:
        return growth(connection, since, made)


def test_a_witness_signs_what_grew_out_of_what_it_saw_last(
    journal: Journal, keys: Keys, seen: tuple[Path, Keys]
) -> None:
    last = 0
    for size in (7, 7, 20, 300):
        grow(journal, size, 300)
        request = asked(journal, keys, last)
        assert read_request(str(request), "file") == request
        lines = witness(*seen, request)
        note = request.checkpoint.note
        made = cosigned(journal, "\n".join(lines), seen[1].known)
        assert set(made.note.verified([*keys.known, *seen[1].known]).values()) == {
            *keys.known,
            *seen[1].known,
        }
        assert made.note.text == note.text
        last = size


def test_a_witness_signs_nothing_that_contradicts_what_it_saw(
    small: Journal, keys: Keys, seen: tuple[Path, Keys], tmp_path: Path
) -> None:
    grow(small, 20, 20)
    witness(*seen, asked(small, keys, 0))
    grow(small, 30, 10)
    with pytest.raises(Refusal, match="--since 20"):
        witness(*seen, asked(small, keys, 0))
    rewritten = open_journal(f"sqlite:///{tmp_path / 'rewritten.db'}", create=True)
    rewritten.insert_events([other_event(number) for number in range(25)])
    keyring_of_forger = Keys(tmp_path / "nowhere", keys.signers, keys.known)
    with pytest.raises(Refusal, match="rewritten or cut"):
        witness(*seen, asked(rewritten, keyring_of_forger, 20))
    rewritten.engine.dispose()
    cut = open_journal(f"sqlite:///{tmp_path / 'cut.db'}", create=True)
    grow(cut, 10, 10)
    with pytest.raises(Refusal, match="rewritten or cut"):
        witness(*seen, asked(cut, keyring_of_forger, 0))
    cut.engine.dispose()
    witness(*seen, asked(small, keys, 20))


def test_a_witness_believes_only_keys_that_it_was_told(
    small: Journal, keys: Keys, tmp_path: Path, seen: tuple[Path, Keys]
) -> None:
    grow(small, 5, 5)
    folder = tmp_path / "newcomer"
    keyring.make(folder, WITNESS, "witness.example/newcomer")
    held = keyring.load(folder, WITNESS)
    with pytest.raises(Refusal, match="--trust"):
        witness(folder, held, asked(small, keys, 0))
    stranger = keyring.make(tmp_path / "stranger", LOG, NAME)
    trust(folder, [stranger.verifier])
    with pytest.raises(Refusal, match="no signature by a key"):
        witness(folder, held, asked(small, keys, 0))
    lines = witness(*seen, asked(small, keys, 0))
    with pytest.raises(Refusal, match="ledger keys --trust"):
        cosigned(small, "\n".join(lines), held.known)


def other_event(number: int) -> StoredEvent:
    return StoredEvent(f"item:{number}@other", 1, "item.listed", f"{number}".encode())
