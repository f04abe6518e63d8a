"""On PostgreSQL a session is woken by what others do (rules 30 and 39)."""

from __future__ import annotations

import threading

import psycopg
import pytest

from eds_tui import bootstrap
from eds_tui.repository import listening
from eds_tui.repository.unit_of_work import Database
from eds_tui.services.container import Services
from tests.factories import People, new_form
from tests.servers import Server
from tests.ui.conftest import Open
from tests.ui.sitting import PATIENCE, look, numbers, press, settle, until

pytestmark = [pytest.mark.on_postgres]

NEVER = 1_000_000
"""Seconds between two looks that nobody has asked for."""


def sessions(server: Server, database: Database) -> list[tuple[int, str]]:
    """Return the connections to a database: process id and state."""
    with psycopg.connect(server.admin_url) as admin:
        return admin.execute(
            "SELECT pid, state FROM pg_stat_activity WHERE datname = %s",
            [database.engine.url.database],
        ).fetchall()


async def test_a_change_is_shown_without_waiting_for_a_second_to_pass(
    kiosk: Open, services: Services, people: People
) -> None:
    async with kiosk(look_every=NEVER) as pilot:
        await look(pilot)
        services.report.log(people.head, new_form())
        await until(pilot, lambda: numbers(pilot) == [1])


async def test_when_its_connection_is_ended_changes_still_arrive(
    kiosk: Open, people: People, server: Server, database: Database, database_url: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """By the look of the next second at once, and by being woken once it has connected again."""
    monkeypatch.setattr(listening, "_PAUSE", 0.2)
    async with kiosk(look_every=NEVER) as pilot:
        await look(pilot)
        other = Database.at(database_url)
        elsewhere = bootstrap.open_services(other)
        elsewhere.report.log(people.head, new_form())
        await until(pilot, lambda: numbers(pilot) == [1])
        other.close()
        ((listener, _),) = sessions(server, database)
        with psycopg.connect(server.admin_url, autocommit=True) as admin:
            admin.execute("SELECT pg_terminate_backend(%s, 5000)", [listener])
        elsewhere.report.log(people.head, new_form())
        await until(pilot, lambda: numbers(pilot) == [2, 1])
        elsewhere.report.log(people.head, new_form())
        await until(pilot, lambda: numbers(pilot) == [3, 2, 1])
        other.close()


async def test_a_session_holds_one_connection_which_is_not_in_a_transaction(
    kiosk: Open, services: Services, people: People, server: Server, database: Database
) -> None:
    """The fixture's services and the kiosk are one program, with one pool."""
    services.report.log(people.head, new_form())
    async with kiosk(look_every=1) as pilot:
        await press(pilot, "enter", "c", *"Hi")
        await look(pilot)
        await settle(pilot)
        assert [state for _, state in sessions(server, database)] == ["idle"]
        (thread,) = [each for each in threading.enumerate() if each.name == "listener"]
        await press(pilot, "ctrl+q")
        thread.join(PATIENCE)
        assert not thread.is_alive()
