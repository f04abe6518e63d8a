"""Looking at a refused decision field by field, and deciding again, by keys (rule 37)."""

from __future__ import annotations

import pytest

from eds_tui.domain.event import EventKind
from eds_tui.domain.lifecycle import State
from eds_tui.domain.priority import Priority
from eds_tui.domain.triage import Assignee, StateChange
from eds_tui.repository.unit_of_work import Database
from eds_tui.services.container import Services
from tests.factories import START, People, SetClock
from tests.services.triage_steps import RESOLVED, WAITING, contents, events_of
from tests.ui.conftest import Open
from tests.ui.sitting import (
    Text,
    box,
    burst,
    place,
    play,
    press,
    prose,
    said,
    screen,
    write,
)
from tests.ui.triage_keys import PLACES, QUESTION, SCRIPTS, TYPED, Go, on_row, open_field, table

pytestmark = [pytest.mark.on_both, pytest.mark.usefixtures("five_incidents")]


def history(database: Database, number: int) -> list[tuple[str, list[int]]]:
    """Return who changed the priority of an incident, from what to what."""
    return [
        (event.actor, event.details["changed"]["priority"])
        for event in events_of(database, number, START)
        if event.kind is EventKind.TRIAGED and "priority" in event.details["changed"]
    ]


@PLACES
async def test_the_refused_one_sees_field_by_field_what_changed(
    kiosk: Open, services: Services, people: People, clock: SetClock, go: Go
) -> None:
    async with kiosk() as pilot:
        await go(pilot)
        clock.forward(minutes=5)
        services.triage.set_priority(people.lead, 4, None, Priority.CRITICAL)
        await press(pilot, "p", "3")
        assert table(pilot) == [
            ["Field", "You saw", "Now (S. Lead, 11:57)", "Yours"],
            ["State", "New", "In Progress", "In Progress"],
            ["Priority", "0 – None", "1 – Critical", "3 – Medium"],
            ["Due", "none", "10-06-2026 15:52", "15-06-2026 11:52"],
        ]
        await press(pilot, "enter")
        assert "You saw 0 – None" in prose(pilot)
        assert "Now 1 – Critical (S. Lead, 10-06-2026 11:57:00)" in prose(pilot)
        assert "You wrote" not in screen(pilot)


@PLACES
async def test_m_does_mine_over_it_and_the_history_has_both(
    kiosk: Open, database: Database, services: Services, people: People, go: Go
) -> None:
    async with kiosk() as pilot:
        await go(pilot)
        services.triage.set_priority(people.lead, 4, None, Priority.CRITICAL)
        await press(pilot, "p", "3", "m")
        assert place(pilot) in {"QueueScreen", "IncidentScreen"}
        assert said(pilot).startswith("INC0000004: 3 – Medium, In Progress")
        assert "! " not in said(pilot)
    assert history(database, 4) == [("S. Lead", [0, 1]), ("A. Handler", [1, 3])]


@PLACES
@pytest.mark.parametrize("key", ["k", "K", "escape", "ctrl+b"])
async def test_theirs_is_kept_and_shown_and_the_next_decision_is_made_on_it(
    kiosk: Open, database: Database, services: Services, people: People, go: Go, key: str
) -> None:
    async with kiosk() as pilot:
        await go(pilot)
        services.triage.set_priority(people.lead, 4, None, Priority.CRITICAL)
        before = contents(database)
        await press(pilot, "p", "3", key)
        assert place(pilot) in {"QueueScreen", "IncidentScreen"}
        assert contents(database) == before
        assert "In Progress" in prose(pilot)
        await press(pilot, "p", "2")
        assert said(pilot).startswith("INC0000004: 2 – High")


async def test_o_opens_the_incident(kiosk: Open, services: Services, people: People) -> None:
    async with kiosk() as pilot:
        await on_row(pilot)
        services.triage.set_priority(people.lead, 4, None, Priority.CRITICAL)
        await press(pilot, "p", "3", "g")
        assert place(pilot) == "IncidentScreen"
        assert "Priority 1 – Critical" in prose(pilot)


async def test_mine_is_refused_again_when_yet_another_change_came(
    kiosk: Open, database: Database, services: Services, people: People
) -> None:
    async with kiosk() as pilot:
        await on_row(pilot)
        services.triage.set_priority(people.lead, 4, None, Priority.CRITICAL)
        await press(pilot, "p", "3")
        services.triage.set_priority(people.lead, 4, None, Priority.LOW)
        before = contents(database)
        await press(pilot, "m")
        assert table(pilot)[1] == ["Priority", "1 – Critical", "4 – Low", "3 – Medium"]
        assert contents(database) == before
        await press(pilot, "m")
        assert said(pilot).startswith("INC0000004: 3 – Medium")
    assert [after for _, (_, after) in history(database, 4)] == [1, 4, 3]


async def test_what_can_not_be_done_over_it_is_not_offered_and_says_why(
    kiosk: Open, database: Database, services: Services, people: People
) -> None:
    async with kiosk() as pilot:
        await on_row(pilot)
        services.triage.set_state(people.lead, 4, None, RESOLVED)
        before = contents(database)
        await play(pilot, SCRIPTS["question"])
        assert "! From Resolved it can't go to On Hold (Awaiting Customer Update)." in prose(pilot)
        assert "Do mine over it" not in screen(pilot)
        await press(pilot, "m")
        assert place(pilot) == "ConflictDialog"
        assert contents(database) == before


