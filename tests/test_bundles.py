"""The auditor's bundle: figures that are counted again elsewhere, from events that are proved."""

import base64
import importlib.util
import io
import json
import os
import random
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import small_ledgers
from ledger.doors.cli.auditing import zipped
from ledger.drawing.audits import sentences
from ledger.drawing.bundles import bundle_files
from ledger.rooms.proof import keys as keyring
from ledger.rooms.proof.keys import Keys
from ledger.rooms.proof.notes import LOG, Signer
from ledger.rooms.storage.journal import Journal
from ledger.verbs import demo
from ledger.verbs.auditing import Finding, audit, digest
from ledger.verbs.bundling import bundle
from ledger.verbs.checkpointing import checkpoint
from ledger.verbs.exporting import items, lines, read_lines
from ledger.verbs.issuing import Office, approve, check_for_issue, draft, issue
from ledger.verbs.opening import House, open_journal
from ledger.verbs.recording import record
from ledger.verbs.replaying import restore
from ledger.verbs.reporting import Question
from ledger.words.problems import Refusal
from ledger.words.trees import leaf_hash
from ledger.words.years import year

HOUSE = House()
CELL = "procurement/centralised/amount"

Files = dict[str, bytes]


@pytest.fixture
def keys(tmp_path: Path) -> Keys:
    keyring.make(tmp_path / "keys", LOG, "ledger.example/audited")
    return keyring.load(tmp_path / "keys", LOG)


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    journal = open_journal(f"sqlite:///{tmp_path / 'ledger.db'}", create=True)
    record(journal, HOUSE.definitions, list(demo.drafts()), "clerk")
    yield journal
    journal.engine.dispose()


def files_of(journal: Journal, keys: Keys, question: Question, *cells: str) -> Files:
    checkpoint(journal, keys)
    with journal.reading() as connection:
        made = bundle(connection, HOUSE.editions, question, cells)
    types = {(type_, version) for type_, version in HOUSE.definitions.types if version == 1}
    return bundle_files(
        made,
        HOUSE.definitions,
        HOUSE.edition_files(made.told.setting.edition.id),
        HOUSE.schema_files(types),
        keys.known,
        "en",
    )


def bad(findings: Iterator[Finding]) -> list[str]:
    return [finding.what for finding in findings if not finding.good]


ASKED = Question(year(demo.YEAR), demo.ORGAN)


# By the ledger's own command


def test_a_figure_is_counted_again_from_the_bundle_alone(journal: Journal, keys: Keys) -> None:
    files = files_of(journal, keys, ASKED, CELL)
    findings = list(audit(files, keys.known))
    assert [finding.good for finding in findings] == [True] * len(findings)
    (figure,) = [finding for finding in findings if finding.what == "figure"]
    assert figure.params == {"address": CELL, "found": "179.8", "told": "179.8", "facts": 4}
    events = [name for name in files if name.startswith("events/")]
    assert len(events) == 5, "the four projects, and the organ"


def test_a_whole_report_is_counted_again(journal: Journal, keys: Keys) -> None:
    findings = list(audit(files_of(journal, keys, ASKED), keys.known))
    assert bad(iter(findings)) == []
    figures = [finding for finding in findings if finding.what == "figure"]
    assert len(figures) == len(HOUSE.editions["cn-annual-report-2019"].figures)


def test_a_bundle_trusts_no_key_that_only_the_bundle_tells(
    journal: Journal, keys: Keys, tmp_path: Path
) -> None:
    files = files_of(journal, keys, ASKED, CELL)
    signed = next(finding for finding in audit(files) if finding.what.startswith("signed"))
    assert signed.what == "signed-by-itself"
    keyring.make(tmp_path / "others", LOG, "ledger.example/audited")
    others = keyring.load(tmp_path / "others", LOG)
    assert bad(audit(files, others.known)) == ["signed"]


def test_a_bundle_from_the_other_database_is_the_same_byte_for_byte(
    journal: Journal, keys: Keys, fresh_postgres_url: str
) -> None:
    here = files_of(journal, keys, ASKED)
    with journal.reading() as connection:
        exported = list(lines(items(connection)))
    moved = open_journal(fresh_postgres_url, create=True)
    restore(moved, HOUSE.definitions, read_lines(exported), keys.known)
    assert files_of(moved, keys, ASKED) == here
    assert bad(audit(files_of(moved, keys, ASKED), keys.known)) == []
    moved.engine.dispose()


