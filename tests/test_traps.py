"""The traps into which a ledger on these libraries falls, each sprung on purpose."""

import json
import re
import shutil
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from importlib import metadata
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from eventsourcing.sqlite import SQLiteApplicationRecorder, SQLiteDatastore
from packaging.requirements import Requirement
from sqlalchemy import MetaData, event, make_url, text

import schema_digests
from ledger.rooms.storage import migrations, reading
from ledger.rooms.storage.database import open_engine
from ledger.rooms.storage.journal import Journal
from ledger.rooms.storage.mapper import UPGRADES, decode
from ledger.rooms.storage.people import migrations as people_migrations
from ledger.rooms.storage.people.store import open_store
from ledger.rooms.storage.people.tables import metadata as people_tables
from ledger.rooms.storage.tables import metadata as tables
from ledger.verbs.opening import House, open_journal
from ledger.verbs.recording import Batch, Line, record
from ledger.verbs.reporting import Question, report, setting_of
from ledger.verbs.tracing import trace
from ledger.words.problems import Refusal
from ledger.words.years import year

HOUSE = House()

# Each process is forked from a clean one that has the imports done and nothing else.
FORK = get_context("forkserver")
FORK.set_forkserver_preload(["alembic.autogenerate", "ledger.verbs.tracing", "pytest"])


def draft(type_: str, subject: str, on: str, data: dict[str, Any], **more: Any) -> dict[str, Any]:
    envelope = {"type": type_, "organ": "example-office", "subject": subject, "occurred_on": on}
    return envelope | {"data": data} | more


def office(code: str = "example-office", **data: Any) -> dict[str, Any]:
    data = {"name": "示例县人民政府办公室", **data}
    return draft("organ.registered", f"organ:{code}", "2015-01-01", data, organ=code)


def received(number: int, on: str = "2020-03-05", **more: Any) -> dict[str, Any]:
    data = {"applicant": "natural-person", "channel": "online"}
    return draft("application.received", f"application:{number}", on, data, **more)


def decided(number: int, on: str = "2020-03-25", **more: Any) -> dict[str, Any]:
    data = {"outcome": "granted"}
    return draft("application.decided", f"application:{number}", on, data, **more)


def corrected(number: int, id_: str, **more: Any) -> dict[str, Any]:
    data = {"event": id_, "reason": "wrong-code", "data": {"channel": "post"}}
    return draft("event.corrected", f"application:{number}", "2020-04-01", data, **more)


def write_down(journal: Journal, *drafts: dict[str, Any]) -> list[int]:
    """Records drafts as a clerk does; returns the positions."""
    receipts = record(journal, HOUSE.definitions, drafts, "clerk")
    return [receipt.event.position for receipt in receipts]


def positions(journal: Journal) -> list[int]:
    return [found.id for found in journal.select_notifications(None, 10_000)]


@contextmanager
def opened(url: str, *, create: bool = True) -> Iterator[Journal]:
    journal = open_journal(url, create=create)
    yield journal
    journal.engine.dispose()


@pytest.fixture
def journal(database_url: str) -> Iterator[Journal]:
    with opened(database_url) as journal:
        yield journal


def ordinary(url: str) -> Any:
    """A connection as any other program opens it, with nothing set."""
    target = make_url(url)
    if target.get_backend_name() == "sqlite":
        return closing(sqlite3.connect(str(target.database), isolation_level=None))
    address = target.set(drivername="postgresql").render_as_string(hide_password=False)
    return psycopg.connect(address, autocommit=True)


# Events stay what and where they are

