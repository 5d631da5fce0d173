"""Names and contacts of applicants: kept apart and sealed, seen by few, and erased for good."""

import json
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine, select, text

from ledger.drawing.documents import trace_document
from ledger.rooms.storage.journal import Journal
from ledger.rooms.storage.people import accesses, applicants
from ledger.rooms.storage.people.keys import KeyFile
from ledger.rooms.storage.tables import facts
from ledger.verbs.accounts import Accounts, open_people
from ledger.verbs.opening import House, open_journal
from ledger.verbs.people.vault import ERASED, Applicant, Vault, master_key, read_applicant
from ledger.verbs.recording import record
from ledger.verbs.reporting import Question, report
from ledger.verbs.tracing import trace
from ledger.verbs.verifying import verify
from ledger.words.persons import Grant, Person, Role
from ledger.words.problems import Refusal
from ledger.words.years import year

HOUSE = House()
MASTER = bytes(range(32))
ZHANG = Applicant(name="张三", phone="13800000000", address="某路1号")


def person(*grants: tuple[Role, str | None]) -> Person:
    return Person("wang", tuple(Grant(role, organ) for role, organ in grants))


CLERK = person((Role.CLERK, "office"))


def event(type_: str, organ: str, subject: str, on: str, **data: Any) -> dict[str, Any]:
    return {"type": type_, "organ": organ, "subject": subject, "occurred_on": on, "data": data}


def registered(organ: str) -> dict[str, Any]:
    return event("organ.registered", organ, f"organ:{organ}", "2019-01-01", name=organ)


def received(number: str, organ: str = "office", on: str = "2020-03-05") -> dict[str, Any]:
    kind = {"applicant": "natural-person", "channel": "online"}
    return event("application.received", organ, f"application:{number}", on, **kind)


@pytest.fixture
def journal(sqlite_url: str) -> Iterator[Journal]:
    made = open_journal(sqlite_url, create=True)
    begun = [registered("office"), registered("other"), received("1"), received("2")]
    record(made, HOUSE.definitions, begun, "clerk")
    yield made
    made.engine.dispose()


@pytest.fixture
def accounts(database_url: str, tmp_path: Path) -> Iterator[Accounts]:
    url = database_url if "postgresql" in database_url else f"sqlite:///{tmp_path}/people.db"
    made = open_people(url)
    yield made
    made.close()


@pytest.fixture
def keys(tmp_path: Path) -> Iterator[KeyFile]:
    made = KeyFile(tmp_path / "keys.db")
    yield made
    made.close()


@pytest.fixture
def vault(journal: Journal, accounts: Accounts, keys: KeyFile) -> Vault:
    return Vault(journal, accounts, keys, MASTER)


def code(refused: pytest.ExceptionInfo[Refusal]) -> str:
    return refused.value.problems[0].code


def test_an_office_keeps_an_applicant_and_reads_it_again(vault: Vault) -> None:
    assert vault.show("office", "application:1", CLERK) is None
    vault.keep("office", "application:1", ZHANG, CLERK)
    assert vault.show("office", "application:1", CLERK) == ZHANG
    vault.keep("office", "application:1@office", Applicant(name="李四"), CLERK)
    assert vault.show("office", "application:1", CLERK) == Applicant(name="李四")
    assert vault.show("office", "application:2", CLERK) is None


@pytest.mark.parametrize(
    "other",
    [
        person(),
        person((Role.CLERK, "other")),
        person((Role.ADMINISTRATOR, None)),
        person((Role.AUDITOR, "office"), (Role.PUBLISHER, "office")),
    ],
)
def test_nobody_else_sees_changes_or_erases_it(vault: Vault, other: Person) -> None:
    vault.keep("office", "application:1", ZHANG, CLERK)
    for act in (
        lambda: vault.show("office", "application:1", other),
        lambda: vault.keep("office", "application:1", Applicant(name="x"), other),
        lambda: vault.erase(HOUSE.definitions, "office", "application:1", other),
    ):
        with pytest.raises(Refusal) as refused:
            act()
        assert code(refused) == "not-permitted"
    assert vault.show("office", "application:1", CLERK) == ZHANG


def test_an_office_reaches_no_application_that_it_never_had(vault: Vault) -> None:
    other = person((Role.CLERK, "other"))
    for subject in ("application:1", "application:1@office", "organ:office", "application:9"):
        with pytest.raises(Refusal) as refused:
            vault.keep("other", subject, ZHANG, other)
        assert code(refused) == "no-such-subject"


