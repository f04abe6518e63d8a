"""Decisions on a closed incident: all refused but hiding it."""

from __future__ import annotations

import pytest

from eds_tui.domain.errors import (
    InvalidInput,
)
from eds_tui.domain.lifecycle import State
from eds_tui.repository.unit_of_work import Database
from eds_tui.services.container import Services
from tests.factories import People, SetClock
from tests.services.triage_steps import (
    DECISIONS,
    ORIGINAL,
    reach,
    refused,
)

pytestmark = pytest.mark.usefixtures("two_incidents")


@pytest.mark.parametrize("stored", [False, True])
@pytest.mark.parametrize("name", sorted(set(DECISIONS) - {"hide", "duplicate"}))
def test_what_is_closed_stays_as_it_is(
    database: Database, services: Services, people: People, clock: SetClock, name: str, stored: bool
) -> None:
    """Rule 19, whether or not housekeeping has come by; only who may see it can still change."""
    reach(services, people, 1, State.CLOSED, clock)
    assert not stored or services.housekeeping.run()
    said = refused(
        InvalidInput, database, lambda: DECISIONS[name](services, people.handler, 1, None)
    )
    assert said == "It is closed. Log a new incident that names this one."


def test_a_closed_incident_is_taken_from_no_major_one(
    database: Database, services: Services, people: People, clock: SetClock
) -> None:
    services.triage.link(people.handler, 1, None, ORIGINAL)
    reach(services, people, 1, State.CLOSED, clock)
    said = refused(
        InvalidInput, database, lambda: services.triage.link(people.handler, 1, None, None)
    )
    assert said == "It is closed. Log a new incident that names this one."


def test_a_closed_incident_can_still_be_hidden(
    services: Services, people: People, clock: SetClock
) -> None:
    reach(services, people, 1, State.CLOSED, clock)
    assert DECISIONS["hide"](services, people.handler, 1, None).confidential
