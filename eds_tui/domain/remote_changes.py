"""Follows the event log as a change feed: what others changed since a bookmark (rule 30)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from eds_tui.domain.account import Scope
from eds_tui.domain.event import TOUCHES, EventKind
from eds_tui.domain.unread import READ_BY, Side

MISSED_FOR = timedelta(minutes=1)
"""For how long an event that was passed over is looked for."""
MOST_MISSED = 200
"""How many of those are looked for at most, the latest of them."""

SHOWN = TOUCHES | {
    EventKind.INCIDENT_LOGGED,
    EventKind.COMMENT_ADDED,
    EventKind.WORK_NOTE_ADDED,
    EventKind.ATTACHMENT_TAKEN_BACK,
    EventKind.HIDDEN_FILE_TAKEN_BACK,
    EventKind.CHASED,
    EventKind.FEEDBACK_GIVEN,
    *READ_BY.values(),
    EventKind.SERVICE_LEVEL_CHANGED,
    EventKind.SCHOOL_CHANGED,
    EventKind.DATABASE_RESTORED,
}
"""Events after which a list or an incident may look otherwise than before."""

_OF_EVERYTHING = frozenset(
    {EventKind.SERVICE_LEVEL_CHANGED, EventKind.SCHOOL_CHANGED, EventKind.DATABASE_RESTORED}
)
"""Events that are about no one incident."""
_OF_THE_CENTRE = frozenset(
    {
        EventKind.WORK_NOTE_ADDED, EventKind.HIDDEN_FILE_TAKEN_BACK, EventKind.CHASED,
        READ_BY[Side.CENTRE],
    }
)  # fmt: skip
"""Events of incidents of which no school ever learns (rules 27, 41 and 43)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """An event as the feed knows it, with the incident as it is now."""

    event_id: int
    kind: EventKind
    number: int | None = None
    school_id: int | None = None
    confidential: bool = False
    parent: int | None = None
    """The number of the major incident that it hangs on."""
    flipped: bool = False
    """Whether the event is that it was made confidential, or is so no more."""
    former_school_id: int | None = None
    """The school that it was taken from, where the event is that (rule 40)."""
    marks: Side | None = None
    """The side for which the event has made it unread, where it was not before."""


@dataclass(frozen=True, slots=True)
class RemoteChanges:
    """That something has changed, and of which incidents; a school never learns of which."""

    numbers: frozenset[int] = frozenset()
    everything: bool = False
    """Whether anything at all may have changed."""
    marks: int = 0
    """How many incidents have become unread for the reader."""

    def __bool__(self) -> bool:
        """Return whether there is any."""
        return self.everything or bool(self.numbers)

    def about(self, *numbers: int) -> bool:
        """Return whether they may be about one of some incidents."""
        return self.everything or not self.numbers.isdisjoint(numbers)


def remote_changes(scope: Scope, changes: Sequence[Change]) -> RemoteChanges:
    """Return what a reader may learn of changes.

    A school gets no number and learns of nothing that only the service centre may know: not of a
    work note, and of a confidential incident only the moment that it was made so (rules 24, 25 and
    27). It reads its lists again then, and they say what it may know.
    """
    own = [change for change in changes if change.kind in SHOWN and _is_for(scope, change)]
    side = Side.of(scope)
    marked = sum(change.marks is side for change in own)
    if any(change.kind in _OF_EVERYTHING for change in own):
        return RemoteChanges(everything=True, marks=marked)
    if side is Side.SCHOOL:
        return RemoteChanges(everything=bool(own), marks=marked)
    found = {number for change in own for number in (change.number, change.parent)}
    return RemoteChanges(frozenset(number for number in found if number is not None), marks=marked)


def _is_for(scope: Scope, change: Change) -> bool:
    """Return whether a reader learns of a change; what the other side has read marks nothing."""
    if change.kind in _OF_EVERYTHING:
        return True
    if scope.school_id is None:
        return change.kind is not READ_BY[Side.SCHOOL]
    if scope.school_id not in {change.school_id, change.former_school_id}:
        return False
    if change.kind in _OF_THE_CENTRE:
        return False
    return not change.confidential or change.flipped


@dataclass(frozen=True, slots=True)
class Bookmark:
    """How far a reader of the event log has come.

    Transactions end in another order than they took their ids in: an id that was passed over is
    looked for until it shows itself, or nobody can still hold it back.
    """

    last: int = 0
    """The largest id that has been seen."""
    missed: tuple[tuple[int, float], ...] = ()
    """Smaller ids that have not been seen, each with the second it is given up at."""

    def after(self, ids: Iterable[int], now: float) -> Bookmark:
        """Return the bookmark after some ids have been seen.

        Args:
            ids: Of events.
            now: In seconds of ``Clock.seconds``.
        """
        seen = set(ids)
        newest = max(seen, default=self.last)
        kept = [(id_, ends) for id_, ends in self.missed if id_ not in seen and ends > now]
        first = max(self.last + 1, newest - MOST_MISSED)
        ends = now + MISSED_FOR.total_seconds()
        kept += [(id_, ends) for id_ in range(first, newest) if id_ not in seen]
        return Bookmark(max(self.last, newest), tuple(kept[-MOST_MISSED:]))

    @classmethod
    def at_end(cls, ids: Sequence[int], now: float) -> Bookmark:
        """Return the bookmark of whoever has seen the log up to its latest ids, and all before."""
        return cls(min(ids) - 1).after(ids, now) if ids else cls()
