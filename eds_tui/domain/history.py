"""Writes the events of an incident in words (rule 30)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from eds_tui.domain.clock import full_time
from eds_tui.domain.event import CALLER, FILE, OPERATOR, SCHOOLS, TOUCHES, Event, EventKind
from eds_tui.domain.incident import Channel
from eds_tui.domain.lifecycle import State
from eds_tui.domain.priority import Category, Impact, Priority
from eds_tui.domain.text import first_line
from eds_tui.domain.triage import ResolutionCode

_KINDS = {
    EventKind.INCIDENT_LOGGED: "logged it",
    EventKind.COMMENT_ADDED: "wrote a comment",
    EventKind.WORK_NOTE_ADDED: "wrote a work note",
    EventKind.CONFIDENTIAL_OPENED: "opened it (confidential)",
    EventKind.READ_BY_CENTRE: "read what was new",
    EventKind.READ_BY_SCHOOL: "read what was new, at the school",
    EventKind.ATTACHMENT_SAVED: "saved a file",
    EventKind.ATTACHMENT_TAKEN_BACK: "took back a file",
    EventKind.HIDDEN_FILE_TAKEN_BACK: "took back a file that the school did not see",
    EventKind.FEEDBACK_GIVEN: "gave feedback",
    EventKind.TRIAGED: "changed",
    EventKind.CORRECTED: "put right",
    EventKind.UNDONE: "took back",
    EventKind.CHASED: "was rung about it",
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
    EventKind.SCHOOL_CHANGED: "changed a school",
    EventKind.REPLY_CHANGED: "changed a canned reply",
    EventKind.SERVICE_LEVEL_CHANGED: "changed the service level",
    EventKind.MAIL_SENT: "sent an e-mail",
    EventKind.MAIL_GIVEN_UP: "gave up sending an e-mail",
    EventKind.MAIL_RETRIED: "had e-mails tried again",
    EventKind.MESSAGE_TEXT_CHANGED: "changed the text of e-mails",
    EventKind.DATABASE_RESTORED: "restored the database from a back-up",
}


def in_words(event: Event) -> str:
    """Return an event as one line: when, who, what, from and to."""
    parts = [full_time(event.at), _who(event), _KINDS[event.kind]]
    changed = event.details.get("changed", {})
    if schools := event.details.get(SCHOOLS):
        changed = {**changed, "school": schools}
    changes = changes_in_words(changed, _fields(event.kind, changed))
    line = f"{parts[0]}  {parts[1]} {parts[2]}"
    if changes:
        line += f" {changes}" if event.kind in TOUCHES else f": {changes}"
    for name, label in _REASONS.items():
        if value := event.details.get(name):
            line += f" ({label}{value})"
    return line


def in_lines(event: Event) -> tuple[str, ...]:
    """Return an event in words, with the whole of a description that it replaced (rule 40)."""
    before, _ = event.details.get("changed", {}).get("description", ("", ""))
    if not before:
        return (in_words(event),)
    return (in_words(event), "  It read before:", *(f"  | {line}" for line in before.split("\n")))


Fields = Mapping[str, tuple[str, Callable[[Any], str]]]
"""What to call each field, and how to write its values."""


def changes_in_words(changed: Mapping[str, Sequence[Any]], fields: Fields | None = None) -> str:
    """Return what has changed by field, from and to, in one line."""
    return "; ".join(
        f"{label}: {show(old)} → {show(new)}"
        for name, (label, show) in (_FIELDS if fields is None else fields).items()
        if (change := changed.get(name))
        for old, new in [change]
    )


_REASONS = {
    "mail": "",
    CALLER: "by ",
    FILE: "",
    "files": "with ",
    "handed_over": "handed over from ",
    "reason": "reason: ",
    "duplicate_of": "duplicate of ",
    "parent": "under ",
    "number": "",
    "login": "account ",
    "portal_number": "portal number ",
    "reply": "",
    "name": "",
    "rating": "",
    "without": "without ",
}


def _who(event: Event) -> str:
    operator = event.details.get(OPERATOR)
    at_the_console = f"{operator} at the console" if operator else ""
    if event.actor and operator:
        return f"{event.actor} ({at_the_console})"
    return event.actor or at_the_console or "the program"


def _fields(kind: EventKind, changed: Mapping[str, object]) -> Fields:
    """Return what to call each changed field of a kind of event, and how to write its values."""
    if kind is EventKind.SERVICE_LEVEL_CHANGED:
        # They are kept under what they are called.
        return {name: (name, _text) for name in changed}
    return _FIELDS


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


def _beginning(value: Any) -> str:
    start = first_line(value or "", _LONGEST_SHOWN)
    return f"“{start}{'' if start == value else '…'}”" if value else "none"


_LONGEST_SHOWN = 60
"""Characters that are shown of a text of many lines."""


def _category(value: Any) -> str:
    return Category(value).label


def _impact(value: Any) -> str:
    return f"{value} {Impact(value).label}"


def _channel(value: Any) -> str:
    return "telephone" if value == Channel.PHONE else "the school itself"


def _code(value: Any) -> str:
    return ResolutionCode(value).label if value else "none"


_FIELDS: Fields = {
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
    "category": ("category", _category),
    "impact": ("impact", _impact),
    "contact_name": ("caller", _text),
    "contact_telephone": ("telephone", _text),
    "contact_email": ("e-mail", _text),
    "description": ("description", _beginning),
    "channel": ("logged by way of", _channel),
    "logged_by": ("logged by", _text),
    "disabled": ("disabled", _yes_no),
    "bell": ("bell", _yes_no),
    "role": ("role", _text),
    "school": ("school", _text),
    "portal_number": ("portal number", _text),
    "name": ("name", _text),
    "town": ("town", _text),
    "la_number": ("LA number", _text),
    "dfe_number": ("DfE number", _text),
    "urn": ("URN", _text),
    "telephone": ("telephone", _text),
    "email": ("notified address", _text),
    "connection_type": ("connection type", _text),
    "bandwidth": ("bandwidth", _text),
    "contacts": ("contacts", _text),
    "closed": ("closed", _yes_no),
    "subject": ("subject", _beginning),
    "text": ("text", _beginning),
}
