"""Deciding about what is ticked, and taking decisions back."""

from __future__ import annotations

import pytest
from textual.pilot import Pilot

from eds_tui.domain.lifecycle import State
from eds_tui.domain.priority import Priority
from eds_tui.domain.triage import Assignee
from eds_tui.repository.unit_of_work import Database
from eds_tui.services.container import Services
from tests.factories import START, People, SetClock
from tests.london import london
from tests.services.triage_steps import RESOLVED, contents, found
from tests.ui.conftest import Open
from tests.ui.sitting import incident_list, lines, place, press, prose, said, screen, write
from tests.ui.triage_keys import FIVE

pytestmark = pytest.mark.usefixtures("five_incidents")

LEAD = Assignee(team="Networks")


def ticked(pilot: Pilot[None]) -> list[int]:
    """Return the numbers of the ticked rows."""
    return [row.number for row in incident_list(pilot).ticked]


def priorities(database: Database) -> list[int]:
    """Return the priorities of all incidents, newest first."""
    numbers = range(FIVE, 0, -1)
    return [found(database, number, START).fields.priority.value for number in numbers]


async def tick(pilot: Pilot[None], *places: int) -> None:
    """Tick rows by their place from the top."""
    await press(pilot, "home")
    for number in range(max(places) + 1):
        await press(pilot, "space" if number in places else "down")


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
    kiosk: Open, database: Database, desk: Services, people: People
) -> None:
    async with kiosk() as pilot:
        await tick(pilot, 0, 1, 2, 3, 4)
        desk.triage.set_priority(people.lead, 3, None, Priority.LOW)
        await press(pilot, "p", "3", "y")
        assert said(pilot).startswith("! 4 done, 1 refused: ")
        assert "INC0000003" in said(pilot)
        assert "changed by S. Lead." in said(pilot)
    assert priorities(database) == [3, 3, 4, 3, 3]


async def test_a_refused_row_is_named_once(kiosk: Open, desk: Services, people: People) -> None:
    async with kiosk() as pilot:
        await tick(pilot, 0, 1)
        desk.triage.set_priority(people.lead, 4, None, Priority.LOW)
        await press(pilot, "p", "3", "y")
        assert said(pilot) == (
            "! 1 done, 1 refused: INC0000004 was changed by S. Lead. ! shows what changed."
        )


async def test_what_was_refused_stays_ticked_and_what_was_done_does_not(
    kiosk: Open, desk: Services, people: People
) -> None:
    async with kiosk() as pilot:
        await tick(pilot, 0, 1, 2)
        desk.triage.set_priority(people.lead, 4, None, Priority.LOW)
        await press(pilot, "p", "3", "y")
        assert ticked(pilot) == [4]


async def test_a_row_for_which_it_is_not_allowed_is_refused_and_the_others_are_done(
    kiosk: Open, database: Database, desk: Services, people: People
) -> None:
    desk.triage.set_priority(people.handler, 4, None, Priority.LOW)
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
    kiosk: Open, database: Database, desk: Services, people: People
) -> None:
    """One of the ticked leaves the list of what waits for triage."""
    async with kiosk() as pilot:
        await press(pilot, "shift+tab")
        await tick(pilot, 0, 1, 2)
        desk.triage.set_priority(people.lead, 4, None, Priority.LOW)
        await press(pilot, "r", "p", "1")
        assert "on 2 incidents?" in screen(pilot)
        await press(pilot, "y")
        assert said(pilot) == "2 done"
    assert priorities(database) == [1, 4, 1, 0, 0]


async def test_another_list_has_no_ticks_of_this_one(kiosk: Open, database: Database) -> None:
    async with kiosk() as pilot:
        await tick(pilot, 0, 1)
        await press(pilot, "shift+tab")
        assert ticked(pilot) == []
        await press(pilot, "tab")
        assert ticked(pilot) == []


async def test_one_ticked_row_is_decided_about_wherever_the_cursor_is(
    kiosk: Open, database: Database
) -> None:
    async with kiosk() as pilot:
        await tick(pilot, 1)
        await press(pilot, "end", "p", "2")
        assert place(pilot) == "QueueScreen"
    assert priorities(database) == [0, 2, 0, 0, 0]


async def test_u_takes_the_last_decision_back_and_shows_where(
    kiosk: Open, database: Database
) -> None:
    before = found(database, 5, START).fields
    async with kiosk() as pilot:
        await press(pilot, "p", "3", "u")
        assert said(pilot) == "Taken back: INC0000005."
        row = incident_list(pilot).row
        assert row is not None
        assert (row.number, row.priority, row.state) == (5, Priority.NONE, State.NEW)
        await press(pilot, "u")
        assert said(pilot) == "There is nothing of yours to undo here."
    assert found(database, 5, START).fields == before


