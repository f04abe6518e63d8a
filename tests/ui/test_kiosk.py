"""The kiosk as a whole: signing in and out, and what must not be possible in front of it."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest
from textual.app import App

from eds_tui import bootstrap
from eds_tui.domain.errors import Unavailable
from eds_tui.domain.event import EventKind
from eds_tui.services.container import Services
from eds_tui.services.sign_in import REFUSED, TOO_MANY
from eds_tui.settings import FileTree, Settings
from eds_tui.ui.app import Kiosk
from eds_tui.ui.themes import THEMES
from tests.factories import PASSWORD, People, SetClock, new_form
from tests.ui.conftest import Open
from tests.ui.sitting import (
    burst,
    focused,
    kiosk_of,
    line,
    lines,
    place,
    press,
    said,
    screen,
    settle,
    sign_in,
)


@pytest.mark.parametrize(
    ("login", "home"),
    [("handler", "QueueScreen"), ("lead", "QueueScreen"), ("00000edu", "HomeScreen")],
)
async def test_an_account_and_its_password_open_the_kiosk(
    kiosk: Open, services: Services, people: People, login: str, home: str
) -> None:
    """Each role comes to its own place; the sign-in is an event."""
    async with kiosk(None) as pilot:
        await sign_in(pilot, login)
        assert place(pilot) == home
    events = [event.kind for event in services.history.watched(people.lead)]
    assert events == [EventKind.SIGNED_IN]


@pytest.mark.usefixtures("people")
async def test_name_and_password_may_be_typed_before_the_screen_is_there(
    services: Services, settings: Settings, clock: SetClock
) -> None:
    """Rule 34: from the first moment, in one burst."""
    app = Kiosk(settings=settings, connect=lambda: services, clock=clock)
    async with app.run_test() as pilot:
        await burst(pilot, *"handler", "enter", *PASSWORD, "enter")
        assert place(pilot) == "QueueScreen"


@pytest.mark.parametrize(
    ("login", "password"), [("handler", "wrong"), ("nobody", PASSWORD), ("handler", "")]
)
async def test_a_wrong_name_and_a_wrong_password_get_one_answer(
    kiosk: Open, login: str, password: str
) -> None:
    """The answer gives nothing away; the name stays, the password goes."""
    async with kiosk(None) as pilot:
        await sign_in(pilot, login, password)
        assert place(pilot) == "SignInScreen"
        assert said(pilot) == f"! {REFUSED}"
        assert (line(pilot, "login").value, line(pilot, "password").value) == (login, "")
        assert focused(pilot) == "password"


async def test_too_many_wrong_passwords_wait_and_it_is_said_how_long(
    kiosk: Open, clock: SetClock
) -> None:
    """Five in a row; what is typed too soon is not looked at, and prolongs nothing."""
    async with kiosk(None) as pilot:
        await sign_in(pilot, "handler", "wrong")
        for _ in range(4):
            await burst(pilot, *"wrong", "enter")
        assert said(pilot) == f"! {REFUSED} Please wait 1 second, then type it again."
        await burst(pilot, *PASSWORD, "enter")
        assert said(pilot) == f"! {TOO_MANY} Please wait 1 second, then type it again."
        clock.forward(seconds=1)
        await burst(pilot, *PASSWORD, "enter")
        assert place(pilot) == "QueueScreen"


async def test_without_a_name_one_is_asked_for(kiosk: Open) -> None:
    """Enter twice on the empty form."""
    async with kiosk(None) as pilot:
        await press(pilot, "enter", "enter")
        assert said(pilot) == "! Type your account name."
        assert focused(pilot) == "login"


async def test_the_password_is_not_shown(kiosk: Open) -> None:
    """Nor is it on the screen in any other way."""
    async with kiosk(None) as pilot:
        await press(pilot, *"handler", "enter", *"secret")
        assert line(pilot, "password").value == "secret"
        assert "secret" not in screen(pilot)


async def test_nothing_is_copied_or_cut_from_the_password(kiosk: Open) -> None:
    """Pitfall 44: it would go to the terminal's clipboard."""
    async with kiosk(None) as pilot:
        await press(pilot, *"handler", "enter", *"secret", "shift+home", "ctrl+c", "ctrl+x")
        assert pilot.app.clipboard == ""
        assert line(pilot, "password").value == "secret"
        await press(pilot, "shift+tab", "shift+home", "ctrl+c")
        assert pilot.app.clipboard == "handler"


async def test_a_database_that_is_not_there_is_said_and_tried_again(
    kiosk: Open, services: Services
) -> None:
    """Pitfall 43: at the start, in words; signing in works as soon as it is back."""
    answers = [Unavailable("The database is away."), Unavailable("Still away."), None]

    def connect() -> Services:
        if answer := answers.pop(0):
            raise answer
        return services

    async with kiosk(None, connect=connect) as pilot:
        await settle(pilot)
        assert said(pilot) == "! The database is away."
        await sign_in(pilot)
        assert said(pilot) == "! Still away."
        await burst(pilot, *PASSWORD, "enter")
        assert place(pilot) == "QueueScreen"
    assert answers == []


@pytest.mark.unexpected_error
async def test_an_unexpected_error_is_shown_with_a_reference(
    kiosk: Open, caplog: pytest.LogCaptureFixture
) -> None:
    """Pitfall 42: no traceback on the screen, which could hold a password."""

    def connect() -> Services:
        raise ZeroDivisionError("password=hunter2")

    async with kiosk(None, connect=connect) as pilot:
        await settle(pilot)
        words = said(pilot)
        assert words.startswith("! Something went wrong that should not have (reference ")
        assert "hunter2" not in screen(pilot)
    reference = words.partition("(reference ")[2][:6]
    assert f"reference {reference}" in caplog.text