async def test_a_question_to_the_school_is_shown_and_sent_over_theirs(
    kiosk: Open, services: Services, people: People
) -> None:
    async with kiosk() as pilot:
        await on_row(pilot)
        services.triage.set_state(people.lead, 4, None, WAITING)
        await play(pilot, SCRIPTS["question"])
        assert f"You wrote: {QUESTION}" in prose(pilot)
        await press(pilot, "m")
        assert place(pilot) == "QueueScreen"
        await press(pilot, "up")
        assert await open_field(pilot, "question") == ""
    detail = services.queue.open(people.head, 4)
    assert detail.row.state is State.ON_HOLD_CUSTOMER
    assert [each.body for each in detail.comments] == [QUESTION]


async def test_long_texts_are_cut_and_enter_shows_them_whole(
    kiosk: Open, services: Services, people: People
) -> None:
    """With text that would be markup, or more than a screenful."""
    change = " ".join(["[red]The upgrade[/] of the switch"] * 20)
    question = "[/] " + "\n".join(f"Question {n}" for n in range(30))
    async with kiosk() as pilot:
        await on_row(pilot)
        waiting = StateChange(State.ON_HOLD_CHANGE, waiting_for=change)
        services.triage.set_state(people.lead, 4, None, waiting)
        await press(pilot, *TYPED["question"][0])
        box(pilot, "text").load_text(question)
        await press(pilot, "ctrl+s")
        (waits,) = [row for row in table(pilot) if row[0] == "Waits for"]
        assert waits[2].endswith("…")
        assert "Question 29" not in screen(pilot)
        await press(pilot, "enter")
        assert change[:60] in prose(pilot)
        await press(pilot, "end")
        assert "Question 29" in screen(pilot)
        await press(pilot, "enter")
        assert [row for row in table(pilot) if row[0] == "Waits for"] == [waits]


async def test_keys_typed_before_the_dialog_was_there_do_not_answer_it(
    kiosk: Open, database: Database, services: Services, people: People
) -> None:
    """Typed ahead, m means the next incident and not: do mine over theirs."""
    async with kiosk() as pilot:
        await on_row(pilot)
        services.triage.set_priority(people.lead, 4, None, Priority.CRITICAL)
        before = contents(database)
        await burst(pilot, "p", "3", "m", "k", "g", "enter")
        assert place(pilot) == "ConflictDialog"
        assert table(pilot)[2][0] == "Priority"
        assert contents(database) == before


async def test_what_is_about_something_else_goes_through_without_a_word(
    kiosk: Open, services: Services, people: People
) -> None:
    async with kiosk() as pilot:
        await on_row(pilot)
        services.triage.assign(people.lead, 4, None, Assignee(team="Networks"))
        await press(pilot, "p", "3")
        assert said(pilot).startswith("INC0000004: 3 – Medium, In Progress")
        assert said(pilot).endswith("Networks")
    assert services.queue.open(people.handler, 4).row.team == "Networks"


async def test_where_nothing_was_refused_there_is_nothing_to_look_at(kiosk: Open) -> None:
    async with kiosk() as pilot:
        await press(pilot, "exclamation_mark")
        assert said(pilot) == "Nothing of yours was refused here."
        await press(pilot, "p", "3", "exclamation_mark")
        assert said(pilot) == "Nothing of yours was refused here."


async def test_on_a_major_incident_what_hangs_on_it_is_offered_after_mine_went_over_theirs(
    kiosk: Open, services: Services, people: People
) -> None:
    services.triage.link(people.lead, 1, None, 4)
    async with kiosk() as pilot:
        await on_row(pilot)
        services.triage.set_priority(people.lead, 4, None, Priority.LOW)
        await play(pilot, SCRIPTS["change"])
        await press(pilot, "m")
        assert "The same on the 1 that hang on INC0000004?" in prose(pilot)


async def test_the_work_note_and_comment_in_hand_are_not_touched_by_a_clash(
    kiosk: Open, services: Services, people: People
) -> None:
    async with kiosk() as pilot:
        await press(pilot, "down", "enter", "c")
        await write(pilot, "Half a comm")
        services.triage.set_priority(people.lead, 4, None, Priority.LOW)
        pilot.app.screen.query_one("#thread").focus()
        await press(pilot, "p", "3", "m")
        assert "Half a comm" in prose(pilot)


async def test_what_could_not_be_done_over_theirs_says_why_and_can_be_looked_at_again(
    kiosk: Open, services: Services, people: People
) -> None:
    """What it was to hang on has come to hang on another while the dialog was open."""
    async with kiosk() as pilot:
        await on_row(pilot)
        services.triage.link(people.lead, 4, None, 2)
        await play(pilot, ("k", "m", Text("3"), "enter"))
        assert ["Under", "none", "INC0000002", "INC0000003"] in table(pilot)
        services.triage.link(people.lead, 3, None, 1)
        await press(pilot, "m")
        assert said(pilot).startswith("! A major incident can't hang on another one")
        await press(pilot, "exclamation_mark")
        assert ["Under", "none", "INC0000002", "INC0000003"] in table(pilot)
    assert services.queue.open(people.handler, 4).row.parent == 2
