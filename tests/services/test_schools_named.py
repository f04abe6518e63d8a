"""Which school is meant by a number or a name, where somebody has to mean one."""

from __future__ import annotations

import pytest

from eds_tui.domain.errors import Ambiguous, NotFound
from eds_tui.services.container import Services
from tests.factories import People, new_school


def test_a_school_is_meant_that_alone_is_found_or_alone_has_just_that_name(
    services: Services, people: People
) -> None:
    for number, name in (("10001", "Garstang Academy"), ("10002", "Garstang")):
        services.schools.add(new_school(portal_number=number, name=name))
    for text, number in (
        ("academy", "10001"), ("GARSTANG", "10002"), ("garstang academy", "10001"),
        (" 10002 ", "10002"), ("St Mary's and St Michael's, Garstang", "30112"),
    ):  # fmt: skip
        assert services.schools.named(text).portal_number == number
    with pytest.raises(Ambiguous, match=r"^3 schools are found by garst;") as several:
        services.schools.named("garst")
    assert [line[:5] for line in several.value.more] == ["10001", "10002", "30112"]
    for text, words in (("nowhere", "named nowhere"), ("99999", "with portal number 99999")):
        with pytest.raises(NotFound, match=f"There is no school {words}"):
            services.schools.named(text)
