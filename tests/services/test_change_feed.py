"""The event log as a change feed (rules 24, 25, 30)."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import insert

from eds_tui.domain.account import Account
from eds_tui.domain.event import EventKind
from eds_tui.domain.priority import Priority
from eds_tui.domain.remote_changes import MISSED_FOR, Bookmark, RemoteChanges
from eds_tui.repository.tables import events
from eds_tui.repository.unit_of_work import Database
from eds_tui.services.change_feed import AT_ONCE
from eds_tui.services.container import Services
from tests.factories import START, People, SetClock, new_form
from tests.repository.statements import plan, statements

pytestmark = pytest.mark.on_both

EVERYTHING = RemoteChanges(everything=True)


class Reader:
    """Somebody who looks at the feed now and then."""

    def __init__(self, services: Services, account: Account) -> None:
        self._desk = services
        self._account = account
        self._bookmark: Bookmark | None = None
        assert self.fetch() == EVERYTHING

    def fetch(self) -> RemoteChanges:
        """Return what is new since the last time."""
        self._bookmark, news = self._desk.feed.since(self._account, self._bookmark)
        return news


@pytest.fixture
def handler(services: Services, people: People) -> Reader:
    """A reader at the service centre, after two incidents."""
    services.report.log(people.head, new_form())
    services.report.log(people.neighbour, new_form())
    return Reader(services, people.handler)


CHANGES: dict[str, Callable[[Services, People], object]] = {
    "comment": lambda services, people: services.conversation.comment(people.head, 1, "Hm", "c"),
    "note": lambda services, people: services.conversation.work_note(people.lead, 1, "Hm", "n"),
    "priority": lambda services, people: services.triage.set_priority(
        people.lead, 1, None, Priority.LOW
    ),
    "hide": lambda services, people: services.triage.set_confidential(
        people.lead, 1, None, True, "Asked"
    ),
}


@pytest.mark.parametrize("name", list(CHANGES))
def test_each_change_is_told_once_with_its_number(
    handler: Reader, services: Services, people: People, name: str
) -> None:
    CHANGES[name](services, people)
    assert handler.fetch() == RemoteChanges(frozenset({1}), marks=int(name == "comment"))
    assert handler.fetch() == RemoteChanges()


def test_a_new_incident_is_told(handler: Reader, services: Services, people: People) -> None:
    services.report.log(people.head, new_form())
    assert handler.fetch() == RemoteChanges(frozenset({3}))


def test_what_hangs_on_a_major_incident_is_news_of_that_one_too(
    handler: Reader, services: Services, people: People
) -> None:
    services.triage.link(people.lead, 2, None, 1)
    assert handler.fetch() == RemoteChanges(frozenset({1, 2}))


def test_opening_a_confidential_incident_or_signing_out_is_no_news(
    handler: Reader, services: Services, people: People
) -> None:
    services.report.log(people.head, new_form(confidential=True))
    handler.fetch()
    services.queue.open(people.lead, 3)
    services.sign_in.sign_out(people.lead)
    assert not handler.fetch()


def test_rules_24_and_25_a_school_hears_of_its_own_and_of_the_moment_one_is_hidden(
    handler: Reader, services: Services, people: People
) -> None:
    school, neighbour = Reader(services, people.head), Reader(services, people.neighbour)
    services.conversation.work_note(people.lead, 1, "Between us", "n")
    assert not school.fetch()
    services.conversation.comment(people.lead, 1, "For the school", "c")
    assert school.fetch() == RemoteChanges(everything=True, marks=1)
    services.triage.set_confidential(people.lead, 1, None, True, "Asked")
    assert school.fetch() == EVERYTHING
    services.conversation.comment(people.lead, 1, "Hidden", "d")
    services.report.log(people.head, new_form(confidential=True))
    assert not school.fetch()
    assert not neighbour.fetch()


def add_event(database: Database, event_id: int, incident_id: int) -> None:
    """Let an event show itself under an id of its own choice."""
    with database.writing() as work:
        work._connection.execute(
            insert(events).values(
                id=event_id, at=START, kind=EventKind.TRIAGED.value, actor="", details={},
                incident_id=incident_id,
            )
        )  # fmt: skip
        work.commit()


def test_an_event_that_shows_itself_late_under_a_smaller_id_is_still_told(
    handler: Reader, database: Database, clock: SetClock
) -> None:
    with database.reading() as work:
        last = max(work.events.latest_ids())
    add_event(database, last + 3, 1)
    assert handler.fetch() == RemoteChanges(frozenset({1}))
    clock.forward(seconds=MISSED_FOR.total_seconds() - 1)
    add_event(database, last + 1, 2)
    assert handler.fetch() == RemoteChanges(frozenset({2}))
    assert not handler.fetch()
    clock.forward(seconds=2)
    assert not handler.fetch()
    add_event(database, last + 2, 2)
    assert not handler.fetch()


@pytest.mark.on_postgres
def test_a_transaction_that_is_held_open_is_told_when_it_ends(
    handler: Reader, database: Database, database_url: str, services: Services, people: People
) -> None:
    other = Database.at(database_url)
    with other.writing() as slow:
        found = slow.incidents.find(people.lead.scope, 2, START)
        assert found is not None
        slow.events.add(EventKind.TRIAGED, START, people.lead, incident_id=found.id)
        services.conversation.comment(people.head, 1, "Quicker", "c")
        assert handler.fetch() == RemoteChanges(frozenset({1}), marks=1)
        assert not handler.fetch()
        slow.commit()
    other.close()
    assert handler.fetch() == RemoteChanges(frozenset({2}))
    assert not handler.fetch()


def test_a_reader_who_was_long_away_is_told_that_anything_may_have_changed(
    handler: Reader, database: Database, people: People
) -> None:
    with database.writing() as work:
        for _ in range(AT_ONCE):
            work.events.add(EventKind.TRIAGED, START, people.lead)
        work.commit()
    assert handler.fetch() == EVERYTHING
    assert not handler.fetch()


@pytest.mark.on_sqlite
def test_a_look_goes_by_primary_keys_alone(handler: Reader, database: Database) -> None:
    with database.reading() as work:
        last = max(work.events.latest_ids())
    add_event(database, last + 2, 1)
    handler.fetch()
    with statements(database) as found:
        handler.fetch()
    looks = [statement for statement in found if statement[0].startswith("SELECT")]
    assert ["accounts" in sql for sql, _ in looks] == [True, False, False]
    for statement in looks:
        steps = plan(database, statement)
        assert {step.split(" ")[0] for step in steps} == {"SEARCH"}
        assert all("INTEGER PRIMARY KEY" in step for step in steps)
