"""Frozen read models: what lists, details and cards show."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from eds_tui.domain.incident import Channel, format_number
from eds_tui.domain.lifecycle import State
from eds_tui.domain.priority import Category, Impact, Priority
from eds_tui.domain.read_model import read_model
from eds_tui.domain.sorting import DUE_SORTS, EVER_SORTS, OPEN_SORTS, Key, Sort, place
from eds_tui.domain.triage import Assignee

PAGE_SIZE = 100
"""Rows that a list asks for at a time."""

LATEST_CLOSED = 20
"""Closed incidents that a school sees (rule 12)."""


class View(StrEnum):
    """A list of the service centre's queue; the first is *Answered* for a school (rule 41)."""

    UNREAD = "unread"
    TRIAGE = "triage"
    OPEN = "open"
    MINE = "mine"
    TEAM = "team"
    ON_HOLD = "on_hold"
    LATE = "late"
    DUE_TODAY = "due_today"
    FLAGGED = "flagged"
    RESOLVED = "resolved"
    CLOSED = "closed"
    ALL = "all"

    @property
    def label(self) -> str:
        """The name in the row of views."""
        return _VIEW_LABELS.get(self, self.value.replace("_", " ").capitalize())

    @property
    def sorts(self) -> tuple[Sort, ...]:
        """What it can be sorted by; the first unless another is chosen."""
        return _VIEW_SORTS.get(self, OPEN_SORTS)


_VIEW_LABELS = {View.ON_HOLD: "Hold", View.DUE_TODAY: "Today"}
_VIEW_SORTS = {
    View.LATE: DUE_SORTS, View.DUE_TODAY: DUE_SORTS,
    View.UNREAD: EVER_SORTS, View.CLOSED: EVER_SORTS, View.ALL: EVER_SORTS,
}  # fmt: skip


class PileView(StrEnum):
    """A list of what is neither resolved nor closed, by who has it (rule 51)."""

    PERSON = "person"
    POOL = "pool"
    """What nobody has, of a team or of none."""
    ANYBODY = "anybody"

    @property
    def sorts(self) -> tuple[Sort, ...]:
        """What it can be sorted by; the first unless another is chosen."""
        return OPEN_SORTS


@read_model
class IncidentRow:
    """One row of a list."""

    number: int
    school_id: int
    school: str
    """Name and town."""
    details: str
    """The start of the description, as typed."""
    contact_name: str
    contact_telephone: str
    contact_email: str
    logged_by: str
    """Who typed it in; differs from the contact for a call (rule 29)."""
    channel: Channel
    category: Category
    impact: Impact
    confidential: bool
    state: State
    """As every reader sees it at the moment of the query (rule 18)."""
    priority: Priority
    sla_due: datetime | None
    opened_at: datetime
    closes_at: datetime | None
    """When it was or will be closed; ``None`` while it is not resolved."""
    version: int = 1
    """Counts the changes of its triage fields."""
    assigned_to: str = ""
    team: str = ""
    paused: bool = False
    """Whether the clock of its service level stands still at the moment of the query."""
    late: bool = False
    """Whether it was overdue at the moment of the query, or when its clock was paused."""
    late_minutes: int = 0
    """By how many minutes, where it is."""
    deferred_until: datetime | None = None
    """When its deferral ends; ``None`` while it is in another state (rule 16)."""
    as_of: datetime | None = field(default=None, compare=False)
    """The moment of the query."""
    flag: str = ""
    """``customer replied`` or ``deferral ended``, until somebody deals with it."""
    parent: int | None = None
    """The number of the major incident it hangs on, where the reader may see that one."""
    children: int = 0
    """How many incidents hang on it."""
    chases: int = 0
    """How often somebody rang about it (rule 43); a school is not told."""
    chased_at: datetime | None = None
    """When they did last."""
    resolution: str = ""
    """The code of how it ended, for the service centre; empty while it is worked on."""
    unread: bool = False
    """Whether something in it is new for the reader's side (rule 41)."""
    question: str = ""
    """What its school was asked last, for that school, where an answer is waited for."""
    rank: int = field(default=0, compare=False)
    """1 where its list has it before those that are only newer."""

    @property
    def assignment(self) -> str:
        """Who has it: a person, else a team, else nobody."""
        return self.assigned_to or self.team

    @property
    def reference(self) -> str:
        """``INC0123456``."""
        return format_number(self.number)

    @property
    def logged_for(self) -> str:
        """Who logged it, and for whom when it was a call (rule 29)."""
        return on_behalf(self.logged_by, self.contact_name if self.channel is Channel.PHONE else "")


