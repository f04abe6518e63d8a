"""Calls that a handler takes: finding the school and its incidents (rules 31, 32 and 34)."""

from __future__ import annotations

import pytest

from eds_tui.domain.incident import parse_number
from eds_tui.domain.lifecycle import State
from eds_tui.repository.unit_of_work import Database
from eds_tui.services.container import Services
from tests.factories import People, SetClock, new_form, set_state


@pytest.mark.parametrize(
    ("text", "school"),
    [
        ("00000", "00000"),
        ("888/2001", "00000"),
        ("8882001", "00000"),
        ("119001", "00000"),
        ("test sch", "00000"),
        ("+44 (0)1772 123456", "00000"),
        ("01772 123456", "00000"),
        ("123456", "00000"),
        ("garst", "30112"),
        ("St Mary's", "30112"),
        ("saint marys", "30112"),
        ("'", "30112"),
    ],
)
def test_rule_31_whatever_the_caller_says_finds_the_school(
    services: Services, people: People, text: str, school: str
) -> None:
    """Guide 2.2 and 2.6: who telephones is found by whatever they say of their school."""
    schools, total = services.schools.find(people.handler, text)
    assert schools[0].portal_number == school
    assert total == len(schools)


@pytest.mark.parametrize("text", ["100%", "%", "_", "O'Malley"])
def test_rule_31_signs_are_ordinary_text(services: Services, people: People, text: str) -> None:
    """Guide 2.2 and 2.6: a name may have any sign in it."""
    assert services.schools.find(people.handler, text) == ((), 0)


def test_rule_32_the_card_has_the_school_and_all_that_it_has_open(
    database: Database, services: Services, people: People, clock: SetClock
) -> None:
    """Guide 2.2: who telephones for updates is told of confidential ones too."""
    services.report.log(people.head, new_form(confidential=True))
    services.report.log(people.neighbour, new_form())
    for _ in range(3):
        clock.forward(minutes=1)
        services.report.log(people.head, new_form())
    set_state(database, people, 3, State.RESOLVED, clock())
    clock.forward(hours=23)
    set_state(database, people, 4, State.RESOLVED, clock())
    clock.forward(hours=1)
    card = services.schools.card(people.handler, people.school.id)
    assert card.school == people.school
    assert [(row.number, row.confidential) for row in card.open.rows] == [
        (5, False), (4, False), (1, True),
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["INC0123456", "inc123456", "0123456", "123456", "Inc0123456"])
def test_rule_34_a_number_is_found_in_every_spelling(text: str) -> None:
    """Guide 2.6: the number is what one telephones with."""
    assert parse_number(text) == 123_456
