"""What others do, seen while the database is slow to answer (rules 24, 25, 38 and 39)."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from textual.pilot import Pilot

from eds_tui.domain.priority import Priority
from eds_tui.services.container import Services
from eds_tui.ui.runtime import intervals
from tests.factories import People, SetClock, log, new_form
from tests.ui.conftest import Open
from tests.ui.sitting import (
    PATIENCE,
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
    until,
    write,
)

pytestmark = pytest.mark.on_both


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
    monkeypatch.setattr(intervals, "is_time_to_read", lambda second: False)


async def pass_second(pilot: Pilot[None]) -> None:
    """Let a second pass without waiting for what it begins."""
    kiosk_of(pilot)._tick()
    await pilot.pause()


async def begin(pilot: Pilot[None], reading: Gate) -> None:
    """Let a second pass that begins a reading, and hold its answer back."""
    reading.hold()
    await pass_second(pilot)
    await until(pilot, reading.held.is_set)


async def go_on(pilot: Pilot[None], reading: Gate, after: Gate) -> None:
    """Let an answer through, and hold back the one that is asked for after it."""
    after.hold()
    reading.let_through()
    await until(pilot, after.held.is_set)


async def test_a_list_that_is_slow_to_read_is_shown_though_more_is_changed_meanwhile(
    kiosk: Open, services: Services, people: People, clock: SetClock, gate: Hold
) -> None:
    """Where colleagues change something every second, the list still comes."""
    log(services, people, 1, clock)
    page = gate(services.queue, "page")
    async with kiosk(look_every=1) as pilot:
        await look(pilot)
        log(services, people, 1, clock)
        await begin(pilot, page)
        log(services, people, 1, clock)
        for _ in range(3):
            await pass_second(pilot)
        again = gate(services.queue, "page")
        await go_on(pilot, page, again)
        assert numbers(pilot) == [2, 1]
        again.let_through()
        await look(pilot)
        assert numbers(pilot) == [3, 2, 1]


async def test_a_list_read_late_is_not_shown_under_the_name_of_another(
    kiosk: Open, services: Services, people: People, clock: SetClock, gate: Hold
) -> None:
    """Rule 38: one goes on to the next list while the one before is read again."""
    log(services, people, 2, clock)
    services.triage.set_priority(people.lead, 1, None, Priority.LOW)
    page = gate(services.queue, "page")
    async with kiosk(look_every=1) as pilot:
        await look(pilot)
        log(services, people, 1, clock)
        await begin(pilot, page)
        await pilot.press("shift+tab")
        await until(pilot, lambda: "▸Triage" in screen(pilot))
        page.let_through()
        await settle(pilot)
        assert ("▸Triage 2◂" in screen(pilot), numbers(pilot)) == (True, [3, 2])


async def test_a_list_read_before_ones_own_decision_does_not_take_it_off_the_screen(
    kiosk: Open, services: Services, people: People, clock: SetClock, gate: Hold
) -> None:
    log(services, people, 2, clock)
    page = gate(services.queue, "page")
    async with kiosk(look_every=1) as pilot:
        await look(pilot)
        log(services, people, 1, clock)
        await begin(pilot, page)
        for key in ("p", "3"):
            await pilot.press(key)
        await until(pilot, lambda: incident_list(pilot).rows[0].priority is Priority.MEDIUM)
        counts = gate(services.queue, "counts")
        await go_on(pilot, page, counts)
        row = next(row for row in incident_list(pilot).rows if row.number == 2)
        assert row.priority is Priority.MEDIUM


async def test_saying_that_one_writes_holds_up_nothing_that_is_seen(
    kiosk: Open, services: Services, people: People, gate: Hold
) -> None:
    """Another program may be writing for seconds."""
    services.report.log(people.head, new_form())
    say = gate(services.presence, "say")
    async with kiosk(look_every=1) as pilot:
        await press(pilot, "enter", "c")
        await look(pilot)
        await write(pilot, "Hi")
        services.conversation.comment(people.head, 1, "Any news?", "one")
        await begin(pilot, say)
        await until(pilot, lambda: "Any news?" in prose(pilot))
        say.let_through()


@pytest.mark.unexpected_error
async def test_a_second_that_passes_while_a_place_is_taken_apart_does_no_harm(
    kiosk: Open, services: Services, people: People
) -> None:
    """Its boxes go one by one before it does."""
    services.report.log(people.head, new_form())
    async with kiosk(look_every=1) as pilot:
        await press(pilot, "enter", "c", *"Hi")
        await box(pilot).remove()
        kiosk_of(pilot)._tick()
        await pilot.pause()
        assert kiosk_of(pilot)._exception is None
        await pilot.app.pop_screen()
        await look(pilot)
        assert place(pilot) == "QueueScreen"
