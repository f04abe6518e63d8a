"""Guide 2.5: the telephone field, and the name that a shared login must give (rule 6)."""

from __future__ import annotations

import pytest

from eds_tui.domain.errors import InvalidInput
from eds_tui.services.container import Services
from tests.factories import People, new_form


@pytest.mark.parametrize("telephone", ["", "01772 123456", "Test Bursar, ext 4", "at reception"])
def test_rule_6_the_telephone_is_free_text_and_may_be_empty(
    services: Services, people: People, telephone: str
) -> None:
    """Guide 2.5: a number is a good idea, and no condition."""
    services.report.log(people.head, new_form(telephone=telephone))
    assert services.queue.open(people.head, 1).row.contact_telephone == telephone


@pytest.mark.parametrize("telephone", ["", "01772 123456", "01772 123456 ext4", "+44 1772 123456"])
def test_rule_6_a_shared_login_must_give_a_name(
    services: Services, people: People, telephone: str
) -> None:
    """Guide 2.5: who uses a generic login has to put the name here."""
    with pytest.raises(InvalidInput) as refused:
        services.report.log(people.bursar, new_form(telephone=telephone))
    assert list(refused.value.problems) == ["telephone"]


def test_rule_6_a_shared_login_with_a_name_reports(services: Services, people: People) -> None:
    """Guide 2.5: with the name in this field a generic login reports as any other."""
    services.report.log(people.bursar, new_form(telephone="Jo Smith 01772 123456"))
    row = services.queue.open(people.head, 1).row
    assert (row.contact_name, row.contact_telephone) == ("Bursar", "Jo Smith 01772 123456")
