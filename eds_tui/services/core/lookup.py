"""Finds the incident that somebody asks for, or raises that there is none (rule 24)."""

from __future__ import annotations

from datetime import datetime

from eds_tui.domain.account import Account
from eds_tui.domain.errors import NotFound
from eds_tui.domain.found import Found
from eds_tui.domain.incident import format_number
from eds_tui.repository.unit_of_work import UnitOfWork


def find_incident(work: UnitOfWork, actor: Account, number: int, now: datetime) -> Found:
    """Return the incident of a number, as far as somebody may know of it.

    Raises:
        NotFound: There is none, or none that they may know of; the answer is the same.
    """
    found = work.incidents.find(actor.scope, number, now)
    if found is None:
        raise NotFound(f"There is no incident {format_number(number)} in your lists.")
    return found
