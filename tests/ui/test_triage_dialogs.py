"""Decisions that ask for more: what is typed, what is refused, and what Escape leaves (rule 37)."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest

from eds_tui.domain.incident import format_number
from eds_tui.domain.lifecycle import State
from eds_tui.domain.priority import Priority
from eds_tui.domain.triage import ResolutionCode
from eds_tui.repository.unit_of_work import Database
from eds_tui.services.container import Services
from tests.cases import at_case, each_case
from tests.factories import START, People, SetClock, new_form
from tests.london import london
from tests.services.triage_steps import REOPENED, RESOLVED, contents, events_of, found
from tests.ui.conftest import Open
from tests.ui.sitting import (
    Text,
    box,
    burst,
    painted,
    place,
    play,
    press,
    prose,
    said,
    write,
)
from tests.ui.triage_keys import (
    DONE,
    QUESTION,
    REASON,
    SCRIPTS,
    TYPED,
    WAITS_FOR,
    back,
    on_new_incident,
    on_new_row,
    open_field,
    typed_in,
)

pytestmark = pytest.mark.usefixtures("three_incidents")

DEFERRALS = {
    "tomorrow 9": "Thursday 11 June 2026 at 09:00 (tomorrow)",
    "fri 14:00": "Friday 12 June 2026 at 14:00 (in 2 days)",
    "13/06 09:30": "Saturday 13 June 2026 at 09:30 (in 3 days)",
    "in 2 hours": "Wednesday 10 June 2026 at 13:52 (in 2 hours)",
    "today 11:52": "! Wednesday 10 June 2026 at 11:52 is over already.",
    "28/03/2027 01:30": ("! The clocks go forward on Sunday 28 March 2027, and there is no 01:30."),
    "soon": "! That is not understood.",
}
"""What is typed of a moment, and what is said of it."""


async def test_every_decision_is_made_by_the_same_keys_on_a_row_and_on_the_open_incident(
    kiosk: Open, database: Database, services: Services, people: People
) -> None:
    async with kiosk() as pilot:
        for go, name in product((on_new_row, on_new_incident), SCRIPTS):
            with at_case((go.__name__, name)):
                number = services.report.log(people.head, new_form()).number
                await go(pilot)
                await play(pilot, SCRIPTS[name])
                assert place(pilot) == ("QueueScreen" if go is on_new_row else "IncidentScreen")
                assert said(pilot).startswith(f"{format_number(number)}: ")
                _is_stored(database, services, people, number, name)
                await back(pilot)
    assert [found(database, number, START).row.version for number in (1, 2, 3)] == [1, 1, 1]


def _is_stored(
    database: Database, services: Services, people: People, number: int, name: str
) -> None:
    """Check that of an incident has been stored what was decided, and nothing else."""
    stored = found(database, number, START)
    row, fields = stored.row, stored.fields
    expected = {
        "priority": (row.priority, Priority.MEDIUM),
        "triage": (row.state, State.AWAITING_TRIAGE),
        "in progress": (row.state, State.IN_PROGRESS),
        "question": (row.state, State.ON_HOLD_CUSTOMER),
        "change": (fields.waiting_for, WAITS_FOR),
        "deferral": (fields.deferred_until, london(2026, 6, 11, 9)),
        "resolve": (fields.resolution_code, ResolutionCode.FIXED),
        "mine": (row.assigned_to, "A. Handler"),
        "assign": (row.assigned_to, "S. Lead"),
        "hide": (row.confidential, True),
        "link": (row.parent, 1),
        "duplicate": (row.state, State.CLOSED),
    }
    assert expected[name][0] == expected[name][1]
    assert row.version == 2
    said_to_school = {"question": QUESTION, "resolve": DONE}.get(name)
    comments = [comment.body for comment in services.queue.open(people.handler, number).comments]
    assert (said_to_school in comments) == (said_to_school is not None)
    if name == "hide":
        assert events_of(database, number, START)[1].details["reason"] == REASON


async def test_an_empty_text_is_asked_for_again(kiosk: Open, database: Database) -> None:
    before = contents(database)
    async with kiosk() as pilot:
        for name in TYPED:
            with at_case(name):
                await open_field(pilot, name)
                await write(pilot, " ")
                await press(pilot, TYPED[name][2])
                assert place(pilot).endswith("Dialog")
                assert "! " in prose(pilot)
                await back(pilot)
                assert contents(database) == before


async def test_a_resolution_asks_for_its_code_too(kiosk: Open, database: Database) -> None:
    before = contents(database)
    async with kiosk() as pilot:
        await press(pilot, "s", "r", "tab")
        await write(pilot, DONE)
        await press(pilot, "ctrl+s")
        assert "! Choose how it ended." in prose(pilot)
        assert typed_in(pilot) == DONE
    assert contents(database) == before


async def test_a_digit_chooses_the_code_and_goes_on_to_the_text(
    kiosk: Open, database: Database, services: Services, people: People
) -> None:
    async with kiosk() as pilot:
        for digit, code in zip("123456", ResolutionCode, strict=False):
            with at_case(digit):
                number = services.report.log(people.head, new_form()).number
                await on_new_row(pilot)
                await play(pilot, ("s", "r", digit, Text(DONE), "ctrl+s"))
                assert found(database, number, START).fields.resolution_code == code


async def test_logged_in_error_needs_no_words_and_shows_what_the_school_reads(
    kiosk: Open, services: Services, people: People
) -> None:
    """Rule 40."""
    number = services.report.log(people.head, new_form()).number
    async with kiosk() as pilot:
        await press(pilot, "s", "r", "6")
        assert "With nothing typed it reads: This incident was logged in error" in prose(pilot)
        await press(pilot, "ctrl+s", "up")
        assert "Resolved · Logged in error" in prose(pilot)
    (line,) = services.queue.open(people.head, number).comments
    assert line.body.startswith("This incident was logged in error by the service centre.")


async def test_what_is_understood_of_a_deferral_is_shown_while_it_is_typed(
    kiosk: Open, database: Database
) -> None:
    """Rule 16: and what is not can't be sent."""
    before = contents(database)
    async with kiosk() as pilot:
        for typed, understood in DEFERRALS.items():
            with at_case(typed):
                await press(pilot, "s", "d")
                await write(pilot, typed)
                assert understood in painted(pilot, pilot.app.screen.query_one("#problem"))
                if understood.startswith("!"):
                    await press(pilot, "enter")
                    assert place(pilot) == "DeferDialog"
                    assert typed_in(pilot) == typed
                    assert contents(database) == before
                await back(pilot)


