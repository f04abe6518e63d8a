"""What reads alike (rule 33)."""

from __future__ import annotations

from eds_tui.domain.lookalike import least_in_common, telling_words
from tests.cases import each_case


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


@each_case("words, least", [(1, 1), (3, 1), (4, 2), (20, 2)])
def test_of_a_long_text_one_word_in_common_is_not_enough(words: int, least: int) -> None:
    assert least_in_common(words) == least
