"""The kiosk shows nothing of its inside, and no key leads out of it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.factories import People
from tests.ui.pty_data import log_with_file, services_at
from tests.ui.pty_kiosk import CALL, QUEUE, SIGN_IN, Seat
from tests.ui.pty_state import modes, state

pytestmark = pytest.mark.on_sqlite

SECRET = "S3cretPw!"
FAILING = """
import asyncio, sys
from functools import partial
from textual.binding import Binding
from eds_tui import bootstrap
from eds_tui.host.logs import log_to_file
from eds_tui.settings import read_settings
from eds_tui.ui.app import Kiosk

def fail():
    password = "".join(("S3cret", "Pw!"))
    raise RuntimeError("no connection to db://eds:" + password + "@host")

class Failing(Kiosk):
    BINDINGS = [
        Binding("ctrl+x", "prepare", priority=True), Binding("ctrl+f", "fail", priority=True)
    ]

    def action_prepare(self):
        self.screen.say("about to fail")
        if sys.argv[1] == "input":
            self._driver.process_message = lambda message: fail()

    def action_fail(self):
        HOW(self)

    async def fails(self):
        fail()

HOW = {
    "action": lambda app: fail(),
    "worker": lambda app: app.run_worker(app.fails()),
    "timer": lambda app: app.set_interval(0.01, fail),
    "later": lambda app: app.call_later(fail),
    "paint": lambda app: (setattr(app.focused, "render_line", lambda y: fail()),
                          app.focused.refresh()),
    "input": None,
}[sys.argv[1]]

def connect(url):
    return bootstrap.open_services(bootstrap.open_database(url))

log_to_file()
settings = read_settings()
kiosk = Failing(settings=settings, connect=partial(connect, settings.database_url))
kiosk.run(mouse=False)
sys.exit(kiosk.return_code)
"""
REFERENCE = r"reference\s([0-9A-F]{6})"
PLACES = (
    ("", QUEUE),
    ("n", CALL),
    ("\r", "Comments"),
    ("\rc", "Comments"),
    ("o", "Portal 00000"),
    ("i", "What the states mean"),
    ("1", "Go to incident"),
    ("?", "Keys: The queue"),
    ("t", "Colours"),
    ("n\x14", "Attach a file"),
)
"""Keys from the queue to a place, and what stands there."""
WAYS_OUT = "\x10\x1a\x1c\x03\x1d\x1e\x04"
"""Palette, suspend, quit, interrupt and end of file."""
FUNCTION_KEYS = (
    *(f"\x1bO{letter}" for letter in "PQRS"),
    *(f"\x1b[{number}~" for number in (*range(11, 16), 17, 18, 19, 20, 21, 23, 24, 25, 26, 28, 29)),
    *(f"\x1b[[{letter}" for letter in "ABCDE"),
    "\x1b[M", "\x1b[N",
)  # fmt: skip
"""F1 to F12 and beyond, as xterm, PuTTY, the Linux console and SCO send them."""


@pytest.mark.parametrize(
    "how",
    [
        "paint",
        *(
            pytest.param(each, marks=pytest.mark.long)
            for each in ("action", "worker", "timer", "later", "input")
        ),
    ],
)
def test_an_unexpected_error_shows_a_reference_and_nothing_of_the_inside(
    home: Path, how: str
) -> None:
    with Seat(home, command=("-c", FAILING, how)) as seat:
        seat.see(SIGN_IN)
        seat.ask("\x18", "about to fail")
        seat.write("\x06")
        seat.wait_for(REFERENCE)
        seat.settle()
        shown, sent = seat.text(), seat.sent.decode()
    log = (home / "state" / "eds-tui" / "log" / "kiosk.log").read_text()

    assert f"reference {re.findall(REFERENCE, shown)[-1]}" in log
    for inside in (SECRET, "RuntimeError", "Traceback", "fail()", "app.py"):
        assert inside not in sent
    assert SECRET not in log


def test_a_program_that_had_to_stop_gives_the_terminal_back(home: Path) -> None:
    with Seat(home, command=("-c", FAILING, "timer")) as seat:
        seat.see(SIGN_IN)
        seat.ask("\x18", "about to fail")
        seat.write("\x06")

        assert seat.ended() == 1
        assert "The kiosk had to stop" in seat.text()
        assert modes(seat.sent) == {"7": "h", "25": "h", "1004": "l", "1049": "l", "2004": "l"}


@pytest.mark.long
def test_no_key_leads_out_of_any_place(home: Path, people: People) -> None:
    with services_at(home) as services:
        log_with_file(services, people, "No internet")
    with Seat(home) as seat:
        seat.sign_in()
        seat.see("▸INC0000001")
        for keys, sees in PLACES:
            seat.ask(keys, sees)
            for key in (*WAYS_OUT, *FUNCTION_KEYS):
                seat.write(key)
            seat.ask("\x1b[27u" * 4, QUEUE)
            # The list that is chosen may have been changed by a key; all has every row.
            seat.write("\x1b[Z" if "▸Open" not in seat.text() else "")
            assert state(seat) in "RS"
        seat.ask("\x11", "Account")
        for unwanted in ("palette", "to quit", "Search for", "Screenshot"):
            assert unwanted.encode() not in seat.sent


def test_a_password_is_never_copied(home: Path) -> None:
    with Seat(home) as seat:
        seat.see(SIGN_IN)
        seat.ask(f"handler\r{SECRET}", "Account      handler", "•" * len(SECRET))
        seat.write("\x1b[1;2H\x03\x18\x01\x03\x18\x1b[Z")
        seat.ask("\x05more", "Account      handlermore")

        assert b"]52;" not in seat.sent
        assert SECRET.encode() not in seat.sent
