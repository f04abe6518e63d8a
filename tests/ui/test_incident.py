"""One incident: what is known of it, who may see it, and feedback (rules 13, 14, 26, 27)."""

from __future__ import annotations

import pytest

from eds_tui.domain.event import EventKind
from eds_tui.domain.priority import Priority
from eds_tui.services.container import Services
from tests.factories import People, SetClock, new_form
from tests.services.triage_steps import WAITING
from tests.ui.conftest import Open
from tests.ui.deciding import closed, hold
from tests.ui.sitting import (
    burst,
    lines,
    place,
    press,
    prose,
    said,
    screen,
)


async def test_all_that_is_known_of_an_incident_is_shown(
    kiosk: Open, services: Services, people: People, clock: SetClock
) -> None:
    """Rule 13: description, contact, state, priority, due date; comments with time and author."""
    services.report.log(people.head, new_form(description="No internet.\nSince nine."))
    clock.forward(seconds=28)
    services.conversation.comment(people.head, 1, "Still nothing.\nNobody can work.", "one")
    services.triage.set_priority(people.handler, 1, None, Priority.CRITICAL)
    services.conversation.comment(people.handler, 1, "We are on it.", "two", "Mrs Testing")
    async with kiosk("00000EDU") as pilot:
        await press(pilot, "enter")
        text = prose(pilot)
        rows = [row.strip() for row in lines(pilot)]
    assert rows[0].startswith("INC0000001")
    assert "State In Progress" in text
    assert "Priority 1 – Critical SLA due Wed 10 Jun 2026 15:52 Contact" in text
    assert "Contact Test User (Test Bursar 01772 123456)" in text
    assert "E-mail user@test.example" in text
    start = rows.index("Description")
    assert rows[start + 1 : start + 3] == ["No internet.", "Since nine."]
    start = rows.index("Comments")
    assert rows[start + 1 : start + 7] == [
        "10-06-2026 11:52:28 - Still nothing.",
        "Nobody can work.",
        "Test User",
        "── new since Wed 11:52 ──",
        "10-06-2026 11:52:28 - We are on it.",
        "A. Handler for Mrs Testing (phone)",
    ]


async def test_a_new_incident_has_priority_none_and_no_due_date(
    kiosk: Open, services: Services, people: People
) -> None:
    """Rule 10: 0 – None, and no promise."""
    services.report.log(people.head, new_form())
    async with kiosk("00000EDU") as pilot:
        await press(pilot, "enter")
        assert "State New Priority 0 – None SLA due none" in prose(pilot)


@pytest.mark.parametrize(("hours", "mark"), [(5, "(late 1 h)"), (0, "(paused)")])
async def test_the_due_date_says_once_when_and_how_the_clock_stands(
    kiosk: Open, services: Services, people: People, clock: SetClock, hours: int, mark: str
) -> None:
    services.report.log(people.head, new_form())
    services.triage.set_priority(people.handler, 1, None, Priority.CRITICAL)
    if mark == "(paused)":
        hold(services, people, 1)
    clock.forward(hours=hours)
    async with kiosk("00000EDU") as pilot:
        await press(pilot, "enter")
        assert f"SLA due Wed 10 Jun 2026 15:52 {mark}" in prose(pilot)


async def test_the_change_that_is_waited_for_is_shown_to_the_service_centre_alone(
    kiosk: Open, services: Services, people: People
) -> None:
    """Rule 27: a handler's words that are no comment."""
    services.report.log(people.head, new_form())
    services.triage.set_state(people.handler, 1, None, WAITING)
    async with kiosk() as pilot:
        await press(pilot, "enter")
        assert "Waits for The upgrade in July" in prose(pilot)
    async with kiosk("00000EDU") as pilot:
        await press(pilot, "enter")
        assert "State On Hold (Awaiting Change) Priority" in prose(pilot)


async def test_a_confidential_incident_is_marked_wherever_a_handler_sees_it(
    kiosk: Open, services: Services, people: People
) -> None:
    """Rules 26 and 47: by a sign in the list, in words in its preview and in the incident."""
    services.report.log(people.head, new_form(confidential=True))
    async with kiosk() as pilot:
        row, preview = (line for line in lines(pilot) if "INC0000001" in line)
        assert row[1:13] == "INC0000001C "
        assert "CONFIDENTIAL" in screen(pilot).partition(preview)[2]
        await press(pilot, "enter")
        assert "CONFIDENTIAL: not seen by the school" in screen(pilot)


