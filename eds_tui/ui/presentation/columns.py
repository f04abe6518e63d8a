"""The columns in which lists show incidents."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from eds_tui.domain.clock import short_time
from eds_tui.domain.views import IncidentRow
from eds_tui.ui.presentation.incident_text import contact, details, due_text, state_text


@dataclass(frozen=True)
class Column:
    """A column of the list."""

    title: str
    width: int
    """Cells; 0 takes what it wants of what the others leave, as far as that goes."""
    text: Callable[[IncidentRow], str]


def queue_columns() -> tuple[Column, ...]:
    """Return the columns of the service centre's lists."""
    return (
        Column("Reference", 10, lambda row: row.reference),
        Column("School", 20, lambda row: row.school),
        Column("Incident details", 0, details),
        Column("P", 1, lambda row: str(row.priority.value)),
        Column("State", 11, state_text),
        Column("Due", 9, due_text),
    )


def school_columns() -> tuple[Column, ...]:
    """Return the columns that a school sees (guide 2.6; rule 11)."""
    return (
        Column("Reference", 10, lambda row: row.reference),
        Column("Incident Details", 0, details),
        Column("Contact Details", 0, contact),
        Column("State", 18, lambda row: row.state.list_label),
    )


def site_columns(now: datetime, title: str = "Reference") -> tuple[Column, ...]:
    """Return the columns where all rows are of one school; the first has the title given."""
    return (
        Column(title, 10, lambda row: row.reference),
        Column("Incident details", 0, details),
        Column("Caller", 0, lambda row: row.contact_name),
        Column("P", 1, lambda row: str(row.priority.value)),
        Column("State", 11, lambda row: row.state.short_label),
        Column("Logged", 8, lambda row: short_time(row.opened_at, now)),
    )
