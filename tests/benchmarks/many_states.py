"""What has become of very many incidents: most are closed, and of the newest half are open.

Whatever is so is recorded: each has the events that lead to what is stored of it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from random import Random
from typing import Any, TypeVar

from eds_tui.domain.event import CHANGED, EventKind
from eds_tui.domain.lifecycle import CLOSES_AFTER, ON_HOLD, State
from eds_tui.domain.priority import Priority
from eds_tui.domain.triage_fields import REPLIED, ClockPause, TriageFields, difference
from eds_tui.repository.recorded_fields import stored, to_json

Each = TypeVar("Each")
MOST_OPEN = 40_000
"""Open ones of however many there are."""
_SHARE_OPEN = 0.04
_NEWEST = 0.05
"""The part that is new: half of it is open, of the others so many as there are to be."""
_STATES = {
    State.NEW: 4,
    State.AWAITING_TRIAGE: 12,
    State.IN_PROGRESS: 46,
    State.ON_HOLD_CUSTOMER: 16,
    State.ON_HOLD_CHANGE: 10,
    State.ON_HOLD_DEFERRAL: 8,
    State.RESOLVED: 4,
}
_PRIORITIES = {
    Priority.CRITICAL: 2,
    Priority.HIGH: 9,
    Priority.MEDIUM: 30,
    Priority.LOW: 50,
    Priority.ADVICE: 9,
}
_TEAMS = ("Network", "Desktop", "MIS", "Servers", "Schools", "Telephony")
_TARGETS = frozenset({Priority.CRITICAL, Priority.HIGH, Priority.MEDIUM, Priority.LOW})
_TRIAGE_FIELDS = (
    "state", "priority", "assigned_to_id", "assigned_to", "team", "pauses", "paused_since",
    "deferred_until", "flag", "resolution_code", "resolved_at", "closes_at", "late_when_resolved",
    "sla_due", "warn_at", "warned",
)  # fmt: skip


@dataclass
class Past:
    """Draws what has become of each incident, and numbers its own events from 1 on.

    Args:
        rng: Draws.
        number: How many incidents there are.
        now: The moment that all of it leads up to.
        handlers: The row ids of those who may have one.
    """

    rng: Random
    number: int
    now: datetime
    handlers: Sequence[int]
    last_event: int = 0
    _log: list[dict[str, Any]] = field(default_factory=list)

    def take_events(self) -> list[dict[str, Any]]:
        """Return the events that have come since they were taken last."""
        taken, self._log = self._log, []
        return taken

    def of(self, row: dict[str, Any], said: Sequence[dict[str, Any]], age: int) -> dict[str, Any]:
        """Return what is stored of an incident beside what it was logged with.

        Args:
            row: What it was logged with.
            said: What was said, which is put into the log as well.
            age: How many are newer.
        """
        opened = row["opened_at"]
        before = TriageFields(State.NEW, Priority.NONE, row["confidential"])
        after = self._open(before, opened) if self._is_open(age) else self._closed(before, opened)
        self.last_event = 0
        event = self._recorder(row["id"])
        event(EventKind.INCIDENT_LOGGED, opened, {"confidential": row["confidential"]})
        for each in said:
            kind = EventKind.WORK_NOTE_ADDED if each["internal"] else EventKind.COMMENT_ADDED
            event(kind, each["at"], {"id": each["id"]})
        version = 1
        if after.state is State.CLOSED:
            resolved = replace(after, state=State.RESOLVED)
            event(EventKind.TRIAGED, after.resolved_at, _changed(before, resolved))
            event(EventKind.CLOCK, after.closes_at, _changed(resolved, after))
            version = 3
        elif made := difference(before, after):
            event(EventKind.TRIAGED, opened + timedelta(hours=1), {CHANGED: to_json(made)})
            version = 2
        unread = after.state is not State.CLOSED and self.rng.random() < 0.03
        news, seen = self.last_event, 0 if unread else self.last_event
        return {name: stored(getattr(after, name)) for name in _TRIAGE_FIELDS} | {
            "version": version,
            "centre_news": news,
            "centre_seen": seen,
            "school_news": news,
            "school_seen": news,
        }

    def _is_open(self, age: int) -> bool:
        wanted = min(MOST_OPEN, self.number * _SHARE_OPEN)
        newest = min(self.number * _NEWEST, wanted)
        older = (wanted - newest / 2) / max(1, self.number - newest)
        return self.rng.random() < (0.5 if age < newest else older)

    def _closed(self, before: TriageFields, opened: datetime) -> TriageFields:
        resolved = min(
            opened + timedelta(minutes=self.rng.randrange(20, 12_000)),
            self.now - timedelta(hours=25, minutes=self.rng.randrange(6_000)),
        )
        resolved = max(resolved, opened)
        return replace(
            before,
            state=State.CLOSED,
            priority=self._drawn(_PRIORITIES),
            resolution_code="fixed",
            resolved_at=resolved,
            closes_at=resolved + CLOSES_AFTER,
            late_when_resolved=self.rng.random() < 0.1,
        )

    def _open(self, before: TriageFields, opened: datetime) -> TriageFields:
        state = self._drawn(_STATES)
        if state in {State.NEW, State.AWAITING_TRIAGE}:
            return replace(before, state=state)
        fields = replace(before, state=state, priority=self._drawn(_PRIORITIES))
        fields = self._assigned(fields)
        if state is State.RESOLVED:
            closes = self.now + timedelta(minutes=self.rng.randrange(1, 24 * 60))
            resolved = closes - CLOSES_AFTER
            pause = ClockPause(began=resolved, ended=None, state=state)
            return replace(
                fields, resolution_code="fixed", resolved_at=resolved, closes_at=closes,
                late_when_resolved=False, pauses=(pause,), paused_since=resolved,
            )  # fmt: skip
        if fields.priority in _TARGETS:
            fields = self._due(fields)
        return self._held(fields) if state in ON_HOLD else fields

    def _assigned(self, fields: TriageFields) -> TriageFields:
        team = self.rng.choice(_TEAMS) if self.rng.random() < 0.5 else ""
        if self.rng.random() < 0.2:
            return replace(fields, team=team)
        place = self.rng.randrange(len(self.handlers))
        return replace(
            fields, team=team, assigned_to_id=self.handlers[place], assigned_to=name_of(place)
        )

    def _due(self, fields: TriageFields) -> TriageFields:
        due = self.now + timedelta(minutes=self.rng.randrange(-4 * 24 * 60, 30 * 24 * 60))
        warn = due - timedelta(hours=20)
        warned = (due <= self.now) + (warn <= self.now)
        return replace(fields, sla_due=due, warn_at=warn, warned=warned)

    def _held(self, fields: TriageFields) -> TriageFields:
        since = self.now - timedelta(minutes=self.rng.randrange(10, 20 * 24 * 60))
        until = None
        if fields.state is State.ON_HOLD_DEFERRAL:
            until = self.now + timedelta(minutes=self.rng.randrange(1, 40 * 24 * 60))
        pause = ClockPause(began=since, ended=until, state=fields.state)
        flag = REPLIED if self.rng.random() < 0.04 else ""
        return replace(fields, pauses=(pause,), paused_since=since, deferred_until=until, flag=flag)

    def _drawn(self, shares: dict[Each, int]) -> Each:
        (drawn,) = self.rng.choices(list(shares), list(shares.values()))
        return drawn

    def _recorder(self, incident_id: int) -> Callable[[EventKind, datetime | None, Any], None]:
        def record(kind: EventKind, at: datetime | None, details: Any) -> None:
            self.last_event += 1
            by_clock = kind is EventKind.CLOCK
            self._log.append(
                {
                    "id": self.last_event,
                    "at": at,
                    "kind": kind.value,
                    "actor_id": None if by_clock else self.handlers[0],
                    "actor": "" if by_clock else name_of(0),
                    "incident_id": incident_id,
                    "details": details,
                }
            )

        return record


def name_of(place: int) -> str:
    """Return the name of the handler at a place of those that there are."""
    return f"{chr(ord('A') + place % 26)}. Handler{f' {place}' if place else ''}"


def _changed(before: TriageFields, after: TriageFields) -> dict[str, Any]:
    return {CHANGED: to_json(difference(before, after))}
