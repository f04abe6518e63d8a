"""Random lives of incidents: what must hold after every step, whatever was decided."""

from __future__ import annotations

import random
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from sqlalchemy import select

from eds_tui.domain.calendar import Calendar
from eds_tui.domain.errors import EdsError
from eds_tui.domain.event import TOUCHES, Event
from eds_tui.domain.found import Found
from eds_tui.domain.lifecycle import PAUSED, State
from eds_tui.domain.lookalike import telling_words
from eds_tui.domain.priority import Priority
from eds_tui.domain.service_level import Pause, due, standing
from eds_tui.domain.targets import EXAMPLE
from eds_tui.domain.triage import Assignee
from eds_tui.domain.triage_fields import DEFERRAL_ENDED, LOGGED, TriageFields, reverted
from eds_tui.domain.views import ListQuery, View, Window
from eds_tui.repository import state_counts
from eds_tui.repository.tables import open_words
from eds_tui.repository.unit_of_work import Database
from eds_tui.services.container import Services
from tests.factories import START, People, SetClock, log
from tests.services.lives import Life
from tests.services.triage_steps import ASKED, DEFERRED, events_of, found

pytestmark = pytest.mark.long_on_postgres

SEEDS = range(3)
TURNS = (
    START,
    datetime.fromisoformat("2026-10-23T14:00Z"),
    datetime.fromisoformat("2026-12-23T09:00Z"),
)
"""In summer, before the clocks go back, and before Christmas."""


@pytest.fixture(params=[(seed, turn) for seed in SEEDS for turn in TURNS[seed % 3 : seed % 3 + 1]],
                ids=lambda param: f"{param[0]}-{param[1]:%b}")  # fmt: skip
def life(
    request: pytest.FixtureRequest,
    database: Database,
    services: Services,
    people: People,
    clock: SetClock,
) -> Life:
    """Three new incidents of one school, none of them confidential."""
    seed, clock.now = request.param
    log(services, people, 3)
    return Life(database, services, people, clock, random.Random(seed))


def stored(life: Life) -> list[Found]:
    """Return the three incidents as they are stored."""
    return [found(life.database, number, life.clock()) for number in (1, 2, 3)]


@dataclass
class Before:
    """What was there before a step."""

    stored: list[Found]
    events: dict[int, tuple[Event, ...]] = field(default_factory=dict)


Check = Callable[[Life, list[Found], Before, bool], None]


def running_and_paused_time_are_all_the_time(
    life: Life, now: list[Found], _before: Before, _taken: bool
) -> None:
    """Rule 22: in wall time and in service time."""
    for each in now:
        halts = [(pause.began, pause.ended or life.clock()) for pause in each.fields.all_pauses]
        opened = each.row.opened_at
        assert all(before[1] <= after[0] for before, after in pairwise(halts))
        assert not halts or opened <= halts[0][0]
        calendar = EXAMPLE.calendar
        paused = sum((_between(calendar, *halt, life.clock()) for halt in halts), timedelta(0))
        level = EXAMPLE.target(each.fields.priority)
        used = standing(opened, level, calendar, each.fields.all_pauses, life.clock()).used
        assert used + paused == calendar.between(opened, life.clock())


def _between(calendar: Calendar, began: datetime, ended: datetime, now: datetime) -> timedelta:
    return calendar.between(began, min(ended, now))


def a_pause_goes_on_exactly_while_the_state_stops_the_clock(
    _life: Life, now: list[Found], _before: Before, _taken: bool
) -> None:
    for each in now:
        fields = each.fields
        still = fields.state in PAUSED or (
            fields.state is State.CLOSED and fields.resolved_at is not None
        )
        assert (fields.paused_since is not None) == still
        if fields.paused_since is not None:
            last = fields.pauses[-1]
            assert last.began == fields.paused_since
            assert last.ended == fields.deferred_until
            assert last.state in {fields.state, State.RESOLVED}
        assert all(pause.ended is not None for pause in fields.pauses[:-1])


def the_stored_due_date_is_the_one_that_follows_from_the_rest(
    life: Life, now: list[Found], _before: Before, _taken: bool
) -> None:
    for each in now:
        fields, opened = each.fields, each.row.opened_at
        known = [
            Pause(pause.began, pause.ended) for pause in fields.pauses if pause.ended is not None
        ]
        target = EXAMPLE.target(fields.priority)
        expected = due(opened, target, EXAMPLE.calendar, known, life.clock())
        assert fields.sla_due == expected
        running = not each.row.paused
        if running:
            everything = fields.all_pauses
            stands = standing(opened, target, EXAMPLE.calendar, everything, life.clock())
            assert each.row.late == stands.overdue