TAMPERING = {
    "sqlite": (
        "UPDATE events SET state = x'7b7d'",
        "UPDATE events SET position = 50 WHERE position = 2",
        "UPDATE OR REPLACE events SET position = 3 WHERE position = 2",
        "DELETE FROM events",
        "DELETE FROM events WHERE position = 3",
        "INSERT OR REPLACE INTO events"
        " SELECT 2, 'new', 1, 'new', type, 0, x'7b7d' FROM events LIMIT 1",
        "INSERT OR REPLACE INTO events"
        " SELECT '2', 'new', 1, 'new', type, 0, x'7b7d' FROM events LIMIT 1",
        "INSERT OR REPLACE INTO events (rowid, stream, version, id, type, recorded_at, state)"
        " VALUES (2, 'new', 1, 'new', 'item.listed', 0, x'7b7d')",
        "INSERT OR REPLACE INTO events"
        " SELECT 90, stream, version, 'new', type, 0, x'7b7d' FROM events WHERE position = 2",
        "INSERT OR REPLACE INTO events"
        " SELECT 90, 'new', 1, id, type, 0, x'7b7d' FROM events WHERE position = 3",
        "REPLACE INTO events"
        " SELECT NULL, 'new', 1, id, type, 0, x'7b7d' FROM events WHERE position = 3",
        "INSERT INTO events SELECT * FROM events WHERE true"
        " ON CONFLICT DO UPDATE SET state = x'7b7d'",
    ),
    "postgresql": (
        "UPDATE events SET state = '{}'",
        "UPDATE events SET position = 50 WHERE position = 2",
        "DELETE FROM events",
        "DELETE FROM events WHERE position = 3",
        "TRUNCATE events",
        "TRUNCATE events CASCADE",
        "TRUNCATE head, events, facts, shapes",
        "INSERT INTO events SELECT * FROM events"
        " ON CONFLICT (position) DO UPDATE SET state = excluded.state",
        "INSERT INTO events"
        " SELECT 90, stream, version, 'new', type, 0, '{}' FROM events WHERE position = 2"
        " ON CONFLICT (stream, version) DO UPDATE SET state = excluded.state",
        "MERGE INTO events USING head ON events.position = head.position"
        " WHEN MATCHED THEN UPDATE SET state = '{}'",
        "WITH gone AS (DELETE FROM events RETURNING *) SELECT count(*) FROM gone",
    ),
}


def test_the_database_itself_refuses_to_change_or_delete_an_event(database_url: str) -> None:
    with opened(database_url) as journal:
        write_down(journal, office(), received(1), received(2, id="case-2"))
    let_through = []
    with ordinary(database_url) as stranger:
        before = stranger.execute("SELECT * FROM events ORDER BY position").fetchall()
        for statement in TAMPERING[make_url(database_url).get_backend_name()]:
            try:
                stranger.execute(statement)
            except (sqlite3.Error, psycopg.Error) as error:
                assert "the journal is append-only" in str(error), f"{statement}: {error}"
            else:
                let_through.append(statement)
        assert let_through == []
        assert stranger.execute("SELECT * FROM events ORDER BY position").fetchall() == before
    with opened(database_url) as journal:
        assert write_down(journal, received(3)) == [4]


DROP_THE_GUARD = {
    "sqlite": "DROP TRIGGER events_are_not_deleted",
    "postgresql": "DROP TRIGGER events_are_not_changed ON events",
}


def test_the_position_of_a_deleted_event_is_never_given_again(database_url: str) -> None:
    with opened(database_url) as journal:
        assert write_down(journal, office(), received(1), received(2)) == [1, 2, 3]
    with ordinary(database_url) as attacker:
        attacker.execute(DROP_THE_GUARD[make_url(database_url).get_backend_name()])
        attacker.execute("DELETE FROM events WHERE position = 3")
    with opened(database_url) as journal:
        assert write_down(journal, received(3)) == [4]
        assert positions(journal) == [1, 2, 4], "the gap stays to be seen"


def test_positions_stay_when_the_database_is_vacuumed(database_url: str) -> None:
    """SQLite may number rows anew that have no key of their own; a gap would be closed."""
    backend = make_url(database_url).get_backend_name()
    with opened(database_url) as journal:
        write_down(journal, office(), *map(received, range(1, 6)))
    with ordinary(database_url) as operator:
        operator.execute(DROP_THE_GUARD[backend])
        operator.execute("DELETE FROM events WHERE position IN (2, 4)")
        before = operator.execute("SELECT position, id FROM events ORDER BY position").fetchall()
        operator.execute("VACUUM" if backend == "sqlite" else "VACUUM FULL")
        after = operator.execute("SELECT position, id FROM events ORDER BY position").fetchall()
    assert after == before
    with opened(database_url) as journal:
        assert positions(journal) == [1, 3, 5, 6]
        assert write_down(journal, received(7)) == [7]


