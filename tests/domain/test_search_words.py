"""Telephone numbers in a search: found by their digits, however they are written (rules 31, 45)."""

from __future__ import annotations

import pytest

from eds_tui.domain.search import parse_search
from eds_tui.domain.search_words import asked_words, kept_words
from tests.factories import START

DIGITS = ("01772123456",)


@pytest.mark.parametrize(
    "written",
    [
        "01772 123456", "01772123456", "+44 (0)1772 123456", "+44 1772 123456", "44 1772 123456",
        "(01772) 123456", "0044 1772 123456", "01772-123456", "01772.123456",
    ],
)  # fmt: skip
def test_every_spelling_of_a_number_is_one_term_and_asks_for_its_digits(written: str) -> None:
    (term,) = parse_search(written, START).words
    assert DIGITS in asked_words(term)
    assert DIGITS in set(kept_words(f"Test Bursar, {written} ext 4"))


@pytest.mark.parametrize("text", [
    "2026-06-13 11:00", "13/06/2026 12:30", "8882001", "INC0123456", "0123456", "192.168.10.254",
    "Error 0x80070005", "01772 123456 01772 123456",
])  # fmt: skip
def test_what_is_no_telephone_number_adds_no_words(text: str) -> None:
    assert not [words for words in kept_words(text) if len(words) == 1 and words[0][0] == "0"
                and len(words[0]) > 9]  # fmt: skip


def test_a_number_stands_among_words_and_filters() -> None:
    query = parse_search("printer 01772 123456 is:late", START)
    assert query.words == ("printer", "01772 123456")
    assert query.late
    assert parse_search('"call 01772 123456"', START).words == ("call 01772 123456",)
