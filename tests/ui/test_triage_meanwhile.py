"""Decisions that somebody else, the clock or a slip of the hand comes in the way of (rule 37)."""

from __future__ import annotations

from datetime import timedelta
from itertools import product

import pytest
from textual.pilot import Pilot

from eds_tui.domain.incident import format_number
from eds_tui.domain.priority import Priority
from eds_tui.repository.unit_of_work import Database
from eds_tui.services.container import Services
from tests.cases import at_case
from tests.factories import People, SetClock, new_form
from tests.london import london
from tests.services.triage_steps import RESOLVED, contents, found
from tests.ui.conftest import Open
from tests.ui.sitting import (
    incident_list,
    place,
    play,
    press,
    prose,
    said,
    write,
)
from tests.ui.triage_keys import (
    QUESTION,
    SCRIPTS,
    TYPED,
    WORDED,
    back,
    on_new_incident,
    on_new_row,
    open_field,
    typed_in,
)

pytestmark = [pytest.mark.long_on_postgres, pytest.mark.usefixtures("three_incidents")]


async def test_a_decision_over_somebody_elses_is_refused_naming_them_and_changes_nothing(
    kiosk: Open, database: Database, services: Services, people: People
) -> None:
    """Rule 37: the other one has ended it."""
    async with kiosk() as pilot:
        for go, name in product((on_new_row, on_new_incident), SCRIPTS):
            with at_case((go.__name__, name)):
                number = services.report.log(people.head, new_form()).number
                await go(pilot)
                services.triage.set_state(people.lead, number, None, RESOLVED)
                before = contents(database)
                await play(pilot, SCRIPTS[name])
                assert place(pilot) == "ConflictDialog"
                refused = f"{format_number(number)} was changed by S. Lead."
                assert refused in prose(pilot)
                await press(pilot, "escape")
                assert refused in said(pilot)
                assert contents(database) == before
                if go is on_new_row:
                    row = incident_list(pilot).row
                    assert row is not None
                    assert row.number == number
                await back(pilot)


async def test_what_was_typed_for_a_refused_decision_is_there_when_it_is_made_again(
    kiosk: Open, services: Services, people: People
) -> None:
    """Rule 37: a refusal keeps what was typed."""
    async with kiosk() as pilot:
        for name in WORDED:
            with at_case(name):
                number = services.report.log(people.head, new_form()).number
                _, text, done = TYPED[name]
                await on_new_row(pilot)
                services.triage.set_priority(people.lead, number, None, Priority.LOW)
                await open_field(pilot, name)
                await write(pilot, text)
                await press(pilot, done)
                assert "was changed by S. Lead" in prose(pilot)
                await press(pilot, "k")
                assert await open_field(pilot, name) == text
                await back(pilot)


async def test_an_empty_field_is_left_by_one_escape_and_nothing_is_done(
    kiosk: Open, database: Database
) -> None:
    before = contents(database)
    async with kiosk() as pilot:
        for name in TYPED:
            with at_case(name):
                await open_field(pilot, name)
                await press(pilot, "escape")
                assert (place(pilot), said(pilot)) == ("QueueScreen", "")
                assert contents(database) == before


async def test_one_escape_throws_no_typed_text_away_and_a_second_one_does(
    kiosk: Open, database: Database
) -> None:
    before = contents(database)
    async with kiosk() as pilot:
        for name in WORDED:
            with at_case(name):
                text = TYPED[name][1]
                await open_field(pilot, name)
                await write(pilot, text)
                await press(pilot, "escape")
                assert place(pilot).endswith("Dialog")
                assert typed_in(pilot) == text
                assert "Esc again throws the text away" in prose(pilot)
                await press(pilot, "escape")
                assert place(pilot) == "QueueScreen"
                assert contents(database) == before


async def test_after_more_is_typed_one_escape_is_again_not_enough(
    kiosk: Open, database: Database
) -> None:
    async with kiosk() as pilot:
        await open_field(pilot, "question")
        await write(pilot, "Which")
        await press(pilot, "escape")
        await write(pilot, " printer?")
        await press(pilot, "escape")
        assert place(pilot) == "TextDialog"
        assert typed_in(pilot) == "Which printer?"