def test_who_looked_at_an_applicant_is_in_the_access_log(vault: Vault, accounts: Accounts) -> None:
    vault.keep("office", "application:1", ZHANG, CLERK, "192.0.2.1")
    vault.show("office", "application:1", CLERK, "192.0.2.1")
    accounts.flush()
    with accounts.store.reading() as connection:
        lines = [line for _, line in accesses.newest(connection, {"office"})]
    assert [(line.user_name, line.action, line.what) for line in lines] == [
        ("wang", "personal", "application:1@office show"),
        ("wang", "personal", "application:1@office set"),
    ]
    assert not any(ZHANG.name in str(line) for line in lines)


def test_nothing_readable_is_kept_anywhere(
    vault: Vault, accounts: Accounts, tmp_path: Path
) -> None:
    vault.keep("office", "application:1", ZHANG, CLERK)
    accounts.flush()
    kept = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    with accounts.store.reading() as connection:
        sealed = applicants.find(connection, "office", "application:1@office")
    assert sealed
    for told in ("张三", "13800000000", "某路1号"):
        assert told.encode() not in kept + sealed[1]
        assert json.dumps(told).strip('"').encode() not in kept + sealed[1]


def test_a_ciphertext_moved_to_another_subject_does_not_open(
    vault: Vault, accounts: Accounts
) -> None:
    vault.keep("office", "application:1", ZHANG, CLERK)
    with accounts.store.writing() as connection:
        sealed = applicants.find(connection, "office", "application:1@office")
        assert sealed
        applicants.put(connection, "office", "application:2@office", sealed[0], sealed[1])
    with pytest.raises(Refusal) as refused:
        vault.show("office", "application:2", CLERK)
    assert code(refused) == "vault-unreadable"


def test_another_master_key_opens_nothing(
    vault: Vault, journal: Journal, accounts: Accounts, keys: KeyFile
) -> None:
    vault.keep("office", "application:1", ZHANG, CLERK)
    with pytest.raises(Refusal) as refused:
        Vault(journal, accounts, keys, bytes(32)).show("office", "application:1", CLERK)
    assert code(refused) == "vault-unreadable"


def test_an_erased_applicant_is_gone_from_every_byte_and_the_journal_says_so(
    vault: Vault, journal: Journal, accounts: Accounts, tmp_path: Path
) -> None:
    vault.keep("office", "application:1", ZHANG, CLERK)
    vault.keep("office", "application:2", ZHANG, CLERK)
    with accounts.store.reading() as connection:
        sealed = applicants.find(connection, "office", "application:1@office")
    assert sealed
    with create_engine(f"sqlite:///{tmp_path / 'keys.db'}").connect() as connection:
        query = text("SELECT wrapped FROM keys WHERE id = :id")
        wrapped = connection.execute(query, {"id": sealed[0]}).scalar_one()
    erased = vault.erase(HOUSE.definitions, "office", "application:1", CLERK)
    assert (erased.type, erased.data) == (ERASED, {"kept_by": "office"})
    assert erased.recorded_by == "wang"
    left = b"".join(path.read_bytes() for path in tmp_path.glob("keys.db*"))
    assert wrapped not in left and sealed[0] not in left
    assert vault.show("office", "application:1", CLERK) is None
    assert vault.show("office", "application:2", CLERK) == ZHANG
    with pytest.raises(Refusal) as refused:
        vault.erase(HOUSE.definitions, "office", "application:1", CLERK)
    assert code(refused) == "nothing-kept"
    assert list(verify(journal)) == []


def test_replacing_an_applicant_destroys_the_key_of_the_old_one(
    vault: Vault, accounts: Accounts, keys: KeyFile
) -> None:
    vault.keep("office", "application:1", ZHANG, CLERK)
    with accounts.store.reading() as connection:
        before = applicants.find(connection, "office", "application:1@office")
    vault.keep("office", "application:1", Applicant(name="李四"), CLERK)
    assert before and keys.find(before[0]) is None


