"""The main job on terminals of every kind: sign in, take a call, read the number out."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.furnished import Furnished
from tests.ui.pty_data import logged, prepared
from tests.ui.pty_kiosk import CALL, QUEUE, Seat
from tests.ui.pty_screen import stray

TERMINALS = (
    {"TERM": "linux"},
    {"TERM": "xterm"},
    {"TERM": "screen"},
    {"TERM": "vt220"},
    {"TERM": "xterm-256color", "COLORTERM": "truecolor"},
    {"NO_COLOR": "1"},
    {"LANG": "C"},
    {"LANG": "C", "LC_ALL": "C", "TERM": "linux", "NO_COLOR": "1"},
)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=str)
@pytest.mark.parametrize("environment", TERMINALS, ids=str)
def test_a_call_is_logged_on_every_terminal(
    furnished: Furnished, tmp_path: Path, environment: dict[str, str], size: tuple[int, int]
) -> None:
    home = prepared(furnished, tmp_path / "home")
    with Seat(home, environment) as seat:
        seat.see("Password")
        if size != (80, 24):
            seat.resize(*size)
        seat.sign_in()
        seat.ask("n", CALL)
        seat.ask("garst", "▸ St Mary's and St Michael's, Garstang")
        seat.ask("\rN2", "▸Network◂", "▸2 Site/Department◂", "Anne O'Brien")
        seat.ask("No internet at all", "No internet at all", "F1 Help")
        seat.ask("\x13", "Incident logged!", "The number is  INC0000001")
        seat.ask("\r", QUEUE, "▸INC0000001", "No internet at all")
        seat.settle()

        assert [len("".join(row)) for row in seat.cells()] == [size[0]] * size[1]
        assert stray(seat.sent) == []
    assert logged(home) == [
        ("Anne O'Brien", "01995 600001", "No internet at all", "30112", "network", 2)
    ]
