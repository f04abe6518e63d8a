"""Counts wrong passwords, so that guessing can be slowed down."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, insert, select

from eds_tui.domain.throttle import KEPT_FOR, Count
from eds_tui.repository import postgres
from eds_tui.repository.engine import is_postgres
from eds_tui.repository.tables import sign_in_counts

_KEYS = sign_in_counts.c.key.in_(bindparam("keys"))
_LOAD = select(sign_in_counts).where(_KEYS)
_DROP = delete(sign_in_counts).where(_KEYS)
_DROP_EMPTY = delete(sign_in_counts).where(sign_in_counts.c.empty_at < bindparam("moment"))


class SignInCountRepository:
    """Keeps a row a key, for as long as it counts."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def load(self, keys: Collection[str]) -> dict[str, Count]:
        """Return what is counted; nobody else counts until this unit of work ends."""
        if is_postgres(self._connection):
            postgres.hold_sign_ins(self._connection)
        rows = self._connection.execute(_LOAD, {"keys": sorted(keys)})
        return {row.key: Count(empty_at=row.empty_at, turn_at=row.turn_at) for row in rows}

    def save(self, counts: Mapping[str, Count], now: datetime) -> None:
        """Keep what is counted in the place of what was, and nothing that counts no more."""
        self._connection.execute(_DROP, {"keys": sorted(counts)})
        self._connection.execute(_DROP_EMPTY, {"moment": now - KEPT_FOR})
        rows = [
            {"key": key, "empty_at": count.empty_at, "turn_at": count.turn_at}
            for key, count in sorted(counts.items())
        ]
        self._connection.execute(insert(sign_in_counts), rows)
