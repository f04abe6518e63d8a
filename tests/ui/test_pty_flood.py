"""However much comes from a terminal, and whatever size it says it has, the kiosk stays small."""

from __future__ import annotations

import re
from contextlib import suppress
from os import write
from pathlib import Path

import pytest

from eds_tui.host.terminals import MOST_COLUMNS, MOST_ROWS
from tests.factories import PASSWORD
from tests.ui.pty_data import logged
from tests.ui.pty_form import PASTE, PASTED, at_caller
from tests.ui.pty_kiosk import CALL, QUEUE, SIGN_IN, Seat
from tests.ui.pty_stalling import until

pytestmark = pytest.mark.on_sqlite

FLOODS = (b"x" * 300_000, b"\xff" * 1_000_000)
SIZES = ("\x1b[48;10000;10000;1;1t", "\x1b[?2048;1$y", "\x1b[48;40;120;600;960t")
"""A terminal's report of its size, which has not been asked for, and its offer to report it."""
PLACE = re.compile(rb"\x1b\[(\d+);\d+H")
SEQUENCE = re.compile(r"\x1b\[[^a-zA-Z]*[a-zA-Z]")


def places(seat: Seat, since: int) -> list[int]:
    """Return the rows in which something has been painted, after so many bytes."""
    seat.settle(draw=False)
    return [int(row) for row in PLACE.findall(seat.sent[since:])]


def test_floods_and_sizes_among_the_keys_leave_a_sign_in_that_answers(home: Path) -> None:
    with Seat(home) as seat:
        seat.see(SIGN_IN)
        for size in SIZES:
            seat.write(size)
        seat.ask("here", "Account      here")
        assert max(places(seat, 0)) <= seat.screen.lines
        for flood in FLOODS:
            seat.write(flood)
            seat.resize_now(100, 30)
            seat.write(flood)
            seat.resize_now(80, 24)
            seat.ask("\x15here", "Account      here")
        seat.write("\x15")
        seat.sign_in()


@pytest.mark.long
def test_of_a_huge_window_no_more_is_drawn_than_the_most(home: Path) -> None:
    with Seat(home) as seat:
        seat.sign_in()
        seat.settle()
        before = len(seat.sent)
        seat.resize_now(5000, 2000)
        until(lambda: MOST_ROWS in places(seat, before))
        assert max(places(seat, before)) == MOST_ROWS
        assert 80 < max(map(len, SEQUENCE.split(seat.sent[before:].decode()))) <= MOST_COLUMNS
        seat.resize(80, 24)
        seat.ask("n", CALL)


@pytest.mark.long
def test_a_long_text_goes_in_whole_where_a_terminal_marks_no_paste(home: Path) -> None:
    """The line holds back what there is no room for, and loses none of it."""
    lines = [f"{number}: the printer on the first floor jams" for number in range(160)]
    text = "\n".join(lines)
    with Seat(home) as seat:
        at_caller(seat)
        seat.write("Caller" + "\t" * 5)
        seat.write(text.replace("\n", "\r"))
        seat.see(lines[-1])
        seat.ask("\x13", "The number is")
    assert [row[2] for row in logged(home)] == [text]


def test_a_paste_with_its_own_end_in_it_logs_nothing(home: Path) -> None:
    with Seat(home) as seat:
        at_caller(seat)
        seat.write("Caller" + "\t" * 5)
        seat.ask(f"{PASTE}x {PASTED} \x13n and more{PASTED}", "x  ␓n and more", CALL)
        long = "printer " * 300
        seat.ask(f"{PASTE}{long}{PASTED}\x13n and {long}end{PASTED}", "end", CALL)
        assert logged(home) == []
        seat.ask("\x13", "The number is")
    assert [row[2] for row in logged(home)] == [
        f"x  ␓n and more{long}␓n and {long}end"[:8000].strip()
    ]


@pytest.mark.long
def test_a_paste_without_its_end_gives_the_keys_back(home: Path) -> None:
    with Seat(home) as seat:
        at_caller(seat)
        seat.write(f"{PASTE}half")
        seat.settle()
        seat.write("o")
        seat.settle()
        seat.ask("k", "Caller       halfok")
        seat.ask("\x1b[27u", QUEUE)


@pytest.mark.long
@pytest.mark.parametrize("ignored", [False, True], ids=["", "nohup"])
def test_a_terminal_that_is_gone_ends_the_program_while_nothing_is_read(
    home: Path, ignored: bool
) -> None:
    """Each Enter is a wrong password, of which a thousand would take minutes."""
    start = "import runpy, signal; signal.signal(signal.SIGHUP, signal.SIG_IGN); "
    start += "runpy.run_module('eds_tui', run_name='__main__')"
    with Seat(home, command=("-c", start) if ignored else ("-m", "eds_tui")) as seat:
        seat.see(SIGN_IN)
        seat.ask("handler", "Account      handler")
        seat.write("\r")
        with suppress(BlockingIOError):
            while True:
                write(seat._line, f"{PASSWORD}?\r".encode())
        assert seat.hung_up() == 0
