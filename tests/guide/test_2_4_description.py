"""Guide 2.4: the description (rule 5)."""

from __future__ import annotations

import pytest

from eds_tui.domain.errors import InvalidInput
from eds_tui.services.container import Services
from tests.factories import People, new_form


@pytest.mark.parametrize(
    "description", ["x", "x" * 8_000, "Line one\nLine two\n\n  Line four", "é" * 8_000]
)
def test_rule_5_up_to_8000_characters_on_many_lines_are_kept(
    services: Services, people: People, description: str
) -> None:
    """Guide 2.4: as much as possible may be told, and stays as it was written."""
    services.report.log(people.head, new_form(description=description))
    assert services.queue.open(people.head, 1).description == description


@pytest.mark.parametrize("description", ["", "  \n ", "x" * 8_001])
def test_rule_5_nothing_and_more_than_8000_characters_are_refused(
    services: Services, people: People, description: str
) -> None:
    """Guide 2.4: a description is asked for."""
    with pytest.raises(InvalidInput) as refused:
        services.report.log(people.head, new_form(description=description))
    assert list(refused.value.problems) == ["description"]
