"""Guide 2.6: the school's two lists (rules 11, 12, 15 and 18)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from eds_tui.domain.account import Account
from eds_tui.domain.clock import LONDON
from eds_tui.domain.lifecycle import State
from eds_tui.domain.views import ListQuery, View, Window
from eds_tui.repository.unit_of_work import Database
from eds_tui.services.container import Services
from tests.factories import People, SetClock, new_form, set_state

pytestmark = pytest.mark.long_on_postgres


def opened(services: Services, actor: Account) -> list[int]:
    """Return the numbers of the list of open incidents."""
    return [row.number for row in services.queue.page(actor, ListQuery(View.OPEN), Window()).rows]


def closed(services: Services, actor: Account, school_id: int | None = None) -> list[int]:
    """Return the numbers of the list of closed incidents."""
    return [row.number for row in services.queue.latest_closed(actor, school_id).rows]


def test_rule_11_the_open_list_has_everybodys_newest_first_with_what_the_guide_shows(
    services: Services, people: People, clock: SetClock
) -> None:
    """Guide 2.6: a new incident is on top, with reference, details, contact and state."""
    services.report.log(people.head, new_form(description="First"))
    clock.forward(minutes=1)
    services.report.log(people.bursar, new_form(description="Second", telephone="Jo 01772 123456"))
    clock.forward(minutes=1)
    call = new_form(description="Third", school_id=people.school.id, caller="Mrs Testing")
    services.report.log(people.handler, call)
    for actor in (people.head, people.bursar):
        rows = services.queue.page(actor, ListQuery(View.OPEN), Window()).rows
        assert [
            (row.reference, row.details, row.contact_name, row.state.label) for row in rows
        ] == [
            ("INC0000003", "Third", "Mrs Testing", "New"),
            ("INC0000002", "Second", "Bursar", "New"),
            ("INC0000001", "First", "Test User", "New"),
        ]
    assert opened(services, people.neighbour) == []


@pytest.mark.parametrize("state", [state for state in State if state is not State.CLOSED])
def test_rule_11_every_state_but_closed_stays_in_the_open_list(
    database: Database, services: Services, people: People, clock: SetClock, state: State
) -> None:
    """Guide 2.6: all open incidents are listed, whatever their state."""
    services.report.log(people.head, new_form())
    set_state(database, people, 1, state, clock())
    (row,) = services.queue.page(people.head, ListQuery(View.OPEN), Window()).rows
    assert row.state is state
    assert closed(services, people.head) == []


def test_rule_12_the_closed_list_has_the_latest_20_newest_closed_first(
    database: Database, services: Services, people: People, clock: SetClock
) -> None:
    """Guide 2.6: the 20 most recently closed incidents can be read."""
    for _ in range(22):
        services.report.log(people.head, new_form())
    for number in (*range(2, 23), 1):
        set_state(database, people, number, State.RESOLVED, clock())
        clock.forward(minutes=1)
    clock.forward(hours=24)
    page = services.queue.latest_closed(people.head)
    assert [row.number for row in page.rows] == [1, *range(22, 3, -1)]
    assert {row.state for row in page.rows} == {State.CLOSED}
    assert (page.newer, page.older) == (False, False)
    assert closed(services, people.handler, people.school.id) == closed(services, people.head)
    assert closed(services, people.neighbour) == []


@pytest.mark.parametrize("passed", [timedelta(hours=24, microseconds=-1), timedelta(hours=24)])
def test_rule_18_resolved_becomes_closed_exactly_24_hours_later_for_every_reader(
    database: Database, services: Services, people: People, clock: SetClock, passed: timedelta
) -> None:
    """Guide 2.6: a resolved incident stays in the list for 24 hours, then it is closed."""
    services.report.log(people.head, new_form())
    set_state(database, people, 1, State.RESOLVED, clock())
    clock.now += passed
    is_closed = passed == timedelta(hours=24)
    state = State.CLOSED if is_closed else State.RESOLVED
    for actor in (people.head, people.bursar, people.handler, people.lead):
        assert services.queue.open(actor, 1).row.state is state
        assert opened(services, actor) == ([] if is_closed else [1])
        assert closed(services, actor) == ([1] if is_closed else [])
        counts = services.queue.counts(actor)
        assert (counts[View.OPEN], counts[View.RESOLVED]) == ((0, 0) if is_closed else (1, 1))
    card = services.schools.card(people.handler, people.school.id)
    assert len(card.open.rows) == (0 if is_closed else 1)


def test_rule_18_24_hours_are_counted_through_the_night_on_which_the_clocks_go_back(
    database: Database, services: Services, people: People, clock: SetClock
) -> None:
    """Resolved 25 Oct 2026 01:30 BST, closed 26 Oct 00:30 GMT."""
    resolved = datetime(2026, 10, 25, 1, 30, tzinfo=LONDON)
    closes = datetime(2026, 10, 26, 0, 30, tzinfo=LONDON)
    clock.now = resolved.astimezone(UTC)
    services.report.log(people.head, new_form())
    set_state(database, people, 1, State.RESOLVED, clock())
    clock.now = closes.astimezone(UTC) - timedelta(microseconds=1)
    assert opened(services, people.head) == [1]
    clock.now = closes.astimezone(UTC)
    assert closed(services, people.head) == [1]
    assert services.queue.open(people.head, 1).row.closes_at == closes


def test_rule_18_a_comment_does_not_put_the_closing_off(
    database: Database, services: Services, people: People, clock: SetClock
) -> None:
    """Guide 2.6: it remains resolved for 24 hours, whatever is said meanwhile."""
    services.report.log(people.head, new_form())
    set_state(database, people, 1, State.RESOLVED, clock())
    clock.forward(hours=23)
    assert services.conversation.comment(people.head, 1, "It is back.", "key") is State.RESOLVED
    assert services.queue.open(people.head, 1).row.state is State.RESOLVED
    clock.forward(hours=1)
    assert services.queue.open(people.head, 1).row.state is State.CLOSED
    assert [comment.body for comment in services.queue.open(people.head, 1).comments] == [
        "It is back."
    ]


def test_rule_18_a_process_that_closes_it_later_does_not_change_when_it_was_resolved(
    database: Database, services: Services, people: People, clock: SetClock
) -> None:
    """Guide 3: the 24 hours begin when it was marked as resolved."""
    services.report.log(people.head, new_form())
    resolved = clock()
    set_state(database, people, 1, State.RESOLVED, resolved)
    clock.forward(hours=30)
    before = services.queue.open(people.handler, 1)
    set_state(database, people, 1, State.CLOSED, clock())
    after = services.queue.open(people.handler, 1)
    now = replace(after.row, version=before.row.version, late=before.row.late)
    assert replace(after, row=replace(now, paused=before.row.paused)) == before
    assert before.resolved_at == resolved
    assert closed(services, people.head) == [1]
