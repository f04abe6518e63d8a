"""Themes and colours: chosen by a digit, kept with the account, and a way out of bad ones."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from eds_tui.host.last_theme import LastTheme
from eds_tui.host.terminals import MODERN, Colours
from eds_tui.services.container import Services
from eds_tui.settings import Settings
from eds_tui.ui.app import Kiosk
from eds_tui.ui.runtime.bare_colours import BareColours
from eds_tui.ui.themes import DARK, EVERY, LIGHT, TERMINAL, THEMES, worn
from tests.factories import People
from tests.ui.conftest import Open
from tests.ui.sitting import (
    begin_session,
    kiosk_of,
    lines,
    place,
    press,
    said,
    screen,
    settle,
    sign_in,
)

pytestmark = pytest.mark.on_sqlite


async def test_a_theme_follows_the_account_to_another_terminal(
    kiosk: Open, services: Services, people: People
) -> None:
    async with kiosk() as pilot:
        before = lines(pilot)
        for digit, theme in enumerate(THEMES, 1):
            await press(pilot, "t", str(digit))
            assert place(pilot) == "QueueScreen"
            assert kiosk_of(pilot).chosen_theme == theme.name
            assert services.accounts.by_login("handler").theme == theme.name
            assert lines(pilot) == before
            await press(pilot, "t")
            assert f"▸ {digit}" in screen(pilot)
            await press(pilot, "escape")
        await press(pilot, "t", "2", "q")
        assert place(pilot) == "SignInScreen"
        assert kiosk_of(pilot).theme == DARK.name
    async with kiosk(None) as elsewhere:
        assert kiosk_of(elsewhere).theme == DARK.name
        await sign_in(elsewhere)
        assert kiosk_of(elsewhere).theme == LIGHT.name
        await press(elsewhere, "q")
        await begin_session(kiosk_of(elsewhere), people.head)
        await settle(elsewhere)
        assert kiosk_of(elsewhere).theme == DARK.name


async def test_a_theme_of_a_newer_program_is_none_that_keeps_anybody_out(
    kiosk: Open, people: People
) -> None:
    async with kiosk(None) as pilot:
        await begin_session(kiosk_of(pilot), replace(people.handler, theme="eds-sepia"))
        await settle(pilot)
        assert kiosk_of(pilot).theme == DARK.name


async def test_the_sign_in_has_the_last_theme_of_this_machine_but_not_of_a_shared_kiosk(
    kiosk: Open, settings: Settings, services: Services, tmp_path: Path
) -> None:
    here = replace(settings, drafts=tmp_path / "state" / "drafts")
    async with kiosk(settings=here) as pilot:
        await press(pilot, "t", "2", "q")
        assert kiosk_of(pilot).theme == LIGHT.name

    def started(*, may_leave: bool = True) -> str:
        return Kiosk(settings=here, connect=lambda: services, may_leave=may_leave).theme

    assert started() == LIGHT.name
    assert started(may_leave=False) == DARK.name
    here = replace(here, theme="eds-contrast")
    assert started() == "eds-contrast"
    assert LastTheme(here.drafts).read() == LIGHT.name
    assert not [each for each in (tmp_path / "state" / "drafts").iterdir() if each.suffix]


def test_a_memory_that_can_not_be_used_is_none(tmp_path: Path) -> None:
    (tmp_path / "theme").mkdir()
    for memory in (LastTheme(None), LastTheme(tmp_path), LastTheme(Path("/proc/nowhere"))):
        memory.write("eds-light")
        assert memory.read() == ""
    (tmp_path / "file").mkdir()
    (tmp_path / "file" / "theme").write_bytes(b"\xff\xfe")
    assert LastTheme(tmp_path / "file").read() == ""


async def test_a_terminal_that_lies_about_its_colours_is_sent_others(kiosk: Open) -> None:
    """By a digit in the dialog, and where nothing can be read by a key pressed twice."""
    async with kiosk() as pilot:
        app = kiosk_of(pilot)
        await press(pilot, "t", "6")
        assert (app.kind.colours, app.theme) == (Colours.SIXTEEN, "eds-dark-16")
        assert "Sixteen colours are sent until you leave" in said(pilot)
        await press(pilot, "t", "2")
        assert app.theme == "eds-light-16"
        await press(pilot, "t", "4")
        assert app.theme == TERMINAL.name
        await press(pilot, "ctrl+l")
        assert app.kind.colours is Colours.SIXTEEN
        await press(pilot, "ctrl+l")
        assert (app.kind.colours, app.no_color) == (Colours.NONE, True)
        await press(pilot, "ctrl+l", "ctrl+l")
        assert (app.kind.colours, app.no_color) == (Colours.SIXTEEN, False)


def test_the_key_is_pressed_twice_at_once() -> None:
    now = [0.0]
    bare = BareColours(lambda: now[0])
    assert bare.asked(Colours.ALL) is Colours.ALL
    now[0] += 2.1
    assert bare.asked(Colours.ALL) is Colours.ALL
    now[0] += 1.9
    assert bare.asked(Colours.ALL) is Colours.NONE
    assert bare.asked(Colours.NONE) is Colours.NONE
    assert bare.asked(Colours.NONE) is Colours.ALL


def test_a_terminal_that_wants_no_colours_is_sent_none_by_the_key_either() -> None:
    bare = BareColours(lambda: 0.0)
    bare.asked(Colours.NONE)
    assert bare.asked(Colours.NONE) is Colours.NONE


def test_every_theme_has_one_of_sixteen_colours() -> None:
    names = {each.name for each in EVERY}
    for theme in THEMES:
        few = worn(theme.name, Colours.SIXTEEN)
        assert few in names
        assert next(each for each in EVERY if each.name == few).ansi
        assert worn(theme.name, Colours.MANY) == worn(theme.name, Colours.ALL) == theme.name
    assert worn("nord", Colours.SIXTEEN) == "nord"
    assert MODERN.colours is Colours.ALL
