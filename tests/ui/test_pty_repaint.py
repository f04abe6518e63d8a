"""After any number of small paints the terminal shows what one whole paint would show."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import nasty
from tests.factories import People
from tests.ui.pty_data import log_with_file, services_at
from tests.ui.pty_kiosk import CALL, QUEUE, Seat

pytestmark = [pytest.mark.long, pytest.mark.on_sqlite]

WAY = (
    ("\x1b[B\x1b[B\x1b[B\x1b[6~\x1b[5~\x1b[F\x1b[H", QUEUE),
    ("\t\x1b[Z\x1b[Z\t", "▸Open"),
    ("?", "Keys: The queue"),
    ("\x1b[B\x1b[B\x1b[27u", QUEUE),
    ("t", "Colours"),
    ("\x1b[27u", QUEUE),
    ("i", "What the states mean"),
    ("\x1b[B\x1b[B ", "Esc Back"),
    ("\x1b[27u", QUEUE),
    ("o", "Portal 00000"),
    ("\t\x1b[B", "Esc Back"),
    ("\x1b[27u", QUEUE),
    ("1x", "Go to incident"),
    ("\r", "! 1x is not"),
    ("\x1b[27u", QUEUE),
    ("\r", "Comments"),
    ("\x1b[6~\x1b[5~cWorte 打印机 e\u0301 打", "Worte"),
    ("\x1b[D\x1b[D\x7f\x7f本\x1b[Hx", "xWorte"),
    ("\x13", "Comment sent."),
    ("\x1b[27u", QUEUE),
    ("n", CALL),
    ("garst", "▸ St Mary's"),
    ("\r", "▸"),
    ("H3The 打印机 jams\rfor \U0001f44d ever", "ever"),
    ("\x1b[A\x1b[D\x1b[D打\x7f\x7f", "打"),
    ("\x13", "The number is"),
)
"""Keys, and what is on the screen once they have been done."""


def fill(people: People, home: Path) -> int:
    """Log incidents with texts of every width, and return how many."""
    texts = (*nasty.MARKUP, *nasty.CONTROL, *nasty.INVISIBLE, *nasty.WIDE)
    with services_at(home) as services:
        for text in texts:
            log_with_file(services, people, text)
    return len(texts)


def repaint(seat: Seat, sees: str) -> list[list[str]]:
    """Return the cells after a whole paint on a terminal that was blank."""
    seat.screen.reset()
    seat.ask("\x0c", sees)
    seat.settle()
    return seat.picture()


def test_the_screen_is_the_same_after_a_long_way_and_after_a_repaint(
    home: Path, people: People
) -> None:
    fill(people, home)
    with Seat(home) as seat:
        seat.sign_in()
        for keys, sees in WAY:
            seat.ask(keys, sees)
        seat.ask("\r", QUEUE)
        seat.settle()
        before = seat.picture()

        assert repaint(seat, QUEUE) == before


def test_a_list_that_moves_by_a_row_looks_as_it_does_after_a_repaint(
    home: Path, people: People
) -> None:
    newest, at = fill(people, home), 0
    with Seat(home) as seat:
        seat.sign_in()
        for rows in (25, -20, 23, -2, -30):
            for _ in range(abs(rows)):
                at = max(at + (1 if rows > 0 else -1), 0)
                seat.ask("\x1b[B" if rows > 0 else "\x1b[A", f"▸INC{newest - at:07}")
            seat.settle()
            before = seat.picture()

            assert repaint(seat, QUEUE) == before
        moved = seat.sent.count(b"\x1b[r")
    assert moved > 10


@pytest.mark.parametrize(
    ("key", "sees"), [("1", "Go to incident"), ("?", "Keys: The queue"), ("t", "Colours")]
)
def test_a_dialog_is_painted_again_as_any_place_is(
    home: Path, people: People, key: str, sees: str
) -> None:
    fill(people, home)
    with Seat(home) as seat:
        seat.sign_in()
        seat.ask(key, sees)
        seat.settle()
        before = seat.picture()

        assert repaint(seat, sees) == before


@pytest.mark.parametrize("sizes", [((60, 20), (120, 40)), ((132, 43), (80, 24))])
def test_the_screen_is_the_same_after_the_window_was_resized(
    home: Path, people: People, sizes: tuple[tuple[int, int], ...]
) -> None:
    under = f"INC{fill(people, home) - 4:07}"
    with Seat(home) as seat:
        seat.sign_in()
        seat.ask("\x1b[B\x1b[B", QUEUE)
        for columns, rows in sizes:
            seat.resize(columns, rows)
            seat.wait_for(rf"\A(.*\n){{{rows - 1}}} n New call")
        seat.ask("\x1b[B\x1b[B", QUEUE)
        # Beside the list or below it, a moment after the cursor has come there.
        seat.wait_for(rf"(?s){under}.*▸{under}|▸{under}.*{under}")
        seat.settle()
        before = seat.picture()

        assert repaint(seat, QUEUE) == before
        assert [len(row) for row in before] == [columns] * rows
