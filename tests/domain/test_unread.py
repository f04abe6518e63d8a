"""Which event is news to which side, and where what is new begins (rules 27 and 41)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from eds_tui.domain.account import Account, Role, Scope
from eds_tui.domain.event import EventKind
from eds_tui.domain.incident_detail import CommentView
from eds_tui.domain.remote_changes import Change, remote_changes
from eds_tui.domain.unread import READ_BY, News, Side, marks, what_is_new
from eds_tui.domain.when import new_since
from tests.factories import START
from tests.london import london

SCHOOL = Account(id=1, login="head", name="Test User", role=Role.SCHOOL, school_id=7)
HANDLER = Account(id=2, login="handler", name="A. Handler", role=Role.HANDLER)
LEAD = Account(id=3, login="lead", name="S. Lead", role=Role.LEAD)
CHANGED = {"changed": {"state": ["new", "in_progress"]}}


@pytest.mark.parametrize(("kind", "actor", "details", "side"), [
    (EventKind.COMMENT_ADDED, SCHOOL, {"id": 5}, Side.CENTRE),
    (EventKind.COMMENT_ADDED, HANDLER, {"id": 5}, Side.SCHOOL),
    (EventKind.COMMENT_ADDED, LEAD, {"id": 5}, Side.SCHOOL),
    (EventKind.WORK_NOTE_ADDED, HANDLER, {"id": 5}, None),
    (EventKind.INCIDENT_LOGGED, SCHOOL, {}, None),
    (EventKind.INCIDENT_LOGGED, HANDLER, {}, None),
    (EventKind.TRIAGED, HANDLER, CHANGED, Side.SCHOOL),
    (EventKind.TRIAGED, HANDLER, {"changed": {"priority": [0, 3]}}, Side.SCHOOL),
    (EventKind.TRIAGED, HANDLER, {"changed": {"deferred_until": [None, "x"]}}, Side.SCHOOL),
    (EventKind.TRIAGED, HANDLER, {"changed": {"category": ["data", "network"]}}, Side.SCHOOL),
    (EventKind.TRIAGED, HANDLER, {"changed": {}, "comment": 5}, Side.SCHOOL),
    (EventKind.TRIAGED, HANDLER, {"changed": {"assigned_to": ["", "S. Lead"]}}, None),
    (EventKind.TRIAGED, HANDLER, {"changed": {"team": ["", "Networks"], "flag": ["x", ""]}}, None),
    (EventKind.TRIAGED, HANDLER, {"changed": {"waiting_for": ["", "July"]}}, None),
    (EventKind.TRIAGED, HANDLER, {"changed": {"confidential": [False, True]}}, None),
    (EventKind.TRIAGED, HANDLER, {"changed": {"confidential": [True, False]}}, Side.SCHOOL),
    (EventKind.UNDONE, HANDLER, CHANGED, Side.SCHOOL),
    (EventKind.CLOCK, None, CHANGED, None),
    (EventKind.CLOCK, SCHOOL, CHANGED, None),
    (EventKind.CLOCK, HANDLER, CHANGED, Side.SCHOOL),
    (EventKind.FEEDBACK_GIVEN, SCHOOL, {"rating": 5}, None),
    (EventKind.CONFIDENTIAL_OPENED, HANDLER, {"number": "INC0000001"}, None),
    (EventKind.READ_BY_CENTRE, HANDLER, {}, None),
    (EventKind.READ_BY_SCHOOL, SCHOOL, {}, None),
    (EventKind.SLA_BREACHED, None, {}, None),
])  # fmt: skip
def test_an_event_is_news_to_the_other_side_where_that_reads_it(
    kind: EventKind, actor: Account | None, details: dict[str, Any], side: Side | None
) -> None:
    assert marks(kind, actor, details) is side


def said(id_: int, *, by_school: bool, note: bool = False) -> CommentView:
    """Return a comment, so many minutes after the start."""
    at = START + timedelta(minutes=id_)
    return CommentView(
        id=id_, at=at, author="x", body="x", from_school=by_school, internal=note
    )  # fmt: skip


TALK = (
    said(1, by_school=False),
    said(2, by_school=True),
    said(3, by_school=False, note=True),
    said(5, by_school=True),
    said(6, by_school=False),
)


@pytest.mark.parametrize(("side", "read", "first", "minutes"), [
    (Side.CENTRE, 0, 2, 1),
    (Side.CENTRE, 2, 5, 3),
    (Side.CENTRE, 4, 5, 3),
    (Side.CENTRE, 5, None, 6),
    (Side.SCHOOL, 0, 1, 0),
    (Side.SCHOOL, 1, 6, 5),
    (Side.SCHOOL, 6, None, 6),
])  # fmt: skip
def test_what_is_new_begins_with_the_first_comment_of_the_other_side_after_the_last_reading(
    side: Side, read: int, first: int | None, minutes: int
) -> None:
    """Since the moment at which the last was said before it; the own side's are never new."""
    news = what_is_new(side, event_id=9, said=read, comments=TALK, opened_at=START)
    since = START + timedelta(minutes=minutes)
    assert news == News(event_id=9, comment_id=6, first=first, since=since)


