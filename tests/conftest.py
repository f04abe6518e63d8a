"""What every test may ask for: a real database file, the services over it, and a clock to set."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from eds_tui import bootstrap
from eds_tui.desk import Desk
from eds_tui.repository.unit_of_work import Database
from tests.factories import People, SetClock
from tests.furnished import Furnished


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Under CI every part must be there: a test that skips is a failure."""
    skipped = terminalreporter.stats.get("skipped", [])
    if os.environ.get("CI") and skipped:
        terminalreporter.section("skipped under CI")
        terminalreporter.line("\n".join(report.nodeid for report in skipped))


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Make a run with skipped tests fail under CI."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("CI") and reporter is not None and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture
def database_url(tmp_path: Path) -> str:
    """The URL of a database file that does not exist yet."""
    return f"sqlite:///{tmp_path / 'eds.db'}"


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """An empty database with its schema."""
    database = bootstrap.open_database(database_url)
    yield database
    database.close()


@pytest.fixture
def clock() -> SetClock:
    """A clock that stands still until it is moved."""
    return SetClock()


@pytest.fixture
def desk(database: Database, clock: SetClock) -> Desk:
    """The services over the empty database, at the time of the clock."""
    return bootstrap.open_desk(database, clock)


@pytest.fixture
def people(database: Database, desk: Desk) -> People:
    """Two schools, and accounts of every kind in the database."""
    return People.add_to(database, desk)


@pytest.fixture(scope="session")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Furnished:
    """A database with its people, made once: schema and password hash take most of a test."""
    path = tmp_path_factory.mktemp("furnished") / "eds.db"
    database = bootstrap.open_database(f"sqlite:///{path}")
    people = People.add_to(database, bootstrap.open_desk(database, SetClock()))
    database.close()
    return Furnished(path, people)
