"""Who may do what: roles at organs, signing in, links, tokens and the access log, on every database."""

import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.doors.web import serving
from ledger.rooms.storage.people import accesses
from ledger.rooms.storage.people.store import open_store
from ledger.verbs.accounts import (
    BY_NAME,
    IDLE,
    KEPT_DAYS,
    LONGEST,
    WINDOW,
    Accounts,
    open_people,
)
from ledger.verbs.opening import open_journal
from ledger.verbs.people import administering, api_tokens, links
from ledger.verbs.people.secret_words import DAY, MINUTE, now
from ledger.words.persons import ALLOWED, FROM_ABOVE, Grant, Permission, Person, Role, may
from ledger.words.problems import Refusal

HOME = "192.0.2.7"
SECRET = "four unrelated words"


class Clock:
    """A clock that a story moves on."""

    def __init__(self) -> None:
        self.at = now()

    def __call__(self) -> int:
        return self.at


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def accounts(database_url: str, clock: Clock) -> Iterator[Accounts]:
    made = Accounts(open_store(database_url), clock=clock)
    yield made
    made.close()


def clerk(accounts: Accounts, name: str = "wang", *grants: str) -> str:
    """A user who has set a password by their link."""
    given = [administering.read_grant(each) for each in grants or ("clerk@office",)]
    administering.add(accounts, name, given)
    links.use_link(accounts, links.link(accounts, name), SECRET)
    return name


def code(refused: pytest.ExceptionInfo[Refusal]) -> str:
    return refused.value.problems[0].code


grants = st.builds(Grant, st.sampled_from(Role), st.sampled_from([None, "city", "bureau", "town"]))
ABOVE = {"city": (), "bureau": ("city",), "town": ("bureau", "city"), "elsewhere": ()}


@given(st.lists(grants, max_size=4), st.sampled_from(Permission), st.sampled_from(sorted(ABOVE)))
def test_a_person_may_what_one_of_their_roles_says_at_that_organ_and_nothing_else(
    held: list[Grant], permission: Permission, organ: str
) -> None:
    person = Person("someone", tuple(held))
    places = (organ, *ABOVE[organ]) if permission in FROM_ABOVE else (organ,)
    expected = any(
        permission in ALLOWED[grant.role] and grant.organ in (None, *places) for grant in held
    )
    assert may(person, permission, organ, ABOVE[organ]) == (
        expected or permission == Permission.PUBLIC
    )


@given(st.lists(grants, max_size=3), grants, st.sampled_from(Permission))
def test_another_role_never_takes_anything_away(
    held: list[Grant], more: Grant, permission: Permission
) -> None:
    before, after = Person("a", tuple(held)), Person("a", (*held, more))
    for organ, above in ABOVE.items():
        assert may(before, permission, organ, above) <= may(after, permission, organ, above)


@given(grants)
def test_nobody_changes_anything_at_another_organ_than_their_own(held: Grant) -> None:
    person = Person("a", (held,))
    for permission in set(Permission) - FROM_ABOVE - {Permission.PUBLIC}:
        for organ, above in ABOVE.items():
            if held.organ not in (None, organ):
                assert not may(person, permission, organ, above)


def test_whoever_is_not_signed_in_sees_what_is_public_and_nothing_more() -> None:
    assert [each for each in Permission if may(None, each, "office")] == [Permission.PUBLIC]


def test_a_clerk_signs_in_works_and_signs_out(accounts: Accounts) -> None:
    clerk(accounts)
    opened = accounts.sign_in("wang", SECRET, HOME)
    entered = accounts.person_of_session(opened.cookie)
    assert entered is not None
    assert entered.person == Person("wang", (Grant(Role.CLERK, "office"),))
    assert entered.csrf == opened.csrf
    accounts.sign_out(opened.cookie)
    assert accounts.person_of_session(opened.cookie) is None


