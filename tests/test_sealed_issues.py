"""Issued reports carry a checkpoint: whoever holds one can tell what became of the events behind it."""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

import pytest

import attacks
from ledger.doors.cli.delivering import ReportFormat
from ledger.drawing.documents import encoded
from ledger.drawing.faults import sentence
from ledger.drawing.formats import report_as
from ledger.drawing.text import plain
from ledger.rooms.proof import keys as keyring
from ledger.rooms.proof import tiles
from ledger.rooms.proof.keys import Keys
from ledger.rooms.proof.notes import LOG
from ledger.verbs import demo, issuing
from ledger.verbs.checkpointing import checkpoint
from ledger.verbs.following import follow_database
from ledger.verbs.full_reports import FullReport, canonical, full_report
from ledger.verbs.holding import held_in
from ledger.verbs.issues import ISSUED, all_issues
from ledger.verbs.issuing import Office
from ledger.verbs.opening import House, open_journal
from ledger.verbs.recording import record
from ledger.verbs.reporting import Question
from ledger.verbs.sealing import Seal, issue_sealed
from ledger.verbs.verifying import Signed, verify
from ledger.words.problems import Refusal
from ledger.words.years import year

HOUSE = House()
ASKED = Question(year(demo.YEAR), demo.ORGAN)
AS_ISSUED = Question(year(demo.YEAR), demo.ORGAN, as_at=ISSUED)
MORE = {
    "type": "procurement.amended",
    "organ": demo.ORGAN,
    "subject": "procurement:2020-1",
    "occurred_on": "2020-12-30",
    "data": {"amount": 1},
}


class Bureau:
    """An office with the demo's year, its report approved and ready to be issued."""

    def __init__(self, url: str, folder: Path) -> None:
        keyring.make(folder / "keys", LOG, "ledger.example/issued")
        self.seal = Seal(keyring.load(folder / "keys", LOG), folder / "tiles")
        self.journal = open_journal(url, create=True)
        self.record(*demo.drafts())
        issuing.draft(self.by("li"), ASKED, {"overview": "新收{applications/new/total}件。"})
        issuing.check_for_issue(self.by("li"), ASKED)
        issuing.approve(self.by("wang"), ASKED)

    @property
    def keys(self) -> Keys:
        return self.seal.keys

    def by(self, person: str) -> Office:
        return Office(self.journal, HOUSE.definitions, HOUSE.editions, person)

    def record(self, *told: dict[str, Any]) -> None:
        record(self.journal, HOUSE.definitions, list(told), "clerk")

    def issue(self) -> FullReport:
        return issue_sealed(self.by("li"), ASKED, self.seal)

    def as_issued(self) -> FullReport:
        with self.journal.reading() as connection:
            return full_report(connection, HOUSE.editions, AS_ISSUED)

    def issues(self) -> int:
        with self.journal.reading() as connection:
            return len(list(all_issues(connection)))


@pytest.fixture
def bureau(database_url: str, tmp_path: Path) -> Iterator[Bureau]:
    bureau = Bureau(database_url, tmp_path)
    yield bureau
    bureau.journal.engine.dispose()


def test_a_report_is_issued_with_the_first_checkpoint_that_covers_it(bureau: Bureau) -> None:
    made = bureau.issue()
    assert made.issue is not None and made.checkpoint is not None
    assert made.checkpoint.size == made.issue.position
    assert made.checkpoint.note.verified(bureau.keys.known)
    assert tiles.published(bureau.seal.folder or Path()) == made.checkpoint
    bureau.record(MORE)
    checkpoint(bureau.journal, bureau.keys)
    again = bureau.as_issued()
    assert again.checkpoint == made.checkpoint
    assert canonical(again) == canonical(made), "what was frozen knows nothing of the checkpoint"


def test_a_report_that_was_issued_without_one_takes_the_next(bureau: Bureau) -> None:
    issuing.issue(bureau.by("li"), ASKED)
    assert bureau.as_issued().checkpoint is None
    bureau.record(MORE)
    assert bureau.as_issued().checkpoint is None
    signed = checkpoint(bureau.journal, bureau.keys)
    assert bureau.as_issued().checkpoint == signed


# In the hands of whoever holds the report


class Held(NamedTuple):
    """A ledger with an issued report, and that report in every format."""

    path: Path
    keys: Keys
    papers: dict[str, Path]


def drawn(told: FullReport, format_: str) -> bytes:
    match report_as(format_, told, "zh-CN"):
        case bytes() as content:
            return content
        case str() as content:
            return content.encode()
        case dict() as content:
            return encoded(content).encode()
        case sheet:
            return "\n".join(plain(sheet)).encode()


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Held:
    folder = tmp_path_factory.mktemp("held")
    bureau = Bureau(f"sqlite:///{folder / 'ledger.db'}", folder)
    made = bureau.issue()
    bureau.record(MORE)
    bureau.journal.engine.dispose()
    with closing(sqlite3.connect(folder / "ledger.db")) as database:
        database.execute("PRAGMA journal_mode=DELETE")
    papers = {}
    for format_ in ReportFormat:
        papers[str(format_)] = folder / f"report.{format_}"
        papers[str(format_)].write_bytes(drawn(made, format_))
    return Held(folder / "ledger.db", bureau.keys, papers)


