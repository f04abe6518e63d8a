"""p and a digit, s and a letter, k and a letter: a key that asks for one more (rules 20, 34)."""

from __future__ import annotations

from itertools import product

import pytest
from textual.pilot import Pilot

from eds_tui.domain.lifecycle import State
from eds_tui.domain.priority import Impact, Priority
from eds_tui.domain.views import IncidentRow, ListQuery, View, Window
from eds_tui.repository.unit_of_work import Database
from eds_tui.services.container import Services
from tests.factories import People, log, new_form
from tests.services.triage_steps import contents
from tests.ui.conftest import Open
from tests.ui.sitting import (
    box,
    burst,
    focused,
    incident_list,
    lines,
    place,
    press,
    prose,
    said,
    write,
)

TEN = 10


@pytest.fixture(autouse=True)
def _ten_incidents(services: Services, people: People) -> None:
    log(services, people, TEN)


def rows(services: Services, people: People) -> list[IncidentRow]:
    """Return every incident, newest first, as the queue shows them."""
    return list(services.queue.page(people.handler, ListQuery(View.ALL), Window()).rows)


def under_cursor(pilot: Pilot[None]) -> int:
    """Return the number of the incident under the cursor."""
    row = incident_list(pilot).row
    assert row is not None
    return row.number


async def test_a_triage_decision_takes_two_keys(
    kiosk: Open, services: Services, people: People
) -> None:
    """Rule 34: priority, state, and on to the next."""
    async with kiosk() as pilot:
        await press(pilot, "p", "3")
        assert under_cursor(pilot) == TEN - 1
        line = next(line for line in lines(pilot) if line.startswith(" INC0000010  Test School"))
        assert line.split()[-5:] == ["3", "In", "progress", "Mon", "11:52"]
        assert said(pilot) == "INC0000010: 3 – Medium, In Progress, due Mon 11:52"
    decided, *others = rows(services, people)
    assert (decided.priority, decided.state) == (Priority.MEDIUM, State.IN_PROGRESS)
    assert {row.version for row in others} == {1}


async def test_assigning_to_oneself_takes_one_key(
    kiosk: Open, services: Services, people: People
) -> None:
    async with kiosk() as pilot:
        await press(pilot, "m")
        assert under_cursor(pilot) == TEN - 1
    assert [row.assigned_to for row in rows(services, people)] == ["A. Handler"] + [""] * 9


async def test_ten_decisions_one_after_the_other(
    kiosk: Open, services: Services, people: People
) -> None:
    async with kiosk() as pilot:
        await press(pilot, *("p", "3") * TEN)
        assert under_cursor(pilot) == 1
    assert {(row.priority, row.version) for row in rows(services, people)} == {(Priority.MEDIUM, 2)}


async def test_ten_decisions_typed_ahead_are_ten_decisions(
    kiosk: Open, services: Services, people: People
) -> None:
    """Rule 34: without looking, faster than the database answers, each on its own incident."""
    digits = "3412534125"
    async with kiosk() as pilot:
        await burst(pilot, *(key for digit in digits for key in ("p", digit)))
    given = rows(services, people)
    assert [row.priority.value for row in given] == [int(digit) for digit in digits]
    assert {row.version for row in given} == {2}


async def test_different_decisions_typed_ahead_go_to_one_incident_each(
    kiosk: Open, services: Services, people: People
) -> None:
    async with kiosk() as pilot:
        await burst(pilot, "p", "1", "m", "s", "t", "down", "p", "2")
    given = rows(services, people)
    assert [(row.priority.value, row.assigned_to, row.state) for row in given[:5]] == [
        (1, "", State.IN_PROGRESS),
        (0, "A. Handler", State.NEW),
        (0, "", State.AWAITING_TRIAGE),
        (0, "", State.NEW),
        (2, "", State.IN_PROGRESS),
    ]


async def test_the_last_row_stays_under_the_cursor(
    kiosk: Open, services: Services, people: People
) -> None:
    async with kiosk() as pilot:
        await press(pilot, "end", "p", "4")
        assert under_cursor(pilot) == 1


async def test_what_is_asked_names_the_answers_and_what_the_impact_suggests(
    kiosk: Open, services: Services, people: People
) -> None:
    services.report.log(people.head, new_form(impact=Impact.SINGLE_USER))
    async with kiosk() as pilot:
        await press(pilot, "p")
        assert said(pilot) == (
            "Priority?  0 None  1 Critical  2 High  3 Medium  4 Low  5 Advice  (try 4)"
        )
        await press(pilot, "escape", "s")
        assert said(pilot) == (
            "State?  i In Progress  t Triage  c Customer  h Change  d Deferral  r Resolved"
        )
        await press(pilot, "escape", "k")
        assert said(pilot).startswith("Link?  m Under a major incident  d Duplicate of another")


