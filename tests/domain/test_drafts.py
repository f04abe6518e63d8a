"""The places of drafts, and what is left of one that can't be placed (rules 24 and 36)."""

from __future__ import annotations

import pytest

from eds_tui.domain.drafts import (
    another_place,
    beside,
    box_of,
    covers,
    in_words,
    is_at,
    is_unplaced,
    kind_of,
    new_place,
    number_of,
    unplaced,
)  # fmt: skip
from eds_tui.domain.views import Draft
from tests.factories import START


def test_a_box_is_that_of_its_incidents_in_any_order_and_of_no_others() -> None:
    assert box_of("comment", [1]) == "comment:INC0000001"
    assert box_of("hide", [3, 1, 2]) == box_of("hide", [1, 2, 3]) != box_of("hide", [1, 2])
    assert box_of("hide", [1, 2]) != box_of("change", [1, 2])


@pytest.mark.parametrize(
    ("place", "box", "at"),
    [
        ("comment:INC0000001", "comment:INC0000001", True),
        ("comment:INC0000001:a", "comment:INC0000001", True),
        ("comment:INC10000000:a", "comment:INC1000000", False),
        ("note:INC0000001:a", "comment:INC0000001", False),
    ],
)
def test_a_draft_is_in_its_own_box_alone(place: str, box: str, at: bool) -> None:
    assert is_at(place, box) is at


def test_every_draft_of_a_box_has_a_place_that_fits_the_table() -> None:
    box = box_of("resolution", range(1, 1000))
    places = {new_place(box), new_place(box), another_place(new_place(box))}
    assert len(places) == 3
    assert all(is_at(place, box) and len(place) <= 64 for place in places)
    form = another_place("call:a")
    assert (kind_of(form), form != "call:a") == ("call", True)


@pytest.mark.parametrize(
    ("place", "number"),
    [
        ("comment:INC0000007", 7), ("note:INC0000007:a", 7), ("call:INC0000007", None),
        ("call:abc", None), ("question:3-abc:d", None),
    ],
)  # fmt: skip
def test_the_number_that_a_place_is_about(place: str, number: int | None) -> None:
    assert number_of(place) == number


def test_of_an_unplaced_draft_only_what_was_typed_is_left() -> None:
    body = {"text": "Still down", "caller": "Jo", "submission": "a", "numbers": [7], "tried": ["b"]}
    draft = unplaced(Draft(place="comment:INC0000007:a", body=body, saved_at=START))
    assert draft.body == {"text": "Still down", "caller": "Jo"}
    assert (is_unplaced(draft.place), kind_of(draft.place)) == (True, "comment")
    assert "7" not in in_words(draft)
    assert "INC" not in repr(draft)


def test_one_that_is_put_beside_another_has_no_key_and_the_same_place_each_time() -> None:
    draft = Draft(
        place="note:INC0000007:a", body={"text": "one", "submission": "a"}, saved_at=START
    )
    assert beside(draft).body == {"text": "one"}
    assert beside(draft).place == beside(draft).place != draft.place
    assert is_at(beside(draft).place, "note:INC0000007")


@pytest.mark.parametrize(
    ("place", "body", "words"),
    [
        ("note:INC0000007:a", {}, "work note on INC0000007"),
        ("hide:2-x:a", {"numbers": [1, 2]}, "reason for a change of confidential on 2 incidents"),
        ("call:a", {}, "call"),
        ("later:INC0000007", {}, "text on INC0000007"),
    ],
)
def test_what_a_draft_is_in_words(place: str, body: dict[str, object], words: str) -> None:
    assert in_words(Draft(place=place, body=body, saved_at=START)) == words


@pytest.mark.parametrize(("name", "then"), [("cursor", ["description", 0, 2]), ("offered", [])])
def test_a_draft_that_was_typed_on_covers_an_earlier_one_wherever_the_cursor_stood(
    name: str, then: list[object]
) -> None:
    earlier = {"description": "Pr", name: ["description"]}
    assert covers({"description": "Printer", name: then}, earlier)
    assert not covers({"description": "Pencil", name: then}, earlier)
