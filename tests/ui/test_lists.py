"""Every list of incidents is the same list: sorting, columns, ticks, what stands beside."""

from __future__ import annotations

import pytest
from textual.pilot import Pilot

from eds_tui.domain.event import EventKind
from eds_tui.domain.priority import Priority
from eds_tui.domain.saved_view import SavedView
from eds_tui.domain.views import Window
from eds_tui.repository import search_filters
from eds_tui.services.container import Services
from eds_tui.ui.widgets.beside import Beside
from eds_tui.ui.widgets.preview import Preview
from tests.factories import People, SetClock
from tests.ui.conftest import Open
from tests.ui.sitting import (  # fmt: skip
    focused,
    incident_list,
    line,
    lines,
    look,
    numbers,
    painted,
    place,
    press,
    resize,
    said,
    screen,
    settle,
    until,
    write,
)
from tests.ui.ticking import ticked

pytestmark = pytest.mark.usefixtures("five_incidents")

WIDE = (120, 30)


def priorities(services: Services, people: People) -> None:
    """Give the fourth and the second incident a priority, and let time pass until one is late."""
    services.triage.set_priority(people.lead, 4, None, Priority.LOW)
    services.triage.set_priority(people.lead, 2, None, Priority.CRITICAL)


def beside(pilot: Pilot[None]) -> str:
    """Return what stands beside the list."""
    return painted(pilot, pilot.app.screen.query_one(Beside))


async def test_the_queue_is_sorted_and_its_lists_have_a_key_each(
    kiosk: Open, services: Services, people: People, clock: SetClock
) -> None:
    priorities(services, people)
    async with kiosk() as pilot:
        assert numbers(pilot) == [5, 4, 3, 2, 1]
        await press(pilot, "down", "greater_than_sign")
        assert numbers(pilot) == [2, 4, 1, 3, 5]
        assert "Details, by due" in lines(pilot)[1]
        await press(pilot, "greater_than_sign")
        assert "Details, priority" in lines(pilot)[1]
        assert numbers(pilot) == [2, 4, 1, 3, 5]
        await press(pilot, "greater_than_sign", "greater_than_sign")
        assert (numbers(pilot), "Details, oldest" in lines(pilot)[1]) == ([1, 2, 3, 4, 5], True)
        await press(pilot, "less_than_sign", "less_than_sign")
        await press(pilot, "g")
        assert "List?  1 Unread 0  2 Triage 3  3 Open 5  4 Mine 0" in screen(pilot)
        clock.forward(days=30)
        await press(pilot, "7")
        assert "▸Late 2◂" in lines(pilot)[0]
        assert "List?" not in screen(pilot)
        assert (numbers(pilot), "Details, by due" in lines(pilot)[1]) == ([2, 4], True)
        await press(pilot, "g", "3")
        assert "Details, priority" in lines(pilot)[1]
        await press(pilot, "g", "x")
        assert "▸Open 5◂" in lines(pilot)[0]


async def test_what_is_searched_for_is_ticked_decided_on_and_sorted_like_any_list(
    kiosk: Open, services: Services, people: People
) -> None:
    services.saved_views.save(people.handler, SavedView(3, "All open", "state:open"))
    async with kiosk() as pilot:
        await press(pilot, "v", "3")
        assert lines(pilot)[0].startswith(" All open")
        assert place(pilot) == "SearchScreen"
        await press(pilot, "less_than_sign")
        assert numbers(pilot) == [1, 2, 3, 4, 5]
        await press(pilot, "space", "space")
        assert ticked(pilot) == [1, 2]
        await press(pilot, "less_than_sign", "less_than_sign")
        assert sorted(ticked(pilot)) == [1, 2]
        await press(pilot, "p", "3", "y")
        assert said(pilot) == "2 done"
        await press(pilot, "end", "m")
        assert "INC0000005" in said(pilot)
        await press(pilot, "home", "space", "slash")
        assert (focused(pilot), ticked(pilot)) == ("text", [1])
        # What was ticked among other hits would be decided on unseen.
        line(pilot, "text").value = "state:open priority:3"
        await settle(pilot)
        assert (numbers(pilot), ticked(pilot)) == ([1, 2], [])
        await press(pilot, "tab", "home", "1")
        assert place(pilot) == "JumpDialog"
        await press(pilot, "escape", "w")
        await write(pilot, "Note.")
        await press(pilot, "ctrl+s", "enter")
        assert place(pilot) == "IncidentScreen"
        assert "Note." in screen(pilot)
    rows = [services.queue.open(people.lead, number).row for number in (1, 2, 5)]
    assert [row.priority for row in rows] == [3, 3, 0]
    assert rows[2].assigned_to == people.handler.name


