"""Whose change a version conflict names, and that one's own changes conflict with nothing."""

from __future__ import annotations

from functools import partial

import pytest

from eds_tui.domain.lifecycle import State
from eds_tui.domain.priority import Priority
from eds_tui.domain.triage import Assignee
from eds_tui.domain.version_conflict import VersionConflict
from eds_tui.repository.unit_of_work import Database
from eds_tui.services.container import Services
from tests.factories import People, SetClock
from tests.services.triage_steps import (
    DEFERRED,
    RESOLVED,
    conflict_of,
    give,
    move,
    refused,
)

pytestmark = [pytest.mark.long_on_postgres, pytest.mark.usefixtures("two_incidents")]


def test_ones_own_changes_stand_in_nobodys_way_whatever_they_were(
    services: Services, people: People
) -> None:
    """At another kiosk, or ahead of the screen."""
    give(Priority.HIGH)(services, people.handler, 1, 1)
    assert move(RESOLVED)(services, people.handler, 1, 1).state is State.RESOLVED


def test_whoever_had_the_last_word_on_a_field_is_not_asked_about_it(
    services: Services, people: People
) -> None:
    seen = give(Priority.HIGH)(services, people.lead, 1, 1).version
    give(Priority.LOW)(services, people.handler, 1, seen)
    assert give(Priority.MEDIUM)(services, people.handler, 1, seen).priority is Priority.MEDIUM


def test_a_refusal_names_the_one_whose_change_is_shown_and_not_whoever_came_last(
    database: Database, services: Services, people: People
) -> None:
    """Rule 37: one's own change after it is no news, and nobody is told their own name."""
    seen = give(Priority.HIGH)(services, people.lead, 1, 1).version
    services.triage.assign(people.handler, 1, seen, Assignee(team="Networks"))
    conflict = conflict_of(database, services, people, give(Priority.LOW))
    assert [(field.name, field.by) for field in conflict.fields if field.saw != field.now] == [
        ("State", "S. Lead"),
        ("Priority", "S. Lead"),
        ("Due", "S. Lead"),
    ]


def test_what_the_clock_made_of_a_colleagues_deferral_is_said_to_be_the_clocks(
    database: Database, services: Services, people: People, clock: SetClock
) -> None:
    move(DEFERRED)(services, people.lead, 1, 1)
    clock.forward(days=2)
    assert services.housekeeping.run()
    decide = partial(move(RESOLVED), services, people.handler, 1, 1)
    assert refused(VersionConflict, database, decide) == "INC0000001 was changed by the clock."
