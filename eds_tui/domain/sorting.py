"""Decides in what order a list of incidents is read, and a row's place in it (rule 46)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from eds_tui.domain.folding import school_name

if TYPE_CHECKING:
    from eds_tui.domain.views import IncidentRow

NEVER_DUE = datetime(9999, 12, 30, tzinfo=UTC)
"""The place of what has no due date: behind all that has one."""


class Sort(StrEnum):
    """What a list is sorted by. All but the first begin with the least, and go up."""

    NEWEST = "newest"
    DUE = "due"
    PRIORITY = "priority"
    SCHOOL = "school"
    OLDEST = "oldest"

    @property
    def label(self) -> str:
        """What the heading of a list says of it."""
        return f"by {self.value}" if self in _BY else self.value

    @property
    def is_descending(self) -> bool:
        """Whether the greatest stands on top."""
        return self is Sort.NEWEST

    def next(self, step: int, among: tuple[Sort, ...]) -> Sort:
        """Return the sorting so many further among those of a list."""
        here = among.index(self) if self in among else 0
        return among[(here + step) % len(among)]


_BY = frozenset({Sort.DUE, Sort.PRIORITY, Sort.SCHOOL})
OPEN_SORTS = (Sort.NEWEST, Sort.DUE, Sort.PRIORITY, Sort.SCHOOL, Sort.OLDEST)
"""What a list of open incidents can be sorted by; the first unless another is chosen."""
DUE_SORTS = (Sort.DUE, Sort.PRIORITY, Sort.SCHOOL, Sort.NEWEST, Sort.OLDEST)
"""The same where the due date matters most: what is late longest stands on top."""
EVER_SORTS = (Sort.NEWEST, Sort.OLDEST)
"""What a list of all that was ever logged can be sorted by: what the whole table is indexed by."""


@dataclass(frozen=True, slots=True)
class Key:
    """The place of a row in its list: what it is sorted by, its number, and its rank."""

    at: datetime | int | str
    number: int
    rank: int = 0
    """Counts where some rows stand on top whatever the list is sorted by."""


def priority_rank(priority: int) -> int:
    """Return the place of a priority: critical first, what has none yet behind all others."""
    return priority or _NONE_RANK


_NONE_RANK = 9


def place(sort: Sort, row: IncidentRow, *, closed: bool = False) -> Key:
    """Return a row's place in a list.

    Args:
        sort: What the list is sorted by.
        row: The row.
        closed: Whether it is a list of closed ones, which go by the time they were closed.
    """
    at: datetime | int | str
    if sort is Sort.DUE:
        at = row.sla_due or NEVER_DUE
    elif sort is Sort.PRIORITY:
        at = priority_rank(row.priority.value)
    elif sort is Sort.SCHOOL:
        at = school_name(row.school)
    else:
        at = row.closes_at if closed and row.closes_at else row.opened_at
    return Key(at, row.number, row.rank)
