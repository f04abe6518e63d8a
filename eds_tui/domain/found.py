"""An incident as a decision reads it: row, description, triage fields."""

from __future__ import annotations

from dataclasses import dataclass

from eds_tui.domain.triage_fields import TriageFields
from eds_tui.domain.views import IncidentRow


@dataclass(frozen=True, slots=True)
class Beside:
    """Whether there is anything of a kind beside an incident: what isn't there is not read."""

    files: bool = True
    rating: bool = True
    duplicates: bool = True
    """Others that were closed as its duplicates."""


@dataclass(frozen=True, slots=True)
class Found:
    """An incident as its services need it beside what people read."""

    id: int
    row: IncidentRow
    description: str
    fields: TriageFields
    """Behind the database's wall the defaults of those that a school has no part in."""
    changed_by: str
    """Who changed its triage fields last."""
    last_news: int = 0
    """The last event that is news to the reader's side, read or not; 0 for none."""
    said: int = 0
    """The last comment that was there when the reader's side read it last; 0 for none."""
    beside: Beside = Beside()
