"""The states of an incident, and which moves between them are allowed (rules 15, 18)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from enum import StrEnum

CLOSES_AFTER = timedelta(hours=24)
"""A resolved incident is closed exactly this long after it was resolved (rule 18)."""


class State(StrEnum):
    """Where an incident is up to."""

    NEW = "new"
    AWAITING_TRIAGE = "awaiting_triage"
    IN_PROGRESS = "in_progress"
    ON_HOLD_CUSTOMER = "on_hold_customer"
    ON_HOLD_CHANGE = "on_hold_change"
    ON_HOLD_DEFERRAL = "on_hold_deferral"
    RESOLVED = "resolved"
    CLOSED = "closed"

    @property
    def label(self) -> str:
        """The name that people read."""
        return _LABELS[self]

    @property
    def short_label(self) -> str:
        """The name in a narrow list column, at most 11 characters."""
        return _SHORT_LABELS.get(self, self.label)

    @property
    def list_label(self) -> str:
        """The name in a list of a school's, at most 18 characters."""
        return _LIST_LABELS.get(self, self.label)

    @property
    def explanation(self) -> str:
        """What the state means to the school, in a sentence or two."""
        return _EXPLANATIONS[self]


_LABELS = {
    State.NEW: "New",
    State.AWAITING_TRIAGE: "Awaiting Triage",
    State.IN_PROGRESS: "In Progress",
    State.ON_HOLD_CUSTOMER: "On Hold (Awaiting Customer Update)",
    State.ON_HOLD_CHANGE: "On Hold (Awaiting Change)",
    State.ON_HOLD_DEFERRAL: "On Hold (Customer Deferral)",
    State.RESOLVED: "Resolved",
    State.CLOSED: "Closed",
}
_SHORT_LABELS = {
    State.AWAITING_TRIAGE: "Triage",
    State.IN_PROGRESS: "In progress",
    State.ON_HOLD_CUSTOMER: "Hold school",
    State.ON_HOLD_CHANGE: "Hold change",
    State.ON_HOLD_DEFERRAL: "Deferred",
}
_LIST_LABELS = {
    State.ON_HOLD_CUSTOMER: "On Hold (Customer)",
    State.ON_HOLD_CHANGE: "On Hold (Change)",
    State.ON_HOLD_DEFERRAL: "On Hold (Deferral)",
}
_EXPLANATIONS = {
    State.NEW: "Logged just now; nobody has looked at it yet.",
    State.AWAITING_TRIAGE: (
        "Waiting for a first look, to see whether there is enough information to work on it."
    ),
    State.IN_PROGRESS: "The service centre has what it needs and is working on the incident.",
    State.ON_HOLD_CUSTOMER: (
        "The service centre has asked the school a question and is waiting for the answer."
    ),
    State.ON_HOLD_CHANGE: (
        "It can't be resolved until a change it depends on, an upgrade for example, is done."
    ),
    State.ON_HOLD_DEFERRAL: ("Put off, as agreed with the school, until a set date and time."),
    State.RESOLVED: (
        "Resolved. It stays in the open list for 24 hours. To have it reopened in that time, "
        "telephone the ICT Service Centre."
    ),
    State.CLOSED: (
        "Resolved more than 24 hours ago. If the fault comes back, report a new incident and "
        "give the number of this one."
    ),
}

ON_HOLD = frozenset({State.ON_HOLD_CUSTOMER, State.ON_HOLD_CHANGE, State.ON_HOLD_DEFERRAL})
"""The three holds."""

TRIAGE = frozenset({State.NEW, State.AWAITING_TRIAGE})
"""What waits for the triager."""

TAKES_COMMENTS = frozenset(State) - {State.CLOSED}
"""States in which a comment may be sent; one on a resolved incident does not reopen it."""


MOVES: dict[State, frozenset[State]] = {
    State.NEW: frozenset({State.AWAITING_TRIAGE, State.IN_PROGRESS, *ON_HOLD, State.RESOLVED}),
    State.AWAITING_TRIAGE: frozenset({State.IN_PROGRESS, *ON_HOLD, State.RESOLVED}),
    State.IN_PROGRESS: frozenset({*ON_HOLD, State.RESOLVED}),
    State.ON_HOLD_CUSTOMER: frozenset({State.IN_PROGRESS, *ON_HOLD, State.RESOLVED}),
    State.ON_HOLD_CHANGE: frozenset({State.IN_PROGRESS, *ON_HOLD, State.RESOLVED}),
    State.ON_HOLD_DEFERRAL: frozenset({State.IN_PROGRESS, *ON_HOLD, State.RESOLVED}),
    State.RESOLVED: frozenset({State.IN_PROGRESS}),
    State.CLOSED: frozenset(),
}
"""The moves the service centre may make (rule 15); out of Resolved is a reopening (rule 19)."""

MOVES_BACK: dict[State, frozenset[State]] = {
    after: frozenset(before for before, to in MOVES.items() if after in to) for after in State
}
"""Where taking back a move may lead: to where one of :data:`MOVES` came from (rule 15).

Out of Closed nothing leads: no move leads there (rules 18, 19).
"""

PAUSED = ON_HOLD | {State.RESOLVED}
"""States in which the clock of the service level stands still (rule 22)."""


def closes_at(resolved_at: datetime) -> datetime:
    """Return when an incident resolved at that moment is closed (rule 18)."""
    return resolved_at.astimezone(UTC) + CLOSES_AFTER


def state_at(
    state: State,
    closes: datetime | None,
    now: datetime,
    deferred_until: datetime | None = None,
) -> State:
    """Return the state that every reader sees at a moment, whatever is stored (rules 16 and 18).

    Args:
        state: What was last set.
        closes: When a resolved incident is closed.
        now: The moment.
        deferred_until: When a deferral ends; from then on the incident is in progress again.
    """
    if closes is not None and closes <= now:
        return State.CLOSED
    if state is State.ON_HOLD_DEFERRAL and deferred_until is not None and deferred_until <= now:
        return State.IN_PROGRESS
    return state
