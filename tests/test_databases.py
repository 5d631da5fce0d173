"""The databases that the tests themselves stand on."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

import embedded_postgres


def test_every_kind_of_database_starts_empty(database_url: str) -> None:
    engine = create_engine(database_url)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE fact (label text)"))
        connection.execute(text("INSERT INTO fact VALUES ('予以公开')"))
        assert connection.execute(text("SELECT label FROM fact")).all() == [("予以公开",)]
    engine.dispose()


def test_the_database_of_the_session_is_a_postgresql(postgres_url: str) -> None:
    engine = create_engine(postgres_url)
    with engine.connect() as connection:
        version = connection.execute(text("SHOW server_version_num")).scalar_one()
        assert int(version) >= 140000
    engine.dispose()


RUN = """
import os, pathlib, sys, time
sys.path.insert(0, sys.argv[1])
import embedded_postgres
embedded_postgres.url(pathlib.Path(sys.argv[2]), os.getpid())
print("started", flush=True)
time.sleep(600)
"""


@pytest.fixture
def folder() -> Iterator[Path]:
    folder = embedded_postgres.new_folder()
    yield folder
    embedded_postgres.stop(folder)


@pytest.mark.slow
def test_a_killed_test_run_leaves_no_server_behind(folder: Path) -> None:
    command = [sys.executable, "-c", RUN, str(Path(__file__).parent), str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as run:
        assert run.stdout and run.stdout.readline() == "started\n"
        server = int((folder / "data/postmaster.pid").read_text().split()[0])
        run.kill()
    deadline = time.monotonic() + 30
    while folder.exists() and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not folder.exists()
    with pytest.raises(ProcessLookupError):
        os.kill(server, 0)
