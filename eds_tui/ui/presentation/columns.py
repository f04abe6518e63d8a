"""The columns in which lists show incidents."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from eds_tui.domain.clock import short_time
from eds_tui.domain.row_in_words import listed_state, until_at_a_glance
from eds_tui.domain.views import IncidentRow
from eds_tui.ui.presentation.emphasis import Emphasize, confidential, critical, late
from eds_tui.ui.presentation.incident_text import contact, details, due_cell, state_text


@dataclass(frozen=True)
class Column:
    """A column of the list."""

    title: str
    width: int
    """Cells; 0 takes what it wants of what the others leave, as far as that goes."""
    text: Callable[[IncidentRow], str]
    stands_out: Emphasize | None = None
    """Says which of its cells lead the eye; none where there is nothing."""


def queue_columns() -> tuple[Column, ...]:
    """Return the columns of the service centre's lists."""
    return (
        Column("Reference", 10, lambda row: row.reference, confidential),
        Column("School", 20, lambda row: row.school),
        Column("Incident details", 0, details),
        Column("P", 1, lambda row: str(row.priority.value), critical),
        Column("State", 11, state_text),
        Column("Due", 12, due_cell, late),
    )


def school_columns() -> tuple[Column, ...]:
    """Return the columns that a school sees (guide 2.6; rule 11)."""
    return (
        Column("Reference", 10, lambda row: row.reference),
        Column("Incident Details", 0, details),
        Column("Contact Details", 0, contact),
        Column("State", 23, listed_state),
    )


def site_columns(now: datetime, title: str = "Reference") -> tuple[Column, ...]:
    """Return the columns where all rows are of one school; the first has the title given."""
    return (
        Column(title, 10, lambda row: row.reference, confidential),
        Column("Incident details", 0, details),
        Column("Caller", 0, lambda row: row.contact_name),
        Column("P", 1, lambda row: str(row.priority.value), critical),
        Column("State", 15, _state_at_site),
        Column("Logged", 9, lambda row: short_time(row.opened_at, now)),
    )


def _state_at_site(row: IncidentRow) -> str:
    until = until_at_a_glance(row)
    return f"to {until}" if until else row.state.short_label