def on_behalf(author: str, caller: str) -> str:
    """Return how an author is named: ``A. Handler for Test Bursar (phone)`` (rule 29)."""
    return f"{author} for {caller} (phone)" if caller else author


@dataclass(frozen=True, slots=True)
class ListQuery:
    """Which incidents a list shows; what the reader may see is added by the scope."""

    view: View | PileView
    school_id: int | None = None
    sort: Sort | None = None
    """``None`` is what the list is sorted by unless another is chosen."""
    waiting_first: bool = False
    """Whether what waits for its school's answer comes first (rule 41)."""
    holder: Assignee | None = None
    """Of a pile: who has it (rule 51)."""

    @property
    def order(self) -> Sort:
        """What it is sorted by."""
        return self.sort or self.view.sorts[0]

    def key(self, row: IncidentRow) -> Key:
        """Return a row's place in it."""
        return place(self.order, row, closed=self.view is View.CLOSED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """A part of a list: so many rows from a key on."""

    limit: int = PAGE_SIZE
    key: Key | None = None
    """``None`` is the top of the list."""
    newer: bool = False
    """Rows above the key rather than below it."""
    inclusive: bool = False
    """Whether the row at the key belongs to the window."""


@dataclass(frozen=True, slots=True)
class Page:
    """A window of a list, and whether there is more on either side.

    ``newer`` is the side of its top, ``older`` that of its end, whatever it is sorted by.
    """

    rows: tuple[IncidentRow, ...]
    newer: bool = False
    older: bool = False
    goes_on: Key | None = None
    """The place of the last incident that was looked at, where a search was given up for the time
    being: from there it can go on. ``None`` where nothing was left out."""

    def goes_beyond(self, *, newer: bool) -> bool:
        """Return whether the list has an end on a side that the window does not hold.

        Where a search was given up it is not known what the end is.
        """
        return self.newer if newer else self.older and self.goes_on is None

    def beside(self, number: int, step: int, cursor: int) -> IncidentRow | None:
        """Return the row so many steps from an incident; one that is gone was above the cursor.

        Args:
            number: The incident's.
            step: How far below it; -1 is the row above.
            cursor: The place of the cursor, from 0.
        """
        numbers = [row.number for row in self.rows]
        behind_gone = cursor - (step > 0)
        place = step + (numbers.index(number) if number in numbers else behind_gone)
        return self.rows[place] if 0 <= place < len(numbers) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What is read out when an incident is logged (rule 8)."""

    number: int
    confidential: bool
    notified: str
    """The address that is sent its updates; empty where none is, as for a confidential one."""
    differs: bool = False
    """Whether the form had been logged before, and has been changed since."""
    parent: int | None = None
    """The number of the incident that it hangs on."""
    not_linked: str = ""
    """Why it does not, where it was to."""

    @property
    def reference(self) -> str:
        """``INC0123456``."""
        return format_number(self.number)


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """Something typed and not sent."""

    place: str
    """The form or box it was typed in, with a key of its own (``domain/drafts.py``)."""
    body: dict[str, Any]
    saved_at: datetime
    session: str = field(default="", compare=False)
    """The session that went on with it last."""
    seen_at: datetime | None = field(default=None, compare=False)
    """When that session said last that it lives."""
    school_id: int | None = field(default=None, compare=False)
    """The school that its person belonged to, 0 for the service centre; ``None`` is not known."""
    is_elsewhere: bool = field(default=False, compare=False)
    """Whether another session, which lives, goes on with it."""


@dataclass(frozen=True, slots=True)
class CannedReply:
    """A text that is sent often; ``{caller}``, ``{number}`` and ``{school}`` are filled in."""

    title: str
    body: str

    def filled(self, *, caller: str, number: str, school: str) -> str:
        """Return the text with its placeholders filled; any other braces stay as they are."""
        values = {"{caller}": caller, "{number}": number, "{school}": school}
        # In one go: what is filled in may itself look like a placeholder.
        return re.sub(r"\{(?:caller|number|school)\}", lambda found: values[found[0]], self.body)
