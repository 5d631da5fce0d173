"""A disk that is full and files that cannot be written: a clear sentence, and nothing half done."""

import ctypes
import json
import os
import resource
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from ledger.rooms.proof import keys as keyring
from ledger.rooms.proof.notes import LOG
from ledger.verbs import demo, issuing
from ledger.verbs.checkpointing import checkpoint
from ledger.verbs.issuing import Office
from ledger.verbs.opening import House, open_journal
from ledger.verbs.recording import record
from ledger.verbs.reporting import Question
from ledger.verbs.verifying import verify
from ledger.words.years import year
from test_command_line import LEDGER

pytestmark = pytest.mark.slow  # each command is a process of its own

HOUSE = House()
ASKED = Question(year(demo.YEAR), demo.ORGAN)
MANY = 3000
"""Events of an import; their journal is larger than `ROOM`."""
ROOM = 200_000
"""Bytes that a file may still grow by where the disk is nearly full."""


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A folder with a ledger whose report is approved, and an import that waits."""
    journal = open_journal(f"sqlite:///{tmp_path / 'ledger.db'}", create=True)
    record(journal, HOUSE.definitions, list(demo.drafts()), "clerk")
    for person, step in (
        ("li", lambda office: issuing.draft(office, ASKED, {"overview": "示例"})),
        ("li", lambda office: issuing.check_for_issue(office, ASKED)),
        ("wang", lambda office: issuing.approve(office, ASKED)),
    ):
        step(Office(journal, HOUSE.definitions, HOUSE.editions, person))
    journal.engine.dispose()
    told = "".join(json.dumps(received(number)) + "\n" for number in range(MANY))
    (tmp_path / "many.jsonl").write_text(told, encoding="utf-8")
    yield tmp_path
    for path in (tmp_path, *tmp_path.iterdir()):
        path.chmod(0o700)


def received(number: int) -> dict[str, Any]:
    return {
        "id": f"received-{number}",
        "type": "application.received",
        "organ": demo.ORGAN,
        "subject": f"application:{number}",
        "occurred_on": "2020-05-06",
        "data": {"applicant": "natural-person", "channel": "online"},
    }


def ledger(folder: Path, *words: str, before: Callable[[], None] | None = None) -> str:
    """What a command that must fail says."""
    environment = {name: value for name, value in os.environ.items() if "LEDGER" not in name}
    done = subprocess.run(
        [LEDGER, "--lang", "en", *words],
        cwd=folder,
        env=environment | {"LEDGER_RECORDED_BY": "li"},
        capture_output=True,
        text=True,
        preexec_fn=before,
    )
    assert done.returncode == 1, (words, done.stdout)
    assert "Traceback" not in done.stderr
    return done.stderr


def on_a_full_disk(largest: int) -> Callable[[], None]:
    """No file grows beyond so many bytes: the same for root as for anyone."""
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (largest, largest))


def as_nobody_special() -> None:
    """Takes from root what lets it write to read-only files (CAP_DAC_OVERRIDE, -READ_SEARCH)."""
    drop_from_bounding_set = 24
    for capability in (1, 2):
        ctypes.CDLL(None).prctl(drop_from_bounding_set, capability, 0, 0, 0)


def state(folder: Path) -> tuple[int, list[Any]]:
    """How many events there are, and what verification finds."""
    journal = open_journal(f"sqlite:///{folder / 'ledger.db'}")
    known = keyring.load(folder / "ledger.keys", LOG).known
    try:
        return journal.max_notification_id() or 0, list(verify(journal, known))
    finally:
        journal.engine.dispose()


def test_an_import_that_fills_the_disk_records_nothing_and_can_be_repeated(folder: Path) -> None:
    before = state(folder)
    room = on_a_full_disk((folder / "ledger.db").stat().st_size + ROOM)
    told = ledger(folder, "import", "many.jsonl", before=room)
    assert "disk" in told
    assert "can be sent again" in told
    assert state(folder) == before == (before[0], [])
    journal = open_journal(f"sqlite:///{folder / 'ledger.db'}")
    record(journal, HOUSE.definitions, [received(number) for number in range(MANY)], "clerk")
    journal.engine.dispose()
    assert state(folder) == (before[0] + MANY, [])


def test_on_a_full_disk_nothing_is_issued(folder: Path) -> None:
    before = state(folder)
    told = ledger(folder, "issue", "2020", before=on_a_full_disk(0))
    assert "disk space" in told
    assert state(folder) == before
    assert not list(folder.glob("ledger.keys/*.key"))


@pytest.mark.parametrize("words", [["backup"], ["bundle", "2020", "-o"]])
def test_a_copy_for_which_there_is_no_room_is_told(folder: Path, words: list[str]) -> None:
    told = ledger(folder, *words, "/dev/full")
    assert "/dev/full" in told
    assert "No space left on device" in told


def test_a_database_that_cannot_be_written_is_told(folder: Path) -> None:
    before = state(folder)
    (folder / "ledger.db").chmod(0o444)
    for words in (["import", "many.jsonl"], ["issue", "2020"]):
        told = ledger(folder, *words, before=as_nobody_special)
        assert "readonly database" in told, words
        assert "permissions" in told
    assert state(folder) == before


def test_where_keys_cannot_be_made_nothing_is_issued(folder: Path) -> None:
    before = state(folder)
    (folder / "ledger.keys").mkdir()
    (folder / "ledger.keys").chmod(0o555)
    told = ledger(folder, "issue", "2020", before=as_nobody_special)
    assert "ledger.keys" in told
    assert "Permission denied" in told
    assert state(folder) == before


def test_where_what_was_signed_cannot_be_remembered_nothing_is_issued(folder: Path) -> None:
    keyring.make(folder / "ledger.keys", LOG, "ledger.example/read-only")
    journal = open_journal(f"sqlite:///{folder / 'ledger.db'}")
    checkpoint(journal, keyring.load(folder / "ledger.keys", LOG))
    journal.engine.dispose()
    before = state(folder)
    (folder / "ledger.keys").chmod(0o555)
    told = ledger(folder, "issue", "2020", before=as_nobody_special)
    assert "last-signed" in told
    assert state(folder) == before
