"""Programs at work on a database that goes away under them: writers, a listener, their output."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from typing import IO

from eds_tui import bootstrap
from eds_tui.domain.errors import OutOfReach
from eds_tui.domain.incident import IncidentForm
from eds_tui.repository.listening import ChangeSignals
from eds_tui.repository.unit_of_work import Database
from eds_tui.services.container import Services
from tests.factories import People, new_form

PATIENCE = 420
"""Seconds that anything is waited for, on however busy a machine."""


def until(what: str, is_so: Callable[[], bool], seconds: float = PATIENCE) -> None:
    """Wait until something is so."""
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end, f"Not within {seconds} seconds: {what}"
        time.sleep(0.02)


@contextmanager
def opened(url: str) -> Iterator[tuple[Database, Services]]:
    """Open a database and the services over it."""
    with closing(bootstrap.open_database(url)) as database:
        yield database, bootstrap.open_services(database)


class Writer(threading.Thread):
    """Logs calls one after the other, each until it is known to be logged.

    Args:
        url: Of the database.
        people: Who logs them.
        name: Stands in each description.
    """

    def __init__(self, url: str, people: People, name: str) -> None:
        super().__init__(name=name, daemon=True)
        self._url = url
        self._people = people
        self._over = threading.Event()
        self.logged: list[tuple[str, int]] = []
        """The description and the number of each."""

    def finish(self) -> None:
        """Let the call in hand be the last one, and wait for it."""
        self._over.set()
        self.join()

    def run(self) -> None:
        """Log calls until it is over."""
        with opened(self._url) as (_, services):
            while not self._over.is_set():
                text = f"{self.name} call {len(self.logged)}"
                school = self._people.school.id
                form = new_form(submission=text, description=text, school_id=school, caller="C")
                self.logged.append((text, self._log(services, form)))
                # As people do, it leaves the others some of the machine.
                self._over.wait(0.1)

    def _log(self, services: Services, form: IncidentForm) -> int:
        while True:
            try:
                return services.report.log(self._people.handler, form).number
            except OutOfReach:
                # The database is away: whoever logs a call tries again under the same key.
                self._over.wait(0.1)


class Listener(threading.Thread):
    """Counts how often it is woken.

    Args:
        url: Of the database.
    """

    def __init__(self, url: str) -> None:
        super().__init__(name="listener", daemon=True)
        self._database = Database.at(url)
        signals = self._database.change_signals()
        assert isinstance(signals, ChangeSignals)
        self._signals = signals
        self.woken = 0

    def run(self) -> None:
        """Listen until it is stopped."""
        for _ in self._signals:
            self.woken += 1

    def stop(self) -> None:
        """End it."""
        self._signals.stop()
        self.join()
        self._database.close()


class Lines(threading.Thread):
    """Keeps what a program prints.

    Args:
        output: Where it prints to.
    """

    def __init__(self, output: IO[str]) -> None:
        super().__init__(daemon=True)
        self._output = output
        self._lines: list[str] = []
        self.start()

    def run(self) -> None:
        """Read until the end."""
        with suppress(ValueError):
            self._lines.extend(iter(self._output.readline, ""))

    def see(self, words: str) -> None:
        """Wait until a line with some words is printed."""
        until(words, lambda: any(words in each for each in list(self._lines)), 60)