def test_an_id_that_the_ledger_makes_tells_the_position_and_nobody_else_can_take_it(
    journal: Journal,
) -> None:
    """Random ids would scatter every append over an index as large as the journal."""
    write_down(journal, office(), received(1, id="case-1"))
    (receipt,) = record(journal, HOUSE.definitions, [received(2)], "clerk")
    assert receipt.event.id == "event-3"
    (again,) = record(journal, HOUSE.definitions, [received(2, id="event-3")], "clerk")
    assert (again.again, again.event.position) == (True, 3)
    for taken in "event-3", "event-4", f"event-{10**20}":
        with pytest.raises(Refusal):
            write_down(journal, received(3, id=taken))
    assert write_down(journal, received(3)) == [4]


# Writers wait for each other


def test_who_reads_before_writing_is_not_overtaken(database_url: str) -> None:
    """A transaction that turns from reading to writing after another's commit would fail at once
    on SQLite; on PostgreSQL it would decide upon a history that is no longer true."""
    with (
        opened(database_url) as here,
        opened(database_url) as there,
        ThreadPoolExecutor(1) as second_desk,
    ):
        write_down(here, office(), received(1))
        with here.writing() as writing:
            first = Batch(writing, HOUSE.definitions, "first clerk")
            first.take([Line(decided(1))])
            other = second_desk.submit(write_down, there, received(2))
            time.sleep(0.3)
            assert not other.done()
            first.write()
        assert other.result(timeout=30) == [4]
        with here.reading() as connection:
            told = {at: found.type for at, found in reading.events_at(connection, [3, 4]).items()}
    assert told == {3: "application.decided", 4: "application.received"}


def test_a_report_does_not_wait_for_a_writer_and_sees_nothing_half_done(journal: Journal) -> None:
    address = "applications/new/natural-person"

    def known() -> tuple[int, int]:
        with journal.reading() as connection:
            found = report(connection, HOUSE.editions, Question(year(2020)))
        return found.setting.position, found.cells[address].quantity

    write_down(journal, office(), received(1))
    with journal.writing() as writing:
        batch = Batch(writing, HOUSE.definitions, "clerk")
        batch.take([Line(received(2))])
        with ThreadPoolExecutor(1) as elsewhere:
            assert elsewhere.submit(known).result(timeout=30) == (2, 1)
            batch.write(commit=False)
            assert elsewhere.submit(known).result(timeout=30) == (2, 1)
        writing.commit()
    assert known() == (3, 2)


@pytest.mark.slow
def test_a_clerk_waits_for_a_long_import_instead_of_failing_after_five_seconds(
    sqlite_url: str,
) -> None:
    with opened(sqlite_url) as importer, opened(sqlite_url) as clerk:
        write_down(importer, office())
        holding = threading.Event()

        def hold() -> None:
            with importer.writing() as writing:
                batch = Batch(writing, HOUSE.definitions, "import")
                batch.take([Line(received(1))])
                holding.set()
                time.sleep(6)
                batch.write()

        with ThreadPoolExecutor(1) as elsewhere:
            held = elsewhere.submit(hold)
            assert holding.wait(30)
            began = time.monotonic()
            assert write_down(clerk, received(2)) == [3]
            assert time.monotonic() - began > 5
            held.result()


DURABLE = {
    "sqlite": {"PRAGMA synchronous": 2, "PRAGMA journal_mode": "wal"},
    "postgresql": {"SHOW synchronous_commit": "on"},
}


def test_every_connection_that_records_waits_for_the_disk(database_url: str) -> None:
    wanted = DURABLE[make_url(database_url).get_backend_name()]
    seen: dict[int, dict[str, Any]] = {}

    def look(connection: Any, _record: Any) -> None:
        seen[id(connection)] = {
            question: connection.execute(question).fetchone()[0] for question in wanted
        }
        connection.rollback()

    with opened(database_url) as journal:
        write_down(journal, office())
        event.listen(journal.engine, "checkin", look)
        with ThreadPoolExecutor(4) as clerks:
            list(clerks.map(lambda number: write_down(journal, received(number)), range(40)))
    assert seen
    assert list(seen.values()) == [wanted] * len(seen)


# Starting, and living side by side


def open_and_register(url: str, code: str, gate: Any, answers: Any) -> None:
    """What a process does that starts together with others on a database without a ledger."""
    try:
        definitions = HOUSE.definitions
        gate.wait(60)
        with opened(url) as journal:
            (receipt,) = record(journal, definitions, [office(code)], code)
        answers.put((code, receipt.event.position, None))
    except BaseException as error:
        answers.put((code, 0, repr(error)))


