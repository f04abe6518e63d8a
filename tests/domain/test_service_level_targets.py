"""Targets as leads set them, and the service level as it is stored."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from eds_tui.domain.calendar import Calendar
from eds_tui.domain.errors import InvalidInput
from eds_tui.domain.priority import Priority
from eds_tui.domain.targets import EXAMPLE, NO_TARGET, ServiceLevel, Target
from tests.cases import each_case

NOW = datetime(2026, 6, 10, 10, 52, tzinfo=UTC)


@each_case(
    "target, label",
    [
        (Target(minutes=240), "4 hours"),
        (Target(minutes=60), "1 hour"),
        (Target(minutes=90), "1 hour 30 minutes"),
        (Target(minutes=1), "1 minute"),
        (Target(minutes=60_000), "1,000 hours"),
        (Target(working_days=1), "1 working day"),
        (Target(working_days=3), "3 working days"),
        (NO_TARGET, "none"),
    ],
)
def test_a_target_is_read_in_words(target: Target, label: str) -> None:
    assert target.label == label
    assert target.is_set is (label != "none")


def test_a_new_database_begins_with_the_targets_that_leads_may_change() -> None:
    """Rule 21."""
    labels = {priority.value: EXAMPLE.targets[priority].label for priority in EXAMPLE.targets}
    assert labels == {1: "4 hours", 2: "9 hours", 3: "3 working days", 4: "5 working days"}
    week = [", ".join(hours.label for hours in day) for day in EXAMPLE.calendar.week]
    assert week == [*["08:00-17:00"] * 5, "", ""]


def problems(targets: dict[Priority, Target]) -> dict[str, str]:
    with pytest.raises(InvalidInput) as refused:
        ServiceLevel(EXAMPLE.calendar, targets).check(NOW)
    return refused.value.problems


def test_targets_that_can_not_be_are_refused_by_their_priority() -> None:
    assert problems(
        {
            Priority.CRITICAL: Target(minutes=-1),
            Priority.HIGH: Target(minutes=120_001),
            Priority.MEDIUM: Target(working_days=261),
            Priority.LOW: Target(minutes=60, working_days=1),
        }
    ) == {
        "p1": "Give 1 minute to 2,000 hours.",
        "p2": "Give 1 minute to 2,000 hours.",
        "p3": "Give 1 to 260 working days.",
        "p4": "Give either hours or working days.",
    }


def test_there_is_no_target_before_the_priority_is_decided() -> None:
    assert problems({Priority.NONE: Target(minutes=60)}) == {
        "p0": "There is no target before the priority is decided."
    }


def test_a_service_level_is_refused_for_its_calendar() -> None:
    with pytest.raises(InvalidInput) as refused:
        ServiceLevel(Calendar(((),) * 7), {}).check(NOW)
    assert list(refused.value.problems) == ["hours"]


def test_the_longest_targets_are_taken() -> None:
    longest = {Priority.HIGH: Target(minutes=120_000), Priority.LOW: Target(working_days=260)}
    level = ServiceLevel(EXAMPLE.calendar, longest)
    level.check(NOW)
    assert level.target(Priority.LOW) == Target(working_days=260)


def test_a_service_level_comes_back_from_json_as_it_was() -> None:
    EXAMPLE.check(NOW)
    assert ServiceLevel.from_data(json.loads(json.dumps(EXAMPLE.to_data()))) == EXAMPLE


def test_the_stored_targets_can_be_read_by_people() -> None:
    assert EXAMPLE.to_data()["targets"] == {
        "1": {"minutes": 240, "working_days": 0},
        "2": {"minutes": 540, "working_days": 0},
        "3": {"minutes": 0, "working_days": 3},
        "4": {"minutes": 0, "working_days": 5},
    }


@each_case(
    "data",
    [
        *(None, [], {}, {"calendar": EXAMPLE.calendar.to_data()}),
        {"calendar": EXAMPLE.calendar.to_data(), "targets": []},
        {"calendar": EXAMPLE.calendar.to_data(), "targets": {"1": 240}},
        {"calendar": EXAMPLE.calendar.to_data(), "targets": {"1": {"minutes": "240"}}},
    ],
)
def test_stored_targets_that_are_damaged_are_refused_in_words(data: object) -> None:
    with pytest.raises(InvalidInput) as refused:
        ServiceLevel.from_data(data)
    assert refused.value.problems == {"targets": "The stored targets can't be read."}
