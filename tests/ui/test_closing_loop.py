"""What is begun at the screen is told to its end: links, views, feedback (rules 14, 35, 49)."""

from __future__ import annotations

from eds_tui.domain.saved_view import SavedView
from eds_tui.services.container import Services
from eds_tui.ui.widgets.incident_list import IncidentList
from tests.factories import People, SetClock, log
from tests.ui.conftest import Open
from tests.ui.deciding import closed
from tests.ui.sitting import lines, place, press, prose, said, screen, write
from tests.ui.sitting_again import sign_in_again, typed


async def test_after_linking_the_answer_says_so_and_the_major_one_lists_it(
    kiosk: Open, services: Services, people: People
) -> None:
    log(services, people, 3)
    async with kiosk() as pilot:
        await press(pilot, "k", "m")
        await write(pilot, "1")
        await press(pilot, "enter")
        assert "INC0000003: hangs on INC0000001;" in said(pilot)
        await press(pilot, "home", "k", "n")
        assert "INC0000003: hangs on none now;" in said(pilot)
        await press(pilot, "home", "k", "m")
        await write(pilot, "1")
        await press(pilot, "enter", "home", "down", "k", "d")
        await write(pilot, "1")
        await press(pilot, "enter")
        assert "INC0000002: is closed as a duplicate of INC0000001;" in said(pilot)
        await press(pilot, "1", "enter")
        assert "Hanging on it INC0000003 · New · Test School" in prose(pilot)


async def test_saved_views_are_renamed_moved_and_dropped_and_one_opens_under_its_name(
    kiosk: Open, services: Services, people: People
) -> None:
    for digit, name in ((1, "Network"), (2, "Late")):
        services.saved_views.save(people.handler, SavedView(digit, name, "is:late"))
    async with kiosk() as pilot:
        await press(pilot, "v")
        assert "r rename  m move  d drop)  1 Network  2 Late" in lines(pilot)[-1]
        await press(pilot, "r", "2")
        await write(pilot, "Overdue")
        await press(pilot, "enter")
        assert "v 2 is Overdue now." in said(pilot)
        await press(pilot, "v", "d", "1", "n")
        assert [view.digit for view in services.saved_views.of(people.handler)] == [1, 2]
        await press(pilot, "v", "d", "1", "y")
        assert "The view 1 Network is dropped." in said(pilot)
        assert services.saved_views.of(people.handler) == (SavedView(2, "Overdue", "is:late"),)
        await press(pilot, "v", "m", "2", "7")
        assert "v 7 is Overdue now." in said(pilot)
        await press(pilot, "v", "7")
        assert place(pilot) == "SearchScreen"
        assert lines(pilot)[0].startswith(" Overdue")
        await press(pilot, "ctrl+k", *"The late", "enter")
        assert said(pilot) == "Kept: v 1 in the queue shows it."
        await press(pilot, "ctrl+k", *"7 Late", "enter")
        assert said(pilot) == "Kept: v 7 in the queue shows it, in the place of Overdue."
        await press(pilot, "ctrl+k", *"7", "enter")
        assert "name" in said(pilot)
        assert isinstance(pilot.app.focused, IncidentList)
    kept = (SavedView(1, "The late", "is:late"), SavedView(7, "Late", "is:late"))
    assert services.saved_views.of(people.handler) == kept


async def test_a_lead_reads_feedback_in_one_list_and_a_handler_has_no_such_key(
    kiosk: Open, services: Services, people: People, clock: SetClock
) -> None:
    async with kiosk("lead") as pilot:
        await press(pilot, "plus")
        assert "No school has given feedback yet." in said(pilot)
    closed(services, people, clock, 2)
    services.conversation.rate(people.head, 1, 5, "Quick.\nThank you.")
    clock.forward(minutes=1)
    services.conversation.rate(people.head, 2, 2, "")
    async with kiosk("lead") as pilot:
        await press(pilot, "plus")
        text = prose(pilot)
        assert text.index("2 of 5 INC0000002") < text.index("5 of 5 INC0000001")
        assert "Thank you." in text
    async with kiosk() as pilot:
        await press(pilot, "plus")
        assert "of 5" not in screen(pilot)


async def test_the_targets_in_force_are_read_as_figures(kiosk: Open) -> None:
    async with kiosk("00000EDU", size=(120, 60)) as pilot:
        await press(pilot, "i")
        while "2 – High" not in screen(pilot):
            await press(pilot, "down")
        text = prose(pilot).replace("│ ", "")
        assert "1 – Critical 4 hours" in text
        assert "Monday 08:00-17:00" in text


async def test_words_of_a_rating_that_lost_are_kept_and_given_back(
    kiosk: Open, services: Services, people: People, clock: SetClock
) -> None:
    """Rule 14: a colleague of the same school has rated meanwhile."""
    closed(services, people, clock)
    async with kiosk("00000EDU") as pilot:
        await press(pilot, "tab", "enter", "f", "tab", *"Qui", "ctrl+q")
        await sign_in_again(pilot, people.head)
        await press(pilot, "tab", "enter", "f")
        assert typed(pilot) == "Qui"
        await press(pilot, "ctrl+s")
        assert "Choose a rating from 1 to 5." in prose(pilot)
        await press(pilot, "5", *"ck", "ctrl+q")
        await sign_in_again(pilot, people.head)
        await press(pilot, "tab", "enter", "f")
        assert typed(pilot) == "Quick"
        services.conversation.rate(people.bursar, 1, 1, "Slow")
        await press(pilot, "ctrl+s")
        assert "Your words were not added; they are kept: Ctrl+E shows them." in said(pilot)
        await press(pilot, "ctrl+q")
        words = await sign_in_again(pilot, people.head)
        assert words == "Not sent, and kept: rating on INC0000001. Ctrl+E shows all."
        await press(pilot, "ctrl+e")
        assert "Quick" in prose(pilot)
