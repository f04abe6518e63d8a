"""Guide 2.3: the impact, and the priority it suggests (rules 4 and 20)."""

from __future__ import annotations

import pytest

from eds_tui.domain.errors import InvalidInput
from eds_tui.domain.incident import IncidentForm
from eds_tui.domain.priority import Impact, Priority, suggested_priority
from eds_tui.services.container import Services
from tests.factories import People, new_form


@pytest.mark.parametrize("impact", list(Impact))
def test_rule_4_each_impact_is_kept(services: Services, people: People, impact: Impact) -> None:
    """Guide 2.3: the impact that the school chose is the one that everybody reads."""
    services.report.log(people.head, new_form(impact=impact))
    assert services.queue.open(people.head, 1).row.impact is impact


def test_rule_4_none_is_chosen_beforehand(services: Services, people: People) -> None:
    """Guide 2.3: the school has to say how many are affected."""
    assert IncidentForm(submission="key").impact is None
    with pytest.raises(InvalidInput) as refused:
        services.report.log(people.head, new_form(impact=None))
    assert list(refused.value.problems) == ["impact"]


@pytest.mark.parametrize("impact", list(Impact))
def test_rule_20_an_impact_suggests_a_priority_and_sets_none(
    services: Services, people: People, impact: Impact
) -> None:
    """Guide 2.3: the priority shows 0 until it is assessed, whatever the impact."""
    services.report.log(people.head, new_form(impact=impact))
    assert suggested_priority(impact).value == impact.value
    assert services.queue.open(people.head, 1).row.priority is Priority.NONE
