"""A program that is killed, or whose line drops, in the middle of a dialog (rule 36)."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from eds_tui.services.container import Services
from tests.factories import People, new_form
from tests.ui.pty_data import services_at
from tests.ui.pty_kiosk import QUEUE, Seat

pytestmark = pytest.mark.on_sqlite

RESOLVED = "Resolved: how did it end?"


def kept(services: Services, people: People) -> list[str]:
    """Return the texts that wait for the handler."""
    return [str(draft.body["text"]) for draft in services.drafts.under(people.handler, "")]


def until_kept(seat: Seat, home: Path, people: People, text: str) -> None:
    """Let the program work until it has stored what was typed."""
    with services_at(home) as services:
        while kept(services, people) != [text]:
            seat.settle()


@pytest.mark.long
def test_the_text_of_a_dialog_outlives_a_kill_and_a_line_that_drops(
    home: Path, people: People
) -> None:
    """A work note and a resolution: named at the next sign-in, at once, and put back."""
    with services_at(home) as services:
        services.report.log(people.head, new_form())
    with Seat(home) as seat:
        seat.sign_in()
        seat.ask("w", "Work note on INC0000001")
        seat.ask("Rang the supplier", "Rang the supplier")
        until_kept(seat, home, people, "Rang the supplier")
        os.kill(seat.process, signal.SIGKILL)
        assert seat.ended() == -1
    with Seat(home) as seat:
        seat.sign_in(sees="Not sent, and kept: work note on INC0000001.")
        seat.ask("w", "Rang the supplier", "You had typed this before")
        seat.ask("\x13", "Work note kept on INC0000001.")
        seat.ask("sr", RESOLVED)
        seat.ask("1The cable", "The cable")
        assert seat.hung_up() == 0
    with Seat(home) as seat:
        seat.sign_in(sees="Not sent, and kept: resolution on INC0000001.")
        seat.ask("sr", RESOLVED, "The cable", "▸1 Fixed◂")
        seat.ask("\x13", "INC0000001: 0 – None, Resolved")
        seat.ask("q", "Password")
        seat.sign_in(sees=QUEUE)
    with services_at(home) as services:
        assert kept(services, people) == []
        comments = services.queue.open(people.handler, 1).comments
        assert [comment.body for comment in comments] == ["Rang the supplier", "The cable"]


@pytest.mark.long
def test_what_was_being_put_right_outlives_a_kill(home: Path, people: People) -> None:
    """Rule 40: named at the next sign-in, put back, and gone once it is saved."""
    with services_at(home) as services:
        services.report.log(people.head, new_form())
    with Seat(home) as seat:
        seat.sign_in()
        seat.ask("e", "Put right INC0000001")
        seat.ask("d", "▸Data◂")
        with services_at(home) as services:
            while not services.drafts.under(people.handler, "correct"):
                seat.settle()
        os.kill(seat.process, signal.SIGKILL)
        assert seat.ended() == -1
    with Seat(home) as seat:
        seat.sign_in(sees="Not sent, and kept: correction on INC0000001.")
        seat.ask("e", "What you changed here before is put back.", "▸Data◂")
        seat.ask("\x13", "INC0000001: put right; Data")
    with services_at(home) as services:
        assert services.drafts.under(people.handler, "") == ()
