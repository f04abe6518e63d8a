"""The terminal's own cursor follows the focus, for magnifiers and screen readers."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.factories import People
from tests.ui.pty_data import log_with_file, services_at
from tests.ui.pty_kiosk import CALL, QUEUE, SIGN_IN, Seat

pytestmark = pytest.mark.on_sqlite


def at(seat: Seat) -> tuple[str, int]:
    """Return what the line of the cursor shows from there on, and the cursor's column."""
    seat.settle()
    cursor = seat.screen.cursor
    assert not cursor.hidden
    return "".join(seat.screen.cells(cursor.y)[cursor.x :]).rstrip(), cursor.x


def test_the_cursor_stands_where_the_next_key_works(home: Path, people: People) -> None:
    with services_at(home) as services:
        for number in range(3):
            log_with_file(services, people, f"Fault {number}")
    with Seat(home) as seat:
        seat.see(SIGN_IN)
        seat.ask("hand", "hand")
        seat.ask("\x1b[D", "hand")
        assert at(seat)[0] == "d"
        seat.ask("\x1b[C", "hand")
        seat.sign_in("ler")
        for number in (3, 2):
            row, column = at(seat)
            assert (row.startswith(f"▸INC000000{number}"), column) == (True, 0)
            seat.write("\x1b[B")
            seat.see(f"▸INC000000{number - 1}")
        seat.ask("?", "Keys: The queue")
        seat.ask("\x1b[27u", QUEUE)
        assert at(seat)[0].startswith("▸INC0000001")

        seat.ask("n", CALL)
        seat.ask("garst", "▸ St Mary's")
        assert at(seat) == ("", 14 + len("garst"))
        seat.ask("\r", "30112")


@pytest.mark.long
def test_the_cursor_follows_a_choice_and_what_is_written(home: Path) -> None:
    with Seat(home) as seat:
        seat.begin_call()
        seat.ask("garst", "▸ St Mary's")
        seat.ask("\r", "30112")
        assert at(seat)[0].startswith("Data  Hardware")
        seat.write("\x1b[C")
        assert at(seat)[0].startswith("Hardware  Network")
        seat.ask("H3", "▸3 Multiple Users◂")
        seat.ask("The one\rtwo 打", "two 打")
        assert at(seat) == ("", 14 + len("two ") + 2)
        seat.write("\x1b[D\x1b[A")
        assert at(seat) == ("one", 14 + len("The "))
        seat.ask("\x0c", "F1 Help")
        assert at(seat) == ("one", 14 + len("The "))
        seat.resize(70, 22)
        seat.wait_for(r"\A(.*\n){21} Ctrl\+S")
        assert at(seat) == ("one", 14 + len("The "))


def test_where_nothing_has_the_focus_no_cursor_is_shown(home: Path) -> None:
    with Seat(home) as seat:
        seat.sign_in()
        assert at(seat)
        seat.ask("t", "Colours")
        seat.settle()
        assert seat.screen.cursor.hidden
        seat.ask("\x1b[27u", QUEUE)
        assert at(seat)


@pytest.mark.long
def test_nothing_is_sent_while_nothing_changes(home: Path) -> None:
    with Seat(home) as seat:
        seat.sign_in()
        seat.settle()
        before = len(seat.sent)
        seat.write("\x1b[A" * 5)
        seat.settle()
        assert len(seat.sent) == before
