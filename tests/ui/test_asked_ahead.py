"""What a key asks is read first: the keys behind it wait for the question (rules 34 and 53)."""

from __future__ import annotations

import pytest

from eds_tui.domain.triage import Assignee
from eds_tui.domain.views import CannedReply
from eds_tui.services.container import Services
from tests.cases import at_case
from tests.factories import People, new_form
from tests.ui.conftest import Open
from tests.ui.sitting import Script, burst, place, press

pytestmark = [pytest.mark.on_sqlite, pytest.mark.usefixtures("two_incidents")]

ASKED: dict[str, tuple[Script, tuple[str, ...]]] = {
    "QueueScreen": ((), ("a", "h", "y", "equals_sign", "l")),
    "IncidentScreen": (("enter",), ("ctrl+y", "a", "h", "y")),
    "SiteScreen": (("escape", "o"), ("minus", "a", "h")),
    "PileScreen": (("escape", "z", "end", "enter"), ("a",)),
    "CallScreen": (("escape", "escape", "n"), ("ctrl+e",)),
}
"""For each screen the keys that lead there, and those that ask something there."""


async def test_a_key_typed_ahead_of_a_question_answers_it_and_not_the_screen_below(
    kiosk: Open, services: Services, people: People
) -> None:
    lead = people.lead
    services.canned_replies.save(lead, CannedReply("Closing", "Thank you."))
    called = new_form(school_id=people.school.id, caller="Mrs New", telephone="01234 5")
    services.report.log(people.handler, called)
    for number in (1, 2):
        services.triage.assign(lead, number, None, Assignee(lead.id, lead.name, lead.team))
    for name in ("a", "b"):
        services.drafts.save(lead, f"call:{name}", {"description": name})
    async with kiosk("lead") as pilot:
        for screen, (way, keys) in ASKED.items():
            await press(pilot, *way)
            for key in keys:
                with at_case(f"{screen} {key}"):
                    assert place(pilot) == screen
                    await press(pilot, key)
                    assert place(pilot).endswith("Dialog")
                    await press(pilot, "escape")
                    await burst(pilot, key, "escape")
                    assert place(pilot) == screen