def forget_all_that_was_signed(database: sqlite3.Connection) -> None:
    database.execute("DELETE FROM checkpoints")
    database.execute("DELETE FROM signatures")


def nothing(_: sqlite3.Connection) -> None:
    """The ledger as it is."""


def rewrite(database: sqlite3.Connection) -> None:
    attacks.put(database, 9, attacks.state(database, 9).replace(b"2020-", b"2021-", 1))
    attacks.rehash(database)
    forget_all_that_was_signed(database)


def cut(database: sqlite3.Connection) -> None:
    database.execute("DELETE FROM events WHERE position > 60")
    database.execute("DELETE FROM facts WHERE known_from > 60")
    database.execute("UPDATE facts SET known_until = NULL WHERE known_until > 60")
    attacks.rehash(database)
    forget_all_that_was_signed(database)


@pytest.mark.parametrize("format_", list(ReportFormat))
def test_who_holds_the_report_can_tell_whether_the_ledger_still_has_what_it_was_made_from(
    held: Held, format_: str
) -> None:
    paper = held.papers[format_]
    outside = [Signed(paper.name, held_in(paper))]
    assert bool(outside[0].checkpoint.note.lines) == (format_ == "json")
    told: dict[Callable[[sqlite3.Connection], None], list[str]] = {}
    for attack in (nothing, rewrite, cut):
        victim = held.path.with_name("victim.db")
        shutil.copy(held.path, victim)
        with closing(sqlite3.connect(victim)) as database:
            attacks.disarm(database)
            attack(database)
            database.commit()
        journal = open_journal(f"sqlite:///{victim}")
        faults = [
            fault
            for fault in verify(journal, held.keys.known, outside)
            if fault.what in ("rewritten", "cut")
        ]
        told[attack] = [sentence(fault, "en") for fault in faults]
        journal.engine.dispose()
        victim.unlink()
    assert told[nothing] == []
    (rewritten,), (short,) = told[rewrite], told[cut]
    assert rewritten.startswith("Positions 1–") and paper.name in rewritten
    assert short.startswith("After position 60") and paper.name in short


@pytest.mark.parametrize(
    "content",
    [
        b"a report without any",
        b'{"issue": {"checkpoint": null}}',
        b"\x00\x01\x02",
        b"Checkpoint: one 5 " + b"A" * 43 + b"=\nCheckpoint: two 6 " + b"B" * 43 + b"=\n",
    ],
)
def test_a_file_that_names_no_checkpoint_or_several_is_refused_by_a_sentence(
    tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "report.txt"
    path.write_bytes(content)
    with pytest.raises(Refusal) as refused:
        held_in(path)
    assert all(problem.sentence("zh-CN") for problem in refused.value.problems)


# Where it cannot be signed


def test_a_ledger_that_lost_what_was_signed_issues_nothing(bureau: Bureau, tmp_path: Path) -> None:
    other = Bureau(f"sqlite:///{tmp_path / 'other.db'}", tmp_path / "other")
    other.record(MORE, MORE | {"data": {"amount": 2}})
    checkpoint(other.journal, bureau.keys)
    other.journal.engine.dispose()
    with pytest.raises(Refusal, match="Nothing is signed"):
        bureau.issue()
    assert bureau.issues() == 0


def test_where_nothing_can_be_published_nothing_is_issued(bureau: Bureau) -> None:
    (bureau.seal.folder or Path()).write_text("a file in the place of the folder")
    with pytest.raises(OSError, match="tiles"):
        bureau.issue()
    assert bureau.issues() == 0
    assert bureau.journal.max_notification_id() == len(list(demo.drafts())) + 3


def test_what_fails_after_the_issue_is_told_as_that(bureau: Bureau) -> None:
    size = (bureau.journal.max_notification_id() or 0) + 1
    folder = bureau.seal.folder or Path()
    in_the_way = folder / "tile" / "0" / tiles.tile_path(0, size)
    in_the_way.mkdir(parents=True)
    with pytest.raises(Refusal, match="is issued") as refused:
        bureau.issue()
    assert "不必重新印发" in refused.value.problems[0].sentence("zh-CN")
    assert bureau.issues() == 1
    in_the_way.rmdir()
    signed = checkpoint(bureau.journal, bureau.keys, folder)
    assert bureau.as_issued().checkpoint == signed


def test_a_copy_signs_nothing(bureau: Bureau, tmp_path: Path) -> None:
    bureau.issue()
    copy = open_journal(f"sqlite:///{tmp_path / 'copy.db'}", create=True)
    follow_database(copy, HOUSE.definitions, bureau.journal, bureau.keys.known)
    with pytest.raises(Refusal, match="copy of another ledger"):
        checkpoint(copy, bureau.keys)
    with copy.reading() as connection:
        told = full_report(connection, HOUSE.editions, AS_ISSUED)
    assert told.checkpoint == bureau.as_issued().checkpoint
    copy.engine.dispose()
