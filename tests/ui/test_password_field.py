"""The field of a password takes what is typed and pasted, to the character, and cuts nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from eds_tui.domain.password import LONGEST_PASSWORD, TOO_LONG
from eds_tui.services.container import Services
from tests.factories import PASSWORD
from tests.ui.conftest import Open
from tests.ui.pty_data import services_at
from tests.ui.pty_kiosk import QUEUE, SIGN_IN, Seat
from tests.ui.sitting import burst, line, paste, place, press, said, settle

pytestmark = pytest.mark.on_sqlite

ODD = (
    "  two  blanks, \u00a0no break\u2009thin \N{HORSE}\N{CLOUD}\ufe0f\N{MAN}\u200d\N{GIRL}e\u0301  "
)


@pytest.mark.parametrize("pasted", [False, True])
async def test_every_character_counts_typed_or_pasted(
    kiosk: Open, services: Services, pasted: bool
) -> None:
    services.accounts.set_password("handler", ODD)
    async with kiosk(None) as pilot:
        await burst(pilot, *"handler", "enter")
        await (paste(pilot, ODD) if pasted else burst(pilot, *ODD))
        assert line(pilot, "password").value == ODD
        await press(pilot, "enter")
        assert place(pilot) == "QueueScreen"


async def test_a_paste_is_taken_where_the_cursor_is_and_in_the_place_of_what_is_marked(
    kiosk: Open,
) -> None:
    """The end of the line that it was copied with is none of it; other line breaks are."""
    async with kiosk(None) as pilot:
        field = line(pilot, "password")
        field.focus()
        await burst(pilot, *"ab", "left")
        for text in ("1\r\n", "2\n", "3\r", "4\n5\n"):
            await paste(pilot, text)
        assert (field.value, field.cursor_position) == ("a1234\n5b", 7)
        await burst(pilot, "shift+home")
        await paste(pilot, PASSWORD)
        assert field.value == f"{PASSWORD}b"


async def test_what_is_too_long_is_told_and_never_cut(kiosk: Open, services: Services) -> None:
    long = "correct horse " * 74
    services.accounts.set_password("handler", long[:LONGEST_PASSWORD])
    async with kiosk(None) as pilot:
        await burst(pilot, *"handler", "enter")
        await paste(pilot, long)
        assert len(line(pilot, "password").value) == len(long) > LONGEST_PASSWORD
        await press(pilot, "enter")
        assert (place(pilot), said(pilot)) == ("SignInScreen", f"! {TOO_LONG}")
        await burst(pilot, "x")
        await paste(pilot, "y" * 1_000_000)
        await settle(pilot)
        assert (line(pilot, "password").value, said(pilot)) == ("x", f"! {TOO_LONG}")
        await burst(pilot, "backspace")
        await paste(pilot, long[:LONGEST_PASSWORD])
        await press(pilot, "enter")
        assert place(pilot) == "QueueScreen"


@pytest.mark.long
def test_every_character_arrives_through_a_terminal(home: Path) -> None:
    with services_at(home) as services:
        services.accounts.set_password("handler", ODD)
    with Seat(home) as seat:
        seat.see(SIGN_IN)
        seat.write(b"handler\r")
        seat.settle()
        seat.write(f"{ODD}\r".encode())
        seat.see(QUEUE)
