"""The kiosk on very many incidents: another list, an untouched one, others' comments.

*Bare* is the kiosk on the demonstration database.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory
from threading import Event, Thread
from time import perf_counter

from eds_tui import bootstrap
from eds_tui.domain.views import ListQuery, View, Window
from eds_tui.repository.unit_of_work import Database
from tests import processes
from tests.benchmarks.figures import Figure, Reading
from tests.benchmarks.present import brought_up_to_now
from tests.benchmarks.product import LOGIN, Product, sign_in
from tests.terminal import Terminal

ROUNDS = 4
WATCHED = 40
"""Seconds, of which nobody touches the kiosk."""
_AHEAD = 9
_FIRST = list(View).index(View.OPEN)


class KioskScale:
    """The figures of the kiosk on one kind of database."""

    def __init__(self, kind: str) -> None:
        self._tab = Figure(f"{kind}: Tab until the list is shown, p95", "ms", times=1.3)
        self._ahead = Figure(f"{kind}: nine Tabs typed ahead", "s", at_most=0.5)
        self._untouched = Figure(f"{kind}: untouched, processor a second", "ms", at_most=5)
        self._news = Figure(f"{kind}: a comment a second elsewhere", "ms", at_most=20)
        self._end = Figure(f"{kind}: End of Open, and Home", "ms")
        self.figures = (self._tab, self._ahead, self._untouched, self._news, self._end)

    def measure(self, database: Database) -> Iterator[Reading]:
        """Give a reading of each."""
        with TemporaryDirectory() as folder:
            with Product(Path(folder)).start() as terminal:
                sign_in(terminal)
                bare, bare_ahead = _tabs(terminal), _ahead(terminal)
            with brought_up_to_now(database), kiosk(database, Path(folder)) as terminal:
                yield self._tab.of(_tabs(terminal), bare)
                yield self._ahead.of(_ahead(terminal), bare_ahead)
                yield self._untouched.of(_processor(terminal))
                with _commenting(database):
                    yield self._news.of(_processor(terminal))
                yield self._end.of(_ends(terminal))


@contextmanager
def kiosk(database: Database, folder: Path) -> Iterator[Terminal]:
    """Sign in to a database in a terminal, with a home of its own."""
    home = folder / "at-size"
    home.mkdir()
    environment = {
        "HOME": str(home),
        "EDS_TUI_DATABASE_URL": database.engine.url.render_as_string(hide_password=False),
    }
    with Terminal([sys.executable, "-m", "eds_tui"], environment) as terminal:
        sign_in(terminal)
        terminal.settle()
        yield terminal


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


def _ends(terminal: Terminal) -> float:
    return max(terminal.press(key).ms for key in ("end", "home") * ROUNDS)
