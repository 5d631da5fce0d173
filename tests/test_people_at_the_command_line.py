"""Users and tokens at the command line, as an operator and a program use it."""

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from ledger.verbs.accounts import open_people
from ledger.verbs.people import links

pytestmark = pytest.mark.slow  # each command is a process of its own

LEDGER = Path(__file__).parents[1] / ".venv/bin/ledger"
Ledger = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def ledger(sqlite_url: str, tmp_path: Path) -> Ledger:
    environment = {name: value for name, value in os.environ.items() if "LEDGER" not in name}

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [LEDGER, "--lang", "en", "--database", sqlite_url, *arguments],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
        )

    return run


def test_an_operator_appoints_a_clerk_who_enters_by_the_link(
    ledger: Ledger, tmp_path: Path
) -> None:
    made = ledger("users", "wang", "--add", "--grant", "clerk@office", "--link", "--format", "json")
    assert made.returncode == 0, made.stderr
    wang = json.loads(made.stdout)
    assert (wang["grants"], wang["has_password"]) == (["clerk@office"], False)
    accounts = open_people(f"sqlite:///{tmp_path / 'ledger.people.db'}")
    secret = wang["link"].partition("#")[2]
    opened = links.use_link(accounts, secret, "four unrelated words")
    entered = accounts.person_of_session(opened.cookie)
    assert entered and entered.person.name == "wang"
    assert "wang\t\tClerk (office)\tcan sign in" in ledger("users").stdout
    ledger("users", "wang", "--grant", "auditor@*", "--revoke", "clerk@office")
    assert "wang\t\tAuditor (every organ)\tcan sign in" in ledger("users").stdout
    assert "disabled" in ledger("users", "wang", "--disable").stdout
    assert accounts.person_of_session(opened.cookie) is None
    accounts.close()


def test_an_operator_makes_a_token_sees_it_once_and_ends_it(ledger: Ledger, tmp_path: Path) -> None:
    ledger("users", "importer", "--add", "--grant", "clerk@office")
    made = json.loads(
        ledger("tokens", "--make", "importer", "--grant", "clerk@office", "--format", "json").stdout
    )
    accounts = open_people(f"sqlite:///{tmp_path / 'ledger.people.db'}")
    person = accounts.person_of_token(made["token"])
    assert person and person.token == made["id"]
    listed = ledger("tokens", "--format", "json").stdout
    assert made["id"] in listed
    assert made["token"] not in listed
    assert "revoked" in ledger("tokens", "--revoke", made["id"]).stdout
    assert accounts.person_of_token(made["token"]) is None
    accounts.close()


def test_what_cannot_be_done_is_told_and_leaves_nothing(ledger: Ledger) -> None:
    for arguments, told in (
        (("users", "wang", "--add", "--grant", "king@office"), "king@office is not a grant"),
        (("users", "a b", "--add"), "a b cannot be a user name"),
        (("users", "nobody", "--grant", "clerk@office"), "There is no user nobody"),
        (("users", "wang", "--add", "--email", "nowhere"), "nowhere is not an e-mail address"),
        (("tokens", "--make", "nobody", "--grant", "clerk@office"), "There is no user nobody"),
        (("tokens", "--revoke", "x"), "There is no token x"),
    ):
        done = ledger(*arguments)
        assert done.returncode == 1
        assert told in done.stderr
        assert "Traceback" not in done.stderr
    assert json.loads(ledger("users", "--format", "json").stdout) == {"users": []}