def test_of_what_has_only_changed_nothing_that_was_said_is_new() -> None:
    news = what_is_new(Side.SCHOOL, event_id=9, said=0, comments=(), opened_at=START)
    assert news == News(event_id=9, comment_id=0, first=None, since=START)


@pytest.mark.parametrize(("since", "written"), [
    (london(2026, 11, 29, 11, 40), "── new since Sun 11:40 ──"),
    (london(2026, 11, 27, 14, 2), "── new since Fri 14:02 ──"),
    (london(2026, 11, 23, 11, 52), "── new since Mon 11:52 ──"),
    (london(2026, 11, 23, 11, 51), "── new since 23 Nov 11:51 ──"),
    (london(2025, 11, 27, 14, 2), "── new since 27 Nov 2025 ──"),
])  # fmt: skip
def test_since_when_is_written_in_london_and_can_be_no_other_week(since: Any, written: str) -> None:
    assert new_since(since, london(2026, 11, 29, 11, 52)) == written


def change(kind: EventKind, side: Side | None = None, **values: Any) -> Change:
    """Return a change of an incident of the school."""
    about: dict[str, Any] = {"number": 12, "school_id": 7, **values}
    return Change(event_id=1, kind=kind, marks=side, **about)


COMMENT = EventKind.COMMENT_ADDED


@pytest.mark.parametrize(("found", "centre", "school"), [
    (change(COMMENT, Side.CENTRE), 1, 0),
    (change(COMMENT, Side.SCHOOL), 0, 1),
    (change(COMMENT), 0, 0),
    (change(COMMENT, Side.CENTRE, confidential=True), 1, 0),
    (change(COMMENT, Side.SCHOOL, confidential=True), 0, 0),
    (change(COMMENT, Side.SCHOOL, school_id=8), 0, 0),
])  # fmt: skip
def test_rule_24_a_reader_is_told_of_marks_on_what_they_may_know(
    found: Change, centre: int, school: int
) -> None:
    told = [
        remote_changes(Scope(school_id=school_id, confidential=school_id is None), [found, found])
        for school_id in (None, 7)
    ]
    assert [each.marks for each in told] == [2 * centre, 2 * school]


def test_that_one_side_has_read_is_nothing_to_the_other() -> None:
    scopes = {
        Side.CENTRE: Scope(school_id=None, confidential=True),
        Side.SCHOOL: Scope(school_id=7, confidential=False),
    }
    for side, kind in READ_BY.items():
        told = {each: bool(remote_changes(scope, [change(kind)])) for each, scope in scopes.items()}
        assert told == {each: each is side for each in Side}