def every_count_is_that_of_the_rows_and_every_row_is_where_it_belongs(
    life: Life, _now: list[Found], _before: Before, _taken: bool
) -> None:
    for actor in (life.people.handler, life.people.head):
        counts = life.services.queue.counts(actor)
        rows = {
            view: life.services.queue.page(actor, ListQuery(view), Window()).rows for view in View
        }
        assert counts == {view: len(rows[view]) for view in counts}
        for row in rows[View.ALL]:
            inside = {view for view in View if row in rows[view]}
            assert (View.CLOSED in inside) == (row.state is State.CLOSED)
            assert (View.OPEN in inside) == (row.state is not State.CLOSED)
            assert (View.RESOLVED in inside) == (row.state is State.RESOLVED)
            assert (View.ON_HOLD in inside) == row.state.value.startswith("on_hold")
            going_on = row.state not in {State.RESOLVED, State.CLOSED}
            assert (View.LATE in inside) == (row.late and going_on)
            flagged = bool(row.flag) and row.state is not State.CLOSED
            assert (View.FLAGGED in inside) == flagged


def the_history_told_from_the_start_comes_to_what_is_stored(
    life: Life, now: list[Found], before: Before, _taken: bool
) -> None:
    """Rule 30: nothing changed that no event tells of, one version for each that does."""
    for number, each in enumerate(now, 1):
        events = events_of(life.database, number, life.clock())
        seen = before.events.get(number, ())
        assert events[: len(seen)] == seen
        before.events[number] = events
        logged = {name: getattr(each.fields, name) for name in LOGGED}
        told = TriageFields(State.NEW, Priority.NONE, **logged)
        touched = [event for event in events if event.kind in TOUCHES]
        for event in touched:
            changed = event.details["changed"]
            told = reverted(told, {name: [new, old] for name, (old, new) in changed.items()})
        assert told == each.fields
        assert each.row.version == 1 + len(touched)


def what_is_refused_changes_nothing_and_what_is_done_changes_one_incident(
    _life: Life, now: list[Found], before: Before, taken: bool
) -> None:
    changed = [
        old.row.number
        for old, new in zip(before.stored, now, strict=True)
        if old.fields != new.fields or old.row.version != new.row.version
    ]
    assert len(changed) <= (1 if taken else 0)


def words_are_kept_of_what_is_open_and_of_nothing_else(
    life: Life, now: list[Found], _before: Before, _taken: bool
) -> None:
    """Rule 33: what reads alike is found by them."""
    with life.database.engine.connect() as connection:
        kept = {tuple(row) for row in connection.execute(select(open_words))}
    is_open = [each for each in now if each.fields.state is not State.CLOSED]
    assert kept == {(w, each.id) for each in is_open for w in telling_words(each.description)}


def of_each_state_as_many_are_counted_as_there_are(
    life: Life, _now: list[Found], _before: Before, _taken: bool
) -> None:
    with life.database.engine.connect() as connection:
        assert state_counts.wrong(connection) == {}


CHECKS: tuple[Check, ...] = (
    of_each_state_as_many_are_counted_as_there_are,
    words_are_kept_of_what_is_open_and_of_nothing_else,
    running_and_paused_time_are_all_the_time,
    a_pause_goes_on_exactly_while_the_state_stops_the_clock,
    the_stored_due_date_is_the_one_that_follows_from_the_rest,
    every_count_is_that_of_the_rows_and_every_row_is_where_it_belongs,
    the_history_told_from_the_start_comes_to_what_is_stored,
    what_is_refused_changes_nothing_and_what_is_done_changes_one_incident,
)
"""What holds after every step."""


def test_what_must_hold_holds_after_every_step(life: Life) -> None:
    before = Before(stored(life))
    for taken in life.live():
        now = stored(life)
        for check in CHECKS:
            check(life, now, before, taken)
        before.stored = now
    assert all(len(events) > 1 for events in before.events.values())


def test_whatever_happens_the_check_finds_nothing_and_nothing_leads_in_a_circle(life: Life) -> None:
    """Rules 21, 22 and 30: also after targets and calendar changed, and what the clock did."""
    life.all_that_happens = True
    for _ in life.live():
        level = life.services.service_levels.current()
        for each in stored(life):
            fields = each.fields
            if fields.state not in {State.RESOLVED, State.CLOSED}:
                target = level.target(fields.priority)
                known = fields.known_pauses
                expected = due(each.row.opened_at, target, level.calendar, known, life.clock())
                assert fields.sla_due == expected
    assert [finding.problems for finding in life.database.check() if finding.problems] == []


def test_the_flag_of_an_ended_deferral_is_the_same_before_and_after_it_is_stored(
    life: Life,
) -> None:
    services, people, clock = life.services, life.people, life.clock
    for number in (1, 2):
        until = clock.now + timedelta(hours=number)
        services.triage.set_state(people.handler, number, None, replace(DEFERRED, until=until))
    clock.forward(hours=3)
    seen = [services.queue.open(people.handler, number).row for number in (1, 2)]
    assert [row.flag for row in seen] == [DEFERRAL_ENDED] * 2
    with suppress(EdsError):
        services.triage.set_state(people.handler, 1, None, ASKED)
    services.triage.assign(people.handler, 2, None, Assignee(team="Networks"))
    after = services.queue.open(people.handler, 2).row
    assert replace(after, version=seen[1].version, team="") == seen[1]
