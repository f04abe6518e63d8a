"""Converts triage fields to the JSON of the event log and its columns, and back.

A moment is stored in ISO 8601, a state or a priority by its value, a pause as a list of the three.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from datetime import datetime
from enum import Enum
from typing import Any

from eds_tui.domain.event import CHANGED, TOUCHES, EventKind
from eds_tui.domain.incident import Channel
from eds_tui.domain.lifecycle import State
from eds_tui.domain.priority import Category, Impact, Priority
from eds_tui.domain.triage_fields import ClockPause, TriageFields

_ENUMS: Mapping[str, Callable[[Any], Enum]] = {
    "state": State,
    "priority": Priority,
    "category": Category,
    "impact": Impact,
    "channel": Channel,
}
_MOMENTS = {
    "paused_since", "deferred_until", "resolved_at", "closes_at", "sla_due", "warn_at",
}  # fmt: skip


def to_json(value: Any) -> Any:
    """Return a value of the domain as JSON has it, whatever it is made of."""
    match value:
        case datetime():
            return value.isoformat()
        case Enum():
            return value.value
        case ClockPause():
            return [to_json(each) for each in (value.began, value.ended, value.state)]
        case dict():
            return {name: to_json(each) for name, each in value.items()}
        case list() | tuple():
            return [to_json(each) for each in value]
    return value


def stored(value: Any) -> Any:
    """Return a value of a triage field as its column takes it."""
    return value.value if isinstance(value, Enum) else value


def typed(name: str, value: Any) -> Any:
    """Return a triage field as the domain has it, from what its column gives."""
    return _ENUMS[name](value) if name in _ENUMS and value is not None else value


def read_pauses(stored: Iterable[Iterable[Any]]) -> tuple[ClockPause, ...]:
    """Return the pauses of an incident from what is stored of them."""
    return tuple(
        ClockPause(
            began=datetime.fromisoformat(began),
            ended=datetime.fromisoformat(ended) if ended else None,
            state=State(state),
        )
        for began, ended, state in stored
    )


def read_details(kind: EventKind, details: Mapping[str, Any]) -> dict[str, Any]:
    """Return the details of an event, its changed triage fields with values of their types."""
    found = dict(details)
    if kind in TOUCHES and CHANGED in found:
        found[CHANGED] = {
            name: [_typed(name, value) for value in pair] for name, pair in found[CHANGED].items()
        }
    return found


def recorded(triage: TriageFields) -> dict[str, Any]:
    """Return every triage field by name, as the event log has it."""
    return {field.name: to_json(getattr(triage, field.name)) for field in fields(TriageFields)}


def _typed(name: str, value: Any) -> Any:
    if value is None:
        return None
    if name in _MOMENTS:
        return datetime.fromisoformat(value)
    return read_pauses(value) if name == "pauses" else typed(name, value)
