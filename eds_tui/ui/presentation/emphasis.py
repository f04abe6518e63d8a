"""What leads the eye in a list: late, critical, unread and confidential (rule 47)."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

from eds_tui.domain.priority import Priority
from eds_tui.domain.views import IncidentRow


class Emphasis(StrEnum):
    """Why a cell stands out; the value is the class of its style. Each has a sign as well."""

    LATE = "list--late"
    """The word *late* is its sign."""
    CRITICAL = "list--critical"
    """The digit 1 is."""
    UNREAD = "list--unread"
    """The mark before the number is."""
    CONFIDENTIAL = "list--confidential"
    """The word, or the C behind the number, is."""


Emphasize = Callable[[IncidentRow], Emphasis | None]
"""Returns why a row's cell stands out, if it does."""


def late(row: IncidentRow) -> Emphasis | None:
    """Return whether the due date stands out: it has passed, and the clock runs."""
    return Emphasis.LATE if row.late else None


def critical(row: IncidentRow) -> Emphasis | None:
    """Return whether the priority stands out."""
    return Emphasis.CRITICAL if row.priority is Priority.CRITICAL else None


def unread_or_confidential(row: IncidentRow) -> Emphasis | None:
    """Return whether the reference stands out: its school does not see it, or it is unread."""
    if row.confidential:
        return Emphasis.CONFIDENTIAL
    return Emphasis.UNREAD if row.unread else None
