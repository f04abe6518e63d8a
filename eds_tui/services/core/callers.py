"""Remembers who rings, in the transaction of what they ring about (rule 42)."""

from __future__ import annotations

from datetime import datetime

from eds_tui.domain.known_caller import is_contact
from eds_tui.repository.unit_of_work import UnitOfWork


def remember_caller(
    work: UnitOfWork, school_id: int, name: str, telephone: str, at: datetime
) -> None:
    """Keep a caller who is none of the school's contacts, to be offered the next time."""
    school = work.schools.by_id(school_id)
    if name and school is not None and not is_contact(name, school.contacts):
        work.calls.remember(school_id, name, telephone, at)
