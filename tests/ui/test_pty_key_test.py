"""The screen on which the keys of a terminal are tried."""

from __future__ import annotations

import importlib
from pathlib import Path

import pytest

from eds_tui.ui.commands.base import Command
from eds_tui.ui.key_test import WANTED
from tests.ui.pty_kiosk import Seat

pytestmark = pytest.mark.on_sqlite

DOCTOR = ("-m", "eds_tui", "doctor", "--keys")
NOTHING = "Nothing has arrived yet."


@pytest.mark.parametrize(
    ("sent", "shown", "data"),
    [
        (b"\r", "[x] Enter", "0d"),
        (b"\n", "[x] Enter", "0a"),
        (b"\x1bOP", "[x] F1", "1b 4f 50"),
        (b"\x1b[11~", "[x] F1", "1b 5b 31 31 7e"),
        (b"\x1b[[A", "[x] F1", "1b 5b 5b 41"),
        (b"\x1b[Z", "[x] Shift+Tab", "1b 5b 5a"),
        (b"\x08", "[x] Backspace", "08"),
        (b"\x11", "[x] Ctrl+Q", "11"),
        ("å".encode(), "Arrived: å", "c3 a5"),
        (b"\xe5\r", "Enter", "e5 0d"),
    ],
)
def test_a_key_is_named_and_ticked_with_its_bytes(
    tmp_path: Path, sent: bytes, shown: str, data: str
) -> None:
    with Seat(tmp_path, command=DOCTOR) as seat:
        seat.see(NOTHING)
        seat.ask(sent, shown, f"as the bytes {data}")


@pytest.mark.parametrize("keys", ["qq", "\x1b[27u\x1b[27u"])
def test_it_ends_by_either_of_two_keys_and_by_no_other(tmp_path: Path, keys: str) -> None:
    with Seat(tmp_path, command=DOCTOR) as seat:
        seat.see(NOTHING)
        seat.ask("qxq\x11\x03\x1a", "[x] Ctrl+Q", "[x] Ctrl+C", "[x] Ctrl+Z")
        seat.write(keys)
        assert seat.ended() == 0


def test_a_latin_1_terminal_is_understood(tmp_path: Path) -> None:
    with Seat(tmp_path, {"LANG": "en_GB.ISO-8859-1"}, DOCTOR, "latin-1") as seat:
        seat.see(NOTHING)
        seat.ask(b"\xe5", "Arrived: å", "as the bytes e5")


def test_every_key_of_a_command_can_be_tried() -> None:
    for name in ("everywhere", "forms", "incidents", "triage"):
        importlib.import_module(f"eds_tui.ui.commands.{name}")

    used = {key for command in Command.__subclasses__() for key in command.keys.split(",")}

    named = {key for key in used if len(key) > 1}
    signs = ("_mark", "_sign", "slash", "_bracket", "asterisk", "minus", "plus")
    characters = {key for key in named if key.endswith(signs)}
    assert named - characters <= WANTED.keys()
