"""What every test may ask for: an empty database of each kind."""

import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from psycopg.conninfo import conninfo_to_dict
from sqlalchemy import URL, NullPool, create_engine, make_url, text

import embedded_postgres

settings.register_profile("ci", deadline=None, print_blob=True)
settings.register_profile("thorough", deadline=None, print_blob=True, max_examples=1000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))

FOLDER = pytest.StashKey[Path]()


def pytest_configure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        config.stash[FOLDER] = embedded_postgres.new_folder()


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Tell a worker of pytest-xdist of the run's one server, and whose end ends it."""
    node.workerinput["postgres"] = (str(node.config.stash[FOLDER]), os.getpid())


def pytest_unconfigure(config: pytest.Config) -> None:
    if FOLDER in config.stash:
        embedded_postgres.stop(config.stash[FOLDER])


@pytest.fixture(scope="session")
def postgres_server(pytestconfig: pytest.Config) -> URL:
    """The server given by LEDGER_TEST_POSTGRES, else the one that the environment carries."""
    given = os.environ.get("LEDGER_TEST_POSTGRES")
    if given:
        return _sqlalchemy_url(given)
    if hasattr(pytestconfig, "workerinput"):
        folder, owner = pytestconfig.workerinput["postgres"]
    else:
        folder, owner = pytestconfig.stash[FOLDER], os.getpid()
    return make_url(embedded_postgres.url(Path(folder), owner))


@pytest.fixture(scope="session")
def postgres_url(postgres_server: URL) -> Iterator[str]:
    """One database for the whole session (of a worker): its tests see each other's rows."""
    with _new_database(postgres_server) as url:
        yield url


@pytest.fixture
def fresh_postgres_url(postgres_server: URL) -> Iterator[str]:
    """An empty PostgreSQL database for one test."""
    with _new_database(postgres_server) as url:
        yield url


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """An empty SQLite database for one test."""
    return f"sqlite:///{tmp_path / 'ledger.db'}"


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """An empty database for one test, which runs once on every kind."""
    fixture = {"sqlite": "sqlite_url", "postgresql": "fresh_postgres_url"}[request.param]
    url: str = request.getfixturevalue(fixture)
    return url


def _sqlalchemy_url(given: str) -> URL:
    """Read either notation, SQLAlchemy's or libpq's (an address, or `host=… user=…`)."""
    if given.startswith("postgresql+"):
        return make_url(given)
    parts = {name: str(value) for name, value in conninfo_to_dict(given).items()}
    return URL.create(
        "postgresql+psycopg",
        username=parts.pop("user", None),
        password=parts.pop("password", None),
        database=parts.pop("dbname", "postgres"),
        query=parts,
    )


@contextmanager
def _new_database(server: URL) -> Iterator[str]:
    name = f"ledger_test_{uuid.uuid4().hex[:12]}"
    _execute(server, f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'")
    try:
        yield server.set(database=name).render_as_string(hide_password=False)
    finally:
        _execute(server, f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def _execute(server: URL, statement: str) -> None:
    engine = create_engine(server, isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with engine.connect() as connection:
        connection.execute(text(statement))
