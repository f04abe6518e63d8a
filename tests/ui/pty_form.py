"""The form of a call on a real terminal, and pastes into it."""

from __future__ import annotations

from tests.ui.pty_kiosk import Seat

PASTE, PASTED = "\x1b[200~", "\x1b[201~"


TEST_SCHOOL = "Test School, Test Town"


def at_caller(seat: Seat) -> None:
    """Go to the caller's field, emptied, of a call from the first school."""
    seat.begin_call()
    seat.ask("00000", f"▸ {TEST_SCHOOL}")
    seat.ask("\rN2", "▸Network◂", "▸2 Site/Department◂", "Test Bursar")
    seat.write("\x1b[Z" * 4)
    seat.write("\x1b[F\x15")
    seat.see_no_more("Test Bursar")
