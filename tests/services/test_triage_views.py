"""The lists of the queue at their exact moments; each count is that of its rows."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from eds_tui.domain.account import Account, NewAccount, Role
from eds_tui.domain.lifecycle import State
from eds_tui.domain.priority import Priority
from eds_tui.domain.triage import Assignee, StateChange
from eds_tui.domain.views import ListQuery, View, Window
from eds_tui.services.container import Services
from tests.factories import PASSWORD, START, People, SetClock, log, new_form
from tests.london import london
from tests.services.triage_steps import ASKED, DEFERRED, RESOLVED, WAITING, give, move

INSTANT = timedelta(microseconds=1)
MIDNIGHT = london(2026, 6, 11)


def numbers(services: Services, actor: Account, view: View) -> list[int]:
    """Return the incidents of a list, and see that its count is theirs."""
    found = [row.number for row in services.queue.page(actor, ListQuery(view), Window()).rows]
    counts = services.queue.counts(actor)
    if view in counts:
        assert counts[view] == len(found)
    return found


def views_of(services: Services, people: People, number: int = 1) -> set[View]:
    """Return the lists of the handler's in which an incident is."""
    return {view for view in View if number in numbers(services, people.handler, view)}


@pytest.fixture
def logged(services: Services, people: People) -> None:
    """Incident 1, new."""
    services.report.log(people.head, new_form())


@pytest.mark.usefixtures("logged")
def test_new_and_awaiting_triage_wait_for_triage(services: Services, people: People) -> None:
    assert views_of(services, people) == {View.TRIAGE, View.OPEN, View.ALL}
    services.triage.set_state(people.handler, 1, None, StateChange(State.AWAITING_TRIAGE))
    assert views_of(services, people) == {View.TRIAGE, View.OPEN, View.ALL}
    services.triage.set_priority(people.handler, 1, None, Priority.LOW)
    assert views_of(services, people) == {View.OPEN, View.ALL}


@pytest.mark.usefixtures("logged")
def test_resolved_ones_are_open_for_24_hours_and_then_closed(
    services: Services, people: People, clock: SetClock
) -> None:
    services.triage.set_state(people.handler, 1, None, RESOLVED)
    clock.now = START + timedelta(hours=24) - INSTANT
    assert views_of(services, people) == {View.OPEN, View.RESOLVED, View.ALL}
    clock.now = START + timedelta(hours=24)
    assert views_of(services, people) == {View.CLOSED, View.ALL}


@pytest.mark.usefixtures("logged")
@pytest.mark.parametrize("change", [ASKED, WAITING], ids=lambda each: each.state)
def test_a_hold_is_in_the_holds_for_as_long_as_it_lasts(
    services: Services, people: People, clock: SetClock, change: StateChange
) -> None:
    services.triage.set_state(people.handler, 1, None, change)
    clock.forward(days=100)
    assert views_of(services, people) == {View.OPEN, View.ON_HOLD, View.ALL}


@pytest.mark.usefixtures("logged")
def test_a_deferral_leaves_the_holds_for_the_flagged_when_it_ends(
    services: Services, people: People, clock: SetClock
) -> None:
    """Rule 16, with nothing stored at that moment, and the same once it is."""
    until = START + timedelta(days=2)
    services.triage.set_state(people.handler, 1, None, DEFERRED)
    clock.now = until - INSTANT
    assert views_of(services, people) == {View.OPEN, View.ON_HOLD, View.ALL}
    clock.now = until
    ended = {View.OPEN, View.FLAGGED, View.ALL}
    assert views_of(services, people) == ended
    services.triage.assign(people.lead, 1, None, Assignee(team="Networks"))
    assert views_of(services, people) == ended


@pytest.mark.usefixtures("logged")
@pytest.mark.parametrize("change", [ASKED, WAITING, DEFERRED], ids=lambda each: each.state)
def test_a_reply_of_the_school_is_flagged_until_the_service_centre_writes(
    services: Services, people: People, change: StateChange
) -> None:
    """Rule 17: only the answer to a question ends the hold."""
    services.triage.set_state(people.handler, 1, None, change)
    services.conversation.comment(people.head, 1, "Here we are.", "one")
    held = set() if change is ASKED else {View.ON_HOLD}
    held |= {View.UNREAD}
    assert views_of(services, people) == {View.OPEN, View.ALL, View.FLAGGED} | held
    services.conversation.work_note(people.handler, 1, "They wrote.", "two")
    assert View.FLAGGED in views_of(services, people)
    services.conversation.comment(people.handler, 1, "Thank you.", "three")
    assert views_of(services, people) == {View.OPEN, View.ALL} | held


@pytest.mark.usefixtures("logged")
def test_a_reply_taken_on_the_telephone_counts_as_the_schools(
    services: Services, people: People
) -> None:
    services.triage.set_state(people.handler, 1, None, ASKED)
    services.conversation.comment(people.handler, 1, "The library's.", "one", caller="Test Bursar")
    assert views_of(services, people) == {View.OPEN, View.ALL, View.FLAGGED}


