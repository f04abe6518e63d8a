"""The counts of the lists are what the lists hold, whatever has come true by the clock."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from random import Random
from typing import Any

import pytest
from sqlalchemy import insert, update

from eds_tui.domain.account import Scope
from eds_tui.domain.incident import Channel
from eds_tui.domain.lifecycle import CLOSES_AFTER, ON_HOLD, State
from eds_tui.domain.priority import Category, Impact, Priority
from eds_tui.domain.sorting import Sort
from eds_tui.domain.triage_fields import REPLIED
from eds_tui.domain.views import IncidentRow, ListQuery, View, Window
from eds_tui.repository import state_counts
from eds_tui.repository.engine import for_writing
from eds_tui.repository.tables import incidents
from eds_tui.repository.unit_of_work import Database
from tests.factories import START, People

NUMBER = 400
_NEAR = 3 * 24 * 60
MOMENTS = (START, START + timedelta(hours=7), START + timedelta(days=2), START + timedelta(days=9))


def fields(rng: Random, people: People) -> dict[str, Any]:
    """Return triage fields as decisions leave them, drawn at random."""

    def near() -> datetime:
        return START + timedelta(minutes=rng.randrange(-_NEAR, _NEAR))

    state = rng.choice(list(State))
    resolved = near() if state in {State.RESOLVED, State.CLOSED} else None
    if state is State.CLOSED:
        resolved = START - timedelta(days=1, minutes=rng.randrange(_NEAR))
    held_since = START - timedelta(minutes=rng.randrange(2 * _NEAR))
    paused = held_since if state in ON_HOLD else resolved
    mine = rng.random() < 0.3
    return {
        "state": state.value,
        "priority": rng.choice(list(Priority)).value,
        "resolved_at": resolved,
        "closes_at": resolved and resolved + CLOSES_AFTER,
        "paused_since": None if state is State.CLOSED else paused,
        "deferred_until": near() if state is State.ON_HOLD_DEFERRAL else None,
        "flag": REPLIED if state in ON_HOLD and rng.random() < 0.3 else "",
        "sla_due": rng.choice((None, near(), near(), START + timedelta(hours=3))),
        "assigned_to_id": people.handler.id if mine else None,
        "team": rng.choice(("", "Network", "Desktop")),
        "centre_news": rng.randrange(3),
        "centre_seen": rng.randrange(3),
    }


def fill(database: Database, people: People, rng: Random) -> None:
    """Add incidents in all states."""
    rows = [
        {
            "number": number,
            "submission": f"drawn-{number}",
            "school_id": people.school.id,
            "category": Category.NETWORK.value,
            "impact": Impact.SITE.value,
            "confidential": rng.random() < 0.2,
            "description": "It does not work.",
            "contact_name": "", "contact_telephone": "", "contact_email": "",
            "channel": Channel.PHONE.value,
            "logged_by_id": people.handler.id,
            "logged_by": people.handler.name,
            "opened_at": START - timedelta(minutes=rng.randrange(_NEAR)),
            "version": 1,
        }
        | fields(rng, people)
        for number in range(1, NUMBER + 1)
    ]  # fmt: skip
    with for_writing(database.engine).begin() as connection:
        connection.execute(insert(incidents), rows)
        state_counts.fill(connection)


def whole(database: Database, scope: Scope, query: ListQuery, now: datetime) -> list[IncidentRow]:
    """Return a list in one go."""
    with database.reading() as work:
        return list(work.incidents.page(scope, query, Window(limit=NUMBER + 1), now).rows)


def belongs(row: IncidentRow, view: View, team: str, me: str, now: datetime) -> bool:
    """Return whether a row as its reader sees it is in a list."""
    resolved = row.state in {State.RESOLVED, State.CLOSED}
    due = row.sla_due
    today = due is not None and now <= due < (now + timedelta(days=1)).replace(hour=0, minute=0)
    return {
        View.UNREAD: row.unread,
        View.TRIAGE: row.state in {State.NEW, State.AWAITING_TRIAGE},
        View.OPEN: row.state is not State.CLOSED,
        View.MINE: not resolved and row.assigned_to == me,
        View.TEAM: not resolved and row.team == team,
        View.ON_HOLD: row.state in ON_HOLD,
        View.LATE: not resolved and row.late,
        View.DUE_TODAY: not resolved and today and not row.paused,
        View.FLAGGED: row.state is not State.CLOSED and bool(row.flag),
        View.RESOLVED: row.state is State.RESOLVED,
        View.CLOSED: row.state is State.CLOSED,
        View.ALL: True,
    }[view]


@pytest.mark.parametrize("seed", [1, 2])
def test_counts_are_what_the_lists_hold_after_random_changes(
    database: Database, people: People, seed: int
) -> None:
    rng = Random(seed)
    fill(database, people, rng)
    scope = replace(people.handler.scope, team="Network")
    counted = set(View) - {View.CLOSED, View.ALL}
    for now in MOMENTS:
        with for_writing(database.engine).begin() as connection:
            for row_id in rng.sample(range(1, NUMBER + 1), 40):
                changed = fields(rng, people)
                changing = update(incidents).where(incidents.c.number == row_id).values(changed)
                connection.execute(changing)
            state_counts.fill(connection)
        with database.reading() as work:
            counts = work.incidents.counts(scope, now)
        held = {view: whole(database, scope, ListQuery(view), now) for view in View}
        assert counts == {view: len(held[view]) for view in View if view in counted}
        for view, rows in held.items():
            expected = {
                row.number
                for row in held[View.ALL]
                if view not in {View.MINE, View.DUE_TODAY}
                and belongs(row, view, "Network", "", now)
            }
            if view not in {View.MINE, View.DUE_TODAY}:
                assert {row.number for row in rows} == expected, view


@pytest.mark.parametrize("seed", [3])
def test_each_list_in_each_order_is_walked_from_either_end_as_it_stands_whole(
    database: Database, people: People, seed: int
) -> None:
    """Many have the same priority, or no due date: they come by their number."""
    fill(database, people, Random(seed))
    scope = replace(people.handler.scope, team="Network")
    for view in View:
        for sort in view.sorts:
            query = ListQuery(view, sort=sort)
            expected = whole(database, scope, query, START)
            for newer in (False, True):
                assert walked(database, scope, query, newer=newer) == expected, (view, sort)
            if view is not View.UNREAD:
                keys = [query.key(row) for row in expected]
                falls = sort is Sort.NEWEST
                assert keys == sorted(keys, key=lambda key: (key.at, key.number), reverse=falls)


def walked(
    database: Database, scope: Scope, query: ListQuery, *, newer: bool, limit: int = 41
) -> list[IncidentRow]:
    """Return a list read in windows from its end up, or from its top down."""
    rows: list[IncidentRow] = []
    window: Window | None = Window(limit=limit, newer=newer)
    with database.reading() as work:
        while window is not None:
            page = work.incidents.page(scope, query, window, START)
            rows = [*page.rows, *rows] if newer else [*rows, *page.rows]
            goes_on = page.newer if newer else page.older
            assert (page.older if newer else page.newer) == (window.key is not None)
            window = None
            if goes_on:
                key = query.key(rows[0 if newer else -1])
                window = Window(limit=limit, key=key, newer=newer)
    return rows


def test_a_key_that_the_clock_has_not_come_to_begins_a_list_of_closed_ones_at_its_top(
    database: Database, people: People
) -> None:
    """Rule 18: the clock is put back, and what was closed by then is not yet."""
    fill(database, people, Random(4))
    scope, query = people.handler.scope, ListQuery(View.CLOSED)
    later = whole(database, scope, query, MOMENTS[-1])
    with database.reading() as work:
        window = Window(limit=NUMBER, key=query.key(later[0]))
        page = work.incidents.page(scope, query, window, START)
    assert list(page.rows) == whole(database, scope, query, START)