async def test_any_other_key_takes_the_question_back_and_does_nothing(
    kiosk: Open, database: Database
) -> None:
    keys = ["escape", "enter", "9", "6", "o", "q", "p", "j", "z", "tab", "down", "space", "ctrl+s"]
    before = contents(database)
    async with kiosk() as pilot:
        for asked, key in product("psk", keys):
            await press(pilot, asked, key)
            assert (place(pilot), said(pilot)) == ("QueueScreen", ""), (asked, key)
            assert under_cursor(pilot) == TEN, (asked, key)
            assert incident_list(pilot).ticked == (), (asked, key)
    assert contents(database) == before


async def test_the_digit_of_a_priority_starts_no_jump(kiosk: Open) -> None:
    async with kiosk() as pilot:
        for digit in "012345":
            await press(pilot, "p", digit)
            assert place(pilot) == "QueueScreen", digit
            await press(pilot, digit)
            assert place(pilot) == "JumpDialog", digit
            await press(pilot, "escape")
            assert place(pilot) == "QueueScreen", digit


async def test_a_digit_after_a_question_that_was_taken_back_starts_a_jump(
    kiosk: Open, database: Database
) -> None:
    before = contents(database)
    async with kiosk() as pilot:
        await burst(pilot, "p", "escape", "3")
        assert place(pilot) == "JumpDialog"
    assert contents(database) == before


@pytest.mark.parametrize("key", ["t", "T"])
async def test_letters_answer_in_either_case(
    kiosk: Open, services: Services, people: People, key: str
) -> None:
    async with kiosk() as pilot:
        await press(pilot, "s", key)
    assert rows(services, people)[0].state is State.AWAITING_TRIAGE


async def test_what_a_state_can_not_become_is_no_answer(
    kiosk: Open, services: Services, people: People
) -> None:
    """In Progress can't go back to triage, and is in progress already."""
    services.triage.set_priority(people.handler, TEN, None, Priority.LOW)
    async with kiosk() as pilot:
        await press(pilot, "s")
        assert said(pilot) == "State?  c Customer  h Change  d Deferral  r Resolved"
        await press(pilot, "i")
        assert (place(pilot), said(pilot)) == ("QueueScreen", "")
    assert services.queue.open(people.handler, TEN).row.version == 2


async def test_an_empty_list_asks_nothing(kiosk: Open, services: Services, people: People) -> None:
    async with kiosk() as pilot:
        await press(pilot, "tab")
        assert "▸Mine 0◂" in prose(pilot)
        for key in ("p", "s", "k", "a", "m", "w", "x", "y", "e", "equals_sign", "space"):
            await press(pilot, key)
            words = "There is nothing to hand over here." if key == "a" else ""
            assert (place(pilot), said(pilot)) == ("QueueScreen", words)
        await press(pilot, "3")
        assert place(pilot) == "JumpDialog"


async def test_the_same_keys_decide_on_the_open_incident(
    kiosk: Open, services: Services, people: People
) -> None:
    async with kiosk() as pilot:
        await press(pilot, "enter", "p", "2")
        assert place(pilot) == "IncidentScreen"
        assert "Priority 2 – High SLA due Thu 11 Jun 2026 11:52 " in prose(pilot)
        await press(pilot, "m")
        assert "State In Progress · with A. Handler" in prose(pilot)
        await press(pilot, "escape")
        assert under_cursor(pilot) == TEN
    row = rows(services, people)[0]
    assert (row.priority, row.assigned_to, row.version) == (Priority.HIGH, "A. Handler", 3)


async def test_in_the_comment_box_the_same_keys_are_text(
    kiosk: Open, services: Services, people: People
) -> None:
    async with kiosk() as pilot:
        await press(pilot, "c")
        await write(pilot, "p3 smawxkyeu")
        assert focused(pilot) == "box"
        assert box(pilot).text == "p3 smawxkyeu"
    assert rows(services, people)[0].version == 1


async def test_a_decision_is_shown_at_once_and_again_after_the_list_is_read(
    kiosk: Open, services: Services, people: People
) -> None:
    """In the list of what waits for triage the decided one is gone with the next reading."""
    async with kiosk() as pilot:
        await press(pilot, "shift+tab", "p", "3", "p", "4")
        assert "▸Triage" in prose(pilot)
        await press(pilot, "r")
        assert under_cursor(pilot) == TEN - 2
        assert "▸Triage 8◂" in prose(pilot)