async def test_u_asks_for_the_reason_that_the_move_needs(
    kiosk: Open, database: Database, desk: Services, people: People
) -> None:
    """Rule 19: once for all of them; left with Esc, it is still what u takes back."""
    before = [found(database, number, START).fields for number in (5, 4)]
    async with kiosk() as pilot:
        await press(pilot, "space", "space", "s", "r", "1")
        await write(pilot, RESOLVED.resolution)
        await press(pilot, "ctrl+s", "y")
        for _ in range(2):
            await press(pilot, "u")
            assert place(pilot) == "LineDialog"
            assert "Why is it reopened?" in prose(pilot)
            await press(pilot, "escape")
        await press(pilot, "u")
        await write(pilot, "The wrong ones.")
        await press(pilot, "enter")
        assert set(said(pilot).split()) >= {"Taken", "back:"}
        assert "INC0000004" in said(pilot)
        await press(pilot, "u")
        assert said(pilot) == "There is nothing of yours to undo here."
    assert [found(database, number, START).fields for number in (5, 4)] == before
    last = desk.history.of_incident(people.lead, 4)[-1]
    assert last.details["reason"] == "The wrong ones."


async def test_u_on_what_is_closed_says_why_not(
    kiosk: Open, database: Database, desk: Services, people: People
) -> None:
    async with kiosk() as pilot:
        await press(pilot, "k", "d")
        await write(pilot, "1")
        await press(pilot, "enter", "u")
        assert said(pilot) == "! It is closed. Log a new incident that names this one."
    assert found(database, 5, START).fields.state is State.CLOSED


async def test_u_on_the_open_incident_takes_its_last_decision_back(
    kiosk: Open, database: Database
) -> None:
    before = found(database, 5, START).fields
    async with kiosk() as pilot:
        await press(pilot, "enter", "p", "3", "u")
        assert said(pilot) == "Taken back: INC0000005."
        assert "Priority 0 – None" in prose(pilot)
    assert found(database, 5, START).fields == before


async def test_u_in_the_list_takes_back_what_was_decided_on_the_open_incident(
    kiosk: Open, database: Database
) -> None:
    """It is one's own last decision, wherever it was made."""
    before = found(database, 5, START).fields
    async with kiosk() as pilot:
        await press(pilot, "enter", "p", "3", "escape", "u")
        assert said(pilot) == "Taken back: INC0000005."
    assert found(database, 5, START).fields == before


async def test_u_is_refused_once_somebody_else_has_touched_it(
    kiosk: Open, database: Database, desk: Services, people: People
) -> None:
    async with kiosk() as pilot:
        await press(pilot, "p", "3")
        desk.triage.assign(people.lead, 5, None, LEAD)
        before = contents(database)
        await press(pilot, "u")
        assert place(pilot) == "ConflictDialog"
        assert "Assigned to nobody team Networks" in prose(pilot)
        assert "m Do mine" not in prose(pilot)
        await press(pilot, "m", "escape")
        assert "S. Lead has touched it since." in said(pilot)
    assert contents(database) == before


async def test_u_takes_a_decision_on_several_back(kiosk: Open, database: Database) -> None:
    async with kiosk() as pilot:
        await tick(pilot, 0, 2, 4)
        await press(pilot, "p", "3", "y", "u")
        assert said(pilot) == "Taken back: INC0000005, INC0000003, INC0000001."
    assert priorities(database) == [0] * FIVE


async def test_u_on_several_takes_back_all_but_what_somebody_else_has_touched(
    kiosk: Open, database: Database, desk: Services, people: People
) -> None:
    async with kiosk() as pilot:
        await tick(pilot, 0, 2, 4)
        await press(pilot, "p", "3", "y")
        desk.triage.assign(people.lead, 5, None, LEAD)
        await press(pilot, "u")
        assert "S. Lead has touched it since." in said(pilot)
    assert priorities(database) == [3, 0, 0, 0, 0]


async def test_u_after_a_refused_decision_takes_no_earlier_one_back_unasked(
    kiosk: Open, database: Database, desk: Services, people: People
) -> None:
    """What is taken back is named, and the cursor is on it."""
    async with kiosk() as pilot:
        await press(pilot, "p", "3")
        desk.triage.set_priority(people.lead, 4, None, Priority.LOW)
        await press(pilot, "p", "3", "k")
        assert "INC0000004 was changed by S. Lead." in said(pilot)
        await press(pilot, "u")
        assert said(pilot) == "Taken back: INC0000005."
        row = incident_list(pilot).row
        assert row is not None
        assert row.number == 5
    assert priorities(database) == [0, 4, 0, 0, 0]


async def test_closed_in_the_meantime_is_said_of_an_undo(
    kiosk: Open, desk: Services, people: People, clock: SetClock
) -> None:
    async with kiosk() as pilot:
        await press(pilot, "s", "r", "1")
        await write(pilot, RESOLVED.resolution)
        await press(pilot, "ctrl+s")
        clock.forward(hours=24)
        await press(pilot, "u")
        assert "There is nothing of yours to undo on INC0000005." in prose(pilot)
        assert "Closed" in prose(pilot)
    assert desk.queue.open(people.head, 5).row.state is State.CLOSED


async def test_u_takes_back_the_latest_decision_and_not_an_earlier_one_of_the_list(
    kiosk: Open, database: Database
) -> None:
    async with kiosk() as pilot:
        await press(pilot, "p", "3", "enter", "m", "escape", "u")
        assert said(pilot) == "Taken back: INC0000004."
    assert priorities(database) == [3, 0, 0, 0, 0]
    assert found(database, 4, START).fields.assigned_to == ""
