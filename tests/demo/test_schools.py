"""The demonstration's schools: made up, awkward, and found by what a caller says."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from eds_tui.demo.data import read_data
from eds_tui.domain.account import Account
from eds_tui.domain.school import NewSchool, check_new_school
from eds_tui.domain.telephone import telephone_numbers
from eds_tui.repository.unit_of_work import Database
from eds_tui.services.container import Services
from tests.cases import each_case
from tests.demo.reading import every_value

SCHOOLS = read_data().schools
_DRAMA = re.compile(r"01632960\d{3}|01772123456")


def _found(demo: Services, handler: Account, text: str) -> list[str]:
    schools, _total = demo.schools.find(handler, text)
    return [school.portal_number for school in schools]


@each_case("school", SCHOOLS)
def test_a_school_is_found_by_name_and_town_telephone_and_numbers(
    demo: Services, handler: Account, school: NewSchool
) -> None:
    assert school.portal_number in _found(demo, handler, school.name)
    assert _found(demo, handler, f"{school.name} {school.town}")[0] == school.portal_number
    (digits,) = telephone_numbers(school.telephone)
    assert _DRAMA.fullmatch(digits)
    assert _found(demo, handler, digits) == [school.portal_number]
    assert _found(demo, handler, f"+44 (0){digits[1:5]} {digits[5:]}") == [school.portal_number]
    for number in (school.portal_number, school.dfe_number, school.urn):
        assert _found(demo, handler, number)[0] == school.portal_number


@pytest.mark.parametrize("school", SCHOOLS, ids=lambda school: school.portal_number)
def test_a_school_is_complete(school: NewSchool) -> None:
    check_new_school(school)
    assert school.dfe_number.startswith("888/")
    assert school.la_number == "888"
    assert school.urn
    assert school.town
    assert school.email.endswith(".example")
    assert school.connection_type
    assert school.bandwidth
    assert 1 <= len(school.contacts) <= 3
    assert [contact.main for contact in school.contacts].count(True) == 1


def test_there_are_at_least_48_schools_whose_numbers_are_their_own() -> None:
    assert len(SCHOOLS) >= 48
    for field in ("portal_number", "dfe_number", "urn", "email", "telephone"):
        assert len({getattr(school, field) for school in SCHOOLS}) == len(SCHOOLS)


def test_the_names_are_as_awkward_as_real_ones() -> None:
    names = [school.name for school in SCHOOLS]
    assert max(map(len, names)) == 78
    assert min(map(len, names)) == 3
    assert [name for name, uses in Counter(names).items() if uses == 2] == [
        "Holy Trinity Primary School"
    ]
    for part in (
        *("O'", "D'", "St ", "Saint ", "St. ", ",", "&", "@", "100%", "[SEN]", "(V.A.)", '"', "_"),
        *("Ysgol", "É", "ë", "-"),
    ):
        assert any(part in name for name in names), part


@pytest.mark.parametrize(
    ("portal_number", "title"),
    [
        ("00000", "Test School, Test Town"),
        ("30112", "St Mary's and St Michael's, Garstang"),
        ("09021", "Garstang Community Primary School, Garstang"),
    ],
)
def test_the_guides_school_and_those_of_the_drawings_are_there(
    demo: Services, portal_number: str, title: str
) -> None:
    assert demo.schools.by_portal_number(portal_number).title == title


def test_every_address_is_of_a_domain_that_reaches_nobody(demo_database: Database) -> None:
    texts = [str(value) for _name, value in every_value(demo_database)]
    addresses = [found for text in texts for found in re.findall(r"[\w.+-]+@[\w-]+\.[\w.-]+", text)]
    assert len(addresses) > 100
    assert [address for address in addresses if not address.endswith(".example")] == []


def test_every_telephone_number_reaches_nobody(demo_database: Database) -> None:
    numbers = [value for name, value in every_value(demo_database) if name == "digits"]
    assert len(numbers) >= len(SCHOOLS)
    assert [number for number in numbers if not _DRAMA.fullmatch(number)] == []
