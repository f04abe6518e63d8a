"""What others do is seen by itself, and takes nothing out of one's hands (rules 25, 30, 38, 39)."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from eds_tui.domain.priority import Priority
from eds_tui.domain.triage import Assignee
from eds_tui.repository.unit_of_work import Database
from eds_tui.services.container import Services
from eds_tui.ui.screens.queue import QueueScreen
from eds_tui.ui.widgets.incident_list import IncidentList
from tests.cases import at_case
from tests.cli.running import CommandLine
from tests.factories import People, SetClock, log, new_form
from tests.repository.statements import statements
from tests.ui.conftest import Open
from tests.ui.sitting import (
    CALL,
    box,
    focused,
    incident_list,
    line,
    look,
    marked,
    numbers,
    place,
    press,
    prose,
    said,
    screen,
    write,
)

pytestmark = pytest.mark.on_both

Change = Callable[[Services, People], object]

CHANGES: dict[str, tuple[Change, str]] = {
    "comment": (
        lambda services, people: services.conversation.comment(people.head, 1, "Any news?", "one"),
        "Any news?",
    ),
    "work note": (
        lambda services, people: services.conversation.work_note(people.lead, 1, "Ask Jo.", "one"),
        "Ask Jo.",
    ),
    "priority": (
        lambda services, people: services.triage.set_priority(people.lead, 1, None, Priority.HIGH),
        "Priority 2 – High",
    ),
    "assignment": (
        lambda services, people: services.triage.assign(
            people.lead, 1, None, Assignee(team="Networks")
        ),
        "with Networks",
    ),
    "hidden": (
        lambda services, people: services.triage.set_confidential(
            people.lead, 1, None, True, "Asked."
        ),
        "CONFIDENTIAL: not seen by the school",
    ),
    "linked below": (
        lambda services, people: services.triage.link(people.lead, 2, None, 1),
        "1 hang on it",
    ),
}
"""What somebody else does to incident 1, and what then stands on its page."""


@pytest.fixture
def _two_incidents(services: Services, people: People, clock: SetClock) -> None:
    log(services, people, 2, clock)


@pytest.mark.usefixtures("_two_incidents")
async def test_what_another_does_is_on_the_page_of_the_incident(
    kiosk: Open, services: Services, people: People
) -> None:
    """Rule 30, and rule 39: what is typed stays, with its cursor."""
    async with kiosk(look_every=1) as pilot:
        await press(pilot, "down", "enter", "c", *"Hello", "left", "left")
        for name, (change, words) in CHANGES.items():
            with at_case(name):
                assert words not in prose(pilot)
                change(services, people)
                await look(pilot)
                assert words in prose(pilot)
                assert (box(pilot).text, focused(pilot)) == ("Hello", "box")
                assert box(pilot).cursor_location == (0, 3)


@pytest.mark.usefixtures("_two_incidents")
@pytest.mark.parametrize("login", ["handler", "00000EDU"])
async def test_a_new_incident_is_in_the_list_and_counted(
    kiosk: Open, services: Services, people: People, login: str
) -> None:
    async with kiosk(login, look_every=1) as pilot:
        services.report.log(people.bursar, new_form(telephone="Jo 1"))
        await look(pilot)
        assert numbers(pilot) == [3, 2, 1]
        assert ("Open 3" in screen(pilot)) == (login == "handler")


async def test_what_the_command_line_does_in_another_process_is_seen(
    kiosk: Open, services: Services, people: People, tmp_path: Path, database_url: str
) -> None:
    services.report.log(people.head, new_form())
    environment = CommandLine(tmp_path, database_url).environment
    async with kiosk(look_every=1) as pilot:
        await press(pilot, "enter")
        command = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "eds_tui", "incidents", "comment", "1", "From elsewhere.",
            "--as", "lead", env=environment,
        )  # fmt: skip
        assert await command.wait() == 0
        await look(pilot)
        assert "From elsewhere." in prose(pilot)


async def test_the_cursor_stays_on_its_incident_at_its_height_with_the_ticks(
    kiosk: Open, services: Services, people: People, clock: SetClock
) -> None:
    """Rule 39: colleagues log incidents above while it is far down."""
    log(services, people, 60, clock)
    async with kiosk(look_every=1) as pilot:
        await press(pilot, *["down"] * 38, "space", "up", "up")
        before = marked(pilot)
        ticked = [row.number for row in incident_list(pilot).ticked]
        log(services, people, 3, clock)
        await look(pilot)
        assert marked(pilot) == before
        assert numbers(pilot)[0] == 63
        assert [row.number for row in incident_list(pilot).ticked] == ticked == [22]


@pytest.mark.usefixtures("_two_incidents")
async def test_a_question_that_waits_for_its_key_is_answered_for_its_incident(
    kiosk: Open, services: Services, people: People, clock: SetClock
) -> None:
    """Rule 39: a new incident comes above between the two keys of a decision."""
    async with kiosk(look_every=1) as pilot:
        await press(pilot, "p")
        log(services, people, 1, clock)
        await look(pilot)
        assert numbers(pilot) == [3, 2, 1]
        assert said(pilot).startswith("Priority?")
        await press(pilot, "3")
    rows = [services.queue.open(people.handler, number).row for number in (3, 2, 1)]
    assert [row.priority for row in rows] == [Priority.NONE, Priority.MEDIUM, Priority.NONE]


@pytest.mark.usefixtures("_two_incidents")
async def test_the_list_behind_an_open_dialog_is_read_and_the_dialog_stays(
    kiosk: Open, services: Services, people: People, clock: SetClock
) -> None:
    async with kiosk(look_every=1) as pilot:
        await press(pilot, "1", "2")
        log(services, people, 1, clock)
        await look(pilot)
        queue = pilot.app.screen_stack[1]
        assert isinstance(queue, QueueScreen)
        assert queue.query_one(IncidentList).rows[0].number == 3
        assert (place(pilot), line(pilot, "number").value) == ("JumpDialog", "12")


async def test_a_row_that_leaves_gives_the_cursor_to_its_neighbour_and_that_is_said(
    kiosk: Open, services: Services, people: People, clock: SetClock
) -> None:
    """Rule 39: the next key is not pressed for another incident unknowingly."""
    log(services, people, 5, clock)
    async with kiosk(look_every=1) as pilot:
        await press(pilot, "shift+tab", "down", "down")
        height, reference = marked(pilot)
        assert ("▸Triage 5◂" in screen(pilot), reference) == (True, "INC0000003")
        services.triage.set_priority(people.lead, 3, None, Priority.LOW)
        await look(pilot)
        assert marked(pilot) == (height, "INC0000002")
        assert said(pilot) == ("INC0000003 has left this list; the cursor is on its neighbour.")
        services.triage.set_priority(people.lead, 5, None, Priority.LOW)
        await press(pilot, "up", "down")
        await look(pilot)
        assert (marked(pilot)[1], said(pilot)) == ("INC0000002", "")


@pytest.mark.usefixtures("_two_incidents")
async def test_what_one_decided_oneself_leaves_the_list_without_a_word(
    kiosk: Open, services: Services, people: People
) -> None:
    async with kiosk(look_every=1) as pilot:
        await press(pilot, "shift+tab", "down", "p", "3", "end")
        await look(pilot)
        assert (numbers(pilot), said(pilot)) == ([2], "")


@pytest.mark.usefixtures("_two_incidents")
async def test_what_a_search_found_is_read_again_with_the_cursor_where_it_was(
    kiosk: Open, services: Services, people: People, clock: SetClock
) -> None:
    async with kiosk(look_every=1) as pilot:
        await press(pilot, "/")
        await write(pilot, "internet")
        await press(pilot, "down")
        log(services, people, 1, clock)
        await look(pilot)
        assert (numbers(pilot), marked(pilot)[1]) == ([3, 2, 1], "INC0000001")
        assert (line(pilot, "text").value, focused(pilot)) == ("internet", "text")


@pytest.mark.usefixtures("_two_incidents")
async def test_the_form_of_a_call_shows_what_the_school_has_open_by_now(
    kiosk: Open, services: Services, people: People, clock: SetClock
) -> None:
    async with kiosk(look_every=1) as pilot:
        await press(pilot, *CALL, *"Hi")
        log(services, people, 1, clock)
        await look(pilot)
        assert numbers(pilot, "#open-here") == [3, 2, 1]
        assert (box(pilot, "description").text, focused(pilot)) == ("Hi", "description")


@pytest.mark.usefixtures("_two_incidents")
async def test_while_nothing_changes_nothing_is_read_but_the_log(
    kiosk: Open, database: Database
) -> None:
    async with kiosk(look_every=1) as pilot:
        await press(pilot, "enter")
        await look(pilot)
        # Twice in a row no clock can make it time for the other readings, which come by the clock.
        found: list[set[str]] = []
        for _ in range(2):
            with statements(database) as asked:
                await look(pilot)
            reads = [text for text, _ in asked if text.startswith("SELECT")]
            found.append({text.partition("FROM ")[2].split()[0] for text in reads})
            # PostgreSQL answers for the account as the transaction is opened.
            found[-1].discard("accounts")
        assert {"events", "presence"} in found


@pytest.mark.usefixtures("_two_incidents")
async def test_what_is_being_typed_stays_when_a_colleague_closes_the_incident(
    kiosk: Open, services: Services, people: People
) -> None:
    """Rules 9 and 39: it can't be sent any more, which is said, and is still there to be read."""
    async with kiosk(look_every=1) as pilot:
        await press(pilot, "enter", "c", *"Hello")
        services.triage.close_as_duplicate(people.lead, 2, None, 1)
        await look(pilot)
        assert "State Closed" in prose(pilot)
        assert (box(pilot).text, focused(pilot)) == ("Hello", "box")
        await press(pilot, "ctrl+s")
        assert said(pilot).startswith("! INC0000002 is closed and takes no more comments.")
        assert box(pilot).text == "Hello"


@pytest.mark.usefixtures("_two_incidents")
async def test_a_look_that_fails_says_nothing_and_the_next_one_makes_up_for_it(
    kiosk: Open,
    services: Services,
    people: People,
    database: Database,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Rule 38: the list keeps what it has; it says itself when it can't be read."""
    async with kiosk(look_every=1) as pilot:
        await look(pilot)
        with monkeypatch.context() as patch:
            patch.setattr(database.engine, "connect", _fail)
            await look(pilot)
        assert (numbers(pilot), said(pilot)) == ([2, 1], "")
        services.report.log(people.head, new_form())
        for _ in range(10):
            await look(pilot)
        assert numbers(pilot) == [3, 2, 1]


def _fail() -> None:
    raise OSError("disk I/O error")
