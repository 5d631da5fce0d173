"""Coming in and going out at the pages, as people and their browsers do it."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx2
import oidc_provider_mock
import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from ledger.doors.web.app import create_app
from ledger.doors.web.people import inside
from ledger.doors.web.place import SESSION, Place
from ledger.verbs.accounts import BY_NAME, Accounts, open_people
from ledger.verbs.opening import House, open_journal
from ledger.verbs.people import administering, api_tokens, links, openid
from ledger.verbs.people.administering import read_grant
from ledger.words.persons import Grant, Role

SECRET = "four unrelated words"


@pytest.fixture
def accounts(tmp_path: Path) -> Iterator[Accounts]:
    made = open_people(f"sqlite:///{tmp_path / 'people.db'}")
    yield made
    made.close()


@pytest.fixture
def browser(
    accounts: Accounts, sqlite_url: str, tmp_path: Path
) -> Iterator[Callable[[], TestClient]]:
    """Browsers of several people, each with cookies of its own."""
    place = Place(open_journal(sqlite_url, create=True), accounts, House(), tmp_path / "keys")
    app = create_app(place)

    def new() -> TestClient:
        return TestClient(app, headers={"accept-language": "en"}, follow_redirects=False)

    yield new
    place.journal.engine.dispose()


@pytest.fixture
def wang(accounts: Accounts) -> str:
    return member(accounts, "wang", "clerk@office")


def member(accounts: Accounts, name: str, *grants: str) -> str:
    administering.add(accounts, name, map(read_grant, grants))
    links.use_link(accounts, links.link(accounts, name), SECRET)
    return name


def sign_in(client: TestClient, name: str, password: str = SECRET, **more: str) -> httpx2.Response:
    return client.post("/sign-in", data={"name": name, "password": password, **more})


def csrf(client: TestClient, page: str = "/account") -> str:
    found = re.search(r'name="csrf" value="([^"]+)"', client.get(page).text)
    assert found
    return found[1]


def test_a_clerk_signs_in_reaches_the_page_they_wanted_and_signs_out(
    browser: Callable[[], TestClient], wang: str
) -> None:
    client = browser()
    asked = client.get("/account?lang=en")
    assert asked.status_code == 303
    assert asked.headers["location"] == "/sign-in?next=/account%3Flang%3Den"
    form = client.get(asked.headers["location"])
    assert 'name="next" value="/account?lang=en"' in form.text
    entered = sign_in(client, wang, next="/account?lang=en")
    assert (entered.status_code, entered.headers["location"]) == (303, "/account?lang=en")
    cookie = entered.headers["set-cookie"].lower()
    assert "httponly" in cookie and "samesite=lax" in cookie
    assert "Clerk" in client.get("/account").text
    assert client.post("/sign-out", data={"csrf": csrf(client)}).status_code == 303
    assert client.get("/account").status_code == 303


def test_the_cookie_stays_on_https_where_the_pages_are_on_https(
    browser: Callable[[], TestClient], wang: str
) -> None:
    client = browser()
    client.base_url = "https://testserver"
    assert "secure" in sign_in(client, wang).headers["set-cookie"].lower()


def test_a_wrong_password_and_an_unknown_name_look_the_same(
    browser: Callable[[], TestClient], wang: str
) -> None:
    wrong, unknown = sign_in(browser(), wang, "wrong"), sign_in(browser(), "nobody", "wrong")
    assert wrong.status_code == unknown.status_code == 403
    assert wrong.text == unknown.text
    assert "The name or the password is not right" in wrong.text
    assert "set-cookie" not in wrong.headers


def test_whoever_guesses_is_told_to_wait(browser: Callable[[], TestClient], wang: str) -> None:
    for _ in range(BY_NAME):
        assert sign_in(browser(), wang, "wrong").status_code == 403
    waiting = sign_in(browser(), wang)
    assert waiting.status_code == 429
    assert "Too many sign-ins failed" in waiting.text


def test_a_session_known_to_another_before_signing_in_is_worth_nothing_after(
    browser: Callable[[], TestClient], wang: str
) -> None:
    client = browser()
    client.cookies.set(SESSION, "chosen-by-the-attacker")
    sign_in(client, wang)
    attacker = browser()
    attacker.cookies.set(SESSION, "chosen-by-the-attacker")
    assert attacker.get("/account").status_code == 303


@pytest.mark.parametrize(
    ("grant", "first"),
    [
        ("clerk@office", "/desk"),
        ("reviewer@*", "/desk"),
        ("publisher@office", "/reports"),
        ("auditor@*", "/reports"),
        ("administrator@office", "/reports"),
    ],
)
def test_without_a_page_in_mind_one_comes_to_the_desk_where_something_waits_there(
    browser: Callable[[], TestClient], accounts: Accounts, grant: str, first: str
) -> None:
    client = browser()
    entered = sign_in(client, member(accounts, "zhou", grant))
    assert client.get(entered.headers["location"]).headers["location"] == first
    client.cookies.clear()
    assert client.get("/").headers["location"] == "/reports"


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "javascript:alert(1)",
        "/\t/evil.example",
        "http:evil.example",
        "",
    ],
)
def test_signing_in_never_leads_to_another_address(
    elsewhere: str, browser: Callable[[], TestClient], wang: str
) -> None:
    assert sign_in(browser(), wang, next=elsewhere).headers["location"] == "/"


@given(st.text(alphabet="/\\:@#?.ab\t\n\r %", max_size=12))
def test_whatever_is_wanted_the_way_back_stays_on_this_server(wanted: str) -> None:
    way = inside(wanted)
    assert way[0] == "/" and way[1:2] not in ("/", "\\")
    assert not urlsplit(way).netloc


def test_a_form_of_another_site_is_refused(browser: Callable[[], TestClient], wang: str) -> None:
    client = browser()
    data = {"name": wang, "password": SECRET}
    for headers in ({"sec-fetch-site": "cross-site"}, {"origin": "https://evil.example"}):
        assert client.post("/sign-in", data=data, headers=headers).status_code == 403
    sign_in(client, wang)
    for path in ("/sign-out", "/account/password", "/account/tokens", "/account/tokens/revoke"):
        for word in ("", "0" * 64):
            assert client.post(path, data={"csrf": word}).status_code == 403
    assert client.get("/account").status_code == 200


def test_the_first_administrator_enters_by_the_link_that_the_terminal_showed(
    browser: Callable[[], TestClient], accounts: Accounts
) -> None:
    secret = links.first_link(accounts) or ""
    assert links.path_of(secret) == f"/enter#{secret}"
    client = browser()
    form = {"code": f"http://testserver/enter#{secret}", "password": SECRET, "again": SECRET}
    differs = client.post("/enter", data=form | {"again": "something else"})
    assert differs.status_code == 422 and "The two passwords differ" in differs.text
    assert client.post("/enter", data=form).status_code == 303
    assert "Users" in client.get("/people").text
    again = browser().post("/enter", data=form)
    assert again.status_code == 422 and "was used or has expired" in again.text


def test_one_changes_ones_own_password(browser: Callable[[], TestClient], wang: str) -> None:
    client, elsewhere = browser(), browser()
    sign_in(client, wang)
    sign_in(elsewhere, wang)
    form = {
        "csrf": csrf(client),
        "old": SECRET,
        "password": "quite another",
        "again": "quite another",
    }
    assert client.post("/account/password", data=form | {"old": "wrong"}).status_code == 422
    assert client.post("/account/password", data=form).status_code == 303
    assert client.get("/account").status_code == 200
    assert elsewhere.get("/account").status_code == 303
    assert sign_in(browser(), wang, "quite another").status_code == 303


def test_a_token_of_ones_own_is_shown_once_and_ends_when_revoked(
    browser: Callable[[], TestClient], accounts: Accounts, wang: str
) -> None:
    client = browser()
    sign_in(client, wang)
    form = {"csrf": csrf(client), "grant": "clerk@office", "purpose": "nightly", "days": "7"}
    page = client.post("/account/tokens", data=form)
    found = re.search(r"ldg_[\w-]+", page.text)
    assert found and page.headers["cache-control"] == "no-store"
    person = accounts.person_of_token(found[0])
    assert person and person.grants == (Grant(Role.CLERK, "office"),)
    assert found[0] not in client.get("/account").text
    assert (
        client.post("/account/tokens", data=form | {"grant": "reviewer@office"}).status_code == 422
    )
    client.post("/account/tokens/revoke", data={"csrf": form["csrf"], "id": person.token})
    assert accounts.person_of_token(found[0]) is None


def test_an_administrator_adds_a_user_and_hands_the_link_over(
    browser: Callable[[], TestClient], accounts: Accounts
) -> None:
    client = browser()
    sign_in(client, member(accounts, "chief", "administrator@office"))
    form = {"csrf": csrf(client), "name": "li", "display": "李", "grant": "clerk@office"}
    made = client.post("/people", data=form)
    found = re.search(r"http://testserver/enter#([\w-]+)", made.text)
    assert found
    entering = {"code": found[0], "password": SECRET, "again": SECRET}
    assert browser().post("/enter", data=entering).status_code == 303
    beyond = client.post("/people", data=form | {"name": "x", "grant": "clerk@elsewhere"})
    assert beyond.status_code == 422 and "beyond the organs" in beyond.text
    change = {"csrf": form["csrf"], "name": "li"}
    client.post("/people/change", data=change | {"act": "grant", "grant": "reviewer@office"})
    client.post("/people/change", data=change | {"act": "revoke", "grant": "clerk@office"})
    listed = {user["name"]: user for user in client.get("/people.json").json()["users"]}
    assert listed["li"]["grants"] == ["reviewer@office"]
    client.post("/people/change", data=change | {"act": "disable"})
    assert sign_in(browser(), "li").status_code == 403


def test_clerks_see_nothing_of_the_administration(
    browser: Callable[[], TestClient], wang: str
) -> None:
    client = browser()
    for page in ("/people", "/tokens", "/access-log"):
        assert client.get(page).status_code == 303
        assert client.get(f"{page}.json").status_code == 401
    sign_in(client, wang)
    word = csrf(client)
    for page in ("/people", "/people.json", "/tokens", "/tokens.json", "/access-log.json"):
        assert client.get(page).status_code == 403
    for page in ("/people", "/people/change", "/tokens", "/tokens/revoke"):
        assert client.post(page, data={"csrf": word}).status_code == 403


def test_the_access_log_shows_each_auditor_the_lines_of_their_organ(
    browser: Callable[[], TestClient], accounts: Accounts, wang: str
) -> None:
    entered = accounts.person_of_session(accounts.sign_in(wang, SECRET, "192.0.2.1").cookie)
    assert entered
    for organ in ("office", "elsewhere"):
        accounts.log(entered.person, "export", f"{organ}/2020/report.docx", "192.0.2.1", organ)
    here, all_ = browser(), browser()
    sign_in(here, member(accounts, "auditor", "auditor@office"))
    sign_in(all_, member(accounts, "chief", "administrator@*"))
    assert "office/2020/report.docx" in here.get("/access-log").text
    lines = here.get("/access-log.json").json()["accesses"]
    assert [(line["user"], line["organ"]) for line in lines] == [("wang", "office")]
    assert len(all_.get("/access-log.json").json()["accesses"]) == 2
    older = all_.get("/access-log.json", params={"before": lines[0]["number"]}).json()
    assert older == {"accesses": []}


def test_pages_of_the_entrance_carry_the_security_headers(
    browser: Callable[[], TestClient], wang: str
) -> None:
    client = browser()
    sign_in(client, wang)
    for page in ("/sign-in", "/enter", "/account"):
        answer = client.get(page)
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "style=" not in answer.text and "onclick" not in answer.text


@pytest.fixture
def provider(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A real provider of OpenID Connect at an address of this machine."""
    zhao = oidc_provider_mock.User(
        sub="zhao", claims={"email": "zhao@example.org", "email_verified": True}
    )
    sun = oidc_provider_mock.User(sub="sun", claims={"email": "zhao@example.org"})
    with oidc_provider_mock.run_server_in_thread(user_claims=[zhao, sun]) as server:
        issuer = f"http://localhost:{server.server_port}"
        monkeypatch.setenv(openid.ISSUER, issuer)
        monkeypatch.setenv(openid.CLIENT, "ledger")
        monkeypatch.setenv(openid.SECRET, "known to both")
        yield issuer