async def test_a_search_that_was_given_up_goes_on_by_a_key_and_keeps_what_it_found(
    kiosk: Open, services: Services, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search_filters, "MOST_LOOKED_AT", 2)
    services.triage.set_priority(people.lead, 1, None, Priority.CRITICAL)
    services.triage.set_priority(people.lead, 2, None, Priority.CRITICAL)
    async with kiosk() as pilot:
        await press(pilot, "slash")
        await write(pilot, "priority:1")
        assert (numbers(pilot), "Looked back to" in screen(pilot)) == ([], True)
        assert "PgDn at the end looks further." in screen(pilot)
        await press(pilot, "pagedown")
        assert (numbers(pilot), "Looked back to" in screen(pilot)) == ([2], True)
        await press(pilot, "tab", "end")
        assert (numbers(pilot), "Looked back to" in screen(pilot)) == ([2, 1], False)
        services.triage.set_priority(people.lead, 5, None, Priority.CRITICAL)
        await press(pilot, "f5")
        assert (numbers(pilot), "Looked back to" in screen(pilot)) == ([5, 2, 1], False)


async def test_so_is_what_a_school_has_open(
    kiosk: Open, services: Services, people: People
) -> None:
    async with kiosk() as pilot:
        await press(pilot, "o")
        assert place(pilot) == "SiteScreen"
        assert "INC0000005" in painted(pilot, pilot.app.screen.query_one(Preview))
        await press(pilot, "less_than_sign")
        assert numbers(pilot, "#open") == [1, 2, 3, 4, 5]
        await press(pilot, "space", "down", "space", "p", "2", "y")
        assert said(pilot) == "2 done"
        await press(pilot, "end", "x")
        await write(pilot, "Asked for.")
        await press(pilot, "enter")
        assert "INC0000005C CONFIDENTIAL" in screen(pilot)
    rows = services.search.find(people.lead, "priority:2", Window()).rows
    assert [row.number for row in rows] == [3, 1]


async def test_with_room_the_incident_stands_beside_the_list_and_follows_the_cursor(
    kiosk: Open, services: Services, people: People
) -> None:
    """Rules 26 and 46: a confidential one is shown when it is opened, and that is recorded."""
    services.conversation.comment(people.head, 4, "It is worse today.", "first")
    services.triage.set_confidential(people.lead, 3, None, True, "Asked for.")
    async with kiosk(size=WIDE, look_every=1) as pilot:
        await until(pilot, lambda: "INC0000005" in beside(pilot))
        assert not pilot.app.screen.query_one(Preview).display
        assert "Who" in lines(pilot)[1]
        await press(pilot, "down")
        await until(pilot, lambda: "INC0000004" in beside(pilot))
        assert "It is worse today." in beside(pilot)
        services.conversation.comment(people.head, 4, "And worse now.", "second")
        await look(pilot)
        await until(pilot, lambda: "And worse now." in beside(pilot))
        await press(pilot, "down")
        await until(pilot, lambda: "INC0000003" in beside(pilot))
        assert "CONFIDENTIAL. Enter opens it" in beside(pilot)
        assert "No internet" not in beside(pilot)
        await press(pilot, "end", "home", "down")
        await until(pilot, lambda: "INC0000004" in beside(pilot))
        assert opened(services, people) == []
        await press(pilot, "down", "enter")
        assert place(pilot) == "IncidentScreen"
        await press(pilot, "escape")
        assert opened(services, people) == [people.handler.name]
        await resize(pilot, 140, 30)
        assert "  All " in lines(pilot)[0]
        assert "A. Handler  11:52" in lines(pilot)[0]
        await resize(pilot, 100, 30)
        assert pilot.app.screen.query_one(Preview).display
        assert "A. Handler" not in lines(pilot)[0]
        assert "Cat  P" in lines(pilot)[1]
        await resize(pilot, 60, 20)
        assert "State" not in lines(pilot)[1]
        assert incident_list(pilot).row is not None


def opened(services: Services, people: People) -> list[str]:
    """Return who has opened a confidential incident, as the log of leads knows."""
    seen = services.history.watched(people.lead)
    return [each.actor for each in seen if each.kind is EventKind.CONFIDENTIAL_OPENED]
