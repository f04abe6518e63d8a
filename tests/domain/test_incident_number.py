"""Incident numbers in all their spellings (rules 8, 34 and 35)."""

from __future__ import annotations

import pytest

from eds_tui.domain.incident import format_number, parse_number
from tests import nasty
from tests.cases import each_case


@each_case(
    "text",
    [
        "INC0123456",
        "inc123456",
        "Inc0123456",
        "0123456",
        "123456",
        " INC0123456 ",
        "INC 123456",
        "INC0000000000000123456",
    ],
)
def test_every_spelling_means_the_same_number(text: str) -> None:
    assert parse_number(text) == 123_456


@each_case(
    "text",
    [
        "",
        "INC",
        "INC-1",
        "INCO123456",
        "12 34",
        "123456a",
        "#123456",
        "1.5",
        "+1",
        "١٢٣٤٥٦",
        "\uff11\uff12\uff13",
        "²³",
        "INC٣",
        "\u0131nc123456",
        "9" * 16,
    ],
)
def test_other_texts_are_no_number(text: str) -> None:
    assert parse_number(text) is None


@each_case("text", nasty.ALL)
def test_no_text_upsets_it(text: str) -> None:
    assert parse_number(text) is None


@pytest.mark.parametrize(
    ("number", "reference"),
    [
        (1, "INC0000001"),
        (123_456, "INC0123456"),
        (9_999_999, "INC9999999"),
        (10_000_000, "INC10000000"),
    ],
)
def test_a_reference_has_at_least_seven_digits(number: int, reference: str) -> None:
    assert format_number(number) == reference
    assert parse_number(reference) == number
