"""A number or a link goes to the terminal's clipboard, only where the setting allows it."""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from dataclasses import replace
from pathlib import Path

import pytest

from eds_tui.domain.appearance import Copying
from eds_tui.services.container import Services
from eds_tui.settings import InvalidSetting, Settings, read_settings
from eds_tui.ui.app import Kiosk
from eds_tui.ui.textual_ext.clipboard import NOT_ALLOWED, TerminalClipboard, copy_out
from eds_tui.ui.textual_ext.terminal_app import TerminalApp
from eds_tui.ui.themes import DARK
from tests.factories import People, log
from tests.ui.conftest import Open
from tests.ui.pty_data import log_with_file, services_at
from tests.ui.pty_kiosk import QUEUE, Seat
from tests.ui.sitting import kiosk_of, place, press, prose, said

pytestmark = pytest.mark.on_sqlite

OSC_52 = b"\x1b]52;"


def sequence(text: str) -> bytes:
    """Return what a terminal is sent for a text."""
    return OSC_52 + b"c;" + b64encode(text.encode()) + b"\x07"


def test_the_bytes_that_a_terminal_is_sent_are_the_numbers_and_nothing_else(
    home: Path, people: People
) -> None:
    """From a row, the open incident and the receipt."""
    with services_at(home) as services:
        log_with_file(services, people, "No internet")
    with Seat(home, {"EDS_TUI_COPYING": "own"}) as seat:
        seat.sign_in()
        seat.ask("#", "INC0000001 is copied.")
        assert seat.sent.count(sequence("INC0000001")) == seat.sent.count(OSC_52) == 1
        seat.ask("\r", "Comments")
        seat.ask("#", "INC0000001 is copied.")
        seat.ask("\x1b[27u", QUEUE)
        seat.ask("n", "Log call")
        seat.ask("garst", "▸ St Mary's")
        seat.ask("\rN2Down", "Down")
        seat.ask("\x13", "# Copy")
        seat.ask("#", "INC0000002 is copied.")
        assert seat.sent.count(OSC_52) == 3
        assert seat.sent.count(sequence("INC0000002")) == 1


def test_a_terminal_is_sent_nothing_where_nothing_is_set(home: Path, people: People) -> None:
    with services_at(home) as services:
        log_with_file(services, people, "No internet")
    with Seat(home) as seat:
        seat.sign_in()
        seat.ask("#", "Not copied")
        assert OSC_52 not in seat.sent


async def test_where_it_is_not_allowed_it_says_so_in_every_place(
    kiosk: Open, services: Services, people: People
) -> None:
    log(services, people, 1)
    async with kiosk() as pilot:
        for way in ((), ("enter",), ("escape", "o"), ("escape", "i", "down", "down", "down")):
            await press(pilot, *way, "number_sign")
            assert said(pilot) in {NOT_ALLOWED, "There is nothing here to copy."}, place(pilot)
        await press(pilot, "escape", "n", *"00000", "enter", "s", "4", "x", "ctrl+s", "number_sign")
        assert place(pilot) == "ReceiptDialog"
        words = " ".join(prose(pilot).replace("│", " ").split())
        assert NOT_ALLOWED in words
        assert "Enter Done" in words


async def test_a_link_is_copied_where_one_is_shown(kiosk: Open, settings: Settings) -> None:
    async with kiosk("00000EDU", settings=replace(settings, copying=Copying.ALL)) as pilot:
        assert kiosk_of(pilot).terminal_clipboard.is_allowed
        await press(pilot, "number_sign")
        assert said(pilot) == "There is nothing here to copy."
        await press(pilot, "i", "number_sign")
        assert said(pilot) == "There is nothing here to copy."
        for _ in range(20):
            if "https://" in prose(pilot):
                break
            await press(pilot, "down")
        await press(pilot, "number_sign")
        assert said(pilot).startswith("https://")
        assert said(pilot).endswith(" is copied.")


class Written:
    """A driver that keeps what it is to write."""

    def __init__(self) -> None:
        self.text = ""

    def write(self, data: str) -> None:
        """Keep it."""
        self.text += data


@pytest.mark.parametrize("text", ["INC1\x07\x1b]0;x\x07", "a\nb", "\x9c", "日本 é"])
def test_no_control_character_gets_into_the_sequence(text: str) -> None:
    app = TerminalApp(DARK.name)
    written = Written()
    vars(app)["_driver"] = written
    clipboard = TerminalClipboard(app)
    clipboard.is_allowed = True
    words = clipboard.copy(text)
    body = written.text.removeprefix("\x1b]52;c;").removesuffix("\x07")
    assert re.fullmatch("[A-Za-z0-9+/]+=*", body)
    assert b64decode(body).decode().isprintable()
    assert words.isprintable()


def test_another_program_copies_nothing() -> None:
    assert copy_out(TerminalApp(DARK.name), "x") == NOT_ALLOWED


def test_the_setting_says_whose_terminals_are_sent_anything(
    settings: Settings, services: Services
) -> None:
    def allowed(value: str, *, shared: bool) -> bool:
        environment = {"EDS_TUI_COPYING": value, "EDS_TUI_CONFIG": ""}
        found = read_settings(environment, settings.database_url, shared=shared)
        return Kiosk(settings=found, connect=lambda: services).terminal_clipboard.is_allowed

    assert [allowed(value, shared=False) for value in ("off", "own", "OWN", "all", "yes")] == [
        False, True, True, True, False,
    ]  # fmt: skip
    assert [allowed(value, shared=True) for value in ("off", "own", "all", "yes")] == [
        False, False, True, False,
    ]  # fmt: skip
    wrong = read_settings({"EDS_TUI_COPYING": "yes"}, settings.database_url).copying
    assert wrong == InvalidSetting("The setting copying is one of off, own, all.")