def test_an_issued_report_comes_with_its_issue(journal: Journal, keys: Keys) -> None:
    office = Office(journal, HOUSE.definitions, HOUSE.editions, "drafter")
    draft(office, ASKED, {"overview": "示例"})
    check_for_issue(office, ASKED)
    approve(Office(journal, HOUSE.definitions, HOUSE.editions, "chief"), ASKED)
    issue(office, ASKED)
    later = {
        "type": "procurement.amended",
        "organ": demo.ORGAN,
        "subject": "procurement:2020-1",
        "occurred_on": "2020-12-30",
        "data": {"amount": 1},
    }
    record(journal, HOUSE.definitions, [later], "clerk")
    asked = Question(year(demo.YEAR), demo.ORGAN, as_at="issued")
    files = files_of(journal, keys, asked, CELL)
    findings = {finding.what: finding for finding in audit(files, keys.known)}
    assert all(finding.good for finding in findings.values())
    assert findings["issued"].params["position"] == json.loads(files["bundle.json"])["issue"]
    assert findings["figure"].params["found"] == "179.8"


def test_what_is_not_signed_yet_cannot_be_bundled(journal: Journal) -> None:
    with journal.reading() as connection, pytest.raises(Refusal, match="ledger checkpoint"):
        bundle(connection, HOUSE.editions, ASKED, [CELL])


# Every change is noticed


def events_in(files: Files) -> list[str]:
    return sorted(name for name in files if name.startswith("events/"))


def flip_an_event(files: Files, dice: random.Random) -> None:
    name = dice.choice(events_in(files))
    at = dice.randrange(len(files[name]))
    data = files[name]
    files[name] = data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


def leave_an_event_out(files: Files, dice: random.Random) -> None:
    del files[dice.choice(events_in(files))]


def move_an_event(files: Files, dice: random.Random) -> None:
    files[f"events/{dice.randint(60, 70):09}.json"] = files.pop(dice.choice(events_in(files)))


def add_an_event(files: Files, _: random.Random) -> None:
    told = json.loads(files[events_in(files)[-1]])
    told |= {"id": "added", "subject": "procurement:added"}
    files["events/000000077.json"] = json.dumps(told).encode()


def raise_the_figure(files: Files, _: random.Random) -> None:
    told = json.loads(files["bundle.json"])
    told["cells"][CELL] |= {"quantity": 1_800_000_00, "value": "180"}
    files["bundle.json"] = json.dumps(told).encode()


def forget_a_fact(files: Files, dice: random.Random) -> None:
    told = json.loads(files["bundle.json"])
    facts = told["cells"][CELL]["facts"]
    facts.pop(dice.randrange(len(facts)))
    files["bundle.json"] = json.dumps(told).encode()


def change_the_form(files: Files, _: random.Random) -> None:
    name = "edition/tables/procurement.json"
    files[name] = files[name].replace(b'"centralised"', b'"other"')


def change_the_root(files: Files, _: random.Random) -> None:
    lines = files["checkpoint"].decode().split("\n")
    lines[2] = lines[2][::-1].replace("=", "A")[:43] + "="
    files["checkpoint"] = "\n".join(lines).encode()


def change_a_hash(files: Files, dice: random.Random) -> None:
    told = json.loads(files["proof.json"])
    span = dice.choice(list(told["hashes"]))
    told["hashes"][span] = told["hashes"][span][::-1].replace("=", "A")[:43] + "="
    files["proof.json"] = json.dumps(told).encode()


def cover_an_event(files: Files, dice: random.Random) -> None:
    """The hash of an event's own leaf is told, in the hope that the event itself is not looked at."""
    name = dice.choice(events_in(files))
    index = int(name.removeprefix("events/").removesuffix(".json")) - 1
    told = json.loads(files["proof.json"])
    told["hashes"][f"{index}-{index + 1}"] = base64.b64encode(leaf_hash(files[name])).decode()
    files["proof.json"] = json.dumps(told).encode()
    files[name] = files[name].replace(b"20", b"21", 1)


def another_organ(files: Files, _: random.Random) -> None:
    told = json.loads(files["bundle.json"])
    told["covers"] = [*told["covers"], "another"]
    files["bundle.json"] = json.dumps(told).encode()


def spoil_the_manifest(files: Files, _: random.Random) -> None:
    files["bundle.json"] = b"{"


CHANGES: list[Callable[[Files, random.Random], None]] = [
    flip_an_event,
    leave_an_event_out,
    move_an_event,
    add_an_event,
    raise_the_figure,
    forget_a_fact,
    change_the_form,
    change_the_root,
    change_a_hash,
    cover_an_event,
    another_organ,
    spoil_the_manifest,
]


def relisted(files: Files) -> Files:
    """With the manifest made to fit, as who changes a bundle would."""
    try:
        told = json.loads(files["bundle.json"])
    except ValueError:
        return files
    told["files"] = {name: digest(data) for name, data in files.items() if name != "bundle.json"}
    return files | {"bundle.json": json.dumps(told).encode()}


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_a_bundle_that_was_changed_does_not_hold(
    journal: Journal, keys: Keys, change: Callable[[Files, random.Random], None]
) -> None:
    whole = files_of(journal, keys, ASKED, CELL)
    for seed in range(10):
        files = dict(whole)
        change(files, random.Random(seed))
        assert bad(audit(relisted(files), keys.known)), seed
    assert "files" in bad(audit(whole | {"index.html": b""}, keys.known))


# Random ledgers


