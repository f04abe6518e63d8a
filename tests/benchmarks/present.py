"""Brings what is open in a database of very many incidents up to now, and back.

What has come due since it was filled would be dealt with first by every kiosk that is opened on it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import String, bindparam, cast, func, update

from eds_tui.host.passwords import Passwords
from eds_tui.repository import postgres
from eds_tui.repository.engine import for_writing, is_postgres
from eds_tui.repository.tables import NOT_CLOSED, accounts, incidents
from eds_tui.repository.unit_of_work import Database
from tests.benchmarks import bulk, many
from tests.benchmarks.product import LOGIN, PASSWORD

_MOMENTS = (
    "sla_due", "warn_at", "paused_since", "deferred_until", "resolved_at", "closes_at",
)  # fmt: skip


@contextmanager
def brought_up_to_now(database: Database) -> Iterator[None]:
    """Let what is open be as far from its moments as it was when all of it was filled."""
    ahead = int((datetime.now(UTC) - many.NOW).total_seconds())
    _shift(database, ahead)
    try:
        yield
    finally:
        _shift(database, -ahead)


def _shift(database: Database, seconds: int) -> None:
    later: Callable[[str], Any] = _on_postgres if is_postgres(database.engine) else _on_sqlite
    changing = update(incidents).values({name: later(name) for name in _MOMENTS}).where(NOT_CLOSED)
    with for_writing(database.engine).begin() as connection:
        if is_postgres(connection):
            postgres.take_time(connection)
        connection.execute(changing, {"seconds": seconds})
        known = update(accounts).where(accounts.c.login == LOGIN)
        connection.execute(known.values(password_hash=Passwords().hash(PASSWORD)))
    if is_postgres(database.engine):
        bulk.vacuum(database.engine, "incidents")


def _on_sqlite(name: str) -> Any:
    by = cast(bindparam("seconds"), String).concat(" seconds")
    return func.strftime("%Y-%m-%d %H:%M:%S.000000", incidents.c[name], by)


def _on_postgres(name: str) -> Any:
    return incidents.c[name].op("+")(func.make_interval(0, 0, 0, 0, 0, 0, bindparam("seconds")))
