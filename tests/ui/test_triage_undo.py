"""One's own last decision is taken back, on one incident or on several."""

from __future__ import annotations

import pytest

from eds_tui.domain.lifecycle import State
from eds_tui.domain.priority import Priority
from eds_tui.domain.triage import Assignee
from eds_tui.repository.unit_of_work import Database
from eds_tui.services.container import Services
from eds_tui.ui.features.decisions import HOW_TO_LOOK
from tests.factories import START, People, SetClock
from tests.services.triage_steps import RESOLVED, contents, found
from tests.ui.conftest import Open
from tests.ui.sitting import incident_list, place, press, prose, said, write
from tests.ui.ticking import priorities, tick
from tests.ui.triage_keys import FIVE

pytestmark = pytest.mark.usefixtures("five_incidents")

LEAD = Assignee(team="Networks")


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
    kiosk: Open, database: Database, services: Services, people: People
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
    last = services.history.of_incident(people.lead, 4)[-1]
    assert last.details["reason"] == "The wrong ones."


async def test_u_on_what_is_closed_says_why_not(
    kiosk: Open, database: Database, services: Services, people: People
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
    kiosk: Open, database: Database, services: Services, people: People
) -> None:
    async with kiosk() as pilot:
        await press(pilot, "p", "3")
        services.triage.assign(people.lead, 5, None, LEAD)
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
    kiosk: Open, database: Database, services: Services, people: People
) -> None:
    async with kiosk() as pilot:
        await tick(pilot, 0, 4)
        await press(pilot, "p", "3", "y")
        services.triage.assign(people.lead, 5, None, LEAD)
        await press(pilot, "u")
        assert "S. Lead has touched it since." in said(pilot)
        assert said(pilot).endswith(HOW_TO_LOOK)
    assert priorities(database) == [3, 0, 0, 0, 0]


async def test_u_after_a_refused_decision_takes_no_earlier_one_back_unasked(
    kiosk: Open, database: Database, services: Services, people: People
) -> None:
    """What is taken back is named, and the cursor is on it."""
    async with kiosk() as pilot:
        await press(pilot, "p", "3")
        services.triage.set_priority(people.lead, 4, None, Priority.LOW)
        await press(pilot, "p", "3", "k")
        assert "INC0000004 was changed by S. Lead." in said(pilot)
        await press(pilot, "u")
        assert said(pilot) == "Taken back: INC0000005."
        row = incident_list(pilot).row
        assert row is not None
        assert row.number == 5
    assert priorities(database) == [0, 4, 0, 0, 0]


async def test_closed_in_the_meantime_is_said_of_an_undo(
    kiosk: Open, services: Services, people: People, clock: SetClock
) -> None:
    async with kiosk() as pilot:
        await press(pilot, "s", "r", "1")
        await write(pilot, RESOLVED.resolution)
        await press(pilot, "ctrl+s")
        clock.forward(hours=24)
        await press(pilot, "u")
        assert "There is nothing of yours to undo on INC0000005." in prose(pilot)
        assert "Closed" in prose(pilot)
    assert services.queue.open(people.head, 5).row.state is State.CLOSED


async def test_u_takes_back_the_latest_decision_and_not_an_earlier_one_of_the_list(
    kiosk: Open, database: Database
) -> None:
    async with kiosk() as pilot:
        await press(pilot, "p", "3", "enter", "m", "escape", "u")
        assert said(pilot) == "Taken back: INC0000004."
    assert priorities(database) == [3, 0, 0, 0, 0]
    assert found(database, 4, START).fields.assigned_to == ""
