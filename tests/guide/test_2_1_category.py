"""Guide 2.1: the category (rule 2)."""

from __future__ import annotations

import pytest

from eds_tui.domain.errors import InvalidInput
from eds_tui.domain.incident import IncidentForm
from eds_tui.domain.priority import Category
from eds_tui.services.container import Services
from tests.factories import People, new_form


@pytest.mark.parametrize("category", list(Category))
def test_rule_2_each_category_is_kept(
    services: Services, people: People, category: Category
) -> None:
    """Guide 2.1: the category that the school chose is the one that everybody reads."""
    services.report.log(people.head, new_form(category=category))
    assert services.queue.open(people.head, 1).row.category is category


def test_rule_2_there_are_five_and_none_is_chosen_beforehand(
    services: Services, people: People
) -> None:
    """Guide 2.1: there are five to choose from, and the school has to choose."""
    assert [category.label for category in Category] == [
        "Data", "Hardware", "Network", "Passwords / Logins", "Software",
    ]  # fmt: skip
    assert IncidentForm(submission="key").category is None
    with pytest.raises(InvalidInput) as refused:
        services.report.log(people.head, new_form(category=None))
    assert list(refused.value.problems) == ["category"]
