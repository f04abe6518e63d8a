"""What the bottom line and the headings say is what works, and what is there."""

from __future__ import annotations

import pytest
from textual.pilot import Pilot

from eds_tui.domain.school_change import SchoolChange
from eds_tui.domain.search import parse_search
from eds_tui.services.container import Services
from eds_tui.ui.presentation.cells import shares
from tests.factories import START, People, SetClock, log
from tests.ui.conftest import Open
from tests.ui.deciding import closed
from tests.ui.sitting import lines, paste, place, press, prose, resize, screen

pytestmark = pytest.mark.on_sqlite


def bottom(pilot: Pilot[None]) -> str:
    """Return the row of keys."""
    return lines(pilot)[-1].strip()


async def test_a_closed_incident_offers_what_it_takes(
    kiosk: Open, services: Services, people: People, clock: SetClock
) -> None:
    """In the list and when it is open, to the centre and to its school."""
    closed(services, people, clock)
    log(services, people, 1)
    async with kiosk(size=(120, 24)) as pilot:
        assert "p Priority  s State  c Comment" in bottom(pilot)
        await press(pilot, *["shift+tab"] * 4)
        assert bottom(pilot).startswith("n New call  Enter Open  / Search")
        await press(pilot, "enter")
        assert place(pilot) == "IncidentScreen"
        assert bottom(pilot) == "Esc Back  n New follow-up  o School  / Search  ? Help"
        await press(pilot, "n")
        assert place(pilot) == "CallScreen"
    async with kiosk("00000EDU", size=(120, 24)) as pilot:
        await press(pilot, "1", "enter")
        assert bottom(pilot) == "f Feedback  Esc Back  n New follow-up  / Search  ? Help"
        await press(pilot, "f", "5", "ctrl+s")
        await press(pilot, "tab", "escape", "2", "enter")
        assert bottom(pilot) == "c Comment  Ctrl+S Send  Esc Back  Ctrl+T Attach  / Search  ? Help"
        await press(pilot, "escape", "1", "enter")
        assert bottom(pilot) == "Esc Back  n New follow-up  / Search  ? Help"


async def test_both_lists_of_a_school_say_how_many_they_have_and_how_many_are_below(
    kiosk: Open, services: Services, people: People, clock: SetClock
) -> None:
    closed(services, people, clock, 12)
    log(services, people, 15)
    async with kiosk("00000EDU") as pilot:
        over = "Answered 12 · Open, but for confidential ones · 15 · 4 more below\n"
        assert over in screen(pilot)
        assert (
            "Latest 20 closed, but for confidential ones, read only · 12 · 5 more below"
            in screen(pilot)
        )
        await press(pilot, "end")
        assert "confidential ones · 15\n" in screen(pilot)
        assert bottom(pilot).startswith("n New report  Enter Open  Tab Other list")
        await resize(pilot, 80, 50)
        await press(pilot, "tab", "end")
        assert "Latest 20 closed, but for confidential ones, read only · 12\n" in screen(pilot)


async def test_nothing_is_offered_to_be_opened_where_there_is_nothing(
    kiosk: Open, services: Services, people: People
) -> None:
    """In either list of a school, to the school and on its card; and a report of a closed one."""
    async with kiosk("00000EDU") as pilot:
        assert bottom(pilot).startswith("n New report  Tab Other list")
        log(services, people, 1)
        await press(pilot, "r")
        assert bottom(pilot).startswith("n New report  Enter Open  Tab Other list")
        await press(pilot, "tab")
        assert bottom(pilot).startswith("n New report  Tab Other list")
        services.schools.change(people.lead, people.school.id, SchoolChange(closed=True))
        await press(pilot, "n")
        assert "Report a fault: your school is closed" in screen(pilot)
        assert "! Your school is closed: it takes no new incident." in prose(pilot)
    async with kiosk() as pilot:
        await press(pilot, "o")
        assert "Enter Open" in bottom(pilot)
        await press(pilot, "tab")
        assert "Enter Open" not in bottom(pilot)
        await press(pilot, "n")
        assert place(pilot) == "SiteScreen"
        assert "The school is closed: it takes no new incident." in prose(pilot)


async def test_the_search_of_a_school_has_its_own_words(
    kiosk: Open, services: Services, people: People
) -> None:
    """What the service centre sorts by is no filter there, in the help neither."""
    log(services, people, 2)
    async with kiosk("00000EDU") as pilot:
        await press(pilot, "slash")
        for key in ((), ("f1",)):
            await press(pilot, *key)
            assert "state: category: impact:" in prose(pilot)
            for word in ("priority", "assigned", "confidential", "replied", "Keep as view"):
                assert word not in prose(pilot)
        await press(pilot, "escape")
        assert "Contact Details" in prose(pilot)
        await paste(pilot, "is:confidential")
        assert "is:confidential is not understood; it takes late." in prose(pilot)
    query = parse_search("priority:1 assigned:me state:new", START, at_school=True)
    assert (query.words, query.priorities, query.assigned) == (
        ("priority:1", "assigned:me"), frozenset(), "",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("wanted", "room", "given"),
    [
        ((10, 10), 30, [15, 15]),
        ((40, 12), 50, [38, 12]),
        ((40, 60), 50, [25, 25]),
        ((4, 60), 50, [4, 46]),
        ((5,), 3, [3]),
        ((), 3, []),
    ],
)
def test_no_column_is_cut_beside_one_with_room(
    wanted: tuple[int, ...], room: int, given: list[int]
) -> None:
    assert shares(wanted, room) == given


SMALL_DIALOGS = {
    "the help": (("f1",), "New call", "Enter Do it Esc Close"),
    "resolved": (("s", "r"), "5 Supplier", "Ctrl+S Done Ctrl+Y Reply Tab Next Esc Leave it"),
    "assigned": (("a",), "S. Lead", "Enter Choose Esc Close"),
    "put off": (("s", "d"), "Put off until when?", "Enter Done Esc Leave it"),
    "a major incident": (("k", "m"), "Major incident's number", "Enter Done Esc Leave it"),
    "hidden": (("x",), "why?", "Enter Done Esc Leave it"),
    "a work note": (("w",), "", "Ctrl+S Done"),
    "the history": (("y",), "", "Esc Close"),
    "the colours": (("t",), "3", "Esc Close"),
    "a number": (("1",), "", "Enter Open Esc Close"),
}


async def test_every_dialog_shows_its_keys_and_its_last_choice_on_the_smallest_screen(
    kiosk: Open, services: Services, people: People
) -> None:
    log(services, people, 1)
    async with kiosk(size=(60, 20)) as pilot:
        for what, (keys, last, told) in SMALL_DIALOGS.items():
            await press(pilot, *keys)
            assert place(pilot).endswith("Dialog"), what
            shown = " ".join(prose(pilot).replace("│", " ").split())
            assert last in shown, what
            assert told in shown, what
            assert "└" in screen(pilot), what
            await press(pilot, "escape")
