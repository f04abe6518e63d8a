"""Text from people: kept as it came, shown without steering a terminal."""

from __future__ import annotations

import sys
import unicodedata

import pytest

from eds_tui.domain.folding import fold
from eds_tui.domain.text import REPLACEMENT, first_line, one_line, storable, visible
from tests import nasty
from tests.cases import each_case

BIDI_CONTROLS = {"LRE", "RLE", "PDF", "LRO", "RLO", "LRI", "RLI", "FSI", "PDI"}
EVERY_CHARACTER = "".join(map(chr, range(sys.maxunicode + 1)))
NAMES = [repr(text)[:40] for text in nasty.ALL]


def steering(text: str) -> set[str]:
    """Return the characters of a text that a terminal may act on, or that hide something."""
    return {
        char
        for char in set(text)
        if unicodedata.category(char) in {"Cc", "Cs", "Zl", "Zp"}
        or unicodedata.bidirectional(char) in BIDI_CONTROLS
        or char in "\u200b\u200e\u200f\u061c\u2060\ufeff\u00ad"
    }


@each_case("text", nasty.ALL)
def test_nothing_visible_steers_a_terminal(text: str) -> None:
    assert steering(visible(text)) == set()


@each_case("text", nasty.ALL)
def test_visible_lines_keep_line_breaks_and_nothing_else(text: str) -> None:
    assert steering(visible(text, lines=True)) <= {"\n"}


@each_case("text", nasty.ALL)
def test_one_line_is_one_line(text: str) -> None:
    assert one_line(text).splitlines() in ([one_line(text)], [])
    assert steering(one_line(text)) == set()


@pytest.mark.long
def test_no_character_of_unicode_gets_past_visible() -> None:
    assert steering(visible(EVERY_CHARACTER)) == set()
    assert steering(visible(EVERY_CHARACTER, lines=True)) == {"\n"}
    assert steering(one_line(EVERY_CHARACTER)) == set()


def test_what_is_visible_is_left_alone_by_making_it_visible_again() -> None:
    for text in nasty.ALL:
        assert visible(visible(text)) == visible(text)
        assert one_line(one_line(text)) == one_line(text)


@each_case("text", nasty.MARKUP)
def test_square_brackets_stay_as_typed(text: str) -> None:
    assert visible(text) == visible(text, lines=True) == one_line(text) == text


@each_case(
    "text, shown",
    [
        ("a\x1b[2Jb", "a␛[2Jb"),
        ("a\x7fb", "a␡b"),
        ("a\x9b31m", f"a{REPLACEMENT}31m"),
        ("abc\u202etxt.exe", f"abc{REPLACEMENT}txt.exe"),
        ("a\tb", "a b"),
        ("a\nb", "a␊b"),
        ("nul\0tail", f"nul{REPLACEMENT}tail"),
        ("b\udce5d.txt", f"b{REPLACEMENT}d.txt"),
        ("père, 打印机", "père, 打印机"),
    ],
)
def test_each_kind_of_character_has_its_visible_sign(text: str, shown: str) -> None:
    assert visible(text) == shown


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\x85", "\u2028", "\u2029"])
def test_every_line_break_is_one_where_lines_are_kept(line_break: str) -> None:
    assert visible(f"one{line_break}two", lines=True) == "one\ntwo"


@each_case("blank", [" ", "\n", "\r\n", "\t", "  \t\n ", "\u2028", "\u00a0"])
def test_one_line_joins_with_one_blank(blank: str) -> None:
    assert one_line(f" one{blank}two ") == "one two"


@each_case(
    "text, shown",
    [
        ("\u26a0\ufe0f Skrivare", "\u26a0 Skrivare"),
        ("1\ufe0f\u20e3", "1"),
        ("\U0001f44d\U0001f3fd", "\U0001f44d"),
        ("a\u200db", "ab"),
        ("\U0001fffe", REPLACEMENT),
        ("\ue000", REPLACEMENT),
        ("שלום", "שלום"),
    ],
)
def test_one_line_is_of_the_same_width_everywhere(text: str, shown: str) -> None:
    assert one_line(text) == shown


@each_case("text", [*nasty.STORABLE, *nasty.LONG])
def test_what_a_database_holds_is_stored_as_it_came(text: str) -> None:
    assert storable(text) == text


@pytest.mark.parametrize(("text", "kept"), nasty.UNSTORABLE)
def test_what_no_database_holds_is_replaced(text: str, kept: str) -> None:
    assert storable(text) == kept


@pytest.mark.parametrize(
    "text", ["St Mary's", "st marys", "SAINT MARY’S", " Saint  Mary‘s ", "St. Mary`s"]
)
def test_spellings_of_one_name_fold_alike(text: str) -> None:
    assert fold(text) == "st marys"


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Ångström", "angstrom"),
        ("A-B/C", "a b c"),
        ("'", ""),
        ("100%", "100"),
        ("Sainthill", "sainthill"),
    ],
)
def test_case_accents_and_punctuation_do_not_count(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_the_first_line_is_no_longer_than_asked() -> None:
    assert first_line("word " * 1_000, 9) == "word word"
    assert first_line("\x1b[2J\nsecond", 200) == "␛[2J second"
