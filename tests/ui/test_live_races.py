"""What others do, seen while the database is slow to answer (rules 24, 25, 38 and 39)."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from textual.pilot import Pilot

from eds_tui.desk import Desk
from eds_tui.domain.incident import ChosenFile
from eds_tui.domain.priority import Priority
from eds_tui.ui.screens.place import Place
from tests.factories import People, SetClock, new_form
from tests.ui.conftest import Open
from tests.ui.pty_data import one_byte
from tests.ui.sitting import (
    box,
    incident_list,
    kiosk_of,
    look,
    numbers,
    place,
    press,
    prose,
    screen,
    settle,
    write,
)
from tests.ui.test_refresh import log

PATIENCE = 20


class Gate:
    """Holds back the answer of one call of a service, until it is let through."""

    def __init__(self, call: Callable[..., Any]) -> None:
        self._call = call
        self._wanted = False
        self._open = threading.Event()
        self.held = threading.Event()
        """Set once there is an answer that waits."""

    def hold(self) -> None:
        """Hold back the next answer."""
        self._open.clear()
        self.held.clear()
        self._wanted = True

    def let_through(self) -> None:
        """Let the answer through that waits."""
        self._wanted = False
        self._open.set()

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Call the service."""
        answer = self._call(*args, **kwargs)
        if self._wanted:
            self._wanted = False
            self.held.set()
            self._open.wait(3 * PATIENCE)
        return answer


Hold = Callable[[object, str], Gate]


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Iterator[Hold]:
    """Puts a gate before a method of a service; all are opened in the end."""
    gates: list[Gate] = []

    def put(service: object, method: str) -> Gate:
        gates.append(Gate(getattr(service, method)))
        monkeypatch.setattr(service, method, gates[-1])
        return gates[-1]

    yield put
    for each in gates:
        each.let_through()


@pytest.fixture(autouse=True)
def _nothing_by_the_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is seen is seen because somebody has changed it, not because a while has passed."""
    monkeypatch.setattr(Place, "is_time_to_read", staticmethod(lambda second: False))


async def until(pilot: Pilot[None], is_so: Callable[[], bool]) -> None:
    """Wait until something is so, whatever else is going on."""
    async with asyncio.timeout(PATIENCE):
        while not is_so():
            await pilot.pause()


async def pass_second(pilot: Pilot[None]) -> None:
    """Let a second pass without waiting for what it begins."""
    kiosk_of(pilot)._tick()
    await pilot.pause()


async def test_a_list_that_is_slow_to_read_is_shown_though_more_is_changed_meanwhile(
    kiosk: Open, desk: Desk, people: People, clock: SetClock, gate: Hold
) -> None:
    """Where colleagues change something every second, the list still comes."""
    log(desk, people, clock, 1)
    page = gate(desk.queue, "page")
    async with kiosk(look_every=1) as pilot:
        await look(pilot)
        log(desk, people, clock, 1)
        page.hold()
        await pass_second(pilot)
        await until(pilot, page.held.is_set)
        log(desk, people, clock, 1)
        for _ in range(3):
            await pass_second(pilot)
        counts = gate(desk.queue, "counts")
        counts.hold()
        page.let_through()
        await until(pilot, counts.held.is_set)
        assert numbers(pilot) == [2, 1]
        counts.let_through()
        await look(pilot)
        assert numbers(pilot) == [3, 2, 1]


async def test_a_list_read_late_is_not_shown_under_the_name_of_another(
    kiosk: Open, desk: Desk, people: People, clock: SetClock, gate: Hold
) -> None:
    """Rule 38: one goes on to the next list while the one before is read again."""
    log(desk, people, clock, 2)
    desk.triage.set_priority(people.lead, 1, None, Priority.LOW)
    page = gate(desk.queue, "page")
    async with kiosk(look_every=1) as pilot:
        await look(pilot)
        log(desk, people, clock, 1)
        page.hold()
        await pass_second(pilot)
        await until(pilot, page.held.is_set)
        await pilot.press("shift+tab")
        await until(pilot, lambda: "▸Triage" in screen(pilot))
        page.let_through()
        await settle(pilot)
        assert ("▸Triage 2◂" in screen(pilot), numbers(pilot)) == (True, [3, 2])


async def test_a_list_read_before_ones_own_decision_does_not_take_it_off_the_screen(
    kiosk: Open, desk: Desk, people: People, clock: SetClock, gate: Hold
) -> None:
    log(desk, people, clock, 2)
    page = gate(desk.queue, "page")
    async with kiosk(look_every=1) as pilot:
        await look(pilot)
        log(desk, people, clock, 1)
        page.hold()
        await pass_second(pilot)
        await until(pilot, page.held.is_set)
        for key in ("p", "3"):
            await pilot.press(key)
        await until(pilot, lambda: incident_list(pilot).rows[0].priority is Priority.MEDIUM)
        counts = gate(desk.queue, "counts")
        counts.hold()
        page.let_through()
        await until(pilot, counts.held.is_set)
        row = next(row for row in incident_list(pilot).rows if row.number == 2)
        assert row.priority is Priority.MEDIUM


async def test_saying_that_one_writes_holds_up_nothing_that_is_seen(
    kiosk: Open, desk: Desk, people: People, gate: Hold
) -> None:
    """Another program may be writing for seconds."""
    desk.report.log(people.head, new_form())
    say = gate(desk.presence, "say")
    async with kiosk(look_every=1) as pilot:
        await press(pilot, "enter", "c")
        await look(pilot)
        await write(pilot, "Hi")
        say.hold()
        desk.conversation.comment(people.head, 1, "Any news?", "one")
        await pass_second(pilot)
        await until(pilot, say.held.is_set)
        await until(pilot, lambda: "Any news?" in prose(pilot))
        say.let_through()


@pytest.mark.unforeseen
async def test_a_second_that_passes_while_a_place_is_taken_apart_does_no_harm(
    kiosk: Open, desk: Desk, people: People
) -> None:
    """Its boxes go one by one before it does."""
    desk.report.log(people.head, new_form())
    async with kiosk(look_every=1) as pilot:
        await press(pilot, "enter", "c", *"Hi")
        await box(pilot).remove()
        kiosk_of(pilot)._tick()
        await pilot.pause()
        assert kiosk_of(pilot)._exception is None
        await pilot.app.pop_screen()
        await look(pilot)
        assert place(pilot) == "QueueScreen"


async def test_rule_24_the_names_of_its_files_leave_the_schools_screen_with_the_incident(
    kiosk: Open, desk: Desk, people: People
) -> None:
    """The question which file to save is about an incident that is no longer theirs to see."""
    form = new_form(
        files=tuple(ChosenFile(name, 1, name, one_byte) for name in ("pupil.txt", "b.txt"))
    )
    desk.report.log(people.head, form)
    async with kiosk("00000EDU", look_every=1) as pilot:
        await press(pilot, "enter", "d")
        assert (place(pilot), "pupil.txt" in screen(pilot)) == ("PickDialog", True)
        desk.triage.set_confidential(people.handler, 1, None, True, "Asked.")
        await look(pilot)
        assert "pupil.txt" not in screen(pilot)
        assert place(pilot) == "IncidentScreen"
        assert "There is no incident INC0000001 in your lists." in prose(pilot)
