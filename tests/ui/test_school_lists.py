"""What a school sees of its incidents, and what it never learns of (rules 11, 12 and 24)."""

from __future__ import annotations

import pytest

from eds_tui.domain.lifecycle import CLOSES_AFTER
from eds_tui.services.container import Services
from eds_tui.ui.screens.base import BaseScreen
from tests.factories import People, SetClock, new_form
from tests.ui.conftest import Open
from tests.ui.deciding import closed, resolve
from tests.ui.sitting import (
    box,
    lines,
    numbers,
    place,
    press,
    said,
    screen,
    settle,
)


async def test_open_incidents_are_listed_newest_first_whoever_raised_them(
    kiosk: Open, services: Services, people: People, clock: SetClock
) -> None:
    """Rule 11: the four columns and the date, every reporter of the school, no other school."""
    services.report.log(people.head, new_form(description="Printer prints blank pages."))
    clock.forward(minutes=1)
    services.report.log(people.bursar, new_form(telephone="Jo Fox 01772 9"))
    clock.forward(minutes=1)
    services.report.log(people.neighbour, new_form())
    services.report.log(people.handler, new_form(school_id=people.school.id, caller="Mrs Testing"))
    async with kiosk("00000EDU", size=(120, 24)) as pilot:
        assert numbers(pilot, "#open") == [4, 2, 1]
        rows = lines(pilot)
        titles = rows[2].split()
        assert titles == [
            "Reference", "Incident", "Details", "Contact", "Details", "Date", "State",
        ]  # fmt: skip
        assert "Mrs Testing" in rows[3]
        assert "Bursar (Jo Fox 01772 9)" in rows[4]
        assert "Printer prints blank pages." in rows[5]
        assert rows[5].endswith("New")


async def test_a_resolved_incident_stays_for_a_day_then_it_is_among_the_closed(
    kiosk: Open, services: Services, people: People, clock: SetClock
) -> None:
    """Rules 11, 12 and 18: on the second, whatever else runs."""
    services.report.log(people.head, new_form())
    resolve(services, people, 1)
    clock.now += CLOSES_AFTER
    clock.forward(seconds=-1)
    async with kiosk("00000EDU") as pilot:
        assert (numbers(pilot, "#open"), numbers(pilot, "#closed")) == ([1], [])
        assert "Resolved" in screen(pilot)
        assert "Nothing was closed lately." in screen(pilot)
        clock.forward(seconds=1)
        await press(pilot, "r")
        assert (numbers(pilot, "#open"), numbers(pilot, "#closed")) == ([], [1])
        assert "Nothing is open." in screen(pilot)


async def test_the_latest_twenty_closed_are_listed_last_closed_first(
    kiosk: Open, services: Services, people: People, clock: SetClock
) -> None:
    """Rule 12: the twenty-first is no longer there; a closed one is read only."""
    closed(services, people, clock, count=21)
    async with kiosk("00000EDU") as pilot:
        assert numbers(pilot, "#closed") == list(range(21, 1, -1))
        await press(pilot, "tab", "enter")
        assert place(pilot) == "IncidentScreen"
        assert "INC0000021" in screen(pilot)
        await press(pilot, "c")
        assert said(pilot).startswith("A closed incident takes no more comments")


@pytest.mark.parametrize("login", ["00000EDU", "bursar"])
async def test_no_list_of_a_school_has_a_confidential_incident(
    kiosk: Open, services: Services, people: People, clock: SetClock, login: str
) -> None:
    """Rule 24: neither open nor closed, not even its reporter's own; nothing counts them."""
    for _ in range(2):
        services.report.log(people.head, new_form(confidential=True))
    resolve(services, people, 2)
    clock.now += CLOSES_AFTER
    async with kiosk(login) as pilot:
        assert (numbers(pilot, "#open"), numbers(pilot, "#closed")) == ([], [])
        assert "Nothing is open." in screen(pilot)
        assert "INC" not in screen(pilot).replace("INCIDENTS", "")


@pytest.mark.parametrize("hidden", [2, 3])
async def test_a_hidden_number_answers_as_one_that_was_never_given(
    kiosk: Open, services: Services, people: People, hidden: int
) -> None:
    """Rule 24: one's own confidential incident and another school's, whatever key is tried."""
    services.report.log(people.head, new_form())
    services.report.log(people.head, new_form(confidential=True))
    services.report.log(people.neighbour, new_form())
    never = 7
    seen: dict[int, list[str]] = {}
    for number in (never, hidden):
        seen[number] = []
        async with kiosk("00000EDU") as pilot:
            await press(pilot, str(number), "enter")
            assert place(pilot) == "IncidentScreen"
            for key in ("r", "c", "f", "d", "o", "ctrl+s", "slash", "escape", "f1", "escape", "n"):
                seen[number].append(
                    f"{place(pilot)}\n{screen(pilot)}".replace(f"INC{number:07d}", "INC")
                )
                await press(pilot, key)
    assert f"There is no incident INC{hidden:07d} in your lists." in seen[hidden][0].replace(
        "INC", f"INC{hidden:07d}"
    )
    assert seen[hidden] == seen[never]


