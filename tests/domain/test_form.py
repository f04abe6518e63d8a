"""The rules of the report form and of the form of a call (rules 2 to 9)."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Any

import pytest

from eds_tui.domain.errors import InvalidInput
from eds_tui.domain.incident import (
    ChosenFile,
    FileContents,
    IncidentForm,
    check_form,
    names_a_person,
)  # fmt: skip
from eds_tui.domain.priority import Category
from tests.cases import each_case
from tests.factories import new_form

MIB = 1024 * 1024


def chosen(size: int) -> ChosenFile:
    """Return a file of that size which nobody opens."""

    def never() -> AbstractContextManager[FileContents]:
        raise AssertionError("a file was opened by the rules of the form")

    return ChosenFile(name=f"{size}.bin", size=size, path=f"/shelf/{size}.bin", open=never)


def problems(form: IncidentForm, *, call: bool = False, generic: bool = False) -> dict[str, str]:
    """Return what the rules have against a form."""
    try:
        check_form(form, call=call, generic_login=generic)
    except InvalidInput as refused:
        return refused.problems
    return {}


def call_form(**changes: Any) -> IncidentForm:
    """Return a complete form of a call."""
    return new_form(**({"school_id": 1, "caller": "Test Bursar"} | changes))


def test_a_complete_form_goes() -> None:
    assert problems(new_form()) == {}
    assert problems(call_form(), call=True) == {}


def test_everything_missing_is_said_at_once_beside_its_field() -> None:
    empty = IncidentForm(submission="key")
    assert set(problems(empty)) == {"category", "impact", "description"}
    assert set(problems(empty, call=True)) == {
        "school", "caller", "category", "impact", "description",
    }  # fmt: skip
    assert set(problems(empty, generic=True)) == {
        "category", "impact", "description", "telephone",
    }  # fmt: skip


def test_nothing_is_chosen_beforehand() -> None:
    """Rule 3: nothing is confidential that nobody has said to be."""
    empty = IncidentForm(submission="key")
    assert (empty.confidential, empty.files, empty.parent) == (False, (), None)
    assert (empty.category, empty.impact, empty.description) == (None, None, "")


def test_the_message_of_a_refusal_holds_every_sentence() -> None:
    with pytest.raises(InvalidInput) as refused:
        check_form(IncidentForm(submission="key"), call=False, generic_login=False)
    assert all(sentence in refused.value.message for sentence in refused.value.problems.values())


@pytest.mark.parametrize("category", list(Category))
def test_every_category_goes(category: Category) -> None:
    assert problems(new_form(category=category)) == {}


@pytest.mark.parametrize("description", ["", " ", "\n\t \u00a0\n"])
def test_a_description_of_nothing_is_refused(description: str) -> None:
    assert set(problems(new_form(description=description))) == {"description"}


@pytest.mark.parametrize(
    ("field", "longest"),
    [("description", 8_000), ("telephone", 200), ("caller", 200), ("caller_email", 200)],
)
def test_a_field_may_be_as_long_as_its_limit_and_no_longer(field: str, longest: int) -> None:
    assert problems(call_form(**{field: "x" * longest}), call=True) == {}
    assert set(problems(call_form(**{field: "x" * (longest + 1)}), call=True)) == {field}


def test_too_long_a_text_is_told_both_numbers() -> None:
    sentence = problems(new_form(description="x" * 8_001))["description"]
    assert "8,001" in sentence
    assert "8,000" in sentence


def test_a_file_of_20_mib_goes_and_one_byte_more_is_refused_by_name() -> None:
    assert problems(new_form(files=(chosen(20 * MIB), chosen(0)))) == {}
    refused = problems(new_form(files=(chosen(1), chosen(20 * MIB + 1))))
    assert set(refused) == {"files"}
    assert "20971521.bin" in refused["files"]


def test_twenty_files_go_and_one_more_is_refused() -> None:
    assert problems(new_form(files=tuple(map(chosen, range(20))))) == {}
    assert set(problems(new_form(files=tuple(map(chosen, range(21)))))) == {"files"}


@pytest.mark.parametrize(
    "text",
    ["Jo 01772 123456", "Test Bursar", "Mrs O'Brien, 01772 123456 ext 4", "ext 4 Anne", "李小龍"],
)
def test_a_name_beside_a_number_is_found(text: str) -> None:
    assert names_a_person(text)


@each_case(
    "text",
    [
        "",
        "01772 123456",
        "01772 123456 ext 4",
        "01772 123456 Ext.4",
        "01772 123456 ext4",
        "01772 123456 x4",
        "tel:01772 123456",
        "Tel01772 123456",
        "mob07700 900123",
        "Phone 01772 123456",
        "+44 (0)1772 123456",
    ],
)
def test_a_number_alone_names_nobody(text: str) -> None:
    assert not names_a_person(text)
