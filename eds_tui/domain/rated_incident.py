"""A school's rating of an incident, as leads read it (rule 14)."""

from __future__ import annotations

from dataclasses import dataclass

from eds_tui.domain.incident_detail import Feedback


@dataclass(frozen=True, slots=True, kw_only=True)
class RatedIncident:
    """A rating as leads read it, with what was rated."""

    number: int
    school: str
    """Name and town."""
    details: str
    """The start of the description, as typed."""
    by: str
    """The name of the account that rated it."""
    feedback: Feedback
