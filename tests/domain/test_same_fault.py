"""For how long the next school is likely to ring about the same fault (rule 49)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from eds_tui.domain.lifecycle import State
from eds_tui.domain.same_fault import FRESH_FOR, is_fresh
from tests.factories import START
from tests.rows import row

MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(
    ("state", "age", "fresh"),
    [
        (State.NEW, timedelta(), True),
        (State.RESOLVED, timedelta(hours=24), True),
        (State.NEW, timedelta(hours=24) + MINUTE, False),
        (State.CLOSED, MINUTE, False),
        (State.CLOSED, timedelta(hours=25), False),
    ],
)
def test_what_is_open_and_a_day_old_at_most_is_fresh(
    state: State, age: timedelta, *, fresh: bool
) -> None:
    logged = replace(row(1), state=state, opened_at=START)
    assert is_fresh(logged, START + age) is fresh
    assert timedelta(hours=24) == FRESH_FOR
