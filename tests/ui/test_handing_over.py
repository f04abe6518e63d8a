"""Who has what, and handing a pile over with a note (rule 51)."""

from __future__ import annotations

import pytest
from textual.pilot import Pilot

from eds_tui.domain.account import Account, NewAccount, Role
from eds_tui.domain.priority import Priority
from eds_tui.domain.triage import Assignee
from eds_tui.services.container import Services
from eds_tui.ui.dialogs.dialog_text import PUT_BACK
from tests.factories import PASSWORD, People, SetClock
from tests.ui.conftest import Open
from tests.ui.sitting import (
    box,
    burst,
    focused,
    lines,
    numbers,
    paste,
    place,
    press,
    prose,
    said,
    screen,
    seconds_pass,
    write,
)
from tests.ui.sitting_again import sign_in_again
from tests.ui.ticking import tick, ticked

pytestmark = pytest.mark.usefixtures("five_incidents")
MINE = ("tab",)
"""The keys from the queue to what is assigned to whoever sits there."""
NOTE = "Ring the bursar."


@pytest.fixture(autouse=True)
def assigned(services: Services, people: People) -> None:
    """Four incidents are the handler's."""
    handler = people.handler
    for number in (1, 2, 3, 4):
        services.triage.assign(
            people.lead, number, None, Assignee(handler.id, handler.name, handler.team)
        )


def whose(services: Services, people: People) -> list[str]:
    """Return who has each incident."""
    return [services.queue.open(people.lead, n, again=True).row.assignment for n in range(1, 6)]


def rows(pilot: Pilot[None]) -> list[list[str]]:
    """Return the lines of who has what, name and numbers apart."""
    return [line.split() for line in lines(pilot)[2:] if line and line[1] != " "][:-1]


async def test_who_has_what_leads_to_a_pile_whose_list_can_all_that_the_queue_can(
    kiosk: Open, services: Services, people: People, clock: SetClock
) -> None:
    services.triage.set_priority(people.lead, 1, None, Priority.CRITICAL)
    clock.forward(days=3)
    services.accounts.disable("handler")
    async with kiosk("lead") as pilot:
        await press(pilot, "z")
        assert place(pilot) == "PeopleScreen"
        assert rows(pilot) == [
            ["nobody", "1", "–", "3", "d"], ["S.", "Lead", "0", "–", "–"],
            ["A.", "Handler", "(disabled)", "4", "1", "3", "d"],
        ] or rows(pilot) == [
            ["nobody", "1", "–", "3", "d"], ["A.", "Handler", "(disabled)", "4", "1", "3", "d"],
            ["S.", "Lead", "0", "–", "–"],
        ]  # fmt: skip
        await press(pilot, "down", "enter")
        assert numbers(pilot) == [4, 3, 2, 1]
        assert "What A. Handler has · 4" in screen(pilot)
        await press(pilot, "p", "3")
        assert said(pilot).startswith("INC0000004: 3 – Medium")
        await press(pilot, "enter")
        assert place(pilot) == "IncidentScreen"
        await press(pilot, "escape", "a", *"lead", "enter", *NOTE, "ctrl+s")
        assert said(pilot) == "4 done, handed over to S. Lead"
        await seconds_pass(pilot, 12)
        assert numbers(pilot) == []
        await press(pilot, "a")
        assert said(pilot) == "There is nothing to hand over here."
        await press(pilot, "escape")
        assert ["S.", "Lead", "4", "1", "3", "d"] in rows(pilot)
    assert whose(services, people) == ["S. Lead"] * 4 + [""]


async def test_the_ticked_ones_of_mine_go_and_u_takes_them_back(
    kiosk: Open, services: Services, people: People
) -> None:
    async with kiosk() as pilot:
        await press(pilot, *MINE)
        assert " a Hand over" in lines(pilot)[-1]
        await tick(pilot, 0, 2)
        await press(pilot, "a")
        assert "Hand over 2 incidents of A. Handler: to whom?" in screen(pilot)
        await press(pilot, *"nobody here", "enter")
        assert "Nobody has that name" in prose(pilot)
        await press(pilot, "ctrl+s")
        assert place(pilot) == "HandOverDialog"
        await press(pilot, *["backspace"] * 11, *"lead", "enter", "ctrl+s")
        assert "No note is typed. Ctrl+S again hands over without one." in prose(pilot)
        await press(pilot, "ctrl+s")
        assert said(pilot) == "2 done, handed over to S. Lead"
        assert whose(services, people) == ["A. Handler", "S. Lead", "A. Handler", "S. Lead", ""]
        await press(pilot, "u")
        assert said(pilot) == "Taken back: INC0000004, INC0000002."
        await press(pilot, "shift+tab", "home", "a")
        assert place(pilot) == "PickDialog"
    assert whose(services, people) == ["A. Handler"] * 4 + [""]


async def test_rule_37_what_somebody_moved_meanwhile_is_named_and_shown(
    kiosk: Open, services: Services, people: People
) -> None:
    async with kiosk() as pilot:
        await press(pilot, *MINE)
        # What is typed ahead waits for the dialog.
        await burst(pilot, "a", *"lead", "enter", *NOTE)
        services.triage.assign(people.lead, 2, None, Assignee())
        await press(pilot, "ctrl+s")
        assert said(pilot) == (
            "! 3 done, handed over to S. Lead, 1 refused:"
            " INC0000002 was changed by S. Lead. ! shows what changed."
        )
        await press(pilot, "exclamation_mark")
        assert place(pilot) == "ConflictDialog"
    assert whose(services, people) == ["S. Lead", "", "S. Lead", "S. Lead", ""]


