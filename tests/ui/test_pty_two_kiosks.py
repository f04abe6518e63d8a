"""Two people at two kiosks on one database."""

from __future__ import annotations

from pathlib import Path

import pytest

from eds_tui.domain.event import EventKind
from tests.furnished import Furnished
from tests.ui.pty_data import logged, prepared, services_at
from tests.ui.pty_kiosk import CALL, QUEUE, Seat, url

pytestmark = pytest.mark.on_sqlite

ROUNDS = 5


def log_call(seat: Seat, text: str) -> None:
    """Log a call and come back to the queue."""
    seat.ask("n", CALL)
    seat.ask(f"garst\rN2{text}", text)
    seat.ask("\x13", "The number is")
    seat.ask("\r", QUEUE)


@pytest.mark.long
def test_what_one_logs_the_other_sees(home: Path) -> None:
    with Seat(home) as first, Seat(home) as second:
        first.sign_in("handler")
        second.sign_in("lead")
        second.see("Nothing in this list.")
        log_call(first, "from the first")
        second.ask("r", "from the first", "Open 1")
        log_call(second, "from the second")
        first.ask("r", "INC0000002", "from the second", "Open 2")


@pytest.mark.long
def test_both_log_at_the_same_time_and_nothing_is_lost_or_locked(
    home: Path, furnished: Furnished, tmp_path: Path
) -> None:
    other = prepared(furnished, tmp_path / "other")
    with Seat(home) as first, Seat(other, {"EDS_TUI_DATABASE_URL": url(home)}) as second:
        first.sign_in("handler")
        second.sign_in("lead")
        for turn in range(ROUNDS):
            for seat, name in ((first, "first"), (second, "second")):
                seat.write(f"ngarst\rN2{name} {turn}\x13")
            for seat in (first, second):
                seat.see("The number is")
                seat.ask("\r", QUEUE)
    texts = [row[2] for row in logged(home)]

    assert sorted(texts) == sorted(f"{name} {n}" for name in ("first", "second") for n in range(5))
    assert not (home / "state" / "eds-tui" / "log" / "kiosk.log").read_text()
    assert not (other / "state" / "eds-tui" / "log" / "kiosk.log").read_text()


@pytest.mark.long
def test_of_two_who_decide_on_one_incident_the_second_sees_what_the_first_did_and_decides(
    home: Path,
) -> None:
    """Rule 37: a priority over a priority, a hold beside it, and a question over the hold."""
    with Seat(home) as first, Seat(home) as second:
        second.sign_in("lead")
        log_call(second, "they both look at it")
        first.sign_in("handler")
        first.see("INC0000001")

        first.ask("p", "Priority?")
        second.ask("p1", "1 – Critical, In Progress")
        first.ask("3", "INC0000001 was changed by S. Lead.", "You saw", "0 – None", "3 – Medium")
        first.see("m Do mine over it")
        second.ask("p2", "2 – High, In Progress")
        first.ask("m", "1 – Critical", "2 – High", "m Do mine over it")
        first.ask("m", "INC0000001: 3 – Medium, In Progress")
        first.see_no_more("m Do mine over it")

        first.ask("sc", "Question to the school")
        second.ask("sh", "Which change does it wait for?")
        second.ask("The upgrade in July\r", "3 – Medium, On Hold (Awaiting Change)")

        first.ask("Which printer is it?\x13", "You wrote: Which printer is it?", "Waits for")
        first.ask("m", "On Hold (Awaiting Customer Update)")
        second.ask("\r", "Which printer is it?", "On Hold (Awaiting Customer Update)")
    with services_at(home) as services:
        handler = services.accounts.by_login("handler")
        events = services.history.of_incident(handler, 1)
        (comment,) = services.queue.open(handler, 1).comments
    assert [event.actor for event in events if event.kind is EventKind.TRIAGED] == [
        "S. Lead", "S. Lead", "A. Handler", "S. Lead", "A. Handler",
    ]  # fmt: skip
    assert (comment.author, comment.body) == ("A. Handler", "Which printer is it?")
    assert not (home / "state" / "eds-tui" / "log" / "kiosk.log").read_text()
