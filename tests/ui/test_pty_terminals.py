"""The main job on terminals of every kind: sign in, take a call, read the number out."""

from __future__ import annotations

from pathlib import Path

import pytest
from rich.cells import cell_len

from tests.ui.pty_data import logged
from tests.ui.pty_kiosk import CALL, QUEUE, Seat
from tests.ui.pty_screen import stray

pytestmark = pytest.mark.on_sqlite

PLAIN = ({"LANG": "C"}, {"LANG": "C", "LC_ALL": "C", "TERM": "linux", "NO_COLOR": "1"})
LACKING = ({"TERM": "linux"}, *PLAIN)
"""Terminals that have no triangles."""
TERMINALS = (
    *LACKING,
    {"TERM": "xterm"},
    {"TERM": "screen"},
    {"TERM": "vt220"},
    {"TERM": "xterm-256color", "COLORTERM": "truecolor"},
    {"NO_COLOR": "1"},
)


@pytest.mark.long
@pytest.mark.parametrize("environment", [
    pytest.param(each, marks=() if at == 2 else pytest.mark.long)
    for at, each in enumerate(TERMINALS)
], ids=str)  # fmt: skip
def test_calls_are_logged_on_every_terminal_small_and_large(
    home: Path, environment: dict[str, str]
) -> None:
    left, right = "><" if environment in LACKING else "▸◂"
    with Seat(home, environment) as seat:
        seat.sign_in()
        for number, size in enumerate(((80, 24), (120, 40)), 1):
            seat.resize(*size)
            seat.wait_for(rf"\A(.*\n){{{size[1] - 1}}} n New call")
            seat.ask("n", CALL)
            seat.ask("garst", f"{left} St Mary's and St Michael's, Garstang")
            seat.ask(
                "\rN2", f"{left}Network{right}", f"{left}2 Site/Department{right}", "Anne O'Brien"
            )
            seat.ask("No internet at all", "No internet at all", "F1 Help")
            seat.ask("\x13", "Incident logged!", f"The number is  INC000000{number}")
            seat.ask("\r", QUEUE, f"INC000000{number}", "No internet at all")
            seat.settle()
            assert [sum(map(cell_len, row)) for row in seat.cells()] == [size[0]] * size[1]

        assert stray(seat.sent) == []
        assert seat.sent.isascii() == (environment in PLAIN)
    entry = ("Anne O'Brien", "01995 600001", "No internet at all", "30112", "network", 2)
    assert logged(home) == [entry, entry]
