"""In what order lists are read, and the place of a row in them (rule 46)."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

import pytest

from eds_tui.domain.folding import school_name
from eds_tui.domain.saved_view import SavedView, moved
from eds_tui.domain.school import NewSchool, school_title
from eds_tui.domain.sorted_rows import sorted_page
from eds_tui.domain.sorting import EVER_SORTS, OPEN_SORTS, Sort, place
from eds_tui.domain.views import ListQuery, Page, View, Window
from tests.factories import START
from tests.rows import row

ROWS = (
    row(1, 0, None, "St Mary's, Garstang"),
    row(2, 1, START, "Ash School"),
    row(3, 5, START - timedelta(days=2), "Saint Anne's"),
    row(4, 1, None, "Ash School"),
)


@pytest.mark.parametrize(("sort", "numbers"), [
    (Sort.NEWEST, [4, 3, 2, 1]),
    (Sort.OLDEST, [1, 2, 3, 4]),
    (Sort.DUE, [3, 2, 1, 4]),
    (Sort.PRIORITY, [2, 4, 3, 1]),
    (Sort.SCHOOL, [2, 4, 3, 1]),
])  # fmt: skip
def test_what_is_found_is_put_in_order_and_read_by_windows(sort: Sort, numbers: list[int]) -> None:
    """What has no due date or priority comes last; what is equal goes by the number."""
    whole = sorted_page(ROWS, sort, Window(), None)
    assert [each.number for each in whole.rows] == numbers
    assert (whole.newer, whole.older) == (False, False)
    for above, below in pairwise(whole.rows):
        down = sorted_page(ROWS, sort, Window(limit=1, key=place(sort, above)), None)
        assert (down.rows, down.newer) == ((below,), True)
        up = sorted_page(ROWS, sort, Window(limit=1, key=place(sort, below), newer=True), None)
        assert (up.rows, up.older) == ((above,), True)
        here = Window(limit=2, key=place(sort, above), inclusive=True)
        assert sorted_page(ROWS, sort, here, None).rows == (above, below)


def test_late_begins_with_the_worst_and_what_was_ever_logged_goes_by_time_alone() -> None:
    assert ListQuery(View.LATE).order is Sort.DUE
    assert ListQuery(View.OPEN).order is Sort.NEWEST
    assert ListQuery(View.OPEN, sort=Sort.SCHOOL).order is Sort.SCHOOL
    assert View.ALL.sorts == View.CLOSED.sorts == EVER_SORTS


def test_the_next_sorting_goes_round_both_ways() -> None:
    assert Sort.OLDEST.next(1, OPEN_SORTS) is Sort.NEWEST
    assert Sort.NEWEST.next(-1, OPEN_SORTS) is Sort.OLDEST
    assert Sort.SCHOOL.next(1, EVER_SORTS) is Sort.OLDEST


@pytest.mark.parametrize("name", ["St. Mary's C.E.", "Saint Anne & Co", "Wi-Fi_School", "[/]"])
def test_a_row_knows_its_schools_place_as_the_database_does(name: str) -> None:
    """The database sorts by name and town together, a row has them with a comma between."""
    new = NewSchool(portal_number="09021", name=name, town="Test Town")
    assert school_name(school_title(new.name, new.town)) == school_name(f"{name} {new.town}")


def test_a_moved_view_changes_places_with_what_was_there() -> None:
    one, two = SavedView(1, "One", "a"), SavedView(2, "Two", "b")
    assert moved((one, two), 1, 2) == (SavedView(2, "One", "a"), SavedView(1, "Two", "b"))
    assert moved((one, two), 1, 9) == (SavedView(9, "One", "a"),)
    assert moved((one, two), 1, 1) == (one,)


@pytest.mark.parametrize(("number", "step", "cursor", "found"), [
    (2, 1, 1, 3),
    (2, -1, 1, 1),
    (4, 1, 3, None),
    (1, -1, 0, None),
    (9, 1, 2, 3),
    (9, -1, 2, 2),
    (9, -1, 0, None),
])  # fmt: skip
def test_one_goes_along_a_list_and_no_further_than_its_ends(
    number: int, step: int, cursor: int, found: int | None
) -> None:
    """Also from one that has left the list (rule 48)."""
    beside = Page(ROWS).beside(number, step, cursor)
    assert (beside and beside.number) == found