async def test_a_note_is_read_before_anything_else_and_again_later(
    kiosk: Open, services: Services, people: People
) -> None:
    async with kiosk() as pilot:
        await press(pilot, *MINE, "a", *"lead", "enter", *NOTE, "enter", *"Before nine.", "ctrl+s")
    for key in ("escape", "enter"):
        async with kiosk("lead") as pilot:
            assert place(pilot) == "NotesDialog"
            assert "Handed over to you: 1 new note " in prose(pilot)
            assert "A. Handler handed 4 incidents to S. Lead" in prose(pilot)
            assert f"{NOTE} │ │ Before nine." in prose(pilot)
            assert "INC0000001 with S. Lead No internet" in prose(pilot)
            await press(pilot, key)
            assert place(pilot) == "QueueScreen"
    async with kiosk("lead") as pilot:
        assert place(pilot) == "QueueScreen"
        await press(pilot, "b")
        assert place(pilot) == "ReadDialog"
        assert NOTE in screen(pilot)
        await press(pilot, "escape", "z", "b")
        assert NOTE in screen(pilot)


async def test_a_note_of_100_000_characters_is_refused_in_words_and_kept(
    kiosk: Open, services: Services, people: People
) -> None:
    """Bad input, and rule 36: it is put back though the program was killed."""
    long = "Ring the bursar. " * 6_000
    async with kiosk() as pilot:
        await press(pilot, *MINE, "a", *"lead", "enter")
        await paste(pilot, long)
        await press(pilot, "ctrl+s")
        assert "The hand-over note has 102,000 characters; at most 8,000 can be kept." in prose(
            pilot
        )
        assert box(pilot, "text").text == long
        await seconds_pass(pilot, 1)
    assert whose(services, people) == ["A. Handler"] * 4 + [""]
    async with kiosk() as pilot:
        await press(pilot, "ctrl+e")
        assert "Hand-over note" in screen(pilot)
        await press(pilot, "escape", *MINE, "a")
        assert box(pilot, "text").text == long
        assert PUT_BACK in prose(pilot)
        await press(pilot, "tab")
        assert focused(pilot) == "text"
        box(pilot, "text").load_text("")
        await write(pilot, "Short.")
        await press(pilot, "ctrl+s")
        assert said(pilot).startswith("4 done, handed over to ")
        await press(pilot, "ctrl+e")
        assert said(pilot) == "Nothing was left unfinished." or place(pilot) == "QueueScreen"


async def test_a_team_hands_on_to_a_person_at_60_columns(
    kiosk: Open, services: Services, people: People
) -> None:
    networks = NewAccount(login="zoe", name="Zoe Cable", role=Role.HANDLER, team="Networks")
    services.accounts.add(networks, PASSWORD)
    services.triage.assign(people.lead, 5, None, Assignee(team="Networks"))
    async with kiosk(size=(60, 20)) as pilot:
        # What is typed ahead waits for the lists, and the cursor stays with its team.
        await burst(pilot, "z", "down", "enter", "space")
        assert "What team Networks has · 1" in screen(pilot)
        assert ticked(pilot) == [5]
        await press(pilot, "escape")
        services.triage.set_priority(people.lead, 5, None, Priority.CRITICAL)
        await press(pilot, "r", "enter")
        assert "What team Networks has · 1" in screen(pilot)
        await press(pilot, "a")
        assert "Hand over 1 incident of team Networks: to whom?" in prose(pilot)
        await press(pilot, *"zoe", "enter", *NOTE)
        assert NOTE in screen(pilot)
        await press(pilot, "ctrl+s")
        assert said(pilot).startswith("INC0000005: handed over to Zoe Cable;")
    zoe: Account = services.accounts.by_login("zoe")
    assert [each.note for each in services.hand_overs.unread(zoe)] == [NOTE]


async def test_a_note_to_somebody_who_is_gone_meanwhile_is_there_for_another(
    kiosk: Open, services: Services, people: People
) -> None:
    new = NewAccount(login="zoe", name="Zoe Cable", role=Role.HANDLER)
    services.accounts.add(new, PASSWORD)
    async with kiosk() as pilot:
        await press(pilot, *MINE, "a", *"zoe", "enter", *NOTE, "ctrl+q")
        services.accounts.disable("zoe")
        await sign_in_again(pilot, people.handler)
        await press(pilot, *MINE, "a")
        assert box(pilot, "text").text == NOTE
        assert "Zoe" not in screen(pilot)
        # Whoever comes first in the list has not been chosen by anybody.
        await press(pilot, "ctrl+s")
        assert "! Zoe Cable can't get it any more. Ctrl+S again gives it to" in prose(pilot)
        await press(pilot, *"lead", "enter", "ctrl+s")
        assert said(pilot) == "4 done, handed over to S. Lead"
    assert [each.note for each in services.hand_overs.unread(people.lead)] == [NOTE]
