"""Two people decide on one incident: which decisions go side by side, which conflict (rule 37)."""

from __future__ import annotations

from itertools import product

import pytest

from eds_tui.domain.lifecycle import State
from eds_tui.domain.priority import Priority
from eds_tui.domain.triage_fields import difference
from eds_tui.repository.unit_of_work import Database
from eds_tui.services.container import Services
from tests.factories import People, SetClock
from tests.services.triage_steps import (
    DECISIONS,
    EVERY,
    RESOLVED,
    conflict_of,
    events_of,
    found,
)

pytestmark = [pytest.mark.long_on_postgres, pytest.mark.usefixtures("two_incidents")]

STARTS = (State.IN_PROGRESS, State.NEW, State.RESOLVED)
"""What both saw."""

SIDE_BY_SIDE: dict[State, dict[str, set[str]]] = {
    State.IN_PROGRESS: {
        "priority": {
            "question", "wait for a change", "deferral", "assign to me", "assign to a team", "link",
            "hide",
        },
        "question": {"priority", "assign to me", "assign to a team", "link"},
        "wait for a change": {"priority", "assign to me", "assign to a team", "hide", "link"},
        "deferral": {"priority", "assign to me", "assign to a team", "hide", "link"},
        "assign to me": {"priority", "question", "wait for a change", "deferral", "hide", "link"},
        "assign to a team": {
            "priority", "question", "wait for a change", "deferral", "hide", "link",
        },
        "link": {
            "priority", "question", "wait for a change", "deferral", "hide", "assign to me",
            "assign to a team",
        },
    },
    State.NEW: {
        "priority": {"assign to me", "assign to a team", "link", "hide"},
        "in progress": {"assign to me", "assign to a team", "link", "hide"},
        "question": {"assign to me", "assign to a team", "link"},
        "wait for a change": {"assign to me", "assign to a team", "hide", "link"},
        "deferral": {"assign to me", "assign to a team", "hide", "link"},
        "assign to me": {
            "priority", "in progress", "question", "wait for a change", "deferral", "hide", "link",
        },
        "assign to a team": {
            "priority", "in progress", "question", "wait for a change", "deferral", "hide", "link",
        },
        "link": {
            "priority", "in progress", "question", "wait for a change", "deferral", "hide",
            "assign to me", "assign to a team",
        },
    },
    State.RESOLVED: {
        "priority": {"assign to me", "assign to a team", "link", "hide"},
        "assign to me": {"priority", "hide", "link"},
        "assign to a team": {"priority", "hide", "link"},
        "link": {"priority", "hide", "assign to me", "assign to a team"},
    },
}  # fmt: skip
"""What the second person wants to what the first one may have done without being in the way."""

_POSSIBLE = {
    State.NEW: set(DECISIONS) - {"reopen"},
    State.IN_PROGRESS: set(DECISIONS) - {"in progress"},
    State.RESOLVED: {
        "reopen", "priority", "assign to me", "assign to a team", "hide", "link", "duplicate",
    },
}  # fmt: skip
TELLING = ("priority", "question", "link")
"""Decisions of which every pair is tried on PostgreSQL as well: what goes with what, the domain
says, and one that writes a column, one that says something and one that points do all that the
database is asked for."""

PAIRS = [
    pytest.param(
        start, first, second, id=f"{start.value}-{first}-{second}",
        marks=() if first in TELLING and second in TELLING else pytest.mark.on_sqlite,
    )
    for start in STARTS
    for first, second in product(sorted(_POSSIBLE[start]), repeat=2)
]  # fmt: skip


def start_with(services: Services, people: People, state: State) -> int:
    """Bring incident 1 to a state, and return the version that both see."""
    match state:
        case State.IN_PROGRESS:
            return services.triage.set_priority(people.lead, 1, None, Priority.LOW).version
        case State.RESOLVED:
            return services.triage.set_state(people.lead, 1, None, RESOLVED).version
    return 1


@pytest.mark.parametrize(("start", "first", "second"), PAIRS)
def test_two_decisions_go_side_by_side_or_the_second_is_refused_and_nothing_is_lost(
    database: Database, services: Services, people: People, clock: SetClock,
    start: State, first: str, second: str,
) -> None:  # fmt: skip
    """Rule 37: every pair of decisions on what both have seen."""
    version = start_with(services, people, start)
    seen = found(database, 1, clock()).fields
    clock.forward(minutes=5)
    EVERY[first](services, people.lead, 1, version)
    between = found(database, 1, clock()).fields
    said = len(services.queue.open(people.handler, 1, again=True).comments)
    if first not in SIDE_BY_SIDE[start].get(second, set()):
        conflict = conflict_of(database, services, people, EVERY[second], version)
        assert conflict.row == services.queue.open(people.handler, 1, again=True).row
        assert all(field.by in {"S. Lead", ""} for field in conflict.fields)
        assert [field.name for field in conflict.fields if field.saw != field.now]
        assert [field.name for field in conflict.fields if field.yours] or conflict.refusal
        return
    row = EVERY[second](services, people.handler, 1, version)
    assert row.version == version + 2
    after = found(database, 1, clock()).fields
    theirs, mine = difference(seen, between), difference(between, after)
    follows = {"sla_due", "warn_at", "warned", "pauses"}
    assert not (theirs.keys() & mine.keys()) - follows
    made_first, made_second = events_of(database, 1, clock())[-2:]
    assert (made_first.actor, made_first.details["changed"]) == ("S. Lead", theirs)
    assert (made_second.actor, made_second.details["changed"]) == ("A. Handler", mine)
    spoken = second == "question"
    assert len(services.queue.open(people.handler, 1, again=True).comments) == said + spoken
