"""A letter that is a command is a letter wherever one types."""

from __future__ import annotations

from eds_tui.services.container import Services
from tests.factories import People, SetClock, new_form
from tests.ui.conftest import Open
from tests.ui.deciding import closed
from tests.ui.sitting import place, press, screen, settle


async def test_a_question_mark_is_text_in_a_form_and_help_elsewhere(
    kiosk: Open, services: Services, people: People
) -> None:
    """Nothing is reachable only by a function key, and no text is lost to a key."""
    services.report.log(people.head, new_form())
    async with kiosk() as pilot:
        await press(pilot, "question_mark")
        assert place(pilot) == "HelpDialog"
        await press(pilot, "escape", "n", "question_mark")
        assert place(pilot) == "CallScreen"
        assert "?" in screen(pilot).splitlines()[1]
        await press(pilot, "ctrl+g")
        assert place(pilot) == "HelpDialog"


async def test_letters_typed_into_a_comment_are_text(
    kiosk: Open, services: Services, people: People, clock: SetClock
) -> None:
    """Every letter that is a command on the incident is a letter in its box."""
    closed(services, people, clock)
    services.report.log(people.head, new_form())
    async with kiosk() as pilot:
        await press(pilot, "enter", "c", *"cosfrqntgid?/[]")
        await settle(pilot)
        assert place(pilot) == "IncidentScreen"
        assert "cosfrqntgid?/[]" in screen(pilot)
