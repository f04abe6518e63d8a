"""A refused decision field by field: nothing that people decide on is left out (rule 37)."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import timedelta
from typing import Any

import pytest

from eds_tui.domain.decision import FIELDS_OF, Aspect, Decision, conflicts
from eds_tui.domain.event import Event, EventKind
from eds_tui.domain.lifecycle import State
from eds_tui.domain.priority import Category, Impact, Priority
from eds_tui.domain.triage_fields import ClockPause, TriageFields, difference
from eds_tui.domain.version_conflict import FieldConflict, Names, Wanted, field_by_field
from tests.factories import START

SEEN = TriageFields(State.IN_PROGRESS, Priority.LOW, assigned_to_id=7, assigned_to="A. Handler")
FOLLOWS = {
    "pauses", "paused_since", "resolved_at", "closes_at", "late_when_resolved", "sla_due",
    "warn_at", "warned", "channel", "logged_by",
}  # fmt: skip
"""Fields that nobody sets, but that follow from what is set and when."""

NAMES = Names(
    incidents={3: "INC0000003", 4: "INC0000004"}, schools={0: "One School", 2: "Another School"}
)


def test_every_field_is_decided_on_or_follows_from_what_is() -> None:
    """A new field is to be put on one side or the other."""
    names = {field.name for field in fields(TriageFields)}
    decided = [name for aspect in FIELDS_OF.values() for name in aspect]
    assert len(decided) == len(set(decided))
    assert set(decided) == names - FOLLOWS


CHANGES: dict[str, Any] = {
    "state": State.ON_HOLD_CHANGE,
    "deferred_until": START,
    "waiting_for": "The upgrade",
    "flag": "customer replied",
    "resolution_code": "fixed",
    "duplicate_of_id": 3,
    "priority": Priority.HIGH,
    "assigned_to_id": 8,
    "assigned_to": "S. Lead",
    "team": "Networks",
    "confidential": True,
    "parent_id": 4,
    "category": Category.DATA,
    "impact": Impact.SITE,
    "school_id": 2,
    "contact_name": "Mrs Testing",
    "contact_telephone": "01772 654321",
    "contact_email": "head@test-school.example",
    "description": "It prints nothing at all.",
}


@pytest.mark.parametrize("name", sorted(set().union(*FIELDS_OF.values())))
def test_each_field_that_is_decided_on_is_shown_with_who_changed_it(name: str) -> None:
    """Even one that reads the same: two people of one name."""
    now = replace(SEEN, **{name: CHANGES[name]})
    event = Event(
        at=START,
        kind=EventKind.TRIAGED,
        actor="S. Lead",
        details={"changed": difference(SEEN, now)},
    )
    (field,) = field_by_field(SEEN, now, [], [event], NAMES)
    assert (field.by, field.at, field.yours) == ("S. Lead", START, "")
    assert (field.saw != field.now) == (name != "assigned_to_id")


SHOWN: dict[str, tuple[str, str]] = {
    "state": ("In Progress", "On Hold (Change)"),
    "deferred_until": ("none", "10-06-2026 11:52"),
    "waiting_for": ("none", "The upgrade"),
    "flag": ("none", "customer replied"),
    "resolution_code": ("none", "Fixed"),
    "duplicate_of_id": ("none", "INC0000003"),
    "priority": ("4 – Low", "2 – High"),
    "assigned_to": ("A. Handler", "S. Lead"),
    "team": ("A. Handler", "A. Handler, team Networks"),
    "confidential": ("no", "yes"),
    "parent_id": ("none", "INC0000004"),
    "category": ("none", "Data"),
    "impact": ("none", "2 Site/Department"),
    "school_id": ("One School", "Another School"),
    "contact_name": ("none", "Mrs Testing"),
    "contact_telephone": ("none", "01772 654321"),
    "contact_email": ("none", "head@test-school.example"),
    "description": ("none", "It prints nothing at all."),
}


@pytest.mark.parametrize("name", list(SHOWN))
def test_each_field_is_shown_in_words_as_it_was_and_as_it_is(name: str) -> None:
    now = replace(SEEN, **{name: CHANGES[name]})
    wanted = Wanted(before=SEEN, after=now)
    (field,) = field_by_field(SEEN, now, [wanted], [], NAMES)
    assert (field.saw, field.now, field.yours) == (*SHOWN[name], SHOWN[name][1])


def test_where_nobody_has_changed_it_yours_stands_beside_what_is_there() -> None:
    wanted = Wanted(before=SEEN, after=replace(SEEN, priority=Priority.HIGH))
    assert field_by_field(SEEN, SEEN, [wanted], [], Names()) == (
        FieldConflict(name="Priority", saw="4 – Low", now="4 – Low", yours="2 – High"),
    )


def decided(about: Aspect, *, comment: str = "", weighty: bool = False, **to: Any) -> Decision:
    """Return a decision on what was seen."""
    after = replace(SEEN, **to)
    return Decision(after=after, about=about, comment=comment, weighty=weighty)


PRIORITY = decided(Aspect.PRIORITY, priority=Priority.HIGH)
COMMENTED = decided(Aspect.STATE, comment="Is it plugged in?", state=State.ON_HOLD_CUSTOMER)
ASSIGNED = decided(Aspect.ASSIGNMENT, assigned_to_id=8, assigned_to="S. Lead")
WEIGHTY = decided(Aspect.CONFIDENTIAL, weighty=True, confidential=True)
SIDE_BY_SIDE: dict[str, tuple[Decision, dict[str, Any], bool]] = {
    "nothing was changed": (WEIGHTY, {}, False),
    "another thing was changed": (PRIORITY, {"team": "Field"}, False),
    "the same thing was changed": (PRIORITY, {"priority": Priority.CRITICAL}, True),
    "the same was done": (PRIORITY, {"priority": Priority.HIGH}, True),
    "a hold was begun": (ASSIGNED, {"state": State.ON_HOLD_CHANGE}, False),
    "it was resolved": (ASSIGNED, {"state": State.RESOLVED}, True),
    "it was hidden": (ASSIGNED, {"confidential": True}, False),
    "it was hidden, and this is said to the school": (COMMENTED, {"confidential": True}, True),
    "it was assigned, and this is said to the school": (COMMENTED, {"team": "Field"}, False),
    "this rests on all that was seen": (WEIGHTY, {"team": "Field"}, True),
}
"""A decision, what others have changed, and whether that stands in its way."""


@pytest.mark.parametrize("name", list(SIDE_BY_SIDE))
def test_what_others_have_done_stands_in_the_way_of_what_rests_on_it(name: str) -> None:
    mine, changes, expected = SIDE_BY_SIDE[name]
    assert conflicts(SEEN, replace(SEEN, **changes), mine) is expected


def test_what_was_brought_back_stands_in_the_way_of_anything() -> None:
    resolved = replace(SEEN, state=State.RESOLVED)
    mine = Decision(after=replace(resolved, team="Field"), about=Aspect.ASSIGNMENT)
    assert conflicts(resolved, SEEN, mine)


@pytest.mark.parametrize("name", sorted(FOLLOWS))
def test_what_only_follows_stands_in_nobodys_way(name: str) -> None:
    values: dict[str, Any] = {
        "pauses": (ClockPause(began=START, ended=None, state=State.RESOLVED),),
        "warned": 2,
    }
    now = replace(SEEN, **{name: values.get(name, START + timedelta(days=1))})
    mine = Decision(
        after=replace(SEEN, priority=Priority.HIGH), about=Aspect.PRIORITY, weighty=True
    )
    assert now != SEEN
    assert not conflicts(SEEN, now, mine)
