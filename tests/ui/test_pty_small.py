"""A window too small to work in says so, and nothing is lost by it."""

from __future__ import annotations

from pathlib import Path

import pytest

from eds_tui.domain.event import EventKind
from eds_tui.host.terminals import LEAST_COLUMNS, LEAST_ROWS
from tests.ui.pty_data import logged, services_at
from tests.ui.pty_kiosk import CALL, QUEUE, Seat
from tests.ui.pty_stalling import until

pytestmark = pytest.mark.on_sqlite


@pytest.mark.long
def test_a_small_window_covers_the_form_and_gives_it_back_whole(home: Path) -> None:
    with Seat(home) as seat:
        seat.begin_call()
        seat.ask("garst", "▸ St Mary's")
        seat.ask("\rN2No internet", "No internet", "Nothing open at this school.")
        seat.settle()
        before = seat.picture()
        for columns, rows in ((LEAST_COLUMNS - 1, 24), (80, LEAST_ROWS - 1), (30, 8)):
            seat.resize(columns, rows)
            seat.see("Window too small")
            seat.write("XY\x13\x1b[27u\r")
            seat.settle()
            shown = " ".join(seat.text().split())
            assert shown == (
                f"Window too small: {columns} by {rows}, needed {LEAST_COLUMNS} by {LEAST_ROWS}."
                " Please enlarge it. What is typed stays. Ctrl+Q leaves."
            )
            assert seat.screen.cursor.hidden
        seat.resize(80, 24)
        seat.ask("", "No internet", CALL)
        seat.settle()
        assert seat.picture() == before
        seat.ask("\x13", "The number is")
    assert [entry[2] for entry in logged(home)] == ["No internet"]


@pytest.mark.long
def test_no_size_and_no_storm_of_sizes_ends_the_kiosk(home: Path) -> None:
    with Seat(home) as seat:
        seat.sign_in()
        for turn in range(60):
            seat.resize_now(1 + turn * 37 % 200, 1 + turn * 17 % 60)
        for size in ((1, 1), (0, 0), (1, 60), (200, 1)):
            seat.resize_now(*size)
        seat.resize(100, 30)
        seat.wait_for(r"\A(.*\n){29} n New call")
        seat.settle()
        before = seat.picture()
        seat.screen.reset()
        seat.ask("\x0c", QUEUE)
        seat.settle()
        assert seat.picture() == before
        seat.ask("n", CALL)


def test_the_smallest_window_has_room_for_a_call(home: Path) -> None:
    with Seat(home) as seat:
        seat.resize(LEAST_COLUMNS, LEAST_ROWS)
        seat.begin_call()
        seat.ask("garst", "▸ St Mary's")
        seat.ask("\rS4", "▸Software◂", "▸4 Single User◂")
        seat.ask("No internet at all", "No internet at all", "Ctrl+S")
        seat.ask("\x13", "The number is")
        seat.ask("\r", QUEUE)


def happened(home: Path, kind: EventKind) -> bool:
    """Return whether the event log has an event of a kind."""
    with services_at(home) as services:
        lead = services.accounts.by_login("lead")
        return kind in {event.kind for event in services.history.watched(lead)}


@pytest.mark.long
def test_one_leaves_from_a_small_window_with_what_is_typed_kept(home: Path) -> None:
    with Seat(home) as seat:
        seat.begin_call()
        seat.ask("garst", "▸ St Mary's")
        seat.ask("\rN2Kept", "Kept")
        seat.resize(20, 5)
        seat.see("too small")
        seat.write("\x11")
        # Keys that were typed before one has logged out are for nobody.
        until(lambda: happened(home, EventKind.SIGNED_OUT))
        seat.write("\x11")
        assert seat.ended() == 0
    with Seat(home) as seat:
        seat.sign_in()
        seat.see("1 unfinished")
