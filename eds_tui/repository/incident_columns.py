"""The columns of incidents, and of what is said and attached to them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Integer,
    LargeBinary,
    Named,
    SmallInteger,
    String,
    Text,
    TypedColumns,
    false,
)

from eds_tui.domain.triage_fields import ClockPause
from eds_tui.repository.column_types import Bytewise, Id, Pauses, Utc


class IncidentColumns(TypedColumns):
    """Incidents. ``state`` is what was last set; readers see it through ``closes_at`` (rule 18)."""

    id: Named[int] = Column(Id, primary_key=True)
    number: Named[int] = Column(BigInteger, unique=True)
    submission: Named[str] = Column(String(64), unique=True)
    school_id: Named[int] = Column(Id, ForeignKey("schools.id"))
    category: Named[str] = Column(String(16))
    impact: Named[int] = Column(SmallInteger)
    confidential: Named[bool] = Column(Boolean)
    description: Named[str] = Column(Text)
    contact_name: Named[str] = Column(Text)
    contact_telephone: Named[str] = Column(Text)
    contact_email: Named[str] = Column(Text)
    channel: Named[str] = Column(String(16))
    logged_by_id: Named[int] = Column(Id, ForeignKey("accounts.id"))
    logged_by: Named[str] = Column(Text)
    state: Named[str] = Column(String(24))
    priority: Named[int] = Column(SmallInteger)
    sla_due: Named[datetime | None] = Column(Utc)
    opened_at: Named[datetime] = Column(Utc)
    resolved_at: Named[datetime | None] = Column(Utc)
    closes_at: Named[datetime | None] = Column(Utc)
    handling_seconds: Named[int | None] = Column(Integer)
    version: Named[int] = Column(Integer)
    changed_by: Named[str] = Column(Text, server_default="")
    assigned_to_id: Named[int | None] = Column(Id, ForeignKey("accounts.id"))
    assigned_to: Named[str] = Column(Text, server_default="")
    team: Named[str] = Column(String(64), server_default="")
    pauses: Named[tuple[ClockPause, ...]] = Column(Pauses, server_default="[]")
    paused_since: Named[datetime | None] = Column(Utc)
    deferred_until: Named[datetime | None] = Column(Utc)
    waiting_for: Named[str] = Column(Text, server_default="")
    flag: Named[str] = Column(String(16), server_default="")
    resolution_code: Named[str] = Column(String(16), server_default="")
    late_when_resolved: Named[bool | None] = Column(Boolean)
    warn_at: Named[datetime | None] = Column(Utc)
    warned: Named[int] = Column(SmallInteger, server_default="0")
    chases: Named[int] = Column(Integer, server_default="0")
    chased_at: Named[datetime | None] = Column(Utc)
    parent_id: Named[int | None] = Column(Id, ForeignKey("incidents.id"), index=True)
    duplicate_of_id: Named[int | None] = Column(Id, ForeignKey("incidents.id"))
    centre_news: Named[int] = Column(BigInteger, server_default="0")
    """The last event that is news to the service centre: unread where that is after the next."""
    centre_seen: Named[int] = Column(BigInteger, server_default="0")
    """The last such event when the centre read it last."""
    centre_said: Named[int] = Column(BigInteger, server_default="0")
    """The last comment that was there then."""
    school_news: Named[int] = Column(BigInteger, server_default="0")
    school_seen: Named[int] = Column(BigInteger, server_default="0")
    school_said: Named[int] = Column(BigInteger, server_default="0")


class CommentColumns(TypedColumns):
    """What was said on an incident, in order."""

    id: Named[int] = Column(Id, primary_key=True)
    incident_id: Named[int] = Column(Id, ForeignKey("incidents.id"), index=True)
    submission: Named[str] = Column(String(64), unique=True)
    at: Named[datetime] = Column(Utc)
    author_id: Named[int] = Column(Id, ForeignKey("accounts.id"))
    author: Named[str] = Column(Text)
    caller: Named[str] = Column(Text)
    from_school: Named[bool] = Column(Boolean)
    internal: Named[bool] = Column(Boolean, server_default=false())
    body: Named[str] = Column(Text)
    former_school_id: Named[int | None] = Column(Id)
    """The school that it was between, where the incident has been put to another one since."""


class CommentPointerColumns(TypedColumns):
    """The incident that a comment of the program's points to; the comment's text names none."""

    comment_id: Named[int] = Column(Id, ForeignKey("comments.id"), primary_key=True)
    incident_id: Named[int] = Column(Id, ForeignKey("incidents.id"))


class AttachmentColumns(TypedColumns):
    """Files that came with an incident; their bytes are in chunks beside them."""

    id: Named[int] = Column(Id, primary_key=True)
    incident_id: Named[int] = Column(Id, ForeignKey("incidents.id"), index=True)
    name: Named[str] = Column(Text)
    size: Named[int] = Column(BigInteger)
    at: Named[datetime] = Column(Utc)
    former_school_id: Named[int | None] = Column(Id)
    """The school that it came with, where the incident has been put to another one since."""
    comment_id: Named[int | None] = Column(Id, ForeignKey("comments.id"))
    taken_back_at: Named[datetime | None] = Column(Utc)
    """When it was taken back: nobody is offered it from then on, and its bytes are gone."""


class ChunkColumns(TypedColumns):
    """A piece of an attached file."""

    attachment_id: Named[int] = Column(Id, ForeignKey("attachments.id"), primary_key=True)
    position: Named[int] = Column(Integer, primary_key=True, autoincrement=False)
    data: Named[bytes] = Column(LargeBinary)


class FeedbackColumns(TypedColumns):
    """A school's rating of a closed incident, one at most."""

    incident_id: Named[int] = Column(Id, ForeignKey("incidents.id"), primary_key=True)
    rating: Named[int] = Column(SmallInteger)
    words: Named[str] = Column(Text)
    account_id: Named[int] = Column(Id, ForeignKey("accounts.id"))
    at: Named[datetime] = Column(Utc)


class OpenWordColumns(TypedColumns):
    """Every telling word of an open incident, by which lookalikes are found (rule 33)."""

    word: Named[str] = Column(Bytewise, primary_key=True)
    incident_id: Named[int] = Column(Id, ForeignKey("incidents.id"), primary_key=True, index=True)


class StateCountColumns(TypedColumns):
    """How many incidents are in each state but closed: the sum of its rows."""

    id: Named[int] = Column(Id, primary_key=True)
    state: Named[str] = Column(String(24))
    number: Named[int] = Column(BigInteger)
