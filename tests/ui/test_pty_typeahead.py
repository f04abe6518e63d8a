"""Whoever types ahead of the screen gets what they would have got by waiting for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.factories import PASSWORD, new_school
from tests.ui.pty_data import logged, services_at
from tests.ui.pty_kiosk import QUEUE, Seat

pytestmark = pytest.mark.on_sqlite

ROUNDS = 20
PAUSE = 0.05
"""Seconds between two keys."""
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


def test_escape_and_a_key_in_one_burst_are_two_keys(home: Path) -> None:
    """Rule 53: Alt is used for nothing, so that Escape leaves and the letter is a command."""
    with Seat(home) as seat:
        seat.begin_call()
        seat.ask("garst", "St Mary's and St Michael's")
        seat.write("\x1bn")
        seat.see("1 unfinished before this one")


@pytest.mark.long
def test_an_arrow_typed_while_the_school_is_looked_for_moves_in_its_result(home: Path) -> None:
    """Rule 53: at twenty keys a second it is always the second school."""
    with services_at(home) as services:
        services.schools.add(
            new_school(portal_number="40001", name="Garstang Academy", dfe_number="", urn="")
        )
    with Seat(home) as seat:
        seat.begin_call()
        for _ in range(ROUNDS):
            for key in [*"garst", "\x1b[B", "\r"]:
                seat.write(key)
                seat.settle(PAUSE, PAUSE, draw=False)
            seat.see("30112 · 888/3456")
            seat.ask("\x1b[Z\x1b[Z\x1b[Zqqqq", "No school is found by that.")
            seat.ask("\x15", "name, town or number")
