"""Guide 2: reporting a fault (rules 1, 9 and 10)."""

from __future__ import annotations

import pytest

from eds_tui.domain.errors import InvalidInput
from eds_tui.domain.incident import IncidentForm
from eds_tui.domain.lifecycle import State
from eds_tui.domain.priority import Priority
from eds_tui.services.container import Services
from tests.factories import People, new_form


def test_rule_1_name_and_school_come_from_the_login(services: Services, people: People) -> None:
    """Guide 2: name and school are taken from the login."""
    form = new_form(
        school_id=people.other_school.id, caller="Somebody Else", caller_email="else@example.org"
    )
    number = services.report.log(people.head, form).number
    row = services.queue.open(people.head, number).row
    assert (row.school_id, row.school) == (people.school.id, "Test School, Test Town")
    assert (row.contact_name, row.contact_email) == ("Test User", "user@test.example")
    assert row.logged_by == row.logged_for == "Test User"


def test_rule_1_an_account_knows_its_own_school(services: Services, people: People) -> None:
    """Guide 2: each login has its school."""
    assert services.schools.own(people.head) == people.school
    assert services.schools.own(people.neighbour) == people.other_school
    assert services.schools.own(people.handler) is None


def test_rule_9_a_refusal_names_every_wrong_field_from_the_top_of_the_form(
    services: Services, people: People
) -> None:
    """Guide 2: what has to be provided is named where it is missing."""
    with pytest.raises(InvalidInput) as refused:
        services.report.log(people.bursar, IncidentForm(submission="key"))
    assert list(refused.value.problems) == ["telephone", "category", "impact", "description"]
    with pytest.raises(InvalidInput) as refused:
        services.report.log(people.handler, IncidentForm(submission="key"))
    assert list(refused.value.problems) == [
        "school", "caller", "category", "impact", "description",
    ]  # fmt: skip


def test_rule_9_a_refused_form_may_be_sent_again_once_it_is_put_right(
    services: Services, people: People
) -> None:
    """Guide 2: once all is provided the form is submitted."""
    with pytest.raises(InvalidInput):
        services.report.log(people.head, new_form(submission="key", impact=None))
    assert services.report.log(people.head, new_form(submission="key")).number == 1


def test_rule_10_a_new_incident_is_new_without_priority_and_due_date(
    services: Services, people: People
) -> None:
    """Guide 2.3 and 2.6: a newly created one is New, and its priority shows 0."""
    services.report.log(people.head, new_form())
    row = services.queue.open(people.head, 1).row
    assert (row.state, row.priority, row.sla_due) == (State.NEW, Priority.NONE, None)
    assert (row.state.label, row.priority.label) == ("New", "0 – None")
