"""Saved views, which each person keeps for themselves."""

from __future__ import annotations

from dataclasses import replace

import pytest

from eds_tui.domain.errors import InvalidInput, NotAllowed, NotFound
from eds_tui.domain.saved_view import SavedView
from eds_tui.services.container import Services
from tests.factories import People

pytestmark = pytest.mark.long_on_postgres

PRINTERS = SavedView(1, "Printers", "category:hardware printer")


def test_each_keeps_views_of_their_own_by_digit(services: Services, people: People) -> None:
    late = SavedView(9, "Late", "is:late")
    services.saved_views.save(people.handler, late)
    services.saved_views.save(people.handler, PRINTERS)
    services.saved_views.save(people.lead, replace(PRINTERS, name="The lead's"))
    assert services.saved_views.of(people.handler) == (PRINTERS, late)
    assert [view.name for view in services.saved_views.of(people.lead)] == ["The lead's"]


def test_a_view_takes_the_place_of_the_one_under_its_digit(
    services: Services, people: People
) -> None:
    services.saved_views.save(people.handler, PRINTERS)
    services.saved_views.save(people.handler, SavedView(1, " Late ", "is:late"))
    assert services.saved_views.of(people.handler) == (SavedView(1, "Late", "is:late"),)
    services.saved_views.drop(people.handler, 1)
    services.saved_views.drop(people.handler, 1)
    assert services.saved_views.of(people.handler) == ()


@pytest.mark.parametrize(("view", "field"), [
    (replace(PRINTERS, digit=0), "digit"),
    (replace(PRINTERS, digit=10), "digit"),
    (replace(PRINTERS, name=" "), "name"),
    (replace(PRINTERS, name="x" * 201), "name"),
    (replace(PRINTERS, search=""), "search"),
    (replace(PRINTERS, search="x" * 201), "search"),
])  # fmt: skip
def test_a_view_needs_a_digit_a_name_and_a_search(
    services: Services, people: People, view: SavedView, field: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        services.saved_views.save(people.handler, view)
    assert list(refused.value.problems) == [field]
    assert services.saved_views.of(people.handler) == ()


def test_a_view_is_kept_under_what_is_typed(services: Services, people: People) -> None:
    keep = services.saved_views.keep
    for typed, kept, before in (
        ("4 Printers", SavedView(4, "Printers", "printer"), ""),
        (" Late ", SavedView(1, "Late", "printer"), ""),
        ("2nd line", SavedView(2, "2nd line", "printer"), ""),
        ("4  Jams", SavedView(4, "Jams", "printer"), "Printers"),
    ):
        assert keep(people.handler, typed, "printer") == (kept, before)
    for digit in (3, 5, 6, 7, 8, 9):
        assert keep(people.handler, "more", "b")[0].digit == digit
    all_nine = services.saved_views.of(people.handler)
    for typed, field in (("more", "digit"), ("3", "name"), ("3 ", "name")):
        with pytest.raises(InvalidInput) as refused:
            keep(people.handler, typed, "b")
        assert list(refused.value.problems) == [field]
    assert services.saved_views.of(people.handler) == all_nine
    with pytest.raises(NotAllowed):
        keep(people.head, "Late", "is:late")


def test_a_view_is_renamed_to_what_may_be_a_name(services: Services, people: People) -> None:
    services.saved_views.save(people.handler, PRINTERS)
    for name in (" ", "x" * 201):
        with pytest.raises(InvalidInput) as refused:
            services.saved_views.rename(people.handler, 1, name)
        assert list(refused.value.problems) == ["name"]
    with pytest.raises(NotFound):
        services.saved_views.rename(people.handler, 2, "Late")
    assert services.saved_views.of(people.handler) == (PRINTERS,)
    services.saved_views.rename(people.handler, 1, " Jams ")
    assert services.saved_views.of(people.handler) == (replace(PRINTERS, name="Jams"),)


def test_a_school_keeps_no_views(services: Services, people: People) -> None:
    with pytest.raises(NotAllowed):
        services.saved_views.save(people.head, PRINTERS)
    with pytest.raises(NotAllowed):
        services.saved_views.drop(people.head, 1)


def test_a_view_is_moved_and_what_was_there_takes_its_place(
    services: Services, people: People
) -> None:
    late = SavedView(9, "Late", "is:late")
    for view in (PRINTERS, late):
        services.saved_views.save(people.handler, view)
    services.saved_views.move(people.handler, 1, 9)
    assert services.saved_views.of(people.handler) == (
        replace(late, digit=1), replace(PRINTERS, digit=9),
    )  # fmt: skip
    services.saved_views.move(people.handler, 9, 4)
    assert [view.digit for view in services.saved_views.of(people.handler)] == [1, 4]
    with pytest.raises(InvalidInput):
        services.saved_views.move(people.handler, 1, 10)
    with pytest.raises(NotFound):
        services.saved_views.move(people.handler, 7, 1)
    with pytest.raises(NotAllowed):
        services.saved_views.move(people.head, 1, 2)
    assert [view.digit for view in services.saved_views.of(people.handler)] == [1, 4]
