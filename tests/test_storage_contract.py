"""The journal is a recorder of the eventsourcing library, on every database alike."""

import importlib
import json
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from eventsourcing.application import LocalNotificationLog
from eventsourcing.persistence import EventStore, IntegrityError, StoredEvent
from sqlalchemy import text

from ledger.rooms.storage import reading
from ledger.rooms.storage.journal import Journal
from ledger.rooms.storage.mapper import EventMapper
from ledger.verbs.opening import House, open_journal
from ledger.verbs.recording import record
from ledger.words.events import Event

# The module of the library's contract imports a cipher that the contract of a recorder never uses,
# and the cipher a package that the ledger does without.
CIPHER = ModuleType("eventsourcing.cipher")
CIPHER.AESCipher = None  # type: ignore[attr-defined]
sys.modules.setdefault(CIPHER.__name__, CIPHER)
persistence = importlib.import_module("eventsourcing.tests.persistence")

DEFINITIONS = House().definitions
EXAMPLES = json.loads(
    (Path(__file__).parent / "data/event-examples.json").read_text(encoding="utf-8")
)


def draft(type_: str, **changes: Any) -> dict[str, Any]:
    return EXAMPLES[type_]["good"][-1] | changes


def event(sequence: int, type_: str, on: date, data: dict[str, Any]) -> Event:
    return Event(
        id=f"event-{sequence}",
        type=type_,
        organ="example-office",
        subject="application:1",
        occurred_on=on,
        recorded_at=1_600_000_000_000_000 + sequence,
        recorded_by="clerk",
        data=data,
        sequence=sequence,
    )


LIFE = [
    event(
        1,
        "application.received",
        date(2020, 3, 5),
        {"applicant": "natural-person", "channel": "online"},
    ),
    event(2, "application.extended", date(2020, 3, 30), {}),
    event(3, "application.decided", date(2020, 4, 20), {"outcome": "granted"}),
]


@pytest.fixture
def journal(database_url: str) -> Iterator[Journal]:
    journal = open_journal(database_url, create=True)
    yield journal
    journal.engine.dispose()


# The library's own contract. Its performance shows assert nothing and are left out.


class _AsJournal:
    """What the library's test cases ask of a recorder's author."""

    url: str

    def create_recorder(self) -> Journal:
        journal = open_journal(self.url, create=True)
        self.addCleanup(journal.engine.dispose)  # type: ignore[attr-defined]
        return journal

    def new_originator_id(self) -> str:
        """The ledger's streams have names, not numbers."""
        return f"application:{super().new_originator_id()}@example-office"  # type: ignore[misc]


class _Application(_AsJournal, persistence.ApplicationRecorderTestCase[Journal]):
    __test__ = False
    test_performance = None
    test_concurrent_throughput = None

    def test_a_reader_follows_the_tail(self) -> None:
        self.optional_test_insert_subscribe()


class _Order(_AsJournal, persistence.NonInterleavingNotificationIDsBaseCase):
    __test__ = False


class _OnSqlite:
    __test__ = True

    @pytest.fixture(autouse=True)
    def _database(self, sqlite_url: str) -> None:
        self.url = sqlite_url


class _OnPostgresql:
    __test__ = True

    @pytest.fixture(autouse=True)
    def _database(self, fresh_postgres_url: str) -> None:
        self.url = fresh_postgres_url


class TestApplicationRecorderOnSqlite(_OnSqlite, _Application):
    """The contract of a recorder, on SQLite."""


class TestApplicationRecorderOnPostgresql(_OnPostgresql, _Application):
    """The contract of a recorder, on PostgreSQL."""


class TestBatchesDoNotInterleaveOnSqlite(_OnSqlite, _Order):
    """Two batches at once lie one behind the other, on SQLite."""


class TestBatchesDoNotInterleaveOnPostgresql(_OnPostgresql, _Order):
    """Two batches at once lie one behind the other, on PostgreSQL."""


# What the contract leaves open


def test_a_conflict_leaves_nothing_behind_not_even_a_gap(journal: Journal) -> None:
    first = StoredEvent("application:1@example-office", 1, "application.received", b"{}")
    other = StoredEvent("application:2@example-office", 1, "application.received", b"{}")
    assert journal.insert_events([first]) == [1]
    with pytest.raises(IntegrityError):
        journal.insert_events([other, first])
    assert journal.select_events("application:2@example-office") == []
    assert journal.insert_events([other]) == [2]
    assert [found.id for found in journal.select_notifications(None, 10)] == [1, 2]


