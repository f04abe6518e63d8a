"""What is made confidential leaves a school's screen by itself, and comes back (rules 24, 25)."""

from __future__ import annotations

import pytest

from eds_tui.domain.incident import ChosenFile
from eds_tui.domain.priority import Priority
from eds_tui.repository.unit_of_work import Database
from eds_tui.services.container import Services
from eds_tui.ui.screens.incident import IncidentScreen
from tests.factories import People, SetClock, log, new_form
from tests.repository.statements import statements
from tests.ui.conftest import Open
from tests.ui.pty_data import one_byte
from tests.ui.sitting import (
    box,
    look,
    numbers,
    place,
    press,
    prose,
    said,
    screen,
    write,
)

pytestmark = pytest.mark.on_both


@pytest.fixture
def _two_incidents(services: Services, people: People, clock: SetClock) -> None:
    log(services, people, 2, clock)


def is_never_given_out(text: str, number: int) -> str:
    """Return the page of an incident with its number taken out."""
    return text.replace(f"INC{number:07d}", "INC")


@pytest.mark.usefixtures("_two_incidents")
async def test_rule_25_an_incident_that_is_made_confidential_leaves_the_schools_open_page(
    kiosk: Open, services: Services, people: People
) -> None:
    """The page then says what it says of a number never given out; what was typed is kept."""
    async with kiosk("00000EDU", look_every=1) as pilot:
        await press(pilot, *"99", "enter")
        unknown = screen(pilot)
        await press(pilot, "escape", "enter", "c", *"Hello")
        assert "No internet" in screen(pilot)
        services.triage.set_confidential(people.handler, 2, None, True, "Asked.")
        await look(pilot)
        assert said(pilot) == "! A comment that you typed could not be placed. Your words: Hello"
        await press(pilot, "tab")
        assert is_never_given_out(screen(pilot), 2) == is_never_given_out(unknown, 99)
        await press(pilot, "ctrl+s")
        assert said(pilot) == "There is no incident INC0000002 in your lists."
        await press(pilot, "escape")
        assert (numbers(pilot, "#open"), "INC0000002" in screen(pilot)) == ([1], False)
        services.triage.set_confidential(people.handler, 2, None, False, "Asked again.")
        await look(pilot)
        await press(pilot, "home", "enter")
        assert box(pilot).text == "Hello"


@pytest.mark.usefixtures("_two_incidents")
async def test_rule_25_it_leaves_the_schools_lists_and_what_its_search_found(
    kiosk: Open, services: Services, people: People
) -> None:
    async with kiosk("00000EDU", look_every=1) as pilot:
        assert numbers(pilot, "#open") == [2, 1]
        services.triage.set_confidential(people.handler, 2, None, True, "Asked.")
        await look(pilot)
        assert (numbers(pilot, "#open"), said(pilot)) == ([1], "")
        await press(pilot, "/")
        await write(pilot, "internet")
        assert numbers(pilot) == [1]
        services.triage.set_confidential(people.handler, 1, None, True, "Asked.")
        await look(pilot)
        assert numbers(pilot) == []


@pytest.mark.usefixtures("_two_incidents")
async def test_when_it_is_shown_again_its_page_is_back_with_what_was_typed(
    kiosk: Open, services: Services, people: People
) -> None:
    async with kiosk("00000EDU", look_every=1) as pilot:
        await press(pilot, "enter", "c", *"Hello")
        for confidential in (True, False):
            services.triage.set_confidential(people.handler, 2, None, confidential, "Asked.")
            await look(pilot)
        assert isinstance(pilot.app.screen, IncidentScreen)
        assert "No internet" in screen(pilot)
        assert (box(pilot).text, box(pilot).display) == ("Hello", True)


async def test_rule_24_the_names_of_its_files_leave_the_schools_screen_with_the_incident(
    kiosk: Open, services: Services, people: People
) -> None:
    """The question which file to save is about an incident that is no longer theirs to see."""
    form = new_form(
        files=tuple(
            ChosenFile(name=name, size=1, path=name, open=one_byte)
            for name in ("pupil.txt", "b.txt")
        )
    )
    services.report.log(people.head, form)
    async with kiosk("00000EDU", look_every=1) as pilot:
        await press(pilot, "enter", "d")
        assert (place(pilot), "pupil.txt" in screen(pilot)) == ("PickDialog", True)
        services.triage.set_confidential(people.handler, 1, None, True, "Asked.")
        await look(pilot)
        assert "pupil.txt" not in screen(pilot)
        assert place(pilot) == "IncidentScreen"
        assert "There is no incident INC0000001 in your lists." in prose(pilot)


@pytest.mark.usefixtures("_two_incidents")
async def test_rule_24_a_page_that_points_to_it_does_so_no_more_and_knows_nothing_of_what_follows(
    kiosk: Open, services: Services, people: People, database: Database
) -> None:
    services.triage.close_as_duplicate(people.handler, 2, None, 1)
    async with kiosk("00000EDU", look_every=1) as pilot:
        await press(pilot, *"2", "enter")
        assert "dealt with as INC0000001, so" in prose(pilot)
        services.triage.set_confidential(people.handler, 1, None, True, "Asked.")
        await look(pilot)
        assert "dealt with, so" in prose(pilot)
        assert "INC0000001" not in screen(pilot)
        # Twice in a row no clock can make it time for the other readings, which come by the clock.
        found: list[bool] = []
        for priority in (Priority.HIGH, Priority.LOW):
            services.triage.set_priority(people.lead, 1, None, priority)
            with statements(database) as asked:
                await look(pilot)
            found.append(any("FROM comments" in text for text, _ in asked))
        assert False in found