def vouched(client: TestClient, subject: str, wanted: str = "") -> str:
    """Goes to the provider, signs in there, and comes back with its answer: path and query."""
    away = client.get("/oidc", params={"next": wanted})
    assert away.status_code == 303
    asked = parse_qs(urlsplit(away.headers["location"]).query)
    assert asked["code_challenge_method"] == ["S256"] and asked["nonce"] and asked["state"]
    back = httpx2.post(away.headers["location"], data={"sub": subject}).headers["location"]
    assert back.startswith("http://testserver/oidc/return?")
    return back.removeprefix("http://testserver")


def test_whom_the_provider_vouches_for_enters_if_an_administrator_granted_it(
    browser: Callable[[], TestClient], accounts: Accounts, provider: str
) -> None:
    client = browser()
    assert 'href="/oidc?next=' in client.get("/sign-in").text
    stranger = client.get(vouched(client, "zhao"))
    assert stranger.status_code == 403
    assert f"ledger users NAME --identity {provider} zhao" in stranger.text
    assert administering.users_for(accounts) == []
    administering.add(accounts, "zhao.clerk", [Grant(Role.CLERK, "office")])
    administering.identify(accounts, "zhao.clerk", provider, "zhao")
    entered = client.get(vouched(client, "zhao", "/account"))
    assert (entered.status_code, entered.headers["location"]) == (303, "/account")
    assert "zhao.clerk" in client.get("/account").text
    administering.disable(accounts, "zhao.clerk")
    assert client.get(vouched(client, "zhao")).status_code == 403


