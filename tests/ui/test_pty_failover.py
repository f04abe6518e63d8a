"""The database server dies under everybody who works, and its standby takes its place (rule 8).

Two real servers, kiosks on terminals, a worker, a mail server: what a person has typed is there,
what was logged is there once, every e-mail has come once.
"""

from __future__ import annotations

import os
import re
import signal
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import IO

import psycopg
import pytest

from eds_tui import bootstrap
from eds_tui.domain.errors import OutOfReach
from eds_tui.domain.incident import IncidentForm
from eds_tui.repository.listening import ChangeSignals
from eds_tui.repository.unit_of_work import Database
from eds_tui.services.container import Services
from eds_tui.ui.dialogs.receipt import DEAF_SECONDS
from tests.cli.mailing import Mailing
from tests.cli.running import CommandLine
from tests.factories import People, new_form
from tests.mail.receiver import receiving
from tests.replication import Pair, replicated
from tests.ui.pty_kiosk import QUEUE, Seat

pytestmark = [pytest.mark.long, pytest.mark.timeout(900)]

WRITERS = 4
LIVE_SECONDS = 10
"""Seconds from the promotion until lists are live again."""
PATIENCE = 420
"""Seconds; an e-mail that was taken when its answer was lost is taken again after five minutes."""


@pytest.fixture
def pair() -> Iterator[Pair]:
    """A primary and its synchronous standby."""
    with replicated() as pair:
        yield pair


@pytest.fixture
def original_url(pair: Pair) -> str:
    """The URL, on the primary, of a database with its schema."""
    url = pair.server.new_url()
    pair.server.create(url)
    bootstrap.open_database(url, make=True).close()
    return url


@contextmanager
def opened(url: str) -> Iterator[tuple[Database, Services]]:
    """Open a database and the services over it."""
    with closing(bootstrap.open_database(url)) as database:
        yield database, bootstrap.open_services(database)


def people_of(url: str) -> People:
    """Put two schools and accounts of every kind into a database."""
    with opened(url) as (database, services):
        return People.add_to(database, services)


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


def until(what: str, is_so: Callable[[], bool], seconds: float = PATIENCE) -> None:
    """Wait until something is so."""
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end, f"Not within {seconds} seconds: {what}"
        time.sleep(0.02)


def seat_at(home: Path, url: str) -> Seat:
    """Return a kiosk on a database, with a home folder of its own."""
    home.mkdir(exist_ok=True)
    return Seat(home, {"EDS_TUI_DATABASE_URL": url})


def column(url: str, name: bytes, table: bytes) -> Counter[object]:
    """Return how often each value stands in a column."""
    with psycopg.connect(url) as connection:
        rows = connection.execute(b"SELECT %b FROM %b" % (name, table)).fetchall()
    return Counter(value for (value,) in rows)


def leave_receipt(seat: Seat) -> None:
    """Leave a receipt that came up by itself: it is deaf at first, lest it be missed."""
    seat.settle(quiet=DEAF_SECONDS + 0.2)
    seat.ask("\r", QUEUE)


def newest(seat: Seat) -> int:
    """Return the highest incident number on a screen."""
    seat.settle(0.05, 0.5)
    return max(map(int, re.findall(r"INC(\d{7})", seat.text())), default=0)


def test_a_call_logged_on_a_standby_is_logged_by_itself_once_it_takes_over(
    pair: Pair, original_url: str, tmp_path: Path
) -> None:
    people_of(original_url)
    # Any of both will do: for a while that is the standby alone.
    with seat_at(tmp_path / "home", pair.url_of(original_url, "any")) as seat:
        seat.begin_call()
        seat.ask("garst\rN2While it was away", "While it was away")
        pair.primary.kill()
        seat.ask("\x13", "takes no changes just now", "It is not logged yet")
        # It stays so as long as it is so.
        seat.settle(quiet=2.5)
        assert "It is not logged yet" in seat.text(), seat.text()
        pair.promote()
        seat.see("The number is", "INC0000001")
        seat.see_no_more("takes no changes")
        assert "not logged yet" not in seat.text().lower()
        leave_receipt(seat)
        seat.see("INC0000001")
        assert "database" not in seat.text().lower()


def test_the_standby_takes_over_and_nothing_is_lost_or_done_twice(
    pair: Pair, original_url: str, tmp_path: Path
) -> None:
    people, url = people_of(original_url), pair.url_of(original_url)
    writers = [Writer(url, people, f"Writer {each}") for each in range(WRITERS)]
    listener = Listener(url)
    with (
        receiving() as receiver,
        Mailing(CommandLine(tmp_path, url), receiver).worker() as worker,
        seat_at(tmp_path / "one", url) as one,
        seat_at(tmp_path / "two", url) as two,
        seat_at(tmp_path / "three", url) as watching,
    ):
        assert worker.stdout is not None
        told = Lines(worker.stdout)
        for seat, words in ((one, "Kiosk one"), (two, "Kiosk two")):
            seat.begin_call()
            seat.ask(f"garst\rN2{words}", words)
        watching.sign_in("lead")
        listener.start()
        for writer in writers:
            writer.start()
        until("every writer logs", lambda: all(len(each.logged) > 2 for each in writers))

        pair.primary.kill()
        one.ask("\x13", "It is not logged yet")
        two.ask(" goes on", "Kiosk two goes on", "can't be reached")
        told.see("can't be reached")
        counted, woken = [len(each.logged) for each in writers], listener.woken

        watching.see("can't be reached")
        before = max(number for writer in writers for _, number in writer.logged)
        pair.promote()
        end = time.monotonic() + LIVE_SECONDS
        until("the list is live", lambda: newest(watching) > before, LIVE_SECONDS)
        one.see("The number is")
        two.see_no_more("can't be reached")
        watching.see_no_more("can't be reached")
        assert time.monotonic() < end, "Not live within ten seconds of the promotion."
        leave_receipt(one)
        one.see_no_more("database")
        told.see("The database is there again.")
        until("the listener is woken", lambda: listener.woken > woken + 1)
        until(
            "every writer goes on",
            lambda: all(
                len(each.logged) > before + 2 for each, before in zip(writers, counted, strict=True)
            ),
        )
        for writer in writers:
            writer.finish()
        listener.stop()
        # What was typed is kept, also where the kiosk dies now.
        two.settle(quiet=2.5)
        os.kill(two.process, signal.SIGKILL)
        two.ended()
        with seat_at(tmp_path / "two", url) as again:
            again.sign_in()
            again.see("1 unfinished")
            again.ask("n\x05", "Kiosk two goes on")

        logged = [each for writer in writers for each in writer.logged]
        expected = Counter([*(text for text, _ in logged), "Kiosk one"])
        assert column(url, b"description", b"incidents") == expected
        assert set(column(url, b"number", b"incidents").values()) == {1}
        assert {number for _, number in logged} < set(column(url, b"number", b"incidents"))
        until(
            "every e-mail is sent",
            lambda: column(url, b"sent_at IS NOT NULL", b"notifications")[False] == 0,
        )
        sent = Counter(each.message_id for each in receiver.received)
        assert len(sent) == expected.total()
        assert set(sent.values()) == {1}


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
