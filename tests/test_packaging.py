"""What is shipped works without the checkout."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
DATA = ["schemas", "projections"]

pytestmark = pytest.mark.slow


def run(*command: str | Path, cwd: Path, home: Path | None = None) -> str:
    """Run a command to its end, with only `home` for an environment if given; return its output."""
    environment = {"PATH": os.defpath, "HOME": str(home)} if home else None
    done = subprocess.run(
        command, cwd=cwd, env=environment, capture_output=True, encoding="utf-8", timeout=300
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the source distribution as an index would serve it."""
    folder = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", folder, ROOT, cwd=folder)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def elsewhere(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment with the wheel and what it requires, in the locked versions, and no more."""
    folder = tmp_path_factory.mktemp("elsewhere") / "env"
    run(sys.executable, "-m", "venv", "--without-pip", folder, cwd=folder.parent)
    pip = [sys.executable, "-m", "pip", "--python", folder / "bin/python"]
    lock = ["--constraint", ROOT / "requirements.lock"]
    run(*pip, "install", "--quiet", "--no-compile", *lock, wheel, cwd=folder.parent)
    return folder / "bin"


def test_the_wheel_holds_every_schema_and_every_projection(wheel: Path) -> None:
    shipped = set(zipfile.ZipFile(wheel).namelist())
    for name in DATA:
        files = {
            p for p in (ROOT / name).rglob("*") if p.is_file() and "__pycache__" not in p.parts
        }
        assert files, f"{name}/ is empty"
        assert {f"ledger/{path.relative_to(ROOT).as_posix()}" for path in files} <= shipped


def test_the_wheel_holds_nothing_beside_the_package(wheel: Path) -> None:
    tops = {name.split("/")[0] for name in zipfile.ZipFile(wheel).namelist()}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"ledger"}


def test_the_demo_runs_from_an_empty_folder_away_from_the_checkout(
    elsewhere: Path, tmp_path: Path
) -> None:
    empty, home = tmp_path / "empty", tmp_path / "home"
    empty.mkdir()
    home.mkdir()
    where = "import ledger, pathlib; print(pathlib.Path(ledger.__file__).parent)"
    package = Path(run(elsewhere / "python", "-c", where, cwd=empty, home=home).strip())
    assert not package.is_relative_to(ROOT)
    assert all((package / name).is_dir() for name in DATA)
    assert run(elsewhere / "ledger", "demo", cwd=empty, home=home).strip()


@pytest.mark.parametrize("format_", ["html", "docx", "xlsx", "pdf"])
def test_documents_are_made_from_what_is_shipped(
    elsewhere: Path, tmp_path: Path, format_: str
) -> None:
    run(elsewhere / "ledger", "demo", cwd=tmp_path, home=tmp_path)
    output = tmp_path / f"report.{format_}"
    report = ("report", "2020", "--output", output)
    run(elsewhere / "ledger", *report, cwd=tmp_path, home=tmp_path)
    assert output.stat().st_size > 10_000
