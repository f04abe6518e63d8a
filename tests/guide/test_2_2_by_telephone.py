"""Guide 2.2: the service centre changes whether an incident is confidential (rules 25 and 26)."""

from __future__ import annotations

import pytest

from eds_tui.domain.errors import InvalidInput, NotAllowed, NotFound
from eds_tui.domain.event import EventKind
from eds_tui.domain.views import ListQuery, View, Window
from eds_tui.repository.unit_of_work import Database
from eds_tui.services.container import Services
from tests.factories import People, SetClock, new_form
from tests.london import london
from tests.services.triage_steps import ASKED, REOPENED, RESOLVED, WAITING, events_of, found

MONDAY = london(2026, 6, 8, 10)


def log(services: Services, people: People, clock: SetClock) -> None:
    """Log an incident on a Monday."""
    clock.now = MONDAY
    services.report.log(people.head, new_form())


def test_rule_25_only_the_service_centre_changes_it_with_a_reason_and_each_flip_is_kept(
    database: Database, services: Services, people: People, clock: SetClock
) -> None:
    """Guide 2.2: to change the confidentiality one has to call the ICT Service Centre."""
    log(services, people, clock)
    with pytest.raises(NotAllowed):
        services.triage.set_confidential(people.head, 1, None, True, "Please.")
    with pytest.raises(InvalidInput):
        services.triage.set_confidential(people.handler, 1, None, True, " ")
    services.triage.set_confidential(people.handler, 1, None, True, "A pupil is named.")
    services.triage.set_confidential(people.lead, 1, None, False, "Nobody is named.")
    flips = [
        (event.actor, event.details["changed"], event.details["reason"])
        for event in events_of(database, 1, clock())
        if event.kind is EventKind.TRIAGED
    ]
    assert flips == [
        ("A. Handler", {"confidential": [False, True]}, "A pupil is named."),
        ("S. Lead", {"confidential": [True, False]}, "Nobody is named."),
    ]


def test_rule_25_hidden_it_is_gone_from_the_school_at_its_next_look_and_back_when_shown(
    services: Services, people: People, clock: SetClock
) -> None:
    """Guide 2.2: changed by telephone, it leaves the list of the school, or comes back."""
    log(services, people, clock)

    def listed() -> list[int]:
        rows = services.queue.page(people.head, ListQuery(View.ALL), Window()).rows
        return [row.number for row in rows]

    assert listed() == [1]
    services.triage.set_confidential(people.handler, 1, None, True, "A pupil is named.")
    assert listed() == []
    with pytest.raises(NotFound):
        services.queue.open(people.head, 1)
    services.triage.set_confidential(people.handler, 1, None, False, "Nobody is named.")
    assert listed() == [1]


def test_rule_25_hiding_it_drops_what_waits_to_be_sent(
    database: Database, services: Services, people: People, clock: SetClock
) -> None:
    """Guide 2.6: no update of a confidential incident is notified."""
    log(services, people, clock)
    row_id = found(database, 1, clock()).id
    with database.reading() as work:
        assert work.notifications.waiting(row_id) == 1
    services.triage.set_confidential(people.handler, 1, None, True, "A pupil is named.")
    with database.reading() as work:
        assert work.notifications.waiting(row_id) == 0


def test_rule_26_deciding_on_a_confidential_incident_keeps_it_so(
    services: Services, people: People, clock: SetClock
) -> None:
    """Guide 2.2: it stays confidential while it is worked on."""
    clock.now = MONDAY
    services.report.log(people.head, new_form(confidential=True))
    for change in (ASKED, WAITING, RESOLVED, REOPENED):
        row = services.triage.set_state(people.handler, 1, None, change)
        assert row.confidential
