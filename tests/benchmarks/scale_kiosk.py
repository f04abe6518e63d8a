"""The kiosk on very many incidents: its start, another list, an untouched one, others' comments.

*Bare* is the kiosk on the demonstration database; for its start, the program with a bare table. Of
a search that is typed at ten letters a second it is measured how long the last letter has somebody
wait, until nothing more is painted.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory, mkdtemp
from threading import Event, Thread
from time import perf_counter, sleep

from sqlalchemy import text

from eds_tui import bootstrap
from eds_tui.domain.views import ListQuery, View, Window
from eds_tui.repository.unit_of_work import Database
from tests import processes
from tests.benchmarks import bare
from tests.benchmarks.figures import Figure, Reading
from tests.benchmarks.present import brought_up_to_now
from tests.benchmarks.product import LOGIN, Product, sign_in
from tests.benchmarks.start import queue_painted, table_painted
from tests.terminal import Terminal

ROUNDS = 4
WATCHED = 40
"""Seconds, of which nobody touches the kiosk."""
_AHEAD = 9
_SERVER = "PostgreSQL"
_BACKENDS = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
_SEARCHES = ("printer", "office printer", "kingfisher", "printer badenfi")
_A_LETTER = 0.1
_FIRST = list(View).index(View.OPEN)


class KioskScale:
    """The figures of the kiosk on one kind of database."""

    def __init__(self, kind: str) -> None:
        self._start = Figure(f"{kind}: queue painted (bare: table)", "ms", times=2.5)
        self._tab = Figure(f"{kind}: Tab until the list is shown, p95", "ms", times=1.3)
        self._ahead = Figure(f"{kind}: nine Tabs typed ahead", "s", at_most=0.5)
        self._untouched = Figure(f"{kind}: untouched, processor a second", "ms", at_most=5)
        self._news = Figure(f"{kind}: a comment a second elsewhere", "ms", at_most=20)
        self._end = Figure(f"{kind}: End of Open, and Home", "ms")
        self._letter = Figure(f"{kind}: last letter of a search to its hits", "ms", at_most=150)
        self._connections = Figure(f"{kind}: connections of an idle kiosk", "count", at_most=1)
        self.figures = (
            self._start, self._tab, self._ahead, self._untouched, self._news, self._end,
            self._letter, *([self._connections] if kind == _SERVER else []),
        )  # fmt: skip

    def measure(self, database: Database) -> Iterator[Reading]:
        """Give a reading of each."""
        with TemporaryDirectory() as name:
            folder = Path(name)
            with Product(folder).start() as terminal:
                sign_in(terminal)
                tab, ahead = _tabs(terminal), _ahead(terminal)
            with brought_up_to_now(database):
                yield self._start.of(*_starts(database, folder))
                others = _connections(database) if self._connections in self.figures else 0
                with kiosk(database, folder) as terminal:
                    yield self._tab.of(_tabs(terminal), tab)
                    yield self._ahead.of(_ahead(terminal), ahead)
                    yield self._untouched.of(_processor(terminal))
                    if self._connections in self.figures:
                        yield self._connections.of(_connections(database) - others)
                    with _commenting(database):
                        yield self._news.of(_processor(terminal))
                    yield self._end.of(_ends(terminal))
                    yield self._letter.of(_last_letter(terminal))


def started(database: Database, folder: Path) -> Terminal:
    """Start a kiosk on a database in a terminal, with a home of its own."""
    home = Path(mkdtemp(dir=folder))
    environment = {
        "HOME": str(home),
        "EDS_TUI_DATABASE_URL": database.engine.url.render_as_string(hide_password=False),
    }
    return Terminal([sys.executable, "-m", "eds_tui"], environment)


@contextmanager
def kiosk(database: Database, folder: Path) -> Iterator[Terminal]:
    """Sign in to a kiosk on a database."""
    with started(database, folder) as terminal:
        sign_in(terminal)
        terminal.settle()
        yield terminal


def _starts(database: Database, folder: Path) -> tuple[float, float]:
    """Return how long the queue has somebody wait, and the bare table; the first start warms up."""
    ours, plain = [], []
    for _ in range(ROUNDS):
        with bare.table() as terminal:
            plain.append(table_painted(terminal))
        with started(database, folder) as terminal:
            ours.append(queue_painted(terminal))
    return median(ours[1:]), median(plain[1:])


def _connections(database: Database) -> int:
    """Return how many there are to a database of PostgreSQL, one's own with them."""
    with database.engine.connect() as connection:
        number: int = connection.execute(text(_BACKENDS)).scalar_one()
        return number


def _tabs(terminal: Terminal) -> float:
    """Go through all lists a few times, and return what nineteen of twenty Tabs keep to."""
    terminal.settle(1)
    took, views = [], list(View)
    for turn in range(1, ROUNDS * len(views) + 1):
        label = views[(_FIRST + turn) % len(views)].label
        pressed = terminal.send("tab")
        took.append((terminal.wait_for(f"▸{label}\\b") - pressed) * 1000)
        terminal.settle(0.6)
    return quantiles(took, n=20)[-1]


def _ahead(terminal: Terminal) -> float:
    took, views = [], list(View)
    for _ in range(ROUNDS):
        terminal.send("g3")
        terminal.wait_for("▸Open")
        terminal.settle(1)
        began = perf_counter()
        for _ in range(_AHEAD):
            terminal.send("tab")
        label = views[(_FIRST + _AHEAD) % len(views)].label
        took.append(terminal.wait_for(f"▸{label}\\b") - began)
    terminal.send("g3")
    terminal.wait_for("▸Open")
    return sorted(took)[len(took) // 2]


def _processor(terminal: Terminal) -> float:
    """Return the milliseconds of processor time that it takes in a second."""
    terminal.settle(2, longest=10)
    family = processes.family(terminal.process)
    began, used = perf_counter(), processes.cpu_ms(family)
    while perf_counter() < began + WATCHED:
        terminal.settle(1, longest=1)
    return (processes.cpu_ms(family) - used) / (perf_counter() - began)


@contextmanager
def _commenting(database: Database) -> Iterator[None]:
    """Let somebody comment on an open incident every second meanwhile."""
    services = bootstrap.open_services(database)
    handler = services.accounts.by_login(LOGIN)
    ended = Event()
    number = services.queue.page(handler, ListQuery(View.OPEN), Window(limit=9)).rows[-1].number

    def comment() -> None:
        place = 0
        while not ended.wait(1):
            place += 1
            services.conversation.comment(handler, number, "Still.", f"{perf_counter()}-{place}")

    commenting = Thread(target=comment)
    commenting.start()
    try:
        yield
    finally:
        ended.set()
        commenting.join()


def _last_letter(terminal: Terminal) -> float:
    """Type searches at ten letters a second, and return the longest that a last letter took."""
    took = []
    for words in _SEARCHES * ROUNDS:
        terminal.press("/")
        for letter in words[:-1]:
            terminal.send(letter)
            sleep(_A_LETTER)
        took.append(terminal.press(words[-1]).ms)
        terminal.press("escape")
    return max(took)


def _ends(terminal: Terminal) -> float:
    return max(terminal.press(key).ms for key in ("end", "home") * ROUNDS)
