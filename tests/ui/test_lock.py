"""A session that nobody sits at is locked, then ended; what was typed is kept (rule 36)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from textual.pilot import Pilot

from eds_tui.domain.errors import Unavailable
from eds_tui.domain.event import EventKind
from eds_tui.services.container import Services
from eds_tui.services.sign_in import WRONG_PASSWORD
from eds_tui.settings import Settings, parse_settings
from eds_tui.ui.dialogs.read import ReadDialog
from eds_tui.ui.widgets.text_box import TextBox
from tests.factories import PASSWORD, People, SetClock, new_form
from tests.ui.conftest import Open
from tests.ui.sitting import (
    Script,
    Text,
    burst,
    focused,
    kiosk_of,
    line,
    lines,
    look,
    place,
    play,
    press,
    prose,
    said,
    screen,
    settle,
    sign_in,
)

NEW = "another fine password"
TYPED: Script = ("n", Text("garst"), "enter", "n", "2", Text("Printer jams"))


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """Settings of ten minutes, and twenty."""
    return replace(settings, idle_lock=timedelta(minutes=10), session_end=timedelta(minutes=20))


async def test_a_session_without_a_key_is_covered_and_gone_on_with(
    kiosk: Open, services: Services, people: People, clock: SetClock
) -> None:
    """Nothing below is painted; the same text and cursor come back."""
    async with kiosk() as pilot:
        await play(pilot, (*TYPED, "left", "left"))
        before, cursor = lines(pilot), cursor_of(pilot)
        clock.forward(minutes=9, seconds=59)
        await look(pilot)
        assert place(pilot) == "CallScreen"
        clock.forward(seconds=1)
        await look(pilot)
        assert place(pilot) == "LockScreen"
        assert "A. Handler (handler)" in screen(pilot)
        for below in ("Printer", "Garstang", "Category"):
            assert below not in screen(pilot)
        await burst(pilot, *PASSWORD, "enter")
        assert (lines(pilot)[1:], cursor_of(pilot)) == (before[1:], cursor)
    assert services.history.watched(people.lead)[0].kind is EventKind.UNLOCKED


def cursor_of(pilot: Pilot[None]) -> tuple[int, int]:
    """Return where the cursor stands in the description."""
    form = kiosk_of(pilot).cover.session_stack[2]
    return form.query_one("#description", TextBox).cursor_location


async def test_every_key_counts_from_anew(kiosk: Open, clock: SetClock) -> None:
    async with kiosk() as pilot:
        for _ in range(3):
            clock.forward(minutes=9)
            await press(pilot, "down")
            await look(pilot)
            assert place(pilot) == "QueueScreen"


async def test_a_clock_that_is_set_ends_no_session_and_keeps_none_open(
    kiosk: Open, clock: SetClock
) -> None:
    """What counts are seconds that nobody can set."""
    async with kiosk() as pilot:
        clock.now += timedelta(hours=5)
        await look(pilot)
        assert place(pilot) == "QueueScreen"
        clock.now -= timedelta(hours=7)
        clock.forward(minutes=10)
        await look(pilot)
        assert place(pilot) == "LockScreen"


async def test_wrong_passwords_slow_the_session_down_and_each_is_an_event(
    kiosk: Open, services: Services, people: People, clock: SetClock
) -> None:
    async with kiosk() as pilot:
        clock.forward(minutes=10)
        await look(pilot)
        for _ in range(4):
            await burst(pilot, *"wrong", "enter")
            assert (said(pilot), line(pilot, "password").value) == (f"! {WRONG_PASSWORD}", "")
        await burst(pilot, *"wrong", "enter", *PASSWORD, "enter")
        assert place(pilot) == "LockScreen"
        clock.forward(seconds=1)
        await burst(pilot, *PASSWORD, "enter")
        assert place(pilot) == "QueueScreen"
    kinds = [event.kind for event in services.history.watched(people.lead)]
    assert kinds == [EventKind.UNLOCKED, *[EventKind.SIGN_IN_REFUSED] * 5]


@pytest.mark.on_sqlite
@pytest.mark.parametrize("password", [PASSWORD, NEW])
async def test_a_new_password_ends_a_locked_session_and_what_was_typed_is_kept(
    kiosk: Open, services: Services, people: People, clock: SetClock, password: str
) -> None:
    """The old one unlocks nothing; the session asks for the new one at the sign-in."""
    async with kiosk() as pilot:
        await play(pilot, TYPED)
        clock.forward(minutes=10)
        await look(pilot)
        services.accounts.set_password("handler", NEW)
        await burst(pilot, *password, "enter")
        assert place(pilot) == "SignInScreen"
        assert "This account has a new password." in prose(pilot)
        assert not kiosk_of(pilot).cover.is_on
        await sign_in(pilot, "handler", NEW)
        await press(pilot, "n", "ctrl+e")
        assert "Printer jams" in screen(pilot)


async def test_no_key_reaches_what_is_below(kiosk: Open, clock: SetClock) -> None:
    """Nor does one that is typed behind the password."""
    async with kiosk() as pilot:
        await play(pilot, TYPED)
        before = lines(pilot)
        for key in ("escape", "f1", "ctrl+p", "ctrl+s", "ctrl+g", "tab", "ctrl+c", "n"):
            clock.forward(minutes=10)
            await look(pilot)
            await press(pilot, key)
            assert place(pilot) == "LockScreen", key
            line(pilot, "password").value = ""
            # Tab leads to the button that logs out.
            await burst(pilot, *["shift+tab"] * (key == "tab"), *PASSWORD, "enter", "x", "escape")
            assert lines(pilot)[1:] == before[1:], key


async def test_what_comes_up_by_itself_waits_below(kiosk: Open, clock: SetClock) -> None:
    """A dialog, and leaving one, happen in the session; the lock stays in front."""
    async with kiosk() as pilot:
        clock.forward(minutes=10)
        await look(pilot)
        app = kiosk_of(pilot)
        await app.push_screen(ReadDialog("Late", ["news"]))
        await settle(pilot)
        assert place(pilot) == "LockScreen"
        assert [type(each).__name__ for each in app.cover.session_stack][-1] == "ReadDialog"
        assert "news" not in screen(pilot)
        await app.pop_screen()
        assert place(pilot) == "LockScreen"
        await app.push_screen(ReadDialog("Late", ["news"]))
        await burst(pilot, *PASSWORD, "enter")
        assert (place(pilot), "news" in screen(pilot)) == ("ReadDialog", True)


async def test_what_is_typed_is_kept_and_lists_are_read_below(
    kiosk: Open, services: Services, people: People, clock: SetClock
) -> None:
    async with kiosk(look_every=1) as pilot:
        await look(pilot)
        clock.forward(minutes=10)
        await look(pilot)
        services.report.log(people.head, new_form())
        await look(pilot)
        assert place(pilot) == "LockScreen"
        assert "INC0000001" not in screen(pilot)
        await burst(pilot, *PASSWORD, "enter")
        assert "INC0000001" in screen(pilot)


async def test_the_next_one_logs_the_former_out_and_the_draft_is_kept(
    kiosk: Open, services: Services, people: People, clock: SetClock
) -> None:
    async with kiosk() as pilot:
        await play(pilot, TYPED)
        clock.forward(minutes=10)
        await look(pilot)
        await press(pilot, "x", "ctrl+q")
        assert (place(pilot), focused(pilot)) == ("SignInScreen", "login")
        assert not kiosk_of(pilot).cover.is_on
        await sign_in(pilot, "lead")
        assert place(pilot) == "QueueScreen"
        clock.forward(minutes=10)
        await look(pilot)
        assert place(pilot) == "LockScreen"
    (draft,) = services.drafts.under(people.handler, "call:")
    assert draft.body["description"] == "Printer jams"
    (out,) = [e for e in services.history.watched(people.lead) if e.kind is EventKind.SIGNED_OUT]
    assert (out.actor, out.details) == ("A. Handler", {"reason": "logged out at the lock"})


@pytest.mark.parametrize("lock", ["0", "10"])
async def test_a_session_is_ended_with_its_reason_and_its_draft_kept(
    kiosk: Open, services: Services, people: People, clock: SetClock, settings: Settings, lock: str
) -> None:
    """Locked or not, in words at the sign-in; stray keys at the lock change nothing."""
    async with kiosk(settings=replace(settings, idle_lock=timedelta(minutes=int(lock)))) as pilot:
        await play(pilot, TYPED)
        clock.forward(minutes=19)
        await look(pilot)
        assert (place(pilot) == "LockScreen") is (lock == "10")
        if lock == "10":
            await press(pilot, "x")
        clock.forward(minutes=1)
        await look(pilot)
        assert (place(pilot), len(pilot.app.screen_stack)) == ("SignInScreen", 1)
        assert "A. Handler was signed out: 20 minutes without a key." in prose(pilot)
        assert "Printer" not in screen(pilot)
    (draft,) = services.drafts.under(people.handler, "call:")
    assert draft.body["description"] == "Printer jams"
    (out,) = [e for e in services.history.watched(people.lead) if e.kind is EventKind.SIGNED_OUT]
    assert out.details == {"reason": "20 minutes without a key"}


async def test_zero_is_never(kiosk: Open, clock: SetClock, settings: Settings) -> None:
    never = replace(settings, idle_lock=timedelta(0), session_end=timedelta(0))
    async with kiosk(settings=never) as pilot:
        clock.forward(days=3)
        await look(pilot)
        assert place(pilot) == "QueueScreen"


@pytest.mark.parametrize("wrong", ["", "ten", "-1", "1.5", "999999"])
def test_what_is_no_number_of_minutes_is_said(wrong: str) -> None:
    with pytest.raises(Unavailable, match="idle_lock_minutes must be a whole number of minutes"):
        parse_settings({"database_url": "", "idle_lock_minutes": wrong})


async def test_nothing_of_a_session_is_brought_back_at_the_next_sign_in(
    kiosk: Open, clock: SetClock
) -> None:
    """Clipboard, colours, the name, what undoing brings back, keys typed ahead."""
    async with kiosk(None) as pilot:
        theme = pilot.app.theme
        await sign_in(pilot)
        await play(pilot, ("t", "2", *TYPED, "shift+home", "ctrl+c"))
        assert pilot.app.clipboard == "Printer jams"
        await burst(pilot, "ctrl+q", "z")
        assert place(pilot) == "SignInScreen"
        assert (pilot.app.clipboard, pilot.app.theme) == ("", theme)
        await press(pilot, "ctrl+z")
        assert line(pilot, "login").value in ("", "z")
