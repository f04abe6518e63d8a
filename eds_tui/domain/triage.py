"""What a triage decision is given: states, reasons, resolution codes (rules 15 to 19, 25)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from eds_tui.domain.clock import in_words
from eds_tui.domain.errors import InvalidInput
from eds_tui.domain.incident import LONGEST_COMMENT, text_problem
from eds_tui.domain.lifecycle import MOVES, State

LONGEST_REASON = 1_000
"""Characters that a reason may have."""


class ResolutionCode(StrEnum):
    """How an incident was brought to its end."""

    FIXED = "fixed"
    WORKAROUND = "workaround"
    ADVICE = "advice"
    NO_FAULT = "no_fault"
    THIRD_PARTY = "third_party"
    LOGGED_IN_ERROR = "logged_in_error"
    DUPLICATE = "duplicate"

    @property
    def label(self) -> str:
        """The name that people read."""
        return _CODES[self]

    @property
    def sentence(self) -> str:
        """What the school reads where nothing else was typed; empty where that is needed."""
        return _LOGGED_IN_ERROR if self is ResolutionCode.LOGGED_IN_ERROR else ""


_LOGGED_IN_ERROR = (
    "This incident was logged in error by the service centre. Nothing needs to be done about it,"
    " and nothing is asked of you."
)


_CODES = {
    ResolutionCode.FIXED: "Fixed",
    ResolutionCode.WORKAROUND: "Workaround",
    ResolutionCode.ADVICE: "Advice",
    ResolutionCode.NO_FAULT: "No fault found",
    ResolutionCode.THIRD_PARTY: "Supplier",
    ResolutionCode.LOGGED_IN_ERROR: "Logged in error",
    ResolutionCode.DUPLICATE: "Duplicate",
}


@dataclass(frozen=True, slots=True)
class StateChange:
    """A move to another state, with what that state asks for."""

    state: State
    question: str = ""
    """For Awaiting Customer Update: what the school is asked (rule 17); becomes a comment."""
    until: datetime | None = None
    """For Customer Deferral: when it ends (rule 16)."""
    waiting_for: str = ""
    """For Awaiting Change: the change waited for."""
    code: ResolutionCode | None = None
    """For Resolved."""
    resolution: str = ""
    """For Resolved: what was done, which the school reads as a comment; a code may say it."""
    reason: str = ""
    """For a reopening (rule 19)."""

    @property
    def resolution_words(self) -> str:
        """What the school reads of a resolution: what was typed, else what the code says."""
        if self.resolution.strip() or self.code is None:
            return self.resolution
        return self.code.sentence


def check_change(change: StateChange, before: State, now: datetime) -> None:
    """Refuse a move that is not allowed or lacks what it must bring.

    Raises:
        InvalidInput: With a sentence for each thing that is missing.
    """
    if change.state not in MOVES[before]:
        raise InvalidInput({"state": not_allowed(before, change.state)})
    problem = _PROBLEMS.get(change.state, _nothing)(change, before, now)
    if problem:
        raise InvalidInput(problem)


def check_not_closed(state: State) -> None:
    """Refuse a decision on what is closed: it stays as it is from then on (rule 19).

    Raises:
        InvalidInput: It is closed.
    """
    if state is State.CLOSED:
        raise InvalidInput({"state": _CLOSED})


_CLOSED = "It is closed. Log a new incident that names this one."


def not_allowed(before: State, after: State) -> str:
    """Return why one state does not become another, as a sentence."""
    if before is State.CLOSED:
        return _CLOSED
    if before is after:
        return f"It is {before.label} already."
    return f"From {before.label} it can't go to {after.label}."


def _nothing(change: StateChange, before: State, now: datetime) -> dict[str, str]:
    return {}


def _question(change: StateChange, before: State, now: datetime) -> dict[str, str]:
    problem = text_problem("question to the school", change.question, LONGEST_COMMENT)
    return {"question": problem} if problem else {}


def _deferral(change: StateChange, before: State, now: datetime) -> dict[str, str]:
    return deferral_problem(change.until, now)


def deferral_problem(until: datetime | None, now: datetime) -> dict[str, str]:
    """Return what is wrong with the end of a deferral, as ``{"until": sentence}`` (rule 16)."""
    if until is None:
        return {"until": "Give the day and time until which it is put off."}
    if until <= now:
        return {"until": f"{in_words(until)} is over already."}
    return {}


def _waiting(change: StateChange, before: State, now: datetime) -> dict[str, str]:
    problem = text_problem("change it waits for", change.waiting_for, LONGEST_REASON)
    return {"waiting_for": problem} if problem else {}


def _resolution(change: StateChange, before: State, now: datetime) -> dict[str, str]:
    problems = {
        "code": "" if change.code else "Choose how it ended.",
        "resolution": text_problem("resolution", change.resolution_words, LONGEST_COMMENT),
    }
    return {name: sentence for name, sentence in problems.items() if sentence}


def _reopening(change: StateChange, before: State, now: datetime) -> dict[str, str]:
    return reason_problem(change.reason) if reopens(before, change.state) else {}


def reopens(before: State, after: State) -> bool:
    """Return whether a move is a reopening, which asks for a reason (rule 19)."""
    return before is State.RESOLVED and after not in {State.RESOLVED, State.CLOSED}


def reason_problem(reason: str) -> dict[str, str]:
    """Return what is wrong with a reason, as ``{"reason": sentence}``, or an empty mapping."""
    problem = text_problem("reason", reason, LONGEST_REASON)
    return {"reason": problem} if problem else {}


_PROBLEMS = {
    State.ON_HOLD_CUSTOMER: _question,
    State.ON_HOLD_DEFERRAL: _deferral,
    State.ON_HOLD_CHANGE: _waiting,
    State.RESOLVED: _resolution,
    State.IN_PROGRESS: _reopening,
}


@dataclass(frozen=True, slots=True)
class Assignee:
    """Who an incident can be given to: a person, a team, or both empty for nobody."""

    account_id: int | None = None
    name: str = ""
    team: str = ""

    @property
    def label(self) -> str:
        """The name that people read."""
        return self.name or (f"team {self.team}" if self.team else "nobody")
