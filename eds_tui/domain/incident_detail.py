"""Frozen read models of one incident whole: what was said on it, and what belongs to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from eds_tui.domain.unread import News
from eds_tui.domain.views import IncidentRow


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentView:
    """A comment as people read it."""

    id: int
    at: datetime
    author: str
    """Who wrote it: ``A. Handler for Test Bursar (phone)`` for one taken on the telephone."""
    body: str
    from_school: bool
    internal: bool = False
    """A work note, which no school ever sees (rule 27)."""
    former_school: str = ""
    """The school that it was between, where the incident has been put to another one since."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachmentView:
    """An attached file."""

    id: int
    name: str
    """As it was named where it came from; cleaned only where it is shown."""
    size: int
    """Bytes."""
    at: datetime
    kept_back: bool = False
    """Whether it came before the incident was put to its school, which does not see it."""
    comment_id: int | None = None
    """The comment that it came with; ``None`` for one that came with the incident."""


@dataclass(frozen=True, slots=True)
class Feedback:
    """A school's rating of a closed incident (rule 14)."""

    rating: int
    """1 to 5."""
    words: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentDetail:
    """An incident with all that the reader may see of it."""

    row: IncidentRow
    description: str
    comments: tuple[CommentView, ...]
    attachments: tuple[AttachmentView, ...]
    resolved_at: datetime | None
    feedback: Feedback | None = None
    waiting_for: str = ""
    """The change that an incident on hold waits for; only the service centre sees it."""
    duplicate_of: int | None = None
    """The number of the incident that it was closed as a duplicate of, for the service centre."""
    above: IncidentRow | None = None
    """What it hangs on, for the service centre."""
    below: tuple[IncidentRow, ...] = ()
    """What hangs on it, closed or not, for the service centre."""
    duplicates: tuple[IncidentRow, ...] = ()
    """What was closed as a duplicate of it, for the service centre."""
    news: News | None = None
    """What is new in it for the reader's side; ``None`` where nothing is."""
