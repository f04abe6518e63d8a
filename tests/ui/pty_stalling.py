"""A line at whose end nobody reads."""

from __future__ import annotations

import os
from collections.abc import Callable
from time import monotonic

from tests.terminal import PATIENCE
from tests.ui.pty_kiosk import Seat


def until(is_so: Callable[[], bool]) -> None:
    """Wait until something is so, reading nothing of what the program sends."""
    end = monotonic() + PATIENCE
    while not is_so():
        assert monotonic() < end, "It does not come to pass."


def stall(seat: Seat) -> None:
    """Have the program send more than a line holds that nobody reads."""
    for _ in range(40):
        os.write(seat._line, b"\x0c")
