"""Stores idempotency keys with what was done under them (rule 8)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Insert, delete, select, update

from eds_tui.domain.idempotency import KEPT_FOR, DoneBefore, KeyTaken, Request
from eds_tui.repository.engine import is_postgres
from eds_tui.repository.tables import idempotency_keys

_COLUMNS = idempotency_keys.c


class IdempotencyRepository:
    """Claims keys, and says what was done under them."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def look(self, request: Request) -> None:
        """Return where nothing was done under a key.

        Raises:
            DoneBefore: It was done.
            KeyTaken: Something else was.
        """
        row = self._connection.execute(
            select(_COLUMNS.fingerprint, _COLUMNS.result).where(
                _COLUMNS.account_id == request.account_id, _COLUMNS.key == request.key
            )
        ).one_or_none()
        if row is None:
            return
        if row.fingerprint != request.fingerprint:
            raise KeyTaken(request.key)
        raise DoneBefore(row.result)

    def claim(self, request: Request, at: datetime) -> None:
        """Take a key for what this unit of work does; undone with it, the key is free again.

        Of two that ask at once the second waits until the first is done.

        Raises:
            DoneBefore: It was done.
            KeyTaken: Something else was.
        """
        own = _COLUMNS.account_id == request.account_id
        self._connection.execute(delete(idempotency_keys).where(own, _COLUMNS.at < at - KEPT_FOR))
        row = {
            "account_id": request.account_id,
            "key": request.key,
            "fingerprint": request.fingerprint,
            "result": {},
            "at": at,
        }
        claimed = self._connection.execute(self._insert_if_new(row).returning(_COLUMNS.key))
        if claimed.first() is None:
            self.look(request)

    def _insert_if_new(self, row: dict[str, Any]) -> Insert:
        # Each dialect is loaded only where it is spoken.
        if is_postgres(self._connection):
            from sqlalchemy.dialects import postgresql

            return postgresql.insert(idempotency_keys).values(row).on_conflict_do_nothing()
        from sqlalchemy.dialects import sqlite

        return sqlite.insert(idempotency_keys).values(row).on_conflict_do_nothing()

    def answered(self, request: Request, result: dict[str, Any]) -> None:
        """Keep what is answered, for whoever asks again."""
        own = _COLUMNS.account_id == request.account_id
        self._connection.execute(
            update(idempotency_keys).where(own, _COLUMNS.key == request.key).values(result=result)
        )
