"""Moments as a clock in London shows them, for tests."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from eds_tui.domain.clock import LONDON

QUARTER = timedelta(minutes=15)


def london(
    year: int, month: int, day: int, hour: int = 0, minute: int = 0, *, fold: int = 0
) -> datetime:
    """Return a wall time in London as a moment in UTC; ``fold=1`` is the second of two."""
    return datetime(year, month, day, hour, minute, fold=fold, tzinfo=LONDON).astimezone(UTC)


TURNS = (
    london(2026, 1, 1),
    london(2026, 3, 29, 1),
    london(2026, 5, 25),
    london(2026, 10, 25, 1),
    london(2026, 12, 25),
    london(2028, 2, 29),
)
"""New Year, both changes of the clocks, a bank holiday Monday, Christmas and a leap day."""


def moments(days: int = 5, step: timedelta = QUARTER) -> st.SearchStrategy[datetime]:
    """Return moments around the turns of the calendar, in steps, half of them in London's zone."""
    reach = timedelta(days=days) // step
    return st.builds(
        lambda turn, steps, zone: (turn + steps * step).astimezone(zone),
        st.sampled_from(TURNS),
        st.integers(-reach, reach),
        st.sampled_from((UTC, LONDON)),
    )
