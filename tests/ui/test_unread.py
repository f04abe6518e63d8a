"""What is new, seen and read at the kiosk (rules 24, 41 and 48)."""

from __future__ import annotations

import pytest
from textual.pilot import Pilot

from eds_tui.domain.account import Account
from eds_tui.domain.errors import BUSY, DatabaseBusy
from eds_tui.domain.priority import Priority
from eds_tui.domain.views import View
from eds_tui.services.container import Services
from eds_tui.ui.features.news_reading import BELOW
from eds_tui.ui.widgets.incident_view import Thread
from tests.factories import People, SetClock, log
from tests.services.triage_steps import ASKED
from tests.ui.conftest import Open, Size
from tests.ui.sitting import lines, look, place, press, said, screen, seconds_pass, settle, write

pytestmark = pytest.mark.on_sqlite

SINCE = "── new since Wed 11:52 ──"


def say(services: Services, actor: Account, number: int, words: str) -> None:
    """Comment."""
    services.conversation.comment(actor, number, words, f"key {words[:50]}")


def unread(services: Services, actor: Account) -> int:
    """Return how many incidents are unread for somebody."""
    return services.queue.counts(actor)[View.UNREAD]


def row_of(pilot: Pilot[None], number: int) -> str:
    """Return the line of an incident in the list, as it is painted."""
    return next(line for line in lines(pilot)[2:] if line[1:11] == f"INC{number:07d}")


@pytest.mark.parametrize("size", [(80, 24), (60, 20)])
async def test_a_long_talk_is_opened_with_one_key_at_the_first_that_is_new(
    kiosk: Open, services: Services, people: People, clock: SetClock, size: Size
) -> None:
    """From the mark to the new comment read: Enter. What is read here is read for all."""
    log(services, people, 3)
    for count in range(30):
        say(services, people.lead, 2, f"Old line {count}.")
    clock.forward(hours=1)
    for count in range(3):
        say(services, people.head, 2, f"New line {count}.")
    async with kiosk(size=size, look_every=1) as pilot:
        assert " Unread 1 " in lines(pilot)[0]
        assert row_of(pilot, 1).startswith(" INC")
        assert row_of(pilot, 2).startswith("●INC0000002 ")
        assert row_of(pilot, 3).startswith("▸INC0000003 ")
        await press(pilot, "down")
        assert row_of(pilot, 2).startswith("●INC0000002 ◂")
        await press(pilot, "space", "up")
        assert row_of(pilot, 2).startswith("●INC0000002 «")
        await press(pilot, "space", "up", "enter")
        assert place(pilot) == "IncidentScreen"
        shown = lines(pilot)
        (line,) = [n for n, text in enumerate(shown) if SINCE in text]
        assert "New line 0." in shown[line + 1]
        assert "Old line 29." in screen(pilot) or size == (60, 20)
        assert unread(services, people.lead) == 0
        await look(pilot)
        assert SINCE in screen(pilot)
        await press(pilot, "escape")
        assert row_of(pilot, 2).startswith("▸INC0000002 ")
        assert " Unread 0 " in lines(pilot)[0]
        await press(pilot, "enter")
        assert SINCE not in screen(pilot)


