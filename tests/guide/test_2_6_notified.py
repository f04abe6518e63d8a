"""Guide 2.6 and 3: who is notified of what, and at which address (rule 28)."""

from __future__ import annotations

import pytest

from eds_tui.domain.school_change import SchoolChange
from eds_tui.repository.unit_of_work import Database
from eds_tui.services.container import Services
from tests.factories import People, SetClock, new_form
from tests.london import london
from tests.services.mailbox import DESK, HEAD, New, queued, services, told
from tests.services.triage_steps import ASKED, DECISIONS, ORIGINAL, RESOLVED, found

__all__ = ["queued", "services"]

MONDAY = london(2026, 6, 8, 10)


def log(services: Services, people: People, clock: SetClock) -> None:
    """Log an incident on a Monday."""
    clock.now = MONDAY
    services.report.log(people.head, new_form())


@pytest.mark.parametrize("name", list(DECISIONS))
def test_rule_28_every_change_of_state_and_no_other_decision_is_told_to_the_school(
    database: Database, services: Services, people: People, clock: SetClock, name: str
) -> None:
    """Guide 2.6: the address is notified each time the incident comes to another state."""
    log(services, people, clock)
    log(services, people, clock)
    assert ORIGINAL == 2
    row_id = found(database, 1, clock()).id
    before = services.queue.open(people.handler, 1).row.state
    after = DECISIONS[name](services, people.handler, 1, None)
    with database.reading() as work:
        waiting = work.notifications.waiting(row_id)
    expected = 0 if after.confidential else 1 + (after.state is not before)
    assert waiting == expected


def test_the_notified_address_can_be_changed_and_serves_all_incidents_of_the_school(
    services: Services, people: People
) -> None:
    """By a lead, whom the service centre's address is written to for it."""
    another = SchoolChange(email="office@test-school.example")
    services.schools.change(people.lead, people.school.id, another)
    call = new_form(school_id=people.school.id, caller="Test Bursar")
    for actor, form in (
        (people.head, new_form()),
        (people.bursar, new_form(telephone="Jo")),
        (people.handler, call),
    ):
        assert services.report.log(actor, form).notified == "office@test-school.example"


def test_each_side_is_notified_of_what_the_other_adds_and_of_every_state(
    services: Services, people: People, queued: New
) -> None:
    """Guide 2.6 and 3: the school at its one address, the service centre at its mailbox."""
    services.report.log(people.bursar, new_form(telephone="Jo"))
    assert told(queued) == [("logged", HEAD, "")]
    services.triage.set_state(people.handler, 1, None, ASKED)
    assert told(queued) == [("state", HEAD, "Which printer is it?")]
    services.conversation.comment(people.bursar, 1, "This one.", "key")
    assert told(queued) == [("comment", DESK, "This one."), ("state", HEAD, "")]
    services.conversation.comment(people.handler, 1, "We are on it.", "another key")
    assert told(queued) == [("comment", HEAD, "We are on it.")]
    services.triage.set_state(people.handler, 1, None, RESOLVED)
    assert [(kind, to) for kind, to, _ in told(queued)] == [("resolved", HEAD)]
