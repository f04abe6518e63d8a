"""Being woken by what another program has changed."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest

from eds_tui import bootstrap
from eds_tui.domain.event import EventKind
from eds_tui.repository import listening
from eds_tui.repository.unit_of_work import Database
from eds_tui.services.change_feed import Listener
from eds_tui.services.container import Services
from tests.factories import START, People, new_form
from tests.repository.connections import PATIENCE
from tests.servers import Server


class Woken:
    """Counts how often it was woken, and waits for that."""

    def __init__(self) -> None:
        self._times = 0
        self._changed = threading.Condition()

    def __call__(self) -> None:
        """Wake it."""
        with self._changed:
            self._times += 1
            self._changed.notify_all()

    @property
    def times(self) -> int:
        """How often it was woken."""
        with self._changed:
            return self._times

    def waits_for(self, times: int) -> None:
        """Wait until it has been woken so many times."""
        with self._changed:
            assert self._changed.wait_for(lambda: self._times >= times, PATIENCE)


@pytest.fixture
def woken() -> Woken:
    """Whoever is woken."""
    return Woken()


@pytest.fixture
def listener(
    services: Services, woken: Woken, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Listener]:
    """A listener that has connected."""
    monkeypatch.setattr(listening, "_PAUSE", 0.1)
    listener = services.feed.listener(woken)
    listener.start()
    woken.waits_for(1)
    yield listener
    listener.stop()
    listener.thread.join(PATIENCE)
    assert not listener.thread.is_alive()


def connections(server: Server, database: Database) -> list[tuple[int, str]]:
    """Return the connections: process id and state."""
    with psycopg.connect(server.admin_url) as admin:
        return admin.execute(
            "SELECT pid, state FROM pg_stat_activity WHERE datname = %s",
            [database.engine.url.database],
        ).fetchall()


@pytest.mark.on_sqlite
def test_a_file_wakes_nobody(
    database: Database, services: Services, people: People, woken: Woken
) -> None:
    listener = services.feed.listener(woken)
    assert database.change_signals() is None
    listener.start()
    services.report.log(people.head, new_form())
    listener.stop()
    assert listener.thread.ident is None
    assert woken.times == 0


@pytest.mark.on_postgres
@pytest.mark.usefixtures("listener")
def test_what_another_program_commits_wakes_at_once(
    database_url: str, people: People, woken: Woken
) -> None:
    other = bootstrap.open_database(database_url)
    bootstrap.open_services(other).report.log(people.head, new_form())
    woken.waits_for(2)
    other.close()


@pytest.mark.on_postgres
@pytest.mark.usefixtures("listener")
def test_what_is_undone_or_no_news_wakes_nobody(
    database: Database, services: Services, people: People, woken: Woken
) -> None:
    with database.writing() as work:
        work.events.add(EventKind.TRIAGED, START, people.lead)
    services.sign_in.sign_out(people.lead)
    services.report.log(people.head, new_form())
    woken.waits_for(2)
    assert woken.times == 2


@pytest.mark.on_postgres
@pytest.mark.usefixtures("listener")
def test_it_waits_on_the_one_connection_of_all_work_outside_any_transaction(
    server: Server, database: Database, services: Services, people: People
) -> None:
    services.report.log(people.head, new_form())
    assert [state for _, state in connections(server, database)] == ["idle"]


@pytest.mark.on_postgres
@pytest.mark.usefixtures("listener")
def test_when_its_connection_is_ended_it_connects_again_wakes_and_goes_on(
    server: Server, database: Database, services: Services, people: People, woken: Woken
) -> None:
    ((pid, _),) = connections(server, database)
    with psycopg.connect(server.admin_url, autocommit=True) as admin:
        admin.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])
    woken.waits_for(2)
    assert [other for other, _ in connections(server, database)] != [pid]
    services.report.log(people.head, new_form())
    woken.waits_for(3)


@pytest.mark.on_postgres
def test_a_listener_that_is_stopped_before_it_began_holds_nothing(
    services: Services, woken: Woken
) -> None:
    listener = services.feed.listener(woken)
    listener.stop()
    listener.stop()
    assert woken.times == 0


@pytest.mark.on_postgres
def test_whoever_begins_or_stops_to_wait_breaks_nobodys_work(
    services: Services, people: People
) -> None:
    ended, done = threading.Event(), threading.Semaphore(0)

    def work() -> None:
        while not ended.is_set():
            assert services.drafts.left(people.handler, "call") == ()
            done.release()

    with ThreadPoolExecutor(1) as pool:
        working = pool.submit(work)
        try:
            for _ in range(60):
                woken = Woken()
                listener = services.feed.listener(woken)
                listener.start()
                woken.waits_for(1)
                listener.stop()
                listener.thread.join(PATIENCE)
                assert done.acquire(timeout=PATIENCE)
        finally:
            ended.set()
        working.result()
