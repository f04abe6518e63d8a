"""Telephone numbers: compared by their digits (rule 31)."""

from __future__ import annotations

import pytest

from eds_tui.domain.telephone import dialled_digits, telephone_numbers
from tests import nasty
from tests.cases import each_case


@each_case(
    "text",
    [
        "01772 123456",
        "01772123456",
        "(01772) 123456",
        "01772-123-456",
        "+44 1772 123456",
        "+44 (0)1772 123456",
        "+441772123456",
        "0044 1772 123456",
        "Head (01772) 123456 ext 4",
        "01772123456 ext. 4",
        "01772 123456 x4",
        "Test Bursar 01772 123456",
    ],
)
def test_every_way_to_write_a_number_gives_its_national_digits(text: str) -> None:
    assert telephone_numbers(text) == ("01772123456",)


@pytest.mark.parametrize("text", ["", "Test Bursar", "ext 4", "'", "at reception"])
def test_a_text_without_a_number_gives_none(text: str) -> None:
    assert telephone_numbers(text) == ()


@each_case("text", nasty.ALL)
def test_no_text_upsets_it(text: str) -> None:
    digits = "".join(telephone_numbers(text))
    assert digits == "" or digits.isdecimal()


@pytest.mark.parametrize("text", ["01772", "123456", "+44 (0)1772", "01772-123 456", "1234"])
def test_digits_and_their_punctuation_may_be_part_of_a_number(text: str) -> None:
    assert dialled_digits(text)


@each_case("text", ["", "123", "St Mary's", "Room 1234", "1234x", "'", "100%"])
def test_other_texts_are_not_numbers(text: str) -> None:
    assert not dialled_digits(text)
