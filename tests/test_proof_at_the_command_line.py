"""Proof as an office, its witness, a follower and an auditor drive it from the command line."""

import json
import subprocess
from pathlib import Path
from subprocess import PIPE
from typing import Any

import pytest

from ledger.verbs import demo
from ledger.verbs.opening import House, open_journal
from ledger.verbs.recording import record
from test_command_line import LEDGER, Ledger, runs

pytestmark = pytest.mark.slow  # each command is a process of its own

DRAFTS = list(demo.drafts())


def fill(database: str, drafts: list[dict[str, Any]]) -> None:
    journal = open_journal(database, create=True)
    record(journal, House().definitions, drafts, "clerk")
    journal.engine.dispose()


@pytest.fixture
def ledger(sqlite_url: str, tmp_path: Path) -> Ledger:
    fill(sqlite_url, DRAFTS[:60])
    return runs(sqlite_url, tmp_path)


def told(done: "subprocess.CompletedProcess[str]") -> str:
    """What a command that succeeded wrote."""
    assert done.returncode == 0, done.stderr
    return done.stdout


def refused(done: "subprocess.CompletedProcess[str]") -> str:
    """The sentence of a command that was refused."""
    assert done.returncode == 1, done.stdout
    assert "Traceback" not in done.stderr
    return done.stderr


def key_of(ledger: Ledger) -> str:
    (key,) = json.loads(told(ledger("keys", "--format", "json")))["keys"]
    return str(key["key"])


def test_a_witness_cosigns_what_grew_and_refuses_what_was_rewritten(
    ledger: Ledger, sqlite_url: str, tmp_path: Path
) -> None:
    (tmp_path / "elsewhere").mkdir()
    witness = runs("sqlite:///none.db", tmp_path / "elsewhere")
    told(ledger("checkpoint", "--name", "ledger.example/office"))
    theirs = told(witness("witness", "--trust", key_of(ledger))).strip()
    told(ledger("keys", "--trust", theirs))
    told(ledger("checkpoint", "--since", "0", "-o", "request"))
    answer = told(witness("witness", "../request"))
    (tmp_path / "answer").write_text(answer, encoding="utf-8")
    cosigned = told(ledger("checkpoint", "--cosignatures", "answer"))
    assert cosigned.startswith("ledger.example/office\n60\n")
    assert cosigned.count("\n— ") == 2

    fill(sqlite_url, DRAFTS[60:70])
    told(ledger("checkpoint", "--since", "60", "-o", "request"))
    told(witness("witness", "../request"))

    # The administrator begins anew, keeps the key, and removes all that remembers.
    for path in [*tmp_path.glob("ledger.db*"), tmp_path / "ledger.keys/last-signed"]:
        path.unlink()
    fill(sqlite_url, DRAFTS[:59] + DRAFTS[60:])
    told(ledger("checkpoint", "--tiles", "new-tiles", "--since", "70", "-o", "request"))
    assert "the past was rewritten or cut" in refused(
        witness("--lang", "en", "witness", "../request")
    )


def test_a_restore_that_is_older_than_what_was_witnessed_is_noticed(
    ledger: Ledger, sqlite_url: str, tmp_path: Path
) -> None:
    told(ledger("checkpoint"))
    told(ledger("backup", "old.gz"))
    fill(sqlite_url, DRAFTS[60:])
    told(ledger("checkpoint", "-o", "held-by-the-witness"))
    (tmp_path / "new").mkdir()
    restored = runs("sqlite:///ledger.db", tmp_path / "new")
    sentence = refused(
        restored("--lang", "en", "restore", "../old.gz", "--against", "../held-by-the-witness")
    )
    assert f"the last {len(DRAFTS) - 60} are not in this backup" in sentence
    words = ["verify", "--keys", "../ledger.keys", "--against", "../held-by-the-witness"]
    done = restored("--lang", "en", *words)
    assert done.returncode == 1
    assert "After position 60: the ledger was cut or restored to an older state" in done.stdout
    assert "restored to an older state" in refused(
        restored("--lang", "en", "checkpoint", "--keys", "../ledger.keys")
    )


def test_a_copy_follows_answers_and_stops_at_the_first_inconsistency(
    ledger: Ledger, sqlite_url: str, tmp_path: Path
) -> None:
    told(ledger("checkpoint"))
    key = key_of(ledger)
    (tmp_path / "auditor").mkdir()
    copy = runs("sqlite:///copy.db", tmp_path / "auditor")
    assert "--key" in refused(copy("--lang", "en", "follow", sqlite_url))
    told(ledger("export", "auditor/log.jsonl"))
    assert "60" in told(copy("follow", "log.jsonl", "--key", key))
    verified = told(copy("--lang", "en", "verify"))
    assert "60 events verified" in verified
    assert "as its own database has them" in verified
    told(copy("report", "2020"))
    told(copy("bundle", "2020", "applications/new/total", "-o", "bundle.zip"))
    assert not list((tmp_path / "auditor").glob("*.keys")), "a copy needs no key of its own"
    assert "✗" not in told(copy("verify", "bundle.zip", "--key", key))
    assert "can only be read" in refused(
        copy("--lang", "en", "record", "--json", "-", stdin=json.dumps(DRAFTS[-1]))
    )
    assert "signs no checkpoints" in refused(copy("--lang", "en", "checkpoint"))

    other = f"sqlite:///{tmp_path / 'other.db'}"
    fill(other, [*DRAFTS[:59], *DRAFTS[60:65]])
    (tmp_path / "ledger.keys/last-signed").unlink()
    told(runs(other, tmp_path)("checkpoint", "--keys", "ledger.keys", "--no-tiles"))
    assert "do not agree with the checkpoint" in refused(copy("--lang", "en", "follow", other))
    assert "60 events verified" in told(copy("--lang", "en", "verify", "--key", key))


def test_old_and_new_keys_overlap_and_a_retired_one_still_verifies(ledger: Ledger) -> None:
    told(ledger("checkpoint"))
    (old,) = json.loads(told(ledger("keys", "--format", "json")))["keys"]
    told(ledger("keys", "--rotate"))
    assert told(ledger("checkpoint")).count("\n— ") == 2
    shown = json.loads(told(ledger("keys", "--retire", old["id"], "--format", "json")))["keys"]
    assert sorted(key["use"] for key in shown) == ["retired", "signs"]
    assert "60 events verified" in told(ledger("--lang", "en", "verify"))


def test_a_ledger_is_signed_on_a_schedule_and_only_what_is_new_is_told(
    ledger: Ledger, sqlite_url: str, tmp_path: Path
) -> None:
    words = ["--database", sqlite_url, "checkpoint", "--every", "0.2", "--name", "ledger.example/x"]
    with subprocess.Popen([LEDGER, *words], cwd=tmp_path, stdout=PIPE, text=True) as signing:
        assert signing.stdout
        first = [signing.stdout.readline() for _ in range(5)]
        fill(sqlite_url, DRAFTS[60:])
        second = [signing.stdout.readline() for _ in range(5)]
        signing.terminate()
    assert [told[:2] for told in (first, second)] == [
        ["ledger.example/x\n", "60\n"],
        ["ledger.example/x\n", f"{len(DRAFTS)}\n"],
    ]
