"""Two kiosks: what one side writes the other is shown within two seconds, with a bell if wanted."""

from __future__ import annotations

from pathlib import Path
from time import monotonic

import pytest

from tests.ui.pty_data import services_at
from tests.ui.pty_kiosk import QUEUE, Seat

pytestmark = [pytest.mark.on_sqlite, pytest.mark.long]

WITHIN = 2.0
"""Seconds from a comment to its mark on the other kiosk, on a machine with nothing else to do."""
SLOW = 3.0
"""How many times as long it may take on a machine that has."""


def test_a_mark_comes_to_the_other_kiosk_in_time_and_rings_once_where_it_is_wanted(
    home: Path,
) -> None:
    with services_at(home) as services:
        by_login = services.accounts.by_login
        neighbour, handler = by_login("30112EDU"), by_login("handler")
        say = services.conversation.comment
        services.accounts.set_bell("lead", on=True)
        with Seat(home) as quiet, Seat(home) as loud:
            quiet.sign_in("handler")
            loud.sign_in("lead")
            loud.ask("n", "Log call")
            loud.ask("garst\rN2Down again\x13", "The number is")
            loud.ask("\r", QUEUE, "▸INC0000001")
            quiet.see("▸INC0000001")
            before = loud.sent.count(b"\a")
            began = monotonic()
            say(neighbour, 1, "It is worse.", "one")
            quiet.see("●INC0000001", "Unread 1")
            loud.see("●INC0000001", "Unread 1")
            assert monotonic() - began < WITHIN * SLOW
            # It follows what is painted.
            loud.settle()
            assert loud.sent.count(b"\a") - before == 1
            say(neighbour, 1, "Much worse.", "two")
            quiet.ask("\r", "It is worse.", "Much worse.")
            loud.see("▸INC0000001", "Unread 0")
            say(handler, 1, "We look at it.", "three")
            quiet.see("We look at it.")
            loud.settle()
            assert loud.sent.count(b"\a") - before == 1
            assert quiet.sent.count(b"\a") == 0