async def test_a_moment_that_passes_while_it_is_confirmed_is_refused_in_a_sentence(
    kiosk: Open, database: Database, clock: SetClock
) -> None:
    before = contents(database)
    async with kiosk() as pilot:
        await press(pilot, "space", "space", "s", "d")
        await write(pilot, "in 2 hours")
        await press(pilot, "enter")
        assert place(pilot) == "ConfirmDialog"
        clock.forward(hours=3)
        await press(pilot, "y")
        assert "Wednesday 10 June 2026 at 13:52 is over already." in prose(pilot)
    assert contents(database) == before


async def test_while_a_dialog_is_open_a_decision_stays_with_the_incident_it_was_asked_for(
    kiosk: Open, database: Database, services: Services, people: People
) -> None:
    """Somebody takes it out of the list meanwhile, and the cursor is on another row."""
    async with kiosk() as pilot:
        await press(pilot, "shift+tab", "s", "c")
        await write(pilot, QUESTION)
        services.triage.set_priority(people.lead, 3, None, Priority.LOW)
        await _refresh_below(pilot)
        before = contents(database)
        await press(pilot, "ctrl+s")
        assert "INC0000003 was changed by S. Lead." in prose(pilot)
    assert contents(database) == before


async def _refresh_below(pilot: Pilot[None]) -> None:
    """Read the list below the dialog again, as happens every few seconds."""
    queue = pilot.app.screen_stack[-2]
    await queue.run_action("perform('refresh')")
    for worker in queue.workers:
        await worker.wait()


async def test_between_the_keys_of_a_chord_a_decision_stays_with_its_incident(
    kiosk: Open, database: Database, services: Services, people: People
) -> None:
    async with kiosk() as pilot:
        await press(pilot, "shift+tab", "p")
        services.triage.set_priority(people.lead, 3, None, Priority.LOW)
        before = contents(database)
        await pilot.app.screen.run_action("perform('refresh')")
        for worker in list(pilot.app.workers):
            await worker.wait()
        await press(pilot, "1")
        assert "INC0000003 was changed by S. Lead." in prose(pilot)
    assert contents(database) == before


async def test_a_deferral_of_yesterdays_dialog_is_read_at_the_moment_it_is_sent(
    kiosk: Open, database: Database, clock: SetClock
) -> None:
    """What was understood when Enter was pressed is what is done."""
    async with kiosk() as pilot:
        await press(pilot, "s", "d")
        await write(pilot, "tomorrow 9")
        clock.forward(days=1)
        await press(pilot, "enter")
    deferred = found(database, 3, clock()).fields.deferred_until
    assert deferred == london(2026, 6, 11, 9) + timedelta(days=1)


async def test_what_was_typed_for_one_incident_is_not_offered_for_another(
    kiosk: Open, services: Services, people: People
) -> None:
    """Rules 36 and 37: a question to one school never stands in the box for the next."""
    services.report.log(people.neighbour, new_form())
    async with kiosk() as pilot:
        services.triage.set_priority(people.lead, 4, None, Priority.LOW)
        await open_field(pilot, "question")
        await write(pilot, QUESTION)
        await press(pilot, "ctrl+s")
        assert "INC0000004 was changed by S. Lead." in prose(pilot)
        await press(pilot, "k", "down")
        assert await open_field(pilot, "question") == ""


async def test_a_decision_on_another_incident_leaves_what_was_typed_for_the_refused_one(
    kiosk: Open, services: Services, people: People
) -> None:
    async with kiosk() as pilot:
        services.triage.set_priority(people.lead, 3, None, Priority.LOW)
        await open_field(pilot, "question")
        await write(pilot, QUESTION)
        await press(pilot, "ctrl+s", "k", "down", "p", "3", "home")
        assert await open_field(pilot, "question") == QUESTION