async def test_an_empty_database_ends_the_kiosk_with_how_to_begin(
    tmp_path: Path, clock: SetClock, capsys: pytest.CaptureFixture[str]
) -> None:
    """There is nobody who could sign in: exit code 1 and the first commands."""
    settings = Settings(database_url=f"sqlite:///{tmp_path / 'empty.db'}", files=FileTree(tmp_path))
    database = bootstrap.open_database(settings.database_url, make=True)
    app = Kiosk(settings=settings, connect=lambda: bootstrap.open_services(database, clock))
    async with app.run_test() as pilot, asyncio.timeout(10):
        while app.return_code is None:
            await pilot.pause()
    database.close()
    assert app.return_code == 1
    words = " ".join(capsys.readouterr().err.split())
    assert words.startswith("There is no account yet in sqlite:")
    assert "eds-tui account add handler" in words


@pytest.mark.parametrize("key", ["ctrl+q", "escape"])
async def test_the_sign_in_is_left_with_a_key(kiosk: Open, key: str) -> None:
    """The kiosk ends well; what was typed is not told."""
    async with kiosk(None) as pilot:
        await press(pilot, "h", key)
        app = kiosk_of(pilot)
    assert (app.return_code, app.return_value) == (0, None)


WAYS_IN: dict[str, list[str]] = {
    "queue": [],
    "help": ["f1"],
    "jump": ["1"],
    "call": ["n", "g"],
    "files": ["n", "ctrl+t"],
    "incident": ["enter"],
    "comment": ["enter", "c", "x"],
    "site": ["o"],
    "information": ["i"],
    "colours": ["t"],
    "confirm": ["n", "g", "ctrl+f"],
}


@pytest.mark.parametrize("way", WAYS_IN.values(), ids=WAYS_IN)
async def test_ctrl_q_logs_out_from_everywhere(
    kiosk: Open, services: Services, people: People, way: list[str]
) -> None:
    """Pitfall 39: out of forms and dialogs, to the sign-in, and it is an event."""
    services.report.log(people.head, new_form())
    async with kiosk() as pilot:
        await press(pilot, *way, "ctrl+q")
        assert place(pilot) == "SignInScreen"
        assert len(pilot.app.screen_stack) == 1
        assert (line(pilot, "login").value, line(pilot, "password").value) == ("", "")
    assert services.history.watched(people.lead)[0].kind is EventKind.SIGNED_OUT
    kept = {draft.place.partition(":")[0] for draft in services.drafts.under(people.handler, "")}
    expected = {"comment"} if "c" in way else {"call"} if "g" in way else set()
    assert kept == expected


async def test_after_logging_out_nothing_of_the_session_can_be_reached(
    kiosk: Open, services: Services, people: People
) -> None:
    """The next one signs in as somebody else and sees their own place."""
    services.report.log(people.head, new_form(confidential=True))
    async with kiosk() as pilot:
        await press(pilot, "enter", "ctrl+q")
        await sign_in(pilot, "30112EDU")
        assert place(pilot) == "HomeScreen"
        assert "(30112EDU)" in screen(pilot)
        assert "INC0000001" not in screen(pilot)


@pytest.mark.parametrize("name", ["queue", "call", "comment", "jump"])
async def test_there_is_no_command_palette(
    kiosk: Open, services: Services, people: People, name: str
) -> None:
    """Pitfalls 40 and 41: Ctrl+P shows nothing and changes nothing."""
    services.report.log(people.head, new_form())
    async with kiosk() as pilot:
        await press(pilot, *WAYS_IN[name])
        before = lines(pilot)
        await press(pilot, "ctrl+p", "ctrl+backslash")
        assert lines(pilot) == before


async def test_ctrl_c_does_nothing_where_nothing_is_marked(kiosk: Open) -> None:
    """Pitfall 39: no notice about leaving, which names a key that logs out here."""
    async with kiosk(notifications=True) as pilot:
        before = lines(pilot)
        await press(pilot, "ctrl+c")
        assert lines(pilot) == before


@pytest.mark.parametrize("theme", ["", "no-such-theme", "EDS-DARK"])
def test_an_unknown_theme_falls_back_to_the_first(
    tmp_path: Path, services: Services, theme: str
) -> None:
    """A setting with a slip in it does not keep anybody out."""
    settings = Settings(database_url="", files=FileTree(tmp_path), theme=theme)
    assert Kiosk(settings=settings, connect=lambda: services).theme == THEMES[0].name


@pytest.mark.parametrize("theme", [*(theme.name for theme in THEMES), "textual-light"])
async def test_the_theme_of_the_settings_is_put_on(
    kiosk: Open, settings: Settings, theme: str
) -> None:
    """One of Textual's own will do as well: the tokens it lacks have defaults."""
    chosen = replace(settings, theme=theme)
    async with kiosk(settings=chosen) as pilot:
        assert pilot.app.theme == theme
        assert "New call" in screen(pilot)


async def test_repainting_forgets_what_the_terminal_shows(kiosk: Open) -> None:
    """After a disturbance on the line everything is sent again, and nothing is changed."""
    async with kiosk() as pilot:
        before = lines(pilot)
        await press(pilot, "ctrl+l")
        assert lines(pilot) == before
        assert place(pilot) == "QueueScreen"


def test_the_program_is_a_textual_app_without_a_palette() -> None:
    """Pitfall 40: switched off for good, not only unbound."""
    assert App.ENABLE_COMMAND_PALETTE
    assert not Kiosk.ENABLE_COMMAND_PALETTE
