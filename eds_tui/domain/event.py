"""The events of the event log: who did what, and when (rule 30)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any


class EventKind(StrEnum):
    """What happened."""

    INCIDENT_LOGGED = "incident_logged"
    COMMENT_ADDED = "comment_added"
    CONFIDENTIAL_OPENED = "confidential_opened"
    READ_BY_CENTRE = "read_by_centre"
    READ_BY_SCHOOL = "read_by_school"
    ATTACHMENT_SAVED = "attachment_saved"
    ATTACHMENT_TAKEN_BACK = "attachment_taken_back"
    HIDDEN_FILE_TAKEN_BACK = "hidden_file_taken_back"
    WORK_NOTE_ADDED = "work_note_added"
    TRIAGED = "triaged"
    CORRECTED = "corrected"
    UNDONE = "undone"
    CHASED = "chased"
    CLOCK = "clock"
    SLA_WARNING = "sla_warning"
    SLA_BREACHED = "sla_breached"
    SERVICE_LEVEL_CHANGED = "service_level_changed"
    FEEDBACK_GIVEN = "feedback_given"
    SIGNED_IN = "signed_in"
    SIGN_IN_REFUSED = "sign_in_refused"
    SIGNED_OUT = "signed_out"
    UNLOCKED = "unlocked"
    ACCOUNT_ADDED = "account_added"
    ACCOUNT_CHANGED = "account_changed"
    ACCOUNT_DISABLED = "account_disabled"
    PASSWORD_CHANGED = "password_changed"
    SCHOOL_ADDED = "school_added"
    SCHOOL_CHANGED = "school_changed"
    MAIL_SENT = "mail_sent"
    MAIL_GIVEN_UP = "mail_given_up"
    MAIL_RETRIED = "mail_retried"
    MESSAGE_TEXT_CHANGED = "message_text_changed"
    REPLY_CHANGED = "reply_changed"
    DATABASE_RESTORED = "database_restored"


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One entry of the log."""

    at: datetime
    kind: EventKind
    actor: str
    """The name; empty for what nobody who has signed in did."""
    details: dict[str, Any]
    actor_id: int | None = None


OPERATOR = "operator"
"""Under which an event that nobody signed in for names the Linux user who did it."""
CALLER = "caller"
"""Under which an event names who rang."""
CHANGED = "changed"
"""Under which an event has its difference: by field, the value before and the value after."""
COMMENT = "comment"
"""Under which an event that changes an incident names the comment that the change came with."""
FILE = "file"
"""Under which an event names the one file that it is about."""
FILES = "files"
"""Under which an event names the files that came with a comment."""
HANDED_OVER = "handed_over"
"""Under which it names whose an incident was that was handed over (rule 51)."""
MESSAGE_ID = "message_id"
"""Under which it names the e-mail that told the school of it."""
SAID_IN = {
    EventKind.COMMENT_ADDED: "id",
    EventKind.WORK_NOTE_ADDED: "id",
    EventKind.TRIAGED: COMMENT,
    EventKind.CORRECTED: COMMENT,
    EventKind.UNDONE: COMMENT,
}
"""Under which of their details events name a comment."""
SCHOOLS = "schools"
"""Under which an event that moves an incident to another school names both, as they were called."""
DECIDED = frozenset({EventKind.TRIAGED, EventKind.CORRECTED})
"""Events that a person can take back."""
TOUCHES = DECIDED | {EventKind.UNDONE, EventKind.CLOCK}
"""Events that change an incident's triage fields."""
