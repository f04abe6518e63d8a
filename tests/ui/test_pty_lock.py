"""The lock on a real terminal, with a dialog open below it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from eds_tui.domain.event import EventKind
from eds_tui.services.container import Services
from tests.factories import PASSWORD, People
from tests.furnished import Furnished
from tests.ui.pty_data import prepared, services_at
from tests.ui.pty_kiosk import CALL, SIGN_IN, Seat
from tests.ui.pty_stalling import stall, until

pytestmark = pytest.mark.on_sqlite

HURRIED = """
import sys
from datetime import timedelta
from textual.binding import Binding
from eds_tui import bootstrap
from eds_tui.host.clocks import SystemClock
from eds_tui.host.logs import log_to_file
from eds_tui.settings import read_settings
from eds_tui.ui.app import Kiosk

class Ahead(SystemClock):
    def seconds(self):
        return super().seconds() + Hurried.ahead.total_seconds()

class Hurried(Kiosk):
    BINDINGS = [
        Binding("ctrl+f", "hurry(11)", priority=True),
        Binding("ctrl+y", "hurry(121)", priority=True),
        Binding("ctrl+x", "fail", priority=True),
    ]
    ahead = timedelta()

    def action_hurry(self, minutes):
        type(self).ahead += timedelta(minutes=minutes)

    def action_fail(self):
        self.set_interval(0.01, lambda: 1 // 0)

def connect():
    return bootstrap.open_services(bootstrap.open_database(settings.database_url))

log_to_file()
settings = read_settings()
kiosk = Hurried(settings=settings, connect=connect, clock=Ahead())
kiosk.run(mouse=False)
sys.exit(kiosk.return_code)
"""
REASON = "60 minutes without a key"
LOCKED = "This session is locked"


def test_behind_the_lock_the_whole_screen_comes_back_dialog_and_all(
    furnished: Furnished, tmp_path: Path
) -> None:
    with Seat(prepared(furnished, tmp_path / "home"), command=("-c", HURRIED)) as seat:
        seat.sign_in()
        seat.ask("n", CALL)
        seat.ask("garst\rN2Printer jams", "Printer jams")
        seat.ask("\x14", "Attach a file")
        seat.settle()
        before = seat.picture()
        seat.ask("\x06", LOCKED)
        seat.settle()
        for below in ("Printer", "Garstang", "Attach"):
            assert below not in seat.text()
        seat.ask(f"{PASSWORD}\r", "Attach a file")
        seat.see_no_more(LOCKED)
        seat.settle()
        assert seat.picture() == before
        assert PASSWORD.encode() not in seat.sent


@pytest.mark.long
def test_a_session_is_ended_while_nobody_reads(furnished: Furnished, tmp_path: Path) -> None:
    """Pitfall 33: a stalled line keeps nobody signed in."""
    home = prepared(furnished, tmp_path / "home")
    with Seat(home, command=("-c", HURRIED)) as seat, services_at(home) as services:
        seat.sign_in()
        seat.ask("n", CALL)
        seat.ask("garst\rN2Printer jams", "Printer jams")
        stall(seat)
        os.write(seat._line, b"\x19")
        until(lambda: signed_out(services, furnished.people) == [{"reason": REASON}])
        seat.see(SIGN_IN, "A. Handler was signed out")
        assert "Printer" not in seat.text()
        (draft,) = services.drafts.under(furnished.people.handler, "call:")
    assert draft.body["description"] == "Printer jams"


def signed_out(services: Services, people: People) -> list[dict[str, Any]]:
    """Return how sessions were ended."""
    watched = services.history.watched(people.lead)
    return [event.details for event in watched if event.kind is EventKind.SIGNED_OUT]


def test_a_program_that_had_to_stop_keeps_what_was_typed_and_logs_none_of_it(
    furnished: Furnished, tmp_path: Path
) -> None:
    home = prepared(furnished, tmp_path / "home")
    with Seat(home, command=("-c", HURRIED)) as seat:
        seat.sign_in()
        seat.ask("n", CALL)
        seat.ask("garst\rN2Printer jams", "Printer jams")
        seat.write("\x18")
        assert seat.ended() == 1
        assert "The kiosk had to stop (reference " in seat.text()
    with services_at(home) as services:
        (draft,) = services.drafts.under(furnished.people.handler, "call:")
    assert draft.body["description"] == "Printer jams"
    log = (home / "state" / "eds-tui" / "log" / "kiosk.log").read_text()
    assert "ZeroDivisionError" in log
    for secret in ("Printer", "Garstang", PASSWORD):
        assert secret not in log
