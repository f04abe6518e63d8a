"""Guide 2.6 and 3: the states, what each brings with it, and the clock (rules 15 to 19)."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from eds_tui.domain.deferral import parse_when
from eds_tui.domain.errors import InvalidInput, NotAllowed
from eds_tui.domain.lifecycle import MOVES, State
from eds_tui.domain.triage import StateChange
from eds_tui.domain.triage_fields import DEFERRAL_ENDED, REPLIED
from eds_tui.domain.views import ListQuery, View, Window
from eds_tui.services.container import Services
from tests.factories import START, People, SetClock, new_form
from tests.london import london
from tests.services.triage_steps import ASKED, COMPLETE, DEFERRED, REOPENED, RESOLVED, WAITING

INSTANT = timedelta(microseconds=1)


@pytest.fixture(autouse=True)
def _logged(services: Services, people: People) -> None:
    """Incident 1 of the head's."""
    services.report.log(people.head, new_form())


def state(services: Services, people: People) -> State:
    """Return the state that the school reads."""
    return services.queue.open(people.head, 1).row.state


def go(services: Services, people: People, change: StateChange) -> None:
    """Move the incident."""
    services.triage.set_state(people.handler, 1, None, change)


def test_rule_15_the_states_of_the_guide_and_the_moves_between_them_are_one_table() -> None:
    """Guide 2.6: the stages of the table, and how an incident comes from one to another."""
    holds = {State.ON_HOLD_CUSTOMER, State.ON_HOLD_CHANGE, State.ON_HOLD_DEFERRAL}
    onwards = {State.IN_PROGRESS, *holds, State.RESOLVED}
    assert {
        State.NEW: onwards | {State.AWAITING_TRIAGE},
        State.AWAITING_TRIAGE: onwards,
        State.IN_PROGRESS: holds | {State.RESOLVED},
        State.ON_HOLD_CUSTOMER: onwards,
        State.ON_HOLD_CHANGE: onwards,
        State.ON_HOLD_DEFERRAL: onwards,
        State.RESOLVED: {State.IN_PROGRESS},
        State.CLOSED: set(),
    } == MOVES


def test_rule_14_every_state_is_explained() -> None:
    """Guide 2.6: what each stage means to the school."""
    assert all(state.explanation.endswith(".") for state in State)
    assert "24 hours" in State.RESOLVED.explanation
    assert "telephone" in State.RESOLVED.explanation


def test_rule_15_nobody_sets_closed_it_comes_with_time_or_for_a_duplicate(
    services: Services, people: People
) -> None:
    """Guide 2.6: closed is what becomes of a resolved incident."""
    for change in (COMPLETE[State.CLOSED], COMPLETE[State.NEW]):
        with pytest.raises(InvalidInput):
            go(services, people, change)
    assert state(services, people) is State.NEW


def test_rule_16_a_deferral_carries_a_day_and_time(services: Services, people: People) -> None:
    """Guide 2.6: a deferral is until a specified date and time."""
    for until in (None, START, START - INSTANT):
        with pytest.raises(InvalidInput) as refused:
            go(services, people, StateChange(State.ON_HOLD_DEFERRAL, until=until))
        assert list(refused.value.problems) == ["until"]
    assert state(services, people) is State.NEW


def test_rule_16_when_it_passes_the_incident_is_in_progress_again_and_flagged(
    services: Services, people: People, clock: SetClock
) -> None:
    """Guide 2.6: it is deferred until then, and no longer."""
    go(services, people, DEFERRED)
    clock.now = START + timedelta(days=2) - INSTANT
    assert state(services, people) is State.ON_HOLD_DEFERRAL
    clock.now = START + timedelta(days=2)
    assert state(services, people) is State.IN_PROGRESS
    flagged = services.queue.page(people.handler, ListQuery(View.FLAGGED), Window()).rows
    assert [(row.number, row.flag) for row in flagged] == [(1, DEFERRAL_ENDED)]


@pytest.mark.parametrize(("typed", "now", "until"), [
    ("tomorrow 9", START, london(2026, 6, 11, 9)),
    ("fri 14:00", START, london(2026, 6, 12, 14)),
    ("13/06 09:30", START, london(2026, 6, 13, 9, 30)),
    ("25/10 01:30", london(2026, 10, 20), london(2026, 10, 25, 1, 30)),
])  # fmt: skip
def test_rule_16_it_is_typed_as_people_say_it(
    services: Services, people: People, clock: SetClock, typed: str, now: datetime, until: datetime
) -> None:
    """Guide 2.6: the date and time that were agreed are those that hold."""
    clock.now = now
    go(services, people, StateChange(State.ON_HOLD_DEFERRAL, until=parse_when(typed, now)))
    clock.now = until - INSTANT
    assert state(services, people) is State.ON_HOLD_DEFERRAL
    clock.now = until
    assert state(services, people) is State.IN_PROGRESS


