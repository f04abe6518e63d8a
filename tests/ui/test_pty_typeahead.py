"""Whoever types ahead of the screen gets what they would have got by waiting for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.factories import PASSWORD
from tests.ui.pty_data import logged
from tests.ui.pty_kiosk import QUEUE, Seat

pytestmark = pytest.mark.on_sqlite

CALL = "ngarst\rN2No internet in the building.\x13"


def test_a_call_typed_before_the_first_paint_is_logged_as_it_was_meant(home: Path) -> None:
    with Seat(home) as seat:
        seat.reads_keys()
        seat.write(f"handler\r{PASSWORD}\r{CALL}")
        seat.see("The number is  INC0000001")
        seat.ask("\r", QUEUE, "▸INC0000001")
    assert logged(home) == [
        (
            "Anne O'Brien",
            "01995 600001",
            "No internet in the building.",
            "30112",
            "network",
            2,
        )
    ]


@pytest.mark.long
def test_calls_typed_one_after_the_other_are_logged_in_that_order(home: Path) -> None:
    with Seat(home) as seat:
        seat.sign_in()
        seat.write(f"{CALL}nTest Town\rP4Locked out\x13\rn30112\rD1Data lost\x13")
        seat.see("The number is  INC0000003")
    assert [row[2:] for row in logged(home)] == [
        ("No internet in the building.", "30112", "network", 2),
        ("Locked out", "00000", "passwords", 4),
        ("Data lost", "30112", "data", 1),
    ]
