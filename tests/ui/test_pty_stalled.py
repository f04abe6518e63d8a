"""Nobody reads at the other end of the line: the session goes on, and is right when they do."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from tests.factories import People
from tests.ui.pty_data import drafts
from tests.ui.pty_kiosk import Seat
from tests.ui.pty_stalling import stall, until

pytestmark = pytest.mark.on_sqlite


def type_unread(seat: Seat, home: Path, people: People) -> None:
    """Type a call at a line that nobody reads, and wait until it is kept."""
    seat.begin_call()
    seat.ask("garst\rN2", "Description")
    stall(seat)
    os.write(seat._line, b"Printer jams")
    until(lambda: drafts(home, people) == ["Printer jams"])


@pytest.mark.long
def test_drafts_are_kept_while_nobody_reads_and_the_screen_is_right_after(
    home: Path, people: People
) -> None:
    """Pitfall 33."""
    with Seat(home) as seat:
        type_unread(seat, home, people)
        before = len(seat.sent)
        seat.see("Printer jams")
        seat.ask("!", "Printer jams!")
        shown = seat.text()
        seat.ask("\x0c", "Printer jams!")
        seat.settle()
        assert seat.text() == shown
        assert len(seat.sent) - before < 200_000


@pytest.mark.long
def test_a_program_that_is_to_end_does_so_while_nobody_reads(home: Path, people: People) -> None:
    """What it would still tell its terminal is dropped."""
    with Seat(home) as seat:
        type_unread(seat, home, people)
        os.kill(seat.process, signal.SIGTERM)
        options = os.WEXITED | os.WNOHANG | os.WNOWAIT
        until(lambda: os.waitid(os.P_PID, seat.process, options) is not None)
    assert drafts(home, people) == ["Printer jams"]


@pytest.mark.long
@pytest.mark.parametrize("ignored", [False, True], ids=["", "nohup"])
def test_a_terminal_that_is_gone_ends_the_program(
    home: Path, people: People, ignored: bool
) -> None:
    """Pitfalls 29 and 30: also where the signal that says so is ignored; without spinning."""
    start = "import runpy, signal; signal.signal(signal.SIGHUP, signal.SIG_IGN); "
    start += "runpy.run_module('eds_tui', run_name='__main__')"
    with Seat(home, command=("-c", start) if ignored else ("-m", "eds_tui")) as seat:
        seat.begin_call()
        seat.ask("garst\rN2Printer jams", "Printer jams")
        assert seat.hung_up() == 0
    assert drafts(home, people) == ["Printer jams"]