def test_no_events_are_no_position(journal: Journal) -> None:
    assert journal.insert_events([]) == []
    assert journal.max_notification_id() is None


def test_the_bytes_come_back_as_they_were_stored(journal: Journal) -> None:
    state = bytes(range(256))
    journal.insert_events([StoredEvent("item:1@example-office", 1, "item.listed", state)])
    (stored,) = journal.select_events("item:1@example-office")
    (notified,) = journal.select_notifications(None, 10)
    assert (type(stored.state), stored.state) == (bytes, state)
    assert (type(notified.state), notified.state) == (bytes, state)


# The library's event store, with our mapper


def test_the_event_store_gives_back_the_events_that_it_was_given(journal: Journal) -> None:
    store = EventStore(EventMapper(), journal)
    recordings = store.put(LIFE)
    assert [recording.notification.id for recording in recordings] == [1, 2, 3]
    found = list(store.get("application:1@example-office"))
    assert [each.position for each in found] == [1, 2, 3]
    assert [EventMapper().to_stored_event(each) for each in found] == [
        EventMapper().to_stored_event(each) for each in LIFE
    ]
    (last,) = store.get("application:1@example-office", desc=True, limit=1)
    assert (last.type, last.occurred_on) == ("application.decided", date(2020, 4, 20))


def test_the_event_store_and_the_reading_room_tell_the_same_history(journal: Journal) -> None:
    office = draft("organ.registered")
    received = draft("application.received", subject="application:7")
    record(journal, DEFINITIONS, [office, received], "clerk")
    record(journal, DEFINITIONS, [draft("application.decided", subject="application:7")], "clerk")
    name = "application:7@example-office"
    stored = list(EventStore(EventMapper(), journal).get(name))
    with journal.reading() as connection:
        assert reading.history(connection, name) == stored
    assert [(each.position, each.sequence) for each in stored] == [(2, 1), (3, 2)]
    assert stored[0].data == received["data"]


def test_the_notification_log_of_the_library_pages_through_the_journal(journal: Journal) -> None:
    applications = [
        draft("application.received", subject=f"application:{number}") for number in range(24)
    ]
    record(journal, DEFINITIONS, [draft("organ.registered"), *applications], "clerk")
    log = LocalNotificationLog(journal, section_size=10)
    sections = [log["1,10"], log["11,20"], log["21,30"]]
    assert [section.id for section in sections] == ["1,10", "11,20", "21,25"]
    assert [found.id for section in sections for found in section.items] == list(range(1, 26))


# Stored names


def test_stored_type_names_are_ours_and_never_python_paths(journal: Journal) -> None:
    record(journal, DEFINITIONS, [draft("organ.registered")], "clerk")
    EventStore(EventMapper(), journal).put(LIFE)
    with journal.engine.connect() as connection:
        rows = connection.execute(text("SELECT type, state FROM events ORDER BY position")).all()
    stored = ["organ.registered", *(each.type for each in LIFE)]
    assert [row.type for row in rows] == stored
    assert [json.loads(bytes(row.state))["type"] for row in rows] == stored
    assert {row.type for row in rows} <= set(DEFINITIONS.newest)
    for row in rows:
        told = bytes(row.state).decode()
        assert "ledger." not in told and "eventsourcing" not in told and Event.__name__ not in told


def test_events_written_by_hand_in_plain_json_are_read(journal: Journal) -> None:
    """What is stored can be read, and written, without this software."""
    state = json.dumps(
        {
            "id": "by-hand",
            "type": "application.received",
            "organ": "example-office",
            "subject": "application:1",
            "occurred_on": "2020-03-05",
            "recorded_at": 1_600_000_000_000_000,
            "recorded_by": "another program",
            "data": {"applicant": "natural-person", "channel": "post"},
        }
    ).encode()
    name = "application:1@example-office"
    journal.insert_events([StoredEvent(name, 1, "application.received", state)])
    (found,) = EventStore(EventMapper(), journal).get(name)
    assert (found.id, found.version, found.occurred_on) == ("by-hand", 1, date(2020, 3, 5))
    assert found.originator_id == name