async def open_while_busy(
    pilot: Pilot[None], services: Services, reader: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Open the incident under the cursor while it can't be kept as read, and read it again."""

    def busy(*_: object) -> None:
        raise DatabaseBusy(BUSY)

    with monkeypatch.context() as patch:
        patch.setattr(services.queue, "read", busy)
        await press(pilot, "enter")
        assert (unread(services, reader), said(pilot)) == (1, "")
    await press(pilot, "f5")


async def test_what_comes_while_it_is_open_is_read_when_it_is_seen_and_not_before(
    kiosk: Open, services: Services, people: People, clock: SetClock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """Not below a dialog, nor below the last line that is seen; where that fails, soon again."""
    log(services, people, 1)
    say(services, people.head, 1, "First.")
    async with kiosk(look_every=1) as pilot:
        await open_while_busy(pilot, services, people.lead, monkeypatch)
        assert unread(services, people.lead) == 0
        clock.forward(minutes=5)
        say(services, people.head, 1, "Second.")
        await look(pilot)
        assert "── new since Wed 11:52 ──" in screen(pilot)
        assert unread(services, people.lead) == 0

        await press(pilot, "question_mark")
        say(services, people.head, 1, "Third.")
        await look(pilot)
        assert unread(services, people.lead) == 1
        await press(pilot, "escape")
        assert "── new since Wed 11:57 ──" in screen(pilot)
        assert unread(services, people.lead) == 0

        long = "\n".join(f"Line {count}" for count in range(40))
        say(services, people.head, 1, long)
        await look(pilot)
        thread = pilot.app.screen.query_one(Thread)
        await press(pilot, "home")
        say(services, people.head, 1, "Fifth.")
        await look(pilot)
        assert "Fifth." not in screen(pilot)
        assert BELOW in screen(pilot)
        assert thread.scroll_offset.y == 0
        # It is said once: what changes then is nothing new to read.
        await press(pilot, "home")
        services.triage.set_priority(people.lead, 1, None, Priority.LOW)
        await look(pilot)
        assert "Low" in screen(pilot)
        assert BELOW not in screen(pilot)
        assert unread(services, people.lead) == 1
        await press(pilot, "end")
        assert "Fifth." in screen(pilot)
        await seconds_pass(pilot, 1)
        assert unread(services, people.lead) == 0


async def test_brackets_go_along_the_list_and_what_is_typed_stays_where_it_was(
    kiosk: Open, services: Services, people: People
) -> None:
    log(services, people, 3)
    for number in (1, 2):
        say(services, people.head, number, f"More of {number}.")
    async with kiosk() as pilot:
        await press(pilot, "shift+tab", "shift+tab")
        assert lines(pilot)[0].startswith(" ▸Unread 2◂ Triage 3  Open 3 ")
        assert [line[:11] for line in lines(pilot)[2:4]] == ["●INC0000002", "●INC0000001"]
        await press(pilot, "enter")
        assert "] Next" in lines(pilot)[-1]
        assert "[ Before" not in screen(pilot)
        await press(pilot, "left_square_bracket")
        assert "This is the first incident of the list." in screen(pilot)
        await press(pilot, "c")
        await write(pilot, "half a ]")
        await press(pilot, "tab", "tab", "right_square_bracket")
        assert "INC0000001" in lines(pilot)[0]
        assert "More of 1." in screen(pilot)
        assert "] Next" not in screen(pilot)
        await press(pilot, "right_square_bracket")
        assert "This is the last incident of the list." in screen(pilot)
        assert unread(services, people.lead) == 0
        await press(pilot, "left_square_bracket")
        assert "INC0000002" in lines(pilot)[0]
        assert "half a ]" in screen(pilot)
        await press(pilot, "escape")
        assert place(pilot) == "QueueScreen"
        assert "Nothing in this list." in screen(pilot)
        await press(pilot, "1", "enter", "right_square_bracket")
        assert "This incident was not opened from a list." in screen(pilot)


async def test_a_school_sees_first_what_waits_for_it_and_has_a_list_of_what_was_answered(
    kiosk: Open, services: Services, people: People
) -> None:
    log(services, people, 3)
    services.triage.set_state(people.handler, 1, None, ASKED)
    async with kiosk("00000EDU", look_every=1) as pilot:
        await press(pilot, "enter")
        await press(pilot, "escape")
        assert lines(pilot)[3].startswith("▸INC0000001 Please answer: Wh")
        say(services, people.lead, 2, "An engineer comes.")
        services.conversation.work_note(people.lead, 3, "Between us.", "n")
        await look(pilot)
        assert lines(pilot)[1].startswith(" Answered 1 · Open, but for confidential ones · 3")
        assert row_of(pilot, 2).startswith("●INC0000002 ")
        assert row_of(pilot, 3).startswith(" INC0000003 ")
        await press(pilot, "v")
        assert lines(pilot)[1].startswith(" Answered, and read by nobody at the school yet")
        assert "INC0000003" not in screen(pilot)
        services.triage.set_confidential(people.lead, 2, None, True, "Asked for.")
        await look(pilot)
        assert "Nothing new from the service centre" in screen(pilot)
        services.triage.set_confidential(people.lead, 2, None, False, "No longer.")
        await look(pilot)
        await press(pilot, "enter")
        assert "An engineer comes." in screen(pilot)
        assert unread(services, people.bursar) == 0
        await press(pilot, "escape", "v")
        assert lines(pilot)[1].startswith(" My ICT Incidents: open, but for confidential ones · 3")


async def test_the_bell_is_turned_on_beside_the_colours_and_kept_with_the_account(
    kiosk: Open, services: Services, people: People
) -> None:
    async with kiosk() as pilot:
        await press(pilot, "t")
        assert "b  Bell when an incident becomes unread: off" in screen(pilot)
        await press(pilot, "b")
        assert "The bell for what is new is on." in screen(pilot)
        await press(pilot, "t")
        assert "b  Bell when an incident becomes unread: on" in screen(pilot)
        await press(pilot, "escape")
        await settle(pilot)
    assert services.accounts.by_login("handler").bell
    assert not services.accounts.by_login("lead").bell
