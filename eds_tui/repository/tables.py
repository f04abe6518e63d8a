"""The tables, typed, in the SQL that every supported database has."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Double,
    ForeignKey,
    Integer,
    MetaData,
    Named,
    SmallInteger,
    String,
    Table,
    Text,
    TypedColumns,
    UniqueConstraint,
    and_,
    false,
    literal_column,
    or_,
)

from eds_tui.domain.lifecycle import ON_HOLD, PAUSED, State
from eds_tui.repository.account_columns import (
    AccountColumns,
    DraftColumns,
    OwnReplyColumns,
    PresenceColumns,
    SavedViewColumns,
    SignInCountColumns,
)
from eds_tui.repository.column_types import Bytewise, Id, Utc
from eds_tui.repository.hand_over_columns import (
    HandOverColumns,
    HandOverIncidentColumns,
    HandOverReaderColumns,
)
from eds_tui.repository.incident_columns import (
    AttachmentColumns,
    ChunkColumns,
    CommentColumns,
    CommentPointerColumns,
    FeedbackColumns,
    IncidentColumns,
    OpenWordColumns,
    StateCountColumns,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class SequenceColumns(TypedColumns):
    """Counters of our own: the last value given out under a name."""

    name: Named[str] = Column(String(32), primary_key=True)
    value: Named[int] = Column(BigInteger)


class SchoolColumns(TypedColumns):
    """Schools, with what the look-up compares beside what people read."""

    id: Named[int] = Column(Id, primary_key=True)
    portal_number: Named[str] = Column(String(5), unique=True)
    name: Named[str] = Column(Text)
    town: Named[str] = Column(Text)
    la_number: Named[str] = Column(String(3))
    dfe_number: Named[str] = Column(String(8))
    dfe_digits: Named[str] = Column(String(7))
    urn: Named[str] = Column(String(6))
    telephone: Named[str] = Column(Text)
    email: Named[str] = Column(Text)
    connection_type: Named[str] = Column(Text)
    bandwidth: Named[str] = Column(Text)
    closed: Named[bool] = Column(Boolean, server_default=false())
    folded: Named[str] = Column(Text)
    """Name and town as they are compared and sorted by."""
    findable: Named[str] = Column(Text, server_default="")
    """All words that the look-up finds it by, between blanks: other spellings, its contacts."""


class ContactColumns(TypedColumns):
    """People at schools."""

    id: Named[int] = Column(Id, primary_key=True)
    school_id: Named[int] = Column(Id, ForeignKey("schools.id"), index=True)
    name: Named[str] = Column(Text)
    job: Named[str] = Column(Text)
    telephone: Named[str] = Column(Text)
    email: Named[str] = Column(Text)
    main: Named[bool] = Column(Boolean)


class TelephoneColumns(TypedColumns):
    """Every telephone number that leads to a school, digits only and the same backwards."""

    id: Named[int] = Column(Id, primary_key=True)
    school_id: Named[int] = Column(Id, ForeignKey("schools.id"), index=True)
    digits: Named[str] = Column(String(20), index=True)
    reversed: Named[str] = Column(String(20), index=True)


class SchoolWordColumns(TypedColumns):
    """Every word by which a school is looked up, with where it stands (``Place``)."""

    school_id: Named[int] = Column(Id, ForeignKey("schools.id"), primary_key=True)
    word: Named[str] = Column(Bytewise, primary_key=True)
    place: Named[int] = Column(SmallInteger, primary_key=True, autoincrement=False)


class SchoolVocabularyColumns(TypedColumns):
    """Every word of names, towns and contacts, with how many schools have it."""

    word: Named[str] = Column(Bytewise, primary_key=True)
    named: Named[int] = Column(Integer)
    """Schools that have it in name or town."""
    held: Named[int] = Column(Integer)
    """Schools that have it anywhere."""


class SearchWordColumns(TypedColumns):
    """Every word of the full text of the incidents but numbers."""

    word: Named[str] = Column(Bytewise, primary_key=True)


class KnownCallerColumns(TypedColumns):
    """Who has rung from a school without being one of its contacts; one row a name."""

    id: Named[int] = Column(Id, primary_key=True)
    school_id: Named[int] = Column(Id, ForeignKey("schools.id"))
    folded: Named[str] = Column(Text)
    name: Named[str] = Column(Text)
    telephone: Named[str] = Column(Text)
    called_at: Named[datetime] = Column(Utc)


class EventColumns(TypedColumns):
    """The log of all that happened; rows are added and never changed (rule 30)."""

    id: Named[int] = Column(Id, primary_key=True)
    at: Named[datetime] = Column(Utc)
    kind: Named[str] = Column(String(32))
    actor_id: Named[int | None] = Column(Id, ForeignKey("accounts.id"))
    actor: Named[str] = Column(Text)
    incident_id: Named[int | None] = Column(Id, ForeignKey("incidents.id"), index=True)
    details: Named[dict[str, Any]] = Column(JSON)


class ReplyColumns(TypedColumns):
    """Canned replies, kept by leads."""

    id: Named[int] = Column(Id, primary_key=True)
    title: Named[str] = Column(Text, unique=True)
    body: Named[str] = Column(Text)


class ServiceLevelColumns(TypedColumns):
    """The calendar and the targets in force: one row."""

    id: Named[int] = Column(Integer, primary_key=True)
    data: Named[dict[str, Any]] = Column(JSON)
    changed_at: Named[datetime] = Column(Utc)


class NotificationColumns(TypedColumns):
    """E-mails to be sent, put here in the transaction of what they are about (rule 28)."""

    id: Named[int] = Column(Id, primary_key=True)
    incident_id: Named[int] = Column(Id, ForeignKey("incidents.id"), index=True)
    kind: Named[str] = Column(String(16))
    recipient: Named[str] = Column(Text)
    comment_id: Named[int | None] = Column(Id, ForeignKey("comments.id"))
    details: Named[dict[str, Any]] = Column(JSON)
    queued_at: Named[datetime] = Column(Utc)
    sent_at: Named[datetime | None] = Column(Utc)
    message_id: Named[str] = Column(String(64), server_default="")
    attempts: Named[int] = Column(Integer, server_default="0")
    try_at: Named[datetime | None] = Column(Utc)
    try_until: Named[datetime | None] = Column(Utc)
    taken_until: Named[datetime | None] = Column(Utc)
    reason: Named[str] = Column(Text, server_default="")
    given_up_at: Named[datetime | None] = Column(Utc)
    fault: Named[str] = Column(String(16), server_default="")


class MessageTextColumns(TypedColumns):
    """The texts of e-mails that a lead has changed; the others come with the program."""

    kind: Named[str] = Column(String(16), primary_key=True)
    subject: Named[str] = Column(Text)
    body: Named[str] = Column(Text)
    changed_at: Named[datetime] = Column(Utc)
    changed_by: Named[str] = Column(Text)


class ClockRecordColumns(TypedColumns):
    """How the machine's clock has gone, where no server's counts: one row at most."""

    id: Named[int] = Column(Integer, primary_key=True)
    era: Named[str] = Column(String(64))
    began_at: Named[datetime] = Column(Utc)
    since: Named[float] = Column(Double)
    doubted: Named[datetime | None] = Column(Utc)
    doubted_since: Named[float] = Column(Double)


class IdempotencyKeyColumns(TypedColumns):
    """What was done under which key of whose, and what was answered."""

    account_id: Named[int] = Column(Id, ForeignKey("accounts.id"), primary_key=True)
    key: Named[str] = Column(String(64), primary_key=True)
    fingerprint: Named[str] = Column(String(64))
    result: Named[dict[str, Any]] = Column(JSON)
    at: Named[datetime] = Column(Utc)


sequences = Table("sequences", metadata, SequenceColumns)
schools = Table("schools", metadata, SchoolColumns)
contacts = Table("contacts", metadata, ContactColumns)
telephones = Table("telephones", metadata, TelephoneColumns)
known_callers = Table(
    "known_callers",
    metadata,
    KnownCallerColumns,
    UniqueConstraint("school_id", "folded"),
)
school_words = Table("school_words", metadata, SchoolWordColumns)
school_vocabulary = Table("school_vocabulary", metadata, SchoolVocabularyColumns)
search_words = Table("search_words", metadata, SearchWordColumns, sqlite_with_rowid=False)
accounts = Table("accounts", metadata, AccountColumns)
sign_in_counts = Table("sign_in_counts", metadata, SignInCountColumns)
incidents = Table("incidents", metadata, IncidentColumns)
open_words = Table("open_words", metadata, OpenWordColumns, sqlite_with_rowid=False)
state_counts = Table("state_counts", metadata, StateCountColumns)
comments = Table("comments", metadata, CommentColumns)
comment_pointers = Table("comment_pointers", metadata, CommentPointerColumns)
attachments = Table("attachments", metadata, AttachmentColumns)
chunks = Table("attachment_chunks", metadata, ChunkColumns)
feedback = Table("feedback", metadata, FeedbackColumns)
drafts = Table("drafts", metadata, DraftColumns)
events = Table("events", metadata, EventColumns)
replies = Table("canned_replies", metadata, ReplyColumns)
own_replies = Table("own_replies", metadata, OwnReplyColumns)
saved_views = Table("saved_views", metadata, SavedViewColumns)
service_levels = Table("service_levels", metadata, ServiceLevelColumns)
notifications = Table("notifications", metadata, NotificationColumns)
message_texts = Table("message_texts", metadata, MessageTextColumns)
presence = Table("presence", metadata, PresenceColumns)
clock_record = Table("clock_record", metadata, ClockRecordColumns)
idempotency_keys = Table("idempotency_keys", metadata, IdempotencyKeyColumns)
hand_overs = Table("hand_overs", metadata, HandOverColumns)
hand_over_incidents = Table("hand_over_incidents", metadata, HandOverIncidentColumns)
hand_over_readers = Table("hand_over_readers", metadata, HandOverReaderColumns)

# A partial index is used only where the query repeats its condition as a literal.
NOT_CLOSED = incidents.c.state != literal_column("'closed'")
WAITS_FOR_TRIAGE = incidents.c.state.in_(
    [literal_column("'new'"), literal_column("'awaiting_triage'")]
)
RESOLVED = incidents.c.state == literal_column("'resolved'")
NOT_RESOLVED = and_(NOT_CLOSED, incidents.c.state != literal_column("'resolved'"))
HELD = incidents.c.state.in_(
    [literal_column(f"'{state}'") for state in sorted(state.value for state in ON_HOLD)]
)
DEFERRED = incidents.c.state == literal_column("'on_hold_deferral'")
FLAGGED = or_(incidents.c.flag != literal_column("''"), DEFERRED)
"""What is flagged, and what may be by the time (rule 16)."""
# By its states, as what comes due is not: SQLite is not to take the index of one for the other.
RUNNING = and_(
    incidents.c.state.in_(
        [literal_column(f"'{state}'") for state in sorted(set(State) - PAUSED - {State.CLOSED})]
    ),
    incidents.c.paused_since.is_(None),
)
LATE_WHEN_HELD = and_(
    NOT_RESOLVED,
    incidents.c.paused_since.is_not(None),
    incidents.c.sla_due < incidents.c.paused_since,
)

NOT_SENT = notifications.c.sent_at.is_(None)
