"""What reads alike (rule 33)."""

from __future__ import annotations

from eds_tui.domain.lookalike import MOST_SHOWN, Lookalike, alike, telling_words
from tests.cases import each_case
from tests.factories import START


def others(*texts: str) -> list[Lookalike]:
    """Return incidents with these descriptions, numbered from 1."""
    return [
        Lookalike(number=number, details=text, town="Garstang", opened_at=START, confidential=False)
        for number, text in enumerate(texts, 1)
    ]


@each_case(
    "text, words",
    [
        ("", set()),
        ("The and of, not working since today!", set()),
        ("Printers, printing PRINTED printer", {"print"}),
        ("Café Wi-Fi", {"cafe"}),
        ("Error 0x0000011b on SIMS", {"0x0000011b", "sims"}),
        ("'\" -- % * [/]", set()),
    ],
)
def test_telling_words_are_those_that_say_what_it_is_about(text: str, words: set[str]) -> None:
    assert telling_words(text) == words


@each_case(
    "text, found",
    [
        ("No internet", [2, 4]),
        ("internet down in the whole building, router red", [2]),
        ("printing", [1, 3]),
        ("the printer jams in tray two", [3]),
        ("It is not working", []),
        ("", []),
        ("Projector lamp", []),
    ],
)
def test_those_with_most_words_in_common_are_found_in_their_order(
    text: str, found: list[int]
) -> None:
    incidents = others(
        "Printer in room 3 prints blank pages.",
        "Internet is down in the whole building: the router shows red.",
        "The printer jams, tray 2.",
        "Slow internet on the tablets",
    )
    assert [each.number for each in alike(text, incidents)] == found


def test_of_a_long_text_one_word_in_common_is_not_enough() -> None:
    text = "The keyboard of the teacher's laptop in the library lost its space bar."
    assert alike(text, others("Laptop battery swollen", "Laptop keyboard broken")) == tuple(
        others("", "Laptop keyboard broken")[1:]
    )


def test_no_more_are_offered_than_one_can_look_at() -> None:
    found = alike("internet", others(*["No internet"] * 9))
    assert [each.number for each in found] == list(range(1, MOST_SHOWN + 1))
