"""Deciding about what is ticked."""

from __future__ import annotations

import pytest

from eds_tui.domain.lifecycle import State
from eds_tui.domain.priority import Priority
from eds_tui.repository.unit_of_work import Database
from eds_tui.services.container import Services
from tests.factories import START, People
from tests.london import london
from tests.services.triage_steps import contents, found
from tests.ui.conftest import Open
from tests.ui.sitting import lines, place, press, prose, said, screen, write
from tests.ui.ticking import priorities, tick, ticked
from tests.ui.triage_keys import FIVE

pytestmark = pytest.mark.usefixtures("five_incidents")


async def test_space_ticks_a_row_and_goes_on_and_space_again_unticks_it(kiosk: Open) -> None:
    async with kiosk() as pilot:
        await tick(pilot, 0, 2)
        assert ticked(pilot) == [5, 3]
        marks = {line[1:11]: line[0] for line in lines(pilot) if "INC" in line[:5]}
        assert marks["INC0000005"] == "+"
        assert marks["INC0000003"] == "+"
        assert marks["INC0000004"] == " "
        await press(pilot, "home", "space")
        assert ticked(pilot) == [3]


async def test_a_decision_on_several_is_asked_about_with_their_number(
    kiosk: Open, database: Database
) -> None:
    async with kiosk() as pilot:
        await tick(pilot, 0, 2, 4)
        await press(pilot, "p", "3")
        assert place(pilot) == "ConfirmDialog"
        assert "Set priority 3 – Medium on 3 incidents?" in screen(pilot)
        assert priorities(database) == [0] * FIVE
        await press(pilot, "y")
        assert said(pilot) == "3 done"
        assert ticked(pilot) == []
    assert priorities(database) == [3, 0, 3, 0, 3]


@pytest.mark.parametrize("key", ["n", "escape", "enter", "space", "3"])
async def test_nothing_is_done_without_a_yes_and_the_ticks_stay(
    kiosk: Open, database: Database, key: str
) -> None:
    before = contents(database)
    async with kiosk() as pilot:
        await tick(pilot, 0, 1)
        await press(pilot, "p", "3", key)
        if place(pilot) == "ConfirmDialog":
            await press(pilot, "escape")
        assert place(pilot) == "QueueScreen"
        assert ticked(pilot) == [5, 4]
    assert contents(database) == before


async def test_each_refused_row_is_named_with_who_changed_it(
    kiosk: Open, database: Database, services: Services, people: People
) -> None:
    async with kiosk() as pilot:
        await tick(pilot, 0, 1, 2, 3, 4)
        services.triage.set_priority(people.lead, 3, None, Priority.LOW)
        await press(pilot, "p", "3", "y")
        assert said(pilot).startswith("! 4 done, 1 refused: ")
        assert "INC0000003" in said(pilot)
        assert "changed by S. Lead." in said(pilot)
    assert priorities(database) == [3, 3, 4, 3, 3]


async def test_a_refused_row_is_named_once(kiosk: Open, services: Services, people: People) -> None:
    async with kiosk() as pilot:
        await tick(pilot, 0, 1)
        services.triage.set_priority(people.lead, 4, None, Priority.LOW)
        await press(pilot, "p", "3", "y")
        assert said(pilot) == (
            "! 1 done, 1 refused: INC0000004 was changed by S. Lead. ! shows what changed."
        )


async def test_what_was_refused_stays_ticked_and_what_was_done_does_not(
    kiosk: Open, services: Services, people: People
) -> None:
    async with kiosk() as pilot:
        await tick(pilot, 0, 1, 2)
        services.triage.set_priority(people.lead, 4, None, Priority.LOW)
        await press(pilot, "p", "3", "y")
        assert ticked(pilot) == [4]


async def test_a_row_for_which_it_is_not_allowed_is_refused_and_the_others_are_done(
    kiosk: Open, database: Database, services: Services, people: People
) -> None:
    services.triage.set_priority(people.handler, 4, None, Priority.LOW)
    async with kiosk() as pilot:
        await tick(pilot, 0, 1)
        await press(pilot, "s", "t", "y")
        assert said(pilot).startswith("! 1 done, 1 refused: INC0000004")
        assert "From In Progress it can't go to Awaiting Triage." in prose(pilot)
    states = [found(database, number, START).fields.state for number in (5, 4)]
    assert states == [State.AWAITING_TRIAGE, State.IN_PROGRESS]


async def test_a_deferral_of_several_asks_once_for_its_date(
    kiosk: Open, database: Database
) -> None:
    async with kiosk() as pilot:
        await tick(pilot, 1, 3)
        await press(pilot, "s", "d")
        assert place(pilot) == "DeferDialog"
        await write(pilot, "fri 14:00")
        await press(pilot, "enter")
        assert "on 2 incidents?" in screen(pilot)
        await press(pilot, "y")
        assert said(pilot) == "2 done"
    until = [found(database, number, START).fields.deferred_until for number in range(5, 0, -1)]
    friday = london(2026, 6, 12, 14)
    assert until == [None, friday, None, friday, None]


async def test_only_what_is_still_shown_is_decided_about(
    kiosk: Open, database: Database, services: Services, people: People
) -> None:
    """One of the ticked leaves the list of what waits for triage."""
    async with kiosk() as pilot:
        await press(pilot, "shift+tab")
        await tick(pilot, 0, 1, 2)
        services.triage.set_priority(people.lead, 4, None, Priority.LOW)
        await press(pilot, "r", "p", "1")
        assert "on 2 incidents?" in screen(pilot)
        await press(pilot, "y")
        assert said(pilot) == "2 done"
    assert priorities(database) == [1, 4, 1, 0, 0]


async def test_another_list_has_no_ticks_of_this_one_which_keeps_them(kiosk: Open) -> None:
    """Rule 45: with their count in sight."""
    async with kiosk() as pilot:
        await tick(pilot, 0, 1)
        assert "2 ticked" in lines(pilot)[1]
        await press(pilot, "shift+tab")
        assert ticked(pilot) == []
        assert "ticked" not in screen(pilot)
        await press(pilot, "tab", "greater_than_sign")
        assert sorted(ticked(pilot)) == [4, 5]
        assert "2 ticked" in lines(pilot)[1]


async def test_one_ticked_row_is_decided_about_wherever_the_cursor_is(
    kiosk: Open, database: Database
) -> None:
    async with kiosk() as pilot:
        await tick(pilot, 1)
        await press(pilot, "end", "p", "2")
        assert place(pilot) == "QueueScreen"
    assert priorities(database) == [0, 2, 0, 0, 0]
