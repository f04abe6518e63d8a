"""The line drops, or the session is ended: what was typed is kept to the last key (rule 36)."""

from __future__ import annotations

import os
import signal
from contextlib import closing
from pathlib import Path

import pytest

from eds_tui import bootstrap
from tests.factories import People
from tests.ui.pty_data import drafts, logged
from tests.ui.pty_kiosk import CALL, QUEUE, SIGN_IN, Seat, url
from tests.ui.pty_state import OF_NO_CONCERN, modes, state

pytestmark = pytest.mark.on_sqlite

_OTHERS = (
    pytest.param(each, marks=pytest.mark.long)
    for each in (signal.SIGTERM, signal.SIGINT, signal.SIGQUIT)
)


@pytest.mark.parametrize("number", [signal.SIGHUP, *_OTHERS])
def test_a_session_that_is_ended_from_outside_keeps_what_was_typed(
    home: Path, people: People, number: signal.Signals
) -> None:
    with Seat(home) as seat:
        seat.begin_call()
        seat.ask("garst\rN2Printer jams", "Printer jams")
        os.kill(seat.process, number)
        assert seat.ended() == 0
        assert modes(seat.sent) == {"7": "h", "25": "h", "1004": "l", "1049": "l", "2004": "l"}
    assert drafts(home, people) == ["Printer jams"]


@pytest.mark.long
@pytest.mark.parametrize("end", ["key", "signal"])
def test_after_the_end_a_back_up_can_take_the_place_of_the_database(home: Path, end: str) -> None:
    """SQLite would add to it what the kiosk has left in files beside the other one."""
    file = home / "eds.db"
    with closing(bootstrap.open_database(url(home))) as database:
        database.back_up(home / "earlier.db")
    with Seat(home) as seat:
        seat.begin_call()
        seat.ask("garst\rN2Printer jams", "Printer jams")
        seat.ask("\x13", "The number is")
        if end == "key":
            seat.ask("\r", QUEUE)
            seat.ask("q", SIGN_IN)
            seat.write("\x11")
        else:
            os.kill(seat.process, signal.SIGTERM)
        assert seat.ended() == 0

    assert list(home.glob("eds.db*")) == [file]
    assert [row[2] for row in logged(home)] == ["Printer jams"]
    os.replace(home / "earlier.db", file)
    assert logged(home) == []


@pytest.mark.long
def test_other_signals_neither_end_nor_stop_the_program(home: Path) -> None:
    """A stopped program would leave whoever sits there at a shell; typing goes on."""
    with Seat(home) as seat:
        seat.begin_call()
        seat.ask("garst\rN2", "Description")
        for place, name in enumerate(OF_NO_CONCERN):
            os.kill(seat.process, signal.Signals[f"SIG{name}"])
            seat.ask(f"k{place}.", f"k{place}.")
            assert state(seat) in "RS"
        seat.see("".join(f"k{place}." for place in range(len(OF_NO_CONCERN))))


def test_a_program_that_was_stopped_paints_again_when_it_goes_on(home: Path) -> None:
    """Others may have written on its terminal meanwhile; keys are taken once each."""
    with Seat(home) as seat:
        seat.sign_in()
        os.kill(seat.process, signal.SIGSTOP)
        seat.settle()
        seat._stream.feed(b"\x1b[2J\x1b[5;5Hsomething else")
        os.kill(seat.process, signal.SIGCONT)
        seat.see_no_more("something else")
        seat.ask("n", CALL)
        seat.ask("garst", "garst")
