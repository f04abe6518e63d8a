"""The kiosk that others use as well: no key, signal or variable leads out of it."""

from __future__ import annotations

import os
import signal
from pathlib import Path
from time import monotonic

import pytest

from tests.furnished import Furnished
from tests.ui.pty_data import desk_at, prepared
from tests.ui.pty_kiosk import CALL, QUEUE, SIGN_IN, Seat, url

pytestmark = pytest.mark.on_sqlite

LEFT_ALONE = (
    signal.SIGTSTP, signal.SIGCONT, signal.SIGUSR1, signal.SIGUSR2, signal.SIGALRM,
    signal.SIGPIPE, signal.SIGWINCH,
)  # fmt: skip
"""Signals that mean nothing to a kiosk."""
ENDS = (signal.SIGHUP, signal.SIGTERM, signal.SIGINT, signal.SIGQUIT)
RESTORED = (b"\x1b[?1049l", b"\x1b[?25h", b"\x1b[?2004l")
"""Of the terminal: the screen of before, the cursor, pasting."""
DEAF_TO_HANG_UP = """
import asyncio.unix_events, signal
from eds_tui.cli import main
add = asyncio.unix_events._UnixSelectorEventLoop.add_signal_handler
def without_hang_up(loop, number, *call):
    if number != signal.SIGHUP:
        add(loop, number, *call)
asyncio.unix_events._UnixSelectorEventLoop.add_signal_handler = without_hang_up
signal.signal(signal.SIGHUP, signal.SIG_IGN)
main()
"""
"""The program as under a wrapper that keeps the signal from it."""
STEERED = {
    "EDS_TUI_DATABASE_URL": "sqlite:////nowhere/else.db",
    "EDS_TUI_CONFIG": "/nowhere/settings.toml",
    "EDS_TUI_SESSION_END_MINUTES": "nonsense",
    "TEXTUAL_DRIVER": "os:system",
    "TEXTUAL_SCREENSHOT": "1",
    "TEXTUAL_PRESS": "ctrl+q",
    "TEXTUAL_LOG": "textual.log",
    "TEXTUAL_ALLOW_SIGNALS": "1",
    "EDITOR": "sh",
    "COLUMNS": "20",
    "LINES": "5",
}


def shared(home: Path, environment: dict[str, str] | None = None) -> Seat:
    """Return a seat at a kiosk that others use as well."""
    command = ("-m", "eds_tui", "kiosk", "--database", url(home))
    return Seat(home, environment, command)


def test_it_is_never_left_and_the_next_person_signs_in(
    furnished: Furnished, tmp_path: Path
) -> None:
    with shared(prepared(furnished, tmp_path / "home")) as seat:
        seat.see(SIGN_IN)
        for ways_out in ("\x11", "\x1b[27u", "\x03", "\x04", "\x1a", "\x1c", "\x10"):
            seat.write(ways_out)
        seat.sign_in()
        seat.ask("n", CALL)
        seat.ask("garst", "garst")
        seat.ask("\x11", "Account ", SIGN_IN)
        seat.write("\x11\x11")
        seat.sign_in("lead")
        seat.ask("n", CALL)
        assert not any("garst" in "".join(row) for row in seat.cells())


def test_the_environment_steers_nothing(furnished: Furnished, tmp_path: Path) -> None:
    home = prepared(furnished, tmp_path / "home")
    with shared(home, STEERED) as seat:
        seat.sign_in()
        seat.settle()
        assert not list(home.rglob("*.svg"))
        assert not (Path.cwd() / "textual.log").exists()


@pytest.mark.parametrize("number", ENDS)
def test_a_signal_to_end_keeps_what_was_typed_and_restores_the_terminal(
    furnished: Furnished, tmp_path: Path, number: signal.Signals
) -> None:
    home = prepared(furnished, tmp_path / "home")
    with shared(home) as seat:
        seat.sign_in()
        seat.ask("n", CALL)
        seat.ask("garst\rN2Printer jams", "Printer jams")
        os.kill(seat.process, number)
        assert seat.ended() == 0
        assert all(each in seat.sent for each in RESTORED)
    with desk_at(home) as desk:
        (draft,) = desk.drafts.under(furnished.people.handler, "call:")
    assert draft.body["description"] == "Printer jams"


def test_other_signals_change_nothing(furnished: Furnished, tmp_path: Path) -> None:
    with shared(prepared(furnished, tmp_path / "home")) as seat:
        seat.sign_in()
        seat.ask("n", CALL)
        for number in LEFT_ALONE:
            os.kill(seat.process, number)
            seat.write(".")
        seat.see("." * len(LEFT_ALONE))
        seat.ask("\x11", SIGN_IN)


def test_a_terminal_that_vanishes_ends_it_though_the_signal_is_ignored(
    furnished: Furnished, tmp_path: Path
) -> None:
    """As under nohup: the end of the terminal is seen by itself, and costs no time."""
    home = prepared(furnished, tmp_path / "home")
    with Seat(home, None, ("-c", DEAF_TO_HANG_UP)) as seat:
        seat.sign_in()
        seat.ask("n", CALL)
        seat.ask("garst\rN2Printer jams", "Printer jams")
        assert seat.hung_up() == 0
    with desk_at(home) as desk:
        (draft,) = desk.drafts.under(furnished.people.handler, "call:")
    assert draft.body["description"] == "Printer jams"


def test_a_terminal_that_stands_still_holds_no_draft_up_and_is_whole_afterwards(
    furnished: Furnished, tmp_path: Path
) -> None:
    """Nobody reads what it paints: it goes on, and paints what is so when somebody does."""
    home = prepared(furnished, tmp_path / "home")
    with shared(home) as seat:
        seat.sign_in()
        seat.ask("n", CALL)
        seat.ask("garst\rN2", "▸2 Site/Department◂")
        # Without a look at the terminal: far more is painted than it holds.
        for _ in range(60):
            seat.type_blindly("\x0c" * 8)
        seat.type_blindly("Printer jams")
        end = monotonic() + 30
        with desk_at(home) as desk:
            while monotonic() < end:
                drafts = desk.drafts.under(furnished.people.handler, "call:")
                if drafts and drafts[0].body.get("description") == "Printer jams":
                    break
            else:
                raise AssertionError("The draft is not kept.")
        seat.see("Printer jams", CALL)
        seat.ask("\x1b[27u", QUEUE)
