"""What is chosen from and read in dialogs, in lines (rules 14, 36, 42, 46)."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import replace
from datetime import timedelta

import pytest

from eds_tui.domain.incident import ChosenFile, FileContents
from eds_tui.domain.incident_detail import Feedback
from eds_tui.domain.known_caller import KnownCaller
from eds_tui.domain.lifecycle import State
from eds_tui.domain.rated_incident import RatedIncident
from eds_tui.domain.sorting import Key
from eds_tui.domain.views import Draft, IncidentRow, Page
from eds_tui.ui.commands.base import Command
from eds_tui.ui.commands.incidents import Comment, FollowUp, OpenIncident, SameFault, SiteIncidents
from eds_tui.ui.commands.triage import Assign, Rang, Undo
from eds_tui.ui.features import feedback_list, form_draft, unfinished_list
from eds_tui.ui.features.caller_list import caller_line
from eds_tui.ui.features.comment_draft import Typed
from eds_tui.ui.features.comment_sending import _sent
from eds_tui.ui.features.paged_list import MOST_HELD, _is_below, _joined
from eds_tui.ui.features.what_works import works_on
from tests.factories import START
from tests.rows import row

MOMENT = "10-06-2026 11:52:00"


def draft(place: str, *, elsewhere: bool = False, **body: object) -> Draft:
    """Return something that was typed."""
    return Draft(place=place, body=body, saved_at=START, is_elsewhere=elsewhere)


@pytest.mark.parametrize(("left", "line"), [
    (draft("note:INC0000003", text="One\ntwo"), "work note on INC0000003: One two"),
    (
        draft("comment:INC0000003:a", text="One", elsewhere=True),
        "comment on INC0000003 (open in another session): One",
    ),
])  # fmt: skip
def test_what_was_left_is_told_with_where_it_belongs(left: Draft, line: str) -> None:
    assert unfinished_list._line(left) == f"{MOMENT} {line}"


@pytest.mark.parametrize(("left", "about"), [
    (draft("call:a", school="Moor School", description="No printer."), "Moor School"),
    (draft("report:a", description="No\nprinter."), "No printer."),
    (draft("report:a", impact=4), ""),
])  # fmt: skip
def test_a_form_that_was_left_is_told_by_its_school_or_its_words(left: Draft, about: str) -> None:
    assert form_draft._line(left) == f"{MOMENT} {about}".rstrip()


def test_a_caller_is_told_with_number_and_when_they_rang() -> None:
    caller = KnownCaller(name="Kit Day", telephone="07700 5", called_at=START)
    assert caller_line(caller) == "Kit Day · 07700 5 · rang 10-06-2026 11:52"
    assert caller_line(replace(caller, telephone="")) == "Kit Day · rang 10-06-2026 11:52"


def test_a_rating_is_told_with_what_was_rated() -> None:
    feedback = Feedback(rating=4, words="Quick.\nThanks.", at=START)
    rated = RatedIncident(
        number=7, school="Moor School", details="No printer.\nNone.", by="Jo", feedback=feedback
    )
    assert list(feedback_list._lines(rated)) == [
        f"4 of 5  INC0000007  {MOMENT}", "Moor School: No printer. None.",
        "  Quick.", "  Thanks.", "",
    ]  # fmt: skip


def typed(text: str, files: int) -> Typed:
    """Return a comment with so many files."""
    contents = FileContents(size=1, chunks=iter((b"x",)))
    chosen = (
        ChosenFile(name=f"{each}.txt", size=1, path="", open=lambda: nullcontext(contents))
        for each in range(files)
    )
    return Typed(text, "", tuple(chosen))


@pytest.mark.parametrize(("text", "files", "said"), [
    ("Hi", 0, "Comment sent."), ("Hi", 1, "Comment sent, with 1 file."),
    ("Hi", 2, "Comment sent, with 2 files."), (" ", 1, "1 file attached."),
    ("", 3, "3 files attached."),
])  # fmt: skip
def test_what_was_sent_is_said(text: str, files: int, said: str) -> None:
    assert _sent(typed(text, files)) == said


ROWS = tuple(row(number) for number in range(2 * MOST_HELD, 0, -1))


def test_windows_of_a_list_are_joined_and_what_is_far_away_is_let_go() -> None:
    held = Page(ROWS[100:200], newer=True, older=True)
    below, above = Page(ROWS[200:250], newer=True), Page(ROWS[50:100], older=True)
    joined = _joined(held, below, newer=False)
    assert (joined.rows, joined.newer, joined.older) == (ROWS[100:250], True, False)
    joined = _joined(held, above, newer=True)
    assert (joined.rows, joined.newer, joined.older) == (ROWS[50:200], False, True)

    full = Page(ROWS[:MOST_HELD], newer=False, older=True)
    joined = _joined(full, Page(ROWS[MOST_HELD:][:50], older=True), newer=False)
    assert (joined.rows, joined.newer, joined.older) == (ROWS[50 : MOST_HELD + 50], True, True)
    full = Page(ROWS[50 : MOST_HELD + 50], newer=True, older=False)
    joined = _joined(full, Page(ROWS[:50]), newer=True)
    assert (joined.rows, joined.newer, joined.older) == (ROWS[:MOST_HELD], False, True)
    whole = _joined(Page(ROWS[:10], newer=False), Page(ROWS[10:20]), newer=False)
    assert (whole.newer, whole.older) == (False, False)


def test_what_was_logged_earlier_is_below_and_of_one_moment_the_lower_number() -> None:
    later = START + timedelta(minutes=1)
    order = [Key(START, 1), Key(START, 2), Key(later, 1)]
    assert [[_is_below(one, other) for other in order] for one in order] == [
        [False, True, True], [False, False, True], [False, False, False],
    ]  # fmt: skip


OPEN = replace(row(1), state=State.IN_PROGRESS, as_of=START + timedelta(hours=2))
CLOSED = replace(OPEN, state=State.CLOSED)
OLD = replace(OPEN, as_of=START + timedelta(days=365))


@pytest.mark.parametrize(("incident", "works"), [
    (OPEN, {Comment, Assign, Rang, Undo, SameFault, OpenIncident, SiteIncidents}),
    (OLD, {Comment, Assign, Rang, Undo, OpenIncident, SiteIncidents}),
    (replace(OPEN, as_of=None),
     {Comment, Assign, Rang, Undo, SameFault, OpenIncident, SiteIncidents}),
    (CLOSED, {FollowUp, OpenIncident, SiteIncidents}),
    (None, set()),
])  # fmt: skip
def test_what_does_something_with_an_incident_is_told(
    incident: IncidentRow | None, works: set[type[Command]]
) -> None:
    every = (Comment, Assign, Rang, Undo, SameFault, FollowUp, OpenIncident, SiteIncidents)
    assert {each for each in every if works_on(each, incident)} == works
