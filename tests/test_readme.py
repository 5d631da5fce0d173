"""What the READMEs tell a newcomer to type, typed in order; what they show is what comes out."""

import os
import re
import shlex
import socket
import subprocess
import time
import urllib.request
from pathlib import Path

import pytest

from ledger.verbs.opening import House

ROOT = Path(__file__).parents[1]
READMES = ["README.md", "README.zh-CN.md"]
RUN_BY_THIS_VERY_RUN = "scripts/test"
OPENS_THE_PAGES = "scripts/start"


def commands(readme: str) -> list[str]:
    """The lines of the shell blocks, without comments."""
    text = (ROOT / readme).read_text(encoding="utf-8")
    blocks = re.findall(r"```sh\n(.*?)```", text, re.DOTALL)
    return [line.partition("#")[0].strip() for block in blocks for line in block.splitlines()]


def shown(readme: str) -> list[str]:
    """The lines that a README shows as output."""
    text = (ROOT / readme).read_text(encoding="utf-8")
    return "".join(re.findall(r"```text\n(.*?)```", text, re.DOTALL)).splitlines()


def opens_the_pages(folder: Path, environment: dict[str, str]) -> None:
    """Starts the pages as a newcomer does, sees the year and the first link, and ends them."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [str(ROOT / OPENS_THE_PAGES), "--port", str(port)]
    with subprocess.Popen(
        command, cwd=folder, env=environment, stdout=subprocess.PIPE, text=True
    ) as served:
        try:
            assert _answers(f"http://127.0.0.1:{port}/reports") == 200
        finally:
            served.terminate()
        output = served.stdout.read() if served.stdout else ""
    assert f"http://127.0.0.1:{port}/" in output
    assert "/enter" in output


def _answers(address: str) -> int:
    until = time.monotonic() + 60
    while True:
        try:
            with urllib.request.urlopen(address) as answer:
                return int(answer.status)
        except OSError:
            assert time.monotonic() < until, "the pages do not open"
            time.sleep(0.2)


@pytest.mark.slow
@pytest.mark.parametrize("readme", READMES)
def test_every_command_of_the_readme_works_in_its_order(readme: str, tmp_path: Path) -> None:
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith("LEDGER_")
    }
    output = ""
    for command in commands(readme):
        if command == RUN_BY_THIS_VERY_RUN:
            continue
        if command == OPENS_THE_PAGES:
            opens_the_pages(tmp_path, environment)
            continue
        program, *arguments = shlex.split(command)
        done = subprocess.run(
            [str(ROOT / program), *arguments],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, (command, done.stdout, done.stderr)
        output += done.stdout
    assert (tmp_path / "ledger.db").exists()
    for line in shown(readme):
        assert line in output.splitlines()


def test_both_readmes_tell_the_same_commands() -> None:
    english, chinese = (
        [command.replace("--lang en ", "") for command in commands(readme)] for readme in READMES
    )
    assert english == chinese
    assert english[:2] == ["scripts/start", "scripts/test"]


@pytest.mark.parametrize("readme", READMES)
def test_every_command_of_the_ledger_stands_in_the_readme(readme: str) -> None:
    from ledger.doors.cli.desk import app

    names = [command.name or command.callback.__name__ for command in app.registered_commands]
    text = (ROOT / readme).read_text(encoding="utf-8")
    assert len(names) >= 10
    for name in names:
        assert re.search(rf"`{name}[ `]", text), name


@pytest.mark.parametrize("readme", READMES)
def test_links_within_the_readme_lead_somewhere(readme: str) -> None:
    text = (ROOT / readme).read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#]+)", text):
        assert (ROOT / target).exists(), target


def test_every_event_type_says_what_it_is_in_both_languages() -> None:
    for type_ in House().definitions.types.values():
        for schema in (type_.schema, *type_.schema.get("properties", {}).values()):
            assert schema["title"] and schema["description"]
            assert schema["i18n"]["en"]["title"] and schema["i18n"]["en"]["description"]