@pytest.mark.parametrize("typed", ["yesterday", "9/6/2026 9:00", "28/03/2027 01:30", "today 11:52"])
def test_rule_16_what_is_past_or_never_comes_is_refused(typed: str) -> None:
    """Guide 2.6: nothing is deferred until a time that does not come."""
    with pytest.raises(InvalidInput) as refused:
        parse_when(typed, START)
    assert list(refused.value.problems) == ["when"]


def test_rule_17_a_question_goes_to_the_school_and_its_comment_is_the_answer(
    services: Services, people: People
) -> None:
    """Guide 2.6: the customer was asked for information, and the response is awaited."""
    with pytest.raises(InvalidInput) as refused:
        go(services, people, StateChange(State.ON_HOLD_CUSTOMER))
    assert list(refused.value.problems) == ["question"]
    go(services, people, ASKED)
    assert services.queue.open(people.head, 1).comments[-1].body == "Which printer is it?"
    assert services.conversation.comment(people.bursar, 1, "This one.", "key") is State.IN_PROGRESS
    assert state(services, people) is State.IN_PROGRESS
    assert services.queue.open(people.handler, 1).row.flag == REPLIED


@pytest.mark.parametrize("change", [WAITING, DEFERRED], ids=lambda each: each.state)
def test_rule_17_on_other_holds_a_comment_only_flags(
    services: Services, people: People, change: StateChange
) -> None:
    """Guide 2.6: a change or a date is waited for, however the customer comments."""
    go(services, people, change)
    assert services.conversation.comment(people.head, 1, "And now?", "key") is change.state
    row = services.queue.open(people.handler, 1).row
    assert (row.state, row.flag) == (change.state, REPLIED)


def test_rule_17_the_service_centres_own_comment_ends_no_hold(
    services: Services, people: People
) -> None:
    """Guide 2.6: it is the response of the customer that is awaited."""
    go(services, people, ASKED)
    services.conversation.comment(people.handler, 1, "Any news?", "key")
    row = services.queue.open(people.handler, 1).row
    assert (row.state, row.flag) == (State.ON_HOLD_CUSTOMER, "")


def test_rule_18_what_runs_meanwhile_makes_no_difference_to_when_it_is_closed(
    services: Services, people: People, clock: SetClock
) -> None:
    """Guide 3: closed after 24 hours, whether or not a program runs for it."""
    go(services, people, RESOLVED)
    clock.forward(hours=24)
    before = services.queue.open(people.head, 1).row
    clock.forward(hours=3)
    services.housekeeping.run()
    after = services.queue.open(people.head, 1).row
    assert (after.state, after.closes_at) == (before.state, START + timedelta(hours=24))


def test_rule_19_only_the_service_centre_reopens_with_a_reason_while_resolved(
    services: Services, people: People, clock: SetClock
) -> None:
    """Guide 2.6: within 24 hours the ICT Service Centre reopens it on request."""
    go(services, people, RESOLVED)
    clock.forward(hours=24, microseconds=-1)
    for actor in (people.head, people.bursar):
        with pytest.raises(NotAllowed):
            services.triage.set_state(actor, 1, None, REOPENED)
    with pytest.raises(InvalidInput) as refused:
        go(services, people, StateChange(State.IN_PROGRESS))
    assert list(refused.value.problems) == ["reason"]
    go(services, people, REOPENED)
    assert state(services, people) is State.IN_PROGRESS
    clock.forward(days=30)
    assert state(services, people) is State.IN_PROGRESS


def test_rule_19_once_closed_nothing_brings_it_back(
    services: Services, people: People, clock: SetClock
) -> None:
    """Guide 3: once it is closed a new incident has to be opened."""
    go(services, people, RESOLVED)
    clock.forward(hours=24)
    for change in COMPLETE.values():
        with pytest.raises(InvalidInput) as refused:
            go(services, people, change)
        assert refused.value.message == "It is closed. Log a new incident that names this one."
    assert state(services, people) is State.CLOSED
