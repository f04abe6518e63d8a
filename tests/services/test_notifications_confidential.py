"""What is confidential is told to nobody, and what waits is dropped when it is hidden (rule 25)."""

from __future__ import annotations

import pytest
from sqlalchemy import select, update

from eds_tui.domain.notification import NotificationKind
from eds_tui.domain.priority import Priority
from eds_tui.repository.tables import metadata
from eds_tui.repository.unit_of_work import Database
from eds_tui.services.container import Services
from tests.factories import START, People, SetClock, new_form
from tests.services.mailbox import HEAD, New, queued, services, told
from tests.services.triage_steps import ASKED, DEFERRED, REOPENED, RESOLVED

__all__ = ["queued", "services"]


@pytest.fixture
def number(services: Services, people: People, queued: New) -> int:
    """An incident of the head's, whose own notification has been looked at."""
    number = services.report.log(people.head, new_form()).number
    queued()
    return number


def test_nothing_at_all_is_told_of_a_confidential_incident(
    services: Services, people: People, clock: SetClock, queued: New
) -> None:
    """Rule 24, through its whole life."""
    services.report.log(people.head, new_form())
    services.report.log(people.head, new_form(confidential=True))
    queued()
    services.triage.set_priority(people.handler, 2, None, Priority.CRITICAL)
    services.conversation.comment(people.handler, 2, "We are on it.", "one")
    for change in (ASKED, DEFERRED):
        services.triage.set_state(people.handler, 2, None, change)
    clock.forward(days=2)
    services.housekeeping.run()
    services.conversation.comment(people.handler, 2, "Words.", "two", caller="Test Bursar")
    for change in (RESOLVED, REOPENED, RESOLVED):
        services.triage.set_state(people.handler, 2, None, change)
    services.triage.undo(people.handler, 2, "By mistake.")
    services.triage.close_as_duplicate(people.handler, 2, None, 1)
    clock.forward(days=2)
    services.housekeeping.run()
    assert queued() == []


def test_hiding_an_incident_drops_what_has_not_been_sent_and_no_more(
    database: Database, services: Services, people: People, number: int, queued: New
) -> None:
    """Rule 25: what was sent stays on record, and other incidents keep theirs."""
    notifications = metadata.tables["notifications"]
    with database.engine.begin() as connection:
        connection.execute(update(notifications).values(sent_at=START))
    services.conversation.comment(people.handler, number, "We are on it.", "one")
    services.report.log(people.head, new_form())
    services.triage.set_confidential(people.handler, number, None, True, "A pupil is named.")
    with database.engine.connect() as connection:
        left = connection.execute(
            select(notifications.c.incident_id, notifications.c.kind, notifications.c.sent_at)
        ).all()
    assert [tuple(row) for row in left] == [(1, "logged", START), (2, "logged", None)]


def test_what_is_shown_again_is_told_of_from_then_on(
    services: Services, people: People, number: int, queued: New
) -> None:
    services.triage.set_confidential(people.handler, number, None, True, "A pupil is named.")
    services.conversation.comment(people.handler, number, "Private.", "one")
    services.triage.set_confidential(people.handler, number, None, False, "Nobody is named.")
    queued()
    services.conversation.comment(people.handler, number, "Public.", "two")
    assert told(queued) == [(NotificationKind.COMMENT, HEAD, "Public.")]