@pytest.mark.slow
def test_sixteen_processes_that_start_at_once_make_one_ledger(database_url: str) -> None:
    gate, answers = FORK.Barrier(16), FORK.Queue()
    codes = [f"office-{number:02}" for number in range(16)]
    processes = [
        FORK.Process(target=open_and_register, args=(database_url, code, gate, answers))
        for code in codes
    ]
    for process in processes:
        process.start()
    told = [answers.get(timeout=90) for _ in processes]
    for process in processes:
        process.join(30)
    assert [error for _, _, error in told if error] == []
    assert sorted(position for _, position, _ in told) == list(range(1, 17))
    with opened(database_url, create=False) as journal:
        found = journal.select_notifications(None, 100)
        assert [each.id for each in found] == list(range(1, 17))
        assert sorted(each.originator_id for each in found) == [f"organ:{code}" for code in codes]
        with journal.engine.connect() as connection:
            versions = connection.execute(text("SELECT version_num FROM alembic_version")).all()
            heads = connection.execute(text("SELECT position FROM head")).all()
        assert versions == [(migrations.NEWEST,)]
        assert heads == [(16,)]


@pytest.fixture(params=["databases", "schemas"])
def two_homes(request: pytest.FixtureRequest, fresh_postgres_url: str) -> Iterator[list[str]]:
    """Two places for a ledger on one PostgreSQL server: two databases, or two schemas of one."""
    first = make_url(fresh_postgres_url)
    if request.param == "schemas":
        with ordinary(fresh_postgres_url) as operator:
            operator.execute("CREATE SCHEMA one")
            operator.execute("CREATE SCHEMA two")
        in_schema = (
            first.update_query_dict({"options": f"-csearch_path={name}"}) for name in ("one", "two")
        )
        yield [url.render_as_string(hide_password=False) for url in in_schema]
        return
    second = first.set(database=f"{first.database}_two")
    with ordinary(fresh_postgres_url) as operator:
        operator.execute(f"CREATE DATABASE {second.database} TEMPLATE template0")
        try:
            yield [url.render_as_string(hide_password=False) for url in (first, second)]
        finally:
            operator.execute(f"DROP DATABASE {second.database} WITH (FORCE)")


def test_two_ledgers_on_one_server_do_not_mix(two_homes: list[str]) -> None:
    with opened(two_homes[0]) as one, opened(two_homes[1]) as two:
        write_down(one, office(), received(1))
        write_down(two, office(), received(2), received(3))
        write_down(one, decided(1))
        streams = [
            [found.originator_id for found in journal.select_notifications(None, 100)]
            for journal in (one, two)
        ]
    home = "@example-office"
    assert streams == [
        ["organ:example-office", f"application:1{home}", f"application:1{home}"],
        ["organ:example-office", f"application:2{home}", f"application:3{home}"],
    ]
    with ordinary(two_homes[0]) as operator, pytest.raises(psycopg.Error, match="append-only"):
        operator.execute("DELETE FROM events")


def test_what_is_recorded_is_told_to_who_follows_the_tail(journal: Journal) -> None:
    heard: list[tuple[int, str]] = []

    def listen(subscription: Any) -> None:
        for notification in subscription:
            heard.append((notification.id, notification.topic))
            if len(heard) == 4:
                return

    with journal.subscribe(gt=0) as subscription, ThreadPoolExecutor(1) as reader:
        listening = reader.submit(listen, subscription)
        write_down(journal, office(), received(1))
        time.sleep(0.2)
        write_down(journal, decided(1))
        write_down(journal, received(2))
        listening.result(timeout=30)
    assert heard == [
        (1, "organ.registered"),
        (2, "application.received"),
        (3, "application.decided"),
        (4, "application.received"),
    ]


def test_the_recorder_that_the_library_brings_for_sqlite_cannot_be_followed() -> None:
    """The reason why the journal follows the tail by itself; once this fails, look again."""
    recorder = SQLiteApplicationRecorder(SQLiteDatastore(":memory:"))
    with pytest.raises(NotImplementedError):
        recorder.subscribe(gt=0)


# SQLite's planner, which misreads a column in which nearly all rows share one value


