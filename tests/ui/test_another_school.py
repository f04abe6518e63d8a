"""Words that were typed for the school that an incident belonged to before (rules 36, 37, 40)."""

from __future__ import annotations

from pathlib import Path

import pytest

from eds_tui.domain.correction import Correction
from eds_tui.domain.lifecycle import State
from eds_tui.services.container import Services
from eds_tui.ui.dialogs.dialog_text import FOR_OTHERS
from tests.factories import People
from tests.ui.attaching import files
from tests.ui.conftest import Open
from tests.ui.sitting import box, look, place, press, prose, said, seconds_pass, write

__all__ = ["files"]

pytestmark = [pytest.mark.on_sqlite, pytest.mark.usefixtures("two_incidents")]

OTHER = "St Mary's and St Michael's, Garstang"
HELD_BACK = (
    f"! INC0000002 belongs to {OTHER} now. This was meant for Test School, Test Town, and is not"
    f" sent. It is kept; Ctrl+S again sends it to {OTHER}."
)


def move(services: Services, people: People, number: int = 2, *, back: bool = False) -> None:
    """Put an incident to the other school as a colleague, or back."""
    school = people.school if back else people.other_school
    services.corrections.correct(people.lead, number, None, Correction(school_id=school.id))


async def test_a_comment_is_held_back_also_when_it_is_resumed_and_sent_with_the_next_key(
    kiosk: Open, services: Services, people: People, files: Path
) -> None:
    async with kiosk(look_every=1) as pilot:
        await press(pilot, "enter", "c")
        await write(pilot, "Ask the caretaker")
        move(services, people)
        await look(pilot)
        assert OTHER in prose(pilot)
        await press(pilot, "ctrl+s")
        assert said(pilot) == HELD_BACK
        assert box(pilot).text == "Ask the caretaker"
        move(services, people, back=True)
        await press(pilot, "ctrl+s")
        assert "belongs to Test School, Test Town now" in said(pilot)
        await seconds_pass(pilot)
    move(services, people)
    async with kiosk() as pilot:
        await press(pilot, "enter", "ctrl+t", "down", "enter", "ctrl+s")
        assert said(pilot) == HELD_BACK
        await press(pilot, "ctrl+s")
        assert said(pilot) == "Comment sent, with 1 file."
        await write(pilot, "c")
        await write(pilot, "And now the head")
        await press(pilot, "ctrl+s")
        assert said(pilot) == "Comment sent."
    detail = services.queue.open(people.neighbour, 2)
    assert [each.body for each in detail.comments] == ["Ask the caretaker", "And now the head"]
    assert [each.name for each in detail.attachments] == ["notes.txt"]


async def test_a_question_that_was_left_unsent_asks_once_more(
    kiosk: Open, services: Services, people: People
) -> None:
    async with kiosk() as pilot:
        await press(pilot, "s", "c")
        await write(pilot, "Which printer?")
        await seconds_pass(pilot)
    move(services, people)
    async with kiosk() as pilot:
        await press(pilot, "s", "c")
        assert FOR_OTHERS.partition(". ")[0] in prose(pilot)
        await press(pilot, "ctrl+s")
        assert place(pilot) == "TextDialog"
        assert "It was typed for another school" in prose(pilot)
        await press(pilot, "ctrl+s")
        assert place(pilot) == "QueueScreen"
        await press(pilot, "home", "s", "r", "1", *"It was off.")
        await seconds_pass(pilot)
    (comment,) = services.queue.open(people.neighbour, 2).comments
    assert comment.body == "Which printer?"
    move(services, people, back=True)
    async with kiosk() as pilot:
        await press(pilot, "s", "r")
        assert FOR_OTHERS.partition(". ")[0] in prose(pilot)
        await press(pilot, "ctrl+s")
        assert place(pilot) == "ResolveDialog"
        assert "It was typed for another school" in prose(pilot)
        await press(pilot, "ctrl+s")
        assert place(pilot) == "QueueScreen"
    assert services.queue.open(people.head, 2).row.state is State.RESOLVED


async def test_what_is_sent_on_leaves_out_what_was_put_elsewhere_meanwhile(
    kiosk: Open, services: Services, people: People
) -> None:
    services.triage.link(people.handler, 1, None, 2)
    async with kiosk() as pilot:
        await press(pilot, "enter", "c")
        await write(pilot, "Out.")
        await press(pilot, "ctrl+s")
        move(services, people, 1)
        await press(pilot, "y")
        assert "This was meant for Test School, Test Town, and is not" in prose(pilot)
        await press(pilot, "n")
        assert said(pilot) == "Sent to 0 more."
    assert services.queue.open(people.neighbour, 1).comments == ()
