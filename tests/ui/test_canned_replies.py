"""Canned replies: filled in, edited, and sent only then."""

from __future__ import annotations

import pytest

from eds_tui.domain.views import CannedReply
from eds_tui.services.container import Services
from tests.factories import People
from tests.ui.conftest import Open
from tests.ui.sitting import (
    Text,
    box,
    focused,
    place,
    play,
    press,
    said,
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
        assert said(pilot) == "There are no canned replies yet; a lead can add them."
