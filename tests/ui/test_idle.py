"""A session that nobody touches is covered, and then ended; nothing of it is lost (rule 36)."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from textual.pilot import Pilot

from eds_tui.desk import Desk
from eds_tui.domain.errors import Unavailable
from eds_tui.domain.event import EventKind
from eds_tui.repository.unit_of_work import Database
from eds_tui.services.sign_in import REFUSED
from eds_tui.settings import Settings
from eds_tui.ui.app import ENDED
from eds_tui.ui.idleness import Due, Idleness
from tests.conftest import Away
from tests.factories import PASSWORD, People, new_form
from tests.ui.conftest import Open
from tests.ui.sitting import (
    box,
    focused,
    kiosk_of,
    place,
    press,
    prose,
    said,
    screen,
    settle,
    sign_in,
    write,
)


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """A minute until the lock, two until the end."""
    return replace(settings, idle_lock_minutes="1", session_end_minutes="2")


async def minutes_pass(pilot: Pilot[None], count: int = 1) -> None:
    """Let the program's clock go on while nobody touches a key."""
    for _ in range(count * 60):
        kiosk_of(pilot)._tick()
    await settle(pilot)


def kinds(database: Database) -> list[EventKind]:
    """Return the latest events of signing in and out, newest first."""
    wanted = (EventKind.SIGNED_IN, EventKind.SIGNED_OUT, EventKind.SIGN_IN_REFUSED)
    with database.reading() as work:
        return [event.kind for event in work.events.latest(wanted, 3)]


def test_what_is_due_comes_after_its_time_and_begins_again_with_a_key() -> None:
    idle = Idleness(2, 4)
    assert [idle.passes() for _ in range(4)] == [None, Due.LOCK, None, Due.END]
    idle.touched()
    assert [idle.passes() for _ in range(2)] == [None, Due.LOCK]
    never = Idleness(0, 0)
    assert {never.passes() for _ in range(100)} == {None}


def test_an_end_that_was_not_possible_is_due_again_a_minute_later() -> None:
    idle = Idleness(0, 3)
    assert [n for n in range(1, 130) if idle.passes() is Due.END] == [3, 63, 123]


@pytest.mark.parametrize("minutes", ["ten", "-1", "1.5", "", "99999", "²"])
def test_a_time_that_is_none_is_refused_in_words(settings: Settings, minutes: str) -> None:
    with pytest.raises(Unavailable, match="whole number of minutes"):
        _ = replace(settings, idle_lock_minutes=minutes).idle_lock_seconds


async def test_the_lock_hides_everything_and_the_password_brings_it_back(
    kiosk: Open, desk: Desk, people: People, database: Database
) -> None:
    desk.report.log(people.head, new_form(confidential=True, description="A secret matter"))
    async with kiosk() as pilot:
        await press(pilot, "n", *"00000", "enter", "s", "4")
        await write(pilot, "Printer jams")
        before = screen(pilot)
        await minutes_pass(pilot)
        assert place(pilot) == "LockScreen"
        assert "A. Handler is signed in" in prose(pilot)
        assert "Printer jams" not in screen(pilot)
        await press(pilot, *"wrong", "enter")
        assert said(pilot) == f"! {REFUSED}"
        await press(pilot, "escape", "ctrl+b", "tab", "shift+tab", "ctrl+s", *PASSWORD, "enter")
        assert place(pilot) == "CallScreen"
        assert screen(pilot) == before
        assert focused(pilot) == "description"
        await write(pilot, ".")
        assert box(pilot, "description").text == "Printer jams."
    assert kinds(database)[:2] == [EventKind.SIGNED_IN, EventKind.SIGN_IN_REFUSED]


async def test_the_lock_lies_over_a_dialog_too(kiosk: Open, desk: Desk, people: People) -> None:
    desk.report.log(people.head, new_form())
    async with kiosk() as pilot:
        await press(pilot, "w")
        await write(pilot, "Rang the supplier")
        await minutes_pass(pilot)
        assert "Rang the supplier" not in screen(pilot)
        await press(pilot, *PASSWORD, "enter")
        assert box(pilot, "text").text == "Rang the supplier"
        await press(pilot, "ctrl+s")
        assert said(pilot) == "Work note kept on INC0000001."


async def test_a_key_puts_the_lock_off(kiosk: Open) -> None:
    async with kiosk() as pilot:
        for _ in range(3):
            for _ in range(59):
                kiosk_of(pilot)._tick()
            await press(pilot, "down")
        assert place(pilot) == "QueueScreen"


async def test_somebody_else_ends_a_locked_session_and_signs_in(
    kiosk: Open, desk: Desk, people: People, database: Database
) -> None:
    async with kiosk() as pilot:
        await press(pilot, "n", *"00000", "enter", "s", "4")
        await write(pilot, "Printer jams")
        await minutes_pass(pilot)
        await press(pilot, "ctrl+q")
        assert place(pilot) == "SignInScreen"
        await sign_in(pilot, "lead")
        assert place(pilot) == "QueueScreen"
        assert "unfinished" not in said(pilot)
        await press(pilot, "ctrl+q")
        await sign_in(pilot)
        assert said(pilot) == "1 unfinished: n, then Ctrl+E goes on with it."
    assert kinds(database)[0] is EventKind.SIGNED_IN


async def test_a_session_that_nobody_comes_back_to_is_ended_with_its_draft_kept(
    kiosk: Open, desk: Desk, people: People, database: Database
) -> None:
    async with kiosk() as pilot:
        await press(pilot, "n", *"00000", "enter", "s", "4")
        await write(pilot, "Printer jams")
        await minutes_pass(pilot, 2)
        assert place(pilot) == "SignInScreen"
        assert said(pilot) == f"! {ENDED}"
        assert "Printer jams" not in screen(pilot)
    (draft,) = desk.drafts.under(people.handler, "call:")
    assert draft.body["description"] == "Printer jams"
    assert kinds(database)[0] is EventKind.SIGNED_OUT


async def test_a_session_of_which_something_would_be_lost_is_covered_and_not_ended(
    kiosk: Open, away: Away, tmp_path: Path
) -> None:
    """Neither the database nor the disk takes it: it stays in the memory, behind the password."""
    (tmp_path / "state").write_text("in the way")
    async with kiosk() as pilot:
        await press(pilot, "n", *"00000", "enter", "s", "4")
        with away():
            await write(pilot, "Printer jams")
            await minutes_pass(pilot, 2)
            assert place(pilot) == "LockScreen"
        await press(pilot, *PASSWORD, "enter")
        assert box(pilot, "description").text == "Printer jams"
