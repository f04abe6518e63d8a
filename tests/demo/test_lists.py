"""What the lists of the demonstration show to a school and to the service centre."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

from eds_tui.domain.account import Account
from eds_tui.domain.incident import Channel
from eds_tui.domain.lifecycle import ON_HOLD, State
from eds_tui.domain.priority import Category, Impact, Priority
from eds_tui.domain.views import View
from eds_tui.repository.unit_of_work import Database
from eds_tui.services.container import Services
from tests.demo.reading import every_incident
from tests.factories import START


def test_test_school_sees_a_dozen_open_and_the_guides_in_the_guides_order(
    demo: Services, school: Account
) -> None:
    rows = every_incident(demo, school, View.OPEN)
    assert len(rows) == 12
    assert [row.number for row in rows][-8:] == [1, 2, 4, 5, 6, 7, 8, 9]
    assert {row.school for row in rows} == {"Test School, Test Town"}
    assert not any(row.confidential for row in rows)


def test_test_school_has_two_confidential_ones_open_that_only_the_service_centre_sees(
    demo: Services, school: Account, handler: Account
) -> None:
    assert school.school_id is not None
    card = demo.schools.card(handler, school.school_id)
    hidden = {row.number for row in card.open.rows if row.confidential}
    assert len(card.open.rows) == 14
    assert len(hidden) == 2
    assert hidden.isdisjoint(row.number for row in every_incident(demo, school))


def test_twenty_of_test_schools_closed_ones_are_shown_and_there_are_more(
    demo: Services, school: Account
) -> None:
    closed = every_incident(demo, school, View.CLOSED)
    assert len(closed) >= 26
    assert demo.queue.latest_closed(school).rows == tuple(closed[:20])


def test_the_queue_has_a_working_days_mix(demo: Services, handler: Account) -> None:
    counts = demo.queue.counts(handler)
    assert counts[View.TRIAGE] == 8
    assert counts[View.OPEN] == 39
    assert counts[View.ON_HOLD] == 9
    assert counts[View.RESOLVED] == 5
    assert min(counts[view] for view in (View.MINE, View.TEAM, View.LATE)) > 0
    rows = every_incident(demo, handler, View.OPEN)
    assert {row.state for row in rows} == set(State) - {State.CLOSED}
    assert [row.number for row in rows if row.state in ON_HOLD and not row.priority] == []
    waiting = [row for row in rows if row.state in {State.NEW, State.AWAITING_TRIAGE}]
    assert Counter(row.priority for row in waiting) == {Priority.NONE: 7, Priority.ADVICE: 1}


def test_what_is_open_beside_the_guides_was_logged_in_the_last_three_weeks(
    demo: Services, handler: Account
) -> None:
    rows = every_incident(demo, handler, View.OPEN)
    others = [row.opened_at for row in rows if row.number > 9]
    assert min(others) > START - timedelta(weeks=3)
    assert max(others) > START - timedelta(minutes=10)


def test_a_year_of_incidents_covers_every_school_category_impact_and_channel(
    demo: Services, handler: Account
) -> None:
    rows = [row for row in every_incident(demo, handler) if row.number > 9]
    assert len(rows) >= 400
    assert min(row.opened_at for row in rows) > START - timedelta(days=365)
    assert min(row.opened_at for row in rows) < START - timedelta(days=330)
    assert {row.school for row in rows} == {school.title for school in demo.schools.all()}
    assert {row.category for row in rows} == set(Category)
    assert {row.impact for row in rows} == set(Impact)
    assert {row.channel for row in rows} == set(Channel)
    assert len({row.details for row in rows}) >= 300


def test_one_in_twenty_is_confidential(demo: Services, handler: Account) -> None:
    rows = every_incident(demo, handler)
    share = sum(row.confidential for row in rows) / len(rows)
    assert 0.04 < share < 0.07


def test_numbers_after_the_guides_follow_the_time_of_logging(
    demo: Services, handler: Account
) -> None:
    rows = [row for row in every_incident(demo, handler) if row.number > 9]
    assert [row.number for row in rows] == list(range(rows[0].number, 9, -1))


def test_what_waits_for_the_school_was_asked_last_and_what_is_closed_is_mostly_explained(
    demo: Services, handler: Account
) -> None:
    rows = every_incident(demo, handler)
    asked = [row.number for row in rows if row.state is State.ON_HOLD_CUSTOMER]
    assert len(asked) == 3
    for number in asked:
        last = demo.queue.open(handler, number).comments[-1]
        assert not last.from_school
    closed = [demo.queue.open(handler, row.number) for row in rows if row.state is State.CLOSED]
    assert [d.row.number for d in closed if d.comments and d.comments[-1].at != d.resolved_at] == []
    assert sum(len(detail.comments) >= 2 for detail in closed) > len(closed) / 2


def test_awkward_texts_are_among_what_is_open(demo: Services, handler: Account) -> None:
    rows = every_incident(demo, handler, View.OPEN)
    texts = [demo.queue.open(handler, row.number).description for row in rows]
    markup = next(text for text in texts if "[/]" in text)
    assert markup.startswith("router [/dev/ttyS0] shows [red]\n")
    assert "a" in texts
    assert [len(text) for text in texts if len(text) > 1000] == [5000]
    assert any("😀" in text and "日本語" in text for text in texts)
    assert any("100% & \"quotes\" 'single' <tag>" in text for text in texts)


def test_what_has_ended_has_the_due_date_that_it_had_and_all_of_it_agrees(
    demo: Services, handler: Account, demo_database: Database
) -> None:
    """Rule 22: each with a priority that promises one; and the check finds nothing wrong."""
    for view in (View.RESOLVED, View.CLOSED):
        rows = every_incident(demo, handler, view)
        promised = [row for row in rows if row.priority not in {Priority.NONE, Priority.ADVICE}]
        assert promised
        assert all(row.sla_due for row in promised)
    assert [finding.problems for finding in demo_database.check() if finding.problems] == []