async def test_a_reopening_asks_for_its_reason(
    kiosk: Open, services: Services, people: People, database: Database
) -> None:
    """Rule 19."""
    services.triage.set_state(people.handler, 3, None, RESOLVED)
    async with kiosk() as pilot:
        await press(pilot, "s")
        assert said(pilot) == "State?  i In Progress"
        await press(pilot, "i")
        assert "Why is it reopened?" in prose(pilot)
        await write(pilot, REOPENED.reason)
        await press(pilot, "enter")
    assert services.queue.open(people.head, 3).row.state is State.IN_PROGRESS
    assert events_of(database, 3, START)[-1].details["reason"] == REOPENED.reason


async def test_a_closed_incident_says_what_to_do_instead(
    kiosk: Open, services: Services, people: People, clock: SetClock, database: Database
) -> None:
    services.triage.set_state(people.handler, 3, None, RESOLVED)
    clock.forward(days=2)
    before = contents(database)
    async with kiosk() as pilot:
        await press(pilot, "g", "a")
        assert "▸Closed" in prose(pilot)
        await press(pilot, "s")
        assert said(pilot) == "It is closed and stays so. Log a new incident that names this one."
        await press(pilot, "i")
        assert place(pilot) != "LineDialog"
    assert contents(database) == before


async def test_what_is_missing_of_a_resolution_is_where_one_types_next(
    kiosk: Open, services: Services, people: People
) -> None:
    async with kiosk() as pilot:
        await press(pilot, "s", "r", "ctrl+s")
        assert "! Choose how it ended." in prose(pilot)
        await press(pilot, "2", "shift+tab", "ctrl+s")
        assert "! Type what was done." in prose(pilot)
        await write(pilot, "Restarted")
        await press(pilot, "ctrl+s")
    row = services.queue.open(people.head, 3).row
    assert row.state is State.RESOLVED


