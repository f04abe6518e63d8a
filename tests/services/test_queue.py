"""The service centre's lists and their counts."""

from __future__ import annotations

from dataclasses import replace

import pytest

from eds_tui.domain.errors import InvalidInput, NotAllowed, NotFound
from eds_tui.domain.lifecycle import State
from eds_tui.domain.sorting import OPEN_SORTS, Sort
from eds_tui.domain.views import ListQuery, View, Window
from eds_tui.repository.unit_of_work import Database
from eds_tui.services.container import Services
from tests.factories import People, SetClock, new_form, set_state

pytestmark = pytest.mark.long_on_postgres

IN_VIEWS = {
    State.NEW: {View.TRIAGE, View.OPEN, View.ALL},
    State.AWAITING_TRIAGE: {View.TRIAGE, View.OPEN, View.ALL},
    State.IN_PROGRESS: {View.OPEN, View.ALL},
    State.ON_HOLD_CUSTOMER: {View.OPEN, View.ON_HOLD, View.ALL},
    State.ON_HOLD_CHANGE: {View.OPEN, View.ON_HOLD, View.ALL},
    State.ON_HOLD_DEFERRAL: {View.OPEN, View.ON_HOLD, View.ALL},
    State.RESOLVED: {View.OPEN, View.RESOLVED, View.ALL},
    State.CLOSED: {View.CLOSED, View.ALL},
}


def numbers(
    services: Services, people: People, view: View, school_id: int | None = None
) -> list[int]:
    """Return the numbers of a handler's list."""
    page = services.queue.page(people.handler, ListQuery(view, school_id), Window())
    return [row.number for row in page.rows]


@pytest.mark.parametrize("state", list(State))
def test_an_incident_is_in_the_lists_of_its_state_and_counted_there(
    database: Database, services: Services, people: People, clock: SetClock, state: State
) -> None:
    number = services.report.log(people.head, new_form()).number
    set_state(database, people, number, state, clock())
    assert {view for view in View if numbers(services, people, view)} == IN_VIEWS[state]
    counts = services.queue.counts(people.handler)
    assert {view for view, count in counts.items() if count} == IN_VIEWS[state] & counts.keys()
    assert set(counts.values()) <= {0, 1}


def test_nothing_logged_counts_nothing(services: Services, people: People) -> None:
    counted = set(View) - {View.CLOSED, View.ALL}
    assert services.queue.counts(people.handler) == dict.fromkeys(counted, 0)


def test_every_schools_incidents_are_listed_or_those_of_one(
    services: Services, people: People
) -> None:
    for actor in (people.head, people.neighbour, people.bursar):
        services.report.log(actor, new_form(telephone="Jo 01772 123456"))
    assert numbers(services, people, View.OPEN) == [3, 2, 1]
    assert numbers(services, people, View.OPEN, people.other_school.id) == [2]


def test_a_row_shows_the_start_of_the_description(services: Services, people: People) -> None:
    services.report.log(people.head, new_form(description="x" * 8_000))
    (row,) = services.queue.page(people.handler, ListQuery(View.OPEN), Window()).rows
    assert row.details == "x" * 300


def test_a_disabled_account_reads_nothing(services: Services, people: People) -> None:
    for actor in (people.head, people.lead):
        disabled = replace(actor, disabled=True)
        with pytest.raises(NotAllowed):
            services.queue.page(disabled, ListQuery(View.OPEN), Window())
        with pytest.raises(NotAllowed):
            services.queue.counts(disabled)
        with pytest.raises(NotAllowed):
            services.queue.open(disabled, 1)


@pytest.mark.parametrize("number", [0, 1, -1, 10**15, 2**63 - 1, 2**63, 10**30])
def test_a_number_that_was_never_given_out_is_not_found(
    services: Services, people: People, number: int
) -> None:
    for actor in (people.head, people.handler):
        with pytest.raises(NotFound):
            services.queue.open(actor, number)


def test_a_glance_is_the_incident_whole_but_a_confidential_one_is_opened_to_be_read(
    services: Services, people: People
) -> None:
    """Rule 26: what is shown beside a list records nothing, and shows nothing of that one."""
    services.report.log(people.head, new_form())
    assert services.queue.glance(people.handler, 1) == services.queue.open(people.handler, 1)
    services.triage.set_confidential(people.handler, 1, None, True, "Asked for.")
    before = services.history.watched(people.lead)
    assert services.queue.glance(people.handler, 1) is None
    assert services.history.watched(people.lead) == before
    for actor in (people.head, people.neighbour):
        with pytest.raises(NotFound):
            services.queue.glance(actor, 1)


def test_a_school_has_its_own_lists_sorted_by_anything_but_the_school(
    services: Services, people: People
) -> None:
    services.report.log(people.head, new_form())
    for sort in set(OPEN_SORTS) - {Sort.SCHOOL}:
        query = ListQuery(View.OPEN, sort=sort)
        assert len(services.queue.page(people.head, query, Window()).rows) == 1
    with pytest.raises(InvalidInput):
        services.queue.page(people.head, ListQuery(View.OPEN, sort=Sort.SCHOOL), Window())
