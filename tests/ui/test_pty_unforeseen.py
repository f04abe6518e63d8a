"""An unexpected error on a real terminal: all is painted, and nothing of the inside."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.furnished import Furnished
from tests.ui.pty_data import prepared, services_at
from tests.ui.pty_kiosk import SIGN_IN, Seat

pytestmark = pytest.mark.on_sqlite

FAILING = """
import sys
from datetime import timedelta
from textual.binding import Binding
from eds_tui import bootstrap
from eds_tui.host.clocks import SystemClock
from eds_tui.host.logs import log_to_file
from eds_tui.settings import read_settings
from eds_tui.ui.app import Kiosk
from eds_tui.ui.screens.call import CallScreen
from eds_tui.ui.textual_ext.painter import Painter
from eds_tui.ui.widgets.bars import Heading

class Ahead(SystemClock):
    def seconds(self):
        return super().seconds() + Failing.ahead.total_seconds()

class Failing(Kiosk):
    BINDINGS = [
        Binding("ctrl+x", "break_paint(True)", priority=True),
        Binding("ctrl+f", "break_paint(False)", priority=True),
        Binding("ctrl+y", "hurry", priority=True),
    ]
    ahead = timedelta()

    def action_hurry(self):
        type(self).ahead += timedelta(minutes=11)

    def action_break_paint(self, once):
        owner, name = PAINT[sys.argv[1]]
        real = getattr(owner, name)

        def fail(*args):
            if once:
                # What was told in the queue would be gone with the key that opened the form.
                if type(self.screen) is not CallScreen:
                    return real(*args)
                setattr(owner, name, real)
            raise RuntimeError("db://eds:S3cretPw!@host")

        setattr(owner, name, fail)
        if not once:
            self.screen.heading.refresh()

def connect():
    return bootstrap.open_services(bootstrap.open_database(settings.database_url))

PAINT = {"line": (Heading, "render"), "cursor": (Painter, "_cursor_place")}
log_to_file()
settings = read_settings()
kiosk = Failing(settings=settings, connect=connect, clock=Ahead())
kiosk.run(mouse=False)
sys.exit(kiosk.return_code)
"""
REFERENCE = r"reference\s([0-9A-F]{6})"
INSIDE = ("S3cretPw!", "RuntimeError", "Traceback", "error_recovery.py")


def references(home: Path) -> list[str]:
    """Return the references of the errors in the log."""
    log = (home / "state" / "eds-tui" / "log" / "kiosk.log").read_text()
    assert "S3cretPw!" not in log
    assert "Printer" not in log
    return [json.loads(line)["message"].removeprefix("reference ") for line in log.splitlines()]


@pytest.mark.parametrize("what", ["line", pytest.param("cursor", marks=pytest.mark.long)])
def test_a_paint_that_fails_once_is_made_good_and_the_call_is_logged(
    furnished: Furnished, tmp_path: Path, what: str
) -> None:
    """The first picture of a place is the whole of it, whatever was thought to be sent already."""
    home = prepared(furnished, tmp_path / "home")
    with Seat(home, command=("-c", FAILING, what)) as seat:
        seat.sign_in()
        seat.write("\x18n")
        seat.wait_for(REFERENCE)
        seat.see("Description")
        seat.settle()
        told = re.findall(REFERENCE, seat.text())
        assert seat.text().lstrip().startswith("New call")
        seat.ask("garst\rN2Printer jams", "Printer jams")
        seat.ask("\x13", "The number is  INC0000001")
        assert not [inside for inside in INSIDE if inside.encode() in seat.sent]
    assert references(home) == told


def test_a_lock_that_can_not_be_painted_ends_with_the_reference_and_shows_nothing_below_it(
    furnished: Furnished, tmp_path: Path
) -> None:
    """What was typed is kept, and the terminal is given back."""
    home = prepared(furnished, tmp_path / "home")
    with Seat(home, command=("-c", FAILING, "line")) as seat:
        seat.sign_in()
        seat.ask("ngarst\rN2Printer jams", "Printer jams")
        seat.ask("\x19", "This session is locked", SIGN_IN)
        seat.settle()
        before = len(seat.sent)
        seat.write("\x06")
        assert seat.ended() == 1
        assert re.findall(REFERENCE, seat.text())[-1] in references(home)
        assert "The kiosk had to stop" in seat.text()
        shown = seat.sent[before:]
        assert not [inside for inside in (*INSIDE, "Printer", "Garst") if inside.encode() in shown]
    with services_at(home) as services:
        (draft,) = services.drafts.under(furnished.people.handler, "call:")
    assert draft.body["description"] == "Printer jams"
