"""Whom an incident can be given to."""

from __future__ import annotations

import pytest

from eds_tui.domain.account import NewAccount, Role
from eds_tui.domain.errors import (
    InvalidInput,
)
from eds_tui.domain.triage import Assignee
from eds_tui.repository.unit_of_work import Database
from eds_tui.services.container import Services
from tests.factories import PASSWORD, People
from tests.services.triage_steps import (
    refused,
)

pytestmark = pytest.mark.usefixtures("two_incidents")


def test_an_incident_is_not_given_to_a_disabled_account(
    database: Database, services: Services, people: People
) -> None:
    services.accounts.disable("lead")
    said = refused(
        InvalidInput,
        database,
        lambda: services.triage.assign(
            people.handler, 1, None, Assignee(people.lead.id, "S. Lead")
        ),
    )
    assert said == "S. Lead can't be given incidents; choose somebody else."
    assert "S. Lead" not in [each.name for each in services.triage.assignees(people.handler)]


@pytest.mark.parametrize("who", ["head", "nobody"])
def test_an_incident_is_given_to_nobody_outside_the_service_centre(
    database: Database, services: Services, people: People, who: str
) -> None:
    account_id = people.head.id if who == "head" else 4711
    refused(
        InvalidInput,
        database,
        lambda: services.triage.assign(people.handler, 1, None, Assignee(account_id, "Somebody")),
    )


def test_who_can_be_given_incidents_is_nobody_the_teams_and_the_people_by_name(
    services: Services, people: People
) -> None:
    services.accounts.add(
        NewAccount(login="zoe", name="Zoe Cable", role=Role.HANDLER, team="Networks"), PASSWORD
    )
    offered = services.triage.assignees(people.handler)
    assert [each.label for each in offered] == [
        "nobody", "team Networks", "A. Handler", "S. Lead", "Zoe Cable",
    ]  # fmt: skip
    row = services.triage.assign(people.handler, 1, None, offered[-1])
    assert (row.assigned_to, row.team, row.assignment) == ("Zoe Cable", "Networks", "Zoe Cable")
    row = services.triage.assign(people.handler, 1, None, offered[1])
    assert (row.assigned_to, row.team, row.assignment) == ("", "Networks", "Networks")
    row = services.triage.assign(people.handler, 1, None, offered[0])
    assert (row.assigned_to, row.team, row.assignment) == ("", "", "")