@pytest.fixture(scope="module")
def nine_years(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger in which most cases are decided and some are corrected."""
    file = tmp_path_factory.mktemp("nine-years") / "ledger.db"
    drafts = [
        office("county"),
        office("office", parent="county"),
        office("bureau", parent="office"),
    ]
    for number in range(3000):
        year = 2015 + number % 9
        case = {"organ": ("county", "office", "bureau")[number % 3]}
        drafts.append(received(number, f"{year}-11-05", id=f"case-{number}", **case))
        if number % 8:
            drafts.append(decided(number, f"{year + number % 2}-12-20", **case))
        if number % 20 == 1:
            drafts.append(corrected(number, f"case-{number}", **case))
    with opened(f"sqlite:///{file}") as journal:
        write_down(journal, *drafts)
    return file


@pytest.fixture(params=["as it grew", "analysed"])
def grown(request: pytest.FixtureRequest, nine_years: Path, sqlite_url: str) -> str:
    """Such a ledger, without and with the statistics on which a planner may go wrong."""
    shutil.copy(nine_years, str(make_url(sqlite_url).database))
    if request.param == "analysed":
        with ordinary(sqlite_url) as operator:
            operator.execute("ANALYZE")
            assert operator.execute("SELECT count(*) FROM sqlite_stat1").fetchone() > (0,)
    return sqlite_url


def plans(url: str, work: Callable[[Journal], object]) -> list[str]:
    """How SQLite goes about the statements that a piece of work issues: one line for each table."""
    issued: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        issued.append((statement, parameters))

    with opened(url) as journal:
        event.listen(journal.engine, "before_cursor_execute", note)
        work(journal)
        event.remove(journal.engine, "before_cursor_execute", note)
        with journal.engine.connect() as connection:
            return [
                row.detail
                for statement, parameters in issued
                if statement.startswith(("SELECT", "WITH"))
                for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
            ]


def on_facts(plan: list[str]) -> list[str]:
    return [line for line in plan if re.search(r"\bfacts\b", line)]


def reading_all(plan: list[str]) -> list[str]:
    """The lines that go through a whole table that grows with the ledger."""
    return [line for line in plan if re.match(r"SCAN (facts|events)\b", line)]


ASKED = {
    "one office": (Question(year(2020), "office"), {"facts_of_organ"}),
    "an office and what is below": (Question(year(2020), "office", below=True), {"facts_of_organ"}),
    "everyone": (Question(year(2020), "county", below=True), {"facts_everywhere"}),
    "one office as at": (
        Question(year(2020), "office", as_at="4000"),
        {"facts_of_organ", "facts_superseded"},
    ),
    "everyone as at": (
        Question(year(2020), "county", below=True, as_at="4000"),
        {"facts_everywhere", "facts_superseded"},
    ),
}


@pytest.mark.parametrize("asked", ASKED)
def test_reports_and_traces_read_the_index_made_for_them(grown: str, asked: str) -> None:
    question, wanted = ASKED[asked]
    address = "applications/carried-out/natural-person"

    def report_it(journal: Journal) -> None:
        with journal.reading() as connection:
            report(connection, HOUSE.editions, question)

    def trace_it(journal: Journal) -> None:
        with journal.reading() as connection:
            trace(connection, setting_of(connection, HOUSE.editions, question), address)

    for work in report_it, trace_it:
        plan = on_facts(plans(grown, work))
        assert {match[1] for line in plan if (match := re.search(r"INDEX (\w+)", line))} == wanted
        # Only what was known of everyone may go through all superseded rows, in their own index.
        allowed = "facts_superseded" if asked == "everyone as at" else None
        assert [line for line in reading_all(plan) if f"INDEX {allowed}" not in line] == []


@pytest.mark.parametrize("asked", ASKED)
def test_a_report_is_answered_from_an_index_alone(grown: str, asked: str) -> None:
    """Looking up each row in its table as well takes several times as long."""
    question, _ = ASKED[asked]

    def report_it(journal: Journal) -> None:
        with journal.reading() as connection:
            report(connection, HOUSE.editions, question)

    plan = on_facts(plans(grown, report_it))
    assert plan
    assert [line for line in plan if "USING COVERING INDEX" not in line] == []


def test_following_the_tail_never_reads_a_whole_table(grown: str) -> None:
    """A reader asks many times a second, mostly to hear that there is nothing new."""
    plan = plans(
        grown, lambda journal: journal.select_notifications(5000, 50, inclusive_of_start=False)
    )
    assert plan
    assert reading_all(plan) == []


def plans_of_recording(url: str, *batches: list[dict[str, Any]]) -> list[str]:
    """How SQLite goes about the statements by which batches are recorded."""
    issued: list[str] = []
    with opened(url) as journal:
        event.listen(
            journal.engine,
            "checkout",
            lambda connection, *_: connection.set_trace_callback(issued.append),
        )
        for batch in batches:
            write_down(journal, *batch)
    planned = [statement for statement in issued if re.match("SELECT|INSERT|UPDATE", statement)]
    assert {statement.split()[0] for statement in planned} == {"SELECT", "INSERT", "UPDATE"}
    # A succession changes thousands of rows; each statement is looked at once.
    alike = {re.sub(r"'[^']*'|\d+", "?", statement): statement for statement in planned}
    with ordinary(url) as operator:
        return [
            row[3]
            for statement in alike.values()
            for row in operator.execute(f"EXPLAIN QUERY PLAN {statement}")
        ]


def test_recording_never_reads_a_whole_table(grown: str) -> None:
    correction = corrected(0, "case-0", organ="county")
    plan = plans_of_recording(
        grown, [received(9000, organ="office"), decided(0, organ="county"), correction]
    )
    assert reading_all(plan) == []
    assert any(line.startswith("SEARCH facts") for line in plan)


def test_a_succession_reads_only_what_its_organ_holds(grown: str) -> None:
    data = {"successor": "office", "kind": "merger"}
    reform = draft("organ.succeeded", "organ:bureau", "2023-07-01", data, organ="bureau")
    plan = plans_of_recording(grown, [reform], [received(9000, organ="office")])
    assert reading_all(plan) == []
    assert any("SEARCH facts USING INDEX facts_of_organ (organ=?)" in line for line in plan), plan


# Versions: of the library, of the tables, of what is stored


def test_the_event_library_is_of_the_line_9_5_and_nothing_here_wants_another() -> None:
    """Some companions of the library pull in its next major version, an alpha."""
    installed = metadata.version("eventsourcing")
    assert installed.startswith("9.5.")
    asked = [
        (distribution.name, requirement)
        for distribution in metadata.distributions()
        for requirement in map(Requirement, distribution.requires or ())
        if requirement.name == "eventsourcing"
    ]
    assert "disclosure-ledger" in {name for name, _ in asked}
    for name, requirement in asked:
        assert requirement.specifier.contains(installed), name
        assert not requirement.specifier.contains("10.0.0a7", prereleases=True), name


def test_the_newest_migration_is_the_one_that_the_software_works_with() -> None:
    scripts = ScriptDirectory(str(Path(migrations.__file__).parent))
    assert scripts.get_heads() == [migrations.NEWEST]
    folder = Path(people_migrations.__file__).parent / "versions"
    scripts = ScriptDirectory(scripts.dir, version_locations=[str(folder)])
    assert scripts.get_heads() == [people_migrations.NEWEST]


def test_migrations_make_the_tables_that_the_code_works_with(journal: Journal) -> None:
    with journal.engine.connect() as connection:
        # PostgreSQL gives an index's expression back in words of its own.
        compared = {"include_name": lambda name, type_, _: name != "facts_superseded"}
        compared["include_object"] = lambda _, name, *__: name != "facts_superseded"
        context = MigrationContext.configure(connection, opts=compared)
        assert compare_metadata(context, tables) == []


CATALOGUE = {
    "sqlite": """
        SELECT type, name, sql FROM sqlite_master
        WHERE tbl_name NOT IN ('alembic_version', 'people_version') AND type IN ('table', 'index')""",
    "postgresql": """
        SELECT 'column', attrelid::regclass || '.' || attname,
            format_type(atttypid, atttypmod) || ' ' || attnotnull || ' ' || attcollation::regcollation
        FROM pg_attribute
        WHERE attnum > 0 AND attrelid IN
            (SELECT oid FROM pg_class
             WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace)
        UNION ALL SELECT 'constraint', conname, pg_get_constraintdef(oid) FROM pg_constraint
        WHERE connamespace = current_schema()::regnamespace
        UNION ALL SELECT 'index', indexname, indexdef FROM pg_indexes
        WHERE schemaname = current_schema()""",
}


def catalogue(url: str) -> set[tuple[str, ...]]:
    """What a database says of its tables; Alembic's comparison knows neither WHERE nor COLLATE."""
    with ordinary(url) as stranger:
        rows = stranger.execute(CATALOGUE[make_url(url).get_backend_name()]).fetchall()
    found = {tuple(" ".join(str(word).split()) for word in row) for row in rows}
    return {row for row in found if not re.search("alembic_version|people_version", row[1])}


def test_migrations_make_these_tables_to_the_letter(database_url: str) -> None:
    with opened(database_url):
        by_migrations = catalogue(database_url)
    assert by_migrations == made_by_the_code(database_url, tables)


def test_migrations_make_the_tables_of_people_to_the_letter(database_url: str) -> None:
    open_store(database_url).close()
    by_migrations = catalogue(database_url)
    assert by_migrations == made_by_the_code(database_url, people_tables)


def made_by_the_code(url: str, wanted: MetaData) -> set[tuple[str, ...]]:
    """What a database says of tables that are made anew without any migration."""
    engine = open_engine(url)
    wanted.drop_all(engine)
    assert catalogue(url) == set()
    wanted.create_all(engine)
    engine.dispose()
    found = catalogue(url)
    assert found
    return found


def test_schemas_that_were_published_never_change() -> None:
    published = json.loads(schema_digests.DIGESTS.read_text(encoding="utf-8"))
    found = schema_digests.digests()
    changed = [name for name, digest in published.items() if found.get(name) != digest]
    new = sorted(found.keys() - published.keys())
    assert not changed, (
        f"{', '.join(changed)} changed or went away, but what is recorded was recorded under it. Put "
        "it back as it was, and make the change in a file of the next version (….v2.json) beside it."
    )
    assert not new, (
        f"{', '.join(new)} is new. Run `python tests/schema_digests.py` to add its digest; from "
        "then on it cannot be changed."
    )


def second(data: dict[str, Any]) -> dict[str, Any]:
    """An upgrade as a next version may need: a field gets another name."""
    return {"by" if name == "channel" else name: value for name, value in data.items()}


def third(data: dict[str, Any]) -> dict[str, Any]:
    return data | {"urgent": False}


def test_an_event_of_an_old_version_reads_as_the_newest(journal: Journal) -> None:
    write_down(journal, office(), received(1))
    upgrades = {("application.received", 1): second, ("application.received", 2): third}
    other, mine = journal.select_notifications(None, 10)
    old = decode(mine.state, mine.id, mine.originator_version)
    new = decode(mine.state, mine.id, mine.originator_version, upgrades)
    assert (old.version, old.data) == (1, received(1)["data"])
    assert new.version == 3
    assert new.data == {"applicant": "natural-person", "by": "online", "urgent": False}
    assert (new.position, new.sequence, new.id) == (old.position, old.sequence, old.id)
    assert decode(other.state, 1, 1, upgrades) == decode(other.state, 1, 1)
    assert journal.select_notifications(None, 10) == [other, mine], "what is stored stays"


def test_what_was_recorded_before_an_upgrade_is_known_again_after_it(
    journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An office imports last year's file a second time."""
    case = received(1, id="case-1")
    write_down(journal, office(), case)
    monkeypatch.setitem(UPGRADES, ("application.received", 1), third)
    for again in case, case | {"version": 1}:
        (receipt,) = record(journal, HOUSE.definitions, [again], "clerk")
        assert (receipt.again, receipt.event.position) == (True, 2)


def test_who_opens_a_file_that_another_is_just_making_a_ledger_of_waits(sqlite_url: str) -> None:
    """SQLite does not heed its own timeout while it turns a file to write-ahead logging."""

    def begin() -> list[int]:
        with opened(sqlite_url) as journal:
            return write_down(journal, office())

    with ordinary(sqlite_url) as other, ThreadPoolExecutor(1) as elsewhere:
        other.execute("BEGIN IMMEDIATE")
        beginning = elsewhere.submit(begin)
        time.sleep(0.5)
        other.execute("COMMIT")
        assert beginning.result(timeout=30) == [1]