@pytest.mark.parametrize(("login", "number"), [("00000EDU", 1), ("handler", 7)])
async def test_where_there_is_no_incident_there_is_nothing_to_do_but_to_leave(
    kiosk: Open, services: Services, people: People, login: str, number: int
) -> None:
    """Rule 24: every key of an incident says that there is none."""
    services.report.log(people.head, new_form(confidential=True))
    sentence = f"There is no incident INC{number:07d} in your lists."
    async with kiosk(login) as pilot:
        await press(pilot, str(number), "enter")
        assert lines(pilot)[-1].split() == ["Esc", "Back", "/", "Search", "?", "Help"]
        for key in (*"cfdnrpsmawkuxyeoz", "ctrl+s", "ctrl+t", "enter", "f5", "end"):
            await press(pilot, key)
            assert (place(pilot), said(pilot)) == ("IncidentScreen", sentence)
        await press(pilot, "question_mark")
        assert "Write a comment" not in screen(pilot)
        await press(pilot, "escape", "slash")
        assert place(pilot) == "SearchScreen"
        await press(pilot, "escape", "escape")
        assert place(pilot) in {"HomeScreen", "QueueScreen"}


async def test_an_incident_that_is_hidden_while_it_is_read_is_gone_and_one_shown_again_is_back(
    kiosk: Open, services: Services, people: People
) -> None:
    """Rule 25: the school's words stay in their draft, and are given back."""
    services.report.log(people.head, new_form())
    async with kiosk("00000EDU") as pilot:
        await press(pilot, "enter", "c", *"Hi")
        services.triage.set_confidential(people.handler, 1, None, True, "A pupil is named.")
        await press(pilot, "f5")
        assert said(pilot) == "! A comment that you typed could not be placed. Your words: Hi"
        await press(pilot, "tab")
        assert "Test School" not in screen(pilot)
        assert lines(pilot)[-1].split() == ["Esc", "Back", "/", "Search", "?", "Help"]
        services.triage.set_confidential(people.handler, 1, None, False, "None is named.")
        front = pilot.app.screen
        assert isinstance(front, BaseScreen)
        for second in range(1, 11):
            front.tick(second)
        await settle(pilot)
        assert lines(pilot)[-1].split()[:2] == ["c", "Comment"]
        assert box(pilot).text == "Hi"


async def test_only_the_list_with_the_focus_has_a_mark(
    kiosk: Open, services: Services, people: People, clock: SetClock
) -> None:
    closed(services, people, clock)
    services.report.log(people.head, new_form())
    async with kiosk("00000EDU") as pilot:
        assert [line[:11] for line in lines(pilot) if "▸" in line] == ["▸INC0000002"]
        await press(pilot, "tab")
        assert [line[:11] for line in lines(pilot) if "▸" in line] == []
        assert [line[:12] for line in lines(pilot) if "◂" in line] == ["●INC0000001◂"]


@pytest.mark.parametrize("typed", ["0000001", "1", "1 "])
async def test_every_spelling_of_a_number_leads_to_its_incident(
    kiosk: Open, services: Services, people: People, typed: str
) -> None:
    """Rule 35: a digit asks for the number; what begins with a letter is searched for."""
    services.report.log(people.head, new_form())
    async with kiosk("00000EDU") as pilot:
        await press(pilot, *typed, "enter")
        assert place(pilot) == "IncidentScreen"
        assert "No internet in the whole building." in screen(pilot)


async def test_what_is_no_number_is_refused_in_the_dialog(kiosk: Open) -> None:
    """Rule 35: with a sentence; what was typed stays, Esc goes back."""
    async with kiosk("00000EDU") as pilot:
        await press(pilot, "1", "backspace", "enter")
        assert "Type a number." in screen(pilot)
        await press(pilot, *"12x", "enter")
        assert place(pilot) == "JumpDialog"
        assert "! 12x is not an incident number." in screen(pilot)
        await press(pilot, "escape")
        assert place(pilot) == "HomeScreen"
