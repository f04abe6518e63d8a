"""The columns of accounts, and of what a person has in hand: drafts, views, presence."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    ForeignKey,
    Integer,
    Named,
    SmallInteger,
    String,
    Text,
    TypedColumns,
    false,
)

from eds_tui.repository.column_types import Id, Utc


class AccountColumns(TypedColumns):
    """Who may sign in."""

    id: Named[int] = Column(Id, primary_key=True)
    login: Named[str] = Column(String(64))
    login_folded: Named[str] = Column(String(64), unique=True)
    name: Named[str] = Column(Text)
    role: Named[str] = Column(String(16))
    school_id: Named[int | None] = Column(Id, ForeignKey("schools.id"))
    generic: Named[bool] = Column(Boolean)
    email: Named[str] = Column(Text)
    team: Named[str] = Column(String(64), server_default="")
    password_hash: Named[str] = Column(Text)
    password_version: Named[int] = Column(Integer, server_default="0")
    # Of programs before revision 0007, which locked accounts: still written, never read.
    wrong_in_a_row: Named[int] = Column(Integer)
    locked_until: Named[datetime | None] = Column(Utc)
    disabled: Named[bool] = Column(Boolean)
    created_at: Named[datetime] = Column(Utc)
    theme: Named[str] = Column(String(32), server_default="")
    bell: Named[bool] = Column(Boolean, server_default=false())


class SignInCountColumns(TypedColumns):
    """Wrong passwords that are not forgiven yet, by what they are counted under."""

    key: Named[str] = Column(String(160), primary_key=True)
    empty_at: Named[datetime] = Column(Utc)
    turn_at: Named[datetime | None] = Column(Utc)


class DraftColumns(TypedColumns):
    """What somebody has typed and not yet sent, per person and place (rule 36)."""

    account_id: Named[int] = Column(Id, ForeignKey("accounts.id"), primary_key=True)
    place: Named[str] = Column(String(64), primary_key=True)
    body: Named[dict[str, Any]] = Column(JSON)
    saved_at: Named[datetime] = Column(Utc)
    session: Named[str] = Column(String(32), server_default="")
    """The session that goes on with it, or did last; it counts as living for a while."""
    seen_at: Named[datetime | None] = Column(Utc)
    school_id: Named[int | None] = Column(Id)
    """The school of the account when it was typed, 0 for the service centre; a program that did not
    know of it yet has left it out."""


class SavedViewColumns(TypedColumns):
    """Searches that somebody keeps under a digit."""

    account_id: Named[int] = Column(Id, ForeignKey("accounts.id"), primary_key=True)
    digit: Named[int] = Column(SmallInteger, primary_key=True, autoincrement=False)
    name: Named[str] = Column(Text)
    search: Named[str] = Column(Text)


class OwnReplyColumns(TypedColumns):
    """Replies that somebody keeps for themselves."""

    account_id: Named[int] = Column(Id, ForeignKey("accounts.id"), primary_key=True)
    title: Named[str] = Column(Text, primary_key=True)
    body: Named[str] = Column(Text)


class PresenceColumns(TypedColumns):
    """Who is writing on which incident in which session, for as long as the session says so."""

    session: Named[str] = Column(String(32), primary_key=True)
    account_id: Named[int] = Column(Id, ForeignKey("accounts.id"))
    incident_id: Named[int] = Column(Id, ForeignKey("incidents.id"), index=True)
    internal: Named[bool] = Column(Boolean)
    seen_at: Named[datetime] = Column(Utc)
