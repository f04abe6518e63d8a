"""Categories, impacts and priorities (rules 2, 4 and 20)."""

from __future__ import annotations

from eds_tui.domain.priority import Category, Impact, Priority, suggested_priority


def test_the_categories_of_the_guide_and_their_letters() -> None:
    assert [(category.letter, category.label) for category in Category] == [
        ("D", "Data"),
        ("H", "Hardware"),
        ("N", "Network"),
        ("P", "Passwords / Logins"),
        ("S", "Software"),
    ]


def test_a_narrow_column_has_the_first_four_letters_of_a_category() -> None:
    shown = [category.short_label for category in Category]
    assert shown == ["Data", "Hard", "Netw", "Pass", "Soft"]


def test_the_impacts_of_the_guide_and_their_digits() -> None:
    assert [(impact.value, impact.label) for impact in Impact] == [
        (1, "Enterprise"),
        (2, "Site/Department"),
        (3, "Multiple Users"),
        (4, "Single User"),
    ]
    assert len({impact.explanation for impact in Impact}) == 4


def test_the_priorities_of_the_guide() -> None:
    assert [priority.label for priority in Priority] == [
        "0 – None",
        "1 – Critical",
        "2 – High",
        "3 – Medium",
        "4 – Low",
        "5 – Advice and Guidance",
    ]


def test_an_impact_suggests_the_priority_of_its_digit() -> None:
    assert {impact: suggested_priority(impact) for impact in Impact} == {
        Impact.ENTERPRISE: Priority.CRITICAL,
        Impact.SITE: Priority.HIGH,
        Impact.MULTIPLE_USERS: Priority.MEDIUM,
        Impact.SINGLE_USER: Priority.LOW,
    }
