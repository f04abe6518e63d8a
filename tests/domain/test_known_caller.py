"""Whom a call offers as the caller, one key at a time (rule 42)."""

from __future__ import annotations

import pytest

from eds_tui.domain.known_caller import next_caller
from eds_tui.domain.school import Contact

PEOPLE = tuple(
    Contact(name=name) for name in ("Anne O'Brien", "Ben Cable", "Cath Dow", "Dee Ash", "Eve Cable")
)


@pytest.mark.parametrize(("typed", "step", "offered"), [
    ("Anne O'Brien", 1, "Ben Cable"),
    ("Ben Cable", 1, "Cath Dow"),
    ("Cath Dow", 1, "Dee Ash"),
    ("Eve Cable", 1, "Anne O'Brien"),
    ("Dee Ash", -1, "Cath Dow"),
    ("Anne O'Brien", -1, "Eve Cable"),
    ("cab", 1, "Ben Cable"),
    ("eve", 1, "Eve Cable"),
    ("able", 1, "Anne O'Brien"),
    ("", 1, "Anne O'Brien"),
])  # fmt: skip
def test_a_whole_name_goes_on_in_the_list_and_a_part_keeps_to_who_has_it(
    typed: str, step: int, offered: str
) -> None:
    found = next_caller(PEOPLE, typed, step)
    assert found is not None
    assert found.name == offered


def test_where_nobody_is_known_nobody_is_offered() -> None:
    assert next_caller((), "anne", 1) is None