async def test_opening_a_confidential_incident_is_recorded_once(
    kiosk: Open, services: Services, people: People
) -> None:
    """Rule 26: reading it again on the same screen is not another opening."""
    services.report.log(people.head, new_form(confidential=True))

    def openings() -> list[str]:
        events = services.history.of_incident(people.handler, 1)
        return [event.actor for event in events if event.kind is EventKind.CONFIDENTIAL_OPENED]

    async with kiosk() as pilot:
        assert openings() == []
        await press(pilot, "enter")
        assert openings() == ["A. Handler"]
        await press(pilot, "r", "f5", "c", *"Hi", "ctrl+s")
        assert openings() == ["A. Handler"]
        await press(pilot, "escape", "enter")
        assert openings() == ["A. Handler"] * 2


async def test_a_school_rates_a_closed_incident_of_its_own_once(
    kiosk: Open, services: Services, people: People, clock: SetClock
) -> None:
    """Rule 14: 1 to 5 with words; asked for a digit when there is none."""
    closed(services, people, clock)
    async with kiosk("00000EDU") as pilot:
        await press(pilot, "tab", "enter", "f")
        assert place(pilot) == "RateDialog"
        await press(pilot, "ctrl+s")
        assert "! Choose a rating from 1 to 5." in screen(pilot)
        await press(pilot, "4", *"Ta", "ctrl+s")
        assert said(pilot) == "Thank you for your feedback."
        assert "Feedback: 4 of 5 Ta" in prose(pilot)
        await press(pilot, "f")
        assert said(pilot) == "This incident has been rated already; thank you."
    feedback = services.queue.open(people.head, 1).feedback
    assert feedback is not None
    assert (feedback.rating, feedback.words) == (4, "Ta")


async def test_keys_typed_ahead_of_the_incident_are_about_it(
    kiosk: Open, services: Services, people: People, clock: SetClock
) -> None:
    """They wait until it has been read."""
    closed(services, people, clock)
    services.report.log(people.head, new_form())
    async with kiosk("00000EDU") as pilot:
        await burst(pilot, "1", "enter", "f", "5", *"Ta", "ctrl+s")
        assert said(pilot) == "Thank you for your feedback."
    async with kiosk() as pilot:
        await burst(pilot, "2", "enter", "p", "3", "m")
        row = services.queue.open(people.handler, 2).row
        assert (row.priority, row.assigned_to) == (Priority.MEDIUM, "A. Handler")


async def test_an_open_incident_is_not_rated(
    kiosk: Open, services: Services, people: People
) -> None:
    """Rule 14: the key says when it can be."""
    services.report.log(people.head, new_form())
    async with kiosk("00000EDU") as pilot:
        await press(pilot, "enter", "f")
        assert said(pilot) == "Feedback can be given when the incident is closed."


async def test_keys_of_others_do_nothing(
    kiosk: Open, services: Services, people: People, clock: SetClock
) -> None:
    """Rules 14 and 24: a school has no key to a school's card, a handler none to feedback."""
    closed(services, people, clock)
    async with kiosk("00000EDU") as pilot:
        await press(pilot, "tab", "enter", "o")
        assert place(pilot) == "IncidentScreen"
    async with kiosk() as pilot:
        await press(pilot, "1", "enter", "f")
        assert place(pilot) == "IncidentScreen"


async def test_a_long_conversation_is_scrolled_with_the_keys(
    kiosk: Open, services: Services, people: People
) -> None:
    """Rule 13: the full history is there to be read."""
    services.report.log(people.head, new_form())
    for place_ in range(20):
        services.conversation.comment(people.head, 1, f"Comment {place_:02d}", f"key-{place_}")
    async with kiosk("00000EDU") as pilot:
        await press(pilot, "enter")
        assert "Comment 00" in screen(pilot)
        assert "Comment 19" not in screen(pilot)
        await press(pilot, "end")
        assert "Comment 19" in screen(pilot)
