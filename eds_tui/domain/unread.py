"""Decides what is unread: which event is news to which side, and where it begins (rule 41)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from eds_tui.domain.account import Account, Scope
from eds_tui.domain.event import CHANGED, COMMENT, EventKind

if TYPE_CHECKING:
    from eds_tui.domain.incident_detail import CommentView

MARK = "●"
"""Stands before the number of an incident that has something new for whoever reads."""

MARKS = "marks"
"""Under which an event names the side for which it has made an incident unread."""


class Side(StrEnum):
    """Who reads and writes: what one of a side has read is read for all of it."""

    CENTRE = "centre"
    SCHOOL = "school"

    @classmethod
    def of(cls, scope: Scope) -> Side:
        """Return the side of a reader."""
        return cls.CENTRE if scope.school_id is None else cls.SCHOOL


READ_BY = {Side.CENTRE: EventKind.READ_BY_CENTRE, Side.SCHOOL: EventKind.READ_BY_SCHOOL}
"""What the history calls it when what was new to a side has been read."""

SHOWN_TO_SCHOOLS = frozenset(
    {
        "state", "priority", "deferred_until", "category", "impact", "description", "school",
        "school_id", "contact_name", "contact_telephone", "contact_email",
    }
)  # fmt: skip
"""Fields that a school reads on its incident: a change of any other is no news to it."""


def marks(kind: EventKind, actor: Account | None, details: Mapping[str, Any]) -> Side | None:
    """Return the side to which an event of an incident is news; ``None`` where it is to nobody.

    What the clock does is nobody's comment or change, a work note is never a school's to know of
    (rule 27), and what is logged waits in a list of its own.

    Args:
        kind: What happened.
        actor: Who did it; ``None`` for the clock.
        details: What the event keeps, with the changed fields, and the comment that came with them.
    """
    if actor is None or kind is EventKind.WORK_NOTE_ADDED:
        return None
    if not actor.role.is_service_centre:
        return Side.CENTRE if kind is EventKind.COMMENT_ADDED else None
    changed = details.get(CHANGED, {})
    is_told = kind is EventKind.COMMENT_ADDED or details.get(COMMENT) is not None
    shown_again = changed.get("confidential", (False, True))[1] is False
    if is_told or shown_again or not SHOWN_TO_SCHOOLS.isdisjoint(changed):
        return Side.SCHOOL
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """What is new to a side of an incident as it was read: so far, and no further, it is read."""

    event_id: int = field(repr=False)
    """The last event that is news; never shown, as it tells how much has happened elsewhere."""
    comment_id: int = field(repr=False)
    """The last comment that was there; 0 where there was none."""
    first: int | None = field(repr=False)
    """The first comment that is new; ``None`` where only the incident has changed."""
    since: datetime
    """When the last was said that is not new, or the incident logged."""


def what_is_new(
    side: Side, *, event_id: int, said: int, comments: Sequence[CommentView], opened_at: datetime
) -> News:
    """Return what is new of an incident that is marked.

    Args:
        side: Whose the reader is.
        event_id: The last event that is news.
        said: The last comment that was there when the side read it last; 0 for none.
        comments: What the reader sees, in order.
        opened_at: When it was logged.
    """
    by_school = side is Side.CENTRE
    since, first = opened_at, None
    for comment in comments:
        is_others = not comment.internal and comment.from_school is by_school
        if is_others and comment.id > said:
            first = comment.id
            break
        since = comment.at
    last = comments[-1].id if comments else 0
    return News(event_id=event_id, comment_id=last, first=first, since=since)
