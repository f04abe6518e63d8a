"""What the second of two people is told who decide on one incident (rule 37)."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest

from eds_tui.domain.errors import Conflict, InvalidInput
from eds_tui.domain.event import EventKind
from eds_tui.domain.lifecycle import State
from eds_tui.domain.priority import Priority
from eds_tui.domain.triage import Assignee, StateChange
from eds_tui.domain.version_conflict import FieldConflict, VersionConflict, in_lines
from eds_tui.repository.unit_of_work import Database
from eds_tui.services.container import Services
from tests.factories import START, People, SetClock, new_form
from tests.services.triage_steps import (
    ASKED,
    DECISIONS,
    DEFERRED,
    EVERY,
    RESOLVED,
    WAITING,
    Decide,
    conflict_of,
    contents,
    events_of,
    found,
    give,
    move,
    refused,
)

pytestmark = [pytest.mark.on_both, pytest.mark.usefixtures("two_incidents")]


def test_the_refused_one_is_shown_what_stood_there_who_changed_it_when_and_what_was_wanted(
    database: Database, services: Services, people: People, clock: SetClock
) -> None:
    clock.forward(minutes=5)
    give(Priority.CRITICAL)(services, people.lead, 1, 1)
    clock.forward(minutes=1)
    conflict = conflict_of(database, services, people, give(Priority.MEDIUM))
    at = START + timedelta(minutes=5)
    assert conflict.fields == (
        FieldConflict(
            name="State", saw="New", now="In Progress", by="S. Lead", at=at, yours="In Progress"
        ),
        FieldConflict(
            name="Priority",
            saw="0 – None",
            now="1 – Critical",
            by="S. Lead",
            at=at,
            yours="3 – Medium",
        ),
        FieldConflict(
            name="Due",
            saw="none",
            now="10-06-2026 15:52",
            by="S. Lead",
            at=at,
            yours="15-06-2026 11:52",
        ),
    )
    assert (conflict.row.version, conflict.row.priority) == (2, Priority.CRITICAL)
    assert (conflict.text, conflict.refusal) == ("", "")
    assert in_lines(conflict)[1] == (
        "Priority: was 0 – None, is 1 – Critical (S. Lead, 10-06-2026 11:57:00), yours 3 – Medium"
    )


def test_a_field_is_ascribed_to_whoever_changed_it_last(
    database: Database, services: Services, people: People, clock: SetClock
) -> None:
    """Three people; the one who did something else is not blamed for it."""
    asked = move(ASKED)(services, people.handler, 1, 1).version
    EVERY["assign to a team"](services, people.handler, 1, asked)
    clock.forward(minutes=1)
    services.conversation.comment(people.bursar, 1, "The one in the library.", "key")
    clock.forward(minutes=1)
    services.triage.assign(people.lead, 1, None, Assignee(people.lead.id, "S. Lead"))
    conflict = conflict_of(database, services, people, EVERY["assign to me"], asked)
    assert [(field.name, field.by, field.now) for field in conflict.fields] == [
        ("State", "Bursar", "In Progress"),
        ("Flag", "Bursar", "customer replied"),
        ("Assigned to", "S. Lead", "S. Lead"),
    ]
    assert [field.yours for field in conflict.fields] == ["", "", "A. Handler"]


@pytest.mark.parametrize(("decide", "text"), [
    (move(ASKED), ASKED.question),
    (move(RESOLVED), RESOLVED.resolution),
    (EVERY["hide"], "A pupil is named."),
])  # fmt: skip
def test_what_was_typed_with_a_refused_decision_is_handed_back(
    database: Database, services: Services, people: People, decide: Decide, text: str
) -> None:
    give(Priority.LOW)(services, people.lead, 1, 1)
    move(WAITING)(services, people.lead, 1, 2)
    assert conflict_of(database, services, people, decide).text == text


@pytest.mark.parametrize(("first", "second", "why"), [
    (RESOLVED, StateChange(State.IN_PROGRESS), "Type the reason."),
    (RESOLVED, RESOLVED, "It is Resolved already."),
    (RESOLVED, ASKED, "From Resolved it can't go to On Hold (Awaiting Customer Update)."),
])  # fmt: skip
def test_what_can_not_be_done_over_it_says_why(
    database: Database, services: Services, people: People,
    first: StateChange, second: StateChange, why: str,
) -> None:  # fmt: skip
    move(first)(services, people.lead, 1, 1)
    conflict = conflict_of(database, services, people, move(second))
    assert conflict.refusal == why
    state = next(field for field in conflict.fields if field.name == "State")
    assert (state.saw, state.now, state.yours) == ("New", "Resolved", second.state.list_label)


def test_what_both_wanted_is_said_to_be_so(
    database: Database, services: Services, people: People
) -> None:
    team = Assignee(team="Networks")
    services.triage.assign(people.lead, 1, 1, team)
    conflict = conflict_of(database, services, people, EVERY["assign to a team"])
    (assigned,) = conflict.fields
    assert (assigned.now, assigned.yours) == ("team Networks", "team Networks")
    assert conflict.refusal == "It is assigned to team Networks already."


def test_mine_over_it_is_made_on_what_was_shown_and_refused_again_after_another_change(
    database: Database, services: Services, people: People
) -> None:
    mine = give(Priority.MEDIUM)
    give(Priority.LOW)(services, people.lead, 1, 1)
    shown = conflict_of(database, services, people, mine).row.version
    give(Priority.HIGH)(services, people.lead, 1, shown)
    again = conflict_of(database, services, people, mine, shown)
    priority = next(field for field in again.fields if field.name == "Priority")
    assert (priority.saw, priority.now) == ("4 – Low", "2 – High")
    assert mine(services, people.handler, 1, again.row.version).priority is Priority.MEDIUM
    changes = [each for each in events_of(database, 1, START) if each.kind is EventKind.TRIAGED]
    assert [(each.actor, each.details["changed"]["priority"]) for each in changes] == [
        ("S. Lead", [0, 4]), ("S. Lead", [4, 2]), ("A. Handler", [2, 3]),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "name", [each for each in DECISIONS if each not in {"in progress", "duplicate"}]
)
def test_what_was_changed_and_changed_back_stands_in_nobodys_way(
    services: Services, people: People, name: str
) -> None:
    EVERY[name](services, people.lead, 1, 1)
    services.triage.undo(people.lead, 1, "By mistake.")
    assert EVERY[name](services, people.handler, 1, 1).version == 4


@pytest.mark.parametrize("stored", [False, True])
@pytest.mark.parametrize("name", ["resolve", "question", "priority"])
def test_a_timed_transition_counts_the_same_whether_it_is_stored_or_not(
    services: Services, people: People, clock: SetClock, name: str, stored: bool
) -> None:
    """Rule 16: every reader saw that the deferral was over."""
    version = move(DEFERRED)(services, people.handler, 1, 1).version
    clock.forward(days=3)
    if stored:
        services.housekeeping.run()
    assert EVERY[name](services, people.handler, 1, version).version == version + 2


def test_the_due_date_counts_the_pause_of_one_and_the_priority_of_the_other(
    database: Database, services: Services, people: People, clock: SetClock
) -> None:
    """Rule 22: it follows from both, whoever came first."""
    version = give(Priority.LOW)(services, people.lead, 1, 1).version
    clock.forward(minutes=30)
    move(WAITING)(services, people.lead, 1, version)
    give(Priority.CRITICAL)(services, people.handler, 1, version)
    clock.forward(hours=1)
    services.triage.set_state(people.lead, 1, None, StateChange(State.IN_PROGRESS))
    assert found(database, 1, clock()).fields.sla_due == START + timedelta(hours=5)


@pytest.mark.parametrize("version", [-1, 0, 3, 10**9])
def test_a_version_that_never_was_is_refused_in_a_sentence(
    database: Database, services: Services, people: People, version: int
) -> None:
    give(Priority.LOW)(services, people.lead, 1, 1)
    decide = partial(give(Priority.HIGH), services, people.handler, 1, version)
    assert refused(Conflict, database, decide) == "INC0000001 was changed by S. Lead."


def test_what_was_not_possible_before_and_is_not_now_is_no_conflict(
    database: Database, services: Services, people: People
) -> None:
    services.triage.assign(people.lead, 1, 1, Assignee(team="Networks"))
    decide = partial(give(Priority.NONE), services, people.handler, 1, 1)
    assert refused(InvalidInput, database, decide) == "The priority is 0 – None already."


def test_other_incidents_are_named_by_their_numbers(
    database: Database, services: Services, people: People
) -> None:
    services.report.log(people.head, new_form())
    services.triage.link(people.lead, 1, 1, 2)
    conflict = conflict_of(
        database, services, people, lambda services, actor, number, version: services.triage.link(
            actor, number, version, 3
        )
    )  # fmt: skip
    (under,) = conflict.fields
    assert (under.name, under.saw, under.now, under.yours) == (
        "Under", "none", "INC0000002", "INC0000003",
    )  # fmt: skip


def test_an_undo_is_refused_with_who_changed_what_since(
    database: Database, services: Services, people: People, clock: SetClock
) -> None:
    give(Priority.LOW)(services, people.handler, 1, 1)
    clock.forward(minutes=5)
    services.triage.assign(people.lead, 1, None, Assignee(team="Networks"))
    before = contents(database)
    with pytest.raises(VersionConflict, match=r"S\. Lead has touched it since\.") as error:
        services.triage.undo(people.handler, 1)
    assert contents(database) == before
    at = START + timedelta(minutes=5)
    assert error.value.conflict.fields == (
        FieldConflict(name="State", saw="In Progress", now="In Progress", yours="New"),
        FieldConflict(name="Priority", saw="4 – Low", now="4 – Low", yours="0 – None"),
        FieldConflict(name="Due", saw="17-06-2026 11:52", now="17-06-2026 11:52", yours="none"),
        FieldConflict(name="Assigned to", saw="nobody", now="team Networks", by="S. Lead", at=at),
    )
    assert error.value.conflict.refusal == "Only what was changed last can be taken back."


def test_what_goes_beside_anothers_decision_is_taken_back_without_touching_it(
    database: Database, services: Services, people: People
) -> None:
    services.triage.assign(people.lead, 1, 1, Assignee(team="Networks"))
    before = found(database, 1, START).fields
    give(Priority.LOW)(services, people.handler, 1, 1)
    services.triage.undo(people.handler, 1)
    assert found(database, 1, START).fields == before


def test_comments_go_through_in_order_whatever_is_decided_between(
    services: Services, people: People
) -> None:
    """Rule 37: a comment is never refused for another's comment."""
    said = []
    for turn, (author, decide) in enumerate(
        [
            (people.handler, give(Priority.LOW)),
            (people.lead, EVERY["assign to a team"]),
            (people.head, move(WAITING)),
            (people.handler, move(StateChange(State.IN_PROGRESS))),
            (people.bursar, EVERY["link"]),
        ]
    ):
        services.conversation.comment(author, 1, f"Comment {turn}", f"key-{turn}")
        decide(services, people.lead, 1, None)
        said.append(f"Comment {turn}")
    assert [each.body for each in services.queue.open(people.handler, 1).comments] == said
