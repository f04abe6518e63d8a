"""Two kiosks on one database: each sees by itself what is done at the other."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from tests.factories import People, new_form
from tests.ui.pty_data import services_at
from tests.ui.pty_kiosk import Seat

pytestmark = pytest.mark.on_sqlite

WRITING = "A. Handler is writing here"


@pytest.fixture
def home(home: Path, people: People) -> Path:
    """A home folder whose database has an incident."""
    with services_at(home) as services:
        services.report.log(people.head, new_form())
    return home


def test_what_is_done_at_one_is_seen_at_the_other_without_a_key(home: Path) -> None:
    with Seat(home) as first, Seat(home) as second:
        first.sign_in("handler")
        second.sign_in("lead")
        second.ask("\r", "Write a comment")
        first.ask("p2", "2 High")
        second.see("Priority  2 – High")
        first.ask("\rcA word", "A word")
        second.see(WRITING)
        first.write("\x13")
        second.see("A word")
        second.see_no_more(WRITING)


@pytest.mark.long
@pytest.mark.parametrize("ending", [signal.SIGKILL, signal.SIGHUP])
def test_who_is_writing_ends_with_the_session_however_it_ends(
    home: Path, ending: signal.Signals
) -> None:
    with Seat(home) as second:
        with Seat(home) as first:
            first.sign_in("handler")
            second.sign_in("lead")
            second.ask("\r", "Write a comment")
            first.ask("\rcA word", "A word")
            second.see(WRITING)
            os.kill(first.process, ending)
            first.ended()
        second.see_no_more(WRITING)
