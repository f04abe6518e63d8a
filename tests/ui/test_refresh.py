"""Lists that change, long lists, and lists that can't be read (rules 34, 38, 39)."""

from __future__ import annotations

import pytest

from eds_tui.domain.lifecycle import State
from eds_tui.domain.priority import Priority
from eds_tui.domain.views import PAGE_SIZE, ListQuery, View, Window
from eds_tui.repository.unit_of_work import Database
from eds_tui.services.container import Services
from eds_tui.ui.features.paged_list import MOST_HELD
from eds_tui.ui.screens.incident import IncidentScreen
from eds_tui.ui.screens.queue import QueueScreen
from eds_tui.ui.widgets.incident_list import IncidentList
from tests.conftest import Away
from tests.factories import People, SetClock, log, new_form
from tests.ui.conftest import Open
from tests.ui.sitting import (
    box,
    focused,
    line,
    lines,
    marked,
    numbers,
    place,
    press,
    prose,
    said,
    screen,
    settle,
)

pytestmark = pytest.mark.long_on_postgres


@pytest.mark.parametrize("login", ["handler", "00000EDU"])
async def test_a_list_that_cannot_be_read_keeps_what_it_had_with_its_time(
    kiosk: Open, services: Services, people: People, clock: SetClock, away: Away,
    login: str,
) -> None:  # fmt: skip
    """Rule 38: the old rows, the time they were read, and a sentence; it recovers by itself."""
    services.report.log(people.head, new_form())
    async with kiosk(login) as pilot:
        before = numbers(pilot)
        clock.forward(minutes=5)
        with away():
            await press(pilot, "r")
            assert numbers(pilot) == before == [1]
            assert "INC0000001" in screen(pilot)
            assert "as of 11:52:00" in screen(pilot)
            assert said(pilot).startswith("! The database can't be")
        services.report.log(people.head, new_form())
        await press(pilot, "r")
        assert numbers(pilot) == [2, 1]
        assert "as of" not in screen(pilot)


async def test_another_list_that_cannot_be_read_does_not_show_the_rows_of_the_one_before(
    kiosk: Open, services: Services, people: People, away: Away
) -> None:
    """Rule 38: never rows of one list under the name of another."""
    services.report.log(people.head, new_form())
    async with kiosk() as pilot:
        assert "▸Open" in screen(pilot)
        with away():
            await press(pilot, "tab")
            assert said(pilot).startswith("! ")
            assert ("▸Open" in screen(pilot)) == (numbers(pilot) == [1])


async def test_the_cursor_stays_on_its_incident_at_its_height(
    kiosk: Open, services: Services, people: People, clock: SetClock
) -> None:
    """Rule 39: colleagues log incidents while it is on row 40."""
    log(services, people, 60, clock)
    async with kiosk() as pilot:
        await press(pilot, *["down"] * 39, "up", "up")
        height, reference = marked(pilot)
        assert reference == "INC0000023"
        log(services, people, 3, clock)
        await press(pilot, "r")
        assert marked(pilot) == (height, reference)
        assert numbers(pilot)[0] == 63
        # Below the line that is typed in it goes by rows and by screenfuls, there and back.
        await press(pilot, "slash", *"internet")
        there = [marked(pilot)[1]]
        for key in ("down", "pagedown", "pagedown"):
            await press(pilot, key)
            there.append(marked(pilot)[1])
        assert there[:2] == ["INC0000063", "INC0000062"]
        assert len(set(there)) == len(there)
        back = there[-1:]
        for key in ("pageup", "pageup", "up"):
            await press(pilot, key)
            back.append(marked(pilot)[1])
        assert back == there[::-1]


async def test_at_the_top_of_the_list_a_new_incident_is_seen(
    kiosk: Open, services: Services, people: People, clock: SetClock
) -> None:
    """Rule 39: it appears above, the cursor stays on its incident."""
    log(services, people, 30, clock)
    async with kiosk() as pilot:
        height, reference = marked(pilot)
        log(services, people, 1, clock)
        await press(pilot, "r")
        assert marked(pilot) == (height + 1, reference)
        assert lines(pilot)[height].startswith(" INC0000031")


async def test_an_incident_that_leaves_the_list_gives_the_cursor_to_its_neighbour(
    kiosk: Open, services: Services, people: People, clock: SetClock
) -> None:
    """Rule 39: the cursor stays where it was."""
    log(services, people, 5, clock)
    async with kiosk("00000EDU") as pilot:
        await press(pilot, "down", "down")
        height, reference = marked(pilot)
        assert reference == "INC0000003"
        services.triage.set_confidential(people.handler, 3, None, True, "Asked for.")
        await press(pilot, "r")
        assert marked(pilot) == (height, "INC0000002")
        assert numbers(pilot, "#open") == [5, 4, 2, 1]


