"""Guide 2.5: the telephone field, and the name that a shared login must give (rule 6)."""

from __future__ import annotations

import pytest

from eds_tui.domain.errors import InvalidInput
from eds_tui.services.container import Services
from tests.factories import People, new_form


@pytest.mark.parametrize("telephone", ["", "01772 123456", "Test Bursar, ext 4", "at reception"])
def test_rule_6_the_telephone_is_free_text_and_may_be_empty(
    desk: Services, people: People, telephone: str
) -> None:
    desk.report.log(people.head, new_form(telephone=telephone))
    assert desk.queue.open(people.head, 1).row.contact_telephone == telephone


@pytest.mark.parametrize("telephone", ["", "01772 123456", "01772 123456 ext4", "+44 1772 123456"])
def test_rule_6_a_shared_login_must_give_a_name(
    desk: Services, people: People, telephone: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        desk.report.log(people.bursar, new_form(telephone=telephone))
    assert list(refused.value.problems) == ["telephone"]


def test_rule_6_a_shared_login_with_a_name_reports(desk: Services, people: People) -> None:
    desk.report.log(people.bursar, new_form(telephone="Jo Smith 01772 123456"))
    row = desk.queue.open(people.head, 1).row
    assert (row.contact_name, row.contact_telephone) == ("Bursar", "Jo Smith 01772 123456")
