"""The words of all schools: what there is of a word, what holds one inside, and what was meant."""

from __future__ import annotations

from itertools import product

import pytest

from eds_tui.domain.school_vocabulary import Vocabulary
from eds_tui.domain.school_words import slips
from tests.cases import each_case

WORDS = (
    ("garstang", 3, 4), ("garston", 2, 2), ("pendleside", 1, 1), ("primary", 9, 9), ("st", 5, 6),
    ("marys", 4, 4), ("jonson", 0, 2), ("stanley", 1, 1), ("carnforth", 2, 2), ("nelson", 1, 1),
)  # fmt: skip


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    """A few words, in no order."""
    return Vocabulary(WORDS)


@each_case("typed, count", [("gars", 6), ("garstang", 4), ("s", 7), ("st", 7), ("x", 0), ("", 32)])
def test_schools_are_counted_by_the_beginning_of_a_word(
    vocabulary: Vocabulary, typed: str, count: int
) -> None:
    assert vocabulary.count(typed) == count


def test_schools_are_counted_by_whole_words(vocabulary: Vocabulary) -> None:
    assert vocabulary.count_of(["st", "marys", "gars"]) == 10


@each_case(
    "part, words",
    [
        ("stang", {"garstang"}), ("st", {"garstang", "garston"}), ("on", {"garston", "nelson"}),
        ("s", {"garstang", "garston", "marys", "nelson", "pendleside", }), ("zz", set()),
        ("marys", set()), ("arys\nst", set()),
    ],
)  # fmt: skip
def test_what_is_inside_a_word_is_in_that_of_a_name_and_not_at_its_beginning(
    vocabulary: Vocabulary, part: str, words: set[str]
) -> None:
    assert vocabulary.holding(part) == words


@each_case(
    "typed, first",
    [
        ("garstng", {"garstang"}), ("gasrtang", {"garstang"}), ("xgarstang", {"garstang"}),
        ("garstin", {"garstang", "garston"}), ("pendelside", {"pendleside"}),
        ("penledsid", {"pendleside"}), ("mayrs", {"marys"}), ("jonsen", {"jonson"}),
        ("garston", {"garstang"}), ("arnforth", {"carnforth"}),
    ],
)  # fmt: skip
def test_the_likeliest_words_come_first(
    vocabulary: Vocabulary, typed: str, first: set[str]
) -> None:
    assert vocabulary.near(typed)[0] == first


@each_case("typed", ["mry", "1234", "zzzzzzzz", "gxrxtng"])
def test_of_other_words_nothing_was_meant(vocabulary: Vocabulary, typed: str) -> None:
    assert vocabulary.near(typed) == ()


def test_each_slip_in_each_place_is_found_as_when_every_word_is_compared(
    vocabulary: Vocabulary,
) -> None:
    words = [word for word, _, _ in WORDS]
    for word, place in product(("garstang", "primary", "marys"), range(4)):
        before, after = word[:place], word[place:]
        for typed in (
            before + after[1:], f"{before}x{after}", f"{before}q{after[1:]}",
            before + after[1] + after[0] + after[2:],
        ):  # fmt: skip
            meant = {each for each, count in slips(typed, words).items() if count}
            assert meant == frozenset[str]().union(*vocabulary.near(typed)), typed


@each_case(
    "typed, two",
    [("stmarys", ("st", "marys")), ("garstangpri", ("garstang", "pri")), ("stx", None),
     ("zzmarys", None)],
)  # fmt: skip
def test_two_words_that_were_typed_as_one_are_parted(
    vocabulary: Vocabulary, typed: str, two: tuple[str, str] | None
) -> None:
    assert vocabulary.parted(typed) == two
