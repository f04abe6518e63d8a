"""By way of a real PgBouncer, in session mode and in transaction mode."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg
import pytest

from eds_tui import bootstrap
from eds_tui.domain.errors import Unavailable
from eds_tui.domain.pool_mode import PoolMode
from eds_tui.repository.restore import restore
from eds_tui.repository.unit_of_work import Database
from tests.cli.running import CommandLine
from tests.factories import People, SetClock, new_form
from tests.journeys import Journey
from tests.pooling import MISSING, SERVER_CONNECTIONS, Pooler, pooled, program
from tests.repository.connections import PATIENCE, run

pytestmark = [
    pytest.mark.on_postgres,
    pytest.mark.long,
    pytest.mark.skipif(program() is None, reason=MISSING),
]

SET = {
    "lock_timeout": "5s", "statement_timeout": "30s", "jit": "off", "TimeZone": "UTC",
    "idle_in_transaction_session_timeout": "1min", "random_page_cost": "1.1",
}  # fmt: skip
"""What the program asks a server to go by."""


@pytest.fixture(params=list(PoolMode))
def mode(request: pytest.FixtureRequest) -> PoolMode:
    """How PgBouncer hands its connections on."""
    return PoolMode(request.param)


@pytest.fixture
def pooler(database_url: str, people: People, mode: PoolMode) -> Iterator[Pooler]:
    """PgBouncer before a database with its people."""
    with pooled(database_url, mode) as pooler:
        yield pooler


def url_of(pooler: Pooler, mode: PoolMode) -> str:
    """Return the URL that the page tells people to use."""
    return pooler.url + ("?pool_mode=session" if mode is PoolMode.SESSION else "")


@contextmanager
def opened(pooler: Pooler, mode: PoolMode) -> Iterator[Database]:
    """Open the database by way of PgBouncer."""
    with closing(bootstrap.open_database(url_of(pooler, mode))) as database:
        yield database


def left(pooler: Pooler) -> dict[str, object]:
    """Return what the server's connection is left with for whoever has it next."""
    with psycopg.connect(pooler.url, prepare_threshold=None, autocommit=True) as next_one:
        found = {name: next_one.execute(f"SHOW {name}".encode()).fetchone() for name in SET}
        prepared = next_one.execute("SELECT count(*) FROM pg_prepared_statements").fetchone()
        role = next_one.execute("SELECT current_user = session_user").fetchone()
    return {**found, "prepared": prepared, "own role": role}


def test_every_service_works_and_leaves_nothing_behind(
    pooler: Pooler, mode: PoolMode, people: People, tmp_path: Path
) -> None:
    before = left(pooler)
    with opened(pooler, mode) as database:
        Journey(database, people, tmp_path, SetClock()).through_each_service()
        for open_one in (database.reading, database.writing):
            with open_one() as work:
                assert {name: run(work, f"SHOW {name}") for name in SET} == {
                    name: [(value,)] for name, value in SET.items()
                }
        assert not any(each.problems for each in database.check())
    assert left(pooler) == before


def test_the_doctor_says_that_there_is_a_pooler(
    pooler: Pooler, mode: PoolMode, database_url: str, tmp_path: Path
) -> None:
    done = CommandLine(tmp_path, url_of(pooler, mode))("doctor")
    assert f"; by way of a pooler in {mode} mode" in done.stdout
    assert "pooler" not in CommandLine(tmp_path, database_url)("doctor").stdout


@pytest.mark.parametrize("mode", [PoolMode.TRANSACTION], indirect=True)
def test_many_sessions_share_a_few_connections(
    pooler: Pooler, mode: PoolMode, people: People
) -> None:
    sessions = SERVER_CONNECTIONS * 6
    start = threading.Barrier(sessions)

    def log(name: int) -> list[int]:
        with opened(pooler, mode) as database:
            services = bootstrap.open_services(database)
            start.wait(PATIENCE)
            forms = [new_form(submission=f"{name} {turn}") for turn in range(5)]
            return [services.report.log(people.head, form).number for form in forms]

    with ThreadPoolExecutor(sessions) as pool:
        numbers = [number for given in pool.map(log, range(sessions)) for number in given]
    assert sorted(numbers) == list(range(1, sessions * 5 + 1))
    servers = pooler.console("SHOW SERVERS")
    assert 0 < len(servers) <= SERVER_CONNECTIONS


def test_changes_wake_in_session_mode_alone(pooler: Pooler, mode: PoolMode, people: People) -> None:
    with opened(pooler, mode) as database, opened(pooler, mode) as elsewhere:
        woken = threading.Semaphore(0)
        listener = bootstrap.open_services(database).feed.listener(woken.release)
        listener.start()
        if mode is PoolMode.TRANSACTION:
            # It ends by itself, and whoever reads lists polls.
            listener.thread.join(PATIENCE)
            assert not listener.thread.is_alive()
        else:
            assert woken.acquire(timeout=PATIENCE)
            bootstrap.open_services(elsewhere).report.log(people.head, new_form())
            assert woken.acquire(timeout=PATIENCE)
            listener.stop()
            listener.thread.join(PATIENCE)


def test_what_only_the_server_itself_can_do_is_refused_in_words(
    pooler: Pooler, mode: PoolMode, tmp_path: Path
) -> None:
    file = tmp_path / "eds.backup"
    file.write_bytes(b"PGDMP")

    def back_up() -> None:
        with opened(pooler, mode) as database:
            database.back_up(tmp_path / "new.backup")

    refused: list[Callable[[], object]] = [lambda: restore(url_of(pooler, mode), file)]
    refused += [back_up] if mode is PoolMode.TRANSACTION else []
    for each in refused:
        with pytest.raises(Unavailable) as told:
            each()
        assert "by way of PgBouncer" in told.value.message
        assert "--database" in told.value.message


def test_a_mode_that_there_is_not_is_refused_with_those_there_are() -> None:
    with pytest.raises(Unavailable) as refused:
        Database.at("postgresql://eds@pool:6432/eds?pool_mode=statement")
    told = "pool_mode in the database URL is session or transaction, not statement."
    assert refused.value.message == told
