"""What the next call about the same fault has in common with the first (rule 49)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from eds_tui.domain.incident import IncidentForm
from eds_tui.domain.incident_detail import IncidentDetail
from eds_tui.domain.lifecycle import State
from eds_tui.domain.priority import Category, Impact
from eds_tui.domain.views import IncidentRow

FRESH_FOR = timedelta(hours=24)
"""For how long another school is likely to ring about the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SameFault:
    """The fault that several schools ring about, one call after the other."""

    first: int
    """The number of the incident that the others hang on."""
    description: str
    category: Category
    impact: Impact
    confidential: bool
    """Words that one school may not see are not shown to the next."""

    def values(self) -> dict[str, Any]:
        """Return what a form begins with, as its draft has it."""
        return {
            "description": self.description,
            "category": self.category.value,
            "impact": self.impact.value,
            "confidential": self.confidential,
            "parent": self.first,
        }


def same_as_logged(form: IncidentForm, number: int) -> SameFault:
    """Return the fault of a form that was logged under a number; the first stays the first."""
    assert form.category is not None
    assert form.impact is not None
    return SameFault(
        first=form.parent or number,
        description=form.description,
        category=form.category,
        impact=form.impact,
        confidential=form.confidential,
    )


def same_as_open(detail: IncidentDetail) -> SameFault:
    """Return the fault of an incident, or of the one that it hangs on already."""
    row = detail.row
    return SameFault(
        first=row.parent or row.number,
        description=detail.description,
        category=row.category,
        impact=row.impact,
        confidential=row.confidential,
    )


def is_fresh(row: IncidentRow, now: datetime) -> bool:
    """Return whether the next school may well ring about the same."""
    return row.state is not State.CLOSED and now - row.opened_at <= FRESH_FOR
