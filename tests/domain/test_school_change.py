"""What a change of a school comes to: its contacts, and the address that is notified (rule 28)."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest

from eds_tui.domain.errors import InvalidInput
from eds_tui.domain.school import Contact, NewSchool, School
from eds_tui.domain.school_change import SchoolChange, changed_school
from tests.cases import each_case
from tests.factories import new_school

NEW = new_school()
SCHOOL = School(**{field.name: getattr(NEW, field.name) for field in fields(NewSchool)})
"""Its notified address is its head's."""
BURSAR, HEAD = SCHOOL.contacts
NEW_HEAD = Contact(name="Mr New", job="Headteacher", email="new-head@test-school.example")


@each_case(
    "notified, change, then",
    [
        (HEAD.email, SchoolChange(town="Elsewhere"), HEAD.email),
        ("", SchoolChange(town="Elsewhere"), ""),
        ("office@test.example", SchoolChange(town="Elsewhere"), "office@test.example"),
        (HEAD.email, SchoolChange(contacts=(NEW_HEAD,), without=(HEAD.name,)), NEW_HEAD.email),
        ("", SchoolChange(contacts=(NEW_HEAD,), without=(HEAD.name,)), NEW_HEAD.email),
        (
            "office@test.example",
            SchoolChange(contacts=(NEW_HEAD,), without=(HEAD.name,)),
            "office@test.example",
        ),
        (HEAD.email, SchoolChange(without=(HEAD.name,)), HEAD.email),
        ("office@test.example", SchoolChange(email=""), HEAD.email),
        (HEAD.email, SchoolChange(email="office@test.example"), "office@test.example"),
    ],
)
def test_the_notified_address_follows_the_heads_where_it_was_that(
    notified: str, change: SchoolChange, then: str
) -> None:
    assert changed_school(replace(SCHOOL, email=notified), change).email == then


def test_a_contact_of_the_same_name_is_replaced_and_stays_the_main_one() -> None:
    again = Contact(name="test BURSAR", telephone="01772 1")
    after = changed_school(SCHOOL, SchoolChange(contacts=(again,)))
    assert after.contacts == (replace(again, main=True), HEAD)
    named = changed_school(SCHOOL, SchoolChange(contacts=(NEW_HEAD,), main="mr new"))
    assert [(each.name, each.main) for each in named.contacts] == [
        (BURSAR.name, False), (HEAD.name, False), (NEW_HEAD.name, True),
    ]  # fmt: skip


def test_the_first_contact_that_is_left_becomes_the_main_one() -> None:
    after = changed_school(SCHOOL, SchoolChange(without=(BURSAR.name,)))
    assert after.contacts == (replace(HEAD, main=True),)
    assert changed_school(after, SchoolChange(without=(HEAD.name,))).contacts == ()


def test_who_is_no_contact_can_not_be_taken_away_or_made_the_main_one() -> None:
    for change in (SchoolChange(without=("Nobody",)), SchoolChange(main="Nobody")):
        with pytest.raises(InvalidInput) as refused:
            changed_school(SCHOOL, change)
        assert refused.value.problems == {
            "contacts": "There is no contact Nobody; the contacts are: Test Bursar, Mrs Testing."
        }