def test_an_erasure_that_was_cut_short_is_finished_by_doing_it_again(
    vault: Vault, accounts: Accounts, keys: KeyFile, journal: Journal
) -> None:
    vault.keep("office", "application:1", ZHANG, CLERK)
    with accounts.store.writing() as connection:  # as it stands when the power fails in between
        applicants.erasing(connection, "office", "application:1@office", "erased-earlier")
    keys.destroy("office", "application:1@office")
    assert vault.show("office", "application:1", CLERK) is None
    with pytest.raises(Refusal) as refused:
        vault.keep("office", "application:1", ZHANG, CLERK)
    assert code(refused) == "erasure-unfinished"
    assert vault.erase(HOUSE.definitions, "office", "application:1", CLERK).id == "erased-earlier"
    vault.keep("office", "application:1", ZHANG, CLERK)


def test_an_office_that_passed_the_case_on_still_erases_what_it_kept(
    vault: Vault, journal: Journal
) -> None:
    vault.keep("office", "application:1", ZHANG, CLERK)
    moved = event("application.transferred", "office", "application:1", "2020-04-01", to="other")
    record(journal, HOUSE.definitions, [moved], "clerk")
    there = person((Role.CLERK, "other"))
    vault.keep("other", "application:1@office", Applicant(name="李四"), there)
    erased = vault.erase(HOUSE.definitions, "office", "application:1", CLERK)
    assert (erased.organ, erased.data) == ("other", {"kept_by": "office"})
    assert vault.show("other", "application:1@office", there) == Applicant(name="李四")


def test_an_erasure_is_told_by_the_vault_alone(journal: Journal) -> None:
    claimed = event(ERASED, "office", "application:1", "2020-04-01", kept_by="office")
    with pytest.raises(Refusal):
        record(journal, HOUSE.definitions, [claimed], "clerk")


def test_the_master_key_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "key"
    first = master_key(None, path)
    assert first == master_key(None, path) == master_key(path.read_text(), tmp_path / "no")
    assert path.stat().st_mode & 0o077 == 0
    with pytest.raises(Refusal) as refused:
        master_key("c2hvcnQ=", path)
    assert code(refused) == "not-a-vault-key"


def test_what_is_no_field_of_an_applicant_is_refused() -> None:
    for told in ({"idcard": "1"}, {}, {"name": ""}):
        with pytest.raises(Refusal):
            read_applicant(told)


CASES = st.lists(
    st.tuples(st.sampled_from(["pending", "decided", "withdrawn"]), st.booleans()),
    min_size=1,
    max_size=4,
)


@settings(max_examples=8, suppress_health_check=list(HealthCheck), deadline=None)
@given(CASES)
def test_no_fact_figure_or_trace_changes_by_an_erasure(cases: list[tuple[str, bool]]) -> None:
    with TemporaryDirectory() as folder:
        journal = open_journal(f"sqlite:///{folder}/ledger.db", create=True)
        accounts, keys = open_people(f"sqlite:///{folder}/p.db"), KeyFile(Path(folder, "k.db"))
        vault = Vault(journal, accounts, keys, MASTER)
        told = [registered("office")]
        for number, (end, _) in enumerate(cases):
            told.append(received(str(number)))
            if end == "decided":
                subject = f"application:{number}"
                outcome = {"outcome": "granted"}
                told.append(
                    event("application.decided", "office", subject, "2020-04-01", **outcome)
                )
            elif end == "withdrawn":
                subject = f"application:{number}"
                told.append(event("application.withdrawn", "office", subject, "2020-04-01"))
        record(journal, HOUSE.definitions, told, "clerk")
        before = seen(journal)
        for number, (_, erased) in enumerate(cases):
            vault.keep("office", f"application:{number}", ZHANG, CLERK)
            if erased:
                vault.erase(HOUSE.definitions, "office", f"application:{number}", CLERK)
        assert seen(journal) == before
        assert list(verify(journal)) == []
        keys.close()
        accounts.close()
        journal.engine.dispose()


def seen(journal: Journal) -> list[Any]:
    """The stored facts, every figure of three years, and what is behind those of applications."""
    with journal.reading() as connection:
        found: list[Any] = [connection.execute(select(facts)).all()]
        for number in (2019, 2020, 2021):
            question = Question(year(number), "office")
            made = report(connection, HOUSE.editions, question)
            cells = {cell.figure.address: cell.value for cell in made.cells.values()}
            found.append(cells)
            for address, value in cells.items():
                if value and address.startswith("applications/"):
                    told = trace(connection, made.setting, address)
                    document = trace_document(told, HOUSE.definitions)
                    found.append((document["facts"], document["events"]))
    return found
