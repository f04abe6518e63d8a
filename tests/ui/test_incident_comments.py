"""Saying more on an incident: by whom, what is refused, what it changes (rules 13, 17, 18, 29)."""

from __future__ import annotations

import pytest

from eds_tui.domain.lifecycle import State
from eds_tui.services.container import Services
from eds_tui.services.conversation import TELEPHONE_TO_REOPEN
from tests.factories import People, SetClock, new_form
from tests.ui.conftest import Open
from tests.ui.deciding import closed, hold, resolve
from tests.ui.sitting import (
    box,
    burst,
    focused,
    line,
    press,
    prose,
    said,
    screen,
    write,
)


async def test_a_comment_is_sent_and_shown_with_its_author(
    kiosk: Open, services: Services, people: People
) -> None:
    """Rule 13: c, the words, send; the box is empty afterwards."""
    services.report.log(people.head, new_form())
    async with kiosk("00000EDU") as pilot:
        await press(pilot, "enter", "c", *"Hi", "enter", *"all", "ctrl+s")
        assert said(pilot) == "Comment sent."
        assert box(pilot).text == ""
        assert "10-06-2026 11:52:00 - Hi" in screen(pilot)
    comments = services.queue.open(people.head, 1).comments
    assert [(said.author, said.body) for said in comments] == [("Test User", "Hi\nall")]
    assert comments[0].from_school


async def test_a_comment_for_a_caller_names_both(
    kiosk: Open, services: Services, people: People
) -> None:
    """Rule 29: the words are the handler's, for the caller."""
    services.report.log(people.head, new_form())
    async with kiosk() as pilot:
        await press(pilot, "enter")
        line(pilot, "caller").focus()
        await burst(pilot, *"Mrs T", "enter", *"Hi", "ctrl+s")
        assert "A. Handler for Mrs T (phone)" in screen(pilot)
    comments = services.queue.open(people.head, 1).comments
    assert [said.author for said in comments] == ["A. Handler for Mrs T (phone)"]


async def test_the_send_key_pressed_five_times_sends_one_comment(
    kiosk: Open, services: Services, people: People
) -> None:
    """Rule 8, for comments."""
    services.report.log(people.head, new_form())
    async with kiosk("00000EDU") as pilot:
        await burst(pilot, "enter", "c", *"Hi", *["ctrl+s"] * 5)
    assert [said.body for said in services.queue.open(people.head, 1).comments] == ["Hi"]


@pytest.mark.parametrize("typed", ["", " "])
async def test_an_empty_comment_is_refused_with_the_cursor_in_the_box(
    kiosk: Open, services: Services, people: People, typed: str
) -> None:
    """Rule 9, for comments: nothing is kept and the box says what is missing."""
    services.report.log(people.head, new_form())
    async with kiosk("00000EDU") as pilot:
        await press(pilot, "enter", "c", *typed, "ctrl+s")
        assert said(pilot) == "! Type the comment."
        assert focused(pilot) == "box"
        assert box(pilot).text == typed
    assert services.queue.open(people.head, 1).comments == ()


async def test_a_closed_incident_takes_no_comment(
    kiosk: Open, services: Services, people: People, clock: SetClock
) -> None:
    """Rule 13: there is no box, and the key for it says what to do."""
    closed(services, people, clock)
    async with kiosk("00000EDU") as pilot:
        await press(pilot, "tab", "enter")
        assert "State Closed" in prose(pilot)
        assert not box(pilot).display
        await press(pilot, "c")
        assert said(pilot).startswith("A closed incident takes no more comments;")


async def test_an_incident_that_closes_while_one_types_keeps_the_words(
    kiosk: Open, services: Services, people: People, clock: SetClock
) -> None:
    """Rules 9 and 18: the comment is refused, and what was typed is not lost."""
    services.report.log(people.head, new_form())
    resolve(services, people, 1)
    async with kiosk("00000EDU") as pilot:
        await press(pilot, "enter", "c", *"Hi")
        clock.forward(hours=24)
        await press(pilot, "ctrl+s")
        assert said(pilot).startswith("! INC0000001 is closed and takes no more comments.")
        assert box(pilot).text == "Hi"
    assert services.queue.open(people.head, 1).comments[1:] == ()


async def test_a_comment_on_a_resolved_incident_is_told_to_telephone(
    kiosk: Open, services: Services, people: People
) -> None:
    """Rule 18: the comment is kept, the state is not changed."""
    services.report.log(people.head, new_form())
    resolve(services, people, 1)
    async with kiosk("00000EDU") as pilot:
        await press(pilot, "enter", "c", *"No", "ctrl+s")
        assert said(pilot) == TELEPHONE_TO_REOPEN
    detail = services.queue.open(people.head, 1)
    assert detail.row.state is State.RESOLVED
    assert [said.body for said in detail.comments] == ["Put right.", "No"]


async def test_the_answer_to_a_question_takes_the_incident_up_again(
    kiosk: Open, services: Services, people: People
) -> None:
    """Rule 17: the state on the screen is the new one at once."""
    services.report.log(people.head, new_form())
    hold(services, people, 1)
    async with kiosk("00000EDU") as pilot:
        await press(pilot, "enter")
        assert "On Hold (Awaiting Customer Update)" in screen(pilot)
        await press(pilot, "c", *"HP", "ctrl+s")
        assert "State In Progress" in prose(pilot)
    assert services.queue.open(people.head, 1).row.state is State.IN_PROGRESS


async def test_a_comment_of_a_megabyte_is_cut_with_a_sentence(
    kiosk: Open, services: Services, people: People
) -> None:
    """Rule 5, for comments: what fits is kept, and the person is told."""
    services.report.log(people.head, new_form())
    async with kiosk("00000EDU") as pilot:
        await press(pilot, "enter", "c")
        box(pilot).load_text("x" * 7_999)
        await write(pilot, "yz")
        assert len(box(pilot).text) == 8_000
        assert "It is full: 8,000 characters can be kept." in prose(pilot)
