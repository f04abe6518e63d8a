"""What every test may ask for: a real database file, the services over it, and a clock to set."""

from __future__ import annotations

import gc
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import Protocol

import pytest

from eds_tui import bootstrap
from eds_tui.repository.unit_of_work import Database
from eds_tui.services.container import Services
from tests import caches, compiled, parts
from tests.factories import QUICK_HASHES, People, SetClock
from tests.furnished import Furnished
from tests.installed import installation, installed
from tests.servers import Server, running
from tests.statements import compiled_once
from tests.stores import DIALECTS, Databases, Files, Store

__all__ = ["installation", "installed"]

IN_MEMORY = Path("/dev/shm")
"""Where files are in memory: what is written there with care for a power cut takes no time."""
_ROOM = 4 * 2**30
"""Bytes that must be free there."""
_OBJECTS_BETWEEN_LOOKS = 50_000
"""How many more objects there are to be before those without a use are looked for."""


def pytest_configure(config: pytest.Config) -> None:
    """Let the files of the tests be in memory where there is room, unless it is said where."""
    compiled.keep(config)
    if not parts.is_first(config.option.markexpr):
        config.option.disable_unused_snapshots = True
    if IN_MEMORY.is_dir() and shutil.disk_usage(IN_MEMORY).free > _ROOM:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(IN_MEMORY))


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """Return how many processes run the tests: more than there are processors.

    Now and then the tests of one wait for a terminal, a server or another program; in the second
    part they do so a third of the time. With more than that they only disturb each other.
    """
    waiting = 1 if parts.is_first(config.option.markexpr) else 3
    return len(os.sched_getaffinity(0)) + waiting


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


def pytest_collection(session: pytest.Session) -> None:
    """Let the processes of a whole run compile the tests together."""
    compiled.share(session.config)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what tells nothing on a kind of database, and put the rest into its part."""
    kept: list[pytest.Item] = []
    left_out: list[pytest.Item] = []
    for item in items:
        (kept if parts.assign(item) else left_out).append(item)
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = kept


def pytest_collection_finish() -> None:
    """Let garbage be looked for less often, and never among modules and tests: they stay.

    That is a fifth of what the tests of the screens would use of the processor.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(_OBJECTS_BETWEEN_LOOKS)


@pytest.fixture(scope="session", autouse=True)
def quick_hashes() -> Iterator[None]:
    """Let password hashes take no time to make and to check in the tests' own process.

    What it costs is the hasher's own affair: a program that a test executes has the real one, and
    one that is forked from the loaded program (``tests/loaded.py``) has this.
    """
    with pytest.MonkeyPatch.context() as patch:
        for owner, name, value in QUICK_HASHES:
            patch.setattr(owner, name, value)
        yield


@pytest.fixture(scope="session", autouse=True)
def statements_compiled_once(request: pytest.FixtureRequest) -> Iterator[None]:
    """Let statements be compiled once, unless it is noted which test runs which line."""
    with nullcontext() if _is_noted(request.config) else compiled_once():
        yield


@pytest.fixture(autouse=True)
def nothing_cached(request: pytest.FixtureRequest) -> None:
    """Let each test run what is behind a cache, where it is noted which test runs which line."""
    if _is_noted(request.config):
        caches.forget()


def _is_noted(config: pytest.Config) -> bool:
    return bool(config.getoption("cov_source", None))


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A real PostgreSQL server, with databases for the tests alone."""
    with tempfile.TemporaryDirectory() as folder, running(Path(folder)) as server:
        yield server


@pytest.fixture(scope="session", params=DIALECTS)
def dialect(request: pytest.FixtureRequest) -> str:
    """The kind of database that a test runs on; it runs on each."""
    return str(request.param)


@pytest.fixture(scope="session")
def store(
    dialect: str, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Store:
    """Where databases of that kind come from."""
    if dialect == "sqlite":
        return Files(tmp_path_factory.mktemp("databases"))
    return Databases(request.getfixturevalue("server"))


@pytest.fixture
def database_url(store: Store) -> Iterator[str]:
    """The URL of a database without a table; a SQLite file is not there yet."""
    url = store.empty()
    yield url
    store.drop(url)


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """An empty database with its schema."""
    database = bootstrap.open_database(database_url, make=True)
    yield database
    database.close()


@pytest.fixture
def clock() -> SetClock:
    """A clock that stands still until it is moved."""
    return SetClock()


@pytest.fixture
def services(database: Database, clock: SetClock, tmp_path: Path) -> Services:
    """The services over the empty database, at the time of the clock."""
    return bootstrap.open_services(database, clock, drafts=tmp_path / "state" / "drafts")


class Away(Protocol):
    """Takes the test's database away."""

    def __call__(self) -> AbstractContextManager[None]:
        """Return a context in which it can't be reached."""


@pytest.fixture
def away(store: Store, database: Database, database_url: str) -> Away:
    """Makes the database impossible to reach for the length of a ``with``."""

    @contextmanager
    def out_of_reach() -> Iterator[None]:
        database.close()
        store.take_away(database_url)
        try:
            yield
        finally:
            store.bring_back(database_url)

    return out_of_reach


@pytest.fixture
def people(database: Database, services: Services) -> People:
    """Two schools, and accounts of every kind in the database."""
    return People.add_to(database, services)


@pytest.fixture(scope="session")
def furnished(store: Store) -> Furnished:
    """A database with its people, made once: schema and password hash take most of a test."""
    url = store.empty()
    database = bootstrap.open_database(url, make=True)
    people = People.add_to(database, bootstrap.open_services(database, SetClock()))
    database.close()
    return Furnished(url, people, store)
