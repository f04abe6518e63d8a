"""What a school or the service desk is told by e-mail (rules 27 and 28)."""

from __future__ import annotations

from enum import StrEnum


class NotificationKind(StrEnum):
    """What a notification is about."""

    LOGGED = "logged"
    COMMENT = "comment"
    STATE = "state"
    RESOLVED = "resolved"
    CLOSED = "closed"
