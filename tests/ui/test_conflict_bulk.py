"""Looking at the refused among several, and what is taken back of them (rule 37)."""

from __future__ import annotations

import pytest
from textual.pilot import Pilot

from eds_tui.domain.priority import Priority
from eds_tui.domain.triage import Assignee
from eds_tui.repository.unit_of_work import Database
from eds_tui.services.container import Services
from tests.factories import START, People
from tests.services.triage_steps import contents, found
from tests.ui.conftest import Open
from tests.ui.sitting import (
    incident_list,
    place,
    press,
    prose,
    said,
)
from tests.ui.triage_keys import FIVE, table

pytestmark = [pytest.mark.long_on_postgres, pytest.mark.usefixtures("five_incidents")]


async def tick_all(pilot: Pilot[None]) -> None:
    """Tick all five rows."""
    await press(pilot, "home", *["space"] * FIVE)


async def test_of_several_the_refused_are_looked_at_in_turn_and_each_is_decided(
    kiosk: Open, database: Database, services: Services, people: People
) -> None:
    async with kiosk() as pilot:
        await tick_all(pilot)
        for number in (4, 3, 1):
            services.triage.set_priority(people.lead, number, None, Priority.LOW)
        await press(pilot, "p", "3", "y")
        assert said(pilot).startswith("! 2 done, 3 refused: INC0000004 was changed by S. Lead.")
        assert said(pilot).endswith("! shows what changed.")
        await press(pilot, "exclamation_mark")
        assert "INC0000004 was changed by S. Lead. (1 of 3)" in prose(pilot)
        await press(pilot, "m")
        assert "INC0000003 was changed by S. Lead. (2 of 3)" in prose(pilot)
        await press(pilot, "k")
        assert "INC0000001 was changed by S. Lead. (3 of 3)" in prose(pilot)
        await press(pilot, "m")
        assert place(pilot) == "QueueScreen"
        assert [row.number for row in incident_list(pilot).ticked] == [3]
    left = [found(database, number, START).fields.priority.value for number in range(1, 6)]
    assert left == [3, 3, 4, 3, 3]


async def test_of_several_escape_leaves_all_and_costs_nothing_who_does_not_look(
    kiosk: Open, database: Database, services: Services, people: People
) -> None:
    async with kiosk() as pilot:
        await tick_all(pilot)
        for number in (4, 3):
            services.triage.set_priority(people.lead, number, None, Priority.LOW)
        await press(pilot, "p", "3", "y")
        before = contents(database)
        await press(pilot, "exclamation_mark", "escape", "exclamation_mark")
        assert "(1 of 2)" in prose(pilot)
        await press(pilot, "escape", "home", "space", "p", "2")
        assert contents(database) == before
        assert place(pilot) == "ConfirmDialog"


async def test_what_was_done_over_theirs_is_taken_back_with_the_rest(
    kiosk: Open, database: Database, services: Services, people: People
) -> None:
    async with kiosk() as pilot:
        await tick_all(pilot)
        services.triage.set_priority(people.lead, 4, None, Priority.LOW)
        await press(pilot, "p", "3", "y", "exclamation_mark", "m", "u")
        assert "INC0000004" in said(pilot)
    left = [found(database, number, START).fields.priority.value for number in range(1, 6)]
    assert left == [0, 0, 0, 4, 0]


async def test_of_several_undone_the_refused_one_can_be_looked_at(
    kiosk: Open, database: Database, services: Services, people: People
) -> None:
    async with kiosk() as pilot:
        await tick_all(pilot)
        await press(pilot, "p", "3", "y")
        services.triage.assign(people.lead, 2, None, Assignee(team="Networks"))
        await press(pilot, "u")
        assert said(pilot).endswith("! shows what changed.")
        before = contents(database)
        await press(pilot, "exclamation_mark")
        assert ["Assigned to", "nobody", "team Networks", ""] in table(pilot)
        assert "! Only what was changed last can be taken back." in prose(pilot)
        await press(pilot, "m")
        assert place(pilot) == "ConflictDialog"
        assert contents(database) == before
