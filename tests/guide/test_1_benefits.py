"""Guide 1: what a school has of it, and the page that its login leads to (rules 1, 11, 13, 14)."""

from __future__ import annotations

from datetime import datetime

import pytest

from eds_tui.domain.errors import Conflict, NotAllowed, NotFound
from eds_tui.domain.lifecycle import State
from eds_tui.domain.views import ListQuery, View, Window
from eds_tui.repository.unit_of_work import Database
from eds_tui.services.container import Services
from eds_tui.services.information import topics
from tests.factories import People, SetClock, new_form, set_state
from tests.london import london
from tests.ui.conftest import Open
from tests.ui.sitting import place, press, prose, screen, sign_in

TALL = (120, 60)
SUPPORT = (
    "User guide", "Contacting the ICT Service Centre", "Escalation process",
    "Formal complaints process", "Complaints form", "Service level targets", "Incident feedback",
    "Important: projects and pilots",
)  # fmt: skip


@pytest.mark.parametrize(
    "at", [london(2026, 6, 14, 3), london(2026, 12, 25, 12), london(2026, 10, 25, 1, 30)]
)
def test_a_fault_is_reported_at_any_time(
    services: Services, people: People, clock: SetClock, at: datetime
) -> None:
    """Guide 1: immediately, without waiting for somebody to answer the telephone."""
    clock.now = at
    receipt = services.report.log(people.bursar, new_form(telephone="Jo"))
    page = services.queue.page(people.head, ListQuery(View.OPEN), Window())
    assert [(row.number, row.opened_at) for row in page.rows] == [(receipt.number, at)]


def test_school_and_service_centre_talk_about_an_incident_in_one_place(
    services: Services, people: People
) -> None:
    """Guide 1: progress is checked, information added, and questions are answered there."""
    services.report.log(people.head, new_form())
    for key, (actor, words) in enumerate(
        ((people.head, "How far is it?"), (people.handler, "Which room?"), (people.bursar, "7B."))
    ):
        services.conversation.comment(actor, 1, words, f"key-{key}")
    for actor in (people.head, people.bursar, people.handler):
        read = services.queue.open(actor, 1).comments
        assert [comment.body for comment in read] == ["How far is it?", "Which room?", "7B."]


async def test_a_login_leads_to_the_page_with_all_that_the_guide_shows(kiosk: Open) -> None:
    """Guide 1: who is logged in, lists and form, help, support, connection, school, contacts."""
    async with kiosk(None, size=TALL) as pilot:
        assert not any(title in screen(pilot) for title in SUPPORT)
        await sign_in(pilot, "00000EDU")
        first, second = screen(pilot).split("\n")[:2]
        assert first.strip().startswith(
            "Logged in as Test User (00000EDU) (Test School, Test Town)"
        )
        assert first.strip().endswith("q Log out")
        assert second.strip().startswith("My ICT Incidents")

        await press(pilot, "n")
        for part in (
            "Report a fault", "Category", "Confidential", "Impact", "Description", "Telephone",
            "The school can't change it back. Updates by phone.", "Files", "each may have 20 MB",
        ):  # fmt: skip
            assert part in prose(pilot)

        await press(pilot, "escape", "i")
        for title in SUPPORT:
            assert title in screen(pilot)
        for state in State:
            assert state.label in screen(pilot)
        await press(pilot, "down")
        for part in ("00000", "Test School", "Test Town", "888", "888/2001", "Contacts", "Mrs Tes"):
            assert part in screen(pilot)
        await press(pilot, "down")
        assert "Connection type Fibre" in prose(pilot).replace("│ ", "")
        assert "Bandwidth 100 Mbps" in prose(pilot).replace("│ ", "")
        await press(pilot, "escape", "q")
        assert place(pilot) == "SignInScreen"


def test_rule_14_the_texts_to_read_have_the_numbers_of_the_service_centre() -> None:
    """Guide 1: help and support are there to be read, and say whom to ask about a project."""
    read = topics("01772 999999", "ict@example.org")
    assert {*SUPPORT} < {topic.title for topic in read}
    everything = " ".join(topic.text for topic in read)
    assert "01772 999999" in everything
    assert "ict@example.org" in everything
    assert "{" not in everything
    assert "project manager first" in " ".join(everything.split())
    assert all(topic.text for topic in read)


def test_rule_14_the_details_of_the_own_school_can_be_read(
    services: Services, people: People
) -> None:
    """Guide 1: its numbers, name and town, its connection, and its contacts."""
    school = services.schools.own(people.bursar)
    assert school is not None
    assert (school.portal_number, school.title) == ("00000", "Test School, Test Town")
    assert (school.la_number, school.dfe_number) == ("888", "888/2001")
    assert (school.connection_type, school.bandwidth) == ("Fibre", "100 Mbps")
    assert [contact.name for contact in school.contacts] == ["Test Bursar", "Mrs Testing"]


def test_rule_14_a_school_rates_a_closed_incident_of_its_own_once(
    database: Database, services: Services, people: People, clock: SetClock
) -> None:
    """Guide 1: incident feedback is given, once, when the incident is closed."""
    services.report.log(people.head, new_form())
    set_state(database, people, 1, State.RESOLVED, clock())
    with pytest.raises(NotAllowed):
        services.conversation.rate(people.head, 1, 5, "Too early.")
    clock.forward(hours=24)
    with pytest.raises(NotFound):
        services.conversation.rate(people.neighbour, 1, 1, "Not ours.")
    services.conversation.rate(people.head, 1, 4, "Quick and kind.")
    with pytest.raises(Conflict):
        services.conversation.rate(people.head, 1, 1, "Changed my mind.")
    rated = services.queue.open(people.head, 1).feedback
    assert rated is not None
    assert (rated.rating, rated.words) == (4, "Quick and kind.")
