"""The database server dies under everybody who works, and its standby takes its place (rule 8).

Two real servers, kiosks on terminals, a worker, a mail server: what a person has typed is there,
what was logged is there once, every e-mail has come once.
"""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from eds_tui import bootstrap
from eds_tui.ui.dialogs.receipt import DEAF_SECONDS
from tests.cli.mailing import Mailing
from tests.cli.running import CommandLine
from tests.factories import People
from tests.mail.receiver import Receiver, receiving
from tests.replication import Pair, replicated
from tests.ui.at_work import Lines, Listener, Writer, opened, until
from tests.ui.pty_kiosk import QUEUE, Seat

pytestmark = [pytest.mark.long, pytest.mark.timeout(900)]

WRITERS = 4
LIVE_SECONDS = 10
"""Seconds from the promotion until lists are live again."""


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


def people_of(url: str) -> People:
    """Put two schools and accounts of every kind into a database."""
    with opened(url) as (database, services):
        return People.add_to(database, services)


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


@contextmanager
def working(mailing: Mailing) -> Iterator[Lines]:
    """Run a worker for as long as it takes, and give what it prints."""
    command = [sys.executable, "-u", "-m", "eds_tui", "worker"]
    with subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        env=mailing.environment,
        text=True,
    ) as process:
        assert process.stdout is not None
        try:
            yield Lines(process.stdout)
        finally:
            process.kill()


def live_again(one: Seat, two: Seat, watching: Seat, before: int) -> None:
    """Wait until every kiosk works again, for ten seconds at most.

    Args:
        one: Has a call that could not be logged.
        two: Has a call on the screen.
        watching: Shows the list.
        before: The last number given out before.
    """
    end = time.monotonic() + LIVE_SECONDS
    until("the list is live", lambda: newest(watching) > before, LIVE_SECONDS)
    one.see("The number is")
    for seat in (two, watching):
        seat.see_no_more("can't be reached")
    assert time.monotonic() < end, "Not live within ten seconds of the promotion."


def all_go_on(writers: Sequence[Writer]) -> None:
    """Wait until each has logged some more."""
    counted = [len(each.logged) + 2 for each in writers]
    until(
        "every writer goes on",
        lambda: all(len(each.logged) > n for each, n in zip(writers, counted, strict=True)),
    )


def all_is_there_once(url: str, writers: Sequence[Writer], receiver: Receiver) -> None:
    """Compare what was logged and sent with what is there."""
    logged = [each for writer in writers for each in writer.logged]
    expected = Counter([*(text for text, _ in logged), "Kiosk one"])
    assert column(url, b"description", b"incidents") == expected
    numbers = column(url, b"number", b"incidents")
    assert set(numbers.values()) == {1}
    assert {number for _, number in logged} < set(numbers)
    waiting = b"sent_at IS NULL"
    until("every e-mail is sent", lambda: column(url, waiting, b"notifications")[True] == 0)
    sent = Counter(each.message_id for each in receiver.received)
    assert len(sent) == expected.total()
    assert set(sent.values()) == {1}


def test_the_standby_takes_over_and_nothing_is_lost_or_done_twice(
    pair: Pair, original_url: str, tmp_path: Path
) -> None:
    people, url = people_of(original_url), pair.url_of(original_url)
    writers = [Writer(url, people, f"Writer {each}") for each in range(WRITERS)]
    listener = Listener(url)
    with (
        receiving() as receiver,
        working(Mailing(CommandLine(tmp_path, url), receiver)) as told,
        seat_at(tmp_path / "one", url) as one,
        seat_at(tmp_path / "two", url) as two,
        seat_at(tmp_path / "three", url) as watching,
    ):
        for seat, words in ((one, "Kiosk one"), (two, "Kiosk two")):
            seat.begin_call()
            seat.ask(f"garst\rN2{words}", words)
        watching.sign_in("lead")
        for each in (listener, *writers):
            each.start()
        all_go_on(writers)
        pair.primary.kill()
        one.ask("\x13", "It is not logged yet")
        two.ask(" goes on", "Kiosk two goes on", "can't be reached")
        watching.see("can't be reached")
        told.see("can't be reached")
        before, woken = max(each.logged[-1][1] for each in writers), listener.woken
        pair.promote()
        live_again(one, two, watching, before)
        leave_receipt(one)
        one.see_no_more("database")
        told.see("The database is there again.")
        until("the listener is woken", lambda: listener.woken > woken + 1)
        all_go_on(writers)
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
        all_is_there_once(url, writers, receiver)
