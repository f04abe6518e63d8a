"""The counts beside the names of the lists, while the database takes long to count (rule 38)."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping

import pytest
from sqlalchemy import Connection, NullPool, create_engine, event, text
from textual.pilot import Pilot

from eds_tui.domain.superseding import Cancellation
from eds_tui.domain.views import View
from eds_tui.repository.engine import is_postgres
from eds_tui.repository.unit_of_work import Database
from eds_tui.services.container import Services
from eds_tui.ui.features.list_counts import ListCounts
from eds_tui.ui.features.views import QueueViews
from eds_tui.ui.runtime.background import in_thread
from eds_tui.ui.screens.queue import QueueScreen
from tests.factories import People, SetClock, log
from tests.ui.conftest import Open
from tests.ui.sitting import PATIENCE, kiosk_of, lines, marked, numbers, press, settle, until

pytestmark = pytest.mark.on_both


_LOCK = 4711
_HELD = f" FROM (SELECT pg_advisory_xact_lock({_LOCK})) AS held"


class SlowCounts:
    """Makes counting wait in the database: by a lock of PostgreSQL's, else just before SQLite."""

    def __init__(self, database: Database) -> None:
        self._engine = database.engine
        self._open = threading.Event()
        self._open.set()
        self._keeper: Connection | None = None
        self.waiting = 0
        """How many have waited."""
        event.listen(self._engine, "before_cursor_execute", self._hold, retval=True)

    def _hold(
        self, connection: Connection, _cursor: object, statement: str, values: object,
        _context: object, _many: bool,
    ) -> tuple[str, object]:  # fmt: skip
        if "AS due_today" in statement and not self._open.is_set():
            self.waiting += 1
            if is_postgres(connection):
                return statement + _HELD, values
            self._open.wait(PATIENCE)
        return statement, values

    def hold(self) -> None:
        """Let whoever counts wait from now on."""
        self._open.clear()
        if is_postgres(self._engine):
            self._keeper = create_engine(self._engine.url, poolclass=NullPool).connect()
            self._keeper.execute(text(f"SELECT pg_advisory_lock({_LOCK})"))

    def let_through(self) -> None:
        """Let nobody wait any more."""
        self._open.set()
        if self._keeper is not None:
            self._keeper.close()
            self._keeper = None

    def end(self) -> None:
        """Hold back nothing any more."""
        self.let_through()
        event.remove(self._engine, "before_cursor_execute", self._hold)


@pytest.fixture
def slow(database: Database) -> Iterator[SlowCounts]:
    """Counting that can be held back."""
    slow = SlowCounts(database)
    yield slow
    slow.end()


def names(pilot: Pilot[None]) -> str:
    """Return the line with the names of the lists."""
    return lines(pilot)[0]


def views(pilot: Pilot[None]) -> QueueViews:
    """Return the lists of the queue."""
    screen = kiosk_of(pilot).screen
    assert isinstance(screen, QueueScreen)
    return screen.views


@pytest.mark.on_sqlite
async def test_nothing_is_counted_while_a_list_is_read(kiosk: Open, people: People) -> None:
    """Rule 38: a session has one connection, for which the list does not wait."""
    happened: list[str] = []

    def read(_cancellation: Cancellation) -> Mapping[View, int]:
        happened.append("counted")
        return {View.OPEN: 7}

    async with kiosk() as pilot:
        screen = kiosk_of(pilot).screen
        assert isinstance(screen, QueueScreen)
        counts = ListCounts(host=screen, read=read, changed=lambda: happened.append("shown"))
        with counts.giving_way():
            counts.ask()
            for _ in range(10):
                await pilot.pause()
                await in_thread(lambda: None)
            happened.append("list read")
        await until(pilot, lambda: happened[-1] == "shown")
        assert happened == ["list read", "counted", "shown"]
        assert counts[View.OPEN] == " 7"


async def test_a_list_is_shown_at_once_and_its_count_when_it_is_known(
    kiosk: Open, services: Services, people: People, clock: SetClock, slow: SlowCounts,
    database: Database,
) -> None:  # fmt: skip
    """Rule 38: no list waits for counts, and one that may be wrong says so."""
    log(services, people, 2, clock)
    async with kiosk() as pilot:
        assert "Open 2" in names(pilot)
        slow.hold()
        log(services, people, 1, clock)
        views(pilot).refresh()
        await until(pilot, lambda: numbers(pilot) == [3, 2, 1] and slow.waiting > 0)
        assert "▸Open 2◂" in names(pilot)
        await until(pilot, lambda: "▸Open 2?◂" in names(pilot))
        assert "Triage 2?" in names(pilot)
        for _ in range(3):
            views(pilot).refresh()
        views(pilot).turn(1)
        await until(pilot, lambda: "▸Mine 0?◂" in names(pilot) and numbers(pilot) == [])
        views(pilot).turn(-1)
        await until(pilot, lambda: "▸Open 2?◂" in names(pilot) and numbers(pilot) == [3, 2, 1])
        assert marked(pilot)[1] == "INC0000002"
        if not is_postgres(database.engine):
            # One at a time, however often there was something new.
            assert slow.waiting == 1
        slow.let_through()
        await settle(pilot)
        assert "▸Open 3◂" in names(pilot)
        assert "?" not in names(pilot)
        await press(pilot, "tab")
        assert "▸Mine 0◂" in names(pilot)
