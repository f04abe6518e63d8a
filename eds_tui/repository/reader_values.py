"""The bind values of statements that say who reads and when, under names.

To put a statement together takes longer than to run it, so each is made once, for all readers.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from sqlalchemy import String, bindparam

from eds_tui.domain.account import Scope
from eds_tui.domain.clock import LONDON
from eds_tui.repository.column_types import Id, Utc

NOW = bindparam("reader_now", type_=Utc)
TOMORROW = bindparam("reader_tomorrow", type_=Utc)
ACCOUNT = bindparam("reader_account", type_=Id)
SCHOOL = bindparam("reader_school", type_=Id)
TEAM = bindparam("reader_team", type_=String)


def bind_values(scope: Scope, now: datetime, **more: object) -> dict[str, Any]:
    """Return the values that statements of this module are run with.

    Args:
        scope: Who reads.
        now: The moment.
        more: Values of the statement's own.
    """
    return {
        "reader_now": now,
        "reader_tomorrow": _end_of_day(now),
        "reader_account": scope.account_id,
        "reader_school": scope.school_id,
        "reader_team": scope.team,
        **more,
    }


def _end_of_day(now: datetime) -> datetime:
    tomorrow = now.astimezone(LONDON).date() + timedelta(days=1)
    return datetime.combine(tomorrow, time(), LONDON)
