"""How it is said who is writing."""

from __future__ import annotations

from eds_tui.domain.presence import FRESH, SAY_EVERY, Writer, in_words
from tests.cases import each_case

ANNE = Writer(name="A. Handler", service_centre=True)
BEN = Writer(name="B. Colleague", service_centre=True)
CAROL = Writer(name="C. Third", service_centre=True)
DAN = Writer(name="D. Fourth", service_centre=True)
HEAD = Writer(name="Test User", service_centre=False)


@each_case(
    "writers, words",
    [
        ([], ""),
        ([BEN], "B. Colleague is writing here"),
        ([HEAD], "Test User (school) is writing here"),
        ([ANNE, HEAD], "A. Handler and Test User (school) are writing here"),
        ([ANNE, BEN, CAROL], "A. Handler, B. Colleague and C. Third are writing here"),
        ([ANNE, BEN, CAROL, DAN], "A. Handler, B. Colleague and 2 others are writing here"),
        ([BEN, BEN], "B. Colleague is writing here"),
        (
            [Writer(name="A. Handler", service_centre=True, own=True)],
            "You, in another session, are writing here",
        ),
        (
            [Writer(name="Bursar", service_centre=True, own=True, shared=True)],
            "Bursar, in another session, is writing here",
        ),
        ([Writer(name="[/]\x1b[2J\nB", service_centre=True)], "[/]␛[2J B is writing here"),
    ],
)
def test_who_is_writing_in_words(writers: list[Writer], words: str) -> None:
    assert in_words(writers, at_service_centre=True) == words


def test_a_school_reads_which_side_a_writer_is_on() -> None:
    words = "A. Handler (ICT Service Centre) and Test User are writing here"
    assert in_words([ANNE, HEAD], at_service_centre=False) == words


def test_a_session_that_could_not_say_so_twice_still_counts_as_writing() -> None:
    assert SAY_EVERY.total_seconds() == 5
    assert FRESH == 3 * SAY_EVERY
