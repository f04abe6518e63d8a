"""The columns of hand-overs: who gave what to whom with which note, and who has read it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Column, ForeignKey, Named, String, Text, TypedColumns

from eds_tui.repository.column_types import Id, Utc


class HandOverColumns(TypedColumns):
    """Hand-overs with their notes; one without a person is to a team, or to everybody."""

    id: Named[int] = Column(Id, primary_key=True)
    submission: Named[str] = Column(String(64), unique=True)
    at: Named[datetime] = Column(Utc)
    author_id: Named[int] = Column(Id, ForeignKey("accounts.id"))
    author: Named[str] = Column(Text)
    from_id: Named[int | None] = Column(Id, ForeignKey("accounts.id"))
    from_name: Named[str] = Column(Text)
    to_id: Named[int | None] = Column(Id, ForeignKey("accounts.id"))
    to_name: Named[str] = Column(Text)
    to_team: Named[str] = Column(String(64))
    note: Named[str] = Column(Text)


class HandOverIncidentColumns(TypedColumns):
    """What was handed over with a note."""

    hand_over_id: Named[int] = Column(Id, ForeignKey("hand_overs.id"), primary_key=True)
    incident_id: Named[int] = Column(Id, ForeignKey("incidents.id"), primary_key=True)


class HandOverReaderColumns(TypedColumns):
    """Who has read a note, and when."""

    hand_over_id: Named[int] = Column(Id, ForeignKey("hand_overs.id"), primary_key=True)
    account_id: Named[int] = Column(Id, ForeignKey("accounts.id"), primary_key=True)
    at: Named[datetime] = Column(Utc)