def test_a_verified_e_mail_names_a_user_only_where_the_office_says_so(
    browser: Callable[[], TestClient],
    accounts: Accounts,
    provider: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    administering.add(accounts, "zhao", [Grant(Role.CLERK, "office")], email="Zhao@example.org")
    client = browser()
    assert client.get(vouched(client, "zhao")).status_code == 403
    monkeypatch.setenv(openid.BY_EMAIL, "1")
    assert client.get(vouched(client, "sun")).status_code == 403  # the same e-mail, not verified
    assert client.get(vouched(client, "zhao")).status_code == 303
    monkeypatch.delenv(openid.BY_EMAIL)
    assert client.get(vouched(client, "zhao")).status_code == 303  # the identity is known now


def test_an_answer_of_the_provider_serves_the_browser_that_asked_and_only_once(
    browser: Callable[[], TestClient], accounts: Accounts, provider: str
) -> None:
    administering.add(accounts, "zhao", [Grant(Role.CLERK, "office")])
    administering.identify(accounts, "zhao", provider, "zhao")
    victim, attacker = browser(), browser()
    answer = vouched(attacker, "zhao")
    assert victim.get(answer).status_code == 403
    vouched(victim, "zhao")
    assert victim.get(answer).status_code == 403  # another state than its own
    assert SESSION not in victim.cookies
    assert attacker.get(answer).status_code == 303
    assert attacker.get(answer).status_code == 403


def test_a_provider_that_is_away_or_refuses_is_told_without_any_secret(
    browser: Callable[[], TestClient], provider: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = browser()
    for told in ({"error": "access_denied"}, {"code": "made-up"}):
        asked = parse_qs(urlsplit(client.get("/oidc").headers["location"]).query)
        refused = client.get("/oidc/return", params={"state": asked["state"][0], **told})
        assert refused.status_code == 502
        assert "known to both" not in refused.text
    monkeypatch.setenv(openid.ISSUER, "http://localhost:1")
    away = client.get("/oidc")
    assert away.status_code == 502 and "failed" in away.text


def test_without_a_provider_there_is_no_such_way_in(browser: Callable[[], TestClient]) -> None:
    assert "/oidc" not in browser().get("/sign-in").text
    assert browser().get("/oidc").status_code == 404


def test_a_program_enters_by_its_token_and_makes_no_other(
    browser: Callable[[], TestClient], accounts: Accounts
) -> None:
    member(accounts, "chief", "administrator@*")
    secret, _ = api_tokens.make(accounts, "chief", Grant(Role.ADMINISTRATOR))
    client = browser()
    client.headers["authorization"] = f"Bearer {secret}"
    assert client.get("/people.json").status_code == 200
    assert client.post("/tokens", data={"name": "chief"}).status_code in (303, 401)
    client.headers["authorization"] = "Bearer wrong"
    assert client.get("/people.json").status_code == 401
