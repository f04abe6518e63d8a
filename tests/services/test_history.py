"""Looking back: what happened to an incident, who was let in, and why something is due."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from eds_tui.domain.errors import NotAllowed, NotFound, SignInRefused
from eds_tui.domain.event import EventKind
from eds_tui.domain.history import in_words
from eds_tui.domain.lifecycle import State
from eds_tui.domain.priority import Priority
from eds_tui.domain.triage import Assignee, StateChange
from eds_tui.repository.unit_of_work import Database
from eds_tui.services.container import Services
from eds_tui.services.history import MOST_SHOWN
from tests.factories import PASSWORD, START, People, SetClock, new_form
from tests.london import london
from tests.services.triage_steps import ASKED, DEFERRED, RESOLVED

pytestmark = pytest.mark.long_on_postgres


def lines(services: Services, people: People, number: int = 1) -> list[str]:
    """Return the history of an incident in words, without the day."""
    events = services.history.of_incident(people.handler, number)
    return [re.sub(r"^\d\d-\d\d-\d{4} ", "", in_words(event)) for event in events]


def test_a_life_is_told_in_order_with_who_what_from_and_to(
    services: Services, people: People, clock: SetClock
) -> None:
    services.report.log(people.head, new_form())
    clock.forward(minutes=1)
    services.triage.set_priority(people.handler, 1, None, Priority.MEDIUM)
    clock.forward(minutes=1)
    services.triage.assign(people.handler, 1, None, Assignee(people.lead.id, "S. Lead"))
    services.triage.set_state(people.lead, 1, None, ASKED)
    clock.forward(minutes=1)
    services.conversation.comment(people.bursar, 1, "The library's.", "one")
    services.conversation.work_note(people.handler, 1, "Known fault.", "two")
    clock.forward(minutes=1)
    services.triage.set_confidential(people.handler, 1, None, True, "A pupil is named.")
    services.queue.open(people.lead, 1)
    services.triage.undo(people.handler, 1, "Nobody is.")
    assert lines(services, people) == [
        "11:52:00  Test User logged it",
        (
            "11:53:00  A. Handler changed state: New → In Progress;"
            " priority: 0 – None → 3 – Medium;"
            " due: none → 15-06-2026 11:52:00"
        ),
        "11:54:00  A. Handler changed assigned to: none → S. Lead",
        "11:54:00  S. Lead changed state: In Progress → On Hold (Awaiting Customer Update)",
        "11:55:00  Bursar wrote a comment",
        (
            "11:55:00  Bursar changed state: On Hold (Awaiting Customer Update) → In Progress;"
            " flag: none → customer replied; due: 15-06-2026 11:52:00 → 15-06-2026 11:53:00"
        ),
        "11:55:00  A. Handler wrote a work note",
        "11:56:00  A. Handler changed confidential: no → yes (reason: A pupil is named.)",
        "11:56:00  S. Lead opened it (confidential) (INC0000001)",
        ("11:56:00  A. Handler took back confidential: yes → no (reason: Nobody is.)"),
    ]


def test_what_the_clock_did_is_told_at_its_own_moment(
    services: Services, people: People, clock: SetClock
) -> None:
    services.report.log(people.head, new_form())
    services.triage.set_state(people.handler, 1, None, DEFERRED)
    clock.forward(days=4)
    services.triage.set_state(people.handler, 1, None, RESOLVED)
    clock.forward(days=4)
    services.housekeeping.run()
    events = services.history.of_incident(people.handler, 1)
    assert [(event.at, event.kind, event.actor) for event in events] == [
        (START, EventKind.INCIDENT_LOGGED, "Test User"),
        (START, EventKind.TRIAGED, "A. Handler"),
        (START + timedelta(days=2), EventKind.CLOCK, ""),
        (START + timedelta(days=4), EventKind.TRIAGED, "A. Handler"),
        (START + timedelta(days=5), EventKind.CLOCK, ""),
    ]
    assert lines(services, people)[2] == (
        "11:52:00  the program changed state: On Hold (Customer Deferral) → In Progress;"
        " deferred until: 12-06-2026 11:52:00 → none; flag: none → deferral ended"
    )


def test_a_history_is_of_one_incident_and_of_one_that_is_there(
    services: Services, people: People
) -> None:
    services.report.log(people.head, new_form())
    services.report.log(people.neighbour, new_form())
    assert lines(services, people, 2) == ["11:52:00  Neighbour logged it"]
    for number in (3, 0, -1, 10**30):
        with pytest.raises(NotFound):
            services.history.of_incident(people.handler, number)
        with pytest.raises(NotFound):
            services.history.why_due(people.handler, number)


def test_leads_see_sign_ins_and_who_opened_confidential_incidents_newest_first(
    services: Services, people: People, clock: SetClock
) -> None:
    services.report.log(people.head, new_form(confidential=True))
    services.report.log(people.head, new_form())
    clock.forward(minutes=1)
    handler = services.sign_in.sign_in("handler", PASSWORD)
    clock.forward(minutes=1)
    services.queue.open(handler, 1)
    services.queue.open(handler, 2)
    with pytest.raises(SignInRefused):
        services.sign_in.sign_in("30112EDU", "a wrong password")
    services.sign_in.sign_out(handler)
    seen = services.history.watched(people.lead)
    assert [(event.kind, event.actor) for event in seen] == [
        (EventKind.SIGNED_OUT, "A. Handler"),
        (EventKind.SIGN_IN_REFUSED, ""),
        (EventKind.CONFIDENTIAL_OPENED, "A. Handler"),
        (EventKind.SIGNED_IN, "A. Handler"),
    ]


def test_a_lead_is_told_which_incident_was_opened(services: Services, people: People) -> None:
    """A read of a confidential incident says nothing without its number."""
    services.report.log(people.head, new_form())
    services.report.log(people.head, new_form(confidential=True))
    services.queue.open(people.handler, 2)
    (opened,) = services.history.watched(people.lead)
    assert "INC0000002" in in_words(opened)


def test_only_the_latest_are_shown(database: Database, services: Services, people: People) -> None:
    with database.writing() as work:
        for _ in range(MOST_SHOWN + 5):
            work.events.add(EventKind.SIGNED_IN, START, people.handler)
        work.events.add(EventKind.SIGNED_OUT, START, people.handler)
        work.commit()
    seen = services.history.watched(people.lead)
    assert len(seen) == MOST_SHOWN
    assert seen[0].kind is EventKind.SIGNED_OUT


def test_handlers_do_not_watch_one_another(services: Services, people: People) -> None:
    with pytest.raises(NotAllowed):
        services.history.watched(people.handler)


def test_why_it_is_due_is_told_stretch_by_stretch_with_its_holds(
    services: Services, people: People, clock: SetClock
) -> None:
    services.report.log(people.head, new_form())
    services.triage.set_priority(people.handler, 1, None, Priority.CRITICAL)
    clock.now = london(2026, 6, 10, 13)
    services.triage.set_state(people.handler, 1, None, ASKED)
    clock.now = london(2026, 6, 10, 14, 30)
    services.triage.set_state(people.handler, 1, None, StateChange(State.IN_PROGRESS))
    assert services.history.why_due(people.handler, 1) == (
        "Priority 1 – Critical: target 4 hours.",
        "Wed 10 Jun 11:52 to 13:00  running, 1 h 8 min",
        (
            "Wed 10 Jun 13:00 to 14:30"
            "  paused (On Hold (Awaiting Customer Update)), 1 h 30 min not counted"
        ),
        "Wed 10 Jun 14:30 to 17:00  running, 2 h 30 min",
        "Wed 10 Jun 17:00 to Thu 11 Jun 08:00  closed hours",
        "Thu 11 Jun 08:00 to 08:22  running, 22 min",
    )
    assert services.queue.open(people.handler, 1).row.sla_due == london(2026, 6, 11, 8, 22)


@pytest.mark.parametrize("priority", [Priority.NONE, Priority.ADVICE])
def test_what_is_promised_for_nothing_is_not_due(
    services: Services, people: People, priority: Priority
) -> None:
    services.report.log(people.head, new_form())
    if priority is not Priority.NONE:
        services.triage.set_priority(people.handler, 1, None, priority)
    assert services.history.why_due(people.handler, 1) == (
        f"Priority {priority.label}: target none.",
        "Nothing is promised for this priority, so there is no due date.",
    )