@each_case("typed, sentence", [
    ("3", "An incident can't hang on itself."),
    ("987654", "There is no incident INC0987654."),
    ("printer", "printer is not an incident number."),
])  # fmt: skip
async def test_a_number_that_can_not_be_is_refused_in_a_sentence(
    kiosk: Open, database: Database, typed: str, sentence: str
) -> None:
    before = contents(database)
    async with kiosk() as pilot:
        for letter in "md":
            await press(pilot, "k", letter)
            await write(pilot, typed)
            await press(pilot, "enter")
            assert sentence in prose(pilot)
            await press(pilot, "escape", "escape")
            if place(pilot) != "QueueScreen":
                await press(pilot, "escape")
    assert contents(database) == before


async def test_a_link_is_shown_on_both_and_taken_away_again(
    kiosk: Open, services: Services, people: People
) -> None:
    async with kiosk() as pilot:
        await play(pilot, ("k", "m", Text("1"), "enter", "r"))
        await press(pilot, "end")
        assert "[+1] No internet" in prose(pilot)
        await press(pilot, "home")
        assert "under INC0000001" in prose(pilot)
        await press(pilot, "k", "n")
    assert services.queue.open(people.handler, 3).row.parent is None


async def test_the_priority_and_the_question_of_different_incidents_are_kept_apart(
    kiosk: Open, database: Database
) -> None:
    async with kiosk() as pilot:
        await play(pilot, ("p", "1", *SCRIPTS["question"], *SCRIPTS["hide"]))
    fields = [found(database, number, START).fields for number in (3, 2, 1)]
    first, second, third = fields
    assert (first.priority, first.state) == (Priority.CRITICAL, State.IN_PROGRESS)
    assert second.state is State.ON_HOLD_CUSTOMER
    assert third.confidential
    assert replace(third, confidential=False).state is State.NEW


async def test_who_rang_is_one_of_those_who_are_known_or_somebody_who_is_typed(
    kiosk: Open, services: Services, people: People
) -> None:
    """Rule 43: up and down choose, round and round; nobody at all is asked for again."""
    async with kiosk() as pilot:
        await press(pilot, "h")
        offered = [typed_in(pilot)]
        for key in ("down", "down", "up", "up", "up"):
            await press(pilot, key)
            offered.append(typed_in(pilot))
        assert offered == [
            "Test User", "Test Bursar", "Mrs Testing", "Test Bursar", "Test User", "Mrs Testing",
        ]  # fmt: skip
        await press(pilot, "backspace", "enter")
        assert place(pilot) == "WhoRangDialog"
        assert "Type who rang, or press Esc." in prose(pilot)
        await press(pilot, *"burs", "down", "enter")
        assert said(pilot).startswith("Test Bursar · rang once, 11:52")
        # Of several whoever rang about the first is offered.
        services.callers.chase(people.lead, 1, "Kit Day")
        await press(pilot, "space", "end", "space", "h")
        assert "Who rang about INC0000003 and 1 more?" in prose(pilot)
        assert typed_in(pilot) == "Test Bursar"
        await press(pilot, "enter")
        assert said(pilot) == "Test Bursar · noted on 2 incidents. c writes what was said."
        await press(pilot, "home", "space", "end", "space", "home")
        # What is typed ahead waits for the question, and for the answer to be kept.
        await burst(pilot, "h", *"mrs", "down", "enter", "c", *"Hi")
        assert box(pilot).text == "Hi"
    chases = {row.number: row.chases for row in services.callers.chased(people.lead)}
    assert chases == {3: 3, 1: 2}
