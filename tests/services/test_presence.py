"""Saying that one is writing, and seeing who else is (rules 24 and 27)."""

from __future__ import annotations

import pytest

from eds_tui.domain.account import Account
from eds_tui.domain.presence import FRESH, SAY_EVERY, Writer, Writing
from eds_tui.repository.unit_of_work import Database
from eds_tui.services.container import Services
from tests.factories import People, SetClock, new_form

pytestmark = pytest.mark.long_on_postgres

COMMENT, NOTE = Writing(1), Writing(1, internal=True)


@pytest.fixture(autouse=True)
def _an_incident(services: Services, people: People) -> None:
    services.report.log(people.head, new_form())


def names(
    services: Services, reader: Account, session: str = "reader", number: int = 1
) -> list[str]:
    """Return the names of those whom a reader sees writing."""
    return [each.name for each in services.presence.others(reader, session, number)]


def test_a_comment_that_is_being_written_is_seen_by_all_who_may_see_the_incident(
    services: Services, people: People
) -> None:
    services.presence.say(people.lead, "one", COMMENT)
    assert services.presence.others(people.handler, "two", 1) == (
        Writer(name="S. Lead", service_centre=True),
    )
    assert names(services, people.head) == ["S. Lead"]
    assert names(services, people.neighbour) == []
    assert names(services, people.lead, "one") == []
    assert names(services, people.handler, number=2) == []


def test_rule_27_no_school_learns_that_a_work_note_is_being_written(
    services: Services, people: People
) -> None:
    services.presence.say(people.lead, "one", NOTE)
    assert names(services, people.handler) == ["S. Lead"]
    assert names(services, people.head) == []


def test_rule_24_no_school_learns_who_writes_on_what_was_made_confidential(
    services: Services, people: People
) -> None:
    services.presence.say(people.bursar, "school", COMMENT)
    services.triage.set_confidential(people.lead, 1, None, True, "Asked")
    assert names(services, people.head) == []
    assert names(services, people.handler) == ["Bursar"]
    services.presence.say(people.bursar, "school", COMMENT)
    assert names(services, people.handler) == []


def test_a_school_cannot_say_that_it_writes_on_what_it_may_not_see(
    services: Services, people: People
) -> None:
    services.presence.say(people.neighbour, "one", COMMENT)
    assert names(services, people.handler) == []


def test_ones_own_other_session_is_told_apart(services: Services, people: People) -> None:
    services.presence.say(people.lead, "one", COMMENT)
    services.presence.say(people.bursar, "two", COMMENT)
    seen = {each.name: (each.own, each.shared) for each in
            services.presence.others(people.lead, "three", 1)}  # fmt: skip
    assert seen == {"S. Lead": (True, False), "Bursar": (False, True)}


def test_it_ends_when_it_is_said_and_by_itself_when_nothing_is_said(
    services: Services, people: People, clock: SetClock
) -> None:
    services.presence.say(people.lead, "one", COMMENT)
    services.presence.say(people.lead, "one", None)
    assert names(services, people.handler) == []
    services.presence.say(people.lead, "one", COMMENT)
    clock.forward(seconds=FRESH.total_seconds() - 1)
    assert names(services, people.handler) == ["S. Lead"]
    clock.forward(seconds=1)
    assert names(services, people.handler) == []
    services.presence.say(people.lead, "one", COMMENT)
    assert names(services, people.handler) == ["S. Lead"]
    assert SAY_EVERY * 2 < FRESH


def test_a_session_is_at_one_incident_at_a_time_and_leaves_no_event(
    services: Services, people: People, database: Database
) -> None:
    services.report.log(people.head, new_form())
    with database.reading() as work:
        before = work.events.latest_ids()
    services.presence.say(people.lead, "one", COMMENT)
    services.presence.say(people.lead, "one", Writing(2, internal=True))
    assert (names(services, people.handler), names(services, people.handler, number=2)) == (
        [],
        ["S. Lead"],
    )
    with database.reading() as work:
        assert work.events.latest_ids() == before


def test_what_sessions_that_died_have_left_is_cleared_away(
    services: Services, people: People, clock: SetClock, database: Database
) -> None:
    for session in ("one", "two"):
        services.presence.say(people.lead, session, COMMENT)
    clock.forward(minutes=5)
    services.presence.say(people.handler, "three", COMMENT)
    with database.reading() as work:
        assert work.presence.sessions() == ("one", "three", "two")
    clock.forward(seconds=1)
    services.presence.say(people.handler, "four", COMMENT)
    with database.reading() as work:
        assert work.presence.sessions() == ("four", "three")
