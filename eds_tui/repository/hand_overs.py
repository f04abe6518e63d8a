"""Reads and stores hand-overs with their notes, and who has read them (rule 51)."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, and_, exists, func, insert, or_, select
from sqlalchemy.sql.elements import ColumnElement

from eds_tui.domain.account import Account, Action
from eds_tui.domain.hand_over import EVERYBODY, HandedIncident, HandOver, HandOverNote
from eds_tui.domain.lifecycle import State
from eds_tui.repository.column_types import new_id
from eds_tui.repository.tables import (
    accounts,
    hand_over_incidents,
    hand_over_readers,
    hand_overs,
    incidents,
)

_DETAILS = 120
"""Characters of a description that are read."""


class HandOverRepository:
    """Keeps who handed what to whom with which note."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def begun(self, author: Account, given: HandOver, at: datetime) -> int:
        """Return the row id of a hand-over, which is made where there is none yet.

        Args:
            author: Who hands over.
            given: What to whom.
            at: When.
        """
        columns = hand_overs.c
        known = select(columns.id).where(columns.submission == given.key)
        found = self._connection.execute(known).scalar_one_or_none()
        if found is not None:
            return int(found)
        result = self._connection.execute(
            insert(hand_overs).values(
                submission=given.key, at=at, author_id=author.id, author=author.name,
                from_id=given.source.account_id, from_name=given.source.label,
                to_id=given.target.account_id, to_name=given.target.name,
                to_team="" if given.target.account_id is not None else given.target.team,
                note=given.note,
            )
        )  # fmt: skip
        return new_id(result)

    def add_incident(self, hand_over_id: int, incident_id: int) -> None:
        """Count an incident to a hand-over; one that is counted already is counted once."""
        pair = {"hand_over_id": hand_over_id, "incident_id": incident_id}
        columns = hand_over_incidents.c
        is_there = select(columns.incident_id).where(
            columns.hand_over_id == hand_over_id, columns.incident_id == incident_id
        )
        if self._connection.execute(is_there).first() is None:
            self._connection.execute(insert(hand_over_incidents).values(pair))

    def unread(self, reader: Account) -> tuple[HandOverNote, ...]:
        """Return what somebody is to read and has not, oldest first."""
        found = select(hand_overs).where(_is_new_for(reader)).order_by(hand_overs.c.id)
        return self._notes(found, reader)

    def latest(self, reader: Account, limit: int) -> tuple[HandOverNote, ...]:
        """Return what concerns somebody, newest first; leads read all.

        Args:
            reader: Who reads.
            limit: How many at most.
        """
        columns = hand_overs.c
        found = select(hand_overs).order_by(columns.id.desc()).limit(limit)
        if not reader.may(Action.MANAGE_ACCOUNTS):
            mine = or_(columns.author_id == reader.id, columns.from_id == reader.id)
            found = found.where(or_(mine, _is_for(reader)))
        return self._notes(found, reader)

    def mark_read(self, reader: Account, ids: Iterable[int], at: datetime) -> None:
        """Keep that somebody has read some notes."""
        columns = hand_over_readers.c
        known = select(columns.hand_over_id).where(columns.account_id == reader.id)
        there = set(self._connection.execute(select(hand_overs.c.id)).scalars())
        left = sorted((set(ids) & there) - set(self._connection.execute(known).scalars()))
        if left:
            rows = [{"hand_over_id": each, "account_id": reader.id, "at": at} for each in left]
            self._connection.execute(insert(hand_over_readers), rows)

    def _notes(self, statement: Select[Any], reader: Account) -> tuple[HandOverNote, ...]:
        rows = self._connection.execute(statement).all()
        ids = [row.id for row in rows]
        new = select(hand_overs.c.id).where(hand_overs.c.id.in_(ids), _is_new_for(reader))
        unread = set(self._connection.execute(new).scalars()) if ids else set()
        handed = self._incidents(ids)
        return tuple(
            HandOverNote(
                id=row.id, at=row.at, author=row.author, source=row.from_name,
                target=row.to_name or (f"team {row.to_team}" if row.to_team else EVERYBODY),
                note=row.note, incidents=tuple(handed.get(row.id, ())), is_new=row.id in unread,
            )
            for row in rows
        )  # fmt: skip

    def _incidents(self, ids: Collection[int]) -> dict[int, list[HandedIncident]]:
        columns, pairs = incidents.c, hand_over_incidents.c
        found = (
            select(
                pairs.hand_over_id, columns.number, columns.state, columns.assigned_to,
                columns.team, columns.confidential,
                func.substr(columns.description, 1, _DETAILS).label("details"),
            )
            .join(incidents, columns.id == pairs.incident_id)
            .where(pairs.hand_over_id.in_(ids))
            .order_by(columns.number)
        )  # fmt: skip
        handed: dict[int, list[HandedIncident]] = {}
        for row in self._connection.execute(found) if ids else ():
            team = f"team {row.team}" if row.team else ""
            one = HandedIncident(
                number=row.number, details=row.details, now_with=row.assigned_to or team,
                is_open=row.state not in _ENDED, confidential=row.confidential,
            )  # fmt: skip
            handed.setdefault(row.hand_over_id, []).append(one)
        return handed


_ENDED = frozenset({State.RESOLVED.value, State.CLOSED.value})


def _is_for(reader: Account) -> ColumnElement[bool]:
    """Return the condition that a note is for somebody: by name, by team, or for everybody."""
    columns = hand_overs.c
    of_team = columns.to_team.in_(["", reader.team])
    return or_(columns.to_id == reader.id, and_(columns.to_id.is_(None), of_team))


def _is_new_for(reader: Account) -> ColumnElement[bool]:
    """Return the condition that somebody is to read a note and has not.

    Who wrote it knows it, and who came later was not meant by a note to a team.
    """
    columns, read = hand_overs.c, hand_over_readers.c
    came = select(accounts.c.created_at).where(accounts.c.id == reader.id).scalar_subquery()
    has_read = exists().where(read.hand_over_id == columns.id, read.account_id == reader.id)
    return and_(_is_for(reader), columns.author_id != reader.id, columns.at >= came, ~has_read)
