"""Writes the events of an incident in words (rule 30)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from eds_tui.domain.clock import full_time
from eds_tui.domain.event import OPERATOR, Event, EventKind
from eds_tui.domain.lifecycle import State
from eds_tui.domain.priority import Priority
from eds_tui.domain.triage import ResolutionCode

_KINDS = {
    EventKind.INCIDENT_LOGGED: "logged it",
    EventKind.COMMENT_ADDED: "wrote a comment",
    EventKind.WORK_NOTE_ADDED: "wrote a work note",
    EventKind.CONFIDENTIAL_OPENED: "opened it (confidential)",
    EventKind.ATTACHMENT_SAVED: "saved a file",
    EventKind.FEEDBACK_GIVEN: "gave feedback",
    EventKind.TRIAGED: "changed",
    EventKind.UNDONE: "took back",
    EventKind.CLOCK: "changed",
    EventKind.SLA_WARNING: "warned: three quarters of the target are used",
    EventKind.SLA_BREACHED: "warned: the due date is past",
    EventKind.SIGNED_IN: "signed in",
    EventKind.SIGNED_OUT: "signed out",
    EventKind.UNLOCKED: "unlocked the session",
    EventKind.SIGN_IN_REFUSED: "was refused at sign-in",
    EventKind.ACCOUNT_ADDED: "added an account",
    EventKind.ACCOUNT_CHANGED: "changed an account",
    EventKind.ACCOUNT_DISABLED: "disabled an account",
    EventKind.PASSWORD_CHANGED: "changed a password",
    EventKind.SCHOOL_ADDED: "added a school",
    EventKind.SERVICE_LEVEL_CHANGED: "changed the service level",
    EventKind.MAIL_SENT: "sent an e-mail",
    EventKind.MAIL_GIVEN_UP: "gave up sending an e-mail",
    EventKind.MAIL_RETRIED: "had e-mails tried again",
    EventKind.MESSAGE_TEXT_CHANGED: "changed the text of e-mails",
}


def in_words(event: Event) -> str:
    """Return an event as one line: when, who, what, from and to."""
    parts = [full_time(event.at), event.actor or _nobody(event), _KINDS[event.kind]]
    changes = [
        f"{label}: {show(old)} → {show(new)}"
        for name, (label, show) in _FIELDS.items()
        if (change := event.details.get("changed", {}).get(name))
        for old, new in [change]
    ]
    line = f"{parts[0]}  {parts[1]} {parts[2]}"
    if changes:
        line += " " + "; ".join(changes)
    for name, label in _REASONS.items():
        if value := event.details.get(name):
            line += f" ({label}{value})"
    return line


_REASONS = {
    "mail": "",
    "reason": "reason: ",
    "duplicate_of": "duplicate of ",
    "parent": "under ",
    "number": "",
    "login": "account ",
    "name": "",
    "rating": "",
}


def _nobody(event: Event) -> str:
    operator = event.details.get(OPERATOR)
    return f"{operator} at the console" if operator else "the program"


def _state(value: Any) -> str:
    return State(value).label


def _priority(value: Any) -> str:
    return Priority(value).label


def _moment(value: datetime | None) -> str:
    return full_time(value) if value else "none"


def _yes_no(value: Any) -> str:
    return "yes" if value else "no"


def _text(value: Any) -> str:
    return str(value) if value else "none"


def _code(value: Any) -> str:
    return ResolutionCode(value).label if value else "none"


_FIELDS: dict[str, tuple[str, Callable[[Any], str]]] = {
    "state": ("state", _state),
    "priority": ("priority", _priority),
    "confidential": ("confidential", _yes_no),
    "assigned_to": ("assigned to", _text),
    "team": ("team", _text),
    "deferred_until": ("deferred until", _moment),
    "waiting_for": ("waiting for", _text),
    "flag": ("flag", _text),
    "resolution_code": ("resolution", _code),
    "late_when_resolved": ("late when resolved", _yes_no),
    "sla_due": ("due", _moment),
    "disabled": ("disabled", _yes_no),
    "role": ("role", _text),
    "school": ("school", _text),
}
