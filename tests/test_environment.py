"""What is installed is locked exactly, from wherever this machine takes its packages."""

import re
import tomllib
from itertools import chain
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
LOCKED = dict(line.split("==") for line in LOCK if not line.startswith("#"))
VERSIONS = {canonicalize_name(name): version for name, version in LOCKED.items()}
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
RUNTIME = PROJECT["project"]["dependencies"]
EXTRAS = PROJECT["project"]["optional-dependencies"]
ASKED = [
    Requirement(line)
    for line in [*PROJECT["build-system"]["requires"], *RUNTIME, *chain(*EXTRAS.values())]
]


def test_the_lock_holds_names_and_exact_versions_and_no_address() -> None:
    assert LOCK[0].startswith("# ") and "scripts/lock" in LOCK[0]
    for line in LOCK[1:]:
        assert re.fullmatch(r"[A-Za-z0-9._-]+==[0-9][A-Za-z0-9.]*", line), line


def test_the_lock_is_sorted_and_names_each_package_once() -> None:
    names = [line.upper() for line in LOCK[1:]]
    assert names == sorted(names)
    assert len(VERSIONS) == len(names)


@pytest.mark.parametrize("asked", ASKED, ids=str)
def test_a_requirement_is_a_range_and_the_lock_lies_in_it(asked: Requirement) -> None:
    operators = {part.operator for part in asked.specifier}
    assert operators == {">=", "<"}, "give a lower and an upper bound"
    assert asked.url is None
    assert VERSIONS[canonicalize_name(asked.name)] in asked.specifier


def test_eventsourcing_stays_on_the_line_before_10() -> None:
    (asked,) = (line for line in map(Requirement, RUNTIME) if line.name == "eventsourcing")
    assert "9.5.6" in asked.specifier
    assert "10.0" not in asked.specifier


def test_continuous_integration_runs_the_command_of_the_readme() -> None:
    commands = (ROOT / ".ci/run").read_text(encoding="utf-8").splitlines()
    assert commands[-1] == "exec scripts/test"


@pytest.mark.parametrize(
    "script", [*sorted((ROOT / "scripts").iterdir()), ROOT / ".ci/run"], ids=lambda p: p.name
)
def test_a_script_can_be_run(script: Path) -> None:
    assert script.stat().st_mode & 0o111 == 0o111
