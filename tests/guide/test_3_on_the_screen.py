"""Guide 2.6 and 3: an incident as its school opens, chases and reads it (rules 11 to 19)."""

from __future__ import annotations

from datetime import UTC, datetime

from eds_tui.domain.lifecycle import CLOSES_AFTER
from eds_tui.domain.priority import Priority
from eds_tui.services.container import Services
from tests.factories import People, SetClock, new_form
from tests.services.triage_steps import DEFERRED, RESOLVED
from tests.ui.conftest import Open
from tests.ui.sitting import box, place, press, prose, screen, write

BY_PHONE = "Resolved; reopened by telephone until Tue 14 Jun 2022 11:51"


async def test_a_school_follows_an_incident_that_somebody_else_of_it_reported(
    kiosk: Open, services: Services, people: People, clock: SetClock
) -> None:
    """Guide 3: what is shown of it, a comment that chases it, and what ends it."""
    clock.now = datetime(2022, 6, 13, 10, 51, 28, tzinfo=UTC)
    services.report.log(people.bursar, new_form(telephone="Jo 01772 123456"))
    services.conversation.comment(people.bursar, 1, "Trying to access it.", "key")
    async with kiosk("00000EDU") as pilot:
        await press(pilot, "enter")
        assert place(pilot) == "IncidentScreen"
        for part in (
            "INC0000001", "No internet in the whole building.", "State New",
            "Priority 0 – None SLA due none", "Contact Bursar (Jo 01772 123456)",
            "Logged Mon 13 Jun 2022 11:51", "by Bursar",
            "13-06-2022 11:51:28 - Trying to access it.",
        ):  # fmt: skip
            assert part in prose(pilot)

        services.triage.set_priority(people.handler, 1, None, Priority.LOW)
        await press(pilot, "r")
        assert "Priority 4 – Low SLA due Mon 20 Jun 2022 11:51" in prose(pilot)

        await press(pilot, "c")
        await write(pilot, "Worse since then.")
        await press(pilot, "ctrl+s")
        assert "13-06-2022 11:51:28 - Worse since then. Test User" in prose(pilot)

        services.triage.set_state(people.handler, 1, None, RESOLVED)
        await press(pilot, "r")
        assert BY_PHONE in prose(pilot)
        await press(pilot, "c")
        await write(pilot, "Not so.")
        await press(pilot, "ctrl+s")
        assert "it does not reopen the incident. To have it reopened, telephone" in prose(pilot)
        assert BY_PHONE in prose(pilot)
        await press(pilot, "escape")
        assert screen(pilot).index("INC0000001") < screen(pilot).index("Latest 20 closed")

        clock.now += CLOSES_AFTER
        await press(pilot, "r", "tab", "enter")
        assert "State Closed" in prose(pilot)
        assert "Write a comment" not in screen(pilot)
        await press(pilot, "n")
        assert box(pilot, "description").text.strip() == "The fault of INC0000001 has come back:"


async def test_a_promised_date_is_shown_in_the_list_and_on_the_incident(
    kiosk: Open, services: Services, people: People
) -> None:
    """Guide 2.6: until which date and time it is deferred by agreement with the customer."""
    services.report.log(people.head, new_form())
    services.triage.set_state(people.handler, 1, None, DEFERRED)
    async with kiosk("00000EDU") as pilot:
        assert "On Hold to Fri 11:52" in screen(pilot)
        await press(pilot, "enter")
        assert "On Hold (Customer Deferral) until Fri 12 Jun 2026 11:52" in screen(pilot)