@settings(max_examples=20)
@given(small_ledgers.drafts(least=6), st.data())
def test_every_figure_of_a_random_ledger_is_counted_again_by_the_rules_in_the_bundle(
    told: list[dict[str, Any]], data: st.DataObject
) -> None:
    secret = Signer.new("ledger.example/random", LOG)
    held = Keys(Path("nowhere"), (secret,), (secret.verifier,))
    with small_ledgers.ledger_of(told) as (journal, _):
        checkpoint(journal, held)
        organ = data.draw(st.sampled_from(small_ledgers.ORGANS))
        asked = Question(
            year(data.draw(st.sampled_from(small_ledgers.YEARS))),
            organ,
            below=data.draw(st.booleans()),
        )
        findings = list(audit(files_of(journal, held, asked), held.known))
    assert bad(iter(findings)) == []


# The verifier that goes with it


@pytest.fixture
def alone(tmp_path: Path) -> Callable[..., "subprocess.CompletedProcess[str]"]:
    """Runs a Python that has its standard library and `cryptography`, and nothing else."""
    site = tmp_path / "site"
    site.mkdir()
    for name in ("cryptography", "cffi", "_cffi_backend"):
        found = importlib.util.find_spec(name)
        assert found and found.origin
        origin = Path(found.origin)
        target = origin.parent if origin.name == "__init__.py" else origin
        (site / target.name).symlink_to(target)

    def run(*command: str | Path) -> "subprocess.CompletedProcess[str]":
        environment = {"PATH": os.defpath, "PYTHONPATH": str(site), "PYTHONIOENCODING": "utf-8"}
        return subprocess.run(
            [sys.executable, "-S", *map(str, command)],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            encoding="utf-8",
        )

    return run


def test_the_verifier_in_a_bundle_needs_nothing_of_the_ledger(
    journal: Journal,
    keys: Keys,
    tmp_path: Path,
    alone: Callable[..., "subprocess.CompletedProcess[str]"],
) -> None:
    assert alone("-c", "import msgspec").returncode == 1
    assert alone("-c", "import ledger").returncode == 1
    files = files_of(journal, keys, ASKED)
    path, verifier = tmp_path / "bundle.zip", tmp_path / "verify.py"
    path.write_bytes(zipped(files))
    verifier.write_bytes(files["verify.py"])
    key = keys.known[0].text()
    done = alone(verifier, path, "--key", key)
    assert (done.returncode, done.stderr) == (0, "")
    assert f"✓ {CELL} = 179.8: counted again from 4 facts, as stated." in done.stdout.splitlines()
    assert "Whether other events belong to the figures too" in done.stdout
    files = dict(files)
    raise_the_figure(files, random.Random(0))
    path.write_bytes(zipped(relisted(files)))
    done = alone(verifier, path, "--key", key, "--lang", "zh-CN")
    assert done.returncode == 1
    assert f"✗ {CELL}：由事件算出 179.8，所载为 180。" in done.stdout.splitlines()


def test_the_verifier_says_the_same_as_the_ledgers_own_command(
    journal: Journal,
    keys: Keys,
    tmp_path: Path,
    alone: Callable[..., "subprocess.CompletedProcess[str]"],
) -> None:
    files = files_of(journal, keys, ASKED, CELL)
    path, verifier = tmp_path / "bundle.zip", tmp_path / "verify.py"
    verifier.write_bytes(files["verify.py"])
    for change in (None, *CHANGES[::4]):
        changed = dict(files)
        if change:
            change(changed, random.Random(1))
        changed = relisted(changed)
        path.write_bytes(zipped(changed))
        for language in ("en", "zh-CN"):
            ours = "".join(f"{line}\n" for line in sentences(audit(changed), language))
            theirs = alone(verifier, path, "--lang", language)
            assert theirs.stdout == ours, theirs.stderr


# The page


class Links(HTMLParser):
    """What a page asks for from elsewhere."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value or "" for name, value in attrs if name in ("src", "href")]
        assert tag not in ("script", "link", "iframe")

    def handle_data(self, data: str) -> None:
        self.text.append(data)


@pytest.mark.parametrize("name", ["index.html", "report.html"])
def test_the_pages_open_without_a_network(journal: Journal, keys: Keys, name: str) -> None:
    page = files_of(journal, keys, ASKED, CELL)[name].decode()
    links = Links()
    links.feed(page)
    assert all(link.startswith("#") for link in links.found)
    assert not re.search(r"url\(|@import|https?://", page)
    assert "179.8" in "".join(links.text)


def test_a_bundle_is_one_file_that_opens_as_a_zip(journal: Journal, keys: Keys) -> None:
    files = files_of(journal, keys, ASKED, CELL)
    with zipfile.ZipFile(io.BytesIO(zipped(files))) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == files
        assert archive.namelist()[0] == "bundle.json"
    for position in (1, 82):
        state = json.loads(files[f"events/{position:09}.json"])
        assert state["organ"] == demo.ORGAN
