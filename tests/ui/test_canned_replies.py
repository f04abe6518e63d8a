"""Canned replies: filled in, edited, and sent only then."""

from __future__ import annotations

import pytest

from eds_tui.domain.incident import LONGEST_COMMENT
from eds_tui.domain.views import CannedReply
from eds_tui.services.container import Services
from eds_tui.ui.features.canned_replies import NONE_YET
from tests.factories import People
from tests.ui.conftest import Open
from tests.ui.sitting import (
    Text,
    box,
    focused,
    place,
    play,
    press,
    prose,
    said,
    screen,
    write,
)

pytestmark = pytest.mark.usefixtures("two_incidents")


@pytest.fixture
def reply(services: Services, people: People) -> CannedReply:
    """A canned reply with every placeholder, and another."""
    reply = CannedReply("Restart", "Dear {caller}, restart it ({number}, {school}).")
    services.canned_replies.save(people.lead, reply)
    services.canned_replies.save(people.lead, CannedReply("Closing", "Thank you."))
    return reply


FILLED = "Dear Test User, restart it (INC0000002, Test School, Test Town)."


@pytest.mark.usefixtures("reply")
@pytest.mark.parametrize("key", ["ctrl+y", "f2"])
async def test_a_canned_reply_is_filled_in_edited_and_sent_only_then(
    kiosk: Open, services: Services, people: People, key: str
) -> None:
    async with kiosk() as pilot:
        await press(pilot, "c")
        await write(pilot, "Hello. ")
        await press(pilot, key)
        await play(pilot, (Text("rest"), "enter"))
        assert focused(pilot) == "box"
        assert box(pilot).text == f"Hello. {FILLED}"
        assert services.queue.open(people.head, 2).comments == ()
        await write(pilot, " Thanks.")
        await press(pilot, "ctrl+s")
    (sent,) = services.queue.open(people.head, 2).comments
    assert sent.body == f"Hello. {FILLED} Thanks."


@pytest.mark.usefixtures("reply")
async def test_escape_puts_no_reply_in_and_keeps_what_was_typed(kiosk: Open) -> None:
    async with kiosk() as pilot:
        await press(pilot, "c")
        await write(pilot, "Hello.")
        await press(pilot, "ctrl+y", "escape")
        assert place(pilot) == "IncidentScreen"
        assert box(pilot).text == "Hello."


async def test_without_replies_it_says_who_can_add_them(kiosk: Open) -> None:
    async with kiosk() as pilot:
        await press(pilot, "enter", "ctrl+y")
        assert said(pilot) == NONE_YET
        await press(pilot, "w", "ctrl+y")
        assert f"! {NONE_YET}" in prose(pilot)


BOXES = {
    "a work note": ("w", Text("Seen. ")),
    "a question to the school": ("s", "c", Text("Seen. ")),
    "what was done": ("s", "r", "1", Text("Seen. ")),
}
"""Dialogs that ask for a text, with something typed in each."""


@pytest.mark.usefixtures("reply")
async def test_every_dialog_with_a_box_takes_a_reply_where_the_cursor_is(
    kiosk: Open, services: Services, people: People
) -> None:
    """By its key, and by Tab and Enter; what was typed stays, and is kept as a draft."""
    async with kiosk() as pilot:
        await press(pilot, "enter")
        for what, script in BOXES.items():
            await play(pilot, (*script, "ctrl+y", Text("rest"), "enter"))
            assert box(pilot, "text").text == f"Seen. {FILLED}", what
            await play(pilot, (Text(" Bye."), "tab"))
            assert "▸Done◂ Reply  " in screen(pilot), what
            await press(pilot, "tab", "enter", *"clos", "enter")
            assert box(pilot, "text").text == f"Seen. {FILLED} Bye.Thank you.", what
            await press(pilot, "escape", "escape")
            assert place(pilot) == "IncidentScreen", what
        await play(pilot, ("w", "ctrl+y", Text("clos"), "enter", "ctrl+s"))
    notes = [each for each in services.queue.open(people.handler, 2).comments if each.internal]
    assert [each.body for each in notes] == ["Thank you."]


@pytest.mark.usefixtures("reply")
async def test_what_is_typed_or_marked_is_kept_as_ones_own_and_taken_away_again(
    kiosk: Open, services: Services, people: People
) -> None:
    """Below those of all; in a box of a screen and of a dialog."""
    own = services.canned_replies.own
    async with kiosk() as pilot:
        await press(pilot, "c")
        await play(pilot, (Text("We ring {caller}."), "ctrl+y", Text("keep what"), "enter"))
        await play(pilot, (Text("Ring"), "enter"))
        assert said(pilot) == "Ring is kept; it is offered to you alone."
        assert box(pilot).text == "We ring {caller}."
        await press(pilot, "shift+home", "ctrl+y")
        rows = ("Closing", "Restart", "Ring · mine", "+ Keep the marked text", "- Take one of mine")
        places = [screen(pilot).index(each) for each in rows]
        assert places == sorted(places)
        await play(pilot, (Text("marked"), "enter", Text("Ring"), "enter"))
        assert "You keep Ring already. Put this in its place?" in prose(pilot)
        await press(pilot, "n", "end", "tab", "w", "ctrl+y", *"mine", "enter")
        assert box(pilot, "text").text == "We ring Test User."
        await play(pilot, ("ctrl+y", Text("keep"), "enter", Text(" "), "enter"))
        await press(pilot, "escape", "ctrl+y", *"away", "enter", "enter")
        assert "Ring is yours no more." in prose(pilot)
        assert own(people.handler) == own(people.lead) == ()


@pytest.mark.usefixtures("reply")
async def test_the_description_of_a_call_takes_a_reply_and_says_what_is_not_known_yet(
    kiosk: Open,
) -> None:
    async with kiosk() as pilot:
        await press(pilot, "n", *"00000", "enter", "s", "4")
        await play(pilot, (Text("Jam. "), "ctrl+y", Text("rest"), "enter"))
        filled = "Dear Test Bursar, restart it ({number}, Test School, Test Town)."
        assert box(pilot, "description").text == f"Jam. {filled}"
        assert focused(pilot) == "description"


@pytest.mark.usefixtures("reply")
async def test_a_reply_that_does_not_fit_is_cut_and_says_so(kiosk: Open) -> None:
    async with kiosk() as pilot:
        await press(pilot, "enter", "w")
        box(pilot, "text").load_text("x" * (LONGEST_COMMENT - 4))
        await press(pilot, "ctrl+y", *"clos", "enter")
        assert box(pilot, "text").text.startswith("Thanxx")
        assert "Only 4 of 10 characters fitted" in prose(pilot)