def test_a_cookie_that_was_never_given_opens_nothing(accounts: Accounts) -> None:
    for cookie in ("", "x", "\ud800", "é" * 10_000):
        assert accounts.person_of_session(cookie) is None
        assert accounts.person_of_token(cookie) is None


def test_a_session_ends_when_it_is_not_used_and_after_a_working_day_in_any_case(
    accounts: Accounts, clock: Clock
) -> None:
    clerk(accounts)
    idle = accounts.sign_in("wang", SECRET, HOME)
    clock.at += IDLE
    assert accounts.person_of_session(idle.cookie) is None
    used, began = accounts.sign_in("wang", SECRET, HOME), clock.at
    while clock.at + 20 * MINUTE < began + LONGEST:
        clock.at += 20 * MINUTE
        assert accounts.person_of_session(used.cookie) is not None
    clock.at = began + LONGEST
    assert accounts.person_of_session(used.cookie) is None


def test_signing_in_ends_the_session_that_was_there_before(accounts: Accounts) -> None:
    clerk(accounts)
    first = accounts.sign_in("wang", SECRET, HOME)
    second = accounts.sign_in("wang", SECRET, HOME, first.cookie)
    assert first.cookie != second.cookie
    assert accounts.person_of_session(first.cookie) is None
    assert accounts.person_of_session(second.cookie) is not None


def test_an_unknown_name_and_a_wrong_password_get_the_same_answer(accounts: Accounts) -> None:
    clerk(accounts)
    administering.add(accounts, "new", [])
    administering.disable(accounts, clerk(accounts, "left"))
    told = set()
    for name, password in (
        ("wang", "wrong"),
        ("nobody", SECRET),
        ("new", SECRET),
        ("left", SECRET),
    ):
        with pytest.raises(Refusal) as refused:
            accounts.sign_in(name, password, HOME)
        told.add(str(refused.value))
    assert len(told) == 1


def test_an_unknown_name_takes_as_long_as_a_wrong_password(accounts: Accounts) -> None:
    clerk(accounts)

    def seconds(name: str) -> float:
        began = time.perf_counter()
        with pytest.raises(Refusal):
            accounts.sign_in(name, "wrong password", HOME)
        return time.perf_counter() - began

    seconds("nobody")  # the first makes the hash that the others are compared with
    known, unknown = (min(seconds(name) for _ in range(4)) for name in ("wang", "nobody"))
    assert 0.5 < known / unknown < 2


def test_after_too_many_failures_a_name_waits_even_with_the_right_password(
    accounts: Accounts, clock: Clock
) -> None:
    clerk(accounts)
    for number in range(BY_NAME):
        with pytest.raises(Refusal):
            accounts.sign_in("WANG" if number % 2 else "wang", "wrong", f"192.0.2.{number}")
    with pytest.raises(Refusal) as refused:
        accounts.sign_in("wang", SECRET, HOME)
    assert code(refused) == "too-many-attempts"
    clock.at += WINDOW + 1
    assert accounts.sign_in("wang", SECRET, HOME)


