"""The words that a school is found by, slips that are forgiven, and what is shown of a match."""

from __future__ import annotations

import pytest

from eds_tui.domain.school import School, SchoolLookup
from eds_tui.domain.school_match import contact_found, matched
from eds_tui.domain.school_words import Place, meant, words_of
from tests.cases import each_case
from tests.factories import new_school

WORDS = ("garstang", "pendleside", "primary", "school", "st", "carnforth", "garston")


@each_case(
    "typed, word",
    [
        ("garstng", "garstang"), ("garstaang", "garstang"), ("gasrtang", "garstang"),
        ("garsyang", "garstang"), ("agrstang", "garstang"), ("pendelside", "pendleside"),
        ("pendlside", "pendleside"), ("pendllesid", "pendleside"), ("pednelside", "pendleside"),
        ("prmary", "primary"), ("scohol", "school"), ("carnfroth", "carnforth"),
    ],
)  # fmt: skip
def test_a_slip_is_forgiven(typed: str, word: str) -> None:
    assert word in meant(typed, WORDS)


@each_case("typed", ["sta", "xgarztng", "prmry", "zzzz", "1234", "gxrxtxng"])
def test_more_than_that_is_another_word(typed: str) -> None:
    assert meant(typed, WORDS) == frozenset()


@pytest.mark.parametrize(
    ("typed", "word", "is_meant"),
    [
        ("moer", "moor", True), ("moers", "moor", False), ("mer", "moor", False),
        ("moors", "moor", True), ("moorss", "moor", False), ("omor", "moor", True),
        ("mxorxal", "mooreal", False), ("mxorxall", "mooreall", True),
        ("chiippiing", "chipping", True), ("chiippiingg", "chipping", False),
        ("hcippign", "chipping", True), ("chppn", "chipping", False), ("chpping", "chipping", True),
        ("chxxxing", "chipping", False), ("1234", "1235", False),
    ],
)  # fmt: skip
def test_one_slip_is_forgiven_from_four_letters_on_and_two_from_eight(
    typed: str, word: str, is_meant: bool
) -> None:
    assert meant(typed, [word]) == (frozenset([word]) if is_meant else frozenset())


def test_the_fewest_slips_are_what_is_meant() -> None:
    assert meant("garston", WORDS) == {"garston"}
    assert meant("garstin", WORDS) == {"garston", "garstang"}


def test_every_word_has_its_place_and_numbers_go_without_their_zeros() -> None:
    words = words_of(new_school(portal_number="00912", name="St Anne's CE School", town="Garstang"))
    assert {
        ("st", Place.FIRST), ("annes", Place.NAMED), ("garstang", Place.NAMED),
        ("england", Place.OTHER), ("bursar", Place.OTHER), ("00912", Place.NUMBER),
        ("912", Place.NUMBER), ("8882001", Place.NUMBER), ("119001", Place.NUMBER),
    } <= words.keys()  # fmt: skip


def test_places_are_kept_by_the_numbers_that_every_database_has_of_them() -> None:
    numbers = {place.name: place.value for place in Place}
    assert numbers == {"FIRST": 0, "NAMED": 1, "OTHER": 2, "NUMBER": 3}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("garst", ["Garst"]), ("st mic", ["St", "St", "Mic"]), ("marys", ["Mary's"]),
        ("mary'", ["Mary"]), ("stang", ["stang"]), ("garstng", ["Garstang"]),
        ("saint michaels", ["St", "St", "Michael's"]), ("nowhere", []), ("'", []),
    ],
)  # fmt: skip
def test_what_was_found_is_told_from_the_rest(text: str, found: list[str]) -> None:
    title = "St Mary's and St Michael's, Garstang"
    spans = matched(title, SchoolLookup.of(text))
    assert [title[start:end] for start, end in spans] == found


def test_of_words_that_begin_so_and_words_that_only_hold_it_those_that_begin_are_told() -> None:
    title = "Moorside School, Drymoor"
    spans = matched(title, SchoolLookup.of("moor"))
    assert [title[start:end] for start, end in spans] == ["Moor"]


def test_a_contact_is_named_who_is_what_a_school_is_found_by() -> None:
    values = {name: getattr(new_school(), name) for name in ("name", "town", "contacts")}
    school = School(portal_number="00000", **values)
    assert contact_found(school, SchoolLookup.of("mrs test")) == "Mrs Testing"
    assert contact_found(school, SchoolLookup.of("test")) == ""
    assert contact_found(school, SchoolLookup.of("nobody")) == ""
