"""Schools as they are entered, and look-up texts taken apart (rule 31)."""

from __future__ import annotations

from typing import Any

import pytest

from eds_tui.domain.errors import InvalidInput
from eds_tui.domain.school import Contact, School, SchoolLookup, check_new_school, dfe_digits
from tests import nasty
from tests.cases import each_case
from tests.factories import new_school


def test_a_school_with_everything_right_goes() -> None:
    check_new_school(new_school())
    check_new_school(new_school(dfe_number="", urn="", email="", telephone="", town=""))


@each_case(
    "field, value",
    [
        ("portal_number", "1234"),
        ("portal_number", "123456"),
        ("portal_number", "12345\n"),
        ("portal_number", "١٢٣٤٥"),
        ("name", "  "),
        ("dfe_number", "88/2001"),
        ("dfe_number", "88820011"),
        ("urn", "11900"),
        ("urn", "\uff119001"),
        ("email", "head"),
        ("email", "head@test example"),
        ("email", "a@b\nBcc: c@d"),
        ("email", "head@school..example"),
        ("contacts", (Contact(name="Jo"), Contact(name="Mo", email="mo@school"))),
    ],
)
def test_a_school_of_which_something_can_not_be_right_is_refused(field: str, value: Any) -> None:
    with pytest.raises(InvalidInput) as refused:
        check_new_school(new_school(**{field: value}))
    assert list(refused.value.problems) == [field]


@pytest.mark.parametrize("text", ["888/2001", "8882001", "888 2001", " 888 / 2001 "])
def test_a_dfe_number_is_seven_digits_however_it_is_written(text: str) -> None:
    assert dfe_digits(text) == "8882001"


def test_a_title_is_name_and_town() -> None:
    assert School(portal_number="1", name="Test School", town="Test Town").title == (
        "Test School, Test Town"
    )
    assert School(portal_number="1", name="Test School", town="").title == "Test School"


@pytest.mark.parametrize("text", ["", "   ", "\n"])
def test_nothing_typed_is_an_empty_look_up(text: str) -> None:
    assert SchoolLookup.of(text).is_empty


@each_case("text", nasty.ALL)
def test_no_text_upsets_a_look_up(text: str) -> None:
    assert not SchoolLookup.of(text).is_empty
