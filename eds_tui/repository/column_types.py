"""The column types of our own: moments in UTC, pauses of a clock, row ids and how they come."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    CursorResult,
    DateTime,
    Dialect,
    Integer,
    Text,
    TypeDecorator,
)

from eds_tui.domain.triage_fields import ClockPause
from eds_tui.repository.recorded_fields import read_pauses, to_json


class Utc(TypeDecorator[datetime]):
    """A moment: aware in UTC on the Python side, on every database.

    SQLite keeps no zone, so it is given UTC without one, which also sorts as text.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Turn any aware moment into UTC; a naive one is an error of the program."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a moment without a time zone can't be stored: {value!r}")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def result_processor(
        self, dialect: Dialect, coltype: object
    ) -> Callable[[Any], datetime | None] | None:
        """Return what makes a moment in UTC of what the driver gives; a list has hundreds."""
        return _from_text if dialect.name == "sqlite" else _in_utc


def _from_text(value: str | None) -> datetime | None:
    return None if value is None else datetime.fromisoformat(f"{value}+00:00")


def _in_utc(value: datetime | None) -> datetime | None:
    return None if value is None else value.astimezone(UTC)


class Pauses(TypeDecorator[tuple[ClockPause, ...]]):
    """The pauses of an incident's clock, stored as a list in JSON."""

    impl = JSON
    cache_ok = True

    def process_bind_param(
        self, value: tuple[ClockPause, ...] | None, dialect: Dialect
    ) -> list[Any] | None:
        """Return what is stored of pauses."""
        stored: list[Any] | None = to_json(value)
        return stored

    def process_result_value(
        self, value: list[Any] | None, dialect: Dialect
    ) -> tuple[ClockPause, ...]:
        """Return the pauses of what is stored."""
        return read_pauses(value or [])


Id = BigInteger().with_variant(Integer, "sqlite")

Bytewise = Text().with_variant(Text(collation="C"), "postgresql")
"""Text that is compared byte by byte on every database, so that an index finds what begins so."""


def new_id(result: CursorResult[Any]) -> int:
    """Return the row id of what was just added, as the database has given it."""
    key = result.inserted_primary_key
    assert key is not None
    return int(key[0])
