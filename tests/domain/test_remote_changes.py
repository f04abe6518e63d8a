"""What a reader of the event log misses, finds again, and is told."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eds_tui.domain.account import Scope
from eds_tui.domain.event import EventKind
from eds_tui.domain.remote_changes import (
    MISSED_FOR,
    MOST_MISSED,
    Bookmark,
    Change,
    RemoteChanges,
    remote_changes,
)

_LATER = MISSED_FOR.total_seconds()
HANDLER = Scope(school_id=None, confidential=True)
SCHOOL = Scope(school_id=7, confidential=False)
QUIET = {
    EventKind.CONFIDENTIAL_OPENED, EventKind.ATTACHMENT_SAVED, EventKind.SIGNED_IN,
    EventKind.SIGNED_OUT, EventKind.UNLOCKED, EventKind.SIGN_IN_REFUSED, EventKind.ACCOUNT_ADDED,
    EventKind.ACCOUNT_CHANGED, EventKind.ACCOUNT_DISABLED, EventKind.PASSWORD_CHANGED,
    EventKind.SCHOOL_ADDED, EventKind.SLA_WARNING, EventKind.SLA_BREACHED,
    EventKind.MAIL_SENT, EventKind.MAIL_GIVEN_UP, EventKind.MAIL_RETRIED,
    EventKind.MESSAGE_TEXT_CHANGED, EventKind.REPLY_CHANGED, EventKind.READ_BY_SCHOOL,
}  # fmt: skip
"""What changes nothing in a list or on an incident's page, or only by the clock."""
OF_EVERYTHING = {
    EventKind.SERVICE_LEVEL_CHANGED, EventKind.SCHOOL_CHANGED, EventKind.DATABASE_RESTORED,
}  # fmt: skip
"""What may change every incident's page."""


def found(visible: set[int], bookmark: Bookmark) -> list[int]:
    """Return what a reader of a log finds with a bookmark, as the repository does."""
    missed = {id_ for id_, _ in bookmark.missed}
    return [id_ for id_ in visible if id_ > bookmark.last or id_ in missed]


@given(st.lists(st.integers(1, 60), unique=True), st.lists(st.integers(0, 59), max_size=20))
def test_in_whichever_order_events_show_themselves_each_is_found_once(
    order: list[int], looks: list[int]
) -> None:
    bookmark, visible = Bookmark(), set[int]()
    seen: list[int] = []
    for place, id_ in enumerate(order):
        visible.add(id_)
        if place in looks or place == len(order) - 1:
            new = found(visible, bookmark)
            seen += new
            bookmark = bookmark.after(new, 0.0)
    assert sorted(seen) == sorted(order)


def test_an_event_that_was_passed_over_is_looked_for_a_minute_long() -> None:
    bookmark = Bookmark(4).after([7], 0.0)
    assert bookmark == Bookmark(7, ((5, _LATER), (6, _LATER)))
    later = bookmark.after([6], _LATER / 2)
    assert [id_ for id_, _ in later.missed] == [5]
    assert later.after([], _LATER) == Bookmark(7)


def test_a_leap_of_the_ids_does_not_make_a_long_list_of_what_is_missed() -> None:
    bookmark = Bookmark(4).after([1_000_000], 0.0)
    assert [id_ for id_, _ in bookmark.missed] == list(range(1_000_000 - MOST_MISSED, 1_000_000))


def test_a_reader_who_begins_looks_for_what_is_missing_at_the_end_of_the_log() -> None:
    bookmark = Bookmark.at_end([9, 8, 5], 0.0)
    assert (bookmark.last, [id_ for id_, _ in bookmark.missed]) == (9, [6, 7])
    assert Bookmark.at_end([], 0.0) == Bookmark()


@pytest.mark.parametrize("kind", list(EventKind))
def test_the_service_centre_is_told_the_numbers_of_what_looks_otherwise_now(
    kind: EventKind,
) -> None:
    change = Change(event_id=1, kind=kind, number=12, school_id=7, confidential=True, parent=3)
    told = remote_changes(HANDLER, [change])
    if kind in OF_EVERYTHING:
        assert told == RemoteChanges(everything=True)
    else:
        assert told == RemoteChanges(frozenset() if kind in QUIET else frozenset({12, 3}))


TELLS = {
    EventKind.INCIDENT_LOGGED: (True, False),
    EventKind.COMMENT_ADDED: (True, False),
    EventKind.ATTACHMENT_TAKEN_BACK: (True, False),
    EventKind.HIDDEN_FILE_TAKEN_BACK: (False, False),
    EventKind.FEEDBACK_GIVEN: (True, False),
    EventKind.READ_BY_SCHOOL: (True, False),
    EventKind.WORK_NOTE_ADDED: (False, False),
    EventKind.TRIAGED: (True, False),
    EventKind.CORRECTED: (True, False),
    EventKind.UNDONE: (True, False),
    EventKind.CLOCK: (True, False),
    **dict.fromkeys(OF_EVERYTHING, (True, True)),
}
"""Whether a school is told of a change of a plain incident of its own, and of a hidden one."""


@pytest.mark.parametrize("kind", list(EventKind))
def test_rules_24_and_27_a_school_is_told_at_most_that_something_changed(kind: EventKind) -> None:
    for confidential, tells in enumerate(reversed(TELLS.get(kind, (False, False)))):
        told = remote_changes(
            SCHOOL,
            [Change(event_id=1, kind=kind, number=12, school_id=7, confidential=not confidential)],
        )
        assert told == RemoteChanges(everything=tells)


@pytest.mark.parametrize("kind", [EventKind.TRIAGED, EventKind.UNDONE])
def test_rule_25_a_school_reads_its_lists_again_when_an_incident_was_made_confidential(
    kind: EventKind,
) -> None:
    hidden = Change(event_id=1, kind=kind, number=12, school_id=7, confidential=True, flipped=True)
    assert remote_changes(SCHOOL, [hidden]) == RemoteChanges(everything=True)


@pytest.mark.parametrize("confidential", [False, True])
def test_rule_40_a_school_reads_its_lists_again_when_an_incident_was_taken_from_it(
    confidential: bool,
) -> None:
    """Of one that it could not know of it learns nothing then either (rule 24)."""
    taken = Change(
        event_id=1, kind=EventKind.CORRECTED, number=12, school_id=8, former_school_id=7,
        confidential=confidential,
    )  # fmt: skip
    assert bool(remote_changes(SCHOOL, [taken])) is not confidential


@pytest.mark.parametrize("kind", sorted(set(EventKind) - OF_EVERYTHING))
def test_a_school_is_told_nothing_of_another_school(kind: EventKind) -> None:
    assert not remote_changes(
        SCHOOL,
        [Change(event_id=1, kind=kind, number=12, school_id=8), Change(event_id=2, kind=kind)],
    )


@pytest.mark.parametrize(
    ("told", "is_about"),
    [
        (RemoteChanges(), False),
        (RemoteChanges(frozenset({4})), False),
        (RemoteChanges(frozenset({4, 5})), True),
        (RemoteChanges(everything=True), True),
    ],
)
def test_changes_are_about_an_incident_or_not(told: RemoteChanges, is_about: bool) -> None:
    assert told.about(5, 6) == is_about


def test_no_changes_are_false() -> None:
    assert not any([RemoteChanges(), remote_changes(HANDLER, []), remote_changes(SCHOOL, [])])
