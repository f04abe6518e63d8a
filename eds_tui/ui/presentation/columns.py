"""The columns in which lists show incidents, by the width that there is (rules 44, 46 and 47)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache

from eds_tui.domain.clock import age
from eds_tui.domain.lifecycle import State
from eds_tui.domain.priority import Priority
from eds_tui.domain.row_in_words import listed_state, until_at_a_glance
from eds_tui.domain.views import IncidentRow
from eds_tui.domain.when import day_at_a_glance, past_at_a_glance
from eds_tui.ui.presentation.emphasis import Emphasize, critical, late, unread_or_confidential
from eds_tui.ui.presentation.incident_text import (
    contact,
    details,
    due_cell,
    due_text,
    named,
    state_text,
)

USUAL = 80
"""Cells below which a list has no room for the state, which the preview tells."""
ROOMY = 100
"""Cells from which on a list has room for who, age and category."""
SPLIT = 120
"""Columns of the screen from which on the incident stands beside its list."""


@dataclass(frozen=True)
class Column:
    """A column of the list."""

    title: str
    width: int
    """Cells; 0 takes what it wants of what the others leave, as far as that goes."""
    text: Callable[[IncidentRow], str]
    stands_out: Emphasize | None = None
    """Says which of its cells lead the eye; none where there is nothing."""
    titles: tuple[str, ...] = ()
    """Longer titles, the longest first, for where there is room."""

    def titled(self, room: int) -> str:
        """Return the longest of the titles that there is room for."""
        return next((title for title in self.titles if len(title) <= room), self.title)


Layout = Callable[[int], Sequence[Column]]
"""Returns the columns of a list of so many cells."""


def _reference(title: str = "Reference") -> Column:
    return Column(title, 11, _number, unread_or_confidential)


def _number(row: IncidentRow) -> str:
    return f"{row.reference}C" if row.confidential else row.reference


_SCHOOL = Column("School", 20, lambda row: row.school)
_PRIORITY = Column(
    "P",
    2,
    lambda row: f"{row.priority.value}{'!' if row.priority is Priority.CRITICAL else ''}",
    critical,
)
_STATE = Column("State", 11, state_text)
_DUE = Column("Due", 12, due_cell, late)
_CLOCK = Column("Due", 12, due_text, late)
"""The same where no state beside it says that it is the end of a deferral."""
_WHO = Column("Who", 7, lambda row: initials(row.assigned_to) or row.team)
_AGE = Column("Age", 6, lambda row: age(row.opened_at, row.as_of or row.opened_at))
_CATEGORY = Column("Cat", 4, lambda row: row.category.short_label)


def _details(sorted_by: str, text: Callable[[IncidentRow], str] = details) -> Column:
    """Return the column of what it is about, which says in its title what the list is sorted by."""
    if not sorted_by:
        return Column("Incident details", 0, text)
    titles = (f"Incident details, {sorted_by}", f"Details, {sorted_by}")
    return Column(f"Details, {sorted_by.removeprefix('by ')}", 0, text, titles=titles)


@cache
def queue_columns(sorted_by: str = "") -> Layout:
    """Return the columns of the service centre's lists.

    Args:
        sorted_by: What is said of that: ``by due``.
    """
    reference, about = _reference(), _details(sorted_by)
    usual = (reference, _SCHOOL, about, _PRIORITY, _STATE, _DUE)
    narrow = (reference, Column("School", 15, _SCHOOL.text), about, _PRIORITY, _CLOCK)

    @cache
    def columns(width: int) -> Sequence[Column]:
        if width < ROOMY:
            return narrow if width < USUAL else usual
        school = Column("School", 21 + (width - ROOMY) // 3, _SCHOOL.text)
        return (reference, school, about, _CATEGORY, _PRIORITY, _STATE, _WHO, _AGE, _DUE)

    return columns


@cache
def split_columns(sorted_by: str = "") -> Layout:
    """Return the columns of a list beside which an incident stands, which tells its state."""
    beside = (_reference(), _SCHOOL, _details(sorted_by), _PRIORITY, _WHO, _AGE, _CLOCK)
    wide = queue_columns(sorted_by)
    return lambda width: wide(width) if width >= ROOMY else beside


@cache
def school_columns() -> Layout:
    """Return the columns that a school sees (guide 2.6; rule 11), with the day or the moment."""
    before = (
        Column("Reference", 10, lambda row: row.reference, unread_or_confidential),
        Column("Incident Details", 0, details),
    )
    who, state = Column("Contact Details", 15, contact), Column("State", 23, listed_state)
    day = Column("Date", 6, lambda row: day_at_a_glance(_date(row), row.as_of))
    moment = Column("Date", 12, lambda row: past_at_a_glance(_date(row), row.as_of))
    narrow = (*before, who, day, state)
    wide = (*before, replace(who, width=0), moment, state)
    return lambda width: wide if width >= ROOMY else narrow


def _date(row: IncidentRow) -> datetime:
    """Return when it was closed, else when it was logged."""
    closed = row.closes_at if row.state is State.CLOSED else None
    return closed or row.opened_at


@cache
def site_columns(title: str = "Reference", sorted_by: str = "") -> Layout:
    """Return the columns where all rows are of one school.

    Args:
        title: Of the first.
        sorted_by: What is said of that: ``by due``.
    """
    reference, about = _reference(title), _details(sorted_by, named)
    caller = Column("Caller", 0, lambda row: row.contact_name)
    logged = Column("Logged", 12, lambda row: past_at_a_glance(row.opened_at, row.as_of))
    state = Column("State", 15, _state_at_site)
    narrow = (reference, about, caller, _PRIORITY, state, logged)
    wide = (reference, about, caller, _CATEGORY, _PRIORITY, state, _WHO, _AGE, _DUE)
    return lambda width: wide if width >= ROOMY else narrow


def _state_at_site(row: IncidentRow) -> str:
    until = until_at_a_glance(row)
    return f"to {until}" if until else row.state.short_label


def initials(name: str) -> str:
    """Return a person's name as a narrow column has it: ``A. H.``; a single word stays."""
    first, *others = name.split() or [""]
    if not others:
        return first
    return f"{first[0]}. {others[-1][0]}."
