"""Nobody reads at the other end of the line: the session goes on, and is right when they do."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path
from time import monotonic

import pytest

from tests.benchmarks.terminal import PATIENCE
from tests.furnished import Furnished
from tests.ui.pty_data import desk_at, prepared
from tests.ui.pty_kiosk import CALL, SIGN_IN, Seat

pytestmark = pytest.mark.on_sqlite

LONG = "word " * 12


def until(is_so: Callable[[], bool]) -> None:
    """Wait until something is so, reading nothing of what the program sends."""
    end = monotonic() + PATIENCE
    while not is_so():
        assert monotonic() < end, "It does not come to pass."


def drafts(home: Path, furnished: Furnished) -> list[str]:
    """Return the descriptions that are kept."""
    with desk_at(home) as desk:
        kept = desk.drafts.under(furnished.people.handler, "call:")
        return [str(draft.body.get("description")) for draft in kept]


def stall(seat: Seat) -> None:
    """Have the program send more than a line holds that nobody reads."""
    for _ in range(40):
        os.write(seat._line, b"\x0c")


def test_drafts_are_kept_while_nobody_reads_and_the_screen_is_right_after(
    furnished: Furnished, tmp_path: Path
) -> None:
    """Pitfall 33."""
    home = prepared(furnished, tmp_path / "home")
    with Seat(home) as seat:
        seat.sign_in()
        seat.ask("n", CALL)
        seat.ask("garst\rN2", "Description")
        stall(seat)
        os.write(seat._line, b"Printer jams")
        until(lambda: drafts(home, furnished) == ["Printer jams"])
        before = len(seat.sent)
        seat.see("Printer jams")
        seat.ask("!", "Printer jams!")
        shown = seat.text()
        seat.ask("\x0c", "Printer jams!")
        seat.settle()
        assert seat.text() == shown
        assert len(seat.sent) - before < 200_000


def test_a_program_that_is_to_end_does_so_while_nobody_reads(
    furnished: Furnished, tmp_path: Path
) -> None:
    """What it would still tell its terminal is dropped."""
    home = prepared(furnished, tmp_path / "home")
    with Seat(home) as seat:
        seat.sign_in()
        seat.ask("n", CALL)
        seat.ask("garst\rN2", "Description")
        stall(seat)
        os.write(seat._line, b"Printer jams")
        until(lambda: drafts(home, furnished) == ["Printer jams"])
        os.kill(seat.process, signal.SIGTERM)
        options = os.WEXITED | os.WNOHANG | os.WNOWAIT
        until(lambda: os.waitid(os.P_PID, seat.process, options) is not None)
    assert drafts(home, furnished) == ["Printer jams"]


@pytest.mark.parametrize("ignored", [False, True], ids=["", "nohup"])
def test_a_terminal_that_is_gone_ends_the_program(
    furnished: Furnished, tmp_path: Path, ignored: bool
) -> None:
    """Pitfalls 29 and 30: also where the signal that says so is ignored; without spinning."""
    home = prepared(furnished, tmp_path / "home")
    start = "import runpy, signal; signal.signal(signal.SIGHUP, signal.SIG_IGN); "
    start += "runpy.run_module('eds_tui', run_name='__main__')"
    with Seat(home, command=("-c", start) if ignored else ("-m", "eds_tui")) as seat:
        seat.see(SIGN_IN)
        seat.sign_in()
        seat.ask("n", CALL)
        seat.ask("garst\rN2Printer jams", "Printer jams")
        assert seat.hung_up() == 0
    assert drafts(home, furnished) == ["Printer jams"]
