"""One decision on one incident: what it does, what it is refused for, and nothing half done."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy.exc import IntegrityError

from eds_tui.domain.errors import (
    Conflict,
    InvalidInput,
    NotFound,
)
from eds_tui.domain.event import COMMENT
from eds_tui.domain.lifecycle import MOVES, State
from eds_tui.domain.priority import Priority
from eds_tui.domain.triage import Assignee, StateChange
from eds_tui.repository.unit_of_work import Database
from eds_tui.services.container import Services
from tests.cases import each_case
from tests.factories import START, People, SetClock
from tests.services.triage_steps import (
    ASKED,
    COMPLETE,
    DECISIONS,
    DEFERRED,
    LATER,
    REOPENED,
    contents,
    events_of,
    found,
    reach,
    refused,
)

pytestmark = pytest.mark.usefixtures("two_incidents")

NEVER_GIVEN_OUT = 987_654


@pytest.mark.parametrize("before", list(State))
@pytest.mark.parametrize("after", list(State))
def test_a_state_is_left_and_entered_by_the_table_alone(
    database: Database,
    services: Services,
    people: People,
    clock: SetClock,
    before: State,
    after: State,
) -> None:
    """Rule 15: every pair of states, as stored; a hold for just the same again is none."""
    reach(services, people, 1, before, clock)
    change = COMPLETE[after]

    def decide() -> State:
        return services.triage.set_state(people.handler, 1, None, change).state

    if before is after and after in MOVES[before]:
        assert refused(InvalidInput, database, decide).endswith("already, for just that.")
        until = LATER + timedelta(hours=1)
        change = replace(change, question="Which one?", waiting_for="The parts", until=until)
    if after in MOVES[before]:
        assert decide() is after
        assert services.queue.open(people.head, 1).row.state is after
    else:
        refused(InvalidInput, database, decide)


@pytest.mark.parametrize("name", list(DECISIONS))
def test_every_decision_is_stored_as_one_event_and_one_version(
    database: Database, services: Services, people: People, clock: SetClock, name: str
) -> None:
    """Rule 30: who, when, and nothing but what the decision is about."""
    clock.forward(minutes=5)
    row = DECISIONS[name](services, people.handler, 1, 1)
    assert row.version == 2
    assert row == services.queue.open(people.handler, 1, again=True).row
    stored = found(database, 1, clock())
    assert stored.changed_by == "A. Handler"
    last = events_of(database, 1, clock())[-1]
    assert (last.at, last.actor_id) == (clock(), people.handler.id)
    assert last.details["changed"]
    assert "version" not in last.details["changed"]
    assert found(database, 2, clock()).row.version == 1


@pytest.mark.parametrize("name", list(DECISIONS))
def test_a_decision_over_what_somebody_else_changed_is_refused_and_names_them(
    database: Database, services: Services, people: People, name: str
) -> None:
    """Rule 37: whatever it is about, where the other one ended the incident."""
    DECISIONS["resolve"](services, people.lead, 1, 1)
    said = refused(Conflict, database, lambda: DECISIONS[name](services, people.handler, 1, 1))
    assert said == "INC0000001 was changed by S. Lead."


@pytest.mark.parametrize(
    "name",
    ["in progress", "question", "wait for a change", "deferral", "resolve", "hide", "duplicate"],
)
def test_a_decision_over_what_the_school_answered_is_refused_and_names_it(
    database: Database, services: Services, people: People, name: str
) -> None:
    version = DECISIONS["question"](services, people.handler, 1, 1).version
    services.conversation.comment(people.bursar, 1, "The one in the library.", "key")
    said = refused(
        Conflict, database, lambda: DECISIONS[name](services, people.handler, 1, version)
    )
    assert said == "INC0000001 was changed by Bursar."


@pytest.mark.parametrize("name", list(DECISIONS))
def test_a_comment_or_work_note_alone_stands_in_the_way_of_no_decision(
    services: Services, people: People, name: str
) -> None:
    services.conversation.comment(people.head, 1, "Still nothing.", "one")
    services.conversation.work_note(people.lead, 1, "Known fault.", "two")
    assert DECISIONS[name](services, people.handler, 1, 1).version == 2


@each_case("name", list(DECISIONS))
def test_a_number_never_given_out_is_not_found(
    database: Database, services: Services, people: People, name: str
) -> None:
    for number in (NEVER_GIVEN_OUT, 0, -1, 10**30):
        refused(
            NotFound, database, partial(DECISIONS[name], services, people.handler, number, None)
        )


NO_MORE_ROOM = {
    "sqlite": [
        """CREATE TRIGGER broken BEFORE INSERT ON events
        BEGIN SELECT RAISE(ABORT, 'no more room'); END"""
    ],
    "postgresql": [
        """CREATE FUNCTION break_down() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        RAISE EXCEPTION 'no more room' USING ERRCODE = 'integrity_constraint_violation'; END $$""",
        "CREATE TRIGGER broken BEFORE INSERT ON events EXECUTE FUNCTION break_down()",
    ],
}
"""Makes the database refuse every event."""


@pytest.mark.parametrize("name", list(DECISIONS))
def test_a_decision_that_can_not_be_recorded_is_not_made(
    database: Database, services: Services, people: People, name: str
) -> None:
    """Event, comment and change stand or fall together."""
    with database.engine.begin() as connection:
        for statement in NO_MORE_ROOM[connection.dialect.name]:
            connection.exec_driver_sql(statement)
    before = contents(database)
    with pytest.raises(IntegrityError, match="no more room"):
        DECISIONS[name](services, people.handler, 1, 1)
    assert contents(database) == before


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("priority", "The priority is 3 – Medium already."),
        ("assign to me", "It is assigned to A. Handler already."),
        ("assign to a team", "It is assigned to team Networks already."),
        ("hide", "It is confidential already."),
        ("link", "It hangs under INC0000002 already."),
    ],
)
def test_what_is_so_already_is_said_and_nothing_is_stored(
    database: Database, services: Services, people: People, name: str, sentence: str
) -> None:
    DECISIONS[name](services, people.handler, 1, None)
    again = partial(DECISIONS[name], services, people.handler, 1, None)
    assert refused(InvalidInput, database, again) == sentence


def test_what_a_new_incident_is_already_is_said(
    database: Database, services: Services, people: People
) -> None:
    triage, actor = services.triage, people.handler
    for decide, sentence in (
        (lambda: triage.set_priority(actor, 1, None, Priority.NONE), "The priority is 0 – None"),
        (lambda: triage.assign(actor, 1, None, Assignee()), "It is assigned to nobody"),
        (lambda: triage.set_confidential(actor, 1, None, False, "x"), "It is not confidential"),
        (lambda: triage.link(actor, 1, None, None), "It hangs under none"),
    ):
        assert refused(InvalidInput, database, decide) == f"{sentence} already."


def test_priority_none_takes_an_incident_out_of_no_queue(
    services: Services, people: People
) -> None:
    services.triage.set_priority(people.handler, 1, None, Priority.LOW)
    row = services.triage.set_priority(people.handler, 1, None, Priority.NONE)
    assert (row.priority, row.state, row.sla_due) == (Priority.NONE, State.IN_PROGRESS, None)


@pytest.mark.parametrize("state", [State.ON_HOLD_CHANGE, State.ON_HOLD_DEFERRAL, State.RESOLVED])
def test_a_priority_leaves_a_state_beyond_triage_alone(
    services: Services, people: People, clock: SetClock, state: State
) -> None:
    reach(services, people, 1, state, clock)
    assert services.triage.set_priority(people.handler, 1, None, Priority.LOW).state is state


def test_the_change_waited_for_is_kept_until_the_state_changes(
    database: Database, services: Services, people: People
) -> None:
    services.triage.set_state(people.handler, 1, None, COMPLETE[State.ON_HOLD_CHANGE])
    assert found(database, 1, START).fields.waiting_for == "The upgrade in July"
    services.triage.set_state(people.handler, 1, None, StateChange(State.IN_PROGRESS))
    assert found(database, 1, START).fields.waiting_for == ""


def test_question_and_resolution_are_comments_that_the_school_reads(
    services: Services, people: People
) -> None:
    services.triage.set_state(people.handler, 1, None, COMPLETE[State.ON_HOLD_CUSTOMER])
    services.triage.set_state(people.handler, 1, None, COMPLETE[State.RESOLVED])
    assert [
        (said.author, said.body, said.from_school, said.internal)
        for said in services.queue.open(people.head, 1).comments
    ] == [
        ("A. Handler", "Which printer is it?", False, False),
        ("A. Handler", "The cable was put back.", False, False),
    ]


def test_reasons_and_the_change_waited_for_reach_no_school(
    services: Services, people: People
) -> None:
    services.triage.set_state(people.handler, 1, None, COMPLETE[State.ON_HOLD_CHANGE])
    services.triage.set_state(people.handler, 1, None, COMPLETE[State.RESOLVED])
    services.triage.set_state(people.handler, 1, None, REOPENED)
    shown = repr(services.queue.open(people.head, 1))
    assert "It is back." not in shown
    assert "The upgrade in July" not in shown


@pytest.mark.parametrize("reason", ["", "  \n", "x" * 1_001])
def test_hiding_an_incident_takes_a_reason(
    database: Database, services: Services, people: People, reason: str
) -> None:
    refused(
        InvalidInput,
        database,
        lambda: services.triage.set_confidential(people.handler, 1, None, True, reason),
    )


def test_what_is_deferred_can_be_put_off_further(
    database: Database, services: Services, people: People
) -> None:
    services.triage.set_state(people.handler, 1, None, DEFERRED)
    later = replace(DEFERRED, until=START + timedelta(days=9))
    row = services.triage.set_state(people.handler, 1, None, later)
    assert row.state is State.ON_HOLD_DEFERRAL
    fields = found(database, 1, START).fields
    assert fields.deferred_until == later.until
    assert fields.pauses[-1].ended == START + timedelta(days=9)


@pytest.mark.parametrize(
    "text", ["\0", "\ud800", "caf\u00e9 \U0001f600", "' OR 1=1 --", "{caller}"]
)
def test_any_text_is_kept_as_it_was_typed_as_far_as_a_database_can(
    services: Services, people: People, text: str
) -> None:
    change = replace(COMPLETE[State.ON_HOLD_CUSTOMER], question=f"Is it {text}?")
    services.triage.set_state(people.handler, 1, None, change)
    (said,) = services.queue.open(people.head, 1).comments
    kept = text.replace("\0", "\ufffd").replace("\ud800", "\ufffd")
    assert said.body == f"Is it {kept}?"


def test_a_warning_of_the_clock_stands_in_the_way_of_no_decision(
    services: Services, people: People, clock: SetClock
) -> None:
    """Rule 37 is about what people change; nobody is told of themselves as somebody else."""
    version = services.triage.set_priority(people.handler, 1, None, Priority.CRITICAL).version
    clock.forward(hours=5)
    assert services.housekeeping.run() == 1
    me = Assignee(people.handler.id, "A. Handler")
    assert services.triage.assign(people.handler, 1, version, me).assigned_to == "A. Handler"


def test_an_event_names_the_comment_that_its_decision_came_with_and_no_other_does(
    database: Database, services: Services, people: People, clock: SetClock
) -> None:
    services.triage.set_state(people.handler, 1, None, ASKED)
    services.triage.set_priority(people.handler, 1, None, Priority.HIGH)
    asked, given = events_of(database, 1, clock())[-2:]
    (said,) = services.queue.open(people.handler, 1).comments
    assert asked.details[COMMENT] == said.id
    assert COMMENT not in given.details