def test_an_address_that_tries_many_names_waits_and_others_do_not(
    accounts: Accounts, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ledger.verbs.accounts.BY_ADDRESS", 5)
    clerk(accounts)
    for number in range(5):
        with pytest.raises(Refusal):
            accounts.sign_in(f"guess-{number}", "wrong", f"2001:db8::{number}")
    with pytest.raises(Refusal) as refused:
        accounts.sign_in("wang", SECRET, "2001:db8::ffff")
    assert code(refused) == "too-many-attempts"
    assert accounts.sign_in("wang", SECRET, "2001:db8:0:1::1")


def test_guesses_side_by_side_on_two_workers_count_together(
    accounts: Accounts, database_url: str, clock: Clock
) -> None:
    clerk(accounts)
    other = Accounts(open_store(database_url), clock=clock)
    told: list[str] = []

    def guess(worker: Accounts, number: int) -> None:
        try:
            worker.sign_in("wang", "wrong", f"192.0.2.{number}")
        except Refusal as refusal:
            told.append(refusal.problems[0].code)

    threads = [
        threading.Thread(target=guess, args=((accounts, other)[number % 2], number))
        for number in range(BY_NAME + 6)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    other.close()
    assert sorted(told) == ["sign-in-failed"] * BY_NAME + ["too-many-attempts"] * 6


def test_the_first_start_gives_one_link_to_the_first_administrator(
    accounts: Accounts, clock: Clock
) -> None:
    lost = links.first_link(accounts)
    secret = links.first_link(accounts)
    assert lost and secret and lost != secret
    assert links.name_of_link(accounts, lost) is None
    with pytest.raises(Refusal) as refused:
        links.use_link(accounts, secret, "short")
    assert code(refused) == "password-length"
    opened = links.use_link(accounts, secret, SECRET)
    entered = accounts.person_of_session(opened.cookie)
    assert entered and may(entered.person, Permission.ADMINISTER, "any-organ")
    with pytest.raises(Refusal) as refused:
        links.use_link(accounts, secret, "another long password")
    assert code(refused) == "link-over"
    assert links.first_link(accounts) is None
    assert accounts.sign_in(links.FIRST, SECRET, HOME)


def test_a_link_that_is_a_day_old_opens_nothing(accounts: Accounts, clock: Clock) -> None:
    secret = links.first_link(accounts)
    clock.at += DAY
    assert secret and links.name_of_link(accounts, secret) is None
    with pytest.raises(Refusal) as refused:
        links.use_link(accounts, secret, SECRET)
    assert code(refused) == "link-over"


def test_a_link_is_used_once_by_however_many_at_the_same_time(accounts: Accounts) -> None:
    secret = links.first_link(accounts) or ""
    entered = []

    def use(number: int) -> None:
        with suppress(Refusal):
            entered.append(links.use_link(accounts, secret, f"password number {number}"))

    threads = [threading.Thread(target=use, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(entered) == 1


def test_changing_the_password_ends_every_other_session(accounts: Accounts) -> None:
    clerk(accounts)
    elsewhere = accounts.sign_in("wang", SECRET, "192.0.2.99")
    here = accounts.sign_in("wang", SECRET, HOME)
    with pytest.raises(Refusal):
        links.change_password(accounts, here.cookie, "wrong", "quite another one", HOME)
    assert accounts.person_of_session(elsewhere.cookie)
    renewed = links.change_password(accounts, here.cookie, SECRET, "quite another one", HOME)
    assert accounts.person_of_session(elsewhere.cookie) is None
    assert accounts.person_of_session(here.cookie) is None
    assert accounts.person_of_session(renewed.cookie)
    with pytest.raises(Refusal):
        accounts.sign_in("wang", SECRET, HOME)


def test_a_weak_password_is_refused_with_its_reason(accounts: Accounts) -> None:
    secret = links.first_link(accounts) or ""
    for weak, why in (
        ("", "password-length"),
        ("x" * 300, "password-length"),
        ("aaaaaaaaaaaaaaaa", "password-weak"),
        ("the-admin-password", "password-weak"),
    ):
        with pytest.raises(Refusal) as refused:
            links.use_link(accounts, secret, weak)
        assert code(refused) == why


def test_a_disabled_user_is_out_at_once_with_their_tokens(accounts: Accounts) -> None:
    clerk(accounts)
    opened = accounts.sign_in("wang", SECRET, HOME)
    secret, _ = api_tokens.make(accounts, "wang", Grant(Role.CLERK, "office"))
    administering.disable(accounts, "wang")
    assert accounts.person_of_session(opened.cookie) is None
    assert accounts.person_of_token(secret) is None
    administering.disable(accounts, "wang", disabled=False)
    assert accounts.person_of_session(opened.cookie) is None
    assert accounts.person_of_token(secret) is not None


def test_a_token_acts_in_one_role_at_one_organ_until_its_day(
    accounts: Accounts, clock: Clock
) -> None:
    clerk(accounts, "wang", "clerk@office", "reviewer@office", "clerk@other")
    grant = Grant(Role.CLERK, "office")
    secret, token = api_tokens.make(accounts, "wang", grant, purpose="nightly", days=2)
    person = accounts.person_of_token(secret)
    assert person == Person("wang", (grant,), token=token.id)
    assert accounts.person_of_token(secret + "x") is None
    clock.at += 2 * DAY
    assert accounts.person_of_token(secret) is None


def test_a_token_ends_when_revoked_and_loses_what_its_user_loses(accounts: Accounts) -> None:
    clerk(accounts)
    grant = Grant(Role.CLERK, "office")
    secret, _ = api_tokens.make(accounts, "wang", grant)
    administering.revoke(accounts, "wang", [grant])
    person = accounts.person_of_token(secret)
    assert person is not None and person.grants == ()
    administering.grant(accounts, "wang", [grant])
    other, token = api_tokens.make(accounts, "wang", grant)
    api_tokens.revoke(accounts, token.id)
    assert accounts.person_of_token(other) is None
    assert accounts.person_of_token(secret) is not None


def test_nobody_makes_a_token_of_a_role_that_the_user_does_not_hold(accounts: Accounts) -> None:
    wang = Person(clerk(accounts), (Grant(Role.CLERK, "office"),))
    for grant in (Grant(Role.REVIEWER, "office"), Grant(Role.CLERK, "other"), Grant(Role.CLERK)):
        with pytest.raises(Refusal) as refused:
            api_tokens.make(accounts, "wang", grant, by=wang)
        assert code(refused) == "grant-not-held"


def test_an_administrator_of_one_organ_reaches_nobody_elsewhere(accounts: Accounts) -> None:
    here = Person(
        clerk(accounts, "li", "administrator@office"), (Grant(Role.ADMINISTRATOR, "office"),)
    )
    clerk(accounts, "wang", "clerk@office")
    clerk(accounts, "zhao", "clerk@office", "clerk@other")
    clerk(accounts, "chen", "clerk@other")
    administering.grant(accounts, "chen", [Grant(Role.REVIEWER, "office")], by=here)
    beyond = [
        lambda: administering.grant(accounts, "wang", [Grant(Role.CLERK, "other")], here),
        lambda: administering.grant(accounts, "li", [Grant(Role.ADMINISTRATOR)], here),
        lambda: administering.revoke(accounts, "zhao", [Grant(Role.CLERK, "other")], here),
        lambda: administering.add(accounts, "new", [Grant(Role.CLERK)], by=here),
        lambda: administering.disable(accounts, "zhao", by=here),
        lambda: links.link(accounts, "zhao", here),
        lambda: administering.identify(accounts, "zhao", "https://id", "1", here),
        lambda: administering.describe(accounts, "chen", "", "li@example.org", here),
        lambda: api_tokens.make(accounts, "chen", Grant(Role.CLERK, "other"), by=here),
    ]
    for act in beyond:
        with pytest.raises(Refusal) as refused:
            act()  # type: ignore[no-untyped-call]
        assert code(refused) == "beyond-your-organs"
    administering.disable(accounts, "wang", by=here)
    assert {user.name for user in administering.users_for(accounts, here)} == {
        "chen",
        "li",
        "wang",
        "zhao",
    }


def test_an_administrator_makes_tokens_for_programs_and_not_in_the_name_of_people(
    accounts: Accounts,
) -> None:
    chief = Person("chief", (Grant(Role.ADMINISTRATOR),))
    grant = Grant(Role.CLERK, "office")
    clerk(accounts)
    administering.add(accounts, "importer", [grant], by=chief)
    assert api_tokens.make(accounts, "importer", grant, by=chief)
    with pytest.raises(Refusal) as refused:
        api_tokens.make(accounts, "wang", grant, by=chief)
    assert code(refused) == "token-of-a-person"


def test_the_access_log_keeps_what_was_read_until_it_is_old(
    database_url: str, clock: Clock
) -> None:
    accounts = Accounts(open_store(database_url), clock=clock, kept_days=30)
    wang = Person("wang", (), token="t1")
    accounts.log(wang, "read", "/reports/office/2020", HOME, "office")
    accounts.flush()
    clock.at += 31 * DAY
    accounts.log(wang, "export", "/reports/other/2020.docx", HOME, "other")
    accounts.close()
    again = open_store(database_url)
    with again.reading() as connection:
        lines = [line for _, line in accesses.newest(connection, None)]
        assert [(line.user_name, line.token, line.action, line.organ) for line in lines] == [
            ("wang", "t1", "export", "other")
        ]
        assert accesses.newest(connection, {"office"}) == []
    again.close()


def test_a_command_deletes_nothing_that_the_server_keeps(
    database_url: str, accounts: Accounts, clock: Clock
) -> None:
    accounts.log(None, "read", "/old", HOME)
    accounts.flush()
    clock.at += 10 * KEPT_DAYS * DAY
    accounts.log(None, "read", "/new", HOME)
    accounts.flush()
    with accounts.store.reading() as connection:
        assert [line.what for _, line in accesses.newest(connection, None)] == ["/new", "/old"]


def test_the_server_keeps_the_access_log_as_long_as_it_is_told(
    sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = f"sqlite:///{tmp_path / 'people.db'}"
    old, young = now() - 20 * DAY, now() - 5 * DAY
    before = Accounts(open_store(people), clock=lambda: old)
    before.log(None, "read", "/old", HOME)
    before.flush()
    before.now = lambda: young
    before.log(None, "read", "/young", HOME)
    before.close()
    open_journal(sqlite_url, create=True).engine.dispose()
    for name, value in (
        (serving.DATABASE, sqlite_url),
        (serving.PEOPLE, people),
        (serving.KEPT, "10"),
    ):
        monkeypatch.setenv(name, value)
    place = serving.app().state.place
    place.accounts.log(None, "read", "/now", HOME)
    place.accounts.flush()
    with place.accounts.store.reading() as connection:
        told = [line.what for _, line in accesses.newest(connection, None)]
    assert told == ["/now", "/young"]
    place.accounts.close()
    place.journal.engine.dispose()


def test_the_access_log_is_written_within_moments_by_itself(accounts: Accounts) -> None:
    accounts.log(None, "read", "/x", HOME)
    until = time.monotonic() + 10
    found: list[object] = []
    while not found and time.monotonic() < until:
        time.sleep(0.05)
        with accounts.store.reading() as connection:
            found = list(accesses.newest(connection, None))
    assert len(found) == 1


def test_no_secret_is_in_the_database(tmp_path: Path) -> None:
    path = tmp_path / "people.db"
    accounts = open_people(f"sqlite:///{path}")
    secret = links.first_link(accounts) or ""
    opened = links.use_link(accounts, secret, SECRET)
    token, _ = api_tokens.make(accounts, "admin", Grant(Role.ADMINISTRATOR))
    assert {each.stat().st_mode & 0o077 for each in tmp_path.iterdir()} == {0}
    accounts.close()
    kept = b"".join(each.read_bytes() for each in tmp_path.iterdir())
    for word in (secret, opened.cookie, opened.csrf, token, SECRET):
        assert word.encode() not in kept


def test_people_and_journal_share_a_postgresql_database_and_nothing_else(
    fresh_postgres_url: str,
) -> None:
    open_people(fresh_postgres_url).close()
    open_journal(fresh_postgres_url, create=True)
    again = open_people(fresh_postgres_url)
    assert links.first_link(again)
    again.close()


def test_a_database_of_a_newer_software_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "people.db"
    open_people(f"sqlite:///{path}").close()
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE people_version SET version_num = '9999'")
    with pytest.raises(Refusal) as refused:
        open_people(f"sqlite:///{path}")
    assert code(refused) == "newer-ledger"