async def test_a_refresh_keeps_an_open_dialog_and_its_text(
    kiosk: Open, services: Services, people: People, clock: SetClock
) -> None:
    """Rule 39: the list behind it is read again."""
    log(services, people, 2, clock)
    async with kiosk() as pilot:
        await press(pilot, "1", "2")
        log(services, people, 1, clock)
        queue = pilot.app.screen_stack[1]
        assert isinstance(queue, QueueScreen)
        await queue.run_action("perform('refresh')")
        await settle(pilot)
        assert place(pilot) == "JumpDialog"
        assert line(pilot, "number").value == "12"
        assert queue.query_one(IncidentList).rows[0].number == 3


async def test_another_comment_arrives_while_one_types(
    kiosk: Open, services: Services, people: People
) -> None:
    """Rules 37 and 39: it is shown; text, cursor and focus stay."""
    services.report.log(people.head, new_form())
    async with kiosk() as pilot:
        await press(pilot, "enter", "c", *"Hello", "left", "left")
        services.conversation.comment(people.head, 1, "Any news?", "one")
        front = pilot.app.screen
        assert isinstance(front, IncidentScreen)
        await front.run_action("perform('refresh')")
        await settle(pilot)
        assert "Any news?" in prose(pilot)
        assert (box(pilot).text, focused(pilot)) == ("Hello", "box")
        assert box(pilot).cursor_location == (0, 3)
        await press(pilot, "x", "ctrl+s")
    bodies = [said.body for said in services.queue.open(people.head, 1).comments]
    assert bodies == ["Any news?", "Helxlo"]


async def test_a_long_list_is_walked_window_by_window(
    kiosk: Open, services: Services, people: People, clock: SetClock
) -> None:
    """Rules 38 and 45: to the oldest and back, few rows held; what is ticked stays so."""
    total = MOST_HELD + PAGE_SIZE + 50
    log(services, people, total, clock)
    async with kiosk() as pilot:
        await press(pilot, "space", "space")
        seen: list[int] = []
        while marked(pilot)[1] != "INC0000001":
            seen += [number for number in numbers(pilot) if not seen or number < seen[-1]]
            assert len(numbers(pilot)) <= MOST_HELD
            await press(pilot, *["pagedown"] * 3)
        assert seen == list(range(total, 0, -1))
        assert "2 ticked" in lines(pilot)[1]
        await press(pilot, "m")
        assert "Assign to A. Handler on 2 incidents?" in screen(pilot)
        await press(pilot, "y")
        assert said(pilot) == "2 done"
        assert "ticked" not in lines(pilot)[1]
        mine = services.queue.page(people.handler, ListQuery(View.MINE), Window()).rows
        assert [row.number for row in mine] == [total, total - 1]
        await press(pilot, *["pageup"] * 5)
        height, reference = marked(pilot)
        await press(pilot, "r")
        assert marked(pilot) == (height, reference)
        assert len(numbers(pilot)) <= MOST_HELD
        await press(pilot, "space", "home")
        assert marked(pilot)[1] == f"INC{total:07d}"
        assert numbers(pilot) == list(range(total, total - PAGE_SIZE, -1))
        assert "1 ticked" in lines(pilot)[1]
        await press(pilot, "end", "up")
        assert marked(pilot)[1] == "INC0000002"
        assert numbers(pilot) == list(range(PAGE_SIZE, 0, -1))
        assert "1 ticked" in lines(pilot)[1]
        await press(pilot, *["pageup"] * 10)
        assert numbers(pilot)[-1] == 1
        assert len(numbers(pilot)) == 2 * PAGE_SIZE


async def test_where_all_that_is_held_has_left_the_list_what_is_before_it_is_shown(
    kiosk: Open, services: Services, people: People, clock: SetClock, database: Database
) -> None:
    """Rules 18 and 38: far down in a list, others have closed it all meanwhile."""
    total = MOST_HELD + PAGE_SIZE
    log(services, people, total, clock)
    async with kiosk() as pilot:
        await press(pilot, "end")
        assert numbers(pilot) == list(range(PAGE_SIZE, 0, -1))
        with database.writing() as work:
            for number in range(1, PAGE_SIZE + 1):
                work.incidents.set_state(number, State.CLOSED, Priority.LOW, clock())
            work.commit()
        await press(pilot, "r")
        assert numbers(pilot) == list(range(2 * PAGE_SIZE, PAGE_SIZE, -1))
        await press(pilot, "end")
        assert marked(pilot)[1] == f"INC{PAGE_SIZE + 1:07d}"


async def test_page_down_passes_over_no_incident(
    kiosk: Open, services: Services, people: People, clock: SetClock
) -> None:
    """Rule 38: every incident is on the screen once as one pages through."""
    log(services, people, PAGE_SIZE + 30, clock)
    async with kiosk() as pilot:
        shown: set[str] = set()
        while marked(pilot)[1] != "INC0000001":
            shown |= {row[1:11] for row in lines(pilot) if row[1:4] == "INC"}
            await press(pilot, "pagedown")
        shown |= {row[1:11] for row in lines(pilot) if row[1:4] == "INC"}
    assert shown == {f"INC{number:07d}" for number in range(1, PAGE_SIZE + 31)}
