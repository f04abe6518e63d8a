"""Decides whether a clock can be trusted, by comparing it with seconds that nobody can set.

One wrong hour must close nothing, end nothing and give nothing up for good.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from eds_tui.domain.clock import Clock
from eds_tui.domain.errors import EdsError

MOST_SKEW = timedelta(minutes=5)
"""By how much a clock may be off before nothing more is done by it."""
BELIEVED_AFTER = timedelta(hours=1), timedelta(days=7)
"""How long a clock that was set anew has to go on before it is believed, at least and at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockRecord:
    """How a machine's clock has gone, as it is kept in the database.

    The moment at which its seconds began, as the clock has it, stays the same for as long as nobody
    sets the clock.
    """

    era: str
    """Which seconds these are, of ``Clock.era``."""
    began_at: datetime
    """When they began, by the clock that is believed."""
    since: float
    """At which of them that clock was first seen."""
    doubted: datetime | None = None
    """When they began by the clock that is seen now, where that is another."""
    doubted_since: float = 0.0


def judged(known: ClockRecord | None, clock: Clock) -> tuple[ClockRecord, timedelta]:
    """Return what is to be kept, and by how much the clock is ahead of what it should say.

    A clock that was set is believed once it has gone on for as long as the one before it had: a
    machine that starts with a wrong clock has the right one soon, and one that has been right for
    weeks is put wrong. After a new start of the machine there is nothing to hold a clock against.

    Args:
        known: What is kept.
        clock: The machine's.
    """
    era, seconds = clock.era(), clock.seconds()
    began_at = clock() - timedelta(seconds=seconds)
    if known is None or known.era != era:
        return ClockRecord(era=era, began_at=began_at, since=seconds), timedelta()
    skew = began_at - known.began_at
    if not is_off(skew):
        # What a time server corrects bit by bit is followed.
        followed = began_at if abs(skew) > _FOLLOWED else known.began_at
        return replace(known, began_at=followed, doubted=None, doubted_since=0.0), skew
    if known.doubted is None or is_off(began_at - known.doubted):
        return replace(known, doubted=began_at, doubted_since=seconds), skew
    least, most = BELIEVED_AFTER
    held = timedelta(seconds=known.doubted_since - known.since)
    if timedelta(seconds=seconds - known.doubted_since) < min(max(held, least), most):
        return known, skew
    return ClockRecord(era=era, began_at=began_at, since=known.doubted_since), timedelta()


_FOLLOWED = timedelta(seconds=10)


def is_off(skew: timedelta) -> bool:
    """Return whether a clock is too far off for anything to be done by it."""
    return abs(skew) > MOST_SKEW


class ClockInDoubt(EdsError):
    """What is asked for would make something true for good by a clock that can't be right."""

    title = "The clock can't be right"


def in_words(skew: timedelta, *, of_server: bool) -> str:
    """Return in a sentence by how much a clock is off, or ``""`` where that is little.

    Args:
        skew: By how much it is ahead.
        of_server: Whether it was held against the database server's; else against how it went.
    """
    if not is_off(skew):
        return ""
    way = "ahead of" if skew > timedelta() else "behind"
    other = "the database server's" if of_server else "what it should say by how it went before"
    return (
        f"This machine's clock is {_length(abs(skew))} {way} {other}. Until it is right, nothing"
        " is closed, ended, warned of or given up here; have it set by a time server."
    )


def _length(span: timedelta) -> str:
    minutes = span.total_seconds() / 60
    for size, name in ((24 * 60, "days"), (60, "hours")):
        if (count := round(minutes / size)) > 1:
            return f"{count:,} {name}"
    return f"{minutes:.0f} minutes"
