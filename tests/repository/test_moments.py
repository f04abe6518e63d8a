"""Moments: aware and in UTC, whatever goes in and whatever the night."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import Column, Integer, MetaData, Table, insert, select
from sqlalchemy.exc import StatementError

from eds_tui.domain.clock import LONDON
from eds_tui.repository.column_types import Utc
from eds_tui.repository.engine import WRITING
from eds_tui.repository.unit_of_work import Database

moments = Table("moments", MetaData(), Column("id", Integer, primary_key=True), Column("at", Utc))


def kept(database: Database, *given: datetime | None) -> list[datetime | None]:
    """Store moments and return them as they come back, in the order of time."""
    moments.create(database.engine)
    with database.engine.connect().execution_options(**{WRITING: True}) as connection:
        connection.execute(insert(moments), [{"at": moment} for moment in given])
        found = connection.execute(
            select(moments.c.at).order_by(moments.c.at.nulls_first(), moments.c.id)
        )
        return list(found.scalars())


def test_noon_five_hours_east_comes_back_as_seven_in_utc(database: Database) -> None:
    noon = datetime(2026, 6, 10, 12, 0, tzinfo=timezone(timedelta(hours=5)))
    (back,) = kept(database, noon)
    assert back == noon
    assert back == datetime(2026, 6, 10, 7, 0, tzinfo=UTC)
    assert back is not None
    assert back.tzinfo is UTC


def test_microseconds_and_none_come_back(database: Database) -> None:
    moment = datetime(2026, 6, 10, 12, 0, 0, 1, tzinfo=UTC)
    assert kept(database, moment, None) == [None, moment]


def test_a_moment_without_a_zone_is_refused(database: Database) -> None:
    with pytest.raises(StatementError, match="without a time zone"):
        kept(database, datetime(2026, 6, 10, 12, 0, tzinfo=UTC).replace(tzinfo=None))


def test_both_half_past_ones_of_the_long_night_come_back_in_their_order(
    database: Database,
) -> None:
    first = datetime(2026, 10, 25, 1, 30, tzinfo=LONDON)
    second = first.replace(fold=1)
    assert kept(database, second, first) == [
        datetime(2026, 10, 25, 0, 30, tzinfo=UTC),
        datetime(2026, 10, 25, 1, 30, tzinfo=UTC),
    ]


def test_the_hour_that_the_short_night_leaves_out_is_no_hole(database: Database) -> None:
    before = datetime(2026, 3, 29, 0, 59, 59, 999_999, tzinfo=LONDON)
    after = datetime(2026, 3, 29, 2, 0, tzinfo=LONDON)
    found = kept(database, after, before)
    assert found == [before.astimezone(UTC), after.astimezone(UTC)]
    assert found[0] is not None
    assert found[1] is not None
    assert found[1] - found[0] == timedelta(microseconds=1)


def test_whole_seconds_and_microseconds_sort_by_time(database: Database) -> None:
    whole = datetime(2026, 6, 10, 12, 0, tzinfo=UTC)
    rising = [whole + timedelta(microseconds=step) for step in (0, 1, 10, 100_000, 1_000_000)]
    assert kept(database, *reversed(rising)) == rising