@pytest.mark.usefixtures("logged")
@pytest.mark.parametrize(("now", "views"), [
    (london(2026, 6, 10, 23, 59), set()),
    (MIDNIGHT, {View.DUE_TODAY}),
    (london(2026, 6, 11, 11, 52), {View.DUE_TODAY}),
    (london(2026, 6, 11, 11, 52) + INSTANT, {View.LATE}),
    (london(2026, 6, 12), {View.LATE}),
])  # fmt: skip
def test_today_is_the_day_of_the_due_date_up_to_it_and_late_is_after(
    services: Services, people: People, clock: SetClock, now: datetime, views: set[View]
) -> None:
    services.triage.set_priority(people.handler, 1, None, Priority.HIGH)
    clock.now = now
    assert views_of(services, people) == {View.OPEN, View.ALL} | views


@pytest.mark.usefixtures("logged")
def test_a_paused_one_is_not_due_today_and_late_only_if_it_was_when_paused(
    services: Services, people: People, clock: SetClock
) -> None:
    services.triage.set_priority(people.handler, 1, None, Priority.CRITICAL)
    assert View.DUE_TODAY in views_of(services, people)
    services.triage.set_state(people.handler, 1, None, WAITING)
    assert views_of(services, people) == {View.OPEN, View.ON_HOLD, View.ALL}
    clock.forward(days=5)
    assert views_of(services, people) == {View.OPEN, View.ON_HOLD, View.ALL}
    services.triage.set_state(people.handler, 1, None, StateChange(State.IN_PROGRESS))
    clock.forward(days=5)
    services.triage.set_state(people.handler, 1, None, WAITING)
    clock.forward(days=5)
    assert views_of(services, people) == {View.OPEN, View.ON_HOLD, View.LATE, View.ALL}
    services.triage.set_state(people.handler, 1, None, RESOLVED)
    assert views_of(services, people) == {View.OPEN, View.RESOLVED, View.ALL}


@pytest.mark.usefixtures("logged")
def test_after_a_deferral_that_ended_the_clock_makes_it_due_and_late(
    services: Services, people: People, clock: SetClock
) -> None:
    """Deferred at once until Friday 9:00, 4 hours from there on."""
    services.triage.set_priority(people.handler, 1, None, Priority.CRITICAL)
    until = london(2026, 6, 12, 9)
    services.triage.set_state(people.handler, 1, None, replace(DEFERRED, until=until))
    clock.now = until - INSTANT
    assert not {View.DUE_TODAY, View.LATE} & views_of(services, people)
    clock.now = until
    assert View.DUE_TODAY in views_of(services, people)
    clock.now = london(2026, 6, 12, 13)
    assert View.DUE_TODAY in views_of(services, people)
    clock.now += INSTANT
    assert View.LATE in views_of(services, people)
    assert View.DUE_TODAY not in views_of(services, people)


def test_mine_is_mine_and_the_teams_is_the_teams(services: Services, people: People) -> None:
    log(services, people, 4)
    for login, team in (("zoe", "Networks"), ("yan", "Networks"), ("xia", "Data")):
        services.accounts.add(
            NewAccount(login=login, name=login, role=Role.HANDLER, team=team), PASSWORD
        )
    zoe, yan, xia = map(services.accounts.by_login, ("zoe", "yan", "xia"))
    services.triage.assign(people.handler, 1, None, Assignee(zoe.id, "zoe", "Networks"))
    services.triage.assign(people.handler, 2, None, Assignee(team="Networks"))
    services.triage.assign(people.handler, 3, None, Assignee(xia.id, "xia", "Data"))
    assert [numbers(services, actor, View.MINE) for actor in (zoe, yan, xia)] == [[1], [], [3]]
    assert [numbers(services, actor, View.TEAM) for actor in (zoe, yan, xia)] == [
        [2, 1],
        [2, 1],
        [3],
    ]
    assert numbers(services, people.handler, View.TEAM) == []
    services.triage.set_state(zoe, 1, None, RESOLVED)
    assert numbers(services, zoe, View.MINE) == []
    assert numbers(services, zoe, View.TEAM) == [2]


def test_counts_are_of_what_the_reader_may_see(services: Services, people: People) -> None:
    services.report.log(people.head, new_form())
    services.report.log(people.head, new_form(confidential=True))
    services.report.log(people.neighbour, new_form())
    for number in (1, 2, 3):
        give(Priority.CRITICAL)(services, people.handler, number, None)
        move(ASKED)(services, people.handler, number, None)
    counts = {actor.login: services.queue.counts(actor) for actor in (people.handler, people.head)}
    assert (counts["handler"][View.OPEN], counts["handler"][View.ON_HOLD]) == (3, 3)
    assert (counts["00000EDU"][View.OPEN], counts["00000EDU"][View.ON_HOLD]) == (1, 1)
    for view in View:
        numbers(services, people.head, view)
        numbers(services, people.neighbour, view)
