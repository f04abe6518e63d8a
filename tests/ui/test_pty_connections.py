"""How many connections to PostgreSQL a kiosk holds, and kiosks by way of PgBouncer (rule 38)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import make_url

from eds_tui.domain.pool_mode import PoolMode
from eds_tui.repository.unit_of_work import Database
from eds_tui.services.container import Services
from tests.factories import People, new_form
from tests.pooling import MISSING, SERVER_CONNECTIONS, pooled, program
from tests.servers import Server
from tests.ui.pty_kiosk import CALL, QUEUE, Seat

pytestmark = [pytest.mark.on_postgres, pytest.mark.long]


def seat_at(home: Path, url: str) -> Seat:
    """Return a kiosk on a database, with a home folder of its own."""
    home.mkdir()
    return Seat(home, {"EDS_TUI_DATABASE_URL": url})


def connections(server: Server, url: str) -> tuple[tuple[str], ...]:
    """Return the states of the connections to a database."""
    with psycopg.connect(server.admin_url) as admin:
        found = admin.execute(
            "SELECT state FROM pg_stat_activity WHERE datname = %s"
            " AND backend_type = 'client backend'",
            [make_url(url).database],
        )
        return tuple(found)


def log_call(seat: Seat, words: str) -> None:
    """Sign in, log a call and come back to the queue."""
    seat.begin_call()
    seat.ask(f"garst\rN2{words}", words)
    seat.ask("\x13", "The number is")
    seat.ask("\r", QUEUE)


def test_an_idle_kiosk_holds_one_connection_on_which_it_is_woken(
    server: Server, database: Database, database_url: str, services: Services, people: People,
    tmp_path: Path,
) -> None:  # fmt: skip
    with seat_at(tmp_path / "home", database_url) as seat:
        log_call(seat, "Of its own")
        services.report.log(people.head, new_form(description="Of another"))
        database.close()
        seat.see("Of another")
        seat.settle()
        # One all the while that it looks and waits in turn.
        found = {connections(server, database_url) for _ in range(100)}
        assert {len(each) for each in found} == {1}, found
        assert (("idle",),) in found


@pytest.fixture(params=list(PoolMode))
def url(request: pytest.FixtureRequest, database_url: str, people: People) -> Iterator[str]:
    """The URL of a database with its people, by way of PgBouncer in either mode."""
    mode = PoolMode(request.param)
    with pooled(database_url, mode) as pooler:
        yield pooler.url + ("?pool_mode=session" if mode is PoolMode.SESSION else "")


@pytest.mark.skipif(program() is None, reason=MISSING)
def test_kiosks_behind_a_pooler_see_each_others_calls_and_outlive_an_outage(
    url: str, server: Server, database: Database, database_url: str, tmp_path: Path
) -> None:
    database.close()
    with seat_at(tmp_path / "one", url) as one, seat_at(tmp_path / "two", url) as two:
        two.sign_in("lead")
        log_call(one, "Through the pool")
        two.see("Through the pool")
        held = len(connections(server, database_url))
        assert held <= SERVER_CONNECTIONS
        one.ask("n", CALL)
        one.ask("garst\rN2While it was away", "While it was away")
        server.let_in(database_url, False)
        one.ask("\x13", "It is not logged yet")
        two.see("can't be reached")
        server.let_in(database_url, True)
        one.see("The number is", "INC0000002")
        two.see_no_more("can't be reached")
        two.see("While it was away")
